/**
 * A table as JSON (one document that says what it is: csdl-export-1.schema.json) and as NDJSON (one row a line).
 * Rule: types are those of the catalogue; a BIGINT is written with all its digits.
 */

import type { Column } from '../table.ts';
import { type Batch, plainText, rowOf, type TableExport, type TableFormat, type Value } from '../table.ts';
import { inertJson } from './inert-json.ts';

/** Name and version of the document's form; a change that breaks readers raises the number. */
export const JSON_FORM = 'csdl-export/1';

export const json: TableFormat = {
  extension: 'json',
  mediaType: 'application/json',
  isText: true,
  async *write(table) {
    const columns = table.columns.map(({ name, type, comment }) => ({ name, type, description: comment }));
    const head = { schema: JSON_FORM, table: table.name, description: table.comment, publication: table.meta, columns };
    yield `${inertJson(head).slice(0, -1)},"rows":[`;
    let count = 0;
    for await (const batch of table.batches) {
      const lines = rows(table, batch);
      if (lines.length > 0) yield `${count === 0 ? '\n' : ',\n'}${lines.join(',\n')}`;
      count += lines.length;
    }
    yield `\n],"row_count":${count}}\n`;
  },
};

export const ndjson: TableFormat = {
  extension: 'ndjson',
  mediaType: 'application/x-ndjson',
  isText: true,
  async *write(table) {
    for await (const batch of table.batches)
      yield rows(table, batch)
        .map((line) => `${line}\n`)
        .join('');
  },
};

function rows(table: TableExport, batch: Batch): string[] {
  const lines: string[] = [];
  for (let row = 0; row < batch.rows; row++) {
    const fields = [...rowOf(table, batch, row)].map(
      ([column, value]) => `${inertJson(column.name)}:${valueJson(column, value)}`,
    );
    lines.push(`{${fields.join(',')}}`);
  }
  return lines;
}

function valueJson({ type }: Column, value: Value): string {
  if (value === null) return 'null';
  if (type === 'VARCHAR') return inertJson(value);
  if (type === 'DATE' || type === 'TIMESTAMP') return `"${plainText(type, value)}"`;
  // JSON has no word for what is not a number.
  if (type === 'DOUBLE' && !Number.isFinite(value)) return 'null';
  return String(value);
}
