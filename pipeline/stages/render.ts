/** Stage render: the publication's tables → the site. Reports never open a database; this stage hands them the rows. */
import { z } from 'zod';
import type { Config } from '../../config/load.ts';
import { packageVersion } from '../../config/package-root.ts';
import { renderSite } from '../../reports/render.ts';
import { viewOf } from '../../reports/view.ts';
import { ViewContext } from '../../reports/view-context.ts';
import { type PublicationInput, parsePublication, publicationData } from '../../scoring/contract.ts';
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

/** The rows a site is made of. */
export interface RenderTables {
  tables: PublicationInput;
  cutOff: string;
}

const tableRow = z.object({ name: z.string(), rows: z.string().nullable() });

/** Reads every table the reports need, in one query. */
export async function readRenderTables(
  database: Database,
  { schema, asOf }: Pick<RenderInput, 'schema' | 'asOf'>,
): Promise<RenderTables> {
  const there = await database.rows(
    z.object({ name: z.string() }),
    `SELECT table_name AS name FROM duckdb_tables() WHERE schema_name = '${schema}' AND NOT internal`,
  );
  // A publication of an earlier version lacks the tables that are younger than it.
  const query = Object.keys(publicationData.shape)
    .filter((name) => there.some((table) => table.name === name))
    .map(
      (name) =>
        `SELECT '${name}' AS name, (SELECT to_json(list(t ORDER BY rowid))::VARCHAR FROM ${schema}."${name}" AS t) AS rows`,
    )
    .join('\nUNION ALL\n');
  const found = await database.rows(tableRow, query, {}, 'reading the published tables');
  const absent = Object.keys(publicationData.shape).map((name) => [name, []] as const);
  const tables = Object.fromEntries([
    ...absent,
    ...found.map(({ name, rows }) => [name, JSON.parse(rows ?? '[]') as unknown] as const),
  ]);
  // The time up to which the newest statement speaks; midnight of the day where nothing was stated.
  const [row] = await database.rows(
    z.object({ at: z.string().nullable() }),
    `SELECT strftime(max(stated_at), '%Y-%m-%dT%H:%M:%SZ') AS at FROM ${schema}.observation`,
  );
  return { tables: tables as PublicationInput, cutOff: row?.at ?? `${asOf}T00:00:00+07:00` };
}

/** The rows, checked and ready for every report of the publication. */
export function reportContext({ tables, cutOff }: RenderTables, input: RenderInput): ViewContext {
  return new ViewContext(parsePublication(tables), input.config, {
    run_id: input.runId,
    as_of: input.asOf,
    cut_off: cutOff,
    published_at: input.publishedAt.toISOString(),
    edition: input.edition,
    program_version: packageVersion,
  });
}

/** Relative path → content of every file of the site. */
export function render(ctx: ViewContext): Map<string, string> {
  return renderSite(viewOf(ctx), ctx.labels);
}
