/** Sheets by agency, task, action and source. Rule: texts of agencies follow the rules of the annexes: what those withhold is withheld here. */
import { fromSqlTimestamp } from '../../config/time.ts';
import type { Row } from '../../scoring/contract.ts';
import { type AnnexTask, annexTasks } from '../view-annex-rows.ts';
import type { ViewContext } from '../view-context.ts';
import { ownersInOrder } from '../view-ministries.ts';
import { sourceName, sourceNote } from '../view-sources.ts';
import { localSerial, serialOfDay } from '../xlsx/serial.ts';
import type { Sheet } from '../xlsx/sheet.ts';
import { type ListColumn, listSheet } from './list-sheet.ts';
import * as looks from './looks.ts';

type Key = 'agencies' | 'tasks' | 'actions' | 'sources';

/** Makes columns of one sheet, whose headings stand under its key. */
function columnsOf<T>(ctx: ViewContext, sheet: Key) {
  return (
    key: string,
    width: number,
    look: ListColumn<T>['look'],
    value: ListColumn<T>['value'],
    rest: Partial<ListColumn<T>> = {},
  ): ListColumn<T> => ({ heading: ctx.t('workbook', sheet, 'columns', key), width, look, value, ...rest });
}

function titles(ctx: ViewContext, sheet: Key): { name: string; title: string; note: string } {
  const t = (key: string): string => ctx.t('workbook', sheet, key);
  return { name: t('name'), title: t('title'), note: t('note') };
}

export function agenciesSheet(ctx: ViewContext): Sheet {
  const column = columnsOf<Row<'agency_summary'>>(ctx, 'agencies');
  const summaries = new Map(ctx.data.agency_summary.map((row) => [row.agency_id, row]));
  const sum = { total: 'sum' } as const;
  return listSheet(ctx, {
    ...titles(ctx, 'agencies'),
    fixed: 2,
    rows: ownersInOrder(ctx).flatMap((id) => summaries.get(id) ?? []),
    columns: [
      column('no', 5, looks.centred, (_, index) => index + 1),
      column('agency', 36, looks.text, (row) => ctx.agencyName(row.agency_id), {
        total: { value: ctx.t('workbook', 'total') },
      }),
      column('databases', 11, looks.count, (row) => row.databases, sum),
      column('overdue', 10, looks.count, (row) => row.overdue, {
        ...sum,
        highlight: [{ test: '>0', overlay: looks.overdue }],
      }),
      column('before', 11, looks.count, (row) => row.overdue_before, sum),
      column('left', 13, looks.count, (row) => row.overdue_left, sum),
      column('entered', 13, looks.count, (row) => row.overdue_entered, sum),
      column('criteria', 11, looks.count, (row) => row.criteria_reported, sum),
      column('connected', 11, looks.count, (row) => row.connection_reported, sum),
      column('confirmed', 12, looks.count, (row) => row.connection_confirmed, sum),
      column('silent', 11, looks.count, (row) => row.not_reported, sum),
      column('trouble', 28, looks.text, (row) => trouble(ctx, row.blockers)),
    ],
  });
}

function trouble(ctx: ViewContext, blockers: string | null): string | null {
  const words = (blockers ?? '').split(';').flatMap((one) => ctx.maybe('blocked_by', one) ?? []);
  return words.length === 0 ? null : words.join(ctx.t('format', 'list_separator'));
}

interface TaskLine {
  readonly task: AnnexTask;
  readonly agency: AnnexTask['agencies'][number] | null;
}

export function tasksSheet(ctx: ViewContext): Sheet {
  const column = columnsOf<TaskLine>(ctx, 'tasks');
  const rows = annexTasks(ctx).flatMap((task): TaskLine[] =>
    task.agencies.length === 0 ? [{ task, agency: null }] : task.agencies.map((agency) => ({ task, agency })),
  );
  return listSheet(ctx, {
    ...titles(ctx, 'tasks'),
    fixed: 2,
    rows,
    columns: [
      column('no', 6, looks.centred, ({ task }) => task.row.no),
      column('title', 44, looks.text, ({ task }) => task.title),
      column('basis', 22, looks.text, ({ task }) => task.basis),
      column('lead', 20, looks.text, ({ task }) => task.lead),
      // What is no day stays as it was written.
      column('deadline', 11, looks.day, ({ task }) =>
        task.row.deadline === null ? task.deadline : serialOfDay(task.row.deadline),
      ),
      column('days', 8, looks.count, ({ task }) => task.row.overdue_days, {
        highlight: [{ test: '>0', overlay: looks.overdue }],
      }),
      column('agency', 22, looks.text, ({ agency }) => agency?.name ?? null),
      column('status', 30, looks.text, ({ agency }) => agency?.status ?? null),
      column('difficulty', 22, looks.text, ({ agency }) => agency?.difficulty ?? null),
    ],
  });
}

export function actionsSheet(ctx: ViewContext): Sheet {
  const column = columnsOf<Row<'action'>>(ctx, 'actions');
  return listSheet(ctx, {
    ...titles(ctx, 'actions'),
    fixed: 2,
    rows: ctx.data.action,
    columns: [
      column('no', 5, looks.centred, (_, index) => index + 1),
      column('database', 26, looks.text, (row) => ctx.shortName(row.database_id)),
      column('agency', 17, looks.text, (row) => ctx.agencyName(ctx.databases.get(row.database_id)?.agency_id ?? null)),
      column('text', 36, looks.text, (row) => row.text),
      column('responsible', 17, looks.text, (row) => row.responsible),
      column('lead', 13, looks.text, (row) => row.lead),
      column('coordinate', 10, looks.text, (row) => row.coordinate),
      column('product', 12, looks.text, (row) => row.product),
      // A day is for a person to set.
      column('due', 10, looks.day, () => null),
      column('authority', 14, looks.text, (row) => row.authority),
      column('result', 26, looks.text, (row) => row.result),
      column('criteria', 8, looks.count, (row) => (row.criteria_gain === 0 ? null : row.criteria_gain)),
      column('floor', 9, looks.points, (row) => gained(row)),
    ],
  });
}

/** Points the floor gains, to the tenth; nothing where it gains none. */
function gained({ floor_from: from, floor_to: to }: Row<'action'>): number | null {
  if (from === null || to === null) return null;
  const tenths = Math.round(to * 10) - Math.round(from * 10);
  return tenths === 0 ? null : tenths / 10;
}

export function sourcesSheet(ctx: ViewContext): Sheet {
  const column = columnsOf<Row<'source_health'>>(ctx, 'sources');
  const notOk = { test: `<>"${ctx.t('source_states', 'ok')}"`, overlay: looks.attention };
  return listSheet(ctx, {
    ...titles(ctx, 'sources'),
    fixed: 2,
    rows: ctx.data.source_health,
    columns: [
      column('no', 5, looks.centred, (_, index) => index + 1),
      column('source', 50, looks.text, (row) => sourceName(ctx, row.source_id), {
        total: { value: ctx.t('workbook', 'total') },
      }),
      column('state', 20, looks.text, (row) => ctx.t('source_states', row.state), { highlight: [notOk] }),
      column('required', 14, looks.text, (row) => ctx.t('pages', 'sources', 'required', row.required ? 'yes' : 'no')),
      column('observations', 11, looks.count, (row) => row.observations, { total: 'sum' }),
      column('rejections', 13, looks.count, (row) => row.rejections, { total: 'sum' }),
      column('seconds', 11, { ...looks.points, format: '0.00' }, (row) => (row.ms === null ? null : row.ms / 1000)),
      column('last', 17, looks.moment, (row) =>
        row.last_good_at === null ? null : localSerial(fromSqlTimestamp(row.last_good_at)),
      ),
      column('note', 34, looks.text, (row) => sourceNote(ctx, row)),
    ],
  });
}
