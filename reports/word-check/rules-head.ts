/** Rules of the head of a report: issuing body, State, number, title; and of its end. */
import type { ReadDocument, ReadSection, ReadTable } from './reading.ts';
import {
  type CheckWords,
  cellParagraphs,
  everything,
  type Flaw,
  flawed,
  isBetween,
  isCapitals,
  isSet,
  lookOf,
  NOT_APPLICABLE,
  type Rule,
  tables,
  texts,
} from './rule.ts';
import type { StyledParagraph } from './styled.ts';

/** Two digits or more, a stroke, and groups of capitals joined by hyphens. */
export const NUMBER_FORM = /^\d{2,}\/[A-ZĐ]{2,}(-[A-ZĐ0-9&]+)+$/;

function headOf({ sections }: ReadDocument): ReadTable | undefined {
  const [first] = sections;
  return first === undefined ? undefined : tables(first).find((table) => !table.hasLines);
}

function endOf({ sections }: ReadDocument, words: CheckWords): StyledParagraph[] {
  const found = sections[0] === undefined ? undefined : tables(sections[0]).findLast(() => true);
  const paragraphs = cellParagraphs(found);
  return paragraphs.some((one) => one.text.trim() === words.copies) ? paragraphs : [];
}

/** What stands after "Số:" in the head. */
function numberLine(document: ReadDocument, words: CheckWords): StyledParagraph | undefined {
  return cellParagraphs(headOf(document)).find((one) => one.text.startsWith(words.number));
}

/** The title and what follows it up to the drawn line. */
function titleOf(section: ReadSection | undefined, words: CheckWords): StyledParagraph[] {
  const list = texts(section);
  const from = list.findIndex((one) => one.text.trim() === words.title);
  return from === -1 ? [] : list.slice(from, from + 2);
}

function one(where: string, found: string, expected: string): Flaw {
  return { where, found, expected };
}

export const HEAD_RULES: readonly Rule[] = [
  {
    id: 'issuing-body',
    basis: 'annex I, part II.2',
    check(document) {
      const left = headOf(document)?.rows[0]?.cells[0] ?? [];
      const bodies = left.filter((paragraph) => paragraph.text.trim() !== '');
      const issuer = bodies.at(-1);
      if (issuer === undefined) return [one('head', 'no issuing body', 'the issuing body or its blank at the left')];
      return [
        ...flawed(
          [issuer],
          'capitals, 12–13 pt bold, centred',
          (p) => isSet(p, 12, 13, true, false) && isCapitals(p.text) && p.align === 'center',
          lookOf,
        ),
        ...flawed(
          bodies.slice(0, -1),
          'capitals, 12–13 pt upright, centred',
          (p) => isSet(p, 12, 13, false, false) && isCapitals(p.text),
          lookOf,
        ),
        ...(left.some((paragraph) => paragraph.isRule)
          ? []
          : [one('head', 'no drawn line', 'a drawn line under the issuing body')]),
      ];
    },
  },
  {
    id: 'state-or-draft',
    basis: 'annex I, part II.1; house: never over a draft without a number',
    check(document, words) {
      const head = cellParagraphs(headOf(document));
      const all = everything(document);
      const nation = head.find((p) => p.text.trim() === words.nation);
      const motto = head.find((p) => p.text.trim() === words.motto);
      const draft = head.find((p) => p.text.trim() === words.draft);
      const given = numberLine(document, words)?.text.slice(words.number.length).trim() ?? '';
      const isNumbered = NUMBER_FORM.test(given);
      const outside = all.filter((p) => p.text.includes(words.nation)).length - (nation === undefined ? 0 : 1);
      return [
        ...(outside > 0 ? [one('body', 'the name of the State', 'only in the head')] : []),
        ...(nation !== undefined && !isNumbered
          ? [one('head', 'the name of the State over a report without a number', `"${words.draft}"`)]
          : []),
        ...(nation === undefined && draft === undefined
          ? [one('head', 'neither State nor draft mark', `"${words.draft}" where there is no number`)]
          : []),
        ...(isNumbered && nation === undefined
          ? [one('head', 'a number without the name of the State', 'name and motto of the State')]
          : []),
        ...(isNumbered && draft !== undefined
          ? [one('head', 'a draft mark over a report with a number', 'no draft mark')]
          : []),
        ...(nation === undefined
          ? []
          : flawed(
              [nation],
              '12–13 pt bold, centred',
              (p) => isSet(p, 12, 13, true, false) && p.align === 'center',
              lookOf,
            )),
        ...(nation === undefined || motto !== undefined ? [] : [one('head', 'no motto', words.motto)]),
        ...(motto === undefined
          ? []
          : flawed(
              [motto],
              '13–14 pt bold, centred',
              (p) => isSet(p, 13, 14, true, false) && p.align === 'center',
              lookOf,
            )),
      ];
    },
  },
  {
    id: 'number',
    basis: 'annex I, part II.3',
    check(document, words) {
      const line = numberLine(document, words);
      if (line === undefined) return [one('head', 'no line for number and symbol', `"${words.number}…"`)];
      const given = line.text.slice(words.number.length);
      const isBlank = /^\s*\/BC-/.test(given);
      return [
        ...(isBlank || NUMBER_FORM.test(given)
          ? []
          : [one('head', given.slice(0, 40), 'two digits or more, "/", groups joined by "-", no spaces')]),
        ...flawed([line], '13 pt upright', (p) => isSet(p, 13, 13, false, false), lookOf),
      ];
    },
  },
  {
    id: 'place-and-day',
    basis: 'annex I, part II.4',
    check(document, words) {
      const row = headOf(document)?.rows.find((r) => r.cells.flat().some((p) => p.text.startsWith(words.number)));
      const place = row?.cells.at(-1)?.filter((p) => p.text.trim() !== '') ?? [];
      if (place.length === 0) return [one('head', 'no place and day', 'beside number and symbol')];
      return flawed(place, '13–14 pt italic', (p) => isSet(p, 13, 14, false, true), lookOf);
    },
  },
  {
    id: 'title',
    basis: 'annex I, part II.5',
    check({ sections }, words) {
      const [first] = sections;
      const [title, subject] = titleOf(first, words);
      if (title === undefined || subject === undefined)
        return [one('head', 'no title', `"${words.title}" and its subject`)];
      const blocks = first?.blocks ?? [];
      const after = blocks[blocks.indexOf(subject) + 1];
      return [
        ...flawed(
          [title, subject],
          '13–14 pt bold, centred',
          (p) => isSet(p, 13, 14, true, false) && p.align === 'center',
          lookOf,
        ),
        ...(after?.kind === 'paragraph' && after.isRule
          ? []
          : [one('title', 'no drawn line', 'a drawn line under the subject')]),
      ];
    },
  },
  {
    id: 'recipients',
    basis: 'annex I, part II.9',
    check(document, words) {
      const end = endOf(document, words);
      if (end.length === 0) return [one('end', 'no list of recipients', `"${words.copies}"`)];
      const head = end.filter((p) => p.text.trim() === words.copies);
      const lines = end.filter((p) => p.text.startsWith('- '));
      return [
        ...flawed(head, '12 pt bold italic', (p) => isSet(p, 12, 12, true, true), lookOf),
        ...flawed(lines, '11 pt upright', (p) => isSet(p, 11, 11, false, false), lookOf),
      ];
    },
  },
  {
    id: 'signer',
    basis: 'annex I, part II.7',
    check(document, words) {
      const end = endOf(document, words);
      if (end.length === 0) return NOT_APPLICABLE;
      const signer = end.filter((p) => p.align === 'center' && p.text.trim() !== '');
      if (signer.length === 0) return [one('end', 'no place to sign', 'position of the signer, or its blank')];
      return flawed(
        signer,
        '13–14 pt bold',
        (p) => p.runs.every((run) => run.bold && isBetween(run.size, 13, 14)),
        lookOf,
      );
    },
  },
];
