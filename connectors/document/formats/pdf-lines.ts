/** Pieces of text on a page put together to lines. */
import type { Piece } from './pdf-page.ts';

/** Pieces on one baseline, from left to right. */
export interface TextLine {
  page: number;
  /** Number of the line on its page, counted from 1. */
  line: number;
  y: number;
  height: number;
  pieces: Piece[];
}

/** All lines of a page, from the top. */
export function textLines(pieces: readonly Piece[], page: number): TextLine[] {
  const lines: TextLine[] = [];
  for (const piece of [...pieces].sort((a, b) => a.y - b.y || a.x - b.x)) {
    const line = lines.at(-1);
    // Raised footnote marks and accents set apart stand on the line they touch.
    if (line !== undefined && piece.y - line.y < 0.45 * Math.max(line.height, piece.height)) {
      line.pieces.push(piece);
      line.height = Math.max(line.height, piece.height);
    } else lines.push({ page, line: lines.length + 1, y: piece.y, height: piece.height, pieces: [piece] });
  }
  for (const line of lines) line.pieces.sort((a, b) => a.x - b.x);
  return lines;
}

/** The text of pieces of one line; a gap as wide as a column is two spaces. */
export function lineText(pieces: readonly Piece[]): string {
  let text = '';
  let last: Piece | null = null;
  for (const piece of pieces) {
    if (last !== null) {
      if (isFootnoteMark(piece, last, text)) continue;
      const gap = piece.x - last.x - last.width;
      if (gap > 2.5 * piece.height) text += '  ';
      else if (gap > 0.12 * piece.height || last.spaced.after || piece.spaced.before) text += ' ';
    }
    text += piece.text;
    last = piece;
  }
  return text.normalize('NFC').trim();
}

/** A small number raised after a word. */
function isFootnoteMark(piece: Piece, last: Piece, text: string): boolean {
  const raised = piece.height < 0.85 * last.height && piece.y < last.y - 0.15 * last.height;
  return raised && /^\d{1,3}$/.test(piece.text) && /(?:[\p{L}\p{N}]{3}|[).,;:"\u201d])$/u.test(text);
}

/** Pieces of a line that stand together, apart from others by more than a space or two. */
export function chunksOf(line: TextLine): Piece[] {
  const chunks: Piece[] = [];
  for (const piece of line.pieces) {
    const last = chunks.at(-1);
    if (last !== undefined && piece.x - (last.x + last.width) < 0.6 * line.height) {
      const text = lineText([last, piece]);
      chunks[chunks.length - 1] = {
        ...last,
        text,
        spaced: piece.spaced,
        width: Math.max(last.width, piece.x + piece.width - last.x),
      };
    } else chunks.push(piece);
  }
  return chunks;
}

const PAGE_NUMBER = /^[-\u2013\s]*(?:(?:trang|page)\s*)?\d{1,4}(?:\s*\/\s*\d{1,4})?[-\u2013.\s]*$/i;

/**
 * Lines that are the same at the edges of many pages, and page numbers. `middles`: half the height of each page; `kept`: lines that are
 * none, wherever they stand.
 */
export function runningLines(
  pages: readonly (readonly TextLine[])[],
  middles: readonly number[],
  kept: ReadonlySet<TextLine>,
): Set<TextLine> {
  const seen = new Map<string, TextLine[]>();
  const dropped = new Set<TextLine>();
  pages.forEach((lines, page) => {
    const edges = new Set([...lines.slice(0, 2), ...lines.slice(-2)]);
    for (const line of edges) {
      const text = lineText(line.pieces);
      if (PAGE_NUMBER.test(text) && (line === lines[0] || line === lines.at(-1)) && line.pieces.length <= 3)
        dropped.add(line);
      const place = line.y < (middles[page] ?? 0) ? 'top' : 'bottom';
      const key = `${place} ${text.replace(/\d+/g, '#')}`;
      const same = seen.get(key) ?? [];
      same.push(line);
      seen.set(key, same);
    }
  });
  for (const same of seen.values())
    if (same.length >= 3 && same.length >= pages.length * 0.5 && steady(same))
      for (const line of same) if (!kept.has(line)) dropped.add(line);
  return dropped;
}

/**
 * A running line stands at the same height on every page, its numbers are the same or go up with the pages; those of a
 * table's rows do not.
 */
function steady(lines: readonly TextLine[]): boolean {
  const ys = lines.map((line) => line.y);
  if (Math.max(...ys) - Math.min(...ys) >= 3) return false;
  const numbers = lines.map((line) => (lineText(line.pieces).match(/\d+/g) ?? []).map(Number));
  const [first] = lines;
  return (numbers[0] ?? []).every((value, at) => {
    const same = numbers.every((list) => list[at] === value);
    return same || numbers.every((list, n) => (list[at] ?? 0) - (lines[n]?.page ?? 0) === value - (first?.page ?? 0));
  });
}
