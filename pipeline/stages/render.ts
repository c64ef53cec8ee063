/** Stage render: the publication's tables → the site. Reports never open a database; this stage hands them the rows. */
import { z } from 'zod';
import type { Config } from '../../config/load.ts';
import { packageVersion } from '../../config/package-root.ts';
import type { Edition } from '../../config/schema/publication.ts';
import { renderSite } from '../../reports/render.ts';
import { viewOf } from '../../reports/view.ts';
import { ViewContext } from '../../reports/view-context.ts';
import { type PublicationInput, parsePublication, publicationData } from '../../scoring/contract.ts';
import type { Database } from '../database/database.ts';
import { DRAWN } from '../database/drawn-rows.ts';

export interface RenderInput {
  /** That of today where it is not given. */
  programVersion?: string;
  config: Config;
  runId: string;
  asOf: string;
  publishedAt: Date;
  edition: Edition;
  /** Where the published tables are: schema `publication` or `edition` of a run, or `main` of a published file. */
  schema: 'publication' | 'edition' | 'main';
}

/** The rows a site is made of. */
export interface RenderTables {
  tables: PublicationInput;
  cutOff: string;
}

const tableRow = z.object({ name: z.string(), rows: z.string().nullable() });

/** Rows of a table that come in one piece; a longer table comes in several, so that no text of all of it is made. */
const PIECE = 5_000;

/**
 * Reads every table the reports need: the many short ones in one query, each long one by itself; of the facts those that
 * pages speak of, not every night's; of the history what is drawn.
 */
export async function readRenderTables(
  database: Database,
  { schema, asOf }: Pick<RenderInput, 'schema' | 'asOf'>,
): Promise<RenderTables> {
  const there = await database.rows(
    z.object({ name: z.string(), size: z.coerce.number(), columns: z.string() }),
    `SELECT c.table_name AS name, coalesce(max(t.estimated_size), 0) AS size, string_agg(c.column_name, ' ') AS columns
     FROM duckdb_columns() AS c
     LEFT JOIN duckdb_tables() AS t
       ON t.database_name = c.database_name AND t.schema_name = c.schema_name AND t.table_name = c.table_name
     WHERE c.schema_name = '${schema}' AND NOT c.internal GROUP BY c.table_name`,
  );
  const marked = there.some((table) => table.name === 'observation' && table.columns.split(' ').includes('is_newest'));
  // A publication of an earlier version lacks the tables that are younger than it.
  const wanted = there.filter(({ name }) => Object.hasOwn(publicationData.shape, name));
  const query = ({ name }: { name: string }): string => {
    const place = name === 'observation' ? 't.place' : 't.rowid';
    const rows = name === 'observation' ? newestFacts(schema, marked) : `${schema}."${name}"`;
    return `SELECT '${name}' AS name, to_json(list(t ORDER BY ${place}))::VARCHAR AS rows, min(${place}) AS first
      FROM ${rows} AS t GROUP BY ${place} // ${PIECE}`;
  };
  const isLong = ({ name, size }: { name: string; size: number }): boolean => size > PIECE || name === 'observation';
  const short = wanted.filter((table) => !isLong(table));
  const queries = [
    ...(short.length === 0 ? [] : [short.map(query).join('\nUNION ALL\n')]),
    ...wanted.filter(isLong).map(query),
  ].map((sql) => `SELECT name, rows FROM (${sql}) ORDER BY name, first`);
  const drawn = Object.entries(DRAWN)
    .filter(([, { from }]) => from.every((table) => there.some(({ name }) => name === table)))
    .map(
      ([name, { sql }]) =>
        `SELECT '${name}' AS name, to_json(list(t ORDER BY t.place))::VARCHAR AS rows FROM (${sql(schema)}) AS t
         GROUP BY t.place // ${PIECE} ORDER BY t.place // ${PIECE}`,
    );
  const found = new Map<string, unknown[]>();
  for (const sql of [...queries, ...drawn]) {
    const values = sql.includes('$as_of') ? { as_of: asOf } : {};
    for (const { name, rows } of await database.rows(tableRow, sql, values, 'reading the published tables')) {
      const table = found.get(name) ?? [];
      for (const row of JSON.parse(rows ?? '[]') as unknown[]) table.push(row);
      found.set(name, table);
    }
  }
  const absent = Object.keys(publicationData.shape).map((name) => [name, []] as const);
  const tables = Object.fromEntries([...absent, ...found]);
  // The time up to which the newest statement speaks; midnight of the day where nothing was stated.
  const [row] = await database.rows(
    z.object({ at: z.string().nullable() }),
    `SELECT strftime(max(stated_at), '%Y-%m-%dT%H:%M:%SZ') AS at FROM ${schema}.observation ${marked ? 'WHERE is_newest' : ''}`,
  );
  return { tables: tables as PublicationInput, cutOff: row?.at ?? `${asOf}T00:00:00+07:00` };
}

function newestFacts(schema: RenderInput['schema'], marked: boolean): string {
  return `(SELECT *, row_number() OVER (ORDER BY database_id NULLS LAST, subject_id, attribute, observed_at, id) AS place
    FROM ${schema}.observation ${marked ? 'WHERE is_newest OR rejected_by IS NOT NULL' : ''})`;
}

/** The rows, checked and ready for every report of the publication. */
export function reportContext({ tables, cutOff }: RenderTables, input: RenderInput): ViewContext {
  return new ViewContext(parsePublication(tables), input.config, {
    run_id: input.runId,
    as_of: input.asOf,
    cut_off: cutOff,
    published_at: input.publishedAt.toISOString(),
    edition: input.edition,
    program_version: input.programVersion ?? packageVersion,
  });
}

/** Relative path → content of every file of the site. */
export function render(ctx: ViewContext): Map<string, string> {
  return renderSite(viewOf(ctx), ctx.labels);
}
