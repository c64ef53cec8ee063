/** Sheets with a row a database: where each stands, and its criteria. Rule: where nobody answered the cells are empty, not 0. */
import type { DatabaseRow, Row } from '../../scoring/contract.ts';
import type { ViewContext } from '../view-context.ts';
import { databasesInOrder } from '../view-lists.ts';
import { serialOfDay } from '../xlsx/serial.ts';
import type { CellValue, Sheet } from '../xlsx/sheet.ts';
import { type List, type ListColumn, listSheet } from './list-sheet.ts';
import * as looks from './looks.ts';

interface Line {
  readonly database: DatabaseRow;
  readonly row: Row<'readiness'>;
}

/** Scored databases in the order of the site. */
function lines(ctx: ViewContext): Line[] {
  return databasesInOrder(ctx).flatMap((database) => {
    const row = ctx.readiness.get(database.database_id);
    return row === undefined ? [] : [{ database, row }];
  });
}

/** Nobody said anything that bears on a figure: the whole range is open. */
function isSilent({ floor, ceiling, coverage }: Row<'readiness'>): boolean {
  return coverage === 0 && floor === 0 && ceiling === 100;
}

export function databasesSheet(ctx: ViewContext): Sheet {
  const t = (...path: string[]): string => ctx.t('workbook', 'databases', ...path);
  const levels = looks.LEVELS.map((overlay, i) => ({ test: `=${i + 1}`, overlay }));
  const column = (
    key: string,
    width: number,
    look: ListColumn<Line>['look'],
    value: (line: Line, index: number) => CellValue,
    rest: Partial<ListColumn<Line>> = {},
  ): ListColumn<Line> => ({ heading: t('columns', key), width, look, value, ...rest });
  const figure = (key: string, name: 'floor' | 'confirmed' | 'ceiling' | 'coverage'): ListColumn<Line> =>
    column(key, 9, looks.points, ({ row }) => (isSilent(row) ? null : row[name]));
  const state = (key: string, attribute: string, name: 'c12_state' | 'c12_sync_state'): ListColumn<Line> =>
    column(key, 15, looks.text, ({ row }) => (row[name] === null ? null : ctx.state(attribute, row[name])));
  const list: List<Line> = {
    name: t('name'),
    title: t('title'),
    note: t('note'),
    fixed: 2,
    rows: lines(ctx),
    columns: [
      column('no', 5, looks.centred, (_, index) => index + 1),
      column('name', 36, looks.text, ({ database }) => ctx.shortName(database.database_id), {
        total: { value: ctx.t('workbook', 'total') },
      }),
      column('agency', 22, looks.text, ({ database }) => ctx.agencyName(database.agency_id)),
      column('reported', 8, looks.centred, ({ row }) => row.level_reported, { highlight: levels }),
      column('confirmed', 8.5, looks.centred, ({ row }) => row.level_confirmed, { highlight: levels }),
      column('met', 9, looks.count, ({ row }) => row.criteria_met, { total: 'sum' }),
      column('applicable', 8, looks.count, ({ row }) => (row.criteria_met === null ? null : row.criteria_applicable), {
        total: 'sum',
      }),
      state('c12', 'c12.connection', 'c12_state'),
      state('sync', 'c12.sync', 'c12_sync_state'),
      column('cleaning', 15, looks.text, (line) => cleaning(ctx, line)),
      figure('floor', 'floor'),
      figure('independent', 'confirmed'),
      figure('ceiling', 'ceiling'),
      figure('coverage', 'coverage'),
      column('deadline', 11, looks.day, ({ row }) => (row.deadline === null ? null : serialOfDay(row.deadline))),
      column('overdue', 8, looks.count, ({ database }) => overdueDays(ctx, database.database_id), {
        highlight: [{ test: '>0', overlay: looks.overdue }],
      }),
    ],
  };
  return listSheet(ctx, list);
}

function cleaning(ctx: ViewContext, { database }: Line): string | null {
  const fact = ctx.current.get(database.database_id)?.find((one) => one.attribute === 'c06.cleaning');
  return fact?.state == null ? null : ctx.state('c06.cleaning', fact.state);
}

/** Days past the deadline by the newest list; nothing for a database that is not in it. */
function overdueDays(ctx: ViewContext, id: string): number | null {
  const late = ctx.overdue.get(id);
  return late === undefined ? null : Math.max(...late.map((one) => one.overdue_days));
}

/** Databases × criteria, each state as a mark; shades come in addition. */
export function criteriaSheet(ctx: ViewContext): Sheet {
  const t = (...path: string[]): string => ctx.t('workbook', 'criteria', ...path);
  const criteria = [...ctx.data.criterion].sort((a, b) => a.position - b.position);
  const n = criteria.length;
  const states = new Map(ctx.data.criterion_status.map((row) => [`${row.database_id} ${row.criterion}`, row.state]));
  const stateOf = (id: string, criterion: string): string => states.get(`${id} ${criterion}`) ?? 'unknown';
  const highlight = Object.entries(looks.STATES).map(([state, overlay]) => ({
    test: `="${ctx.t('workbook', 'marks', state)}"`,
    overlay,
  }));
  const rows = lines(ctx);
  return listSheet<Line>(ctx, {
    name: ctx.f(['workbook', 'criteria', 'name'], { n }),
    title: ctx.f(['workbook', 'criteria', 'title'], { n }),
    note: legend(ctx),
    fixed: 2,
    headingHeight: 150,
    rows,
    columns: [
      { heading: t('columns', 'no'), width: 5, look: looks.centred, value: (_, index) => index + 1 },
      {
        heading: t('columns', 'name'),
        width: 40,
        look: looks.text,
        value: ({ database }) => ctx.shortName(database.database_id),
        total: { value: t('total') },
      },
      {
        heading: t('columns', 'agency'),
        width: 24,
        look: looks.text,
        value: ({ database }) => ctx.agencyName(database.agency_id),
      },
      {
        heading: t('columns', 'met'),
        width: 9,
        look: looks.count,
        headingLook: looks.headingTurned,
        value: ({ row }) => row.criteria_met,
        total: 'sum',
      },
      ...criteria.map(
        (one): ListColumn<Line> => ({
          heading: `${one.position}. ${one.short}`,
          width: 4.8,
          look: looks.mark,
          headingLook: looks.headingTurned,
          value: ({ database }) => {
            const word = ctx.t('workbook', 'marks', stateOf(database.database_id, one.criterion));
            return word === '' ? null : word;
          },
          total: { value: rows.filter((line) => stateOf(line.database.database_id, one.criterion) === 'met').length },
          highlight,
        }),
      ),
    ],
  });
}

function legend(ctx: ViewContext): string {
  return Object.entries(ctx.labels.group('workbook', 'marks'))
    .map(([state, mark]) => {
      const word = ctx.t('criterion_states', state).toLocaleLowerCase('vi');
      return mark === ''
        ? ctx.f(['workbook', 'legend_blank'], { word })
        : ctx.f(['workbook', 'legend'], { mark, word });
    })
    .join(ctx.t('format', 'list_separator'));
}
