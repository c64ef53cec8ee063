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
 * Keeps the newest of each group, all that tie: facts of the same time and strength that disagree are a conflict
 * (rule 3), whenever they were learnt.
 */
export function newestOnly(alias: string): string {
  const group = GROUP.map((part) => `${alias}.${part}`).join(', ');
  return `QUALIFY rank() OVER (PARTITION BY ${group} ORDER BY ${alias}.observed_at DESC) = 1`;
}

/**
 * Brings observation_latest up to date for `asOf`: the newest facts (all that tie) per key, source, grade and speaker among
 * those visible by then and not rejected. Only keys with new or newly visible facts are recomputed, unless the day
 * went back or the rejections changed.
 */
export async function refreshLatest(database: Database, asOf: string, rejected: readonly string[]): Promise<void> {
  const hash = [...rejected].sort().join(',');
  const states = await database.rows(
    z.object({ as_of: z.string(), rowid_high: z.coerce.number(), rejected_hash: z.string() }),
    `SELECT as_of::VARCHAR AS as_of, rowid_high, rejected_hash FROM ${ALIAS}.latest_state`,
  );
  const state = states[0];
  const incremental = state !== undefined && state.rejected_hash === hash && state.as_of <= asOf;
  const touched = incremental
    ? `SELECT DISTINCT ${GROUP.join(', ')} FROM ${ALIAS}.observation
       WHERE visible_on <= $as_of AND (rowid > ${state.rowid_high} OR visible_on > DATE '${state.as_of}')`
    : `SELECT DISTINCT ${GROUP.join(', ')} FROM ${ALIAS}.observation`;
  const same = GROUP.map((part) => `o.${part} IS NOT DISTINCT FROM t.${part}`).join(' AND ');
  await database.transaction(async () => {
    await database.run(`CREATE OR REPLACE TEMP TABLE touched AS ${touched}`, { as_of: asOf });
    if (incremental) await database.run(`DELETE FROM ${ALIAS}.observation_latest o USING touched t WHERE ${same}`);
    else await database.run(`DELETE FROM ${ALIAS}.observation_latest`);
    await database.createTable(
      'temp.main.rejected',
      { id: 'VARCHAR' },
      rejected.map((id) => ({ id })),
    );
    await database.run(
      `INSERT INTO ${ALIAS}.observation_latest
       SELECT o.* FROM ${ALIAS}.observation o JOIN touched t ON ${same}
       WHERE o.visible_on <= $as_of AND o.id NOT IN (SELECT id FROM temp.main.rejected)
       ${newestOnly('o')}
       ORDER BY o.id`,
      { as_of: asOf },
      'refreshing observation_latest',
    );
    await database.run(`DELETE FROM ${ALIAS}.latest_state`);
    await database.run(
      `INSERT INTO ${ALIAS}.latest_state SELECT $as_of::DATE, NULL, coalesce(max(rowid), -1), $hash FROM ${ALIAS}.observation`,
      { as_of: asOf, hash },
    );
  });
}
