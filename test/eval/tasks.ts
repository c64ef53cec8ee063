/** Matching of tasks with the key, and what each task says: deadline, legal basis, agencies, databases. */
import type { TaskStatement } from '../../connectors/contract.ts';
import { foldLetters } from '../../connectors/document/language/fold.ts';
import type { KeyTask, TaskField } from './key.ts';
import type { Kind } from './kinds.ts';
import type { Tallies } from './tally.ts';

const plain = (value: string): string =>
  foldLetters(value)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '');

const printedNumber = (key: KeyTask): string | undefined =>
  key.sub ?? (key.no === null && key.evidence.row !== undefined ? String(key.evidence.row) : undefined);

/** How surely a task read is the one of the key; 0 when it cannot be. */
function likeness(key: KeyTask, read: TaskStatement): number {
  const sub = printedNumber(key);
  const sameSub = sub !== undefined && String(read.evidence.row ?? '') === sub;
  if (key.no !== read.no && !sameSub) return 0;
  let score = 1;
  if (sameSub) score += 8;
  if (key.hint !== undefined && plain(read.title).includes(plain(key.hint))) score += 6;
  if (key.deadline !== undefined && key.deadline === read.deadline) score += 2;
  if (key.legal_basis && plain(key.legal_basis) === plain(read.legal_basis)) score += 1;
  if (key.lead_agencies.some((id) => read.lead_agencies.includes(id))) score += 1;
  if (key.database_ids.some((id) => read.database_ids.includes(id))) score += 2;
  // With a hint in the key, the same number alone is another table's task.
  return key.hint !== undefined && score < 3 ? 0 : score;
}

function pair(key: readonly KeyTask[], read: readonly TaskStatement[]): Map<KeyTask, TaskStatement> {
  const pairs: { k: number; r: number; score: number }[] = [];
  for (const [k, line] of key.entries())
    for (const [r, task] of read.entries()) {
      const score = likeness(line, task);
      if (score > 0) pairs.push({ k, r, score });
    }
  // Of equals, the pair that keeps the order of the document best.
  pairs.sort((a, b) => b.score - a.score || Math.abs(a.k - a.r) - Math.abs(b.k - b.r) || a.k - b.k);
  const [byKey, taken] = [new Map<KeyTask, TaskStatement>(), new Set<number>()];
  for (const { k, r } of pairs) {
    const [line, task] = [key[k], read[r]];
    if (!line || !task || byKey.has(line) || taken.has(r)) continue;
    byKey.set(line, task);
    taken.add(r);
  }
  return byKey;
}

export function tellTask(task: KeyTask | TaskStatement): string {
  const { table, hint, sub } = task as Partial<KeyTask>;
  const where = table ?? task.evidence.table;
  const text = hint ?? String((task as Partial<TaskStatement>).title ?? '').slice(0, 50);
  return `${where === undefined ? '' : `table ${where} `}task ${sub ?? task.no ?? task.evidence.row} ${text}`.trim();
}

/** Compares two sets of ids (or single values as sets of one); ids in `optional` count neither way. */
function sets(
  tallies: Tallies,
  kind: Kind,
  at: string,
  want: readonly string[],
  got: readonly string[],
  optional: readonly string[] = [],
) {
  const tally = tallies[kind];
  const [expected, read] = [new Set(want), new Set(got)];
  for (const id of expected) {
    if (read.has(id)) tally.right++;
    else {
      tally.missing++;
      tally.misses.push(`${at}: ${id}`);
    }
  }
  for (const id of read) {
    if (expected.has(id) || optional.includes(id)) continue;
    tally.wrong++;
    tally.extras.push(`${at}: ${id}`);
  }
}

const one = (value: string | null | undefined): string[] => (value ? [value] : []);

/** The values of a field, as a set of comparable words. */
function values(field: TaskField, of: { [name in TaskField]?: string | null | string[] | undefined }): string[] {
  const value = of[field];
  if (Array.isArray(value)) return value;
  return one(field === 'legal_basis' ? plain(value ?? '') : value);
}

const FIELDS: readonly (readonly [
  TaskField,
  Kind,
  'lead_optional' | 'overdue_optional' | 'database_optional' | null,
])[] = [
  ['deadline', 'deadlines', null],
  ['legal_basis', 'legal basis', null],
  ['lead_agencies', 'lead agencies', 'lead_optional'],
  ['overdue_agencies', 'overdue agencies', 'overdue_optional'],
  ['database_ids', 'database links', 'database_optional'],
];
const sameSet = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((x) => b.includes(x));

/** Adds the comparison of the tasks read with the key to `tallies`. */
export function measureTasks(key: readonly KeyTask[], read: readonly TaskStatement[], tallies: Tallies): void {
  const pairs = pair(key, read);
  for (const line of key) {
    if (line.optional) continue;
    const task = pairs.get(line);
    const at = tellTask(line);
    sets(tallies, 'tasks', at, ['task'], task ? ['task'] : []);
    for (const [field, kind, optional] of FIELDS) {
      if (line[field] === undefined || line.optional_fields.includes(field)) continue;
      const got = task ? values(field, task) : [];
      const others = line.accept.filter((other) => other[field] !== undefined).map((other) => values(field, other));
      const want = (task && others.find((other) => sameSet(other, got))) ?? values(field, line);
      sets(tallies, kind, at, want, got, optional ? line[optional] : []);
    }
  }
  const matched = new Set(pairs.values());
  for (const task of read.filter((t) => !matched.has(t))) {
    const at = tellTask(task);
    sets(tallies, 'tasks', at, [], ['task']);
    for (const [field, kind] of FIELDS)
      if (field !== 'legal_basis' && field !== 'lead_agencies') sets(tallies, kind, at, [], values(field, task));
  }
}
