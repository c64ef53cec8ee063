/**
 * A table as a workbook of one sheet: columns named as published, numbers and days as such. Rule: a number Excel
 * would round and a day it does not know stay text; the whole table is held in memory, so its size is limited.
 */
import { EXIT, Fault } from '../../../config/fault.ts';
import { serialOf } from '../../xlsx/serial.ts';
import { type CellValue, range, Sheet } from '../../xlsx/sheet.ts';
import type { Look } from '../../xlsx/styles.ts';
import { workbookFile } from '../../xlsx/workbook.ts';
import { type Column, type ColumnType, plainText, rowOf, type TableFormat, type Value } from '../table.ts';

/** Rows of a sheet, less the heading. */
const MOST_ROWS = 1_048_575;
/** Cells that fit into the memory a night may take. */
const MOST_CELLS = 4_000_000;

const HEADING: Look = { font: { bold: true }, fill: 'DCE4EC', border: 'all', align: { v: 'center', wrap: true } };
const text: Look = { align: { v: 'top' } };
const LOOKS: Readonly<Record<ColumnType, Look>> = {
  BOOLEAN: text,
  INTEGER: text,
  BIGINT: text,
  DOUBLE: text,
  DATE: { ...text, format: 'yyyy-mm-dd' },
  TIMESTAMP: { ...text, format: 'yyyy-mm-dd hh:mm:ss' },
  VARCHAR: text,
};
const WIDTHS: Readonly<Record<ColumnType, number>> = {
  BOOLEAN: 9,
  INTEGER: 11,
  BIGINT: 14,
  DOUBLE: 11,
  DATE: 12,
  TIMESTAMP: 20,
  VARCHAR: 28,
};

export const tableWorkbook: TableFormat = {
  extension: 'xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  isText: false,
  async *write(table) {
    const { columns, meta } = table;
    const sheet = new Sheet(table.name.slice(0, 31));
    sheet.isProtected = false;
    for (const [i, { name, type }] of columns.entries()) {
      sheet.set(i + 1, 1, name, HEADING);
      sheet.widths.set(i + 1, Math.max(WIDTHS[type], name.length + 4));
    }
    let row = 1;
    for await (const batch of table.batches) {
      if (row - 1 + batch.rows > Math.min(MOST_ROWS, MOST_CELLS / columns.length)) throw tooLarge(table.name);
      for (let i = 0; i < batch.rows; i++) {
        row += 1;
        let at = 0;
        for (const [column, value] of rowOf(table, batch, i))
          sheet.set(++at, row, cell(column, value), LOOKS[column.type]);
      }
    }
    sheet.freeze = { column: 1, row: 2 };
    sheet.filter = range(1, 1, columns.length, row);
    sheet.print = {
      landscape: true,
      titleRows: [1, 1],
      footerLeft: `${table.name} ${meta.as_of} ${meta.run_id}`,
      footerRight: '&P/&N',
    };
    yield workbookFile({
      title: table.name,
      subject: table.comment,
      creator: `csdl-readiness ${meta.program_version}`,
      madeAt: meta.published_at,
      sheets: [sheet],
      names: [],
    });
  },
};

function cell({ type }: Column, value: Value): CellValue {
  if (value === null || typeof value === 'boolean') return value;
  if (type === 'VARCHAR') return String(value);
  const number =
    type === 'DATE'
      ? serialOf(Number(value))
      : type === 'TIMESTAMP'
        ? serialOf(Number(BigInt(value) / 1000n) / 86_400_000)
        : Number(value);
  // Excel keeps fifteen digits.
  return number === null || !Number.isFinite(number) || Math.abs(number) > 999_999_999_999_999
    ? plainText(type, value)
    : number;
}

function tooLarge(name: string): Fault {
  return new Fault('export/too-large', `${name} has more rows than a workbook can hold here`, {
    exit: EXIT.usage,
    hint: 'narrow it with --where, or use --format csv or parquet',
  });
}
