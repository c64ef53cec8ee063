/** What the form is filled in with: the tables of the current publication that it reads, or nothing where there is none. */
import { join } from 'node:path';
import { isThere } from '../../config/system-fault.ts';
import type { FormData } from '../../reports/form/prefill.ts';
import { parsePublication } from '../../scoring/contract.ts';
import { Database } from '../database/database.ts';
import { outPaths } from '../paths.ts';
import { currentManifest } from '../stages/publish.ts';
import { readRenderTables } from '../stages/render.ts';

export interface FormSource {
  readonly asOf: string;
  readonly runId: string;
  readonly data: FormData;
}

export async function readFormSource(out: string): Promise<FormSource | null> {
  const paths = outPaths(out);
  const path = join(paths.current, 'csdl.duckdb');
  const manifest = currentManifest(paths);
  if (manifest === null || !isThere(path)) return null;
  const database = await Database.open({ path, readOnly: true });
  try {
    const { tables } = await readRenderTables(database, { schema: 'main', asOf: manifest.as_of });
    return { asOf: manifest.as_of, runId: manifest.run_id, data: parsePublication(tables) };
  } finally {
    database.close();
  }
}
