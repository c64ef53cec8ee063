/**
 * A workbook as a form that came back: its marker and its sheets, found by their marks and keys, wherever they stand.
 * Nothing here reads what was typed.
 */

import { EXIT, Fault } from '../../../config/fault.ts';
import type { SheetKey } from '../../../config/form/columns.ts';
import {
  BODY_ROW,
  columnLetters,
  FORM_VERSION,
  KEY_COLUMN,
  KEY_ROW,
  MARKER_DATABASES,
  MARKER_KEYS,
  MARKER_PREFILLED,
  type MarkerKey,
  readMark,
} from '../../../config/form/places.ts';
import { isDay } from '../../../config/schema/parts.ts';
import { cellOf, type Sheet, type SheetCell, type Workbook } from '../workbook/model.ts';

/** Rows in which a mark is looked for: rows may have been put above it. */
const MARK_ROWS = 30;
/** Rows of one sheet of a form; that of an agency with a hundred databases has some three hundred. */
const MOST_ROWS = 3_000;

export interface FormFile {
  version: number;
  marker: Readonly<Partial<Record<MarkerKey, string>>>;
  /** Names of the databases as the form was given out, by id. */
  names: ReadonlyMap<string, string>;
  /** Cells that were given out filled in, by `prefilledKey`; null where the form does not say which those were. */
  prefilled: ReadonlyMap<string, SheetCell> | null;
  sheets: ReadonlyMap<SheetKey, FormSheet>;
  /** Sheets that bear the mark of another one: copies, not read. */
  copies: readonly string[];
}

/** One sheet of a form by the keys of its rows and columns. */
export class FormSheet {
  readonly key: SheetKey;
  readonly sheet: Sheet;
  readonly #keyRow: number;
  readonly #columns = new Map<string, number>();

  constructor(key: SheetKey, sheet: Sheet, keyRow: number) {
    this.key = key;
    this.sheet = sheet;
    this.#keyRow = keyRow;
    for (const [column, cell] of sheet.rows.get(keyRow) ?? [])
      if (column !== KEY_COLUMN && !this.#columns.has(cell.text)) this.#columns.set(cell.text, column);
  }

  get name(): string {
    return this.sheet.name;
  }

  /** Keys of the columns that are there. */
  get columns(): readonly string[] {
    return [...this.#columns.keys()];
  }

  columnOf(key: string): number | null {
    return this.#columns.get(key) ?? null;
  }

  cell(row: number, key: string): SheetCell | null {
    const column = this.#columns.get(key);
    return column === undefined ? null : cellOf(this.sheet, row, column);
  }

  rowKey(row: number): string {
    return cellOf(this.sheet, row, KEY_COLUMN)?.text ?? '';
  }

  /** What tells the row from others: its key, or its running number where rows have no key. */
  rowName(row: number): string {
    return this.rowKey(row) || (this.cell(row, 'no')?.text ?? '');
  }

  /** "F12"; of a column that is not there, column A. */
  address(row: number, key: string): string {
    return `${columnLetters(this.#columns.get(key) ?? KEY_COLUMN)}${row}`;
  }

  /** Rows with something in them, below the headings. @throws Fault form/too-many-rows */
  bodyRows(): number[] {
    const first = this.#keyRow + BODY_ROW[this.key] - KEY_ROW;
    const rows = [...this.sheet.rows.keys()].filter((row) => row >= first);
    if (rows.length <= MOST_ROWS) return rows;
    throw formFault(
      'too-many-rows',
      `sheet ${this.name} of the form has ${rows.length} rows, more than ${MOST_ROWS}`,
      'delete the rows that are no part of the form',
    );
  }

  /** All rows but the key row. */
  allRows(): number[] {
    return [...this.sheet.rows.keys()].filter((row) => row !== this.#keyRow);
  }
}

export function formFault(why: string, message: string, hint: string): Fault {
  return new Fault(`form/${why}`, message, { hint, exit: EXIT.source });
}

/** @returns null where no sheet bears a mark: the workbook is no form */
export function findForm(workbook: Workbook): FormFile | null {
  const sheets = new Map<SheetKey, FormSheet>();
  const copies: string[] = [];
  let marker: Sheet | null = null;
  let markerRow = 0;
  let version = 0;
  for (const sheet of workbook.sheets) {
    const found = markOf(sheet);
    if (found === null) continue;
    version = Math.max(version, found.version);
    if (found.sheet === 'marker') {
      if (marker === null) [marker, markerRow] = [sheet, found.row];
      else copies.push(sheet.name);
    } else if (sheets.has(found.sheet)) copies.push(sheet.name);
    else sheets.set(found.sheet, new FormSheet(found.sheet, sheet, found.row));
  }
  if (version === 0) return null;
  const read = marker === null ? { marker: {}, names: new Map(), prefilled: null } : readMarker(marker, markerRow);
  return { version, ...read, sheets, copies };
}

function markOf(sheet: Sheet): { version: number; sheet: SheetKey | 'marker'; row: number } | null {
  for (const [row, cells] of sheet.rows) {
    if (row > MARK_ROWS) return null;
    const mark = readMark(cells.get(KEY_COLUMN)?.text ?? '');
    if (mark !== null) return { ...mark, row };
  }
  return null;
}

function readMarker(sheet: Sheet, markRow: number): Pick<FormFile, 'marker' | 'names' | 'prefilled'> {
  const marker: Partial<Record<MarkerKey, string>> = {};
  const names = new Map<string, string>();
  const prefilled = new Map<string, SheetCell>();
  let part: 'fields' | 'databases' | 'prefilled' = 'fields';
  for (const [row, cells] of sheet.rows) {
    if (row <= markRow) continue;
    const [key = '', second = '', third = ''] = [1, 2, 3].map((column) => cells.get(column)?.text ?? '');
    if (key === MARKER_DATABASES || key === MARKER_PREFILLED) part = key;
    else if (part === 'databases') names.set(key, cells.get(4)?.text ?? '');
    else if (part === 'prefilled') {
      const value = cells.get(4);
      if (value !== undefined) prefilled.set(prefilledKey(key, second, third), value);
    } else {
      const known = MARKER_KEYS.find((one) => one === key);
      if (known !== undefined) marker[known] ??= second;
    }
  }
  const known = part === 'prefilled' || (marker.publication ?? '') === '';
  return { marker, names, prefilled: known ? prefilled : null };
}

function prefilledKey(sheet: string, row: string, column: string): string {
  return `${sheet}/${row}/${column}`;
}

/** Whether a cell is as it was given out; null where the form does not say how that was. */
export function isAsGiven(file: FormFile, sheet: FormSheet, row: number, column: string): boolean | null {
  if (file.prefilled === null) return null;
  const given = file.prefilled.get(prefilledKey(sheet.key, sheet.rowName(row), column));
  const cell = sheet.cell(row, column);
  if (given === undefined || cell === null) return given === undefined && cell === null;
  return given.text === cell.text || (given.number !== undefined && given.number === cell.number);
}

/** What must be right before a cell is looked at. @throws Fault `form/<why>` */
export function checkedMarker(form: FormFile): { agencyId: string; period: string } {
  if (form.version !== FORM_VERSION)
    throw formFault(
      'other-edition',
      `the form is edition ${form.version}; edition ${FORM_VERSION} is read`,
      'make the form anew (csdl template) and copy the values over',
    );
  const { agency_id: agencyId = '', period = '' } = form.marker;
  if (agencyId === '' || period === '')
    throw formFault('no-marker', 'the hidden sheet that says whose form it is and of which period is gone', AGAIN);
  if (!isDay(period)) throw formFault('wrong-period', `the period ${period.slice(0, 40)} is not a day`, AGAIN);
  if (!form.sheets.has('status')) throw formFault('no-status', 'the first sheet of the form is gone', AGAIN);
  return { agencyId, period };
}

const AGAIN = 'make the form anew (csdl template), copy the values over and leave sheets and hidden cells as they are';
