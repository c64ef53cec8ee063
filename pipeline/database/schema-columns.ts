/** The columns of a schema of the night's tables, views among them, in table order. */
import { z } from 'zod';
import type { Database } from './database.ts';

export const schemaColumn = z.object({ table_name: z.string(), column_name: z.string(), data_type: z.string() });
export type SchemaColumn = z.output<typeof schemaColumn>;

export function schemaColumns(database: Database, schema: string): Promise<SchemaColumn[]> {
  return database.rows(
    schemaColumn,
    `SELECT table_name, column_name, data_type FROM duckdb_columns()
     WHERE database_name = 'memory' AND schema_name = $schema ORDER BY table_name, column_index`,
    { schema },
  );
}
