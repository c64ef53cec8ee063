/** The formats there are, by the name one types. Parquet is the engine's own and is written beside these. */
import { arrow } from './arrow/arrow.ts';
import { csv } from './csv/csv.ts';
import { dqv } from './dqv/dqv.ts';
import { json, ndjson } from './json/json.ts';
import { junit } from './junit/junit.ts';
import { openmetrics } from './openmetrics/openmetrics.ts';
import type { PublicationFormat } from './publication-format.ts';
import type { TableFormat } from './table.ts';
import { tableWorkbook } from './xlsx/table-workbook.ts';

/** Each holds one table. */
export const TABLE_FORMATS = { csv, json, ndjson, arrow, xlsx: tableWorkbook } satisfies Record<string, TableFormat>;

/** Each speaks of the whole publication. */
export const PUBLICATION_FORMATS = { dqv, openmetrics, junit } satisfies Record<string, PublicationFormat>;

export const PARQUET = { extension: 'parquet', mediaType: 'application/vnd.apache.parquet' } as const;
