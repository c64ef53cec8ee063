/** One square per criterion of a block: sure, possible, neither. Rule: it shows a possible range and is never a score. */
export interface RangeCells {
  size: number;
  at_least: number;
  at_most: number;
  alt: string;
}

const SIDE = 11;
const STEP = 14;

export function rangeCells(range: RangeCells, escapeHtml: (text: string) => string): string {
  const cells = Array.from({ length: range.size }, (_, index) => {
    const name = index < range.at_least ? 'b-floor' : index < range.at_most ? 'b-open' : 'b-empty';
    return (
      `<rect class="b-track" x="${index * STEP + 0.5}" y="1.5" width="${SIDE - 1}" height="${SIDE - 1}"/>` +
      (name === 'b-empty' ? '' : `<rect class="${name}" x="${index * STEP}" y="1" width="${SIDE}" height="${SIDE}"/>`)
    );
  });
  const width = range.size * STEP;
  return `<svg class="cells" role="img" aria-label="${escapeHtml(range.alt)}" width="${width}" height="13" viewBox="0 0 ${width} 13">${cells.join('')}</svg>`;
}
