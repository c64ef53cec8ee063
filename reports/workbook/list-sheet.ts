/**
 * A sheet that lists: title, what the figures are of, headings that stay and filter, rows, their sum. Rule: a cell is
 * a number or a day wherever it means one; nothing is a formula, so that what stands there is what was published.
 */

import { columnLetters } from '../../config/form/places.ts';
import { heightFor } from '../form/cells.ts';
import type { ViewContext } from '../view-context.ts';
import { type CellValue, type Condition, range, Sheet } from '../xlsx/sheet.ts';
import type { Look, Overlay } from '../xlsx/styles.ts';
import * as looks from './looks.ts';

export interface ListColumn<T> {
  readonly heading: string;
  readonly width: number;
  readonly look: Look;
  readonly headingLook?: Look;
  readonly value: (row: T, index: number) => CellValue;
  /** What stands in this column of the row of sums: the sum of its numbers, or a text. */
  readonly total?: 'sum' | { readonly value: CellValue };
  /** Looks of cells that fulfil a condition on their own value: `>0`, `="●"`. */
  readonly highlight?: readonly { readonly test: string; readonly overlay: Overlay }[];
}

export interface List<T> {
  readonly name: string;
  readonly title: string;
  readonly note: string;
  readonly columns: readonly ListColumn<T>[];
  readonly rows: readonly T[];
  /** Columns that stay when one scrolls to the right. */
  readonly fixed: number;
  readonly headingHeight?: number;
}

/** Row of the headings of every list. */
export const HEADING_ROW = 5;

export function listSheet<T>(ctx: ViewContext, list: List<T>): Sheet {
  const sheet = openSheet(ctx, list.name, list.title, list.note);
  const { columns, rows } = list;
  for (const [i, column] of columns.entries()) {
    sheet.widths.set(i + 1, column.width);
    sheet.set(i + 1, HEADING_ROW, column.heading, column.headingLook ?? looks.heading);
  }
  sheet.row(HEADING_ROW).height =
    // A third of the width is the button of the filter's.
    list.headingHeight ??
    heightFor(
      columns.map(({ heading, width }) => [heading, width * 0.85]),
      34,
    );
  let at = HEADING_ROW;
  for (const [index, row] of rows.entries()) {
    at += 1;
    const texts: [string, number][] = [];
    for (const [i, column] of columns.entries()) {
      const value = column.value(row, index);
      sheet.set(i + 1, at, value, column.look);
      if (typeof value === 'string') texts.push([value, column.width * 1.1]);
    }
    sheet.row(at).height = heightFor(texts, 18);
  }
  const last = Math.max(at, HEADING_ROW);
  if (columns.some((column) => column.total !== undefined)) totals(sheet, list, last + 1);
  if (rows.length > 0) sheet.conditions.push(...conditions(columns, last));
  sheet.filter = range(1, HEADING_ROW, columns.length, last);
  sheet.freeze = { column: list.fixed + 1, row: HEADING_ROW + 1 };
  return sheet;
}

/** A sheet with title, what the figures are of, and the set-up for printing. */
export function openSheet(ctx: ViewContext, name: string, title: string, note: string): Sheet {
  const sheet = new Sheet(name);
  sheet.isProtected = false;
  const asOf = asOfText(ctx);
  const head = ctx.f(['workbook', 'head'], {
    as_of: asOf,
    edition: ctx.t('editions', ctx.meta.edition),
    draft: ctx.t('product', 'draft_mark'),
  });
  for (const [i, [text, look, height]] of (
    [
      [title, looks.title, 26],
      [head, looks.subtitle, 18],
      [note, looks.note, 18],
    ] as const
  ).entries()) {
    sheet.set(1, i + 1, text, look);
    sheet.row(i + 1).height = height;
  }
  sheet.row(4).height = 6;
  sheet.print = {
    landscape: true,
    titleRows: [HEADING_ROW, HEADING_ROW],
    footerLeft: ctx.f(['workbook', 'footer'], { product: ctx.t('product', 'short'), as_of: asOf }),
    footerRight: ctx.t('workbook', 'page'),
  };
  return sheet;
}

/** The row of sums, below what the filter sorts. */
function totals<T>(sheet: Sheet, { columns, rows }: List<T>, at: number): void {
  for (const [i, { total, value }] of columns.entries()) {
    const sum = total === 'sum' ? sumOf(rows.map((row, index) => value(row, index))) : (total?.value ?? null);
    sheet.set(i + 1, at, sum, typeof sum === 'number' ? looks.totalCount : looks.totalText);
  }
  sheet.row(at).height = 20;
}

/** Sum of the numbers, or nothing where there is none: unknown stays unknown. */
function sumOf(values: readonly CellValue[]): number | null {
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length === 0 ? null : numbers.reduce((sum, n) => sum + n, 0);
}

function conditions<T>(columns: readonly ListColumn<T>[], last: number): Condition[] {
  return columns.flatMap(({ highlight = [] }, i) => {
    const first = `${columnLetters(i + 1)}${HEADING_ROW + 1}`;
    return highlight.map(({ test, overlay }) => ({
      range: range(i + 1, HEADING_ROW + 1, i + 1, last),
      // An empty cell would count as 0.
      formula: `AND(${first}<>"",${first}${test})`,
      overlay,
    }));
  });
}

function asOfText(ctx: ViewContext): string {
  return ctx.f(['product', 'as_of_day'], { date: ctx.date(ctx.meta.as_of) });
}
