/** Changes to the cells of a sheet that came back: looks, new cells, a column's width; all else stays byte for byte. */

import { Fault } from '../../../config/fault.ts';
import { address } from '../../../config/form/places.ts';
import { RELATIONSHIPS } from '../xml.ts';
import { appendInside, Edits, type Element, elementsOf, isEmptyTag, withAttribute } from './edits.ts';

/** Elements of a worksheet that stand after `legacyDrawing` (ECMA-376, CT_Worksheet). */
const AFTER_DRAWING = new Set([
  'legacyDrawingHF',
  'drawingHF',
  'picture',
  'oleObjects',
  'controls',
  'webPublishItems',
  'tableParts',
  'extLst',
]);

/** Rows in which the mark of the form is looked for. */
const MARK_ROWS = 40;

interface PatchedRow {
  readonly element: Element;
  readonly cells: Map<number, Element>;
}

export class SheetPatch {
  readonly #xml: string;
  readonly #top: readonly Element[];
  readonly #data: Element;
  readonly #rows = new Map<number, PatchedRow>();
  /** New and changed cells: row → column → the cell's XML, or its new style. */
  readonly #cells = new Map<number, Map<number, { xml: string } | { style: number }>>();
  readonly #heights = new Map<number, number>();
  readonly #edits = new Edits();

  constructor(xml: string) {
    this.#xml = xml;
    const all = elementsOf(
      xml,
      (name, depth) => depth === 1 || (depth === 2 && name === 'row') || (depth === 3 && name === 'c'),
    );
    this.#top = all.filter((one) => one.depth === 1);
    const data = this.#top.find((one) => one.name === 'sheetData');
    if (data === undefined)
      throw new Fault('reply/sheet', 'a sheet of the workbook is written in a way that cannot be marked', {
        hint: 'open the file in Excel or LibreOffice, save it as .xlsx and try again',
      });
    this.#data = data;
    let row: PatchedRow | null = null;
    let rowNumber = 0;
    let column = 0;
    for (const element of all) {
      if (element.name === 'row' && element.depth === 2) {
        rowNumber = Number(element.attributes.r ?? rowNumber + 1);
        column = 0;
        row = { element, cells: new Map() };
        this.#rows.set(rowNumber, row);
      } else if (element.name === 'c' && row !== null) {
        column = columnOf(element.attributes.r) ?? column + 1;
        row.cells.set(column, element);
      }
    }
  }

  /** Columns that have a cell in a row. */
  columns(row: number): number[] {
    return [...(this.#rows.get(row)?.cells.keys() ?? [])].sort((a, b) => a - b);
  }

  /** Row among the first ones whose cell in the first column holds a text, given as itself and as its shared number. */
  rowOf(text: string, shared: number | null): number | null {
    for (const [number, { cells }] of this.#rows) {
      if (number > MARK_ROWS) return null;
      const cell = cells.get(1);
      if (cell === undefined) continue;
      const raw = this.#xml.slice(cell.openEnd, cell.end);
      if (cell.attributes.t === 's' ? Number(/<v>\s*(\d+)/.exec(raw)?.[1] ?? -1) === shared : raw.includes(`>${text}<`))
        return number;
    }
    return null;
  }

  styleOf(row: number, column: number): number {
    return Number(this.#rows.get(row)?.cells.get(column)?.attributes.s ?? 0);
  }

  /** Every cell's place and style. */
  *styles(): Generator<{ row: number; column: number; style: number }> {
    for (const [row, { cells }] of this.#rows)
      for (const [column, cell] of cells) yield { row, column, style: Number(cell.attributes.s ?? 0) };
  }

  setStyle(row: number, column: number, style: number): void {
    this.#cellsOf(row).set(column, { style });
  }

  /** @param xml the whole `<c>` element, with its address */
  put(row: number, column: number, xml: string): void {
    this.#cellsOf(row).set(column, { xml });
  }

  /** The row is at least this high (points). */
  atLeast(row: number, height: number): void {
    if (height > Number(this.#rows.get(row)?.element.attributes.ht ?? 0)) this.#heights.set(row, height);
  }

  /** Gives one column a width; ranges of columns that hold it are cut around it. */
  width(column: number, width: number): void {
    const cols = this.#top.find((one) => one.name === 'cols');
    const own = `<col min="${column}" max="${column}" width="${width}" customWidth="1"/>`;
    if (cols === undefined) {
      this.#edits.insert(this.#data.start, `<cols>${own}</cols>`);
      return;
    }
    const inside = elementsOf(this.#xml.slice(cols.start, cols.end), (name) => name === 'col');
    const pieces: { min: number; xml: string }[] = [{ min: column, xml: own }];
    for (const one of inside) {
      const [min, max] = [Number(one.attributes.min), Number(one.attributes.max)];
      const tag = this.#xml.slice(cols.start + one.start, cols.start + one.end);
      const part = (from: number, to: number): void => {
        if (from <= to)
          pieces.push({ min: from, xml: withAttribute(withAttribute(tag, 'min', String(from)), 'max', String(to)) });
      };
      if (column < min || column > max) part(min, max);
      else {
        part(min, column - 1);
        part(column + 1, max);
      }
    }
    const sorted = pieces.sort((a, b) => a.min - b.min).map((one) => one.xml);
    this.#edits.replace(cols.start, cols.end, `<cols>${sorted.join('')}</cols>`);
  }

  /** Names the drawing of the comments; the one there stays. */
  legacyDrawing(relation: string): void {
    if (this.#top.some((one) => one.name === 'legacyDrawing')) return;
    const next = this.#top.find((one) => AFTER_DRAWING.has(one.name));
    const at = next?.start ?? this.#xml.lastIndexOf('</');
    this.#edits.insert(at, `<legacyDrawing xmlns:r="${RELATIONSHIPS}" r:id="${relation}"/>`);
  }

  /** The sheet is not the one shown first: two chosen sheets would be typed in at once. */
  unselect(): void {
    for (const view of elementsOf(this.#xml, (name, depth) => depth === 2 && name === 'sheetView'))
      if (view.attributes.tabSelected !== undefined) {
        const tag = this.#xml.slice(view.start, view.openEnd);
        this.#edits.replace(view.start, view.openEnd, withAttribute(tag, 'tabSelected', null));
      }
  }

  xml(): string {
    for (const [number, cells] of [...this.#cells].sort(([a], [b]) => a - b)) this.#patchRow(number, cells);
    for (const [number, height] of this.#heights)
      if (!this.#cells.has(number)) this.#patchRow(number, new Map(), height);
    return this.#edits.apply(this.#xml);
  }

  #patchRow(
    number: number,
    cells: ReadonlyMap<number, { xml: string } | { style: number }>,
    height = this.#heights.get(number),
  ): void {
    const row = this.#rows.get(number);
    const fresh = (column: number, cell: { xml: string } | { style: number }): string =>
      'xml' in cell ? cell.xml : `<c r="${address(column, number)}" s="${cell.style}"/>`;
    const ordered = [...cells].sort(([a], [b]) => a - b);
    const ht = height === undefined ? '' : ` ht="${height}"`;
    if (row === undefined) {
      const xml = `<row r="${number}"${ht}>${ordered.map(([column, cell]) => fresh(column, cell)).join('')}</row>`;
      const next = [...this.#rows].filter(([at]) => at > number).sort(([a], [b]) => a - b)[0];
      if (next !== undefined) this.#edits.insert(next[1].element.start, xml);
      else appendInside(this.#edits, this.#xml, this.#data, xml);
      return;
    }
    const { element } = row;
    let tag = withAttribute(this.#xml.slice(element.start, element.openEnd), 'spans', null);
    if (height !== undefined) tag = withAttribute(tag, 'ht', String(height));
    if (isEmptyTag(this.#xml, element)) {
      const inside = ordered.map(([column, cell]) => fresh(column, cell)).join('');
      this.#edits.replace(element.start, element.end, `${tag.replace(/\/>$/, '>')}${inside}</row>`);
      return;
    }
    this.#edits.replace(element.start, element.openEnd, tag);
    for (const [column, cell] of ordered) {
      const there = row.cells.get(column);
      if (there === undefined) {
        const next = [...row.cells].filter(([at]) => at > column).sort(([a], [b]) => a - b)[0];
        this.#edits.insert(next?.[1].start ?? this.#xml.lastIndexOf('</', element.end - 1), fresh(column, cell));
      } else if ('xml' in cell) this.#edits.replace(there.start, there.end, cell.xml);
      else {
        const open = this.#xml.slice(there.start, there.openEnd);
        this.#edits.replace(there.start, there.openEnd, withAttribute(open, 's', String(cell.style)));
      }
    }
  }

  #cellsOf(row: number): Map<number, { xml: string } | { style: number }> {
    const known = this.#cells.get(row) ?? new Map<number, { xml: string } | { style: number }>();
    this.#cells.set(row, known);
    return known;
  }
}

/** "AB12" → 28. */
export function columnOf(place: string | undefined): number | null {
  const letters = /^\$?([A-Z]{1,3})\$?\d*$/.exec(place ?? '')?.[1];
  if (letters === undefined) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}
