/** Filled forms, made from the layout alone: what is typed is given by the keys of sheet, row and column. */
import { COLUMNS, type SheetKey } from '../../config/form/columns.ts';
import { buildForm, type Form } from '../../config/form/form.ts';
import {
  BODY_ROW,
  FIRST_COLUMN,
  HEADER_FIELDS,
  HEADER_FIRST_ROW,
  HEADER_VALUE_COLUMN,
  headerRowKey,
  MARKER_DATABASES,
  MARKER_PREFILLED,
  SHEET_KEYS,
  sheetMark,
} from '../../config/form/places.ts';
import type { Labels } from '../../config/labels.ts';
import type { Config } from '../../config/load.ts';
import { type CellSource, type SheetSource, workbookFile } from './workbook-files.ts';

export type Typed = Readonly<Record<string, CellSource>>;

export interface FilledSource {
  agencyId?: string;
  period?: string;
  /** Not blank: the form was given out filled in. */
  publication?: string;
  header?: Typed;
  /** Database → column → what is typed. */
  status?: Readonly<Record<string, Typed>>;
  /** Criterion → database → word. */
  criteria?: Readonly<Record<string, Typed>>;
  evidence?: readonly Typed[];
  localities?: readonly Typed[];
  difficulties?: readonly Typed[];
  /** Cells given out filled in, as [sheet, row, column, value]; undefined: the form does not say. */
  prefilled?: readonly (readonly [SheetKey, string, string, string | number])[];
  /** Changes the sheets before they are written. */
  change?: (sheets: Record<string, CellSource[][]>, form: Form) => void;
  /** Sheets that are not written. */
  without?: readonly string[];
}

export function filledForm(config: Config, labels: Labels, source: FilledSource = {}): Buffer {
  const { agencyId = 'bo-noi-vu', period = '2026-06-29', publication = '' } = source;
  const form = buildForm(config, labels, { agencyId, period });
  const sheets: Record<string, CellSource[][]> = {};
  for (const key of SHEET_KEYS) sheets[key] = sheetOf(form, key, source);
  sheets.marker = markerOf(form, publication, source);
  source.change?.(sheets, form);
  const written = Object.entries(sheets)
    .filter(([key]) => source.without?.includes(key) !== true)
    .map(([key, rows]): SheetSource => {
      const name = key === 'marker' ? '_bieu' : form.sheetNames[key as SheetKey];
      return { name, rows, ...(key === 'marker' ? { state: 'veryHidden' as const } : {}) };
    });
  return workbookFile({ sheets: written });
}

function set(rows: CellSource[][], row: number, column: number, value: CellSource): void {
  while (rows.length < row) rows.push([]);
  const cells = rows[row - 1] as CellSource[];
  while (cells.length < column) cells.push(null);
  cells[column - 1] = value;
}

function sheetOf(form: Form, key: SheetKey, source: FilledSource): CellSource[][] {
  const rows: CellSource[][] = [];
  set(rows, 1, 1, sheetMark(key));
  for (const { at, key: column } of form.columns[key]) set(rows, 1, at, column);
  const at = (column: string): number => form.columns[key].find((one) => one.key === column)?.at ?? FIRST_COLUMN;
  const type = (row: number, typed: Typed): void => {
    for (const [column, value] of Object.entries(typed)) set(rows, row, at(column), value);
  };
  const first = BODY_ROW[key];
  if (key === 'status') {
    for (const [i, field] of HEADER_FIELDS.entries()) {
      set(rows, HEADER_FIRST_ROW + i, 1, headerRowKey(field.key));
      set(rows, HEADER_FIRST_ROW + i, HEADER_VALUE_COLUMN, source.header?.[field.key] ?? null);
    }
    for (const [i, database] of form.databases.entries()) {
      set(rows, first + i, 1, database.id);
      type(first + i, { no: i + 1, name: database.name, ...source.status?.[database.id] });
    }
  } else if (key === 'criteria') {
    for (const [i, criterion] of form.criteria.entries()) {
      set(rows, first + i, 1, criterion);
      type(first + i, { no: i + 1, ...source.criteria?.[criterion] });
    }
  } else for (const [i, typed] of (source[key] ?? []).entries()) type(first + i, { no: i + 1, ...typed });
  return rows;
}

function markerOf(form: Form, publication: string, { prefilled }: FilledSource): CellSource[][] {
  const rows: CellSource[][] = [
    [sheetMark('marker')],
    ['form', 'csdl-form'],
    ['version', 1],
    ['agency_id', form.agency.agency_id],
    ['agency', form.agency.name],
    ['period', form.period],
    ['publication', publication],
    [MARKER_DATABASES],
    ...form.databases.map(({ id, no, word, name }): CellSource[] => [id, no, word, name]),
  ];
  if (prefilled !== undefined) rows.push([MARKER_PREFILLED], ...prefilled.map((one): CellSource[] => [...one]));
  return rows;
}

/** Keys of the columns of a sheet, for tests that go through all of them. */
export function columnKeys(sheet: SheetKey): string[] {
  return COLUMNS[sheet].map(({ key }) => key);
}
