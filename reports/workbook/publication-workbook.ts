/**
 * The workbook of a publication: seven sheets for people who work in Excel. Rule: pure, from published rows; no macro,
 * no formula but those of the conditional formats, no outside link.
 */
import type { ViewContext } from '../view-context.ts';
import { type Workbook, workbookFile } from '../xlsx/workbook.ts';
import { criteriaSheet, databasesSheet } from './database-sheets.ts';
import { actionsSheet, agenciesSheet, sourcesSheet, tasksSheet } from './list-sheets.ts';
import { summarySheet } from './summary-sheet.ts';

/** @returns bytes of the .xlsx file; the same publication gives the same bytes */
export function publicationWorkbook(ctx: ViewContext): Uint8Array {
  const workbook: Workbook = {
    title: ctx.t('workbook', 'title'),
    subject: ctx.f(['pages', 'footer', 'publication'], { id: ctx.meta.run_id }),
    creator: ctx.t('product', 'short'),
    madeAt: ctx.meta.published_at,
    sheets: [
      summarySheet(ctx),
      agenciesSheet(ctx),
      databasesSheet(ctx),
      criteriaSheet(ctx),
      tasksSheet(ctx),
      actionsSheet(ctx),
      sourcesSheet(ctx),
    ],
    names: [],
  };
  return workbookFile(workbook);
}
