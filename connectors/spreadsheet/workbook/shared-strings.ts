/** Texts that cells share, by number: rich text joined, phonetic readings left out, Excel's escapes undone. */
import type { Archive } from '../../document/formats/archive-gate.ts';
import { clean } from '../../document/language/fold.ts';
import { LONGEST_CELL, type SpreadsheetLimits, tooLarge } from './fault.ts';
import { readPart } from './xml-part.ts';

export interface CellString {
  text: string;
  cut: boolean;
}

/** Text collected piece by piece, never more than a cell may have. */
export class StringBuilder {
  #pieces: string[] = [];
  #length = 0;

  add(text: string): void {
    if (this.#length <= LONGEST_CELL) this.#pieces.push(text);
    this.#length += text.length;
  }

  /** As written, for what is no text. */
  get raw(): string {
    return this.#pieces.join('');
  }

  take(): CellString {
    const { raw } = this;
    const cut = this.#length > LONGEST_CELL;
    this.#pieces = [];
    this.#length = 0;
    return { text: cellText(cut ? raw.slice(0, LONGEST_CELL) : raw), cut };
  }
}

/** `_x000D_` is how a control character is written; what it stands for is cleaned away or a line feed. */
export function cellText(raw: string): string {
  const plain = raw.includes('_x')
    ? raw.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : raw;
  return clean(wellFormed(plain)).trim();
}

export async function readSharedStrings(
  archive: Archive,
  part: string | undefined,
  limits: Pick<SpreadsheetLimits, 'cells' | 'text'>,
): Promise<readonly CellString[]> {
  const strings: CellString[] = [];
  const builder = new StringBuilder();
  let characters = 0;
  let inText = false;
  let phonetic = false;
  if (part === undefined) return strings;
  await readPart(archive, part, {
    open(name) {
      if (name === 'rPh') phonetic = true;
      else if (name === 't') inText = !phonetic;
    },
    text(text) {
      if (inText) builder.add(text);
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic = false;
      else if (name === 'si') {
        const string = builder.take();
        characters += string.text.length;
        strings.push(string);
        if (strings.length > limits.cells || characters > limits.text)
          throw tooLarge('the workbook has more text than a table can have');
      }
    },
  });
  return strings;
}

/** Half a surrogate pair is no text: it becomes the replacement character. */
function wellFormed(text: string): string {
  return /\p{Cs}/u.test(text) ? Buffer.from(text, 'utf8').toString('utf8') : text;
}
