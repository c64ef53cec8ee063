/** Pieces that several sheets of the form share: typed cells with their checks, headings, heights, day numbers. */
import type { FormColumn, SheetKey } from '../../config/form/columns.ts';
import type { PlacedColumn } from '../../config/form/form.ts';
import { wordOf } from '../../config/form/lists.ts';
import { FIRST_COLUMN, KEY_ROW, sheetMark } from '../../config/form/places.ts';
import { viDate, viNumber } from '../../config/format.ts';
import { serialOfDay } from '../xlsx/serial.ts';
import { type CellValue, type Range, range, type Sheet, type Validation } from '../xlsx/sheet.ts';
import type { TemplateInput } from './input.ts';
import { columnNumber, heading, hiddenKey } from './looks.ts';

/** Earliest day a typed date may have. */
const FIRST_DAY = '2000-01-01';

/** Name of the range that holds a drop-down's words. */
export function listName(list: string): string {
  return `ds_${list}`;
}

/** A value of the prefill as a cell has it: a state becomes its word, a day its number. */
export function cellValue(input: TemplateInput, column: FormColumn, value: string | number | undefined): CellValue {
  if (value === undefined) return null;
  if (typeof value === 'number') return value;
  if (column.kind === 'date') return serialOfDay(value);
  if (column.kind !== 'list' || column.list === undefined) return value;
  return wordOf(input.form.lists[column.list], value) ?? (column.open === true ? value : null);
}

/** The check of a column over the rows given, with what Excel says; null for columns that are not typed. */
export function validationOf(input: TemplateInput, column: FormColumn, where: Range): Validation | null {
  const { labels, config, form } = input;
  const say = (key: string, values: Record<string, string | number> = {}): string =>
    labels.format(['form', 'input', key], values);
  const title = say('wrong');
  const heading = headingOf(input, column);
  const hint = labels.has('form', 'input', 'hints', column.key)
    ? { title: heading, text: labels.format(['form', 'input', 'hints', column.key], { max: config.criteria.total }) }
    : undefined;
  const common = { ranges: [where], title, ...(hint === undefined ? {} : { prompt: hint }) };
  switch (column.kind) {
    case 'list':
      return {
        ...common,
        type: 'list',
        first: listName(column.list ?? ''),
        strict: column.open !== true,
        error: say(column.open === true ? 'open_list' : 'list'),
      };
    case 'integer': {
      const max = column.max === 'criteria' ? config.criteria.total : (column.max ?? 0);
      return {
        ...common,
        type: 'whole',
        first: '0',
        second: String(max),
        strict: true,
        error: say('integer', { min: 0, max: viNumber(max) }),
      };
    }
    case 'date': {
      const last = column.key === 'asked_by' ? nextYears(form.period) : form.period;
      return {
        ...common,
        type: 'date',
        first: String(serialOfDay(FIRST_DAY)),
        second: String(serialOfDay(last)),
        // Where Excel reads dates the American way, 31/12/2025 stays a text: the reader takes it, so Excel only warns.
        strict: false,
        error: say('date', { min: viDate(FIRST_DAY), max: viDate(last) }),
      };
    }
    case 'text':
      return {
        ...common,
        type: 'textLength',
        first: String(column.length ?? 300),
        strict: true,
        error: say('text', { max: column.length ?? 300 }),
      };
    default:
      return null;
  }
}

function nextYears(period: string): string {
  return `${Number(period.slice(0, 4)) + 5}-12-31`;
}

function headingOf({ labels, form }: TemplateInput, column: FormColumn): string {
  for (const sheet of ['status', 'evidence', 'localities', 'difficulties'] as const)
    if (form.columns[sheet].some((one) => one.key === column.key))
      return labels.text('form', 'columns', sheet, column.key);
  return '';
}

/** The hidden key row and key column, and the widths. */
export function placeKeys(sheet: Sheet, key: SheetKey, columns: readonly PlacedColumn[]): void {
  sheet.row(KEY_ROW).hidden = true;
  sheet.set(1, KEY_ROW, sheetMark(key), hiddenKey);
  sheet.widths.set(1, 0);
  for (const column of columns) {
    sheet.set(column.at, KEY_ROW, column.key, hiddenKey);
    sheet.widths.set(column.at, column.width);
  }
}

/** The row of column numbers under the headings, as forms have it. */
export function numberColumns(sheet: Sheet, row: number, columns: readonly PlacedColumn[]): void {
  sheet.row(row).height = 14;
  for (const column of columns) sheet.set(column.at, row, column.at - FIRST_COLUMN + 1, columnNumber);
}

/** Lines a text takes in a column, by a rule of thumb for Times New Roman 11. */
function linesOf(text: string, width: number): number {
  const room = Math.max(3, width * 1.16 - 1);
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / room)), 0);
}

/** Height of a row that holds the texts in columns of these widths. */
export function heightFor(texts: readonly (readonly [text: string, width: number])[], least: number): number {
  const lines = Math.max(1, ...texts.map(([text, width]) => linesOf(text, width)));
  // Excel's highest row is 409 points.
  return Math.min(400, Math.max(least, lines * 14.5 + 5));
}

export function headings(
  sheet: Sheet,
  row: number,
  columns: readonly PlacedColumn[],
  word: (column: PlacedColumn) => string,
): void {
  for (const column of columns) sheet.set(column.at, row, word(column), heading);
  sheet.row(row).height = heightFor(
    columns.map((column) => [word(column), column.width * 0.9]),
    30,
  );
}

/** Adds the checks of the columns to rows `from`–`to`. */
export function validate(
  sheet: Sheet,
  input: TemplateInput,
  columns: readonly PlacedColumn[],
  from: number,
  to: number,
): void {
  for (const column of columns) {
    const check = validationOf(input, column, range(column.at, from, column.at, to));
    if (check !== null) sheet.validations.push(check);
  }
}
