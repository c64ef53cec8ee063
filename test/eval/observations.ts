/** Matching of observations with the key: one fact, one line; by row, attribute, subject and value. */
import type { ObservationStatement } from '../../connectors/contract.ts';
import { foldLetters } from '../../connectors/document/language/fold.ts';
import type { KeyObservation } from './key.ts';
import { kindOf } from './kinds.ts';
import type { Tallies } from './tally.ts';

/** A line of the key, or one of the other answers it accepts. */
type Expected = Partial<Pick<KeyObservation, (typeof COMPARED)[number]>> & Pick<KeyObservation, 'evidence'>;
const VALUES = ['value_number', 'value_total', 'value_low', 'value_high', 'value_time'] as const;
/** Attributes whose value is free wording: the number of a letter, a due date or a target says which fact it is. */
const WORDED = new Set(['dispatch.sent', 'commitment', 'database.part']);
const DETAILS = ['unit', 'stage', 'role', 'modality', 'extent', 'shared_n', 'quoted'] as const;
const COMPARED = ['subject_type', 'subject_id', 'attribute', 'value_text', 'flags', ...VALUES, ...DETAILS] as const;
const DEFAULTS: Record<string, unknown> = { modality: 'done', extent: 'whole', shared_n: 1 };

const plain = (value: unknown): string =>
  foldLetters(String(value ?? ''))
    .toLowerCase()
    .replace(/[^a-z0-9/]+/g, ' ')
    .trim();
const rowOf = (value: unknown): string => String(value ?? '').replace(/\.$/, '');

function sameFact(expected: Expected, read: ObservationStatement, wildcard: boolean): boolean {
  if (expected.attribute !== undefined && expected.attribute !== read.attribute) return false;
  if (expected.subject_id !== undefined && expected.subject_id !== read.subject_id) return false;
  if (expected.subject_type !== undefined && expected.subject_type !== read.subject_type) return false;
  const { row } = expected.evidence;
  if (row !== undefined && rowOf(row) !== rowOf(read.evidence.row)) return false;
  const text = expected.value_text ?? undefined;
  const valued = text !== undefined || VALUES.some((name) => (expected[name] ?? null) !== null);
  if (wildcard && !valued && expected.flags === undefined) return true;
  if (VALUES.some((name) => (expected[name] ?? null) !== (read[name] ?? null))) return false;
  if (!WORDED.has(read.attribute)) return text === read.value_text;
  const flags = expected.flags ?? {};
  if (flags.number !== undefined)
    return [read.flags.number, read.target, read.value_text].some((v) => plain(v).includes(plain(flags.number)));
  return flags.due === undefined || read.flags.due === flags.due;
}

function alternatives(line: KeyObservation): Expected[] {
  return [
    line,
    ...line.accept.map((other) => {
      const base: Record<string, unknown> = { ...line };
      if (Object.keys(other).some((name) => name.startsWith('value_')))
        for (const name of [...VALUES, 'value_text']) delete base[name];
      return { ...base, ...other, evidence: other.evidence ?? line.evidence } as Expected;
    }),
  ];
}

function compareDetails(expected: Expected, read: ObservationStatement): { right: number; differences: string[] } {
  const differences: string[] = [];
  let right = 0;
  const compare = (name: string, want: unknown, got: unknown) => {
    if (plain(want) === plain(got)) right++;
    else differences.push(`${name} ${String(want)} ≠ ${String(got)}`);
  };
  for (const name of DETAILS) {
    const [want, got] = [expected[name] ?? DEFAULTS[name], read[name] ?? DEFAULTS[name]];
    if (expected[name] !== undefined || want !== got) compare(name, want, got);
  }
  for (const [name, want] of Object.entries(expected.flags ?? {})) compare(`flags.${name}`, want, read.flags[name]);
  return { right, differences };
}

export function tellObservation(o: KeyObservation | ObservationStatement): string {
  const value =
    o.value_low !== undefined || o.value_high !== undefined
      ? `[${o.value_low}, ${o.value_high})`
      : o.value_total !== undefined
        ? `${o.value_number}/${o.value_total}`
        : (o.value_number ?? o.value_text ?? o.value_time ?? '');
  const rest = [o.unit, o.stage, o.role, o.target, o.modality === 'done' ? undefined : o.modality, o.quoted];
  return [`row ${o.evidence.row ?? '–'}`, o.subject_id, o.attribute, value, ...rest.filter(Boolean)].join(' ');
}

/**
 * Adds the comparison of what was read with the key to `tallies`. A fact said twice in one row counts once; what matches
 * an optional line counts neither way.
 */
export function measureObservations(
  key: readonly KeyObservation[],
  read: readonly ObservationStatement[],
  tallies: Tallies,
): void {
  const left = new Set(read);
  const taken: Expected[] = [];
  for (const line of key.filter((k) => !k.optional)) {
    const options: { read: ObservationStatement; as: Expected; right: number; differences: string[]; rank: number }[] =
      [];
    for (const [rank, as] of alternatives(line).entries())
      for (const one of left)
        if (sameFact(as, one, false)) options.push({ read: one, as, rank, ...compareDetails(as, one) });
    options.sort((a, b) => a.differences.length - b.differences.length || b.right - a.right || a.rank - b.rank);
    const tally = tallies[kindOf(line.attribute ?? '')];
    const best = options[0];
    if (!best) {
      tally.missing++;
      tally.misses.push(tellObservation(line));
      continue;
    }
    left.delete(best.read);
    taken.push(best.as);
    tally.right++;
    tally.detailsRight += best.right;
    tally.details += best.right + best.differences.length;
    if (best.differences.length > 0) tally.differences.push(`${tellObservation(line)}: ${best.differences.join('; ')}`);
  }
  const optional = key.filter((k) => k.optional).flatMap(alternatives);
  for (const one of left) {
    if (taken.some((as) => sameFact(as, one, false)) || optional.some((as) => sameFact(as, one, true))) continue;
    const tally = tallies[kindOf(one.attribute)];
    tally.wrong++;
    tally.extras.push(tellObservation(one));
  }
}
