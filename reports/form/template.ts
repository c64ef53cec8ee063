/**
 * The form of one agency as a workbook: five sheets to fill in, a guide, and two hidden sheets.
 * Rule: what is typed is unlocked and checked, everything else is locked; no macro, no outside link, no password.
 */
import type { SheetKey } from '../../config/form/columns.ts';
import { SHEET_KEYS } from '../../config/form/places.ts';
import { viDate } from '../../config/format.ts';
import type { Sheet } from '../xlsx/sheet.ts';
import { type Workbook, workbookFile } from '../xlsx/workbook.ts';
import { listName } from './cells.ts';
import { criteriaSheet } from './criteria-sheet.ts';
import { guideSheet } from './guide-sheet.ts';
import { listsSheet, markerSheet } from './hidden-sheets.ts';
import type { TemplateInput } from './input.ts';
import { openSheet } from './open-sheet.ts';
import { statusSheet } from './status-sheet.ts';

/** @returns bytes of the .xlsx file; the same input gives the same bytes */
export function templateFile(input: TemplateInput): Uint8Array {
  return workbookFile(templateWorkbook(input));
}

export function templateWorkbook(input: TemplateInput): Workbook {
  const { form, labels } = input;
  const lists = listsSheet(form.lists);
  const typed: Record<SheetKey, Sheet> = {
    status: statusSheet(input),
    criteria: criteriaSheet(input),
    evidence: openSheet(input, 'evidence'),
    localities: openSheet(input, 'localities'),
    difficulties: openSheet(input, 'difficulties'),
  };
  return {
    title: labels.text('form', 'number'),
    subject: labels.format(['form', 'file_subject'], { agency: form.agency.name, date: viDate(form.period) }),
    creator: labels.text('product', 'short'),
    madeAt: input.madeAt.toISOString(),
    sheets: [...SHEET_KEYS.map((key) => typed[key]), guideSheet(input), markerSheet(input, typed), lists.sheet],
    names: lists.names.map(({ name, range }) => ({ name: listName(name), sheet: lists.sheet.name, range })),
  };
}
