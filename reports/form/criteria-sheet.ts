/** Sheet 2: one row a criterion, one column a database. */

import { wordOf } from '../../config/form/lists.ts';
import { BODY_ROW, columnLetters, FIRST_COLUMN } from '../../config/form/places.ts';
import { range, Sheet } from '../xlsx/sheet.ts';
import { heightFor, numberColumns, placeKeys, validationOf } from './cells.ts';
import type { TemplateInput } from './input.ts';
import * as looks from './looks.ts';
import { printPlan } from './print-plan.ts';
import { sheetHead } from './sheet-head.ts';
import { footer } from './status-sheet.ts';

const BODY = BODY_ROW.criteria;

export function criteriaSheet(input: TemplateInput): Sheet {
  const { form, labels, config } = input;
  const columns = form.columns.criteria;
  const fixed = columns.filter((column) => column.database === undefined);
  const cells = columns.filter((column) => column.database !== undefined);
  const sheet = new Sheet(form.sheetNames.criteria);
  placeKeys(sheet, 'criteria', columns);
  const plan = printPlan(
    [...(fixed[2] === undefined ? [] : [fixed[2]]), ...cells],
    (fixed[0]?.width ?? 0) + (fixed[1]?.width ?? 0),
  );
  const across = plan.breakAfter[0] ?? columns.at(-1)?.at ?? FIRST_COLUMN;
  const official = config.criteria.status === 'official' ? '' : ` ${labels.text('product', 'criteria_note')}`;
  sheet.set(FIRST_COLUMN, 2, labels.text('form', 'number'), looks.formNumber);
  sheetHead(sheet, input, 'criteria', [FIRST_COLUMN + 2, across], official);
  heads(sheet, input);
  numberColumns(sheet, BODY - 1, columns);
  const last = BODY + form.criteria.length - 1;
  for (const [i, criterion] of config.criteria.criteria.entries()) {
    const row = BODY + i;
    sheet.set(1, row, criterion.id, looks.hiddenKey);
    sheet.set(FIRST_COLUMN, row, i + 1, looks.fixedNumber);
    sheet.set(FIRST_COLUMN + 1, row, criterion.title, looks.fixedBold);
    sheet.set(FIRST_COLUMN + 2, row, criterion.accepted_evidence, looks.fixedSmall);
    sheet.row(row).least = heightFor(
      [
        [criterion.title, 31],
        [criterion.accepted_evidence, 62],
      ],
      30,
    );
    for (const column of cells) {
      const state = input.prefill?.criteria.get(column.database ?? '')?.get(criterion.id);
      // Granted, not typed: the cell is printed and locked.
      if (state === 'not_applicable')
        sheet.set(column.at, row, labels.text('criterion_states', state), looks.fixedText);
      else
        sheet.set(
          column.at,
          row,
          state === undefined ? null : wordOf(form.lists.criterion, state),
          looks.bodyLook('list'),
        );
    }
  }
  sheet.merge(
    range(FIRST_COLUMN, last + 1, FIRST_COLUMN + 2, last + 1),
    labels.text('form', 'columns', 'criteria', 'counted'),
    looks.fixedBold,
  );
  const met = labels.text('criterion_states', 'met').replaceAll('"', '""');
  for (const column of cells) {
    const letters = columnLetters(column.at);
    const formula = `COUNTIF(${letters}${BODY}:${letters}${last},"${met}")`;
    sheet.set(column.at, last + 1, { formula, shows: 0 }, looks.shownNumber);
  }
  const check =
    cells[0] === undefined
      ? null
      : validationOf(input, cells[0], range(cells[0].at, BODY, cells.at(-1)?.at ?? cells[0].at, last));
  if (check !== null) sheet.validations.push(check);
  sheet.zoom = 90;
  sheet.freeze = { column: FIRST_COLUMN + 2, row: BODY };
  sheet.active = { column: cells[0]?.at ?? FIRST_COLUMN, row: BODY };
  sheet.print = {
    landscape: true,
    ...plan,
    titleRows: [BODY - 2, BODY - 1],
    titleColumns: [FIRST_COLUMN, FIRST_COLUMN + 1],
    area: range(FIRST_COLUMN, 2, columns.at(-1)?.at ?? FIRST_COLUMN, last + 1),
    ...footer(input),
  };
  return sheet;
}

function heads(sheet: Sheet, { form, labels }: TemplateInput): void {
  const names: [string, number][] = [];
  for (const column of form.columns.criteria) {
    const database = form.databases.find((one) => one.id === column.database);
    const text = database === undefined ? labels.text('form', 'columns', 'criteria', column.key) : database.word;
    if (database !== undefined) names.push([text.slice(0, 400), column.width * 0.9]);
    sheet.set(column.at, BODY - 2, text, looks.heading);
  }
  sheet.row(BODY - 2).height = heightFor(names, 48);
}
