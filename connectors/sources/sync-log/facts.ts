/** The facts that the figures of a log state, and what of the log could not be read. No value of the log is repeated. */
import type { CollectContext, Collected } from '../../contract.ts';
import { missedDays, type Reconciliation, scheduleDays, silentWindow, type Window } from './figures.ts';
import type { Measured } from './measure.ts';
import type { Options } from './options.ts';

const DAY_MS = 86_400_000;
const OFFSET_MS = 7 * 3600 * 1000;

export interface Span {
  document: string;
  /** In days since 1970, local. */
  firstDay: number;
  endDay: number;
  /** Last moment of the window, in milliseconds. */
  end: number;
}

/** A day since 1970 as YYYY-MM-DD. */
export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function factsOf(
  measured: Measured,
  settings: Options,
  span: Span,
  databases: CollectContext['registry']['databases'],
): Collected[] {
  const found = new Map(measured.windows.map((window) => [window.database_id, window]));
  const covered = settings.covers === 'all' ? Object.values(settings.databases) : settings.covers;
  for (const id of covered) if (!found.has(id)) found.set(id, silentWindow(id));
  const schedules = new Map(databases.map((d) => [d.database_id, scheduleDays(d.sync_schedule)]));
  const pieces: Collected[] = [];
  for (const id of [...found.keys()].sort()) {
    const window = found.get(id);
    if (window === undefined) continue;
    if (settings.partner === 'c12') pieces.push(windowFact(window, settings, span, schedules.get(id) ?? null));
    const link = connectionFact(window, settings, span);
    if (link !== null) pieces.push(link);
  }
  for (const found of measured.reconciliations) pieces.push(...reconciliationFacts(found, settings, span));
  return pieces;
}

function windowFact(window: Window, settings: Options, span: Span, every: number | null): Collected {
  const { columns } = settings;
  const days = span.endDay - span.firstDay + 1;
  const isWhole = (span.end + 1 + OFFSET_MS) % DAY_MS === 0;
  const judged = { first: span.firstDay, lastWhole: isWhole ? span.endDay : span.endDay - 1 };
  const { backlog, backlog_before: before } = window;
  const flags = {
    days,
    batches: window.batches,
    succeeded: window.succeeded,
    batches_7d: days < 7 ? null : window.batches_7d,
    succeeded_7d: days < 7 ? null : window.succeeded_7d,
    batches_1d: window.batches_1d,
    succeeded_1d: window.succeeded_1d,
    heartbeats: window.heartbeats,
    last_success: window.last_success === null ? null : dayText(window.last_success),
    last_change: window.last_change === null ? null : dayText(window.last_change),
    rejected: columns.rejected === undefined ? null : window.rejected,
    backlog,
    backlog_change: backlog === null || before === null ? null : backlog - before,
    lag_p50_minutes: window.lag_p50,
    lag_p95_minutes: window.lag_p95,
    missed_days: every === null ? null : missedDays(window, every, judged),
    batches_in: columns.direction === undefined ? null : window.batches_in,
    last_success_in: window.last_success_in === null ? null : dayText(window.last_success_in),
  };
  return fact(window.database_id, 'c12.sync.window', ratio(window.accepted, window.sent), span, given(flags));
}

/** What the traffic shows of the link. Where no batch ever succeeded, it shows nothing. */
function connectionFact(window: Window, settings: Options, span: Span): Collected | null {
  const attribute = `${settings.partner}.connection`;
  const { succeeded: out, succeeded_in: back, last_success_any: last } = window;
  if (last === null) return null;
  const say = (state: string, flags = {}): Collected =>
    fact(window.database_id, attribute, { value_text: state }, span, flags);
  if (out === 0 && back === 0) return say('interrupted', { since: dayText(last) });
  if (settings.columns.direction === undefined) return say('connected');
  if (out > 0 && back > 0) return say('two_way');
  return say('one_way', { direction: out > 0 ? 'out' : 'in' });
}

function reconciliationFacts(found: Reconciliation, settings: Options, span: Span): Collected[] {
  const { database_id: id, checked, matched, last_at: at, mismatched } = found;
  const when = { ...span, end: at };
  const flags = { last_success: new Date(at + OFFSET_MS).toISOString().slice(0, 10) };
  const fields = Object.keys(settings.columns.mismatched);
  return [
    fact(id, 'c06.reconciliation', ratio(matched, checked), when, flags),
    ...fields.map((field, i) =>
      fact(id, 'c06.mismatch', { ...ratio(mismatched[i] ?? 0, checked), target: field }, when, {}),
    ),
  ];
}

function ratio(part: number, whole: number): { value_number: number; value_total: number } {
  return { value_number: part, value_total: whole };
}

function given(flags: Readonly<Record<string, string | number | null>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(flags).filter((entry): entry is [string, string | number] => entry[1] !== null),
  );
}

function fact(
  database: string,
  attribute: string,
  value: Readonly<Record<string, string | number>>,
  span: Span,
  flags: Readonly<Record<string, string | number>>,
): Collected {
  const statement = {
    type: 'observation',
    document: span.document,
    subject_type: 'database',
    subject_id: database,
    attribute,
    ...value,
    flags,
    observed_at: new Date(span.end).toISOString(),
    evidence: { query: `window ${dayText(span.firstDay)} to ${dayText(span.endDay)}` },
  };
  return { kind: 'statement', statement, at: `${attribute} of ${database}` };
}

/** By the numbers that sync-log.sql gives them; the last one there is a code that no database has. */
const PROBLEMS = [
  ['no-database', 'name no database, or are no JSON object'],
  ['time', 'have a time that is missing or not understood; see `time_format`'],
  ['count', 'have a count that is no whole number of 0 or more, written in digits only (no 1.041 and no 1,041)'],
  ['order', 'end before they begin'],
  ['sum', 'have more accepted and rejected than sent, or more matched or different than checked'],
  ['after', 'are later than the end of the window'],
  ['unknown-direction', 'have a word of direction that `directions` does not name'],
] as const;

/** What was left out, each reason once, with how many rows. */
export function rejectionsOf(measured: Measured): Collected[] {
  const { problems, unknown, unknownCodes, brokenLines } = measured;
  const pieces = problems.map(({ problem, n }) => {
    const [code, text] = PROBLEMS[problem] ?? ['unreadable', 'cannot be read'];
    return rejection(code, `${n} rows ${text}`);
  });
  if (brokenLines > 0) {
    pieces.push(
      rejection('broken-line', `${brokenLines} lines do not fit the header: cut off, wrongly quoted or too long`),
    );
  }
  for (const [i, { letters, n }] of unknown.entries()) {
    const which = `code ${i + 1} of ${unknownCodes} unknown ones, ${letters} characters long`;
    pieces.push(rejection('unknown-database', `${n} rows have ${which}; name it under \`databases\``));
  }
  if (unknownCodes > unknown.length) {
    pieces.push(rejection('unknown-database', `${unknownCodes - unknown.length} more codes of databases are unknown`));
  }
  return pieces;
}

function rejection(code: string, message: string): Collected {
  return { kind: 'rejection', code: `sync-log/${code}`, message, raw: '', at: 'log' };
}
