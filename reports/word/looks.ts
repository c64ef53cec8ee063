/**
 * Paper and looks of administrative reports, as Nghị định 30/2020/NĐ-CP (annex I) has them: one table for Word and for paper.
 * Rule: a measure of the decree stands here and nowhere else; `lint-rules.ts` has the ranges it allows.
 */

/** Millimetres. The decree: top and bottom 20–25, left 30–35, right 15–20; the number of the page stands in the top margin. */
export const PAPER = {
  short: 210,
  long: 297,
  top: 20,
  bottom: 20,
  left: 30,
  right: 15,
  header: 9,
  footer: 9,
} as const;

export const FONT = 'Times New Roman';

/** Width of the lines on a page, millimetres. */
export function textWidth(direction: 'portrait' | 'landscape'): number {
  return (direction === 'portrait' ? PAPER.short : PAPER.long) - PAPER.left - PAPER.right;
}

export interface Look {
  /** Name people see in Word's list of styles: one of Word's own where there is one. */
  readonly name: string;
  /** Points. */
  readonly size: number;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly align: 'left' | 'center' | 'both';
  /** Points above and below. */
  readonly before: number;
  readonly after: number;
  /** Lines. */
  readonly line: number;
  /** First line, millimetres. */
  readonly indent?: number;
  /** Stays on the page of what follows. */
  readonly keepNext?: boolean;
  /** Depth in the outline of the document, from 1. */
  readonly outline?: number;
}

/** 1 cm or 1.27 cm, says the decree. */
const FIRST_LINE = 12.7;

const head = { align: 'center', before: 0, after: 0, line: 1 } as const;
const running = { align: 'both', before: 0, after: 6, line: 1.15 } as const;
const inTable = { size: 11, before: 1, after: 1, line: 1 } as const;

export const LOOKS = {
  body: { name: 'Normal', size: 13, ...running, indent: FIRST_LINE },
  parent: { name: 'Issuing body: superior', size: 12, ...head },
  issuer: { name: 'Issuing body', size: 12, bold: true, ...head },
  nation: { name: 'State name', size: 12, bold: true, ...head },
  motto: { name: 'State motto', size: 13, bold: true, ...head },
  number: { name: 'Number and symbol', size: 13, ...head, before: 6 },
  place: { name: 'Place and day', size: 13, italic: true, ...head, before: 6 },
  draft: { name: 'Draft mark', size: 13, bold: true, ...head },
  title: { name: 'Title', size: 14, bold: true, ...head, before: 16, after: 2, keepNext: true },
  subject: { name: 'Subtitle', size: 14, bold: true, ...head, keepNext: true },
  asOf: { name: 'Day of the figures', size: 13, italic: true, ...head, before: 4, after: 6, keepNext: true },
  addressee: { name: 'Addressee', size: 13, ...head, before: 4, after: 8 },
  part: {
    name: 'heading 1',
    size: 13,
    bold: true,
    ...running,
    before: 6,
    indent: FIRST_LINE,
    keepNext: true,
    outline: 1,
  },
  item: { name: 'heading 2', size: 13, bold: true, ...running, indent: FIRST_LINE, keepNext: true, outline: 2 },
  group: { name: 'heading 3', size: 13, italic: true, ...running, indent: FIRST_LINE, keepNext: true, outline: 3 },
  annexNo: { name: 'Annex number', size: 14, bold: true, ...head, keepNext: true, outline: 1 },
  annexTitle: { name: 'Annex title', size: 14, bold: true, ...head, keepNext: true },
  annexNote: { name: 'Annex reference', size: 13, italic: true, ...head, after: 6, keepNext: true },
  tableTitle: {
    name: 'Table title',
    size: 13,
    bold: true,
    align: 'left',
    before: 8,
    after: 4,
    line: 1,
    keepNext: true,
  },
  cell: { name: 'Table text', ...inTable, align: 'left' },
  cellMiddle: { name: 'Table number', ...inTable, align: 'center' },
  cellHead: { name: 'Table head', ...inTable, bold: true, align: 'center', keepNext: true },
  cellStrong: { name: 'Table group', ...inTable, bold: true, align: 'left', keepNext: true },
  note: { name: 'Table note', size: 11, align: 'left', before: 4, after: 0, line: 1 },
  recipientsHead: { name: 'Recipients: head', size: 12, bold: true, italic: true, ...head, align: 'left' },
  recipients: { name: 'Recipients', size: 11, ...head, align: 'left' },
  signer: { name: 'Signer', size: 13, bold: true, ...head },
  pageNo: { name: 'header', size: 13, ...head },
  foot: { name: 'footer', size: 9, ...head },
} as const satisfies Record<string, Look>;

export type LookName = keyof typeof LOOKS;

export const LOOK_NAMES = Object.keys(LOOKS) as LookName[];

/** A look with what it leaves unsaid. */
export function look(name: LookName): Look {
  return LOOKS[name];
}
