/** Cells of a database in the matrix of criteria. Rule: shape and word in each, a link to its evidence where something is known; few bytes. */
import type { Mark } from '../view-parts.ts';

export type MatrixCell = Mark & { short: string };

/** @param href address of the evidence, already relative to the page and safe inside an attribute */
export function matrixCells(cells: readonly MatrixCell[], href: string, escapeHtml: (text: string) => string): string {
  return cells
    .map(({ shape, short }) =>
      shape === 'none'
        ? '<td class="cell cell-none">–</td>'
        : `<td class="cell cell-${shape}"><a href="${href}"><svg aria-hidden="true"><use href="#m-${shape}"/></svg>${escapeHtml(short)}</a></td>`,
    )
    .join('');
}
