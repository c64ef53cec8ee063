/** Sheet 1: one row a database, as it was reported last. */
import type { PlacedColumn } from '../../config/form/form.ts';
import {
  BODY_ROW,
  columnLetters,
  FIRST_COLUMN,
  HEADER_FIELDS,
  HEADER_FIRST_ROW,
  HEADER_LABEL_COLUMN,
  HEADER_VALUE_COLUMN,
  headerRowKey,
  KEY_ROW,
} from '../../config/form/places.ts';
import { viDate, viDatePadded } from '../../config/format.ts';
import { type CellValue, range, Sheet } from '../xlsx/sheet.ts';
import { quotedSheet } from '../xlsx/sheet-xml.ts';
import { cellValue, heightFor, numberColumns, placeKeys, validate } from './cells.ts';
import type { TemplateInput } from './input.ts';
import * as looks from './looks.ts';
import { printPlan } from './print-plan.ts';

const BODY = BODY_ROW.status;
const GROUP_ROW = BODY - 3;
/** Columns whose cells every page begins with: running number and name. */
const REPEATED = [FIRST_COLUMN, FIRST_COLUMN + 1] as const;

export function statusSheet(input: TemplateInput): Sheet {
  const { form } = input;
  const columns = form.columns.status;
  const sheet = new Sheet(form.sheetNames.status);
  const last = BODY + form.databases.length - 1;
  placeKeys(sheet, 'status', columns);
  const [no, name] = columns;
  const plan = printPlan(columns.slice(2), (no?.width ?? 0) + (name?.width ?? 0));
  head(sheet, input, plan.breakAfter[0] ?? columns.at(-1)?.at ?? 1);
  groups(sheet, input);
  numberColumns(sheet, BODY - 1, columns);
  for (const database of form.databases) body(sheet, input, database.id, BODY + database.no - 1);
  validate(sheet, input, columns, BODY, last);
  conditions(sheet, input, last);
  const end = sign(sheet, input, last + 2);
  sheet.zoom = 90;
  sheet.freeze = { column: FIRST_COLUMN + 2, row: BODY };
  sheet.active = { column: at(input, 'change'), row: BODY };
  sheet.print = {
    landscape: true,
    ...plan,
    titleRows: [GROUP_ROW, BODY - 1],
    titleColumns: REPEATED,
    area: range(FIRST_COLUMN, 2, columns.at(-1)?.at ?? FIRST_COLUMN, end),
    ...footer(input),
  };
  return sheet;
}

/** The footer of every sheet: number of the form and agency, page of pages. */
export function footer({ labels, form }: TemplateInput): { footerLeft: string; footerRight: string } {
  return {
    footerLeft: labels.format(['form', 'print', 'footer'], {
      number: labels.text('form', 'number'),
      agency: form.agency.name,
    }),
    footerRight: labels.text('form', 'print', 'page'),
  };
}

function at({ form }: TemplateInput, key: string): number {
  return form.columns.status.find((column) => column.key === key)?.at ?? FIRST_COLUMN;
}

/** Title, header fields, and beside them what is filled in and how far one has come; all on the first page across. */
function head(sheet: Sheet, input: TemplateInput, lastColumn: number): void {
  const { labels, form, asOf } = input;
  const t = (...path: string[]): string => labels.text('form', ...path);
  sheet.merge(range(FIRST_COLUMN, 2, FIRST_COLUMN + 1, 2), t('number'), looks.formNumber);
  sheet.merge(range(HEADER_LABEL_COLUMN, 2, lastColumn, 2), t('title'), looks.title);
  sheet.row(2).height = 34;
  sheet.merge(range(HEADER_LABEL_COLUMN, 3, lastColumn, 3), t('cycle'), looks.subtitle);
  const fieldEnd = HEADER_VALUE_COLUMN + 3;
  const fixed: Record<string, string> = {
    agency: form.agency.name,
    period: labels.format(['form', 'period_value'], { date: viDate(form.period) }),
  };
  for (const [i, { key, kind }] of HEADER_FIELDS.entries()) {
    const row = HEADER_FIRST_ROW + i;
    sheet.row(row).height = 17.5;
    sheet.set(1, row, headerRowKey(key), looks.hiddenKey);
    sheet.merge(range(HEADER_LABEL_COLUMN, row, HEADER_VALUE_COLUMN - 1, row), t('header', key), looks.fieldName);
    const look = kind === 'fixed' ? looks.fieldFixed : looks.fieldTyped;
    sheet.merge(range(HEADER_VALUE_COLUMN, row, fieldEnd, row), fixed[key] ?? null, look);
  }
  const said = asOf === null ? t('prefilled_none') : labels.format(['form', 'prefilled'], { date: viDate(asOf) });
  const noteFrom = fieldEnd + 1;
  sheet.merge(range(noteFrom, HEADER_FIRST_ROW, lastColumn, HEADER_FIRST_ROW + 2), said, looks.note);
  const change = columnLetters(at(input, 'change'));
  const last = BODY + form.databases.length - 1;
  const progress = HEADER_FIRST_ROW + 3;
  sheet.merge(range(noteFrom, progress, lastColumn - 1, progress), t('progress'), looks.fieldName);
  sheet.set(
    lastColumn,
    progress,
    {
      formula: `COUNTA(${change}${BODY}:${change}${last})&"/${form.databases.length}"`,
      shows: `0/${form.databases.length}`,
    },
    looks.shownNumber,
  );
}

/** Headings in two rows: groups over their columns; a column without a group takes both rows. */
function groups(sheet: Sheet, input: TemplateInput): void {
  const { labels, form } = input;
  const columns = form.columns.status;
  const word = (column: PlacedColumn): string => labels.text('form', 'columns', 'status', column.key);
  let i = 0;
  while (i < columns.length) {
    const column = columns[i] as PlacedColumn;
    const { group } = column;
    let end = i;
    while (group !== undefined && columns[end + 1]?.group === group) end += 1;
    if (group === undefined || end === i) {
      sheet.merge(range(column.at, GROUP_ROW, column.at, GROUP_ROW + 1), word(column), looks.heading);
    } else {
      const to = columns[end] as PlacedColumn;
      sheet.merge(range(column.at, GROUP_ROW, to.at, GROUP_ROW), labels.text('form', 'groups', group), looks.heading);
      for (const one of columns.slice(i, end + 1)) sheet.set(one.at, GROUP_ROW + 1, word(one), looks.heading);
    }
    i = end + 1;
  }
  sheet.row(GROUP_ROW).height = 30;
  sheet.row(GROUP_ROW + 1).height = 46;
}

function body(sheet: Sheet, input: TemplateInput, id: string, row: number): void {
  const { form, prefill } = input;
  const database = form.databases.find((one) => one.id === id);
  const known = prefill?.status.get(id) ?? {};
  const deadline = deadlineOf(input, id);
  const fixed: Record<string, CellValue> = { no: database?.no ?? 0, name: database?.name ?? id, deadline };
  const texts: [string, number][] = [];
  sheet.set(1, row, id, looks.hiddenKey);
  for (const column of form.columns.status) {
    const value =
      column.kind === 'fixed'
        ? (fixed[column.key] ?? null)
        : column.kind === 'shown'
          ? counted(input, row)
          : cellValue(input, column, known[column.key]);
    const look =
      column.key === 'no' ? looks.fixedNumber : column.key === 'name' ? looks.fixedBold : looks.bodyLook(column.kind);
    if (typeof value === 'string')
      texts.push([value.slice(0, 1_500), column.key === 'name' ? column.width * 0.84 : column.width]);
    sheet.set(column.at, row, value, look);
  }
  sheet.row(row).least = heightFor(texts, 34);
}

/** The deadline that holds, the last of the catalogue: "31/12/2025 (Nghị quyết số 11/NQ-CP)". */
function deadlineOf({ config, labels }: TemplateInput, id: string): string {
  const [line] = config.deadlines
    .filter((one) => one.database_id === id)
    .sort((a, b) => (a.due < b.due ? 1 : a.due > b.due ? -1 : a.basis < b.basis ? -1 : 1))
    .map(({ due, precision, basis }) => {
      const when =
        precision === 'day'
          ? viDatePadded(due)
          : labels.format(['pages', 'database', precision === 'month' ? 'deadline_month' : 'deadline_year'], {
              month: labels.written.month(due),
              yyyy: due.slice(0, 4),
            });
      return `${when} (${basis})`;
    });
  return line ?? '';
}

/** How many criteria sheet 2 says are met, found by the id of the row: it holds when rows are sorted. */
function counted(input: TemplateInput, row: number): CellValue {
  const { form, labels } = input;
  const cells = form.columns.criteria.filter((column) => column.database !== undefined);
  const [from, to] = [cells[0]?.at ?? 1, cells.at(-1)?.at ?? 1];
  const first = BODY_ROW.criteria;
  const last = first + form.criteria.length - 1;
  const name = quotedSheet(form.sheetNames.criteria);
  const part = (top: number, bottom: number): string =>
    `${name}!$${columnLetters(from)}$${top}:$${columnLetters(to)}$${bottom}`;
  const column = `INDEX(${part(first, last)},0,MATCH($A${row},${part(KEY_ROW, KEY_ROW)},0))`;
  const met = labels.text('criterion_states', 'met').replaceAll('"', '""');
  return { formula: `IF(COUNTIF(${column},"${met}")=0,"",COUNTIF(${column},"${met}"))`, shows: '' };
}

function conditions(sheet: Sheet, input: TemplateInput, last: number): void {
  const { labels, form } = input;
  const column = (key: string): string => `$${columnLetters(at(input, key))}${BODY}`;
  const change = at(input, 'change');
  const unchanged = labels.text('form', 'lists', 'change', 'unchanged').replaceAll('"', '""');
  const end = form.columns.status.at(-1)?.at ?? change;
  sheet.conditions.push(
    { range: range(change + 1, BODY, end, last), formula: `${column('change')}="${unchanged}"`, overlay: looks.faded },
    { range: range(change, BODY, change, last), formula: `LEN(TRIM(${column('change')}))=0`, overlay: looks.open },
    {
      range: range(at(input, 'criteria_met'), BODY, at(input, 'criteria_counted'), last),
      formula: `AND(ISNUMBER(${column('criteria_met')}),ISNUMBER(${column('criteria_counted')}),${column('criteria_met')}<${column('criteria_counted')})`,
      overlay: looks.differs,
    },
  );
}

/** Places to sign, blank: on the last page across. @returns the last row */
function sign(sheet: Sheet, input: TemplateInput, row: number): number {
  const t = (key: string): string => input.labels.text('form', 'sign', key);
  const left = range(at(input, 'c12_connection'), row, at(input, 'synced_on'), row);
  const right = range(at(input, 'security'), row, at(input, 'waiting_since'), row);
  const lines: [typeof left, string, string][] = [
    [right, t('place_date'), 'note'],
    [left, t('prepared_by'), 'title'],
    [right, t('head'), 'title'],
    [left, t('prepared_note'), 'note'],
    [right, t('head_note'), 'note'],
  ];
  const offset = [0, 1, 1, 2, 2];
  for (const [i, [where, text, kind]] of lines.entries()) {
    const line = row + (offset[i] ?? 0);
    sheet.merge(
      range(where.from.column, line, where.to.column, line),
      text,
      kind === 'title' ? looks.signTitle : looks.signNote,
    );
  }
  return row + 6;
}
