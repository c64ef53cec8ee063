/** Lines of the first page on results, criteria and connection. Rule: counts come from rows, words from labels, numbers are links. */

import { daysBetween } from '../config/time.ts';
import { LEVELS } from './level-words.ts';
import { isConnected } from './list-rows.ts';
import { type Filling, joinRich, linked, sentence, tidy } from './rich-text.ts';
import { groupBy, type ViewContext } from './view-context.ts';
import { leftNote } from './view-editions.ts';
import type { Rich } from './view-parts.ts';

const LIST = 'databases/index.html';

export function resultsLines(ctx: ViewContext): Rich[] {
  const say = (key: string, values: Readonly<Record<string, Filling>>, around: string): Rich =>
    sentence(ctx.labels, ['pages', 'overview', key], values, around);
  const lines: Rich[] = [];
  const left = leftNote(ctx);
  if (left !== null) lines.push(left);
  const late = [...ctx.data.overdue].sort((a, b) => b.overdue_days - a.overdue_days);
  const longest = late[0];
  if (longest !== undefined) {
    const around = `tasks.html#${ctx.taskAnchor(longest.task_id)}`;
    const same = late.every((row) => row.overdue_days === longest.overdue_days && row.deadline === longest.deadline);
    const values = {
      n: ctx.written.number(longest.overdue_days),
      due: ctx.date(longest.deadline),
      basis: longest.legal_basis ?? ctx.none,
    };
    lines.push(
      same && late.length > 1
        ? say('same_overdue', { ...values, k: linked(ctx.written.count(ctx.overdue.size), 'tasks.html') }, 'tasks.html')
        : say('longest_overdue', { ...values, db: ctx.databaseLink(longest.database_id) }, around),
    );
  }
  const blank = new Set(ctx.data.finding.filter((row) => row.kind === 'blank_status').map((row) => row.database_id))
    .size;
  if (blank > 0)
    lines.push(
      say('blank_status', { n: linked(ctx.written.count(blank), 'conflicts.html#blank_status') }, 'tasks.html'),
    );
  const soon = new Set(
    ctx.data.deadline
      .filter(
        (row) =>
          row.due >= ctx.meta.as_of && daysBetween(ctx.meta.as_of, row.due) <= ctx.config.scoring.deadline_soon_days,
      )
      .map((row) => row.database_id),
  ).size;
  if (soon > 0)
    lines.push(
      say('due_soon', { n: linked(ctx.written.count(soon), LIST), d: ctx.config.scoring.deadline_soon_days }, LIST),
    );
  lines.push(levels(ctx, 'reported'), levels(ctx, 'confirmed'));
  const silent = ctx.data.readiness.filter((row) => row.level_reported === null).length;
  lines.push(say('no_information', { n: linked(ctx.written.count(silent), `${LIST}#chua-co-thong-tin`) }, LIST));
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
            n: linked(ctx.written.count(n), `${LIST}#muc-${level}`),
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
  const left = daysBetween(ctx.meta.as_of, to);
  return sentence(
    ctx.labels,
    ['pages', 'common', left >= 0 ? 'countdown' : 'countdown_passed'],
    { n: ctx.written.number(Math.abs(left)), date: ctx.date(to) },
    'method.html#muc',
  );
}

export function criteriaLines(ctx: ViewContext, overdueIds: readonly string[]): Rich[] {
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
          ctx.written.count(rows.length),
          rows.length === 1 ? `databases/${rows[0]?.database_id}.html#tieu-chi` : `${LIST}#bao-cao-tieu-chi`,
        ),
      }),
    );
  const lines: Rich[] = [];
  if (told.length > 0)
    lines.push(
      say('criteria_reported', {
        n: linked(ctx.written.count(told.length), `${LIST}#bao-cao-tieu-chi`),
        items: joinRich(items, ctx.t('format', 'list_separator')),
      }),
    );
  const silent = overdueIds.filter((id) => (ctx.readiness.get(id)?.criteria_met ?? null) === null).length;
  if (silent > 0)
    lines.push(say('criteria_silent', { n: linked(ctx.written.count(silent), 'tasks.html#csdl-qua-han') }));
  const total = ctx.data.finding.filter((row) => row.kind === 'no_breakdown').length;
  if (total > 0)
    lines.push(say('criteria_no_breakdown', { n: linked(ctx.written.count(total), 'conflicts.html#no_breakdown') }));
  const asked = new Set(
    ctx.data.criterion_status.filter((row) => row.state === 'na_requested').map((row) => row.database_id),
  );
  if (asked.size > 0)
    lines.push(
      say('criteria_na', {
        n: linked(
          ctx.written.count(asked.size),
          asked.size === 1 ? `databases/${[...asked][0]}.html#tieu-chi` : 'criteria.html',
        ),
      }),
    );
  return lines;
}

export function connectionLines(ctx: ViewContext): Rich[] {
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
          n: linked(ctx.written.count(rows.length), page),
        }),
        page,
      );
    });
    lines.push(
      say('c12_reported', {
        n: linked(ctx.written.count(told.length), `${LIST}#da-ket-noi`),
        items: joinRich(items, ctx.t('format', 'list_separator')),
      }),
    );
    const shared = told.filter((row) => row.shared_n > 1).length;
    if (shared > 0)
      lines.push(say('c12_shared', { n: linked(ctx.written.count(shared), 'conflicts.html#shared_statement') }));
  }
  lines.push(
    say('c12_confirmed', {
      n: linked(confirmed === 0 ? '0' : ctx.written.count(confirmed), `${LIST}#da-xac-nhan`, 'strong'),
    }),
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
      n: linked(ctx.written.count(rows.length), LIST),
      k: linked(ctx.written.number(rows.filter((row) => row.confirmed).length), LIST),
    });
  };
  lines.push(counts('c12_synced', 'sync_reported'), counts('c06_cleaned', 'cleaning_reported'));
  return lines;
}
