/** Stages model and score: everything from the settings and the known facts to the tables of schema `publication`. */
import type { Config } from '../../config/load.ts';
import type { ScoringSql } from '../../scoring/sql-files.ts';
import type { Database } from '../database/database.ts';
import { planModels, runModels } from '../database/models.ts';
import { loadKnown, loadSettings } from '../database/raw.ts';
import type { SourceHealthRow } from '../database/store-rows.ts';
import { findActions, findFindings } from './findings.ts';

export interface ScoreInput {
  config: Config;
  scoring: ScoringSql;
  asOf: string;
  knownAt: Date;
  runId: string;
  health: readonly SourceHealthRow[];
  /** True for an earlier state: observation_latest only knows the present. */
  fromLog: boolean;
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
  await runModels(database, await planModels(database, scoring), asOf);
  await findFindings(database, scoring, config, asOf);
  await findActions(database, scoring, config, asOf);
}
