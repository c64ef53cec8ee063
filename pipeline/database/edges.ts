/** Which tables a SELECT reads, from DuckDB's own parser; it refuses anything but SELECT, which is a free safety check. */
import { z } from 'zod';
import { Fault } from '../../config/fault.ts';
import type { Database } from './database.ts';

/** Schema-qualified tables named in `sql`, as `schema.table`, sorted. `path` is for the message. */
export async function tablesRead(database: Database, sql: string, path: string): Promise<string[]> {
  const [row] = await database.rows(
    z.object({ tree: z.string() }),
    'SELECT json_serialize_sql($sql::VARCHAR)::VARCHAR AS tree',
    { sql },
  );
  const tree = JSON.parse(row?.tree ?? '{}') as { error?: boolean; error_message?: string };
  if (tree.error) throw new Fault('model/not-a-select', `${path} is not one SELECT: ${tree.error_message}`);
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
