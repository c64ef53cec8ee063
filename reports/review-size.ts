/**
 * What still fits on a page that a browser opens. Larger deliveries are shown in part: what needs the eye most, in the
 * rows where it stands, and the page says so.
 */
import type { ReviewBlock, ReviewDocument, ReviewInput } from './review-input.ts';

/** Facts, passages not taken, tasks and counts of a page: a few megabytes of HTML, seconds in a browser. */
const MOST_NOTES = 2_500;
/** Characters of all documents. */
const MOST_TEXT = 4_000_000;

export interface Sized {
  documents: ReviewDocument[];
  /** Only rows with a note are shown, and of the facts the least sure. */
  is_part: boolean;
}

export function sized(input: ReviewInput): Sized {
  const all = [...input.documents];
  const notes = all.reduce((n, d) => n + d.facts.length + d.rejections.length + d.tasks.length + d.counts.length, 0);
  const text = all.reduce((n, d) => n + d.blocks.reduce((length, block) => length + lengthOf(block), 0), 0);
  if (notes <= MOST_NOTES && text <= MOST_TEXT) return { documents: all, is_part: false };
  const doubts = all
    .flatMap((d) => d.facts.map((fact) => (fact.id === null ? -1 : fact.confidence)))
    .sort((a, b) => a - b);
  const limit = doubts[MOST_NOTES - 1] ?? 1;
  let left = MOST_NOTES;
  let passages = MOST_NOTES / 5;
  const documents = all.map((document) => {
    const facts = document.facts.filter((fact) => (fact.id === null || fact.confidence <= limit) && left-- > 0);
    const rejections = document.rejections.filter(() => passages-- > 0);
    return { ...document, facts, rejections, tasks: [], counts: [] };
  });
  return { documents, is_part: true };
}

function lengthOf(block: ReviewBlock): number {
  if (block.kind === 'paragraph') return block.text.text.length;
  return block.rows.reduce(
    (n, row) =>
      n +
      (row.kind === 'heading' ? row.text.text.length : row.cells.reduce((m, cell) => m + (cell?.text.length ?? 0), 0)),
    0,
  );
}
