/** Annexes of a report, numbered when there are several. Rule: each is a section of its own, so that its pages count from 1. */
import type { Labels } from '../../config/labels.ts';
import { type Block, cell, paragraph, type Row, type Section, type Table } from '../word/document.ts';
import type { LookName } from '../word/looks.ts';

export interface Annex {
  /** Key of its name below report.annex_titles. */
  readonly key: string;
  /** Lines of its head, in capitals. */
  readonly title: string;
  /** Day of the figures, where the form has one. */
  readonly asOf: string | null;
  readonly blocks: readonly Block[];
}

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'];

/** "Phụ lục", or "Phụ lục I" where there are more. */
export function annexName(labels: Labels, index: number, of: number): string {
  return of === 1
    ? labels.text('tables', 'annex', 'only')
    : labels.format(['report', 'annex'], { no: ROMAN[index] ?? String(index + 1) });
}

/** The sentence of the body that refers to every annex; null where there is none. */
export function annexReference(labels: Labels, annexes: readonly Annex[]): string | null {
  if (annexes.length === 0) return null;
  const names = annexes.map(({ key }, index) =>
    labels.format(['report', 'annex_named'], {
      annex: annexName(labels, index, annexes.length),
      title: labels.text('report', 'annex_titles', key),
    }),
  );
  return labels.format(['report', 'annexes_here'], { annexes: names.join(labels.text('format', 'list_separator')) });
}

export function annexSection(labels: Labels, annex: Annex, index: number, of: number): Section {
  return {
    direction: 'landscape',
    blocks: [
      paragraph('annexNo', annexName(labels, index, of)),
      paragraph('annexTitle', annex.title),
      ...(annex.asOf === null ? [] : [paragraph('annexNote', `(${annex.asOf})`)]),
      paragraph('annexNote', labels.text('tables', 'vpcp_grouped', 'attached')),
      ...annex.blocks,
    ],
  };
}

/** Signs of a cell from which its row may be broken over two pages. */
const LONG = 700;

/** A table with lines: a head that is repeated, and cells in the looks of their columns. */
export function grid(
  widths: readonly number[],
  head: readonly string[],
  looks: readonly LookName[],
  rows: readonly (readonly string[])[],
): Table {
  return {
    kind: 'table',
    look: 'grid',
    widths,
    head: [headRow(head.slice(0, widths.length))],
    rows: rows.map((texts) => gridRow(texts, looks)),
  };
}

export function headRow(head: readonly string[]): Row {
  return { cells: head.map((text) => cell('cellHead', text)) };
}

export function gridRow(texts: readonly string[], looks: readonly LookName[]): Row {
  return {
    cells: texts.map((text, index) => cell(looks[index] ?? 'cell', text)),
    ...(texts.some((text) => text.length > LONG) ? { breaks: true } : {}),
  };
}
