/**
 * Derived table observation_latest: the newest facts per key, source, grade and speaker, so that a night's cost stays
 * flat. The speaker belongs in it: a newer word of the owner must not hide what the receiver confirmed (rule 6).
 */
import { z } from 'zod';
import type { Database } from './database.ts';

const ALIAS = 'store';

/** The parts that make the key of a fact (DESIGN: subject, attribute, extent, unit, role, stage, target). */
const KEY = ['subject_type', 'subject_id', 'attribute', 'extent', 'unit', 'role', 'stage', 'target'];
const GROUP = [...KEY, 'source_id', 'grade', 'said_by'];

function sameGroup(a: string, b: string): string {
  return GROUP.map((part) => `${a}.${part} IS NOT DISTINCT FROM ${b}.${part}`).join(' AND ');
}

/**
 * The newest rows of each group of `table` among those that satisfy `condition` (about `o`), all that tie: facts of the
 * same time and strength that disagree are a conflict (rule 3), whenever they were learnt. Groups are few and the log is
 * long: it is streamed past them twice, never sorted.
 */
export function chosen(table: string, condition = 'true'): string {
  const group = GROUP.map((part) => `o.${part}`).join(', ');
  return `SELECT o.* FROM ${table} AS o
    JOIN (SELECT ${group}, max(o.observed_at) AS newest FROM ${table} AS o WHERE ${condition} GROUP BY ALL) AS n
      ON ${sameGroup('n', 'o')} AND n.newest = o.observed_at
    WHERE ${condition} ORDER BY o.id`;
}

/**
 * Brings observation_latest up to date for `asOf`: the newest facts (all that tie) per key, source, grade and speaker among
 * those visible by then and not rejected. The newest of a group are among those chosen before and those that came into
 * sight since, so the log is read in full only when the day went back or the rejections changed.
 */
export async function refreshLatest(database: Database, asOf: string, rejected: readonly string[]): Promise<void> {
  const hash = [...rejected].sort().join(',');
  const [state] = await database.rows(
    latestState,
    `SELECT as_of::VARCHAR AS as_of, arrival_high::VARCHAR AS arrival_high, rejected_hash FROM ${ALIAS}.latest_state`,
  );
  // The newest of a group are known, but for what came into sight since.
  const last = state !== undefined && state.rejected_hash === hash && state.as_of <= asOf ? state : null;
  await database.createTable(
    'temp.main.rejected',
    { id: 'VARCHAR' },
    rejected.map((id) => ({ id })),
  );
  await database.transaction(async () => {
    let newest = chosen('log.observation', `visible_on <= $as_of AND ${ALLOWED}`);
    if (last === null) await database.run(`DELETE FROM ${ALIAS}.observation_latest`);
    else {
      await takeTouched(database, last, asOf);
      newest = chosen('temp.main.in_sight');
    }
    await database.run(
      `INSERT INTO ${ALIAS}.observation_latest BY NAME ${newest}`,
      { as_of: asOf },
      'refreshing observation_latest',
    );
    await database.run('DROP TABLE IF EXISTS temp.main.in_sight; DROP TABLE IF EXISTS temp.main.touched');
    await database.run(`DELETE FROM ${ALIAS}.latest_state`);
    await database.run(
      `INSERT INTO ${ALIAS}.latest_state
       SELECT $as_of::DATE, greatest(coalesce(max(arrival), 0), ${state?.arrival_high ?? 0}), $hash FROM ${ALIAS}.observation`,
      { as_of: asOf, hash },
    );
  });
}

const latestState = z.object({ as_of: z.string(), arrival_high: z.string(), rejected_hash: z.string() });

const ALLOWED = 'o.id NOT IN (SELECT id FROM temp.main.rejected)';

/** Takes into temp table in_sight what came into sight since `last`, and out of observation_latest all of the groups it touches. */
async function takeTouched(database: Database, last: z.output<typeof latestState>, asOf: string): Promise<void> {
  const { as_of: day, arrival_high: high } = last;
  await database.run(
    `CREATE OR REPLACE TEMP TABLE in_sight AS
     SELECT o.* FROM ${ALIAS}.observation AS o WHERE o.arrival > ${high} AND o.visible_on <= $as_of AND ${ALLOWED}
     UNION ALL BY NAME
     SELECT o.* FROM log.observation AS o
     WHERE o.visible_on > DATE '${day}' AND o.visible_on <= $as_of AND o.arrival <= ${high} AND ${ALLOWED}`,
    { as_of: asOf },
  );
  const same = sameGroup('l', 't');
  await database.run(
    `CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT ${GROUP.join(', ')} FROM temp.main.in_sight;
     INSERT INTO temp.main.in_sight BY NAME SELECT l.* FROM ${ALIAS}.observation_latest AS l JOIN temp.main.touched AS t ON ${same};
     DELETE FROM ${ALIAS}.observation_latest AS l USING temp.main.touched AS t WHERE ${same}`,
    {},
    'refreshing observation_latest',
  );
}
