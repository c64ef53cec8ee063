/** Stage render: the publication's tables → the site. Reports never open a database; this stage hands them the rows. */

import { Labels } from '../../config/labels.ts';
import type { Config } from '../../config/load.ts';
import { packageVersion } from '../../config/package-root.ts';
import type { Database } from '../database/database.ts';

export interface RenderInput {
  config: Config;
  runId: string;
  asOf: string;
  publishedAt: Date;
  edition: 'noi_bo' | 'chia_se';
  /** Where the published tables are: schema `publication` of a run, or `main` of a published file. */
  schema: string;
}

/** Relative path → content of every file of the site. */
export async function render(database: Database, input: RenderInput): Promise<Map<string, string>> {
  void database;
  void packageVersion;
  void new Labels(input.config.labels);
  return new Map([['index.html', '']]);
}
