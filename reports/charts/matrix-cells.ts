/** Cells of a database in the matrix of criteria. Rule: shape and word in each, a link to its evidence where something is known. */
import type { Mark } from '../view-parts.ts';

export type MatrixCell = Mark & { short: string };

/** @param href address of the evidence, already relative to the page and safe inside an attribute */
export function matrixCells(cells: readonly MatrixCell[], href: string, escapeHtml: (text: string) => string): string {
  return cells
    .map(({ shape, word, short }) =>
      shape === 'none'
        ? '<td class="cell cell-none">–</td>'
        : `<td class="cell cell-${shape}"><a href="${href}" title="${escapeHtml(word)}"><svg width="12" height="12" aria-hidden="true"><use href="#m-${shape}"/></svg>${escapeHtml(short)}</a></td>`,
    )
    .join('');
}
