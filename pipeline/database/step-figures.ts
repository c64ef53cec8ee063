/**
 * The figures of a comparison, step by step: tables raw.step and raw.step_figure, from which the model
 * publication.change_part takes the differences. Figures are whole tenths of a point, so that differences are exact.
 */
import { z } from 'zod';
import type { ScoringSql } from '../../scoring/sql-files.ts';
import { type Database, tableStatement } from './database.ts';

/** What may have changed between two nights, in the order in which it is replayed. */
export const FACTORS = ['registry', 'method', 'data', 'evidence', 'collector'] as const;
export type Factor = (typeof FACTORS)[number];

/** Steps of the comparison: 0 is the earlier night, each further one differs by the factor it names. */
const STEP_COLUMNS = { step: 'INTEGER', factor: 'VARCHAR', as_of: 'DATE' } as const;
const STEP_FIGURE_COLUMNS = {
  step: 'INTEGER',
  database_id: 'VARCHAR',
  pillar: 'VARCHAR',
  level_reported: 'INTEGER',
  level_confirmed: 'INTEGER',
  confirmed: 'INTEGER',
  floor: 'INTEGER',
  ceiling: 'INTEGER',
  coverage: 'INTEGER',
} as const;

/** The models whose tables a step is read from; only what these need is run again. */
export const FIGURE_MODELS = ['score.level', 'score.composite', 'score.pillar'];

export interface Step {
  step: number;
  /** Null for the earlier night itself. */
  factor: Factor | null;
  asOf: string;
}

/** Makes the tables of a comparison, without any step. */
export async function clearSteps(database: Database): Promise<void> {
  const tables = [
    tableStatement('memory.raw.step', STEP_COLUMNS, []),
    tableStatement('memory.raw.step_figure', STEP_FIGURE_COLUMNS, []),
  ];
  await database.run(['CREATE SCHEMA IF NOT EXISTS memory.raw', ...tables].join(';\n'));
}

/**
 * Keeps the figures that schema `score` of the catalog in use holds as those of a step. What the steps before told of a
 * database that has another name by now is told under that name: a change of name is neither an end nor a beginning.
 */
export async function keepStep(database: Database, step: Step): Promise<void> {
  await enter(database, step);
  await database.run(FOLLOW_NAMES, {}, 'following changes of name');
  const points = (part: string): string => `round(points(f.${part}_num, f.den) * 10)::INTEGER`;
  const figures = ['confirmed', 'floor', 'ceiling', 'coverage'].map(points).join(', ');
  await database.run(
    `INSERT INTO memory.raw.step_figure
     SELECT $step, l.database_id, 'all', l.level_reported, l.level_confirmed, ${figures}
     FROM score.level AS l LEFT JOIN score.composite AS f ON f.database_id = l.database_id
     UNION ALL
     SELECT $step, f.database_id, f.pillar, NULL, NULL, ${figures} FROM score.pillar AS f`,
    { step: step.step },
    'keeping the figures of a step',
  );
}

/** One to one only: what was merged or split is another database. Under both names in one step the new one holds. */
const FOLLOW_NAMES = `CREATE OR REPLACE TABLE memory.raw.step_figure AS
  SELECT f.* REPLACE (coalesce(l.to_id, f.database_id) AS database_id)
  FROM memory.raw.step_figure AS f
  LEFT JOIN fact.lineage AS l ON l.from_id = f.database_id AND NOT l.is_merged AND NOT l.is_split
  QUALIFY row_number() OVER (PARTITION BY f.step, coalesce(l.to_id, f.database_id), f.pillar ORDER BY l.to_id IS NULL DESC, f.database_id) = 1`;

/** Keeps the figures that were published for a day as those of a step; the steps after it see to names. */
export async function keepPublishedStep(database: Database, step: Step): Promise<void> {
  await enter(database, step);
  const tenths = ['confirmed', 'floor', 'ceiling', 'coverage']
    .map((name) => `round(h.${name} * 10)::INTEGER`)
    .join(', ');
  await database.run(
    `INSERT INTO memory.raw.step_figure
     SELECT $step, h.database_id, h.pillar, h.level_reported, h.level_confirmed, ${tenths}
     FROM memory.raw.score_history AS h WHERE h.as_of = $as_of::DATE`,
    { step: step.step, as_of: step.asOf },
    'keeping the published figures',
  );
}

async function enter(database: Database, { step, factor, asOf }: Step): Promise<void> {
  await database.run('INSERT INTO memory.raw.step VALUES ($step, $factor, $as_of::DATE)', {
    step,
    factor,
    as_of: asOf,
  });
}

/** What one factor did to one pillar of a database (`all`: the database as a whole), as the command line prints it. */
export const partRow = z.object({
  database_id: z.string(),
  pillar: z.string(),
  factor: z.enum(FACTORS),
  presence: z.enum(['appeared', 'vanished']).nullable(),
  confirmed_tenths: z.number(),
  floor_tenths: z.number(),
  ceiling_tenths: z.number(),
  coverage_tenths: z.number(),
  level_reported_from: z.number().nullable(),
  level_reported_to: z.number().nullable(),
  level_confirmed_from: z.number().nullable(),
  level_confirmed_to: z.number().nullable(),
});
export type PartRow = z.output<typeof partRow>;

/** The parts of the comparison that raw.step_figure holds, by the model that publishes them. */
export async function readParts(database: Database, scoring: ScoringSql, asOf: string): Promise<PartRow[]> {
  const model = scoring.files.find((file) => file.id === 'publication.change_part');
  if (model === undefined) return [];
  return database.rows(partRow, model.sql, { as_of: asOf }, model.path);
}

/** The figures of one step, by database and pillar. */
export async function readStep(database: Database, step: number): Promise<z.output<typeof figureRow>[]> {
  return database.rows(figureRow, 'FROM raw.step_figure WHERE step = $step ORDER BY database_id, pillar', { step });
}

const figureRow = z.object({
  database_id: z.string(),
  pillar: z.string(),
  level_reported: z.number().nullable(),
  level_confirmed: z.number().nullable(),
  confirmed: z.number().nullable(),
  floor: z.number().nullable(),
  ceiling: z.number().nullable(),
  coverage: z.number().nullable(),
});
export type StepFigure = z.output<typeof figureRow>;
