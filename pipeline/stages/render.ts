/** Stage render: the publication's tables → the site. Reports never open a database; this stage hands them the rows. */
import { z } from 'zod';
import { Labels } from '../../config/labels.ts';
import type { Config } from '../../config/load.ts';
import { packageVersion } from '../../config/package-root.ts';
import { renderSite } from '../../reports/render.ts';
import { buildView } from '../../reports/view.ts';
import { type PublicationInput, publicationData } from '../../scoring/contract.ts';
import type { Database } from '../database/database.ts';

export interface RenderInput {
  config: Config;
  runId: string;
  asOf: string;
  publishedAt: Date;
  edition: 'noi_bo' | 'chia_se';
  /** Where the published tables are: schema `publication` of a run, or `main` of a published file. */
  schema: 'publication' | 'main';
}

/** Relative path → content of every file of the site. */
export async function render(database: Database, input: RenderInput): Promise<Map<string, string>> {
  const tables: Record<string, unknown> = {};
  for (const name of Object.keys(publicationData.shape)) {
    tables[name] = await database.anyRows(`FROM ${input.schema}."${name}"`);
  }
  const view = buildView(tables as PublicationInput, input.config, {
    run_id: input.runId,
    as_of: input.asOf,
    cut_off: await cutOff(database, input),
    published_at: input.publishedAt.toISOString(),
    edition: input.edition,
    program_version: packageVersion,
  });
  return renderSite(view, new Labels(input.config.labels));
}

/** The time up to which the newest statement speaks; midnight of the day where nothing was stated. */
async function cutOff(database: Database, { schema, asOf }: RenderInput): Promise<string> {
  const [row] = await database.rows(
    z.object({ at: z.string().nullable() }),
    `SELECT strftime(max(stated_at), '%Y-%m-%dT%H:%M:%SZ') AS at FROM ${schema}.observation`,
  );
  return row?.at ?? `${asOf}T00:00:00+07:00`;
}
