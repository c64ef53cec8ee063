/**
 * Runs the scoring SQL over the tables of schema `raw`: macros, models in dependency order, indicators into one table.
 * Used for the night itself, for replays and for what-if runs alike: the same SQL, other inputs.
 */
import { quotedString } from '@duckdb/node-api';
import { Fault } from '../../config/fault.ts';
import { dependencyOrder } from '../../scoring/order.ts';
import { INDICATOR_COLUMNS, type ScoringSql, type SqlFile } from '../../scoring/sql-files.ts';
import { type Database, tableStatement } from './database.ts';
import { tablesRead } from './edges.ts';

/** All indicators land in this table; models read it like any other. */
export const INDICATOR_TABLE = 'score.indicator_fact';

export interface ModelPlan {
  macros: string;
  /** Models and the indicator table, in the order in which they are built. */
  steps: ({ kind: 'model'; file: SqlFile } | { kind: 'indicators'; files: SqlFile[] })[];
}

/** Works out the order once; `upTo` limits the plan to what the named tables need. */
export async function planModels(
  database: Database,
  scoring: ScoringSql,
  upTo?: readonly string[],
): Promise<ModelPlan> {
  const models = new Map(scoring.files.filter((f) => f.family === 'model').map((f) => [f.id, f]));
  const indicators = scoring.files.filter((f) => f.family === 'indicator');
  const reads = await tablesRead(database, [...models.values(), ...indicators]);
  const readBy = (file: SqlFile): readonly string[] => reads.get(file.path) ?? [];
  const needs = new Map<string, readonly string[]>([...models.values()].map((file) => [file.id, readBy(file)]));
  needs.set(INDICATOR_TABLE, [...new Set(indicators.flatMap(readBy))]);
  for (const [name, tables] of needs) {
    const unknown = tables.find((table) => !needs.has(table) && !table.startsWith('raw.'));
    if (unknown !== undefined)
      throw new Fault(
        'model/unknown-table',
        `${models.get(name)?.path ?? name} reads ${unknown}, which no model makes`,
      );
  }
  const wanted = upTo === undefined ? null : reachable(needs, upTo);
  const steps = dependencyOrder(needs)
    .filter((name) => wanted === null || wanted.has(name))
    .map((name) => {
      const file = models.get(name);
      return file === undefined ? { kind: 'indicators' as const, files: indicators } : { kind: 'model' as const, file };
    });
  return { macros: scoring.macros, steps };
}

function reachable(needs: ReadonlyMap<string, readonly string[]>, from: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const need of needs.get(name) ?? []) visit(need);
  };
  for (const name of from) visit(name);
  return found;
}

/** What of `whole` is still to be built after `first`. */
export function restOf(whole: ModelPlan, first: ModelPlan): ModelPlan {
  const name = (step: ModelPlan['steps'][number]): string => (step.kind === 'model' ? step.file.id : INDICATOR_TABLE);
  const done = new Set(first.steps.map(name));
  return { ...whole, steps: whole.steps.filter((step) => !done.has(name(step))) };
}

/** All SQL of a plan as one text: equal texts compute the same from the same inputs. */
export function planText(plan: ModelPlan): string {
  const files = plan.steps.flatMap((step) => (step.kind === 'model' ? [step.file] : step.files));
  return [plan.macros, ...files.map((file) => `-- ${file.id}\n${file.sql}`)].join('\n');
}

/** Builds every table of the plan in `database`, whose schema `raw` is filled. */
export async function runModels(database: Database, plan: ModelPlan, asOf: string): Promise<void> {
  await runStatements(database, modelStatements(plan), asOf);
}

/** One statement made of a scoring file; `path` names the file in messages. */
export interface ScoringStatement {
  sql: string;
  path: string;
}

/**
 * Runs statements in one call, so that the engine goes from one to the next without waiting for the program. When that
 * fails they run again one by one to name the file at fault, so each must stand being run twice.
 */
export async function runStatements(
  database: Database,
  statements: readonly ScoringStatement[],
  asOf: string,
): Promise<void> {
  // The day is bound as text here, as it is elsewhere by parameter: a checked day, never anything a source said.
  const day = quotedString(asOf);
  const bound = (sql: string): string => sql.replace(/\$as_of\b/g, day);
  try {
    await database.run(statements.map(({ sql }) => bound(sql)).join(';\n'), {}, 'the scoring SQL');
  } catch {
    for (const { sql, path } of statements) await database.run(bound(sql), {}, path);
  }
}

function modelStatements(plan: ModelPlan): ScoringStatement[] {
  const schemas = ['fact', 'score', 'publication'].map((name) => ({
    sql: `CREATE SCHEMA IF NOT EXISTS ${name}`,
    path: name,
  }));
  const tables = plan.steps.flatMap((step) =>
    step.kind === 'model'
      ? [{ sql: `CREATE OR REPLACE ${kindOf(step.file)} ${step.file.id} AS ${step.file.sql}`, path: step.file.path }]
      : indicatorStatements(step.files),
  );
  return [{ sql: plan.macros, path: 'scoring/macros.sql' }, ...schemas, ...tables];
}

/** What is long and read once, by whoever writes the publication, is not kept in memory besides. */
function kindOf(file: SqlFile): 'TABLE' | 'VIEW' {
  return file.header.kept === 'no' ? 'VIEW' : 'TABLE';
}

function indicatorStatements(files: readonly SqlFile[]): ScoringStatement[] {
  const columns = { indicator: 'VARCHAR', ...INDICATOR_COLUMNS };
  const names = Object.keys(INDICATOR_COLUMNS).join(', ');
  return [
    { sql: tableStatement(INDICATOR_TABLE, columns, []), path: INDICATOR_TABLE },
    ...files.map((file) => ({
      sql: `INSERT INTO ${INDICATOR_TABLE} (indicator, ${names}) SELECT ${quotedString(file.id)}, ${names} FROM (${file.sql}\n)`,
      path: file.path,
    })),
  ];
}
