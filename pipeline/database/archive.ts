/**
 * Closed months of the observation log, each moved once from the store into a Parquet file beside it. Physical only: every
 * reader of the log goes through the view `log.observation`, which is the open months and the files together.
 */
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { quotedString } from '@duckdb/node-api';
import { z } from 'zod';
import { Fault } from '../../config/fault.ts';
import { fileSha256, renameDurably } from '../durable-file.ts';
import type { Database } from './database.ts';

const ALIAS = 'store';

/** The local month (Asia/Ho_Chi_Minh) in which a fact was learnt: only this one never gets facts later. */
export const MONTH = "strftime(collected_at + INTERVAL 7 HOUR, '%Y-%m')";

/** Ids of facts are 128 bits in hexadecimal; any other text stands by its digest. */
export const ID_BITS = 'coalesce(TRY_CAST(id AS UUID), md5(id)::UUID)';

const archivedMonth = z.object({
  month: z.string(),
  file: z.string(),
  observations: z.coerce.number(),
  bytes: z.coerce.number(),
  sha256: z.string(),
});
export type ArchivedMonth = z.output<typeof archivedMonth>;

/** Where the files of closed months lie, for the store at `path`. */
export function archiveFolder(path: string): string {
  return join(dirname(path), 'observation');
}

/** The closed months, oldest first. */
export async function archivedMonths(database: Database): Promise<ArchivedMonth[]> {
  return database.rows(archivedMonth, `SELECT * FROM ${ALIAS}.archived_month ORDER BY month`);
}

/**
 * Makes `log.observation`, the whole log, of the open months in the store and the files of `folder`.
 * @throws Fault store/archive-missing, store/archive-changed when a file is not the one that was written
 */
export async function openLog(database: Database, folder: string): Promise<void> {
  const months = await archivedMonths(database);
  for (const { file, bytes } of months) {
    const found = statSync(join(folder, file), { throwIfNoEntry: false });
    if (found?.size === bytes) continue;
    throw new Fault(
      found === undefined ? 'store/archive-missing' : 'store/archive-changed',
      found === undefined
        ? `a closed month of the observations is missing: ${join(folder, file)}`
        : `${join(folder, file)} has ${found.size} bytes; ${bytes} were written`,
      { hint: 'restore that file from a backup; nothing else may write into this folder' },
    );
  }
  const files = months.map(({ file }) => quotedString(join(folder, file))).join(', ');
  // Closed months first: so the log stands in order of arrival, wherever its rows lie.
  const archived = `FROM read_parquet([${files}], union_by_name = true) UNION ALL BY NAME`;
  await database.run(
    `CREATE SCHEMA IF NOT EXISTS memory.log;
     CREATE OR REPLACE VIEW memory.log.observation AS ${months.length === 0 ? '' : archived} FROM ${ALIAS}.observation`,
    {},
    'opening the log of observations',
  );
}

/**
 * Moves every month before `month` ("YYYY-MM") that still stands in the store into its file. A file is complete on the disk
 * before the store forgets the rows, and both happen in one transaction: whenever the machine stops, each fact is there once.
 */
export async function archiveClosedMonths(database: Database, folder: string, month: string): Promise<void> {
  const open = await database.rows(
    z.object({ month: z.string() }),
    `SELECT DISTINCT ${MONTH} AS month FROM ${ALIAS}.observation WHERE ${MONTH} < $month ORDER BY month`,
    { month },
  );
  if (open.length === 0) return;
  mkdirSync(folder, { recursive: true });
  for (const { month: closed } of open) await archiveMonth(database, folder, closed);
  await openLog(database, folder);
}

async function archiveMonth(database: Database, folder: string, month: string): Promise<void> {
  const rows = `SELECT * FROM ${ALIAS}.observation WHERE ${MONTH} = ${quotedString(month)}`;
  const file = await freeName(database, month);
  const path = join(folder, file);
  const fresh = `${path}.new`;
  await database.run(
    `COPY (${rows} ORDER BY arrival) TO ${quotedString(fresh)} (FORMAT parquet, COMPRESSION zstd)`,
    {},
    `writing ${path}`,
  );
  const stored = await digest(database, rows);
  const written = await digest(database, `FROM read_parquet(${quotedString(fresh)})`);
  if (written.n !== stored.n || written.digest !== stored.digest) {
    throw new Fault('store/archive-differs', `${path} does not read back as it was written`, {
      hint: 'check the disk; the store still holds the month, nothing is lost',
    });
  }
  renameDurably(fresh, path);
  const facts = { month, file, observations: stored.n, bytes: String(statSync(path).size), sha256: fileSha256(path) };
  await database.transaction(async () => {
    await database.run(
      `INSERT INTO ${ALIAS}.archived_month SELECT $month, $file, $observations::BIGINT, max(arrival), $bytes::BIGINT, $sha256 FROM (${rows})`,
      facts,
    );
    await database.run(`INSERT INTO ${ALIAS}.archived_id SELECT ${ID_BITS} FROM (${rows})`);
    await database.run(`DELETE FROM ${ALIAS}.observation WHERE ${MONTH} = $month`, { month });
  });
}

/** A name no month has: a month closes twice when the clock was set back. A file nobody lists is left by a stopped run. */
async function freeName(database: Database, month: string): Promise<string> {
  const taken = (await archivedMonths(database)).filter((one) => one.month === month).length;
  return taken === 0 ? `${month}.parquet` : `${month}-${taken + 1}.parquet`;
}

/** How many rows a query gives, and a digest of all of them in any order. */
async function digest(database: Database, rows: string): Promise<{ n: string; digest: string | null }> {
  const [found] = await database.rows(
    z.object({ n: z.string(), digest: z.string().nullable() }),
    `SELECT count(*)::VARCHAR AS n, sum(hash(t)::HUGEINT)::VARCHAR AS digest FROM (${rows}) AS t`,
  );
  if (found === undefined) throw new Error('a count has no row');
  return found;
}
