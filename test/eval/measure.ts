/** Facts read from a document against its answer key: how many are right, missing and wrong, per kind. Pure. */
import type {
  AgencyCountStatement,
  DocumentCheckStatement,
  ObservationStatement,
  TaskStatement,
} from '../../connectors/contract.ts';
import type { Key, KeyCheck, KeyCount } from './key.ts';
import type { Kind } from './kinds.ts';
import { measureObservations } from './observations.ts';
import { emptyTallies, type Tallies } from './tally.ts';
import { measureTasks } from './tasks.ts';

export interface ReadFacts {
  observations: readonly ObservationStatement[];
  tasks: readonly TaskStatement[];
  counts: readonly AgencyCountStatement[];
  checks: readonly DocumentCheckStatement[];
}

const COUNTED = ['assigned', 'done', 'in_progress', 'overdue'] as const;
const tellCount = (c: KeyCount | AgencyCountStatement) =>
  [c.agency, ...COUNTED.map((name) => c[name] ?? '–')].join(' ');
// "57", 57 and "05" are one number; a date is compared as printed.
const printed = (value: string | number) => (/^\d+$/.test(String(value)) ? String(Number(value)) : String(value));
const tellCheck = (c: KeyCheck | DocumentCheckStatement) => `${printed(c.printed)} counted ${printed(c.counted)}`;

/** Compares lines that are either the same or not, each once. */
function lines<K extends { optional: boolean }, R>(
  tallies: Tallies,
  kind: Kind,
  key: readonly K[],
  read: readonly R[],
  tell: (line: K | R) => string,
): void {
  const tally = tallies[kind];
  const left = read.map(tell);
  const take = (text: string) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  };
  for (const line of key.filter((k) => !k.optional)) {
    if (take(tell(line))) tally.right++;
    else {
      tally.missing++;
      tally.misses.push(tell(line));
    }
  }
  for (const line of key.filter((k) => k.optional)) take(tell(line));
  tally.wrong += left.length;
  tally.extras.push(...left);
}

/** A count is right when every number that the key gives is read so; whether the columns add up is a detail of it. */
function counts(tallies: Tallies, key: readonly KeyCount[], read: readonly AgencyCountStatement[]): void {
  const tally = tallies['agency counts'];
  const left = new Set(read);
  for (const line of key) {
    const one = [...left].find(
      (c) => c.agency === line.agency && COUNTED.every((name) => line[name] === undefined || line[name] === c[name]),
    );
    if (one) left.delete(one);
    if (line.optional) continue;
    if (!one) {
      tally.missing++;
      tally.misses.push(tellCount(line));
      continue;
    }
    tally.right++;
    if (line.adds_up === undefined) continue;
    tally.details++;
    if (line.adds_up === one.adds_up) tally.detailsRight++;
    else tally.differences.push(`${tellCount(line)}: adds_up ${line.adds_up} ≠ ${one.adds_up}`);
  }
  for (const one of left) {
    tally.wrong++;
    tally.extras.push(tellCount(one));
  }
}

/** Measures one document. */
export function measure(key: Key, read: ReadFacts): Tallies {
  const tallies = emptyTallies();
  measureObservations(key.observations, read.observations, tallies);
  measureTasks(key.tasks, read.tasks, tallies);
  counts(tallies, key.counts, read.counts);
  for (const [kind, of] of [
    ['list counts', 'list_count'],
    ['odd dates', 'odd_date'],
  ] as const) {
    const only = <T extends { kind: string }>(all: readonly T[]) => all.filter((c) => c.kind === of);
    const tell = of === 'list_count' ? tellCheck : (c: KeyCheck | DocumentCheckStatement) => printed(c.printed);
    lines<KeyCheck, DocumentCheckStatement>(tallies, kind, only(key.checks), only(read.checks), tell);
  }
  return tallies;
}
