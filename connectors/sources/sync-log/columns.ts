/**
 * The columns of a log as SQL reads them: each is turned by a macro of sync-log.sql into a code, a count or a time, by
 * what kind of column it is. Only columns that the settings name are read.
 */
import { Fault } from '../../../config/fault.ts';
import { fixedSql, quotedName } from './fixed-sql.ts';
import { aheadOf, type Options } from './options.ts';

/** What a column holds; `code` and `bucket` are made from the texts of Arrow files, where no text is passed on. */
export type Kind =
  | 'text'
  | 'whole'
  | 'real'
  | 'local-time'
  | 'instant'
  | 'seconds'
  | 'millis'
  | 'micros'
  | 'nanos'
  | 'instant-seconds'
  | 'instant-millis'
  | 'instant-micros'
  | 'instant-nanos'
  | 'code'
  | 'bucket';

export type Role = 'word' | 'way' | 'reason' | 'count' | 'time';

/** One column of ours. */
export interface Wanted {
  /** Our name; m1, m2, … for the fields that differ. */
  ours: string;
  theirs: string;
  role: Role;
  /** What cannot be left out of any row: where it is missing, nothing can be read. */
  required: boolean;
}

const ROLES = {
  database: 'word',
  direction: 'way',
  started: 'time',
  finished: 'time',
  created: 'time',
  sent: 'count',
  accepted: 'count',
  rejected: 'count',
  backlog: 'count',
  checked: 'count',
  matched: 'count',
  reason: 'reason',
} as const satisfies Record<string, Role>;

/** In a log of lines these may be left out of a line, and so of all lines that are looked at. */
const OFTEN_BLANK = ['finished', 'created', 'rejected', 'backlog', 'reason'];

/** The columns that the settings name, with what each is for. */
export function wantedColumns({ columns }: Pick<Options, 'columns'>): Wanted[] {
  const wanted: Wanted[] = [];
  for (const [ours, role] of Object.entries(ROLES)) {
    const theirs = columns[ours as keyof typeof ROLES];
    if (theirs !== undefined) wanted.push({ ours, theirs, role, required: !OFTEN_BLANK.includes(ours) });
  }
  for (const [i, theirs] of Object.values(columns.mismatched).entries()) {
    wanted.push({ ours: `m${i + 1}`, theirs, role: 'count', required: true });
  }
  return wanted;
}

/** Refuses a log that lacks a column, naming both sides. What is no name of a column, but maybe a value, is not repeated. */
export function mustHaveColumns(wanted: readonly Wanted[], there: readonly string[], file: string): void {
  const missing = wanted.filter(({ theirs }) => !there.includes(theirs));
  if (missing.length === 0) return;
  const named = missing.map(({ ours, theirs }) => `${theirs} (${ours})`).join(', ');
  const message = `${file} has no column ${named}`;
  const isHeader = there.length > 0 && there.every((column) => /^[\p{L}_][\p{L}\p{N}_ .()/-]{0,59}$/u.test(column));
  const shown = there.slice(0, 40).join(', ');
  throw new Fault('source/missing-column', isHeader ? `${message}; it has ${shown}` : message, {
    hint: isHeader
      ? 'correct `columns` in sources.yaml, or what is delivered'
      : 'the file must begin with the names of its columns; see `delimiter`, too',
  });
}

const TIMES: Partial<Record<Kind, [macro: string, isLocal: boolean]>> = {
  'local-time': ['time_stamp', true],
  instant: ['time_stamp', false],
  seconds: ['time_seconds', true],
  millis: ['time_millis', true],
  micros: ['time_micros', true],
  nanos: ['time_nanos', true],
  'instant-seconds': ['time_seconds', false],
  'instant-millis': ['time_millis', false],
  'instant-micros': ['time_micros', false],
  'instant-nanos': ['time_nanos', false],
};

const OTHERS: Record<Exclude<Role, 'time'>, Partial<Record<Kind, string>>> = {
  word: { text: 'word_text', whole: 'word_text', code: '' },
  way: { text: 'word_text', whole: 'word_text', code: '' },
  reason: { text: 'reason_text', bucket: '' },
  count: { text: 'count_text', whole: 'count_whole', real: 'count_real' },
};

/** @returns the call of a macro, or null where a column of this kind cannot be what it is for */
function expression(name: string, role: Role, kind: Kind, settings: Options): string | null {
  const ahead = aheadOf(settings.time_zone);
  if (role !== 'time') {
    const macro = OTHERS[role][kind];
    return macro === undefined ? null : `${macro}(${name})`;
  }
  if (kind === 'text') {
    return hasUsualTimes(settings)
      ? `time_unusual(${name}, ${name}_usual, ${ahead}, '${settings.time_format}')`
      : `time_text(${name}, ${ahead}, '${settings.time_format}')`;
  }
  if (kind === 'whole') return `time_number(${name}, '${settings.time_format}')`;
  const [macro, isLocal] = TIMES[kind] ?? [];
  return macro === undefined ? null : `${macro}(${name}, ${isLocal === true ? ahead : 0})`;
}

function hasUsualTimes({ time_format: form }: Options): boolean {
  return form === 'auto' || form === 'iso';
}

export interface Scan {
  /** A relation: a call of a reader of DuckDB, or the name of a table. */
  rows: string;
  /** Column of the relation → what it holds; named as theirs, or as ours where a table was filled. */
  kinds: ReadonlyMap<string, Kind>;
  named: 'ours' | 'theirs';
}

/** The statement that adds the rows of a scan to the table `part`. */
export function rollUp(
  { rows, kinds, named }: Scan,
  settings: Options,
  window: { startDay: number; latest: number },
  file: string,
): string {
  const wanted = wantedColumns(settings);
  const expressions = new Map<string, string>();
  // Read under our names, so that what is added here is never mistaken for a column of theirs.
  const given: string[] = [];
  let reason = 'reason';
  for (const { ours, theirs, role } of wanted) {
    const column = named === 'ours' ? ours : theirs;
    const kind = kinds.get(column);
    if (kind === undefined) continue;
    const text = expression(ours, role, kind, settings);
    if (text === null) throw unfit(theirs, ours, file);
    given.push(`${quotedName(column)} AS ${ours}`);
    // Of few rows the reason is looked at, so it is passed on as it is.
    if (role === 'reason') reason = text;
    expressions.set(ours, role === 'reason' ? ours : text);
    if (role === 'time' && kind === 'text' && hasUsualTimes(settings)) {
      given.push(`time_usual(${quotedName(column)}, ${aheadOf(settings.time_zone)}) AS ${ours}_usual`);
    }
  }
  if (!expressions.has('finished')) {
    // One time is known of a batch: that at which it was done.
    const only = expressions.get('started');
    if (settings.columns.finished === undefined && only !== undefined) {
      expressions.set('finished', only);
      expressions.delete('started');
    }
  }
  const isCoded = kinds.get(named === 'ours' ? 'database' : settings.columns.database) === 'code';
  const mismatches = wanted.filter(({ ours }) => /^m\d+$/.test(ours)).map(({ ours }) => ours);
  const counts = ['sent', 'accepted', 'rejected', 'backlog', 'checked', 'matched', ...mismatches];
  const results = ['matched', ...mismatches].filter((ours) => expressions.has(ours));
  const nothing = (ours: string): string =>
    ours === 'direction'
      ? `NULL::${isCoded ? 'INTEGER' : 'VARCHAR'}`
      : `NULL::${ours === 'reason' ? 'INTEGER' : 'BIGINT'}`;
  const all = ['database', 'direction', 'started', 'finished', 'created', 'reason', ...counts];
  return fixedSql('roll_up', {
    rows,
    given: given.join(', '),
    columns: all.map((ours) => `${expressions.get(ours) ?? nothing(ours)} AS ${ours}`).join(', '),
    bad_count: `least(${counts.join(', ')}) < 0 OR greatest(${counts.join(', ')}) > ${Number.MAX_SAFE_INTEGER}`,
    more_than_checked: results.length === 0 ? 'false' : `greatest(${results.join(', ')}, -1) > coalesce(checked, -1)`,
    sound: sound(expressions, counts),
    accounted: ['accepted', 'rejected'].filter((ours) => expressions.has(ours)).join(' + ') || '0',
    last: expressions.has('finished') ? 'finished' : 'started',
    reason,
    sums: sums(expressions, mismatches),
    start: String(window.startDay),
    latest: String(window.latest),
  });
}

/** That all is given, and within its bounds; for counts, bits tell: one above 2^53 - 1 or a sign would be in any of them. */
function sound(expressions: ReadonlyMap<string, string>, counts: readonly string[]): string {
  const given = counts.filter((ours) => expressions.has(ours));
  const times = ['started', 'finished', 'created'].filter((ours) => expressions.has(ours));
  return [
    'database IS NOT NULL',
    ...times.map((ours) => `${ours} BETWEEN 946684800000 AND 4102444800000`),
    ...(expressions.has('started') && expressions.has('finished') ? ['finished >= started'] : []),
    ...(given.length === 0 ? [] : [`(${given.join(' | ')}) BETWEEN 0 AND ${Number.MAX_SAFE_INTEGER}`]),
  ].join(' AND ');
}

/** What is added up; a column that the log does not have costs nothing. */
function sums(expressions: ReadonlyMap<string, string>, mismatches: readonly string[]): string {
  const sum = (column: string, statement = 'sum'): string =>
    expressions.has(column) ? fixedSql(statement, { column }) : 'NULL';
  return [
    expressions.has('sent') || expressions.has('accepted') ? fixedSql('sum_sent') : 'NULL',
    sum('accepted'),
    sum('rejected'),
    expressions.has('backlog') ? fixedSql('backlog') : 'NULL, NULL, NULL, NULL',
    sum('checked', 'sum_good'),
    sum('matched', 'sum_good'),
    mismatches.length === 0 ? 'NULL' : `[${mismatches.map((column) => sum(column, 'sum_good')).join(', ')}]`,
  ].join(', ');
}

/** A column that cannot be what it is for. */
export function unfit(theirs: string, ours: string, file: string): Fault {
  return new Fault('source/wrong-column-type', `column ${theirs} of ${file} cannot be read as ${ours}`, {
    hint: 'deliver codes as text, counts as whole numbers, and times as timestamps or text',
  });
}
