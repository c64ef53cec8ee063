/** How many databases stand at each level, as one strip. Rule: the numbers stand in it, the names and a table beside it. */
import type { LevelStrip } from '../view-parts.ts';

/** One row of the strip of levels. */
export function levelStripBar(
  row: LevelStrip['rows'][number],
  height: number,
  escapeHtml: (text: string) => string,
): string {
  const parts = row.parts.map(({ level, ...part }) => ({ ...part, look: level === null ? 'l-none' : `l-${level}` }));
  return stripBar({ name: row.name, parts }, height, escapeHtml);
}

export interface Strip {
  name: string;
  parts: readonly { look: string; name: string; count: number }[];
}

/** Parts of a whole in one row; widths are percentages, so that it fits any column without scaling its text. */
export function stripBar(row: Strip, height: number, escapeHtml: (text: string) => string): string {
  const total = row.parts.reduce((sum, part) => sum + part.count, 0);
  const alt = `${row.name}: ${row.parts.map((part) => `${part.name} ${part.count}`).join(', ')}`;
  let at = 0;
  const parts = row.parts.map((part) => {
    const share = total === 0 ? 0 : (part.count / total) * 100;
    const box = `<rect class="${part.look}" x="${at.toFixed(2)}%" y="0" width="${share.toFixed(2)}%" height="${height}"/>`;
    const label =
      share < 4
        ? ''
        : `<text class="t-${part.look}" x="${(at + share / 2).toFixed(2)}%" y="${height / 2 + 4.5}" text-anchor="middle">${part.count}</text>`;
    at += share;
    return box + label;
  });
  return `<svg class="strip" role="img" aria-label="${escapeHtml(alt)}" width="100%" height="${height}">${parts.join('')}</svg>`;
}
