/** HTML as a reader of the page sees it. */
import { Parser } from 'htmlparser2';
import { readLines } from '../layouts/read-lines.ts';
import type { Document, Format, Place } from '../model.ts';
import type { Allowance } from './allowance.ts';
import { BlockBuilder } from './block-builder.ts';
import { BlockSink } from './block-sink.ts';
import { documentFault, MAX_DEPTH } from './limits.ts';

/** Elements whose content nobody reads on the page. */
const UNSEEN = new Set(
  'script style template noscript svg math iframe object canvas audio video select datalist nav title'.split(' '),
);
/** Elements that begin on a line of their own. */
const BLOCKS = new Set(
  'p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd section article header footer main aside blockquote address center form fieldset figure figcaption hr br pre caption details summary body html'.split(
    ' ',
  ),
);
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
const HIDDEN_STYLE = /(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)/i;

/**
 * The blocks of an HTML text as a reader of the page sees them. Lines count in the source from `firstLine`. Throws
 * `document/too-many-rows`, `too-large`, and `document/broken` for markup nested beyond reason.
 */
export function readHtml(html: string, allowance: Allowance, format: Format = 'html', firstLine = 1): Document {
  const blocks = new BlockBuilder(allowance);
  const reader = new HtmlReader(html, blocks, firstLine);
  const parser = new Parser(reader, { decodeEntities: true, lowerCaseTags: true });
  reader.position = () => parser.startIndex;
  parser.write(html);
  parser.end();
  reader.end();
  const joined = {
    code: 'joined_tables',
    message: `${blocks.joined} pieces of tables cut by a page were put together`,
  };
  return { format, blocks: blocks.blocks, notes: blocks.joined > 0 ? [joined] : [] };
}

class HtmlReader {
  position: () => number = () => 0;
  readonly #html: string;
  readonly #blocks: BlockBuilder;
  readonly #sink: BlockSink;
  /** Open elements; true where the element hides what is in it. */
  readonly #stack: { name: string; unseen: boolean }[] = [];
  #unseen = 0;
  #line: number;
  /** The next line feed not counted yet. */
  #feed: number;
  readonly #lists: { ordered: boolean; next: number }[] = [];
  #raised: string | null = null;
  #pre: { text: string; line: number }[] | null = null;
  #head = 0;

  constructor(html: string, blocks: BlockBuilder, firstLine: number) {
    this.#html = html;
    this.#blocks = blocks;
    this.#sink = new BlockSink(blocks);
    this.#line = firstLine;
    this.#feed = html.indexOf('\n');
  }

  onopentag(name: string, attributes: Record<string, string>): void {
    if (!VOID.has(name)) {
      const unseen = UNSEEN.has(name) || isHidden(attributes);
      if (unseen) this.#unseen++;
      this.#stack.push({ name, unseen });
      if (this.#stack.length > MAX_DEPTH)
        throw documentFault('broken', 'the HTML is nested too deeply', 'save the page again from a browser');
    }
    if (this.#unseen > 0) return;
    this.#open(name, attributes);
  }

  #open(name: string, attributes: Record<string, string>): void {
    const sink = this.#sink;
    if (this.#raised !== null && (BLOCKS.has(name) || name === 'td')) this.#endRaised();
    if (name === 'table') sink.tableStart();
    else if (name === 'thead') this.#head++;
    else if (name === 'tr') sink.rowStart(this.#head > 0);
    else if (name === 'td' || name === 'th') {
      const columns = count(attributes.colspan, 1_000);
      sink.cellStart(this.#place(), { columns, rows: count(attributes.rowspan, 30_000), title: name === 'th' });
      if (!sink.insideTable) sink.break();
    } else if (name === 'sup') this.#raised = '';
    else if (name === 'ul' || name === 'ol') {
      const start = Number.parseInt(attributes.start ?? '1', 10);
      this.#lists.push({ ordered: name === 'ol', next: Number.isFinite(start) ? start : 1 });
    }
    if (BLOCKS.has(name)) sink.break();
    if (name === 'li') {
      const list = this.#lists.at(-1);
      if (list?.ordered === true && !/list-style(?:-type)?\s*:\s*none/i.test(attributes.style ?? ''))
        sink.text(`${list.next++}. `, this.#place());
    }
    if (name === 'pre' && !sink.insideTable) this.#pre = [];
  }

  onclosetag(name: string): void {
    if (VOID.has(name)) return;
    const unseen = this.#unseen > 0;
    const open = this.#stack.pop();
    if (open?.unseen === true) this.#unseen--;
    if (unseen) return;
    const sink = this.#sink;
    if (name === 'table') sink.tableEnd();
    else if (name === 'thead') this.#head = Math.max(0, this.#head - 1);
    else if (name === 'tr') sink.rowEnd();
    else if (name === 'td' || name === 'th') sink.cellEnd();
    else if (name === 'sup') this.#endRaised();
    else if (name === 'ul' || name === 'ol') this.#lists.pop();
    if (BLOCKS.has(name)) sink.break();
    if (name === 'pre' && this.#pre !== null) {
      const lines = this.#pre;
      this.#pre = null;
      this.#blocks.add(readLines(lines, 'html', this.#blocks.allowance).blocks);
    }
  }

  ontext(data: string): void {
    if (this.#unseen > 0) return;
    if (this.#raised !== null) {
      this.#raised += data;
      if (this.#raised.length > 50) this.#endRaised();
      return;
    }
    const pieces = data.split('\n');
    const { line } = this.#place();
    if (this.#pre !== null) {
      this.#preformatted(pieces, line);
      return;
    }
    for (let at = 0; at < pieces.length; at++)
      this.#sink.text(at === pieces.length - 1 ? (pieces[at] ?? '') : `${pieces[at]} `, { line: line + at });
  }

  end(): void {
    this.#sink.end();
    if (this.#pre !== null) this.#blocks.add(readLines(this.#pre, 'html', this.#blocks.allowance).blocks);
  }

  #preformatted(pieces: readonly string[], line: number): void {
    const lines = this.#pre ?? [];
    pieces.forEach((piece, at) => {
      const open = lines.at(-1);
      if (at === 0 && open !== undefined) open.text += piece;
      else lines.push({ text: piece, line: line + at });
    });
  }

  /** A number raised after a word is a reference to a footnote; after one or two letters it is an exponent. */
  #endRaised(): void {
    const text = this.#raised ?? '';
    this.#raised = null;
    const footnote =
      /^\s*[[(]?\d{1,3}[\])]?\s*$/.test(text) && /(?:[\p{L}\p{N}]{3}|[).,;:"\u201d])$/u.test(this.#sink.tail);
    if (!footnote) this.#sink.text(text, this.#place());
  }

  #place(): Place {
    const to = this.position();
    while (this.#feed >= 0 && this.#feed < to) {
      this.#line++;
      this.#feed = this.#html.indexOf('\n', this.#feed + 1);
    }
    return { line: this.#line };
  }
}

function isHidden(attributes: Record<string, string>): boolean {
  return 'hidden' in attributes || (attributes.style !== undefined && HIDDEN_STYLE.test(attributes.style));
}

function count(value: string | undefined, most: number): number {
  const n = Number.parseInt(value ?? '1', 10);
  // A span of 0 means: to the end.
  if (n === 0) return most;
  return Number.isFinite(n) && n > 0 ? Math.min(n, most) : 1;
}
