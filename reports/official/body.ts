/** Pieces the bodies of all reports are built from. Rule: parts have Roman numbers, items Arabic ones, counted here. */
import { bareText } from '../rich-text.ts';
import type { Action } from '../view-parts.ts';
import { type Block, type Paragraph, paragraph } from '../word/document.ts';
import { type OfficialInput, sentenceOf } from './input.ts';

const PARTS = ['I', 'II', 'III', 'IV', 'V', 'VI'];

/** One part of the body; parts without anything in them are left out. */
export interface Part {
  /** Key below report.parts. */
  readonly key: string;
  readonly blocks: readonly Block[];
}

export interface Item {
  readonly title: string;
  readonly lines: readonly Paragraph[];
}

export function partBlocks({ labels }: OfficialInput, parts: readonly Part[]): Block[] {
  return parts
    .filter((part) => part.blocks.length > 0)
    .flatMap((part, index) => [
      paragraph('part', `${PARTS[index] ?? index + 1}. ${labels.text('report', 'parts', part.key)}`),
      ...part.blocks,
    ]);
}

/** Numbered items with their lines; an item without lines is left out. */
export function itemBlocks(items: readonly Item[]): Block[] {
  return items
    .filter((item) => item.lines.length > 0)
    .flatMap((item, index) => [paragraph('item', `${index + 1}. ${item.title}`), ...item.lines]);
}

/** "- …" */
export function lineOf({ labels }: OfficialInput, text: string): Paragraph {
  return paragraph('body', labels.format(['report', 'line'], { text: sentenceOf(text) }));
}

/** Next steps as numbered paragraphs: what, then the other five of the six columns and what it would gain. */
export function proposalBlocks({ labels }: OfficialInput, actions: readonly Action[]): Paragraph[] {
  const none = labels.text('format', 'none');
  return actions.map((one, index) => {
    const details = [
      ['lead', bareText(one.lead)],
      ['coordinate', bareText(one.coordinate)],
      ['responsible', one.responsible],
      ['product', one.product],
      ['due', bareText(one.due)],
      ['authority', one.authority],
      ['result', bareText(one.result)],
    ] as const;
    const words = details
      .filter(([, x]) => x !== '' && x !== none)
      .map(([key, x]) => labels.format(['report', 'details', key], { x: x.replace(/\.$/, '') }));
    return paragraph('body', [
      { text: `${index + 1}. ${sentenceOf(one.text)}`, bold: true },
      { text: ` ${words.join(labels.text('format', 'list_separator'))}.` },
    ]);
  });
}

/** The last paragraph of a body ends it: "./." instead of its full stop. */
export function ended({ labels }: OfficialInput, blocks: readonly Block[]): Block[] {
  const last = blocks.at(-1);
  if (last?.kind !== 'paragraph') return [...blocks];
  const end = last.runs.at(-1);
  if (end === undefined) return [...blocks];
  const text = `${end.text.replace(/\.$/, '')}${labels.text('report', 'end')}`;
  return [...blocks.slice(0, -1), { ...last, runs: [...last.runs.slice(0, -1), { ...end, text }] }];
}
