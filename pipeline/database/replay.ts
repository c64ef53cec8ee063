/**
 * One step of a comparison: the scoring models over the settings, facts and day of that step, in a second in-memory
 * catalog, so that the night's own tables stay as they are. Its figures are kept as a step; the catalog goes.
 */
import type { Config } from '../../config/load.ts';
import type { ScoringSql } from '../../scoring/sql-files.ts';
import type { Database } from './database.ts';
import { planModels, runModels } from './models.ts';
import { type KnownFacts, loadFacts, loadSettings } from './raw.ts';
import { FIGURE_MODELS, keepStep, type Step } from './step-figures.ts';

const CATALOG = 'replay';

export interface Replay {
  /** Its `asOf` is the day from which ages count. */
  step: Step;
  config: Config;
  scoring: ScoringSql;
  /** Its `asOf` is the day by which facts were visible: new facts are there a step before the day moves on. */
  facts: KnownFacts;
}

/** Scores the step and keeps its figures. `database` has the store attached as `store`. */
export async function replayStep(database: Database, { step, config, scoring, facts }: Replay): Promise<void> {
  await database.run(`ATTACH ':memory:' AS ${CATALOG}`);
  try {
    await database.run(`USE ${CATALOG}`);
    await loadSettings(database, config);
    await loadFacts(database, facts);
    await runModels(database, await planModels(database, scoring, FIGURE_MODELS), step.asOf);
    await keepStep(database, step);
  } finally {
    await database.run('USE memory');
    await database.detach(CATALOG);
  }
}
