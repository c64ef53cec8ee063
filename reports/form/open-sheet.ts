/** Sheets 3 to 5: empty rows to type in, checked cell by cell. */
import { BODY_ROW, FIRST_COLUMN, openRows } from '../../config/form/places.ts';
import { range, Sheet } from '../xlsx/sheet.ts';
import { cellValue, headings, heightFor, numberColumns, placeKeys, validate } from './cells.ts';
import type { TemplateInput } from './input.ts';
import * as looks from './looks.ts';
import { sheetHead } from './sheet-head.ts';
import { footer } from './status-sheet.ts';

type Values = Readonly<Record<string, string | number>>;

export function openSheet(input: TemplateInput, key: 'evidence' | 'localities' | 'difficulties'): Sheet {
  const { form, labels } = input;
  const columns = form.columns[key];
  const body = BODY_ROW[key];
  const last = columns.at(-1)?.at ?? FIRST_COLUMN;
  const sheet = new Sheet(form.sheetNames[key]);
  placeKeys(sheet, key, columns);
  sheetHead(sheet, input, key, [FIRST_COLUMN, last]);
  headings(sheet, body - 2, columns, (column) => labels.text('form', 'columns', key, column.key));
  numberColumns(sheet, body - 1, columns);
  const filled: readonly Values[] = key === 'localities' ? (input.prefill?.localities ?? []) : [];
  const rows = Math.max(openRows(key, form.databases.length), filled.length + 10);
  for (let i = 0; i < rows; i++) {
    const values = filled[i] ?? {};
    for (const column of columns) {
      const value = column.key === 'no' ? i + 1 : cellValue(input, column, values[column.key]);
      sheet.set(column.at, body + i, value, column.key === 'no' ? looks.fixedNumber : looks.bodyLook(column.kind));
    }
    const database = form.databases.find((one) => one.id === values.database);
    sheet.row(body + i).least = heightFor([[database?.word ?? '', columns[1]?.width ?? 30]], 24);
  }
  const end = body + rows - 1;
  validate(sheet, input, columns, body, end);
  sheet.freeze = { column: FIRST_COLUMN + 1, row: body };
  sheet.active = { column: FIRST_COLUMN + 1, row: body + filled.length };
  sheet.print = {
    landscape: true,
    titleRows: [body - 2, body - 1],
    area: range(FIRST_COLUMN, 2, last, end),
    ...footer(input),
  };
  return sheet;
}
