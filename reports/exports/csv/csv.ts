/**
 * A table as CSV (RFC 4180: commas, CRLF, quotes doubled), for people with a spreadsheet: with a byte order mark, by
 * which Excel knows UTF-8. Rule: no text cell can become a formula, so one that begins like it gets an apostrophe.
 */
import { legalText, looksLikeFormula } from '../../xlsx/xml.ts';
import type { Column } from '../table.ts';
import { plainText, rowOf, type TableFormat, type Value } from '../table.ts';

const BYTE_ORDER_MARK = '\uFEFF';

export const csv: TableFormat = {
  extension: 'csv',
  mediaType: 'text/csv',
  isText: true,
  async *write(table) {
    yield `${BYTE_ORDER_MARK}${table.columns.map(({ name }) => quoted(safeText(name))).join(',')}\r\n`;
    for await (const batch of table.batches) {
      const lines: string[] = [];
      for (let row = 0; row < batch.rows; row++)
        lines.push(`${[...rowOf(table, batch, row)].map(([column, value]) => cell(column, value)).join(',')}\r\n`);
      yield lines.join('');
    }
  },
};

/** Nothing is an empty field; an empty text is "". */
function cell({ type }: Column, value: Value): string {
  if (value === null) return '';
  const text = plainText(type, value);
  return type === 'VARCHAR' ? quoted(safeText(text)) : text;
}

/** Text a spreadsheet takes as text; whoever needs it as it was reads JSON, Parquet or Arrow. */
function safeText(text: string): string {
  const clean = legalText(text).replaceAll('\t', ' ');
  return looksLikeFormula(clean) ? `'${clean}` : clean;
}

function quoted(text: string): string {
  return text === '' || /[",\n\r]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
