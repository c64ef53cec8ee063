/** What a rule of the layout is, and what it may ask. Rule: ranges are those of Nghị định 30/2020/NĐ-CP, with its place as basis. */
import type { Labels } from '../../config/labels.ts';
import type { ReadDocument, ReadSection, ReadTable } from './reading.ts';
import type { StyledParagraph } from './styled.ts';

/** Outcome of a rule where there is nothing it speaks of. */
export const NOT_APPLICABLE = 'not_applicable';

/** One thing that is not as it should be. */
export interface Flaw {
  /** Where: a section, a table, or the beginning of a text. */
  readonly where: string;
  readonly found: string;
  readonly expected: string;
}

export interface Rule {
  readonly id: string;
  /** Place in the decree; "house" for a rule of this project. */
  readonly basis: string;
  check(document: ReadDocument, words: CheckWords): Flaw[] | typeof NOT_APPLICABLE;
}

/** The words by which parts of a report are known. */
export interface CheckWords {
  readonly nation: string;
  readonly motto: string;
  readonly draft: string;
  readonly title: string;
  readonly annex: string;
  readonly attached: string;
  readonly copies: string;
  readonly end: string;
  /** Before and after the number in "Số: …". */
  readonly number: string;
  /** Texts of nothing but dots that a person fills in. */
  readonly blanks: readonly string[];
}

export function checkWords(labels: Labels): CheckWords {
  const text = (...path: string[]): string => labels.text(...path);
  return {
    nation: text('report', 'nation'),
    motto: text('report', 'motto'),
    draft: text('product', 'draft_mark'),
    title: text('product', 'report_title'),
    annex: text('tables', 'annex', 'only'),
    attached: text('tables', 'vpcp_grouped', 'attached').split(' ').slice(0, 3).join(' '),
    copies: text('report', 'copies'),
    end: text('report', 'end'),
    number: text('report', 'number').split('{')[0] ?? '',
    blanks: [...Object.values(labels.group('report', 'blanks')), text('pages', 'site', 'blank')],
  };
}

const SHOWN = 40;

/** Flaws of texts that do not hold what is asked of them. */
export function flawed(
  paragraphs: readonly StyledParagraph[],
  expected: string,
  holds: (one: StyledParagraph) => boolean,
  found: (one: StyledParagraph) => string,
): Flaw[] {
  return paragraphs
    .filter((one) => !holds(one))
    .map((one) => ({ where: `"${one.text.trim().slice(0, SHOWN)}"`, found: found(one), expected }));
}

export function isBetween(value: number, low: number, high: number, slack = 0.01): boolean {
  return value >= low - slack && value <= high + slack;
}

export function sizes(one: StyledParagraph): number[] {
  return [...new Set(one.runs.map((run) => run.size))];
}

export function lookOf(one: StyledParagraph): string {
  const has = (test: (run: StyledParagraph['runs'][number]) => boolean): boolean => one.runs.every(test);
  return `${sizes(one).join('/')} pt${has((run) => run.bold) ? ' bold' : ''}${has((run) => run.italic) ? ' italic' : ''} ${one.align}`;
}

/** Size, weight and slope of every run. */
export function isSet(one: StyledParagraph, low: number, high: number, bold: boolean, italic: boolean): boolean {
  return one.runs.every((run) => isBetween(run.size, low, high) && run.bold === bold && run.italic === italic);
}

export function tables(section: ReadSection): ReadTable[] {
  return section.blocks.filter((one): one is ReadTable => one.kind === 'table');
}

/** Paragraphs that stand in no table and hold text. */
export function texts(section: ReadSection | undefined): StyledParagraph[] {
  return (section?.blocks ?? []).filter(
    (one): one is StyledParagraph => one.kind === 'paragraph' && one.text.trim() !== '',
  );
}

export function cellParagraphs(table: ReadTable | undefined): StyledParagraph[] {
  return table?.rows.flatMap((row) => row.cells.flat()) ?? [];
}

/** Every paragraph of the body of the file, also those in tables. */
export function everything(document: ReadDocument): StyledParagraph[] {
  return document.sections.flatMap((section) =>
    section.blocks.flatMap((one) => (one.kind === 'table' ? cellParagraphs(one) : [one])),
  );
}

/** Sections that begin as an annex does. */
export function annexes({ sections }: ReadDocument, words: CheckWords): ReadSection[] {
  return sections.filter((section) => isAnnexName(texts(section)[0]?.text ?? '', words));
}

export function isAnnexName(text: string, { annex }: CheckWords): boolean {
  return text.startsWith(annex) && /^\s*[IVXLC]*\s*$/.test(text.slice(annex.length));
}

/** Capitals, as far as a text has letters. */
export function isCapitals(text: string): boolean {
  return text === text.toLocaleUpperCase('vi');
}
