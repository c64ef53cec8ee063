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

/** Rows of a table that come in one piece; a longer table comes in several, so that no text of all of it is made. */
const PIECE = 5_000;

/** Reads every table the reports need: the many short ones in one query, each long one by itself. */
export async function readRenderTables(
  database: Database,
  { schema, asOf }: Pick<RenderInput, 'schema' | 'asOf'>,
): Promise<RenderTables> {
  const there = await database.rows(
    z.object({ name: z.string(), size: z.coerce.number() }),
    `SELECT table_name AS name, estimated_size AS size FROM duckdb_tables() WHERE schema_name = '${schema}' AND NOT internal`,
  );
  // A publication of an earlier version lacks the tables that are younger than it.
  const wanted = there.filter(({ name }) => Object.hasOwn(publicationData.shape, name));
  const query = ({ name }: { name: string }): string =>
    `SELECT '${name}' AS name, to_json(list(t ORDER BY t.rowid))::VARCHAR AS rows, min(t.rowid) AS first
     FROM ${schema}."${name}" AS t GROUP BY t.rowid // ${PIECE}`;
  const short = wanted.filter(({ size }) => size <= PIECE);
  const queries = [
    ...(short.length === 0 ? [] : [short.map(query).join('\nUNION ALL\n')]),
    ...wanted.filter(({ size }) => size > PIECE).map(query),
  ].map((sql) => `SELECT name, rows FROM (${sql}) ORDER BY name, first`);
  const found = new Map<string, unknown[]>();
  for (const sql of queries)
    for (const { name, rows } of await database.rows(tableRow, sql, {}, 'reading the published tables')) {
      const table = found.get(name) ?? [];
      for (const row of JSON.parse(rows ?? '[]') as unknown[]) table.push(row);
      found.set(name, table);
    }
  const absent = Object.keys(publicationData.shape).map((name) => [name, []] as const);
  const tables = Object.fromEntries([...absent, ...found]);
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
