/** Rules of paper, letters and the number of the page. */

import type { ReadSection } from './reading.ts';
import { everything, type Flaw, flawed, isBetween, lookOf, type Rule, tables } from './rule.ts';

const A4 = [210, 297] as const;
const MARGINS = { top: [20, 25], bottom: [20, 25], left: [30, 35], right: [15, 20] } as const;
/** Word keeps twentieths of a point. */
const SLACK_MM = 0.05;
/** From so many columns a table needs the long side of the paper. */
const WIDE = 6;

const eachSection = (
  sections: readonly ReadSection[],
  flaws: (section: ReadSection) => Omit<Flaw, 'where'>[],
): Flaw[] =>
  sections.flatMap((section, index) => flaws(section).map((one) => ({ where: `section ${index + 1}`, ...one })));

export const PAGE_RULES: readonly Rule[] = [
  {
    id: 'paper',
    basis: 'annex I, part I.1',
    check: ({ sections }) =>
      eachSection(sections, ({ width, height }) => {
        const [short, long] = [Math.min(width, height), Math.max(width, height)];
        return isBetween(short, A4[0], A4[0], 0.5) && isBetween(long, A4[1], A4[1], 0.5)
          ? []
          : [{ found: `${width.toFixed(1)} × ${height.toFixed(1)} mm`, expected: 'A4, 210 × 297 mm' }];
      }),
  },
  {
    id: 'direction',
    basis: 'annex I, part I.2',
    check: ({ sections }) =>
      eachSection(sections, (section) => {
        const isWide = section.width > section.height;
        if (isWide !== section.isLandscape)
          return [{ found: 'direction and size differ', expected: 'landscape with the long side across' }];
        const asks = tables(section).some((table) => table.hasLines && table.columns >= WIDE);
        return asks && !isWide
          ? [{ found: `a table of ${WIDE} columns or more on the short side`, expected: 'a landscape section' }]
          : [];
      }),
  },
  {
    id: 'margins',
    basis: 'annex I, part I.3',
    check: ({ sections }) =>
      eachSection(sections, ({ margins }) =>
        Object.entries(MARGINS)
          .map(([side, [low, high]]) => ({ side, low, high, mm: margins[side as keyof typeof MARGINS] }))
          .filter(({ mm, low, high }) => !isBetween(mm, low, high, SLACK_MM))
          .map(({ side, mm, low, high }) => ({
            found: `${side} ${mm.toFixed(1)} mm`,
            expected: `${side} ${low}–${high} mm`,
          })),
      ),
  },
  {
    id: 'font',
    basis: 'annex I, part I.4',
    check: (document) =>
      flawed(
        [...everything(document), ...document.sections.flatMap((one) => [...one.head, ...one.foot])],
        'Times New Roman, black, not underlined',
        (one) =>
          one.runs.every(
            (run) =>
              run.font === 'Times New Roman' &&
              ['000000', 'auto'].includes(run.colour.toLowerCase()) &&
              !run.underlined,
          ),
        (one) =>
          [...new Set(one.runs.map((run) => `${run.font} ${run.colour}${run.underlined ? ' underlined' : ''}`))].join(
            ', ',
          ),
      ),
  },
  {
    id: 'page-number',
    basis: 'annex I, part I.5',
    check: ({ sections }) =>
      eachSection(sections, ({ head, firstHead, firstDiffers, foot, margins }) => {
        const number = head.find((one) => one.hasPageField);
        if (number === undefined)
          return [
            { found: 'no number of the page in the head', expected: 'Arabic, 13–14 pt, centred in the top margin' },
          ];
        return [
          ...(number.align === 'center' &&
          number.runs.every((run) => isBetween(run.size, 13, 14) && !run.italic && !run.bold)
            ? []
            : [{ found: lookOf(number), expected: '13–14 pt upright, centred' }]),
          ...(firstDiffers && !firstHead.some((one) => one.hasPageField)
            ? []
            : [{ found: 'the first page shows its number', expected: 'no number on the first page' }]),
          ...(foot.some((one) => one.hasPageField)
            ? [{ found: 'a number of the page in the foot', expected: 'only in the head' }]
            : []),
          ...(margins.header > 0 && margins.header < margins.top
            ? []
            : [{ found: `head at ${margins.header.toFixed(1)} mm`, expected: 'inside the top margin' }]),
        ];
      }),
  },
  {
    id: 'pages-from-one',
    basis: 'annex I, part III.1',
    check: ({ sections }) =>
      eachSection(sections, ({ pagesFrom }) =>
        pagesFrom === 1 ? [] : [{ found: `pages from ${pagesFrom ?? 'the section before'}`, expected: 'pages from 1' }],
      ),
  },
  {
    id: 'heads-repeated',
    basis: 'house',
    check: ({ sections }) =>
      eachSection(sections, (section) =>
        tables(section)
          .filter((table) => table.hasLines && table.rows.length > 1 && table.rows[0]?.isHead !== true)
          .map((table) => ({
            found: `a table of ${table.rows.length} rows whose head stands once`,
            expected: 'the head of the table on every page',
          })),
      ),
  },
  {
    id: 'plain-file',
    basis: 'house',
    check: ({ parts, outside }) => [
      ...parts
        .filter((path) => /vbaProject|embeddings|activeX|media\//i.test(path))
        .map((path) => ({ where: path, found: 'a macro, object or picture', expected: 'text and tables only' })),
      ...outside.map((target) => ({
        where: 'relations',
        found: target.slice(0, 60),
        expected: 'nothing outside the file',
      })),
    ],
  },
];
