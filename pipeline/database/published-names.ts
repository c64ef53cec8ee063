/** What a published file says of itself: its tables and columns, with their comments. Plain SELECTs for the safe reader. */
import { quotedString } from '@duckdb/node-api';

/** Every table and view with its comment. */
export const TABLES_QUERY = `SELECT table_name AS name, comment FROM duckdb_tables() WHERE NOT internal
UNION ALL
SELECT view_name, comment FROM duckdb_views() WHERE NOT internal
ORDER BY name`;

/** The columns of one table or view. */
export function columnsQuery(table: string): string {
  return `SELECT column_name AS name, lower(data_type) AS type, comment FROM duckdb_columns()
WHERE NOT internal AND table_name = ${quotedString(table.toLowerCase())} ORDER BY column_index`;
}
