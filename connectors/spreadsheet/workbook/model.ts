/**
 * What a workbook is once it has been read: sheets of cells with their values as they were saved. Nothing in it can be
 * run: of a formula only its last value is kept and whether it reached outside the workbook, never its text.
 */

/** `empty`: a formula that was never worked out. A `date` without a day of the calendar is a number. */
export type CellKind = 'text' | 'number' | 'date' | 'boolean' | 'error' | 'empty';

export interface SheetCell {
  /** Counted from 1, as in the address. */
  row: number;
  column: number;
  kind: CellKind;
  /** NFC, without control and direction characters; of a number its digits, of a date YYYY-MM-DD, of an error its name. */
  text: string;
  /** Of numbers, dates (the serial as saved) and booleans (0, 1). */
  number?: number;
  /** Number format, where it is not the general one: tells a share of one hundred from a count. */
  format?: string;
  /** `outside`: it names another workbook, a program, a link or an address. */
  formula?: 'inside' | 'outside';
  /** It held more characters than a cell can; `text` is their beginning. */
  cut?: true;
}

/** Both ends belong to it. */
export interface CellRange {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export interface Sheet {
  name: string;
  hidden: boolean;
  /** Cells that hold something: row → column → cell, in ascending order. */
  rows: ReadonlyMap<number, ReadonlyMap<number, SheetCell>>;
  merged: readonly CellRange[];
  hiddenRows: ReadonlySet<number>;
  hiddenColumns: ReadonlySet<number>;
}

/** Something about the file that changes nothing of its cells and that a person should know. */
export interface WorkbookNote {
  code: string;
  message: string;
}

export interface Workbook {
  sheets: readonly Sheet[];
  /** Custom properties of the file that are texts or numbers, by name. */
  properties: ReadonlyMap<string, string>;
  /** Days are counted from 1904 (workbooks of old Macs). */
  from1904: boolean;
  notes: readonly WorkbookNote[];
}

/** The cell at a place, or null where nothing stands. */
export function cellOf(sheet: Sheet, row: number, column: number): SheetCell | null {
  return sheet.rows.get(row)?.get(column) ?? null;
}
