/** The sheet of the reply that says how much was taken of each sheet, and lists every cell that was not. */
import type { Form } from '../../config/form/form.ts';
import { FORM_ID, FORM_VERSION, SHEET_KEYS } from '../../config/form/places.ts';
import type { FormReading, RefusedCell } from '../../config/form/reading.ts';
import { viCount, viDate, viNumber } from '../../config/format.ts';
import type { Labels } from '../../config/labels.ts';
import { range, Sheet } from '../xlsx/sheet.ts';
import { heightFor } from './cells.ts';
import * as looks from './looks.ts';
import { columnWords, refusalWords } from './refusal-words.ts';

/** Most refused cells that are listed; the others are marked where they stand. */
const LISTED = 500;
const WIDTHS = [5, 24, 9, 34, 24, 46, 46] as const;
const LAST = WIDTHS.length + 1;

export function resultSheet(reading: FormReading, form: Form, labels: Labels): Sheet {
  const t = (...path: string[]): string => labels.text('form', 'result', ...path);
  const f = (key: string, values: Record<string, string | number>): string =>
    labels.format(['form', 'result', key], values);
  const sheet = new Sheet(labels.text('form', 'sheets', 'result'));
  sheet.widths.set(1, 0);
  for (const [i, width] of WIDTHS.entries()) sheet.widths.set(2 + i, width);
  sheet.set(1, 1, `${FORM_ID}/${FORM_VERSION}/result`, looks.hiddenKey);
  sheet.row(1).hidden = true;
  let row = 2;
  const line = (text: string, look: typeof looks.note, height: number): void => {
    sheet.merge(range(2, row, LAST, row), text, look);
    sheet.row(row).height = height;
    row += 1;
  };
  line(labels.text('form', 'titles', 'result'), looks.title, 26);
  const period = labels.format(['form', 'period_value'], { date: viDate(reading.period) });
  line(f('intro', { agency: form.agency.name, period }), looks.subtitle, 20);
  const total = form.databases.length;
  const answered = (change: 'unchanged' | 'changed'): number =>
    reading.rows.filter((one) => one.change === change).length;
  const [same, changed] = [answered('unchanged'), answered('changed')];
  const count = viCount;
  line(
    f('unchanged', {
      n: count(same),
      changed: count(changed),
      silent: count(total - same - changed),
      total: count(total),
    }),
    looks.plain,
    20,
  );
  line(
    f('pasted', { system: labels.text('things', 'tracking_system'), column: labels.text('form', 'proposed') }),
    looks.plain,
    34,
  );
  row += 1;
  row = counts(sheet, row, reading, form, labels);
  const refused = reading.cells.filter((cell) => cell.verdict === 'refused');
  line(t('refused_title'), looks.fieldName, 22);
  if (refused.length === 0) line(t('refused_none'), looks.plain, 20);
  else refusals(sheet, row, refused.slice(0, LISTED), form, labels);
  row += refused.length === 0 ? 0 : Math.min(refused.length, LISTED) + 1;
  if (refused.length > LISTED) line(f('refused_more', { shown: LISTED, n: viNumber(refused.length) }), looks.note, 20);
  sheet.active = { column: 2, row: 2 };
  sheet.print = {
    landscape: true,
    area: range(2, 2, LAST, row),
    footerLeft: labels.format(['form', 'print', 'footer'], {
      number: labels.text('form', 'number'),
      agency: form.agency.name,
    }),
    footerRight: labels.text('form', 'print', 'page'),
  };
  return sheet;
}

/** Accepted and refused cells, sheet by sheet, and their sums. @returns the next free row */
function counts(sheet: Sheet, from: number, reading: FormReading, form: Form, labels: Labels): number {
  const columns = labelList(labels, 'columns');
  const places = [2, 3, 5, 6];
  let row = from;
  const put = (values: readonly (string | number)[], isHead: boolean): void => {
    sheet.merge(range(3, row, 4, row), values[1] ?? '', isHead ? looks.heading : looks.fixedText);
    for (const [i, value] of values.entries())
      if (i !== 1)
        sheet.set(places[i] ?? 2, row, value, isHead ? looks.heading : i === 0 ? looks.fixedNumber : looks.count);
    sheet.row(row).height = isHead ? 24 : 19;
    row += 1;
  };
  put(columns, true);
  for (const [i, key] of SHEET_KEYS.entries())
    put([i + 1, form.sheetNames[key], reading.counts[key].accepted, reading.counts[key].refused], false);
  const sum = (what: 'accepted' | 'refused'): number => SHEET_KEYS.reduce((n, key) => n + reading.counts[key][what], 0);
  put(['', labels.text('form', 'result', 'total'), sum('accepted'), sum('refused')], false);
  return row + 1;
}

function refusals(sheet: Sheet, from: number, cells: readonly RefusedCell[], form: Form, labels: Labels): void {
  const put = (row: number, values: readonly (string | number)[], isHead: boolean): void => {
    for (const [i, value] of values.entries())
      sheet.set(2 + i, row, value, isHead ? looks.heading : i === 0 || i === 2 ? looks.fixedNumber : looks.fixedText);
    sheet.row(row).height = isHead
      ? 24
      : heightFor(
          values.map((value, i) => [String(value), WIDTHS[i] ?? 10]),
          20,
        );
  };
  put(from, labelList(labels, 'refused_columns'), true);
  for (const [i, cell] of cells.entries()) {
    const { reason, remedy } = refusalWords(cell, labels);
    const database = form.databases.find((one) => one.id === cell.database)?.word ?? '';
    put(
      from + 1 + i,
      [i + 1, cell.sheetName, cell.address, database, columnWords(cell, form, labels), reason, remedy],
      false,
    );
  }
}

function labelList(labels: Labels, key: string): string[] {
  const found = labels.node('form', 'result', key);
  return Array.isArray(found) ? found.map(String) : [];
}
