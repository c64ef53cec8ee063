/**
 * What differs between two runs of the ledger, or between two methods over the facts of one: every step replayed from
 * the log and the kept settings, nothing published, nothing written.
 */
import { type Bundle, readBundle } from './bundle.ts';
import type { OutPaths } from './contract.ts';
import type { LedgerRun } from './database/compared-runs.ts';
import type { Database } from './database/database.ts';
import {
  clearSteps,
  FACTORS,
  type Factor,
  type PartRow,
  readParts,
  readStep,
  type StepFigure,
} from './database/step-figures.ts';
import { type Comparison, compareNights, keepReplayed, withMethod } from './stages/attribute.ts';
import { comparedNight } from './stages/attribute-night.ts';

export const FIGURES = ['level_reported', 'level_confirmed', 'confirmed', 'floor', 'ceiling', 'coverage'] as const;
export type Figure = (typeof FIGURES)[number];

/** One figure that differs: points 0–100 or a level, and by how much each factor moved it; no level counts as 0 there. */
export interface FigureChange extends Record<Factor, number> {
  database_id: string;
  /** `all`: the database as a whole, which alone has levels. */
  pillar: string;
  figure: Figure;
  from: number | null;
  to: number | null;
}

export interface Difference {
  /** Factors whose inputs differ. */
  changed: readonly Factor[];
  rows: FigureChange[];
  /** Every database of either night. */
  databases: string[];
  /** Why the registry could not be told from the method, or null. */
  leftOut: string | null;
}

/** Compares two runs, the earlier one first. @throws Fault `store/no-bundle` */
export async function differenceOfRuns(
  database: Database,
  paths: OutPaths,
  [from, to]: readonly [LedgerRun, LedgerRun],
  current: Bundle,
): Promise<Difference> {
  const night = (run: LedgerRun) =>
    comparedNight(database, readBundle(paths.bundles, run.bundle), { asOf: run.as_of, knownAt: run.started_at });
  return replayed(database, await compareNights(database, await night(from), await night(to), false), current);
}

/** Compares the facts of a run under the method of then and that of `current`. @throws Fault `store/no-bundle` */
export async function differenceOfMethods(
  database: Database,
  paths: OutPaths,
  run: LedgerRun,
  current: Bundle,
): Promise<Difference> {
  const horizon = { asOf: run.as_of, knownAt: run.started_at };
  const from = await comparedNight(database, readBundle(paths.bundles, run.bundle), horizon);
  const bundle = { config: withMethod(from.bundle.config, current.config), scoring: current.scoring };
  return replayed(database, await compareNights(database, from, { ...from, bundle }, false), current);
}

async function replayed(database: Database, comparison: Comparison, current: Bundle): Promise<Difference> {
  await clearSteps(database);
  await keepReplayed(database, comparison, null);
  let leftOut: string | null = null;
  for (const factor of comparison.changed) {
    leftOut ??= (await keepReplayed(database, comparison, factor))?.message ?? null;
  }
  const last = comparison.changed.at(-1);
  const before = await readStep(database, 0);
  const after = last === undefined ? before : await readStep(database, FACTORS.indexOf(last) + 1);
  const parts = await readParts(database, current.scoring, comparison.to.asOf);
  const databases = [...new Set([...before, ...after].map((row) => row.database_id))].sort();
  return { changed: comparison.changed, rows: figureChanges(before, after, parts), databases, leftOut };
}

/** One row for every figure that differs or that one factor moved and another moved back. */
function figureChanges(
  before: readonly StepFigure[],
  after: readonly StepFigure[],
  parts: readonly PartRow[],
): FigureChange[] {
  const key = (row: { database_id: string; pillar: string }): string => `${row.database_id} ${row.pillar}`;
  const [from, to] = [before, after].map((rows) => new Map(rows.map((row) => [key(row), row])));
  const moved = new Map<string, PartRow[]>();
  for (const part of parts) moved.set(key(part), [...(moved.get(key(part)) ?? []), part]);
  return [...moved.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    return FIGURES.flatMap((figure): FigureChange[] => {
      const by = Object.fromEntries(FACTORS.map((factor) => [factor, 0])) as Record<Factor, number>;
      for (const part of own) by[part.factor] = movedBy(part, figure);
      const [a, b] = [from, to].map((rows) => printed(rows?.get(key(first)), figure)) as [number | null, number | null];
      if (a === b && FACTORS.every((factor) => by[factor] === 0)) return [];
      return [{ database_id: first.database_id, pillar: first.pillar, figure, from: a, to: b, ...by }];
    });
  });
}

function movedBy(part: PartRow, figure: Figure): number {
  if (figure === 'level_reported') return (part.level_reported_to ?? 0) - (part.level_reported_from ?? 0);
  if (figure === 'level_confirmed') return (part.level_confirmed_to ?? 0) - (part.level_confirmed_from ?? 0);
  return part[`${figure}_tenths`] / 10;
}

/** A level as it is, a figure in points. */
function printed(row: StepFigure | undefined, figure: Figure): number | null {
  const value = row?.[figure] ?? null;
  return value === null || figure === 'level_reported' || figure === 'level_confirmed' ? value : value / 10;
}
