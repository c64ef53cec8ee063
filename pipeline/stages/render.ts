/** Stage render: the publication's tables → the site. Reports never open a database; this stage hands them the rows. */
import { z } from 'zod';
import type { Config } from '../../config/load.ts';
import { packageVersion } from '../../config/package-root.ts';
import type { Edition } from '../../config/schema/publication.ts';
import { siteFiles } from '../../reports/render.ts';
import { type PublicationMeta, viewOf } from '../../reports/view.ts';
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

/** A table of more rows comes row by row, so that no text of all of it is made. */
const LONG = 5_000;

/** Facts stand together by what they are about. */
const FACTS_ORDER = 'database_id NULLS LAST, subject_id, attribute, observed_at, id';

const READING = 'reading the published tables';

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
  const jsonRows = async (sql: string): Promise<unknown[]> => {
    const rows: unknown[] = [];
    for await (const texts of database.texts(sql, { as_of: asOf }, READING))
      for (const text of texts) rows.push(JSON.parse(String(text)));
    return rows;
  };
  const found = new Map<string, unknown[]>();
  const isLong = ({ name, size }: { name: string; size: number }): boolean => size > LONG || name === 'observation';
  const short = wanted
    .filter((table) => !isLong(table))
    .map(
      ({ name }) =>
        `SELECT '${name}' AS name, to_json(list(t ORDER BY t.rowid))::VARCHAR AS rows FROM ${schema}."${name}" AS t`,
    );
  if (short.length > 0)
    for (const { name, rows } of await database.rows(tableRow, short.join('\nUNION ALL\n'), {}, READING))
      found.set(name, JSON.parse(rows ?? '[]') as unknown[]);
  for (const { name, columns } of wanted.filter(isLong)) {
    const read = readColumns(name, columns.split(' '));
    const order = name === 'observation' ? FACTS_ORDER : 'rowid';
    const spoken = name === 'observation' && marked ? 'WHERE is_newest OR rejected_by IS NOT NULL' : '';
    found.set(
      name,
      await jsonRows(
        `SELECT to_json({${read.map((column) => `'${column}': "${column}"`).join(', ')}})::VARCHAR
         FROM ${schema}."${name}" ${spoken} ORDER BY ${order}`,
      ),
    );
  }
  for (const [name, { from, sql }] of Object.entries(DRAWN))
    if (from.every((table) => there.some((one) => one.name === table)))
      found.set(name, await jsonRows(`SELECT to_json(t)::VARCHAR FROM (${sql(schema)}) AS t ORDER BY t.place`));
  const absent = Object.keys(publicationData.shape).map((name) => [name, []] as const);
  const tables = Object.fromEntries([...absent, ...found]);
  // The time up to which the newest statement speaks; midnight of the day where nothing was stated.
  const [row] = await database.rows(
    z.object({ at: z.string().nullable() }),
    `SELECT strftime(max(stated_at), '%Y-%m-%dT%H:%M:%SZ') AS at FROM ${schema}.observation ${marked ? 'WHERE is_newest' : ''}`,
  );
  return { tables: tables as PublicationInput, cutOff: row?.at ?? `${asOf}T00:00:00+07:00` };
}

/** Of the columns that are there, those that reports read. */
function readColumns(table: string, there: readonly string[]): string[] {
  const known: Readonly<Record<string, unknown>> = publicationData.shape[table as keyof PublicationInput].element.shape;
  return there.filter((column) => Object.hasOwn(known, column));
}

/** The rows, checked and ready for every report of the publication. */
export function reportContext({ tables, cutOff }: RenderTables, input: RenderInput): ViewContext {
  return new ViewContext(parsePublication(tables), input.config, { ...metaOf(input), cut_off: cutOff });
}

/** What every report says of the publication it is from, in the order in which exports print it. */
export function metaOf(input: RenderInput): Omit<PublicationMeta, 'cut_off'> {
  return {
    run_id: input.runId,
    as_of: input.asOf,
    edition: input.edition,
    published_at: input.publishedAt.toISOString(),
    program_version: input.programVersion ?? packageVersion,
  };
}

/** Every file of the site, relative path and content, one by one. */
export function render(ctx: ViewContext): Iterable<[path: string, content: string]> {
  return siteFiles(viewOf(ctx), ctx.labels);
}
