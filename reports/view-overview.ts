/** The first page, in the order of the steering committee's one sheet. Rule: every digit on it stands inside a link. */
import { z } from 'zod';
import { viCount, viNumber } from '../config/format.ts';
import { LEVELS } from './level-words.ts';
import { isConnected, waitingLine } from './list-rows.ts';
import { bareText, type Filling, joinRich, linked, sentence, tidy } from './rich-text.ts';
import { groupBy, type ViewContext } from './view-context.ts';
import type { FactBooks } from './view-facts.ts';
import { ministryRow, ministryRows, ministryTotal } from './view-ministries.ts';
import { action, link, type Rich, rich } from './view-parts.ts';
import { buildProposals } from './view-proposals.ts';

export const overviewPage = z.strictObject({
  headline: rich,
  previous: rich,
  results: z.array(rich),
  criteria: z.array(rich),
  connection: z.array(rich),
  waiting: z.array(z.strictObject({ title: rich, lines: z.array(rich) })),
  waiting_none: z.string().nullable(),
  conflicts: z.array(rich),
  conflicts_none: z.string().nullable(),
  conflicts_more: rich,
  proposals: z.array(action),
  proposals_more: rich,
  scope: z.array(rich),
  ministries: z.array(ministryRow),
  total: ministryRow,
  order_note: z.string(),
  assigned_note: z.string(),
  method: link,
});
export type OverviewPage = z.output<typeof overviewPage>;

const LIST = 'databases/index.html';
const MOST = 5;

export function buildOverview(ctx: ViewContext, books: FactBooks): OverviewPage {
  const overdueIds = [...ctx.overdue.keys()];
  const owners = new Set(ctx.data.overdue.map((row) => row.agency_id));
  const say = (key: string, values: Readonly<Record<string, Filling>>, around: string): Rich =>
    sentence(ctx.labels, ['pages', 'overview', key], values, around);
  const conflicts = conflictLines(ctx);
  const proposals = buildProposals(ctx);
  return {
    headline:
      overdueIds.length === 0
        ? say('none_overdue', {}, 'tasks.html')
        : say(
            'overdue_now',
            {
              n: linked(viCount(overdueIds.length), `${LIST}#qua-han`, 'overdue'),
              k: linked(viCount(owners.size), 'tasks.html#co-quan'),
            },
            LIST,
          ),
    previous: say('without_previous', {}, 'sources.html'),
    results: results(ctx),
    criteria: criteria(ctx, overdueIds),
    connection: connection(ctx),
    waiting: waiting(ctx, books),
    waiting_none: ctx.data.waiting.length === 0 ? ctx.t('pages', 'overview', 'waiting_none') : null,
    conflicts: conflicts.slice(0, MOST),
    conflicts_none: conflicts.length === 0 ? ctx.t('pages', 'conflicts', 'none') : null,
    conflicts_more:
      conflicts.length === 0
        ? []
        : say(
            'conflicts_all',
            { n: linked(viCount(ctx.data.finding.filter((row) => row.is_contradiction).length), 'conflicts.html') },
            'conflicts.html',
          ),
    proposals: proposals.slice(0, MOST),
    proposals_more: say(
      'proposals_all',
      { n: linked(viCount(ctx.data.action.length), 'actions.html') },
      'actions.html',
    ),
    scope: scope(ctx),
    ministries: ministryRows(ctx),
    total: ministryTotal(ctx),
    order_note: ctx.t('pages', 'overview', 'table_by_agency', 'order_note'),
    assigned_note: ctx.t('pages', 'overview', 'table_by_agency', 'assigned_note'),
    method: { text: ctx.t('pages', 'method', 'title'), href: 'method.html' },
  };
}

function results(ctx: ViewContext): Rich[] {
  const say = (key: string, values: Readonly<Record<string, Filling>>, around: string): Rich =>
    sentence(ctx.labels, ['pages', 'overview', key], values, around);
  const lines: Rich[] = [];
  const late = [...ctx.data.overdue].sort((a, b) => b.overdue_days - a.overdue_days);
  const longest = late[0];
  if (longest !== undefined) {
    const around = `tasks.html#nhiem-vu-${longest.no ?? ''}`;
    const same = late.every((row) => row.overdue_days === longest.overdue_days && row.deadline === longest.deadline);
    const values = {
      n: viNumber(longest.overdue_days),
      due: ctx.date(longest.deadline),
      basis: longest.legal_basis ?? ctx.none,
    };
    lines.push(
      same && late.length > 1
        ? say('same_overdue', { ...values, k: linked(viCount(ctx.overdue.size), 'tasks.html') }, 'tasks.html')
        : say('longest_overdue', { ...values, db: ctx.databaseLink(longest.database_id) }, around),
    );
  }
  const blank = new Set(ctx.data.finding.filter((row) => row.kind === 'blank_status').map((row) => row.database_id))
    .size;
  if (blank > 0)
    lines.push(say('blank_status', { n: linked(viCount(blank), 'conflicts.html#blank_status') }, 'tasks.html'));
  const ahead = Date.parse(`${ctx.meta.as_of}T00:00:00Z`) + ctx.config.scoring.deadline_soon_days * 86_400_000;
  const soon = new Set(
    ctx.data.deadline
      .filter((row) => row.due >= ctx.meta.as_of && Date.parse(`${row.due}T00:00:00Z`) <= ahead)
      .map((row) => row.database_id),
  ).size;
  if (soon > 0)
    lines.push(say('due_soon', { n: linked(viCount(soon), LIST), d: ctx.config.scoring.deadline_soon_days }, LIST));
  lines.push(levels(ctx, 'reported'), levels(ctx, 'confirmed'));
  const silent = ctx.data.readiness.filter((row) => row.level_reported === null).length;
  lines.push(say('no_information', { n: linked(viCount(silent), `${LIST}#chua-co-thong-tin`) }, LIST));
  return [...lines, countdown(ctx)];
}

function levels(ctx: ViewContext, kind: 'reported' | 'confirmed'): Rich {
  const items = LEVELS.flatMap((level) => {
    const n = ctx.data.readiness.filter(
      (row) => (kind === 'reported' ? row.level_reported : row.level_confirmed) === level,
    ).length;
    return n === 0
      ? []
      : [
          sentence(ctx.labels, ['pages', 'overview', 'level_item'], {
            level: ctx.t('levels', String(level), 'name'),
            n: linked(viCount(n), `${LIST}#muc-${level}`),
          }),
        ];
  });
  if (items.length === 0) return sentence(ctx.labels, ['pages', 'overview', `levels_${kind}_none`], {}, LIST);
  return sentence(
    ctx.labels,
    ['pages', 'overview', `levels_${kind}`],
    { items: joinRich(items, ctx.t('format', 'list_separator')) },
    LIST,
  );
}

function countdown(ctx: ViewContext): Rich {
  const to = ctx.config.scoring.countdown_to;
  const left = Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${ctx.meta.as_of}T00:00:00Z`)) / 86_400_000);
  return sentence(
    ctx.labels,
    ['pages', 'common', left >= 0 ? 'countdown' : 'countdown_passed'],
    { n: viNumber(Math.abs(left)), date: ctx.date(to) },
    'method.html#muc',
  );
}

function criteria(ctx: ViewContext, overdueIds: readonly string[]): Rich[] {
  const say = (key: string, values: Readonly<Record<string, Filling>>): Rich =>
    sentence(ctx.labels, ['pages', 'overview', key], values, 'criteria.html');
  const told = ctx.data.readiness.filter((row) => row.criteria_met !== null);
  const byCount = groupBy(told, (row) => `${row.criteria_met}/${row.criteria_total}`);
  const items = [...byCount]
    .sort(([, a], [, b]) => (b[0]?.criteria_met ?? 0) - (a[0]?.criteria_met ?? 0))
    .map(([ratio, rows]) =>
      sentence(ctx.labels, ['pages', 'site', 'criteria_ratio'], {
        ratio: linked(
          ratio,
          rows.length === 1 ? `databases/${rows[0]?.database_id}.html#tieu-chi` : `${LIST}#bao-cao-tieu-chi`,
        ),
        n: linked(
          viCount(rows.length),
          rows.length === 1 ? `databases/${rows[0]?.database_id}.html#tieu-chi` : `${LIST}#bao-cao-tieu-chi`,
        ),
      }),
    );
  const lines: Rich[] = [];
  if (told.length > 0)
    lines.push(
      say('criteria_reported', {
        n: linked(viCount(told.length), `${LIST}#bao-cao-tieu-chi`),
        items: joinRich(items, ctx.t('format', 'list_separator')),
      }),
    );
  const silent = overdueIds.filter((id) => (ctx.readiness.get(id)?.criteria_met ?? null) === null).length;
  if (silent > 0) lines.push(say('criteria_silent', { n: linked(viCount(silent), 'tasks.html#csdl-qua-han') }));
  const total = ctx.data.finding.filter((row) => row.kind === 'no_breakdown').length;
  if (total > 0) lines.push(say('criteria_no_breakdown', { n: linked(viCount(total), 'conflicts.html#no_breakdown') }));
  const asked = new Set(
    ctx.data.criterion_status.filter((row) => row.state === 'na_requested').map((row) => row.database_id),
  );
  if (asked.size > 0)
    lines.push(
      say('criteria_na', {
        n: linked(viCount(asked.size), asked.size === 1 ? `databases/${[...asked][0]}.html#tieu-chi` : 'criteria.html'),
      }),
    );
  return lines;
}

function connection(ctx: ViewContext): Rich[] {
  const say = (key: string, values: Readonly<Record<string, Filling>>): Rich =>
    sentence(ctx.labels, ['pages', 'overview', key], values, `${LIST}#da-ket-noi`);
  const told = ctx.data.readiness.filter((row) => isConnected(ctx, row.database_id, 'reported'));
  const confirmed = ctx.data.readiness.filter((row) => isConnected(ctx, row.database_id, 'confirmed')).length;
  const lines: Rich[] = [];
  if (told.length === 0) lines.push(say('c12_reported_none', {}));
  else {
    const states = [...groupBy(told, (row) => row.c12_state)].sort(([, a], [, b]) => b.length - a.length);
    const items = states.map(([state, rows]) => {
      const page = rows.length === 1 ? `databases/${rows[0]?.database_id}.html#ket-noi` : `${LIST}#da-ket-noi`;
      return tidy(
        sentence(ctx.labels, ['pages', 'overview', 'c12_item'], {
          state: ctx.state('c12.connection', state).toLocaleLowerCase('vi'),
          n: linked(viCount(rows.length), page),
        }),
        page,
      );
    });
    lines.push(
      say('c12_reported', {
        n: linked(viCount(told.length), `${LIST}#da-ket-noi`),
        items: joinRich(items, ctx.t('format', 'list_separator')),
      }),
    );
    const shared = told.filter((row) => row.shared_n > 1).length;
    if (shared > 0) lines.push(say('c12_shared', { n: linked(viCount(shared), 'conflicts.html#shared_statement') }));
  }
  lines.push(
    say('c12_confirmed', { n: linked(confirmed === 0 ? '0' : viCount(confirmed), `${LIST}#da-xac-nhan`, 'strong') }),
  );
  const denied = ctx.data.observation_current.filter(
    (row) =>
      row.attribute === 'c12.connection' &&
      row.quoted === 'c12' &&
      row.state === 'none' &&
      ctx.databases.has(row.subject_id),
  );
  for (const [owner, rows] of groupBy(denied, (row) =>
    ctx.agencyName(ctx.databases.get(row.subject_id)?.agency_id ?? null),
  )) {
    const names = joinRich(
      rows.map((row) => [linked(ctx.shortName(row.subject_id), `databases/${row.subject_id}.html#ket-noi`)]),
      ctx.t('format', 'list_separator'),
    );
    lines.push(say('c12_denied', { owner, names }));
  }
  const counts = (gate: string, key: string): Rich => {
    const rows = ctx.data.level_gate.filter(
      (row) => row.gate === gate && row.passed && (gate !== 'c06_cleaned' || row.observation_id !== null),
    );
    if (rows.length === 0) return sentence(ctx.labels, ['pages', 'overview', `${key}_none`], {}, LIST);
    return say(key, {
      n: linked(viCount(rows.length), LIST),
      k: linked(viNumber(rows.filter((row) => row.confirmed).length), LIST),
    });
  };
  lines.push(counts('c12_synced', 'sync_reported'), counts('c06_cleaned', 'cleaning_reported'));
  return lines;
}

function waiting(ctx: ViewContext, books: FactBooks): OverviewPage['waiting'] {
  const groups = [...groupBy(ctx.data.waiting, (row) => row.holder)].sort(
    ([, a], [, b]) => Math.max(...b.map((row) => row.days ?? 0)) - Math.max(...a.map((row) => row.days ?? 0)),
  );
  return groups.map(([holder, rows]) => ({
    title: sentence(
      ctx.labels,
      ['pages', 'overview', 'waiting_group'],
      {
        holder: linked(ctx.maybe('holders', holder) ?? ctx.none, `waiting.html#${holder}`),
        n: linked(viCount(rows.length), `waiting.html#${holder}`),
      },
      'waiting.html',
    ),
    lines: rows.map((row) => {
      const line = waitingLine(ctx, books, row);
      const values = {
        db: line.database,
        owner: line.owner.text,
        what: line.what,
        since: line.since,
        n: line.days_text,
      };
      return sentence(
        ctx.labels,
        ['pages', 'overview', row.days === null ? 'waiting_undated' : 'waiting_line'],
        values,
        `waiting.html#${holder}`,
      );
    }),
  }));
}

/** Contradictions; many of one kind from one owner make one line. */
function conflictLines(ctx: ViewContext): Rich[] {
  const open = ctx.data.finding.filter((row) => row.is_contradiction && row.state !== 'acknowledged');
  return [...groupBy(open, (row) => `${row.kind} ${row.agency_id ?? ''}`).values()].map((rows) => {
    const first = rows[0];
    if (first === undefined) return [];
    const page =
      first.database_id === null
        ? `conflicts.html#${first.kind}`
        : `databases/${first.database_id}.html#chua-thong-nhat`;
    if (rows.length === 1) return tidy([linked(first.text, page)], page);
    const all = `conflicts.html#${first.kind}`;
    return sentence(
      ctx.labels,
      ['pages', 'overview', 'conflict_group'],
      {
        n: linked(viCount(rows.length), all),
        owner: ctx.agencyName(first.agency_id),
        name: linked(first.name.charAt(0).toLocaleLowerCase('vi') + first.name.slice(1), all),
      },
      all,
    );
  });
}

function scope(ctx: ViewContext): Rich[] {
  const say = (path: string[], values: Readonly<Record<string, Filling>>, around: string): Rich =>
    sentence(ctx.labels, path, values, around);
  const named = ctx.data.database.filter((row) => row.row_kind !== 'umbrella');
  const listed = (row: { listed_in: string }, list: string): boolean => row.listed_in.split(';').includes(list);
  const n71 = named.filter((row) => listed(row, 'nq71'));
  const only11 = ctx.data.database.filter((row) => listed(row, 'nq11') && !listed(row, 'nq71') && row.part_of === null);
  const parts11 = named.filter((row) => listed(row, 'nq11') && !listed(row, 'nq71') && row.part_of !== null);
  const n11 = only11.filter((row) => row.row_kind !== 'umbrella').length;
  const g11 = only11.length - n11;
  const other = named.length - n71.length - n11 - parts11.length;
  const documents = [...new Set(ctx.data.observation.map((row) => row.evidence_title ?? ''))].filter(
    (title) => title !== '',
  );
  return [
    say(
      ['product', 'scope_line'],
      {
        n71: linked(viCount(n71.length), `${LIST}#nq71`),
        total: linked(viNumber(ctx.config.scoring.programme_total), 'method.html#gioi-han'),
        n11: linked(viCount(n11), `${LIST}#nq11`),
        g11: linked(viCount(g11), `${LIST}#nq11`),
        other: linked(viCount(other), `${LIST}#tat-ca`),
      },
      `${LIST}`,
    ),
    say(
      ['pages', 'overview', 'scope_period'],
      {
        documents: joinRich(
          documents.map((title) => [linked(title, 'sources.html#van-ban')]),
          ctx.t('format', 'list_separator'),
        ),
      },
      'sources.html#van-ban',
    ),
    say(['pages', 'overview', 'scope_overdue'], {}, 'tasks.html'),
    say(['product', 'criteria_note'], {}, 'criteria.html'),
  ];
}

/** The headline as plain text, for the title of the page. */
export function headlineText(page: OverviewPage): string {
  return bareText(page.headline);
}
