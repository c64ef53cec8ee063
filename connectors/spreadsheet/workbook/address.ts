/** Addresses of cells: "C12" ↔ row 12, column 3. */
import type { CellRange } from './model.ts';

export const LAST_ROW = 1_048_576;
export const LAST_COLUMN = 16_384;

/** @returns null for what is no address of a sheet */
export function columnNumber(name: string): number | null {
  if (!/^[A-Z]{1,3}$/.test(name)) return null;
  let column = 0;
  for (const letter of name) column = column * 26 + letter.charCodeAt(0) - 64;
  return column <= LAST_COLUMN ? column : null;
}

/** `$` before letters or digits is allowed; @returns null for what is no address of a sheet */
export function parseAddress(text: string): { row: number; column: number } | null {
  const match = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/.exec(text);
  if (match === null) return null;
  const column = columnNumber(match[1] ?? '');
  const row = Number(match[2]);
  return column === null || row > LAST_ROW ? null : { row, column };
}

/** "B2:D5" or "B2"; @returns null for what is no range of a sheet */
export function parseRange(text: string): CellRange | null {
  const [first = '', second = first, ...more] = text.split(':');
  const [from, to] = [parseAddress(first), parseAddress(second)];
  if (from === null || to === null || more.length > 0) return null;
  return {
    top: Math.min(from.row, to.row),
    left: Math.min(from.column, to.column),
    bottom: Math.max(from.row, to.row),
    right: Math.max(from.column, to.column),
  };
}
