/**
 * The wording people see, in one language. Every word on a page comes from the label files (or from criteria, catalogue
 * and agencies); code and templates only know keys.
 */
import { z } from 'zod';
import { BoundedMap } from './bounded-map.ts';
import { Fault } from './fault.ts';
import { type Written, writtenIn } from './format.ts';

export type LabelTree = string | number | boolean | null | readonly LabelTree[] | { readonly [key: string]: LabelTree };
export const labelsFile: z.ZodType<{ [key: string]: LabelTree }> = z.record(z.string(), z.json()) as never;

export class Labels {
  readonly #tree: { readonly [key: string]: LabelTree };
  /** Language of the texts, as a page declares it: `vi`, `en`. */
  readonly language: string;
  /** Numbers and dates as that language writes them. */
  readonly written: Written;

  constructor(tree: { readonly [key: string]: LabelTree }) {
    this.#tree = tree;
    const locale = typeof tree.locale === 'string' ? tree.locale : 'vi-VN';
    this.language = locale.slice(0, 2);
    this.written = writtenIn(locale);
  }

  /** The node at a path of keys, or undefined. Keys may hold dots (`attributes`, `c12.connection`). */
  node(...path: string[]): LabelTree | undefined {
    let node: LabelTree | undefined = this.#tree;
    for (const key of path) {
      if (node === null || typeof node !== 'object' || Array.isArray(node) || !Object.hasOwn(node, key))
        return undefined;
      node = (node as { readonly [key: string]: LabelTree })[key];
    }
    return node;
  }

  has(...path: string[]): boolean {
    return typeof this.node(...path) === 'string';
  }

  /** The text at a path; a missing label is a fault of the label file, never an empty string on a page. */
  text(...path: string[]): string {
    const found = this.node(...path);
    if (typeof found !== 'string') {
      throw new Fault('labels/missing', `label ${path.join('.')} is missing`, { hint: 'add it to the label file' });
    }
    return found;
  }

  /** The text at a path with {placeholders} filled in. */
  format(path: readonly string[], values: Readonly<Record<string, string | number>>): string {
    return fill(this.text(...path), values);
  }

  /** All texts below a path, as key → text (for lists such as states of a scale). */
  group(...path: string[]): Record<string, string> {
    const found = this.node(...path);
    if (found === undefined || found === null || typeof found !== 'object') return {};
    return Object.fromEntries(Object.entries(found).filter((e): e is [string, string] => typeof e[1] === 'string'));
  }

  /** Every text with its dotted key, for the published `label` table. */
  flat(): { key: string; text: string }[] {
    const rows: { key: string; text: string }[] = [];
    const walk = (node: LabelTree, path: string): void => {
      if (typeof node === 'string') rows.push({ key: path, text: node });
      else if (node !== null && typeof node === 'object') {
        for (const [key, child] of Object.entries(node)) walk(child, path === '' ? key : `${path}.${key}`);
      }
    };
    walk(this.#tree, '');
    return rows;
  }

  get tree(): { readonly [key: string]: LabelTree } {
    return this.#tree;
  }
}

/** A piece of a label: text as it stands, or a place to be filled. */
export type Piece = string | { name: string; one: string | null; many: string };

/** Cuts a label at its places: `{name}` takes a value, `{name?day|days}` the word that goes with it (1, or any other). */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(/\{([a-z0-9_]+)(?:\?([^{}|]*)\|([^{}|]*))?\}/gi)) {
    if (found.index > from) pieces.push(text.slice(from, found.index));
    pieces.push({ name: found[1] ?? '', one: found[2] ?? null, many: found[3] ?? '' });
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

/** Whether a value, as it is printed, is one thing: "1", and "01" where counts have two digits. */
export function isOne(value: string | number): boolean {
  return /^0?1$/.test(String(value));
}

/** A page fills the same few labels hundreds of times. */
const cut = new BoundedMap<string, readonly Piece[]>(2_000);

/** Fills the places of a label; a place without a value is left visible, so that a test or a reader sees it. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  if (!text.includes('{')) return text;
  let pieces = cut.get(text);
  if (pieces === undefined) {
    pieces = piecesOf(text);
    cut.set(text, pieces);
  }
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      const value = Object.hasOwn(values, piece.name) ? values[piece.name] : undefined;
      if (value === undefined) return `{${piece.name}}`;
      return piece.one === null ? String(value) : isOne(value) ? piece.one : piece.many;
    })
    .join('');
}

/** What people read where a source gave nothing; the exact code stands with it only where no wording is known. */
export function sourceError(labels: Labels, code: string): string {
  const key = code.replace(/^source\//, '');
  return labels.has('source_errors', key)
    ? labels.text('source_errors', key)
    : labels.format(['source_errors', 'other'], { code });
}
