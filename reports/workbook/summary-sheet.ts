/** First sheet: the figures of the night and how many databases stand at each level. Rule: each is counted from published rows. */
import { isConnected } from '../list-rows.ts';
import type { ViewContext } from '../view-context.ts';
import { ownersInOrder } from '../view-ministries.ts';
import { range, type Sheet } from '../xlsx/sheet.ts';
import { openSheet } from './list-sheet.ts';
import * as looks from './looks.ts';

const WIDTHS = [7, 62, 15, 18, 18] as const;

export function summarySheet(ctx: ViewContext): Sheet {
  const t = (...path: string[]): string => ctx.t('workbook', 'summary', ...path);
  const sheet = openSheet(ctx, t('name'), ctx.t('workbook', 'title'), t('note'));
  for (const [i, width] of WIDTHS.entries()) sheet.widths.set(i + 1, width);
  let row = 5;
  row = figuresTable(sheet, ctx, t, row);
  row = levelsTable(sheet, ctx, t, row + 1);
  for (const text of [ctx.t('product', 'disclaimer'), ctx.t('product', 'criteria_note')]) {
    row += 1;
    sheet.merge(range(1, row, WIDTHS.length, row), text, looks.wrapped);
    sheet.row(row).height = 30;
  }
  sheet.print = sheet.print === null ? null : { ...sheet.print, landscape: false };
  return sheet;
}

type Words = (...path: string[]) => string;

function figuresTable(sheet: Sheet, ctx: ViewContext, t: Words, from: number): number {
  let row = from;
  sheet.set(1, row, t('figures'), looks.section);
  row += 1;
  for (const [i, key] of (['no', 'what', 'value', 'unit'] as const).entries())
    sheet.set(i + 1, row, t('columns', key), i === 1 ? looks.headingLeft : looks.heading);
  for (const [i, { key, value, unit }] of summaryFigures(ctx).entries()) {
    row += 1;
    sheet.set(1, row, i + 1, looks.centred);
    sheet.set(2, row, t('rows', key), looks.text);
    sheet.set(3, row, value, looks.count);
    sheet.set(4, row, t('units', unit), looks.text);
    sheet.row(row).height = 18;
  }
  return row + 1;
}

export interface Figure {
  readonly key: string;
  readonly value: number;
  readonly unit: 'database' | 'agency' | 'task' | 'item' | 'source';
}

/** The figures of the first sheet, in its order. */
export function summaryFigures(ctx: ViewContext): Figure[] {
  const { data } = ctx;
  const scored = data.readiness;
  const databases = (key: string, value: number): Figure => ({ key, value, unit: 'database' });
  const ok = data.source_health.filter((row) => row.state === 'ok').length;
  const skipped = data.source_health.filter((row) => row.state === 'skipped').length;
  return [
    databases('databases', scored.length),
    databases('overdue', ctx.overdue.size),
    {
      key: 'overdue_agencies',
      value: ownersInOrder(ctx).filter((id) => data.overdue.some((row) => row.agency_id === id)).length,
      unit: 'agency',
    },
    { key: 'tasks', value: data.task.length, unit: 'task' },
    databases('criteria', scored.filter((row) => row.criteria_met !== null).length),
    databases('connected', scored.filter((row) => isConnected(ctx, row.database_id, 'reported')).length),
    databases('confirmed', scored.filter((row) => isConnected(ctx, row.database_id, 'confirmed')).length),
    databases('waiting', ctx.waiting.size),
    { key: 'conflicts', value: data.finding.filter((row) => row.is_contradiction).length, unit: 'item' },
    databases('silent', scored.filter((row) => row.level_reported === null).length),
    { key: 'sources', value: ok, unit: 'source' },
    { key: 'sources_failed', value: data.source_health.length - ok - skipped, unit: 'source' },
  ];
}

function levelsTable(sheet: Sheet, ctx: ViewContext, t: Words, from: number): number {
  let row = from;
  sheet.set(1, row, t('levels'), looks.section);
  row += 1;
  for (const [i, key] of (['level', 'name', 'reported', 'confirmed', 'max'] as const).entries())
    sheet.set(i + 1, row, t('level_columns', key), i === 1 ? looks.headingLeft : looks.heading);
  sheet.row(row).height = 30;
  const first = row + 1;
  const { readiness } = ctx.data;
  for (const level of [5, 4, 3, 2, 1, null]) {
    row += 1;
    const at = (pick: (one: (typeof readiness)[number]) => number | null): number =>
      readiness.filter((one) => pick(one) === level).length;
    sheet.set(1, row, level, looks.centred);
    sheet.set(2, row, level === null ? t('none') : ctx.t('levels', String(level), 'name'), looks.text);
    sheet.set(
      3,
      row,
      at((one) => one.level_reported),
      looks.count,
    );
    sheet.set(
      4,
      row,
      at((one) => one.level_confirmed),
      looks.count,
    );
    sheet.set(
      5,
      row,
      at((one) => one.level_max),
      looks.count,
    );
    sheet.row(row).height = 18;
  }
  sheet.conditions.push(
    ...looks.LEVELS.map((overlay, i) => ({
      range: range(1, first, 1, row),
      formula: `A${first}=${i + 1}`,
      overlay,
    })),
  );
  row += 1;
  sheet.set(1, row, null, looks.totalText);
  sheet.set(2, row, ctx.t('workbook', 'total'), looks.totalText);
  for (const column of [3, 4, 5]) sheet.set(column, row, readiness.length, looks.totalCount);
  return row + 1;
}
