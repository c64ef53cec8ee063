/** The numbers Word prints before paragraphs and does not keep in their text. */
import { Parser } from 'htmlparser2';

interface Level {
  format: string;
  text: string;
  start: number;
}

interface Numbering {
  abstract: string;
  starts: Map<number, number>;
}

const DEEPEST = 9;

/** Counts the paragraphs of each list as Word does. */
export class WordNumbering {
  readonly #levels = new Map<string, Map<number, Level>>();
  readonly #numberings = new Map<string, Numbering>();
  readonly #counts = new Map<string, number[]>();
  readonly #begun = new Set<string>();

  /** @param xml - `word/numbering.xml`; empty when the document has no lists */
  constructor(xml: string) {
    let abstract = '';
    let numbering: Numbering | null = null;
    let level = 0;
    const parser = new Parser(
      {
        onopentag: (name, attributes) => {
          const value = attributes['w:val'] ?? '';
          if (name === 'w:abstractNum') {
            abstract = attributes['w:abstractNumId'] ?? '';
            this.#levels.set(abstract, new Map());
          } else if (name === 'w:num') {
            numbering = { abstract: '', starts: new Map() };
            this.#numberings.set(attributes['w:numId'] ?? '', numbering);
          } else if (name === 'w:abstractNumId' && numbering !== null) numbering.abstract = value;
          else if (name === 'w:lvl' || name === 'w:lvlOverride') {
            level = Number.parseInt(attributes['w:ilvl'] ?? '0', 10);
            if (name === 'w:lvl' && numbering === null)
              this.#levels.get(abstract)?.set(level, { format: 'decimal', text: '', start: 1 });
          } else if (name === 'w:startOverride') numbering?.starts.set(level, Number.parseInt(value, 10));
          const open = numbering === null ? this.#levels.get(abstract)?.get(level) : undefined;
          if (open === undefined) return;
          if (name === 'w:numFmt') open.format = value;
          else if (name === 'w:lvlText') open.text = value;
          else if (name === 'w:start') open.start = Number.parseInt(value, 10) || 0;
        },
      },
      { xmlMode: true, decodeEntities: true },
    );
    parser.write(xml);
    parser.end();
  }

  /** The label of the next paragraph of a list; empty for a list without labels. */
  next(numId: string, depth: number): { label: string; bullet: boolean } {
    const numbering = this.#numberings.get(numId);
    const levels = this.#levels.get(numbering?.abstract ?? '');
    const level = levels?.get(depth);
    if (numbering === undefined || levels === undefined || level === undefined || depth >= DEEPEST)
      return { label: '', bullet: false };
    if (level.format === 'bullet') {
      const printable = /^[-+*\u2013\u2022]$/.test(level.text) ? level.text : '-';
      return { label: printable, bullet: true };
    }
    const counts = this.#counts.get(numbering.abstract) ?? [];
    this.#counts.set(numbering.abstract, counts);
    const override = numbering.starts.get(depth);
    const begins = override !== undefined && !this.#begun.has(`${numId}/${depth}`);
    if (begins) this.#begun.add(`${numId}/${depth}`);
    const count = counts[depth];
    counts[depth] = begins ? override : count === undefined ? level.start : count + 1;
    counts.length = depth + 1;
    const label = level.text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      const shown = levels.get(at);
      return shown === undefined ? '' : inFormat(counts[at] ?? shown.start, shown.format);
    });
    return { label, bullet: false };
  }
}

function inFormat(n: number, format: string): string {
  if (format === 'upperRoman') return roman(n);
  if (format === 'lowerRoman') return roman(n).toLowerCase();
  if (format === 'upperLetter') return letter(n);
  if (format === 'lowerLetter') return letter(n).toLowerCase();
  if (format === 'decimalZero') return String(n).padStart(2, '0');
  return format === 'none' ? '' : String(n);
}

function letter(n: number): string {
  return n < 1 ? '' : String.fromCharCode(65 + ((n - 1) % 26)).repeat(Math.min(9, Math.ceil(n / 26)));
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

function roman(n: number): string {
  let left = Math.min(Math.max(n, 0), 10_000);
  let out = '';
  for (const [value, sign] of ROMAN)
    while (left >= value) {
      out += sign;
      left -= value;
    }
  return out;
}
