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

/**
 * The newest rows of each group of `table` among those that satisfy `condition` (about `o`), all that tie: facts of the
 * same time and strength that disagree are a conflict (rule 3), whenever they were learnt. Groups are few and the log is
 * long: it is streamed past them twice, never sorted.
 */
export function chosen(table: string, condition = 'true'): string {
  const group = GROUP.map((part) => `o.${part}`).join(', ');
  const same = GROUP.map((part) => `n.${part} IS NOT DISTINCT FROM o.${part}`).join(' AND ');
  return `SELECT o.* FROM ${table} AS o
    JOIN (SELECT ${group}, max(o.observed_at) AS newest FROM ${table} AS o WHERE ${condition} GROUP BY ALL) AS n
      ON ${same} AND n.newest = o.observed_at
    WHERE ${condition} ORDER BY o.id`;
}

/**
 * Brings observation_latest up to date for `asOf`: the newest facts (all that tie) per key, source, grade and speaker among
 * those visible by then and not rejected. The newest of a group are among those chosen before and those that came into
 * sight since, so the log is read in full only when the day went back or the rejections changed.
 */
export async function refreshLatest(database: Database, asOf: string, rejected: readonly string[]): Promise<void> {
  const hash = [...rejected].sort().join(',');
  const states = await database.rows(
    z.object({ as_of: z.string(), arrival_high: z.string(), rejected_hash: z.string() }),
    `SELECT as_of::VARCHAR AS as_of, arrival_high::VARCHAR AS arrival_high, rejected_hash FROM ${ALIAS}.latest_state`,
  );
  const state = states[0];
  const incremental = state !== undefined && state.rejected_hash === hash && state.as_of <= asOf;
  await database.createTable(
    'temp.main.rejected',
    { id: 'VARCHAR' },
    rejected.map((id) => ({ id })),
  );
  const allowed = 'o.id NOT IN (SELECT id FROM temp.main.rejected)';
  const inSight = incremental
    ? `SELECT o.* FROM ${ALIAS}.observation AS o WHERE o.arrival > ${state.arrival_high} AND o.visible_on <= $as_of AND ${allowed}
       UNION ALL BY NAME
       SELECT o.* FROM log.observation AS o
       WHERE o.visible_on > DATE '${state.as_of}' AND o.visible_on <= $as_of AND o.arrival <= ${state.arrival_high} AND ${allowed}`
    : '';
  const same = GROUP.map((part) => `l.${part} IS NOT DISTINCT FROM t.${part}`).join(' AND ');
  await database.transaction(async () => {
    if (incremental) {
      await database.run(`CREATE OR REPLACE TEMP TABLE in_sight AS ${inSight}`, { as_of: asOf });
      await database.run(
        `CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT ${GROUP.join(', ')} FROM temp.main.in_sight;
         INSERT INTO temp.main.in_sight BY NAME SELECT l.* FROM ${ALIAS}.observation_latest AS l JOIN temp.main.touched AS t ON ${same};
         DELETE FROM ${ALIAS}.observation_latest AS l USING temp.main.touched AS t WHERE ${same}`,
        {},
        'refreshing observation_latest',
      );
    } else await database.run(`DELETE FROM ${ALIAS}.observation_latest`);
    await database.run(
      `INSERT INTO ${ALIAS}.observation_latest BY NAME
       ${incremental ? chosen('temp.main.in_sight') : chosen('log.observation', `visible_on <= $as_of AND ${allowed}`)}`,
      { as_of: asOf },
      'refreshing observation_latest',
    );
    await database.run(`DELETE FROM ${ALIAS}.latest_state`);
    await database.run(
      `INSERT INTO ${ALIAS}.latest_state
       SELECT $as_of::DATE, greatest(coalesce(max(arrival), 0), ${state?.arrival_high ?? 0}), $hash FROM ${ALIAS}.observation`,
      { as_of: asOf, hash },
    );
    if (incremental) await database.run('DROP TABLE temp.main.in_sight; DROP TABLE temp.main.touched');
  });
}
