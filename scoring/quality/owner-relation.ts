/** Where the rows of a table lie, as its owner would write it after FROM; read by the same settings as the measuring. */
import type { DataLocation } from './check.ts';
import type { Dialect } from './dialects/dialect.ts';
import type { Sql } from './rule.ts';

/** Null for Arrow: the owner's program registers the rows under the id of the table. */
export function ownerRelation(location: DataLocation, dialect: Dialect): Sql | null {
  switch (location.kind) {
    case 'arrow':
      return null;
    case 'postgres':
      return path([location.schema ?? 'public', location.table], dialect);
    case 'duckdb':
      return path([location.schema ?? 'main', location.table], dialect);
    case 'parquet':
      return `read_parquet(${files(location.paths, dialect)}${partitioned(location) || ', hive_partitioning = false'})`;
    case 'json':
      return `read_json(${files(location.paths, dialect)}${partitioned(location)})`;
    case 'csv': {
      const delimiter = location.delimiter === undefined ? '' : `, delim = ${dialect.text(location.delimiter)}`;
      return `read_csv(${files(location.paths, dialect)}, header = true, all_varchar = true${delimiter}${partitioned(location)})`;
    }
  }
}

const path = (names: readonly string[], dialect: Dialect): Sql =>
  names.map((name) => dialect.identifier(name)).join('.');

const files = (paths: readonly string[], dialect: Dialect): Sql =>
  `[${paths.map((one) => dialect.text(one)).join(', ')}]`;

const partitioned = (location: { readonly partitioned?: boolean }): Sql =>
  location.partitioned === true ? ', hive_partitioning = true, hive_types_autocast = false' : '';
