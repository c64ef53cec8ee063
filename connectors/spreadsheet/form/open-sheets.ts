/** Sheets 3 to 5: rows typed freely, each about one database. */
import { COLUMNS, type FormColumn, type SheetKey } from '../../../config/form/columns.ts';
import type { FormValue, StatusRow } from '../../../config/form/reading.ts';
import { parseRatio } from '../cells/number-cell.ts';
import { usable } from '../cells/parsed.ts';
import { plainWord } from '../cells/word-cell.ts';
import type { CellBook } from './cell-book.ts';
import { type FormFile, type FormSheet, isAsGiven } from './form-file.ts';
import { type FormContext, readTyped } from './typed-cell.ts';

/** One row with the values that were accepted. */
export interface OpenRow {
  row: number;
  database: string | null;
  values: Readonly<Partial<Record<string, FormValue>>>;
}

/**
 * Rows in which something is typed, headings left out; a row without its database is refused. Of databases that did not
 * change, rows that were given out filled in are no new statements, and rows that differ contradict the word.
 */
export function readOpenSheet(
  file: FormFile,
  sheet: FormSheet,
  status: readonly StatusRow[],
  book: CellBook,
  context: FormContext,
): OpenRow[] {
  const columns = COLUMNS[sheet.key].filter(({ kind }) => kind !== 'fixed' && kind !== 'shown');
  const headings = headingsOf(sheet.key, context);
  const rows: OpenRow[] = [];
  for (const row of sheet.bodyRows()) {
    const filled = columns.filter((column) => usable(sheet.cell(row, column.key)) !== null);
    if (filled.length === 0 || filled.every((column) => isHeading(sheet.cell(row, column.key)?.text ?? '', headings)))
      continue;
    if (sheet.key === 'localities' && !isStated(file, sheet, row, columns, status, book, context)) continue;
    rows.push(readOpenRow(sheet, row, columns, book, context));
  }
  return rows;
}

/** Sheet 4 is given out filled in: of databases that did not change only what differs is looked at. */
function isStated(
  file: FormFile,
  sheet: FormSheet,
  row: number,
  columns: readonly FormColumn[],
  status: readonly StatusRow[],
  book: CellBook,
  context: FormContext,
): boolean {
  const first = columns.find(({ list }) => list === 'database');
  const found = first === undefined ? null : readTyped(first, sheet.cell(row, first.key), context);
  const database = found?.ok === true && found.value.value.kind === 'state' ? found.value.value.id : null;
  const change = status.find((one) => one.database === database)?.change ?? null;
  if (database === null || change === 'changed') return true;
  const differs = columns.some((column) => isAsGiven(file, sheet, row, column.key) === false);
  if (differs && change === 'unchanged') book.refuse(sheet, row, 'done', database, 'changed_but_unchanged');
  return differs && change === null;
}

function readOpenRow(
  sheet: FormSheet,
  row: number,
  columns: readonly FormColumn[],
  book: CellBook,
  context: FormContext,
): OpenRow {
  const first = columns.find(({ list }) => list === 'database');
  const found = first === undefined ? null : book.take(sheet, row, first, null, context);
  const database = found?.value.kind === 'state' ? found.value.id : null;
  if (database === null && !book.isRefused(sheet, row, 'database'))
    book.refuse(sheet, row, 'database', null, 'no_database');
  const values: Partial<Record<string, FormValue>> = {};
  if (database !== null) {
    values.database = { kind: 'state', id: database };
    book.accept(sheet, row, 'database', database, { kind: 'state', id: database });
  }
  const ratio = sheet.key === 'localities' ? ratioIn(sheet, row) : null;
  for (const column of columns) {
    if (column === first) continue;
    if (ratio !== null && (column.key === 'done' || column.key === 'total')) {
      const value: FormValue = { kind: 'number', number: column.key === 'done' ? ratio.part : ratio.whole };
      values[column.key] = value;
      if (column.key === 'done') book.accept(sheet, row, column.key, database, value);
      continue;
    }
    const typed = book.take(sheet, row, column, database, context);
    if (typed !== null) values[column.key] = typed.value;
  }
  return { row, database, values };
}

/** "13/19" typed into the cell of the part, with that of the whole left empty. */
function ratioIn(sheet: FormSheet, row: number): { part: number; whole: number } | null {
  const done = sheet.cell(row, 'done');
  return done?.kind === 'text' && usable(sheet.cell(row, 'total')) === null && usable(done)?.ok === true
    ? parseRatio(done.text)
    : null;
}

function headingsOf(sheet: SheetKey, context: FormContext): ReadonlySet<string> {
  return new Set(Object.values(context.labels.group('form', 'columns', sheet)).map(plainWord));
}

/** The heading of a column, or its number in the line of numbers below the headings. */
function isHeading(text: string, headings: ReadonlySet<string>): boolean {
  return headings.has(plainWord(text)) || /^\(?\d{1,2}\)?$/.test(text);
}
