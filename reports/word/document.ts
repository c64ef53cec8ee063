/**
 * A document for Word and for paper as a value: sections of paragraphs and tables, each paragraph with the name of its look.
 * Rule: plain data; the writers (`body-xml.ts`, `print-html.ts`) place it and decide nothing.
 */
import type { LookName } from './looks.ts';

/** A piece of text; what is not said comes from the paragraph's look. */
export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  /** A footnote's mark. */
  readonly raised?: boolean;
}

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly look: LookName;
  readonly runs: readonly Run[];
}

/** A drawn line, centred (never underscores); millimetres. */
export interface Rule {
  readonly kind: 'rule';
  readonly width: number;
  /** Width of the column it stands in. */
  readonly within: number;
}

export interface Cell {
  readonly blocks: readonly (Paragraph | Rule)[];
  readonly span?: number;
}

export interface Row {
  readonly cells: readonly Cell[];
  /** May be broken over two pages: for what is longer than a page. */
  readonly breaks?: boolean;
}

export interface Table {
  readonly kind: 'table';
  /** `grid` has lines; `plain` only places things side by side. */
  readonly look: 'grid' | 'plain';
  /** Millimetres, one a column. */
  readonly widths: readonly number[];
  /** Repeated on every page. */
  readonly head: readonly Row[];
  readonly rows: readonly Row[];
}

export type Block = Paragraph | Rule | Table;

/** Pages of one direction with numbers of their own. */
export interface Section {
  readonly direction: 'portrait' | 'landscape';
  readonly blocks: readonly Block[];
}

export interface Document {
  readonly title: string;
  readonly subject: string;
  readonly creator: string;
  /** When it was made, ISO 8601 in UTC. */
  readonly madeAt: string;
  /** Stands at the foot of every page; null for none. */
  readonly foot: string | null;
  readonly sections: readonly Section[];
}

/** A paragraph of one text, or of pieces. */
export function paragraph(look: LookName, text: string | readonly Run[]): Paragraph {
  return { kind: 'paragraph', look, runs: typeof text === 'string' ? [{ text }] : text };
}

/** A cell of one paragraph. */
export function cell(look: LookName, text: string | readonly Run[], span = 1): Cell {
  return { blocks: [paragraph(look, text)], ...(span > 1 ? { span } : {}) };
}

export function rule(width: number, within: number): Rule {
  return { kind: 'rule', width: Math.round(width * 10) / 10, within };
}
