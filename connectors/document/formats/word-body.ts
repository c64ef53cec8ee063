/** Events of WordprocessingML → text and tables. */
import type { Note } from '../layouts/line.ts';
import type { Place } from '../model.ts';
import type { BlockSink } from './block-sink.ts';
import { fromLegacy, legacyFont } from './legacy-vietnamese.ts';
import { documentFault, MAX_DEPTH } from './limits.ts';
import type { WordNumbering } from './word-numbering.ts';
import type { WordStyle } from './word-styles.ts';

/** Deleted text, the copy for older programs, instructions of fields. */
const UNSEEN = new Set(['w:del', 'w:moveFrom', 'mc:Fallback', 'w:instrText', 'w:delText']);
const OFF = new Set(['0', 'false', 'off', 'none']);

interface Run {
  font: string | undefined;
  hidden: boolean;
  raised: boolean;
}

interface ParagraphState {
  style: string;
  numId: string | null;
  depth: number;
  label: string;
}

export class WordBody {
  readonly notes: Note[] = [];
  /** The root element was closed. */
  complete = false;
  readonly #sink: BlockSink;
  readonly #numbering: WordNumbering;
  readonly #styles: ReadonlyMap<string, WordStyle>;
  #depth = 0;
  #unseen = 0;
  #paragraphs = 0;
  #paragraph: ParagraphState = blankParagraph();
  #run: Run = { font: undefined, hidden: false, raised: false };
  #inRun = false;
  #inText = false;
  #inProperties = 0;
  #footnote: string | null = null;
  #legacy = false;

  constructor(sink: BlockSink, numbering: WordNumbering, styles: ReadonlyMap<string, WordStyle>) {
    this.#sink = sink;
    this.#numbering = numbering;
    this.#styles = styles;
  }

  onopentag(name: string, attributes: Record<string, string>): void {
    this.#depth++;
    if (this.#depth > MAX_DEPTH)
      throw documentFault('broken', 'the document is nested too deeply', 'save it again in Word');
    if (UNSEEN.has(name)) this.#unseen++;
    if (this.#unseen > 0) return;
    const value = attributes['w:val'];
    if (!this.#structure(name, attributes)) this.#property(name, value, attributes);
  }

  onclosetag(name: string, implied: boolean): void {
    this.#depth--;
    if (this.#depth === 0) this.complete = !implied;
    if (UNSEEN.has(name)) {
      this.#unseen--;
      return;
    }
    if (this.#unseen > 0) return;
    const sink = this.#sink;
    if (name === 'w:t') this.#inText = false;
    else if (name === 'w:r') this.#inRun = false;
    else if (name === 'w:pPr') {
      this.#inProperties--;
      this.#label();
    } else if (name === 'w:p') {
      this.#flushLabel(true);
      sink.break();
    } else if (name === 'w:tc') sink.cellEnd();
    else if (name === 'w:tr') sink.rowEnd();
    else if (name === 'w:tbl') sink.tableEnd();
    else if (name === 'w:footnote' || name === 'w:endnote') this.#footnote = null;
  }

  ontext(data: string): void {
    if (!this.#inText || this.#unseen > 0 || this.#run.hidden) return;
    if (this.#run.raised && /^\s*\d{1,3}\s*$/.test(data) && /[\p{L}\p{N}]{3}$/u.test(this.#sink.tail)) return;
    this.#flushLabel(false);
    if (this.#footnote !== null) {
      this.#write(`[${this.#footnote}] `);
      this.#footnote = null;
    }
    this.#write(this.#unicode(data));
  }

  end(): void {
    this.#sink.end();
    this.#depth = 0;
    if (this.#legacy && !this.notes.some((note) => note.code === 'legacy_encoding'))
      this.notes.push({ code: 'legacy_encoding', message: 'text in fonts of before Unicode has been converted' });
  }

  /** True when the element was one of structure. */
  #structure(name: string, attributes: Record<string, string>): boolean {
    const sink = this.#sink;
    if (name === 'w:p') {
      this.#paragraphs++;
      this.#paragraph = blankParagraph();
      sink.break();
    } else if (name === 'w:pPr') this.#inProperties++;
    else if (name === 'w:r') {
      this.#inRun = true;
      this.#run = { font: undefined, hidden: false, raised: false };
    } else if (name === 'w:t') this.#inText = true;
    else if (name === 'w:tbl') sink.tableStart();
    else if (name === 'w:tr') sink.rowStart(false);
    else if (name === 'w:tc') sink.cellStart({ line: this.#paragraphs + 1 });
    else if (name === 'w:br' || name === 'w:cr') sink.break();
    else if (name === 'w:tab' && this.#inRun) this.#write(' ');
    else if (name === 'w:noBreakHyphen') this.#write('-');
    else if (name === 'w:footnote' || name === 'w:endnote')
      this.#footnote = attributes['w:type'] === undefined ? (attributes['w:id'] ?? '') : null;
    else return false;
    return true;
  }

  #property(name: string, value: string | undefined, attributes: Record<string, string>): void {
    const on = value === undefined || !OFF.has(value);
    if (name === 'w:gridSpan') this.#sink.spanCell({ columns: Math.min(500, Number.parseInt(value ?? '1', 10) || 1) });
    else if (name === 'w:vMerge') this.#sink.spanCell({ continues: value !== 'restart' });
    else if (name === 'w:tblHeader') this.#sink.markHeader(on);
    else if (this.#inProperties > 0) {
      if (name === 'w:pStyle') this.#paragraph.style = value ?? '';
      else if (name === 'w:numId') this.#paragraph.numId = value ?? null;
      else if (name === 'w:ilvl') this.#paragraph.depth = Number.parseInt(value ?? '0', 10) || 0;
    } else if (this.#inRun) {
      if (name === 'w:rFonts') this.#run.font = attributes['w:ascii'] ?? attributes['w:hAnsi'];
      else if (name === 'w:vanish') this.#run.hidden = on;
      else if (name === 'w:vertAlign') this.#run.raised = value === 'superscript';
    }
  }

  /** The paragraph's own number, once its properties are known. */
  #label(): void {
    const paragraph = this.#paragraph;
    const style = this.#styles.get(paragraph.style);
    const numId = paragraph.numId ?? style?.numId ?? null;
    if (numId === null || numId === '0') return;
    const { label, bullet } = this.#numbering.next(
      numId,
      paragraph.numId === null ? (style?.depth ?? 0) : paragraph.depth,
    );
    paragraph.label = label === '' ? '' : `${label} `;
    // A bullet with nothing after it says nothing; a number may be all a cell has.
    if (!bullet && this.#sink.insideCell) this.#flushLabel(false);
  }

  #flushLabel(dropped: boolean): void {
    const { label } = this.#paragraph;
    this.#paragraph.label = '';
    if (label !== '' && !dropped) this.#write(label);
  }

  #unicode(data: string): string {
    const font = this.#run.font ?? this.#styles.get(this.#paragraph.style)?.font;
    const legacy = font === undefined ? null : legacyFont(font);
    if (legacy === null || !/[\u0080-\u00ff]/.test(data)) return legacy?.capitals === true ? data.toUpperCase() : data;
    // Text in such a font may be Unicode all the same, shown in another font for want of the letters.
    if (/[\u0100-\uffff]/.test(data)) return data;
    this.#legacy = true;
    const text = fromLegacy(data, legacy.encoding);
    return legacy.capitals ? text.toUpperCase() : text;
  }

  #write(text: string): void {
    const place: Place = { line: Math.max(1, this.#paragraphs) };
    this.#sink.text(text, place);
  }
}

function blankParagraph(): ParagraphState {
  return { style: '', numId: null, depth: 0, label: '' };
}
