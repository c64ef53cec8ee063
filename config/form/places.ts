/**
 * Where things stand in a sheet of the form. Column A is hidden and holds the key of each row (id of a database or of a
 * criterion); the key row is hidden and holds the key of each column. The reader goes by these keys, so that a sheet that
 * was sorted, renamed or got another row above is read all the same; the numbers below are those of a fresh form.
 */
import type { SheetKey } from './columns.ts';

/** Form, its edition, and the mark in cell A1 of every sheet: `csdl-form/1/status`. A change of columns raises VERSION. */
export const FORM_ID = 'csdl-form';
export const FORM_VERSION = 1;
export const SHEET_KEYS: readonly SheetKey[] = ['status', 'criteria', 'evidence', 'localities', 'difficulties'];

export function sheetMark(sheet: SheetKey | 'marker'): string {
  return `${FORM_ID}/${FORM_VERSION}/${sheet}`;
}

/** The sheet a mark names, with the edition of the form; null where the cell is no mark. */
export function readMark(cell: string): { version: number; sheet: SheetKey | 'marker' } | null {
  const found = /^csdl-form\/(\d{1,4})\/([a-z]+)$/.exec(cell.trim());
  const sheet = [...SHEET_KEYS, 'marker' as const].find((key) => key === found?.[2]);
  return found === null || sheet === undefined ? null : { version: Number(found[1]), sheet };
}

/** Names of the two hidden sheets; they are looked up by mark, not by name. */
export const MARKER_SHEET = '_bieu';
export const LISTS_SHEET = '_danh_muc';

/**
 * The marker sheet: A1 the mark; from row 2 on, column A a key and B its value (MARKER_KEYS); then, from a row whose A is
 * `databases`, one row a database: A = id, B = running number, C = the word in the drop-downs, D = name.
 */
export const MARKER_KEYS = ['form', 'version', 'agency_id', 'agency', 'period', 'as_of', 'publication'] as const;
export type MarkerKey = (typeof MARKER_KEYS)[number];
export const MARKER_DATABASES = 'databases';
/**
 * Then, from a row whose A is `prefilled`, one row for every cell to type in that was given out filled in: A = key of the
 * sheet, B = key of the row (of sheets 3 to 5 its running number), C = key of the column, D = the value as in the cell.
 * By it the reader tells what was changed from what was only left as it was. Without it nothing can be told.
 */
export const MARKER_PREFILLED = 'prefilled';

/** Row 1 of every sheet, hidden: A1 the mark, from B on the key of each column. */
export const KEY_ROW = 1;
/** Column A (1), hidden: key of the row. Columns of the form begin at B. */
export const KEY_COLUMN = 1;
export const FIRST_COLUMN = 2;

/** Fields above the table of sheet 1: label in column D, value in HEADER_VALUE_COLUMN of the row; key in column A. */
export const HEADER_FIELDS = [
  { key: 'agency', kind: 'fixed' },
  { key: 'period', kind: 'fixed' },
  { key: 'prepared_by', kind: 'text' },
  { key: 'dispatch', kind: 'text' },
] as const;
export type HeaderKey = (typeof HEADER_FIELDS)[number]['key'];
/** Key of the row (column A) in which a header field stands. */
export function headerRowKey(key: HeaderKey): string {
  return `field:${key}`;
}
/** Column of the value of a header field. */
export const HEADER_LABEL_COLUMN = 4;
export const HEADER_VALUE_COLUMN = 6;
export const HEADER_FIRST_ROW = 4;

/** First row of the table body, and the rows of headings above it. */
export const BODY_ROW: Readonly<Record<SheetKey, number>> = {
  status: 11,
  criteria: 7,
  evidence: 7,
  localities: 7,
  difficulties: 7,
};

/** Empty rows for typing in the open sheets. */
export function openRows(sheet: SheetKey, databases: number): number {
  if (sheet === 'evidence') return Math.max(30, 3 * databases);
  return Math.max(15, Math.ceil(1.5 * databases));
}

/** 1 → "A", 28 → "AB". */
export function columnLetters(column: number): string {
  let rest = column;
  let letters = '';
  while (rest > 0) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
    rest = Math.floor((rest - 1) / 26);
  }
  return letters;
}

/** 3, 11 → "C11". */
export function address(column: number, row: number): string {
  return `${columnLetters(column)}${row}`;
}
