/**
 * The registry over time: what became of a database, who owned it when, which days are off. The rule: one day has one
 * answer, so dates that would give it two are problems.
 */
import type { Config, ReadFiles } from '../load.ts';
import { didYouMean } from '../nearest.ts';
import type { DatabaseOwnerRow, DatabaseRow, DatabaseSuccessionRow } from '../schema/registry.ts';
import { dayBefore } from '../time.ts';
import type { Report } from './registry.ts';

type At = (index: number, key: string, code: string, message: string, hint?: string | null) => void;

/** Reports into `file` at the line of a row. */
function reporter(files: ReadFiles, file: string, report: Report): At {
  return (index, key, code, message, hint = null) =>
    report(file, files.csv[file]?.[index]?.line ?? null, key, code, message, hint);
}

export function checkRegistryTime(config: Config, files: ReadFiles, report: Report): void {
  const databases = new Map(config.databases.map((row) => [row.database_id, row]));
  checkSpans(config.databases, reporter(files, 'databases', report));
  checkSuccessions(config, databases, reporter(files, 'database_succession', report));
  checkOwners(config, databases, reporter(files, 'database_owner', report));
  checkHolidays(config, reporter(files, 'holidays', report));
}

/** True and reported when a span ends before it begins. */
function endsFirst(at: At, index: number, row: { valid_from: string | null; valid_to: string | null }): boolean {
  const wrong = row.valid_from !== null && row.valid_to !== null && row.valid_to < row.valid_from;
  if (wrong)
    at(index, 'valid_to', 'config/span-ends-first', `valid_to ${row.valid_to} is before valid_from ${row.valid_from}`);
  return wrong;
}

function checkSpans(rows: readonly DatabaseRow[], at: At): void {
  for (const [index, row] of rows.entries()) endsFirst(at, index, row);
}

function unknownDatabase(at: At, index: number, key: string, id: string, known: ReadonlyMap<string, unknown>): void {
  const hint = didYouMean(id, known.keys());
  at(index, key, 'config/unknown-database', `database "${id}" is not in databases.csv`, hint);
}

function checkSuccessions(config: Config, databases: ReadonlyMap<string, DatabaseRow>, at: At): void {
  const rows = config.databaseSuccessions;
  for (const [index, row] of rows.entries()) {
    const from = databases.get(row.from_id);
    const to = databases.get(row.to_id);
    if (from === undefined) unknownDatabase(at, index, 'from_id', row.from_id, databases);
    if (to === undefined) unknownDatabase(at, index, 'to_id', row.to_id, databases);
    if (from === undefined || to === undefined) continue;
    if (from === to) {
      at(index, 'to_id', 'config/own-successor', `"${row.to_id}" cannot follow itself`);
      continue;
    }
    for (const [key, end] of [
      ['from_id', from],
      ['to_id', to],
    ] as const) {
      if (end.row_kind === 'umbrella')
        at(
          index,
          key,
          'config/umbrella-succession',
          `"${end.database_id}" is an umbrella row`,
          'name its parts instead',
        );
    }
    checkDates(row, from, to, (key, message, hint) => at(index, key, 'config/succession-dates', message, hint));
    checkOthers(rows, index, at);
  }
}

/** The catalogue must say the same as the succession: nobody is counted twice, nobody not at all. */
function checkDates(
  row: DatabaseSuccessionRow,
  from: DatabaseRow,
  to: DatabaseRow,
  wrong: (key: string, message: string, hint: string) => void,
): void {
  const last = dayBefore(row.date);
  const ends = `write valid_to ${last} for it in databases.csv`;
  if (row.kind !== 'split' && from.valid_to !== last)
    wrong(
      'from_id',
      `"${row.from_id}" is ${row.kind} on ${row.date} but counted until ${from.valid_to ?? 'today'}`,
      ends,
    );
  if (row.kind === 'split' && from.valid_to !== null && from.valid_to < last)
    wrong('from_id', `"${row.from_id}" is split on ${row.date} but counted only until ${from.valid_to}`, ends);
  const begins = `write valid_from ${row.date} for it in databases.csv`;
  if (row.kind !== 'merged' && to.valid_from !== row.date)
    wrong(
      'to_id',
      `"${row.to_id}" begins on ${row.date} but is counted from ${to.valid_from ?? 'the beginning'}`,
      begins,
    );
  if (row.kind === 'merged' && ((to.valid_from ?? '') > row.date || (to.valid_to ?? '9999') < row.date))
    wrong('to_id', `"${row.to_id}" takes over on ${row.date} but is not counted on that day`, begins);
}

/** A name has one successor and one forerunner; what has several is a split or a merger. */
function checkOthers(rows: readonly DatabaseSuccessionRow[], index: number, at: At): void {
  const row = rows[index];
  const clash = rows.slice(0, index).find((other) => {
    if (row === undefined) return false;
    const sameFrom = other.from_id === row.from_id;
    const sameTo = other.to_id === row.to_id;
    const renamed = other.kind === 'renamed' || row.kind === 'renamed';
    return (
      (sameFrom && sameTo) ||
      (renamed && (sameFrom || sameTo)) ||
      (sameFrom && other.kind !== row.kind && other.date === row.date)
    );
  });
  if (row === undefined || clash === undefined) return;
  at(
    index,
    'kind',
    'config/ambiguous-succession',
    `"${row.from_id}" → "${row.to_id}" (${row.kind}) cannot stand beside "${clash.from_id}" → "${clash.to_id}" (${clash.kind})`,
    'several parts are `split`, several forerunners `merged`, one of each `renamed`',
  );
}

function checkOwners(config: Config, databases: ReadonlyMap<string, DatabaseRow>, at: At): void {
  const agencies = new Map(config.agencies.map((row) => [row.agency_id, row]));
  const rows = config.databaseOwners;
  for (const [index, row] of rows.entries()) {
    const database = databases.get(row.database_id);
    const agency = agencies.get(row.agency_id);
    if (database === undefined) unknownDatabase(at, index, 'database_id', row.database_id, databases);
    if (agency === undefined) {
      const hint = didYouMean(row.agency_id, agencies.keys());
      at(index, 'agency_id', 'config/unknown-agency', `agency "${row.agency_id}" is not in agencies.csv`, hint);
    }
    if (endsFirst(at, index, row)) continue;
    const other = rows.slice(0, index).findIndex((one) => one.database_id === row.database_id && overlap(one, row));
    if (other >= 0)
      at(
        index,
        'valid_from',
        'config/two-owners',
        `"${row.database_id}" has two owners on the same day`,
        `the other is "${rows[other]?.agency_id}"`,
      );
    if (row.valid_to === null && database !== undefined && database.agency_id !== row.agency_id)
      at(
        index,
        'agency_id',
        'config/owner-of-today',
        `"${row.agency_id}" is said to own "${row.database_id}" today, databases.csv says "${database.agency_id ?? ''}"`,
        'write valid_to, or change agency_id in databases.csv',
      );
    if (
      agency !== undefined &&
      ((row.valid_to ?? '9999') < (agency.valid_from ?? '') || (row.valid_from ?? '') > (agency.valid_to ?? '9999'))
    )
      at(index, 'agency_id', 'config/agency-of-other-days', `"${row.agency_id}" did not exist in that time`);
  }
}

function overlap(a: DatabaseOwnerRow, b: DatabaseOwnerRow): boolean {
  return (a.valid_from ?? '') <= (b.valid_to ?? '9999') && (b.valid_from ?? '') <= (a.valid_to ?? '9999');
}

function checkHolidays(config: Config, at: At): void {
  const seen = new Set<string>();
  for (const [index, row] of config.holidays.entries()) {
    if (seen.has(row.date)) at(index, 'date', 'config/duplicate-id', `"${row.date}" stands twice`);
    seen.add(row.date);
    const weekend = [0, 6].includes(new Date(`${row.date}T00:00:00Z`).getUTCDay());
    if (row.kind === 'make_up_workday' && !weekend)
      at(
        index,
        'kind',
        'config/make-up-in-week',
        `${row.date} is worked anyway`,
        'a make-up day is a Saturday or Sunday',
      );
  }
}
