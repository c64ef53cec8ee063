/** Top of sheets 2 to 5: number of the form, title, what to do, agency and period. */
import type { SheetKey } from '../../config/form/columns.ts';
import { viDate } from '../../config/format.ts';
import { range, type Sheet } from '../xlsx/sheet.ts';
import { heightFor } from './cells.ts';
import type { TemplateInput } from './input.ts';
import * as looks from './looks.ts';

/** Rows 2 to 4, from `first` to `last`; columns before `first` are repeated on every page and stay free. */
export function sheetHead(
  sheet: Sheet,
  { labels, form }: TemplateInput,
  key: SheetKey,
  [first, last]: readonly [number, number],
  more = '',
): void {
  const t = (...path: string[]): string => labels.text('form', ...path);
  const width = [...sheet.widths].filter(([at]) => at >= first && at <= last).reduce((sum, [, one]) => sum + one, 0);
  sheet.merge(range(first, 2, last, 2), t('titles', key), looks.title);
  sheet.row(2).height = 24;
  const period = labels.format(['form', 'period_value'], { date: viDate(form.period) });
  sheet.merge(range(first, 3, last, 3), `${form.agency.name}. ${period}`, looks.subtitle);
  const note = `${t('sheet_notes', key)}${more}`;
  sheet.merge(range(first, 4, last, 4), note, looks.note);
  sheet.row(4).height = heightFor([[note, width * 1.05]], 20);
}
