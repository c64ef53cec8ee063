/** Rules of the running text: size, indent, distance, numbering, end, and what may stand unfilled. */

import type { ReadDocument } from './reading.ts';
import {
  type CheckWords,
  everything,
  type Flaw,
  flawed,
  isBetween,
  lookOf,
  NOT_APPLICABLE,
  type Rule,
  sizes,
  texts,
} from './rule.ts';
import type { StyledParagraph } from './styled.ts';

/** Points in Vietnamese order: đ stands between d and e; f, j, w, z are no letters of it. */
const POINTS = 'abcdđeghiklmnopqrstuvxy';
const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

/** Text of the report itself that is not centred. */
function running(document: ReadDocument): StyledParagraph[] {
  return texts(document.sections[0]).filter((one) => one.align !== 'center');
}

function count(document: ReadDocument): { parts: string[]; items: string[][]; points: string[][] } {
  const parts: string[] = [];
  const items: string[][] = [[]];
  const points: string[][] = [[]];
  for (const one of running(document)) {
    const isStrong = one.runs.length > 0 && one.runs.every((run) => run.bold);
    const part = /^([IVX]+)\. /.exec(one.text)?.[1];
    const item = /^(\d+)\. /.exec(one.text)?.[1];
    const point = /^(\p{Ll})\) /u.exec(one.text)?.[1];
    if (part !== undefined && isStrong) {
      parts.push(part);
      items.push([]);
    }
    if (item !== undefined && one.runs[0]?.bold === true) items.at(-1)?.push(item);
    if (point === undefined) points.push([]);
    else points.at(-1)?.push(point);
  }
  return { parts, items, points };
}

/** Flaws where numbers do not follow each other. */
function steps(found: readonly string[], expected: readonly string[], where: string): Flaw[] {
  const wrong = found.findIndex((one, index) => one !== expected[index]);
  return wrong === -1 ? [] : [{ where, found: found.join(', '), expected: expected.slice(0, found.length).join(', ') }];
}

export const BODY_RULES: readonly Rule[] = [
  {
    id: 'size',
    basis: 'annex I, part II.6',
    check: (document) =>
      flawed(
        texts(document.sections[0]),
        '13–14 pt',
        (one) => sizes(one).every((size) => isBetween(size, 13, 14)),
        (one) => `${sizes(one).join('/')} pt`,
      ),
  },
  {
    id: 'justified',
    basis: 'annex I, part II.6',
    check: (document) =>
      flawed(
        running(document),
        'justified, first line in by 1 or 1.27 cm',
        (one) =>
          one.align === 'both' && (isBetween(one.firstLine, 10, 10, 0.2) || isBetween(one.firstLine, 12.7, 12.7, 0.2)),
        (one) => `${one.align}, ${one.firstLine.toFixed(1)} mm`,
      ),
  },
  {
    id: 'distance',
    basis: 'annex I, part II.6',
    check: (document) =>
      flawed(
        running(document),
        'at least 6 pt between paragraphs, lines single to 1.5',
        (one) => one.before + one.after >= 6 && isBetween(one.line, 1, 1.5),
        (one) => `${one.before + one.after} pt, ${one.line.toFixed(2)} lines`,
      ),
  },
  {
    id: 'parts-in-order',
    basis: 'annex I, part II.6',
    check: (document) => {
      const { parts, items } = count(document);
      return [
        ...steps(parts, ROMAN, 'parts'),
        ...items.flatMap((list, index) =>
          steps(
            list,
            list.map((_, i) => String(i + 1)),
            `items of part ${index}`,
          ),
        ),
      ];
    },
  },
  {
    id: 'points-in-order',
    basis: 'annex I, part II.6',
    check: (document) => {
      const lists = count(document).points.filter((list) => list.length > 0);
      return lists.length === 0 ? NOT_APPLICABLE : lists.flatMap((list) => steps(list, [...POINTS], 'points'));
    },
  },
  {
    id: 'ended',
    basis: 'annex I, part II.6',
    check(document, { end }) {
      const last = running(document).at(-1);
      return last === undefined
        ? [{ where: 'body', found: 'no text', expected: `text that ends "${end}"` }]
        : flawed(
            [last],
            `"${end}" at the end`,
            (one) => one.text.trimEnd().endsWith(end),
            (one) => one.text.slice(-10),
          );
    },
  },
  {
    id: 'unfilled',
    basis: 'house: nothing stands unfilled but what a person fills in',
    check: (document, words) =>
      flawed(
        everything(document),
        'filled in, or a blank of the label file',
        (one) => !isUnfilled(one.text, words),
        (one) => one.text.slice(0, 60),
      ),
  },
  {
    id: 'drawn-lines',
    basis: 'annex I, part II.1',
    check: (document) =>
      flawed(everything(document), 'lines that are drawn', (one) => !/_{3,}|-{5,}|─{3,}/.test(one.text), lookOf),
  },
];

/** A place of a template that was left open, or dots where none are allowed. */
export function isUnfilled(text: string, { blanks }: CheckWords): boolean {
  if (/\{[a-z0-9_.]+\}|\{\{|\[(?:\.{3}|…)\]|<(?:[a-z_ ]+)>|\b(?:TODO|TBD|XXX|lorem ipsum|undefined|NaN)\b/i.test(text))
    return true;
  const dots = /…{2,}|\.{4,}/g;
  const allowed = new Set(blanks.flatMap((blank) => blank.match(dots) ?? []));
  return (text.match(dots) ?? []).some((one) => !allowed.has(one));
}
