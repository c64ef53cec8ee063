/** Stages model and score: everything from the settings and the known facts to the tables of schema `publication`. */
import type { Config } from '../../config/load.ts';
import type { ScoringSql } from '../../scoring/sql-files.ts';
import type { Database } from '../database/database.ts';
import { planModels, restOf, runModels } from '../database/models.ts';
import { loadKnown, loadSettings } from '../database/raw.ts';
import type { SourceHealthRow } from '../database/store-rows.ts';
import { actionInputs } from '../database/what-if.ts';
import { findActions } from './actions.ts';
import { findFindings } from './findings.ts';
import { settled } from './settled.ts';

export interface ScoreInput {
  config: Config;
  scoring: ScoringSql;
  asOf: string;
  knownAt: Date;
  runId: string;
  /** Left out in a replay. */
  health?: readonly SourceHealthRow[];
  /** True for an earlier state: observation_latest only knows the present. */
  fromLog: boolean;
  /** Work of the program's own, done while the engine builds the first models. */
  meanwhile?: () => void;
  /** Done when the figures stand and before anything is published of them (see attribute-night.ts). */
  compare?: () => Promise<void>;
}

/** Ids of observations that a decision in force on the day rejected or confirmed. */
export function decidedObservations(
  config: Config,
  asOf: string,
): { rejected: { id: string; decision: string }[]; confirmed: string[] } {
  const inForce = config.decisions.filter((d) => d.when <= asOf);
  return {
    rejected: inForce.flatMap((d) => (d.kind === 'reject' ? [{ id: d.observation, decision: d.id }] : [])),
    confirmed: inForce.flatMap((d) => (d.kind === 'confirm' ? [d.observation] : [])),
  };
}

/** Scores one day in `database`, to which the store is attached as `store`. */
export async function score(database: Database, input: ScoreInput): Promise<void> {
  const { config, scoring, asOf, knownAt, runId, health, fromLog } = input;
  await loadSettings(database, config);
  await loadKnown(database, { asOf, knownAt, runId, health, fromLog, ...decidedObservations(config, asOf) });
  const whole = await planModels(database, scoring);
  const first = await planModels(database, scoring, await actionInputs(database, scoring));
  const building = runModels(database, first, asOf);
  try {
    input.meanwhile?.();
  } finally {
    await building;
  }
  // The what-if run of the actions costs as much as the night itself and needs only the scores: it goes on beside the
  // published tables and findings, over a connection of its own.
  const publishAndFind = async (): Promise<void> => {
    await input.compare?.();
    await runModels(database, restOf(whole, first), asOf);
    await findFindings(database, scoring, config, asOf);
  };
  const beside = await database.fork();
  try {
    await settled([publishAndFind(), findActions(beside, scoring, config, asOf)]);
  } finally {
    beside.close();
  }
}
