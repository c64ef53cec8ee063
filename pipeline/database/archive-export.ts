/**
 * The observation log as published: one Parquet file a closed month, the very file of the store (a second name of the same
 * bytes), and one a day of the months still open. A day that is over is not written again: its file of the publication
 * before gets a second name, after it was seen to hold what the store holds of that day.
 */
import { copyFileSync, linkSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { quotedString } from '@duckdb/node-api';
import { z } from 'zod';
import { Fault } from '../../config/fault.ts';
import { fileSha256 } from '../durable-file.ts';
import { archivedMonths } from './archive.ts';
import type { Database } from './database.ts';

/** What stands in the folder, as paths below the publication, and the SHA-256 of those files that were hashed before. */
export interface ExportedLog {
  files: string[];
  hashes: Map<string, string>;
}

/** The publication before: its folder, and what its manifest says of its files, by path below it. */
export interface Earlier {
  folder: string;
  files: Readonly<Record<string, { sha256: string; bytes: number }>>;
}

/** A local day (Asia/Ho_Chi_Minh) of the open months, with what says which rows it has. */
const openDay = z.object({ day: z.string(), begins: z.string(), ends: z.string(), rows: z.string() });
type OpenDay = z.output<typeof openDay>;

/** Name of what a day's file says of its rows, among the properties of the Parquet file. */
const ROWS = 'rows';

/** Puts the log into `exports/observation` of the publication in `folder`. */
export async function exportLog(
  database: Database,
  archive: string,
  folder: string,
  earlier: Earlier | null,
): Promise<ExportedLog> {
  mkdirSync(join(folder, PLACE), { recursive: true });
  const hashes = new Map<string, string>();
  const files: string[] = [];
  for (const { file, sha256 } of await archivedMonths(database)) {
    linkOrCopy(join(archive, file), join(folder, place(file)));
    hashes.set(place(file), sha256);
    files.push(place(file));
  }
  for (const day of await openDays(database)) {
    const path = place(`${day.day}.parquet`);
    const known = earlier === null ? null : await standing(database, day, path, earlier);
    if (earlier !== null && known !== null) {
      linkOrCopy(join(earlier.folder, path), join(folder, path));
      hashes.set(path, known);
    } else await writeDay(database, day, join(folder, path));
    files.push(path);
  }
  return { files, hashes };
}

/**
 * The days of the open months. Ids say what the facts are, and columns how they are written, so a day of the same count,
 * digest of ids and columns is the same day.
 */
function openDays(database: Database): Promise<OpenDay[]> {
  return database.rows(
    openDay,
    `WITH columns AS (
       SELECT md5(string_agg(column_name || data_type, ' ' ORDER BY column_index)) AS digest
       FROM duckdb_columns() WHERE database_name = 'store' AND table_name = 'observation'
     ), day AS (
       SELECT (collected_at + INTERVAL 7 HOUR)::DATE AS day, count(*) AS n, sum(hash(id, arrival, collected_at)::HUGEINT) AS digest
       FROM store.observation GROUP BY 1
     )
     SELECT d.day::VARCHAR AS day, (d.day - INTERVAL 7 HOUR)::VARCHAR AS begins, (d.day + INTERVAL 17 HOUR)::VARCHAR AS ends,
       concat_ws(' ', d.n, d.digest, c.digest) AS rows
     FROM day AS d CROSS JOIN columns AS c ORDER BY d.day`,
    {},
    'looking for the open days of the observations',
  );
}

/** The SHA-256 of a day's file in the earlier publication, where it is as it was published and has the rows of today; else null. */
async function standing(
  database: Database,
  day: OpenDay,
  path: string,
  { folder, files }: Earlier,
): Promise<string | null> {
  const published = files[path];
  const file = join(folder, path);
  if (published === undefined || statSync(file, { throwIfNoEntry: false })?.size !== published.bytes) return null;
  if ((await rowsOf(database, file)) !== day.rows || fileSha256(file) !== published.sha256) return null;
  return published.sha256;
}

/** What a day's file says of its rows; null where it cannot be read: it is then written anew. */
async function rowsOf(database: Database, path: string): Promise<string | null> {
  try {
    const [found] = await database.rows(
      z.object({ rows: z.string() }),
      `SELECT decode(value) AS rows FROM parquet_kv_metadata(${quotedString(path)}) WHERE decode(key) = '${ROWS}'`,
    );
    return found?.rows ?? null;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

function writeDay(database: Database, { begins, ends, rows }: OpenDay, path: string): Promise<void> {
  const [from, to] = [quotedString(begins), quotedString(ends)];
  return database.run(
    `COPY (SELECT * FROM store.observation WHERE collected_at >= TIMESTAMP ${from} AND collected_at < TIMESTAMP ${to})
     TO ${quotedString(path)} (FORMAT parquet, KV_METADATA {${ROWS}: ${quotedString(rows)}})`,
    {},
    'exporting the open months of the observations',
  );
}

const PLACE = 'exports/observation';
const place = (file: string): string => `${PLACE}/${file}`;

/** Not every file system knows hard links. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
