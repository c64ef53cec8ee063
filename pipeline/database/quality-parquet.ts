/**
 * What the footers of Parquet files say, where it is exact: rows, nulls, and bounds of whole numbers and dates. One column
 * chunk without its statistics, and the column counts as unknown.
 */
import { type DuckDBConnection, quotedString } from '@duckdb/node-api';
import type { ColumnFacts, TableFacts } from '../../scoring/quality/facts.ts';

/** DuckDB works on the dictionary itself only up to this size. */
const SMALL_DICTIONARY = 20_000;

export async function parquetFacts(
  connection: DuckDBConnection,
  files: readonly string[],
  facts: TableFacts,
): Promise<TableFacts> {
  const list = `[${files.map(quotedString).join(', ')}]`;
  const total = await connection.runAndReadAll(`SELECT sum(num_rows)::VARCHAR FROM parquet_file_metadata(${list})`);
  const rows = Number(total.getRowsJson()[0]?.[0] ?? Number.NaN);
  // Bounds as text, of chunks that hold a value at all; integers are compared as such, dates sort as they are written.
  const read = await connection.runAndReadAll(`
    SELECT path_in_schema, sum(num_values)::VARCHAR,
      CASE WHEN bool_and(stats_null_count IS NOT NULL) THEN sum(stats_null_count)::VARCHAR END,
      CASE WHEN bool_and(stats_null_count IS NOT NULL AND (stats_null_count = num_values OR stats_min_value IS NOT NULL)) THEN
        coalesce(min(TRY_CAST(stats_min_value AS HUGEINT))::VARCHAR, min(stats_min_value)) END,
      CASE WHEN bool_and(stats_null_count IS NOT NULL AND (stats_null_count = num_values OR stats_max_value IS NOT NULL)) THEN
        coalesce(max(TRY_CAST(stats_max_value AS HUGEINT))::VARCHAR, max(stats_max_value)) END,
      coalesce(sum(num_values) FILTER (WHERE dictionary_page_offset IS NOT NULL AND stats_distinct_count <= ${SMALL_DICTIONARY}) >= 0.9 * sum(num_values), FALSE)
    FROM parquet_metadata(${list}) GROUP BY 1`);
  const known = new Map(read.getRowsJson().map(([name, ...rest]) => [String(name), rest]));
  const columns = new Map<string, ColumnFacts>();
  for (const [name, column] of facts.columns) {
    const [values, nulls, min, max, dictionary] = known.get(name) ?? [];
    // A column some files lack is null there, and no footer counts that.
    const whole = values !== undefined && Number(values) === rows;
    const form =
      column.type === 'integer' ? /^-?[0-9]+$/ : column.type === 'date' ? /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/ : /^(?!)/;
    const bounded = whole && form.test(String(min)) && form.test(String(max));
    columns.set(name, {
      type: column.type,
      nulls: whole && nulls != null ? Number(nulls) : null,
      min: bounded ? String(min) : null,
      max: bounded ? String(max) : null,
      dictionary: dictionary === true,
    });
  }
  return { ...facts, columns, rows: Number.isSafeInteger(rows) ? rows : null };
}
