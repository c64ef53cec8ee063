/** What a parser of cells answers: a value, nothing typed, or a refusal with the code its sentences stand under. */
import type { RefusalCode } from '../../../config/form/reading.ts';
import { viNumber } from '../../../config/format.ts';
import { LONGEST_CELL } from '../workbook/fault.ts';
import type { SheetCell } from '../workbook/model.ts';

export type Params = Readonly<Record<string, string | number>>;

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: RefusalCode; readonly params: Params };

/** null: nothing is typed in the cell, or only a mark for "nothing". */
export type ParsedCell<T> = Parsed<T> | null;

export function accepted<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function refused(code: RefusalCode, params: Params = {}): Parsed<never> {
  return { ok: false, code, params };
}

/** Characters of a cell that are shown again in a refusal. */
const SHOWN = 100;

/** What stands in a cell, fit to be shown again: its value, never its formula. */
export function shown(cell: SheetCell | null): string {
  const text = (cell?.text ?? '').replace(/\s+/g, ' ').trim();
  return text.length <= SHOWN ? text : `${[...text.slice(0, SHOWN)].slice(0, -1).join('')}…`;
}

/** Marks by which people say that there is nothing to say. */
const NOTHING = /^(?:[-\u2010-\u2015\u2212_.\u2026*/\s])+$/;

/**
 * What makes a cell unreadable whatever is asked of it. Of a formula the last value counts; one that was never worked
 * out, or that asks something outside the workbook, has none that can be believed.
 * @returns null when nothing is typed
 */
export function usable(cell: SheetCell | null): ParsedCell<SheetCell> {
  if (cell === null) return null;
  if (cell.formula === 'outside' || cell.kind === 'empty') return refused('formula', { raw: '' });
  if (cell.kind === 'error') return refused('error_value', { raw: shown(cell) });
  if (cell.cut === true) return refused('too_long', { n: `> ${viNumber(LONGEST_CELL)}`, max: viNumber(LONGEST_CELL) });
  if (cell.text === '' || (cell.kind === 'text' && NOTHING.test(cell.text))) return null;
  return accepted(cell);
}
