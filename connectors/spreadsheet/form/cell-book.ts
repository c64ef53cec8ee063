/** The cells of one form with their verdicts. A verdict may be taken back while the row is compared as a whole. */

import type { FormColumn } from '../../../config/form/columns.ts';
import type { FormValue, ReadCell, RefusalCode } from '../../../config/form/reading.ts';
import { type Params, shown } from '../cells/parsed.ts';
import type { FormSheet } from './form-file.ts';
import { type FormContext, readTyped, type Typed } from './typed-cell.ts';

export class CellBook {
  readonly #cells = new Map<string, ReadCell>();

  get cells(): readonly ReadCell[] {
    return [...this.#cells.values()];
  }

  accept(sheet: FormSheet, row: number, column: string, database: string | null, value: FormValue): void {
    this.#set({ ...place(sheet, row, column, database), verdict: 'accepted', value });
  }

  refuse(
    sheet: FormSheet,
    row: number,
    column: string,
    database: string | null,
    code: RefusalCode,
    params: Params = {},
  ): void {
    const raw = shown(sheet.cell(row, column));
    this.#set({ ...place(sheet, row, column, database), verdict: 'refused', code, params: { raw, ...params }, raw });
  }

  /** Reads a cell and keeps its verdict; @returns the value where it was accepted */
  take(sheet: FormSheet, row: number, column: FormColumn, database: string | null, context: FormContext): Typed | null {
    const found = readTyped(column, sheet.cell(row, column.key), context);
    if (found === null) return null;
    if (!found.ok) {
      this.refuse(sheet, row, column.key, database, found.code, found.params);
      return null;
    }
    this.accept(sheet, row, column.key, database, found.value.value);
    return found.value;
  }

  isRefused(sheet: FormSheet, row: number, column: string): boolean {
    return this.#cells.get(`${sheet.key} ${row} ${column}`)?.verdict === 'refused';
  }

  #set(cell: ReadCell): void {
    this.#cells.set(`${cell.sheet} ${cell.row} ${cell.column}`, cell);
  }
}

function place(sheet: FormSheet, row: number, column: string, database: string | null) {
  return { sheet: sheet.key, sheetName: sheet.name, address: sheet.address(row, column), row, column, database };
}
