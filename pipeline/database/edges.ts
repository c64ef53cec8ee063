/** Which tables a SELECT reads, from DuckDB's own parser; it refuses anything but SELECT, which is a free safety check. */
import { z } from 'zod';
import { Fault } from '../../config/fault.ts';
import type { Database } from './database.ts';

interface Source {
  /** For the message. */
  path: string;
  sql: string;
}

/** Edges depend on nothing but the text, and the same files are planned for the night and for its what-if run. */
const known = new Map<string, readonly string[]>();

/** For each source the schema-qualified tables it names (`schema.table`, sorted), all asked for in one query. */
export async function tablesRead(
  database: Database,
  sources: readonly Source[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const fresh = sources.filter((source) => !known.has(source.sql));
  const rows =
    fresh.length === 0
      ? []
      : await database.rows(
          z.object({ sql: z.string(), tree: z.string() }),
          `SELECT sql, json_serialize_sql(sql)::VARCHAR AS tree
           FROM (SELECT unnest(from_json($texts::JSON, '["VARCHAR"]')) AS sql)`,
          { texts: JSON.stringify(fresh.map((source) => source.sql)) },
          'reading the models',
        );
  for (const { sql, tree } of rows) {
    const parsed = JSON.parse(tree) as { error?: boolean; error_message?: string };
    if (parsed.error) {
      const path = fresh.find((source) => source.sql === sql)?.path ?? 'a model';
      throw new Fault('model/not-a-select', `${path} is not one SELECT: ${parsed.error_message}`);
    }
    known.set(sql, baseTables(parsed));
  }
  return new Map(sources.map((source) => [source.path, known.get(source.sql) ?? []]));
}

function baseTables(tree: unknown): string[] {
  const found = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const child of node) walk(child);
    else if (node !== null && typeof node === 'object') {
      const entry = node as Record<string, unknown>;
      if (entry.type === 'BASE_TABLE' && entry.schema_name) found.add(`${entry.schema_name}.${entry.table_name}`);
      for (const child of Object.values(entry)) walk(child);
    }
  };
  walk(tree);
  return [...found].sort();
}
