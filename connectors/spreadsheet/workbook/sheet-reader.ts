/** The cells of one sheet, from its XML as it streams by. Cells that hold nothing are passed over, however many there are. */
import { LAST_COLUMN, LAST_ROW, parseAddress, parseRange } from './address.ts';
import { broken, type SpreadsheetLimits, tooLarge } from './fault.ts';
import type { CellRange, SheetCell } from './model.ts';
import type { NumberFormats } from './number-formats.ts';
import { dayOfSerial } from './serial-day.ts';
import { type CellString, StringBuilder } from './shared-strings.ts';
import type { XmlHandler } from './xml-scanner.ts';

/** What cells of all sheets of one workbook share. */
export interface SheetContext {
  strings: readonly CellString[];
  formats: NumberFormats;
  from1904: boolean;
  limits: SpreadsheetLimits;
  /** Cells and characters so far, all sheets together. */
  used: { cells: number; text: number };
}

const MOST_MERGED = 20_000;
/** Names another workbook, a program (DDE), a link, or asks the network or the system. */
const OUTSIDE =
  /\[\d+\]|\[[^\]]*\.xl|\|'?|!\s*'?\s*A\d+\s*'?$|\b(?:HYPERLINK|WEBSERVICE|FILTERXML|RTD|CALL|REGISTER(?:\.ID)?|EXEC|IMPORT\w*|IMAGE|SQL\.REQUEST|ENCODEURL|STOCKHISTORY|CUBE\w+)\s*\(/i;
const LONGEST_FORMULA = 20_000;

interface OpenCell {
  row: number;
  column: number;
  type: string;
  style: string | undefined;
  formula: 'inside' | 'outside' | null;
  value: StringBuilder | null;
}

export class SheetReader implements XmlHandler {
  readonly rows = new Map<number, Map<number, SheetCell>>();
  readonly merged: CellRange[] = [];
  readonly hiddenRows = new Set<number>();
  readonly hiddenColumns = new Set<number>();
  readonly #context: SheetContext;
  readonly #name: string;
  /** Whether formulas that are shared by several cells reach outside, by their number. */
  readonly #shared = new Map<string, 'inside' | 'outside'>();
  #inData = false;
  #row = 0;
  #column = 0;
  #cell: OpenCell | null = null;
  #taking: 'value' | 'formula' | null = null;
  #phonetic = false;
  #formula = '';
  #sharedId: string | undefined;

  constructor(name: string, context: SheetContext) {
    this.#name = name;
    this.#context = context;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#cell !== null) this.#inside(name, attributes);
    else if (name === 'sheetData') this.#inData = true;
    else if (name === 'row' && this.#inData) this.#openRow(attributes);
    else if (name === 'c' && this.#inData) this.#openCell(attributes);
    else if (name === 'col') this.#columns(attributes);
    else if (name === 'mergeCell') this.#merge(attributes.ref ?? '');
  }

  text(text: string): void {
    if (this.#taking === 'value') this.#cell?.value?.add(text);
    else if (this.#taking === 'formula' && this.#formula.length < LONGEST_FORMULA) this.#formula += text;
  }

  close(name: string): void {
    if (name === 'sheetData') this.#inData = false;
    if (this.#cell === null) return;
    if (name === 'rPh') this.#phonetic = false;
    else if (name === 'f') this.#closeFormula();
    else if (name === 'c') this.#closeCell(this.#cell);
    if (name === 'v' || name === 't' || name === 'f') this.#taking = null;
  }

  #openRow({ r, hidden }: Readonly<Record<string, string>>): void {
    this.#row = r === undefined ? this.#row + 1 : Number(r);
    this.#column = 0;
    if (!Number.isInteger(this.#row) || this.#row < 1 || this.#row > LAST_ROW)
      throw broken(`sheet ${this.#name} has a row that cannot be`);
    if (isTrue(hidden)) this.hiddenRows.add(this.#row);
  }

  #openCell({ r, t = 'n', s }: Readonly<Record<string, string>>): void {
    const place = r === undefined ? { row: this.#row, column: this.#column + 1 } : parseAddress(r);
    if (place === null || place.column > LAST_COLUMN || place.row !== this.#row)
      throw broken(`sheet ${this.#name} has a cell at an address that cannot be`);
    this.#column = place.column;
    this.#cell = { row: place.row, column: place.column, type: t, style: s, formula: null, value: null };
  }

  #inside(name: string, attributes: Readonly<Record<string, string>>): void {
    const cell = this.#cell as OpenCell;
    if (name === 'c' || name === 'row') throw broken(`sheet ${this.#name} has a cell inside a cell`);
    if (name === 'rPh') this.#phonetic = true;
    else if (name === 'v' || (name === 't' && !this.#phonetic)) {
      cell.value ??= new StringBuilder();
      this.#taking = 'value';
    } else if (name === 'f') {
      this.#taking = 'formula';
      this.#formula = '';
      this.#sharedId = attributes.t === 'shared' ? attributes.si : undefined;
    }
  }

  #closeFormula(): void {
    const cell = this.#cell as OpenCell;
    const own = this.#formula.length >= LONGEST_FORMULA || OUTSIDE.test(this.#formula) ? 'outside' : 'inside';
    const kind = this.#formula === '' ? (this.#shared.get(this.#sharedId ?? '') ?? own) : own;
    if (this.#sharedId !== undefined && this.#formula !== '') this.#shared.set(this.#sharedId, kind);
    cell.formula = kind;
    this.#formula = '';
  }

  #closeCell(open: OpenCell): void {
    this.#cell = null;
    this.#taking = null;
    const value = this.#valueOf(open);
    const formula = open.formula == null ? {} : { formula: open.formula };
    if (value === null && open.formula === null) return;
    const cell: SheetCell = { row: open.row, column: open.column, ...(value ?? EMPTY), ...formula };
    const { used, limits } = this.#context;
    used.cells++;
    used.text += cell.text.length;
    if (used.cells > limits.cells) throw tooLarge(`the workbook has more than ${limits.cells} filled cells`);
    if (used.text > limits.text) throw tooLarge(`the workbook has more than ${limits.text} characters`);
    let row = this.rows.get(open.row);
    if (row === undefined) {
      if (this.rows.size >= limits.rows)
        throw tooLarge(`sheet ${this.#name} has more than ${limits.rows} rows with something in them`);
      row = new Map();
      this.rows.set(open.row, row);
    }
    if (row.has(open.column)) throw broken(`sheet ${this.#name} has two cells at one address`);
    row.set(open.column, cell);
  }

  #valueOf({ type, style, value }: OpenCell): Omit<SheetCell, 'row' | 'column'> | null {
    if (value === null) return null;
    if (type === 'n') return this.#number(value.raw.trim(), style);
    const own = value.take();
    if (type === 's') return textCell(this.#sharedString(own.text));
    if (type === 'str' || type === 'inlineStr') return textCell(own);
    if (type === 'b') return { kind: 'boolean', text: own.text, number: own.text === '1' ? 1 : 0 };
    if (type === 'e') return { kind: 'error', text: own.text.slice(0, 20) };
    if (type === 'd')
      return /^\d{4}-\d{2}-\d{2}/.test(own.text) ? { kind: 'date', text: own.text.slice(0, 10) } : textCell(own);
    return this.#number(own.text, style);
  }

  #number(text: string, style: string | undefined): Omit<SheetCell, 'row' | 'column'> | null {
    if (text === '') return null;
    const exact = Number(text);
    if (!Number.isFinite(exact)) return { kind: 'error', text: '#NUM!' };
    // Excel shows fifteen digits; the others are noise of binary fractions.
    const number = Number(exact.toPrecision(15));
    const { code, date } = this.#context.formats.of(style);
    const format = code === '' ? {} : { format: code };
    const day = date ? dayOfSerial(number, this.#context.from1904) : null;
    return day === null
      ? { kind: 'number', text: String(number), number, ...format }
      : { kind: 'date', text: day, number, ...format };
  }

  #sharedString(index: string): CellString {
    const string = /^\d{1,9}$/.test(index) ? this.#context.strings[Number(index)] : undefined;
    if (string === undefined) throw broken(`sheet ${this.#name} refers to a text that is not in the workbook`);
    return string;
  }

  #columns({ min, max, hidden }: Readonly<Record<string, string>>): void {
    if (!isTrue(hidden)) return;
    const last = Math.min(Number(max), LAST_COLUMN);
    for (let column = Math.max(1, Number(min)); column <= last; column++) this.hiddenColumns.add(column);
  }

  #merge(ref: string): void {
    const range = parseRange(ref);
    if (range === null) return;
    if (this.merged.length >= MOST_MERGED) throw tooLarge(`sheet ${this.#name} has too many merged cells`);
    this.merged.push(range);
  }
}

const EMPTY = { kind: 'empty', text: '' } as const;

function textCell({ text, cut }: CellString): Omit<SheetCell, 'row' | 'column'> | null {
  return text === '' && !cut ? null : { kind: 'text', text, ...(cut ? { cut: true as const } : {}) };
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
