/** A database's level as a small picture of its own, for pages that are not ours. Rule: words and numbers; grey, never red, where nothing is known. */
import { escapeXml, legalText } from '../xlsx/xml.ts';

export interface LevelBadge {
  /** Read out, and shown when pointed at: name, levels and day. */
  readonly title: string;
  readonly left: string;
  readonly right: string;
  /** Level as reported; null where nothing is known. */
  readonly level: number | null;
}

/** The one hue of the levels, from pale to deep, as on the pages; letters in ink or paper for a contrast above 4.5. */
const LEVELS = ['#dcebf4', '#b3d2e6', '#74abcd', '#2c719e', '#0d3e5f'];
const GREY = '#e6e9ec';
const INK = '#1a2027';
const PAPER = '#ffffff';
const LEFT = '#3c4650';
/** First level with letters in the colour of paper. */
const DEEP = 4;

const HEIGHT = 22;
const SIZE = 12;
const SIDE = 8;

/** The picture as a file; the same badge gives the same bytes. */
export function levelBadge({ title, left, right, level }: LevelBadge): string {
  const [leftWide, rightWide] = [lineWidth(left), lineWidth(right)];
  const at = leftWide + 2 * SIDE;
  const width = at + rightWide + 2 * SIDE;
  const fill = level === null ? GREY : (LEVELS[level - 1] ?? GREY);
  const ink = level !== null && level >= DEEP ? PAPER : INK;
  const words = escapeXml(legalText(title));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-labelledby="title">`,
    `<title id="title">${words}</title>`,
    `<rect width="${width}" height="${HEIGHT}" rx="3" fill="${fill}"/>`,
    `<path d="M3 0H${at}V${HEIGHT}H3A3 3 0 0 1 0 ${HEIGHT - 3}V3A3 3 0 0 1 3 0Z" fill="${LEFT}"/>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${HEIGHT - 1}" rx="2.5" fill="none" stroke="${LEFT}"/>`,
    `<g font-family="'Segoe UI', 'Noto Sans', Roboto, system-ui, sans-serif" font-size="${SIZE}">`,
    textAt(left, SIDE, leftWide, PAPER),
    textAt(right, at + SIDE, rightWide, ink),
    '</g></svg>\n',
  ].join('');
}

/** Set to the width that was reckoned, so that no font of a machine runs over the edge. */
function textAt(text: string, x: number, width: number, fill: string): string {
  return `<text x="${x}" y="15" textLength="${width}" lengthAdjust="spacingAndGlyphs" fill="${fill}">${escapeXml(legalText(text))}</text>`;
}

/** Pixels of a line in the usual sans. */
function lineWidth(text: string): number {
  const bare = text.normalize('NFD').replace(/\p{M}/gu, '');
  const ems = [...bare].reduce((sum, sign) => sum + signWidth(sign), 0);
  return Math.ceil(ems * SIZE);
}

function signWidth(sign: string): number {
  if (/[il.,:;'|/· ]/.test(sign)) return 0.28;
  if (/[fjrtI()-]/.test(sign)) return 0.36;
  if (/[mwMW]/.test(sign)) return 0.86;
  return /\p{Lu}/u.test(sign) ? 0.66 : 0.56;
}
