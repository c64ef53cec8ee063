/**
 * Sheet 1: one row a database. A row that says that nothing changed gives its word only; of one that changed every cell
 * is read, and then compared with its neighbours (a number needs a unit, a day of waiting needs what is waited for).
 */
import { STATUS_COLUMNS } from '../../../config/form/columns.ts';
import type { FormValue, StatusRow } from '../../../config/form/reading.ts';
import { usable } from '../cells/parsed.ts';
import { parseUnit } from '../cells/unit-cell.ts';
import { plainWord } from '../cells/word-cell.ts';
import type { CellBook } from './cell-book.ts';
import { type FormFile, type FormSheet, isAsGiven } from './form-file.ts';
import { databaseRefusal, type FormContext, readTyped, type Typed } from './typed-cell.ts';

const TYPED = STATUS_COLUMNS.filter(({ kind }) => kind !== 'fixed' && kind !== 'shown');
const CONTENT = TYPED.filter(({ key }) => key !== 'change');
const CHANGE = TYPED.find(({ key }) => key === 'change');

export function readStatusSheet(file: FormFile, sheet: FormSheet, book: CellBook, context: FormContext): StatusRow[] {
  const rows: StatusRow[] = [];
  const seen = new Map<string, number>();
  const listed = sheet.bodyRows();
  const last = Math.max(0, ...listed.filter((row) => sheet.rowKey(row) !== ''));
  for (const row of listed) {
    // Below the table stand notes and the place to sign.
    if (row > last && sheet.cell(row, 'name') === null) continue;
    const database = databaseOf(file, sheet, row, book, context);
    if (database === null) continue;
    const before = seen.get(database);
    if (before !== undefined) {
      if (isTypedIn(sheet, row)) book.refuse(sheet, row, 'name', database, 'duplicate_database', { row: before });
      continue;
    }
    seen.set(database, row);
    rows.push(readRow(file, sheet, row, database, book, context));
  }
  return rows;
}

/** The database of a row by its key, where name and key still belong together; a row of values without one is refused. */
function databaseOf(
  file: FormFile,
  sheet: FormSheet,
  row: number,
  book: CellBook,
  context: FormContext,
): string | null {
  const key = sheet.rowKey(row);
  if (key.startsWith('field:')) return null;
  const printed = sheet.cell(row, 'name')?.text ?? '';
  if (key === '' || !context.form.databases.some(({ id }) => id === key)) {
    if (filledCells(sheet, row) < (key === '' ? 2 : 1)) return null;
    if (key === '' && printed === '') book.refuse(sheet, row, 'name', null, 'no_database');
    else {
      const known = context.config.databases.some(({ database_id: id }) => id === key);
      const id = known ? key : key !== '' || printed.length > 400 ? null : context.names.databases.resolve(printed).id;
      const refusal = databaseRefusal(id, printed.slice(0, 100) || key.slice(0, 100), printed, context);
      if (!refusal.ok) book.refuse(sheet, row, 'name', null, refusal.code, refusal.params);
    }
    return null;
  }
  // Rows sorted without their hidden key would give a database the values of another.
  const names = [file.names.get(key), context.form.databases.find(({ id }) => id === key)?.name];
  if (names.some((name) => name !== undefined && plainWord(name) === plainWord(printed))) return key;
  if (isTypedIn(sheet, row)) book.refuse(sheet, row, 'name', key, 'changed_marker');
  return null;
}

function filledCells(sheet: FormSheet, row: number): number {
  return TYPED.filter((column) => usable(sheet.cell(row, column.key)) !== null).length;
}

function isTypedIn(sheet: FormSheet, row: number): boolean {
  return filledCells(sheet, row) > 0;
}

function readRow(
  file: FormFile,
  sheet: FormSheet,
  row: number,
  database: string,
  book: CellBook,
  context: FormContext,
): StatusRow {
  const change = changeOf(file, sheet, row, database, book, context);
  const values: Partial<Record<string, FormValue>> = {};
  if (change !== 'changed') {
    for (const column of CONTENT) {
      // What is refused is in no row, here as elsewhere.
      if (change === 'unchanged' && isAsGiven(file, sheet, row, column.key) === false) {
        book.refuse(sheet, row, column.key, database, 'changed_but_unchanged');
        continue;
      }
      const found = readTyped(column, sheet.cell(row, column.key), context);
      if (found?.ok === true) values[column.key] = found.value.value;
    }
    return { database, sheetName: sheet.name, row, change, values };
  }
  const typed = new Map<string, Typed>();
  for (const column of CONTENT) {
    const found = book.take(sheet, row, column, database, context);
    if (found !== null) typed.set(column.key, found);
  }
  withWordsAroundNumber(sheet, row, database, typed, book, context);
  compare(sheet, row, database, typed, book);
  for (const [key, { value }] of typed) values[key] = value;
  return { database, sheetName: sheet.name, row, change, values };
}

/** Where the column is left blank, a row that differs from what was given out has changed. */
function changeOf(
  file: FormFile,
  sheet: FormSheet,
  row: number,
  database: string,
  book: CellBook,
  context: FormContext,
): StatusRow['change'] {
  if (CHANGE === undefined) return null;
  const found = book.take(sheet, row, CHANGE, database, context);
  if (found?.value.kind === 'state') return found.value.id === 'unchanged' ? 'unchanged' : 'changed';
  if (book.isRefused(sheet, row, 'change') || !isTypedIn(sheet, row)) return null;
  const asGiven = CONTENT.map((column) => isAsGiven(file, sheet, row, column.key));
  if (asGiven.includes(false)) return 'changed';
  if (!asGiven.includes(null)) return null;
  book.refuse(sheet, row, 'change', database, 'change_missing');
  return null;
}

/**
 * "Khoảng 4,8 triệu hồ sơ" in the cell of the number: hedge and unit fill the cells beside it that were left empty; a unit
 * that is none of records, or another than the one chosen, takes the number with it.
 */
function withWordsAroundNumber(
  sheet: FormSheet,
  row: number,
  database: string,
  typed: Map<string, Typed>,
  book: CellBook,
  context: FormContext,
): void {
  const number = typed.get('records')?.number;
  if (number === undefined) return;
  const hedge = number.hedge === 'tren' ? 'hon' : number.hedge;
  if (hedge !== undefined && usable(sheet.cell(row, 'precision')) === null)
    typed.set('precision', { value: { kind: 'state', id: hedge } });
  if (number.rest === '') return;
  const unit = parseUnit(number.rest, context.units);
  const chosen = typed.get('unit')?.value;
  const other = chosen?.kind === 'state' ? chosen.id : chosen?.kind === 'text' ? chosen.text : null;
  if (unit.ok && other === null && usable(sheet.cell(row, 'unit')) === null)
    typed.set('unit', { value: { kind: 'text', text: unit.value } });
  else if (!unit.ok || unit.value !== other) {
    typed.delete('records');
    if (unit.ok) book.refuse(sheet, row, 'records', database, 'not_a_number');
    else book.refuse(sheet, row, 'records', database, unit.code, unit.params);
  }
}

/** What cannot stand alone. Refused values leave the row; the cell they stand in is marked. */
function compare(sheet: FormSheet, row: number, database: string, typed: Map<string, Typed>, book: CellBook): void {
  const refuse = (key: string, code: Parameters<CellBook['refuse']>[4]): void => {
    typed.delete(key);
    book.refuse(sheet, row, key, database, code);
  };
  const answered = (key: string): boolean => typed.has(key) || book.isRefused(sheet, row, key);
  if (!typed.has('unit')) for (const key of ['records', 'expected']) if (typed.has(key)) refuse(key, 'unit_missing');
  if (typed.has('unit') && !answered('records') && !answered('expected')) refuse('unit', 'number_missing');
  for (const key of ['precision', 'stage']) if (typed.has(key) && !answered('records')) refuse(key, 'number_missing');
  if (typed.has('extent') && !answered('software')) refuse('extent', 'state_missing');
  for (const key of ['waiting_for', 'waiting_since'])
    if (typed.has(key) && !answered('blocked_by')) refuse(key, 'state_missing');
}
