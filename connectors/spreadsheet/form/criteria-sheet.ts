/**
 * Sheet 2: the state of every criterion of every database, and what it says against the number given on
 * sheet 1. Where both are given and differ the single states stand, as they can be checked, and the number is refused.
 */
import { CRITERIA_CELL } from '../../../config/form/columns.ts';
import type { StatusRow } from '../../../config/form/reading.ts';
import { plainWord } from '../cells/word-cell.ts';
import type { CellBook } from './cell-book.ts';
import { type FormFile, type FormSheet, isAsGiven } from './form-file.ts';
import { type FormContext, readTyped } from './typed-cell.ts';

export interface CriterionCell {
  state: string;
  row: number;
  /** Said anew in this form; otherwise it only stands there. */
  stated: boolean;
}

/** database → criterion → its state; of databases that did not change too, though these are no new statements. */
export type CriterionStates = ReadonlyMap<string, ReadonlyMap<string, CriterionCell>>;

export function readCriteriaSheet(
  file: FormFile,
  sheet: FormSheet,
  rows: readonly StatusRow[],
  book: CellBook,
  context: FormContext,
): CriterionStates {
  const states = new Map<string, Map<string, CriterionCell>>();
  const changes = new Map(rows.map(({ database, change }) => [database, change]));
  const lines = criterionRows(sheet, context);
  for (const { id: database } of context.form.databases) {
    if (sheet.columnOf(database) === null) continue;
    const own = new Map<string, CriterionCell>();
    for (const [criterion, row] of lines) {
      const stated = isStated(file, sheet, row, database, changes.get(database) ?? null);
      if (stated === 'contradicts') book.refuse(sheet, row, database, database, 'changed_but_unchanged');
      const state =
        granted(sheet, row, database, context) ?? stateOf(sheet, row, database, stated === true, book, context);
      if (state !== null) own.set(criterion, { state, row, stated: stated === true && state !== GRANTED });
    }
    states.set(database, own);
  }
  return states;
}

/** Everything of a database that changed; where nothing is said of change, what differs from the form as given out. */
function isStated(
  file: FormFile,
  sheet: FormSheet,
  row: number,
  database: string,
  change: StatusRow['change'],
): boolean | 'contradicts' {
  if (change === 'changed') return true;
  if (isAsGiven(file, sheet, row, database) !== false) return false;
  return change === 'unchanged' ? 'contradicts' : true;
}

/** Printed where the Bộ Công an agreed; typed by anybody else it says nothing. */
const GRANTED = 'not_applicable';

function granted(sheet: FormSheet, row: number, database: string, context: FormContext): string | null {
  const text = sheet.cell(row, database)?.text ?? '';
  return text !== '' && plainWord(text) === plainWord(context.labels.text('criterion_states', GRANTED))
    ? GRANTED
    : null;
}

function stateOf(
  sheet: FormSheet,
  row: number,
  database: string,
  stated: boolean,
  book: CellBook,
  context: FormContext,
): string | null {
  const column = { ...CRITERIA_CELL, key: database };
  if (stated) {
    const found = book.take(sheet, row, column, database, context);
    return found?.value.kind === 'state' ? found.value.id : null;
  }
  const found = readTyped(column, sheet.cell(row, database), context);
  return found?.ok === true && found.value.value.kind === 'state' ? found.value.value.id : null;
}

function criterionRows(sheet: FormSheet, context: FormContext): Map<string, number> {
  const lines = new Map<string, number>();
  for (const row of sheet.bodyRows()) {
    const key = sheet.rowKey(row);
    if (context.form.criteria.includes(key) && !lines.has(key)) lines.set(key, row);
  }
  return lines;
}

/** Whether a number of criteria can be, given the single states: no fewer than are met, no more than may be. */
export function compareCounts(
  status: FormSheet,
  row: StatusRow,
  states: CriterionStates,
  book: CellBook,
  context: FormContext,
): StatusRow {
  const total = row.values.criteria_met;
  const own = states.get(row.database);
  if (row.change !== 'changed' || total?.kind !== 'number' || own === undefined || own.size === 0) return row;
  const met = [...own.values()].filter(({ state }) => state === 'met').length;
  const open = context.form.criteria.length - own.size;
  if (total.number >= met && total.number <= met + open) return row;
  book.refuse(status, row.row, 'criteria_met', row.database, 'count_differs', { counted: met });
  const { criteria_met: _refused, ...values } = row.values;
  return { ...row, values };
}
