/** One sheet as a value. Rows and columns count from 1; what is not said is Excel's default. */
import type { Look, Overlay } from './styles.ts';

/** A formula shows its last value until the program that opens the file works it out anew. */
export type CellValue =
  | string
  | number
  | boolean
  | { readonly formula: string; readonly shows: string | number }
  | null;

export interface Cell {
  readonly value: CellValue;
  readonly look: Look;
}

export interface Row {
  /** Fixed height in points. */
  height?: number;
  /** Height for a start; a program may make the row higher when more is typed. */
  least?: number;
  hidden?: boolean;
  readonly cells: Map<number, Cell>;
}

export interface Range {
  readonly from: { readonly column: number; readonly row: number };
  readonly to: { readonly column: number; readonly row: number };
}

export interface Validation {
  readonly ranges: readonly Range[];
  readonly type: 'list' | 'whole' | 'date' | 'textLength';
  /** `list`: a defined name. The others: least and greatest. */
  readonly first: string;
  readonly second?: string;
  /** A warning may be overruled by whoever types. */
  readonly strict: boolean;
  readonly title: string;
  readonly error: string;
  readonly prompt?: { readonly title: string; readonly text: string };
}

export interface Condition {
  readonly range: Range;
  readonly formula: string;
  readonly overlay: Overlay;
}

export interface Print {
  readonly landscape: boolean;
  /** Percent, with page breaks after the columns named; or fitted to one page wide. */
  readonly scale?: number;
  readonly breakAfter?: readonly number[];
  readonly titleRows?: readonly [number, number];
  readonly titleColumns?: readonly [number, number];
  readonly area?: Range;
  readonly footerLeft: string;
  readonly footerRight: string;
}

export class Sheet {
  readonly name: string;
  state: 'visible' | 'veryHidden' = 'visible';
  /** Widths by column; a hidden one has width 0. */
  readonly widths = new Map<number, number>();
  readonly rows = new Map<number, Row>();
  readonly merges: Range[] = [];
  readonly validations: Validation[] = [];
  readonly conditions: Condition[] = [];
  /** First column and row that scroll. */
  freeze: { column: number; row: number } | null = null;
  /** Cell chosen when the sheet is opened. */
  active: { column: number; row: number } | null = null;
  /** Percent of the size on the screen. */
  zoom = 100;
  isProtected = true;
  print: Print | null = null;
  /** Heading row and the rows under it, with buttons to filter by. */
  filter: Range | null = null;

  constructor(name: string) {
    this.name = name;
  }

  row(number: number): Row {
    const known = this.rows.get(number);
    if (known !== undefined) return known;
    const row: Row = { cells: new Map() };
    this.rows.set(number, row);
    return row;
  }

  set(column: number, row: number, value: CellValue, look: Look): void {
    this.row(row).cells.set(column, { value, look });
  }

  /** One value over several columns of a row (or rows); every cell gets the look, for its lines. */
  merge(range: Range, value: CellValue, look: Look): void {
    for (let row = range.from.row; row <= range.to.row; row++)
      for (let column = range.from.column; column <= range.to.column; column++) this.set(column, row, null, look);
    this.set(range.from.column, range.from.row, value, look);
    if (range.from.column !== range.to.column || range.from.row !== range.to.row) this.merges.push(range);
  }
}

export function range(column: number, row: number, toColumn = column, toRow = row): Range {
  return { from: { column, row }, to: { column: toColumn, row: toRow } };
}
