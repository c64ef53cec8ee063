/** Writes invented rows for the worked contracts: every file of samples/, one SELECT each, the same on every machine. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quotedIdentifier, quotedString } from '@duckdb/node-api';
import { asset } from '../../config/package-root.ts';
import { parseHeader } from '../../scoring/header.ts';
import { Database } from './database.ts';

/** @returns the names of the files, written into `folder` */
export async function writeSamples(folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const source = asset('pipeline', 'database', 'samples');
  const database = await Database.open({ threads: 1 });
  const written: string[] = [];
  try {
    // In sorted order: a later one may read an earlier one.
    for (const name of readdirSync(source).sort()) {
      const sql = readFileSync(join(source, name), 'utf8');
      const file = parseHeader(sql).file ?? '';
      const format = file.endsWith('.csv') ? "FORMAT csv, HEADER true, NULL ''" : 'FORMAT parquet, COMPRESSION zstd';
      const table = quotedIdentifier(name.replace(/\.sql$/, ''));
      await database.run(`CREATE TABLE ${table} AS ${sql}`, {}, `making ${file}`);
      await database.run(`COPY ${table} TO ${quotedString(join(folder, file))} (${format})`, {}, `writing ${file}`);
      written.push(file);
    }
  } finally {
    database.close();
  }
  return written;
}
