/**
 * A filled form → what was read of it, cell by cell. Used by the connector, which makes facts of it, and by the reply,
 * which marks what was refused: both see the same verdicts.
 */

import { Fault } from '../../../config/fault.ts';
import type { SheetKey } from '../../../config/form/columns.ts';
import { HEADER_FIELDS, HEADER_VALUE_COLUMN, headerRowKey, SHEET_KEYS } from '../../../config/form/places.ts';
import type { FormReading, ReadCell, SheetCount, StatusRow } from '../../../config/form/reading.ts';
import { usable } from '../cells/parsed.ts';
import { cellOf, type Workbook } from '../workbook/model.ts';
import { readWorkbook } from '../workbook/read-workbook.ts';
import { CellBook } from './cell-book.ts';
import { type CriterionStates, compareCounts, readCriteriaSheet } from './criteria-sheet.ts';
import { checkedMarker, type FormFile, type FormSheet, findForm, formFault } from './form-file.ts';
import {
  checkClaims,
  checkDifficulties,
  checkEvidence,
  checkLocalities,
  type EvidenceRow,
} from './open-sheet-checks.ts';
import { type OpenRow, readOpenSheet } from './open-sheets.ts';
import { readStatusSheet } from './status-sheet.ts';
import { type FormContext, type FormReader, formContext } from './typed-cell.ts';

/** The reading, and the rows that hold together, from which facts are made. */
export interface FilledForm {
  reading: FormReading;
  context: FormContext;
  status: readonly StatusRow[];
  criteria: CriterionStates;
  evidence: readonly EvidenceRow[];
  localities: readonly OpenRow[];
  difficulties: readonly OpenRow[];
  sheets: FormFile['sheets'];
  /** What a person should know and no cell is to blame for. */
  notes: readonly { code: string; message: string }[];
}

/** @throws Fault `spreadsheet/…` for what is no workbook, `form/…` for what is no form */
export async function readForm(bytes: Uint8Array, reader: FormReader): Promise<FormReading> {
  return readFilledForm(await readWorkbook(bytes), reader).reading;
}

/** @throws Fault `form/…` */
export function readFilledForm(workbook: Workbook, reader: FormReader): FilledForm {
  const file = findForm(workbook);
  if (file === null)
    throw formFault('not-a-form', 'the workbook is not the form', 'fill in the form that csdl template writes');
  const { agencyId, period } = checkedMarker(file);
  const context = contextOf(reader, { agencyId, period }, workbook.from1904);
  const book = new CellBook();
  const status = file.sheets.get('status') as FormSheet;
  const criteria = file.sheets.get('criteria') ?? null;
  let rows = readStatusSheet(file, status, book, context);
  let states: CriterionStates = criteria === null ? new Map() : readCriteriaSheet(file, criteria, rows, book, context);
  rows = rows.map((row) => compareCounts(status, row, states, book, context));
  const open = (key: SheetKey): { sheet: FormSheet; rows: OpenRow[] } | null => {
    const sheet = file.sheets.get(key);
    return sheet === undefined ? null : { sheet, rows: readOpenSheet(file, sheet, rows, book, context) };
  };
  const proofs = open('evidence');
  const evidence = proofs === null ? [] : checkEvidence(proofs.sheet, proofs.rows, rows, states, book, context);
  ({ status: rows, states } = checkClaims(file, { status, criteria }, rows, states, evidence, book, context));
  const local = open('localities');
  const trouble = open('difficulties');
  const localities = local === null ? [] : checkLocalities(local.sheet, local.rows, book);
  const difficulties = trouble === null ? [] : checkDifficulties(trouble.sheet, trouble.rows, book);
  const cells = inOrder(book.cells, file);
  const reading: FormReading = {
    version: file.version,
    agencyId,
    period,
    header: headerOf(status),
    cells,
    rows,
    counts: countsOf(cells),
  };
  const notes = [...workbook.notes, ...copyNotes(file), ...missingNotes(file)];
  return {
    reading,
    context,
    status: rows,
    criteria: states,
    evidence,
    localities,
    difficulties,
    sheets: file.sheets,
    notes,
  };
}

function contextOf(reader: FormReader, wanted: { agencyId: string; period: string }, from1904: boolean): FormContext {
  try {
    return formContext(reader, wanted, from1904);
  } catch (error) {
    if (!(error instanceof Fault) || !error.code.startsWith('usage/')) throw error;
    throw formFault(error.code.slice('usage/'.length), error.message, error.hint ?? '');
  }
}

function headerOf(sheet: FormSheet): FormReading['header'] {
  const header: Record<string, string> = {};
  for (const row of sheet.allRows())
    for (const { key } of HEADER_FIELDS) {
      if (sheet.rowKey(row) !== headerRowKey(key)) continue;
      const found = usable(cellOf(sheet.sheet, row, HEADER_VALUE_COLUMN));
      if (found?.ok === true) header[key] = found.value.text.replace(/\s+/g, ' ').slice(0, 300);
    }
  return header;
}

/** Cells by sheet, row, and the columns as they stand. */
function inOrder(cells: readonly ReadCell[], file: FormFile): ReadCell[] {
  const at = (cell: ReadCell): [number, number, number] => [
    SHEET_KEYS.indexOf(cell.sheet),
    cell.row,
    file.sheets.get(cell.sheet)?.columnOf(cell.column) ?? 0,
  ];
  return cells
    .map((cell) => ({ cell, at: at(cell) }))
    .sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1] || a.at[2] - b.at[2])
    .map(({ cell }) => cell);
}

function countsOf(cells: readonly ReadCell[]): FormReading['counts'] {
  const count = (sheet: SheetKey): SheetCount => {
    const own = cells.filter((cell) => cell.sheet === sheet);
    const accepted = own.filter((cell) => cell.verdict === 'accepted').length;
    return { accepted, refused: own.length - accepted };
  };
  return Object.fromEntries(SHEET_KEYS.map((key) => [key, count(key)])) as Record<SheetKey, SheetCount>;
}

function copyNotes(file: FormFile): FilledForm['notes'] {
  return file.copies.map((name) => ({
    code: 'form/copied-sheet',
    message: `sheet ${name} is a copy of another sheet of the form; only the first was read`,
  }));
}

function missingNotes(file: FormFile): FilledForm['notes'] {
  return SHEET_KEYS.filter((key) => !file.sheets.has(key)).map((key) => ({
    code: 'form/missing-sheet',
    message: `the sheet ${key} of the form was taken out; what it held is not reported`,
  }));
}
