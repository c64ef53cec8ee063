/**
 * Sentences that the program itself wrote into the published tables (findings, next actions), said again in another language:
 * each is cut at the places of its Vietnamese label, and the other label is filled with what stood there. Rule: what does not
 * fit its label word for word (a site had other words then) stays as it was written.
 */
import { fill, Labels, type LabelTree, piecesOf } from '../config/labels.ts';
import type { LabelFile } from '../config/translation.ts';
import type { PublicationData, Row } from '../scoring/contract.ts';
import { ViewContext } from './view-context.ts';

/** The same publication with its own sentences, and all words around the data, in another language. */
export function inLanguage(ctx: ViewContext, words: LabelFile): ViewContext {
  const teller = new Teller(ctx.labels, new Labels(words));
  const data: PublicationData = {
    ...ctx.data,
    finding: [...ctx.data.finding, ...ctx.resolved].map((row) => teller.finding(row)),
    action: ctx.data.action.map((row) => teller.action(row)),
  };
  return new ViewContext(data, { ...ctx.config, labels: words }, ctx.meta, ctx);
}

/** What stands in the places of a label in a text made with it; null where the text was not. Leftmost, and in linear time. */
export function valuesIn(text: string, label: string): Record<string, string> | null {
  const values: Record<string, string> = {};
  let from = 0;
  let open: string | null = null;
  const take = (until: number): boolean => {
    if (open === null) return until === from;
    const found = text.slice(from, until);
    if (Object.hasOwn(values, open) && values[open] !== found) return false;
    values[open] = found;
    open = null;
    return true;
  };
  const pieces = piecesOf(label);
  for (const [index, piece] of pieces.entries()) {
    if (typeof piece !== 'string') {
      if (piece.one !== null || open !== null) return null;
      open = piece.name;
      continue;
    }
    const at = index === pieces.length - 1 ? text.length - piece.length : text.indexOf(piece, from);
    if (at < from || !text.startsWith(piece, at) || !take(at)) return null;
    from = at + piece.length;
  }
  return take(text.length) ? values : null;
}

/** Groups whose words fill the places of sentences. */
const FILLINGS = [
  'scales',
  'attributes',
  'holders',
  'levels',
  'finding_words',
  'source_errors',
  'quality',
  'agencies',
  'actions',
];
/** Labels with places of their own that fill a place of a sentence. */
const PHRASES = [
  ['format', 'place'],
  ['format', 'rows'],
  ['format', 'one_row'],
  ['finding_words', 'among'],
  ['source_errors', 'other'],
  ['quality', 'failing', 'rows'],
  ['quality', 'failing', 'share'],
];
/** What a next action would bring. */
const GAINS = ['gain_level', 'gain_confirmed', 'gain_criteria', 'gain_denominator', 'gain_floor'];

class Teller {
  readonly #from: Labels;
  readonly #to: Labels;
  readonly #words = new Map<string, string>();

  constructor(from: Labels, to: Labels) {
    this.#from = from;
    this.#to = to;
    for (const group of FILLINGS) this.#learn(from.node(group), to.node(group));
  }

  finding(row: Row<'finding'>): Row<'finding'> {
    const family = this.#from.has('contradictions', row.kind, 'text') ? 'contradictions' : 'findings';
    return {
      ...row,
      name: this.#sentence([family, row.kind, 'name'], row.name) ?? row.name,
      text: this.#sentence([family, row.kind, 'text'], row.text) ?? row.text,
    };
  }

  action(row: Row<'action'>): Row<'action'> {
    const word = (text: string): string => this.#words.get(text) ?? text;
    const gain = (text: string): string =>
      GAINS.map((one) => this.#sentence(['actions', one], text)).find((told) => told !== null) ?? word(text);
    return {
      ...row,
      text: this.#sentence(['actions', 'templates', row.action], row.text) ?? row.text,
      responsible: word(row.responsible),
      lead: row.lead === null ? null : word(row.lead),
      coordinate: row.coordinate === null ? null : word(row.coordinate),
      product: word(row.product),
      authority: word(row.authority),
      due_basis: row.due_basis === null ? null : word(row.due_basis),
      result: row.result
        .split(this.#from.text('format', 'list_separator'))
        .map(gain)
        .join(this.#to.text('format', 'list_separator')),
    };
  }

  /** The text that the label at a path made, said with the other label; null where it was not made with it. */
  #sentence(path: readonly string[], text: string): string | null {
    if (!this.#from.has(...path) || !this.#to.has(...path)) return null;
    const values = valuesIn(text, this.#from.text(...path));
    if (values === null) return null;
    return fill(
      this.#to.text(...path),
      Object.fromEntries(Object.entries(values).map(([place, value]) => [place, this.#value(value)])),
    );
  }

  /** A word, a number, a day or a phrase as the other language has it; anything else is data and stays. */
  #value(text: string): string {
    const { written } = this.#to;
    const word = this.#words.get(text);
    if (word !== undefined) return word;
    if (/^0?\d$|^\d{1,3}(\.\d{3})*$/.test(text)) return written.number(Number(text.replaceAll('.', '')));
    const point = /^(\d+),(\d+)(%?)$/.exec(text);
    if (point !== null) return written.points(Number(`${point[1]}.${point[2]}`)) + point[3];
    const day = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
    if (day !== null) return written.date(`${day[3]}-${day[2]?.padStart(2, '0')}-${day[1]?.padStart(2, '0')}`);
    return PHRASES.map((path) => this.#sentence(path, text)).find((told) => told !== null) ?? text;
  }

  #learn(from: LabelTree | undefined, to: LabelTree | undefined): void {
    if (typeof from === 'string' && typeof to === 'string') {
      if (!from.includes('{') && !this.#words.has(from)) this.#words.set(from, to);
    } else if (from !== null && to !== null && typeof from === 'object' && typeof to === 'object') {
      for (const [key, child] of Object.entries(from))
        this.#learn(child, Object.hasOwn(to, key) ? (to as { [key: string]: LabelTree })[key] : undefined);
    }
  }
}
