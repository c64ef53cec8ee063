/**
 * The form of one agency as a workbook: five sheets to fill in, a guide, and two hidden sheets.
 * Rule: what is typed is unlocked and checked, everything else is locked; no macro, no outside link, no password.
 */
import { viDate } from '../../config/format.ts';
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
  return {
    title: labels.text('form', 'number'),
    subject: labels.format(['form', 'file_subject'], { agency: form.agency.name, date: viDate(form.period) }),
    creator: labels.text('product', 'short'),
    madeAt: input.madeAt.toISOString(),
    sheets: [
      statusSheet(input),
      criteriaSheet(input),
      openSheet(input, 'evidence'),
      openSheet(input, 'localities'),
      openSheet(input, 'difficulties'),
      guideSheet(input),
      markerSheet(input),
      lists.sheet,
    ],
    names: lists.names.map(({ name, range }) => ({ name: listName(name), sheet: lists.sheet.name, range })),
  };
}
