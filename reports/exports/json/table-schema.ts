/** The JSON Schema (2020-12) of tonight's tables, made of the catalogue. Rule: one definition a table, closed and complete. */
import type { Column, ColumnType } from '../table.ts';
import { inertJson } from './inert-json.ts';

const TYPES: Readonly<Record<ColumnType, Readonly<Record<string, unknown>>>> = {
  BOOLEAN: { type: ['boolean', 'null'] },
  INTEGER: { type: ['integer', 'null'] },
  BIGINT: { type: ['integer', 'null'] },
  DOUBLE: { type: ['number', 'null'] },
  DATE: { type: ['string', 'null'], format: 'date' },
  TIMESTAMP: { type: ['string', 'null'], format: 'date-time' },
  VARCHAR: { type: ['string', 'null'] },
};

/** @returns JSON text with `$defs/<table>`: the shape of one row, as an element of `rows` or a line of NDJSON */
export function tableSchema(
  tables: readonly { readonly name: string; readonly comment: string; readonly columns: readonly Column[] }[],
): string {
  const definitions = tables.map(({ name, comment, columns }) => [
    name,
    {
      description: comment,
      type: 'object',
      properties: Object.fromEntries(
        columns.map((column) => [column.name, { ...TYPES[column.type], description: column.comment }]),
      ),
      required: columns.map((column) => column.name),
      additionalProperties: false,
    },
  ]);
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'csdl-readiness: one row of each published table',
    $defs: Object.fromEntries(definitions),
  };
  return `${inertJson(schema)}\n`;
}
