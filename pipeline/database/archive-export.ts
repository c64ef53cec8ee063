/**
 * The observation log as published: one Parquet file a month. Closed months are the very files of the store (a second name
 * of the same bytes), written and hashed once; only the months still open are written every night.
 */
import { copyFileSync, linkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { quotedString } from '@duckdb/node-api';
import { z } from 'zod';
import { archivedMonths, MONTH } from './archive.ts';
import type { Database } from './database.ts';

/** Puts the log into `folder`; returns name below the publication → SHA-256 of the files that were hashed before. */
export async function exportLog(database: Database, archive: string, folder: string): Promise<Map<string, string>> {
  mkdirSync(folder, { recursive: true });
  const hashes = new Map<string, string>();
  for (const { file, sha256 } of await archivedMonths(database)) {
    linkOrCopy(join(archive, file), join(folder, file));
    hashes.set(`exports/observation/${file}`, sha256);
  }
  const open = await database.rows(
    z.object({ month: z.string() }),
    `SELECT DISTINCT ${MONTH} AS month FROM store.observation ORDER BY month`,
  );
  for (const { month } of open) {
    await database.run(
      `COPY (SELECT * FROM store.observation WHERE ${MONTH} = ${quotedString(month)})
       TO ${quotedString(join(folder, `${month}-open.parquet`))} (FORMAT parquet)`,
      {},
      'exporting the open months of the observations',
    );
  }
  return hashes;
}

/** Not every file system knows hard links. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
