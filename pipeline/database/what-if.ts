/**
 * Exact re-scoring: for every action, a copy of its database in which the action is done, scored by the same models.
 * The copies live in a second in-memory catalog, so the models run unchanged over them. Which fact speaks is decided
 * attribute by attribute, so it is decided anew only for the attribute that the action is about; the rest is carried over.
 */
import { quotedString } from '@duckdb/node-api';
import { z } from 'zod';
import type { ScoringSql } from '../../scoring/sql-files.ts';
import { ACTION_COLUMNS } from '../../scoring/sql-files.ts';
import { type Database, tableStatement } from './database.ts';
import { tablesRead } from './edges.ts';
import { planModels, restOf, runModels, runStatements } from './models.ts';

const SCENARIO = 'whatif';
/** What a gain is read from; only the models these need are run again. */
const NEEDED = ['score.level', 'score.composite', 'score.checklist'];
/** Read beside the gains, of the real night alone. */
const BESIDE = ['score.action_due', 'fact.placed', 'fact.catalogue'];

/** The tables that must be there before the actions are scored: what their files read and what a gain is read from. */
export async function actionInputs(database: Database, scoring: ScoringSql): Promise<string[]> {
  const files = scoring.files.filter((file) => file.family === 'action');
  const reads = await tablesRead(database, files);
  return [...new Set([...NEEDED, ...BESIDE, ...[...reads.values()].flat()])].filter(
    (table) => !table.startsWith('raw.'),
  );
}

/** Collects what every action file proposes into score.action_step (one row per statement made). */
async function collectActionSteps(database: Database, scoring: ScoringSql, asOf: string): Promise<void> {
  const columns = { action: 'VARCHAR', position: 'INTEGER', ...ACTION_COLUMNS };
  const names = Object.keys(ACTION_COLUMNS).join(', ');
  const files = scoring.files.filter((file) => file.family === 'action');
  const steps = files.map((file, position) => ({
    sql: `INSERT INTO score.action_step (action, position, ${names}) SELECT ${quotedString(file.id)}, ${position}, ${names} FROM (${file.sql}\n)`,
    path: file.path,
  }));
  await runStatements(
    database,
    [{ sql: tableStatement('score.action_step', columns, []), path: 'score.action_step' }, ...steps],
    asOf,
  );
}

/** Scores all scenarios and leaves score.action_gain: figures before and after, one row per database and action. */
export async function scoreActions(database: Database, scoring: ScoringSql, asOf: string): Promise<void> {
  await collectActionSteps(database, scoring, asOf);
  await database.run(`ATTACH ':memory:' AS ${SCENARIO}`);
  try {
    await database.run(`USE ${SCENARIO}`);
    await copyInputs(database, asOf);
    const facts = await planModels(database, scoring, ['fact.answer']);
    await runModels(database, facts, asOf);
    await database.run(CARRY, {}, 'carrying facts over');
    await runModels(database, restOf(await planModels(database, scoring, NEEDED), facts), asOf);
    await database.run('USE memory');
    await database.run(GAIN, { as_of: asOf }, 'comparing scenarios');
  } finally {
    await database.run('USE memory');
    await database.detach(SCENARIO);
  }
}

async function copyInputs(database: Database, asOf: string): Promise<void> {
  await database.run('CREATE SCHEMA raw');
  const tables = await database.rows(
    z.object({ name: z.string() }),
    "SELECT DISTINCT table_name AS name FROM duckdb_columns() WHERE database_name = 'memory' AND schema_name = 'raw' ORDER BY name",
  );
  const own = new Set(['database', 'observation', 'observation_all', 'reading', 'waiver', 'statement', 'deadline']);
  const inputs = tables.map(({ name }) =>
    own.has(name)
      ? `CREATE TABLE raw.${name} AS FROM memory.raw.${name} LIMIT 0`
      : `CREATE VIEW raw.${name} AS FROM memory.raw.${name}`,
  );
  await database.run(inputs.join(';\n'), {}, 'copying the inputs');
  await database.run(
    `CREATE TABLE raw.scenario AS
     SELECT DISTINCT s.database_id, c.agency_id, s.database_id || '@' || s.action AS scenario_id
     FROM memory.score.action_step AS s JOIN memory.fact.catalogue AS c ON c.database_id = s.database_id
     WHERE s.attribute IS NOT NULL OR s.waived_criterion IS NOT NULL`,
  );
  await database.run(
    `CREATE TABLE raw.changed AS
     SELECT DISTINCT database_id || '@' || action AS scenario_id, attribute FROM memory.score.action_step WHERE attribute IS NOT NULL`,
  );
  await database.run(
    `INSERT INTO raw.database
     SELECT d.* REPLACE (x.scenario_id AS database_id, NULL AS part_of, 'database' AS row_kind, x.agency_id AS agency_id)
     FROM memory.raw.database AS d JOIN raw.scenario AS x ON x.database_id = d.database_id`,
  );
  // What was said of the attribute (by its umbrella or under an earlier name included) …
  await database.run(
    `INSERT INTO raw.observation
     SELECT o.* EXCLUDE (about_id, given_from, given_by) REPLACE (x.scenario_id AS subject_id, x.scenario_id AS database_id)
     FROM memory.fact.placed AS o
     JOIN raw.scenario AS x ON o.subject_type = 'database' AND x.database_id = o.about_id
     JOIN raw.changed AS c ON c.scenario_id = x.scenario_id AND c.attribute = o.attribute`,
  );
  // … and the facts that the action would add, said on the day by whoever would say them.
  await database.run(
    `INSERT INTO raw.observation (id, subject_type, subject_id, database_id, attribute, value_text, modality, extent, shared_n, flags, said_by, grade, observed_at, stated_at, collected_at, visible_on, run_id, source_id)
     SELECT 'whatif:' || database_id || ':' || action || ':' || attribute, 'database', database_id || '@' || action, database_id || '@' || action, attribute, value_text,
       'done', 'whole', 1, '{}', said_by, 'E2', $as_of::DATE + INTERVAL 16 HOUR, $as_of::DATE + INTERVAL 16 HOUR, $as_of::DATE + INTERVAL 16 HOUR, $as_of::DATE, '', 'whatif'
     FROM memory.score.action_step WHERE attribute IS NOT NULL`,
    { as_of: asOf },
  );
  await database.run(
    `INSERT INTO raw.waiver
     SELECT w.* REPLACE (x.scenario_id AS database_id) FROM memory.raw.waiver AS w JOIN raw.scenario AS x ON x.database_id = w.database_id
     UNION ALL
     SELECT database_id || '@' || action, waived_criterion, NULL, 'whatif', 'whatif', 'whatif', $as_of::DATE, $as_of::DATE
     FROM memory.score.action_step WHERE waived_criterion IS NOT NULL`,
    { as_of: asOf },
  );
}

/** Rows of a table of facts that the actions leave as they are: other attributes, and what is said of agencies. */
const carried = (table: string): string => `
INSERT INTO ${table}
SELECT f.* REPLACE (x.scenario_id AS subject_id, f.subject_type || chr(31) || x.scenario_id || substr(f.fact_key, length(f.subject_type || chr(31) || f.subject_id) + 1) AS fact_key)
FROM memory.${table} AS f
JOIN raw.scenario AS x ON f.subject_type = 'database' AND x.database_id = f.subject_id
ANTI JOIN raw.changed AS c ON c.scenario_id = x.scenario_id AND c.attribute = f.attribute
UNION ALL
FROM memory.${table} WHERE subject_type <> 'database'`;

const CARRY = `${carried('fact.known')};${carried('fact.spoken')};
INSERT INTO fact.answer
SELECT a.* REPLACE (x.scenario_id AS database_id)
FROM memory.fact.answer AS a
JOIN raw.scenario AS x ON x.database_id = a.database_id
ANTI JOIN raw.changed AS c ON c.scenario_id = x.scenario_id AND c.attribute = a.attribute`;

const GAIN = `
CREATE OR REPLACE TABLE score.action_gain AS
WITH step AS (
  SELECT s.database_id, s.action, min(s.position) AS position, min(s.holder) AS holder, min(s.observation_id) AS observation_id, min(s.params) AS params,
    count(s.attribute) + count(s.waived_criterion) > 0 AS is_scored, coalesce(bool_or(s.attribute IN ('c12.connection', 'c12.sync')), false) AS is_connection
  FROM score.action_step AS s
  GROUP BY s.database_id, s.action
)
SELECT
  s.database_id, s.action, s.position, s.holder, s.observation_id, s.params,
  b.level_reported AS level_from, coalesce(l.level_reported, b.level_reported) AS level_to,
  b.level_confirmed AS confirmed_from, coalesce(l.level_confirmed, b.level_confirmed) AS confirmed_to,
  k.floor_count AS criteria_from, coalesce(m.floor_count, k.floor_count) AS criteria_to,
  k.applicable AS applicable_from, coalesce(m.applicable, k.applicable) AS applicable_to,
  -- The programme's own day is that of mandatory connection: it binds these steps where no deadline comes before it.
  CASE WHEN p.is_due THEN w.countdown_to ELSE d.due END AS due,
  CASE WHEN p.is_due THEN 'day' ELSE d.precision END AS due_precision,
  CASE WHEN p.is_due THEN 'programme' WHEN d.is_ahead THEN 'deadline' WHEN d.due IS NOT NULL THEN 'deadline_passed' END AS due_source,
  CASE WHEN NOT p.is_due THEN d.basis END AS due_basis,
  points(c.floor_num, c.den) AS floor_from, coalesce(points(n.floor_num, n.den), points(c.floor_num, c.den)) AS floor_to
FROM step AS s
JOIN score.level AS b ON b.database_id = s.database_id
JOIN score.checklist AS k ON k.database_id = s.database_id
CROSS JOIN raw.setting AS w
LEFT JOIN score.action_due AS d ON d.database_id = s.database_id
CROSS JOIN LATERAL (SELECT s.is_connection AND w.countdown_to >= $as_of::DATE AND (d.is_ahead IS NOT TRUE OR w.countdown_to < d.due) AS is_due) AS p
LEFT JOIN score.composite AS c ON c.database_id = s.database_id
LEFT JOIN ${SCENARIO}.score.level AS l ON s.is_scored AND l.database_id = s.database_id || '@' || s.action
LEFT JOIN ${SCENARIO}.score.checklist AS m ON s.is_scored AND m.database_id = s.database_id || '@' || s.action
LEFT JOIN ${SCENARIO}.score.composite AS n ON s.is_scored AND n.database_id = s.database_id || '@' || s.action`;
