/**
 * Sheet 2: the state of every criterion of every database that changed, and what it says against the number given on
 * sheet 1. Where both are given and differ the single states stand, as they can be checked, and the number is refused.
 */
import { CRITERIA_CELL } from '../../../config/form/columns.ts';
import type { StatusRow } from '../../../config/form/reading.ts';
import type { CellBook } from './cell-book.ts';
import type { FormSheet } from './form-file.ts';
import { type FormContext, readTyped } from './typed-cell.ts';

export interface CriterionCell {
  state: string;
  row: number;
}

/** database → criterion → its state; of databases that did not change too, though these are no new statements. */
export type CriterionStates = ReadonlyMap<string, ReadonlyMap<string, CriterionCell>>;

export function readCriteriaSheet(
  sheet: FormSheet,
  rows: readonly StatusRow[],
  book: CellBook,
  context: FormContext,
): CriterionStates {
  const states = new Map<string, Map<string, CriterionCell>>();
  const changed = new Set(rows.filter(({ change }) => change === 'changed').map(({ database }) => database));
  const lines = criterionRows(sheet, context);
  for (const { id: database } of context.form.databases) {
    if (sheet.columnOf(database) === null) continue;
    const column = { ...CRITERIA_CELL, key: database };
    const own = new Map<string, CriterionCell>();
    for (const [criterion, row] of lines) {
      if (changed.has(database)) {
        const found = book.take(sheet, row, column, database, context);
        if (found?.value.kind === 'state') own.set(criterion, { state: found.value.id, row });
      } else {
        const found = readTyped(column, sheet.cell(row, database), context);
        if (found?.ok === true && found.value.value.kind === 'state')
          own.set(criterion, { state: found.value.value.id, row });
      }
    }
    states.set(database, own);
  }
  return states;
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
