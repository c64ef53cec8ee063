/** Puts generated cases into one night, scores them by SQL and by the oracle, and makes a failing case small. */
import fc from 'fast-check';
import type { Figure, Figures } from '../oracle/oracle.ts';
import { type Case, cases, DAY } from './arbitrary.ts';
import { type Fact, Night, type NightInput, normalised, settingsOf } from './night.ts';

/** Fixed, so that a run can be repeated; CSDL_SEED looks elsewhere. */
export const SEED = Number(process.env.CSDL_SEED ?? 20260629);

export function sample(count: number, seed: number = SEED): Case[] {
  return fc.sample(cases, { seed, numRuns: count });
}

export const idOf = (position: number): string => `csdl-${position}`;

export function inputOf(list: readonly Case[], asOf: string = DAY): NightInput {
  return {
    asOf,
    databases: list.map((c, i) => ({
      database_id: idOf(i),
      holds_persons: c.holdsPersons,
      required_direction: c.direction,
      update_frequency: c.cycle,
    })),
    facts: list.flatMap((c, i): Fact[] => c.facts.map((fact) => ({ about: idOf(i), ...fact }))),
  };
}

/** The four contributions of an indicator, in parts of 10^15. */
export type Parts = Record<Figure, bigint>;

/** One indicator, pillar or level of a database as text, so that both sides compare to the letter. */
export interface Score {
  indicators: Record<string, Parts>;
  figures: Record<string, Figures>;
  levels: string;
}

const SCORES = ['score.indicator_result', 'publication.dimension_score', 'publication.readiness'];

/** A night over the cases with the tables that hold scores; `all` runs every model. */
export async function nightOf(
  list: readonly Case[],
  asOf: string = DAY,
  all = false,
  order: (facts: Fact[]) => Fact[] = (f) => f,
): Promise<Night> {
  const input = inputOf(list, asOf);
  const config = settingsOf(input);
  const given = normalised(config, { ...input, facts: order([...(input.facts ?? [])]) });
  return Night.over(config, asOf, given, all ? undefined : SCORES);
}

export function partsOf(part: (figure: Figure) => bigint): Parts {
  return { confirmed: part('confirmed'), floor: part('floor'), ceiling: part('ceiling'), coverage: part('coverage') };
}

const number = (row: Record<string, unknown>, key: string): number => Number(row[key]);
const figuresOf = (row: Record<string, unknown>): Figures => ({
  confirmed: number(row, 'confirmed'),
  floor: number(row, 'floor'),
  ceiling: number(row, 'ceiling'),
  coverage: number(row, 'coverage'),
});

/** What the SQL says of every case, in the order of the cases. */
export async function scoresBySql(night: Night, count: number): Promise<Score[]> {
  const scores = new Map<string, Score>();
  for (let i = 0; i < count; i += 1) scores.set(idOf(i), { indicators: {}, figures: {}, levels: '' });
  for (const row of await night.rows('score.indicator_result')) {
    const score = scores.get(String(row.database_id));
    if (score === undefined) continue;
    const key = String(row.indicator);
    if (key in score.indicators) throw new Error(`${String(row.database_id)} has two results of ${key}`);
    score.indicators[key] = partsOf((figure) => BigInt(String(row[figure])));
  }
  for (const row of await night.rows('publication.dimension_score')) {
    const score = scores.get(String(row.database_id));
    if (score !== undefined) score.figures[String(row.pillar)] = figuresOf(row);
  }
  for (const row of await night.rows('publication.readiness')) {
    const score = scores.get(String(row.database_id));
    if (score === undefined) continue;
    score.figures.readiness = figuresOf(row);
    score.levels = [row.level_reported, row.level_confirmed, row.level_max].map(String).join(' ');
  }
  return [...scores.values()];
}

/**
 * The smallest part of a failing case that still fails: facts are left out one at a time, all candidates of a round in
 * one night. `failing` says for each candidate whether it fails.
 */
export async function smallest(failed: Case, failing: (list: readonly Case[]) => Promise<boolean[]>): Promise<Case> {
  let best = failed;
  for (;;) {
    const candidates = best.facts.map((_, left) => ({ ...best, facts: best.facts.filter((__, i) => i !== left) }));
    if (candidates.length === 0) return best;
    const results = await failing(candidates);
    const found = candidates.find((_, i) => results[i] === true);
    if (found === undefined) return best;
    best = found;
  }
}

/** Checks a law on every case; the message of a failure holds the smallest case that breaks it. */
export async function everyCase(
  list: readonly Case[],
  broken: (list: readonly Case[]) => Promise<(string | null)[]>,
): Promise<void> {
  const results = await broken(list);
  const at = results.findIndex((result) => result !== null);
  const failed = list[at];
  if (failed === undefined) return;
  const least = await smallest(failed, async (some) => (await broken(some)).map((result) => result !== null));
  const [message] = await broken([least]);
  const count = results.filter((result) => result !== null).length;
  throw new Error(
    `${count} of ${list.length} cases; the smallest of the first:\n${JSON.stringify(least, null, 1)}\n${message}`,
  );
}
