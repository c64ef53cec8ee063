/** Onto how many pages side by side a wide table goes, and how far it is made smaller. Rule: never below READABLE. */

/** Width of A4 across, less the margins, in points; and points a character of column width takes. */
const PAPER = 780;
const CHARACTER = 5.9;
/** 11 points at this scale are 8 on paper. */
const READABLE = 72;
const LARGEST = 80;

export interface PrintPlan {
  readonly scale: number;
  /** Columns after which a page ends. */
  readonly breakAfter: readonly number[];
}

/**
 * @param columns number and width of the columns that are printed once, in order
 * @param repeated width of the columns that every page begins with
 */
export function printPlan(columns: readonly { at: number; width: number }[], repeated: number): PrintPlan {
  const total = columns.reduce((sum, column) => sum + column.width, 0);
  for (let pages = 1; ; pages++) {
    const cut = split(columns, total / pages);
    const widest = Math.max(...cut.map((page) => page.reduce((sum, column) => sum + column.width, 0)));
    const scale = Math.floor((PAPER / ((widest + repeated) * CHARACTER)) * 100);
    if (scale >= READABLE || pages >= columns.length) {
      const breakAfter = cut.slice(0, -1).map((page) => page.at(-1)?.at ?? 0);
      return { scale: Math.max(40, Math.min(LARGEST, scale)), breakAfter };
    }
  }
}

/** Columns in pages of about `share` characters. */
function split<T extends { width: number }>(columns: readonly T[], share: number): T[][] {
  const pages: T[][] = [[]];
  let filled = 0;
  for (const column of columns) {
    if (filled > 0 && filled + column.width / 2 > share * pages.length + 0.001) pages.push([]);
    pages.at(-1)?.push(column);
    filled += column.width;
  }
  return pages;
}
