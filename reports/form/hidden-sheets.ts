/** The two hidden sheets: what the form is and for whom (marker), and the words of the drop-downs with their ids. */

import type { SheetKey } from '../../config/form/columns.ts';
import type { ListEntry } from '../../config/form/lists.ts';
import {
  FIRST_COLUMN,
  FORM_ID,
  FORM_VERSION,
  KEY_COLUMN,
  KEY_ROW,
  LISTS_SHEET,
  MARKER_DATABASES,
  MARKER_KEYS,
  MARKER_PREFILLED,
  MARKER_SHEET,
  type MarkerKey,
  SHEET_KEYS,
  sheetMark,
} from '../../config/form/places.ts';
import { type Range, range, Sheet } from '../xlsx/sheet.ts';
import type { TemplateInput } from './input.ts';
import { hiddenKey } from './looks.ts';

/** @param typed the sheets to fill in: what stands in their typed cells is kept, so that a change can be told later */
export function markerSheet(
  { form, asOf, publication }: TemplateInput,
  typed: Readonly<Record<SheetKey, Sheet>>,
): Sheet {
  const sheet = new Sheet(MARKER_SHEET);
  sheet.state = 'veryHidden';
  const values: Record<MarkerKey, string | number> = {
    form: FORM_ID,
    version: FORM_VERSION,
    agency_id: form.agency.agency_id,
    agency: form.agency.name,
    period: form.period,
    as_of: asOf ?? '',
    publication: publication ?? '',
  };
  sheet.set(1, 1, sheetMark('marker'), hiddenKey);
  for (const [i, key] of MARKER_KEYS.entries()) {
    sheet.set(1, 2 + i, key, hiddenKey);
    sheet.set(2, 2 + i, values[key], hiddenKey);
  }
  const start = 2 + MARKER_KEYS.length;
  sheet.set(1, start, MARKER_DATABASES, hiddenKey);
  for (const [i, { id, no, word, name }] of form.databases.entries())
    for (const [j, value] of [id, no, word, name].entries()) sheet.set(1 + j, start + 1 + i, value, hiddenKey);
  let row = start + 1 + form.databases.length;
  sheet.set(1, row, MARKER_PREFILLED, hiddenKey);
  for (const key of SHEET_KEYS)
    for (const cell of filledIn(typed[key])) {
      row += 1;
      for (const [j, value] of [key, cell.row, cell.column, cell.value].entries())
        sheet.set(1 + j, row, value, hiddenKey);
    }
  return sheet;
}

/** Typed cells that are given out with a value, by the keys of their row and column. */
function filledIn(sheet: Sheet): { row: string; column: string; value: string | number }[] {
  const keys = sheet.row(KEY_ROW).cells;
  const found: { row: string; column: string; value: string | number }[] = [];
  for (const [number, { cells }] of sheet.rows) {
    if (number === KEY_ROW) continue;
    const row = String(cells.get(KEY_COLUMN)?.value ?? cells.get(FIRST_COLUMN)?.value ?? '');
    for (const [at, { value, look }] of cells)
      if (look.unlocked === true && (typeof value === 'string' || typeof value === 'number'))
        found.push({ row, column: String(keys.get(at)?.value ?? ''), value });
  }
  return found;
}

/** Words in one column, ids in the next; row 1 names the list. The ranges of the words get names. */
export function listsSheet(lists: Readonly<Record<string, readonly ListEntry[]>>): {
  sheet: Sheet;
  names: { name: string; range: Range }[];
} {
  const sheet = new Sheet(LISTS_SHEET);
  sheet.state = 'veryHidden';
  const names: { name: string; range: Range }[] = [];
  for (const [i, [key, entries]] of Object.entries(lists).entries()) {
    const column = 1 + 2 * i;
    sheet.set(column, 1, key, hiddenKey);
    for (const [j, { id, word }] of entries.entries()) {
      sheet.set(column, 2 + j, word, hiddenKey);
      sheet.set(column + 1, 2 + j, id, hiddenKey);
    }
    names.push({ name: key, range: range(column, 2, column, 1 + Math.max(1, entries.length)) });
  }
  return { sheet, names };
}
