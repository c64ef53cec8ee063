/**
 * Text with the remains of markup in it: HTML fragments in cells of a text file, emphasis of Markdown. What a reader of
 * the printed page would see is kept, paragraphs and list items on lines of their own.
 */
import { clean } from '../language/fold.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '\u2013',
  mdash: '\u2014',
  ldquo: '\u201c',
  rdquo: '\u201d',
  lsquo: '\u2018',
  rsquo: '\u2019',
  hellip: '\u2026',
  bull: '\u2022',
};

/** A reference to a footnote stands after a word; an exponent stands after a unit of one or two letters. */
const FOOTNOTE_MARK = /([\p{L}\p{N}]{3}|[).,;:"\u201d])\s?<sup>\s*[[(]?\d{1,3}[\])]?\s*<\/sup>/giu;
const LINE_BREAK = /<(?:br|\/?(?:p|li|ul|ol|div|tr|h[1-6]|table))(?:\s[^<>]{0,400})?\s?\/?>/gi;
const TAG = /<\/?[a-z][a-z0-9]{0,15}(?:\s[^<>]{0,1000})?\/?>/gi;
const COMMENT = /<!--[^<>]{0,1000}-->/g;
const DROPPED = /<(script|style)\b[^<>]{0,400}>[^<]{0,100000}<\/\1>/gi;

/** Composed letters and signs that `clean` leaves as they are; most lines are nothing else. */
const PRINTED = /^[\n\x20-\x7e\u00a1-\u00ac\u00ae-\u024f\u1ea0-\u1ef9\u2013\u2014\u2018-\u201d\u2022\u2026]*$/;

/** The text without markup, spaces as one, blank lines taken out, trimmed; still with `\n` between paragraphs. */
export function plainText(raw: string): string {
  let text = raw;
  if (text.includes('<')) {
    text = text
      .replace(DROPPED, '')
      .replace(COMMENT, '')
      .replace(FOOTNOTE_MARK, '$1')
      .replace(LINE_BREAK, '\n')
      .replace(TAG, '');
  }
  if (text.includes('&')) text = text.replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi, entity);
  return squeeze(withoutEmphasis(PRINTED.test(text) ? text : clean(text)));
}

/** Runs of spaces as one, no space at the ends of lines, no blank lines. */
function squeeze(text: string): string {
  if (!text.includes('  ') && !text.includes('\n')) return text.trim();
  return text
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}

function withoutEmphasis(text: string): string {
  let out = text.replace(/^#{1,6} +/, '');
  if (!/[*_]/.test(out)) return out;
  out = out.replace(/(\*\*|__)(?=\S)/g, '').replace(/(?<=\S)(\*\*|__)/g, '');
  return out.replace(/(^|[\s("\u201c])([*_])(?=\S)([^*_\n]{1,2000})(?<=\S)\2(?=$|[\s.,;:)"\u201d])/g, '$1$3');
}

function entity(whole: string, name: string): string {
  if (name.startsWith('#')) {
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ' ';
  }
  return ENTITIES[name.toLowerCase()] ?? whole;
}
