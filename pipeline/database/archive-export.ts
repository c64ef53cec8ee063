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

/** What stands in the folder, as paths below the publication, and the SHA-256 of those files that were hashed before. */
export interface ExportedLog {
  files: string[];
  hashes: Map<string, string>;
}

/** Puts the log into `folder`, which is `exports/observation` of a publication. */
export async function exportLog(database: Database, archive: string, folder: string): Promise<ExportedLog> {
  mkdirSync(folder, { recursive: true });
  const hashes = new Map<string, string>();
  const files: string[] = [];
  for (const { file, sha256 } of await archivedMonths(database)) {
    linkOrCopy(join(archive, file), join(folder, file));
    hashes.set(place(file), sha256);
    files.push(place(file));
  }
  const open = await database.rows(
    z.object({ month: z.string() }),
    `SELECT DISTINCT ${MONTH} AS month FROM store.observation ORDER BY month`,
  );
  for (const { month } of open) {
    await database.run(
      `COPY (SELECT * FROM store.observation WHERE ${MONTH} = ${quotedString(month)})
       TO ${quotedString(join(folder, openFile(month)))} (FORMAT parquet)`,
      {},
      'exporting the open months of the observations',
    );
    files.push(place(openFile(month)));
  }
  return { files, hashes };
}

const openFile = (month: string): string => `${month}-open.parquet`;
const place = (file: string): string => `exports/observation/${file}`;

/** Not every file system knows hard links. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
