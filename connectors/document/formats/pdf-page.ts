/** What is drawn on a page of a PDF: pieces of text and ruling lines, in points from its top left corner. */
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { clean } from '../language/fold.ts';

export interface Piece {
  text: string;
  /** Left end. */
  x: number;
  /** Baseline, downwards. */
  y: number;
  width: number;
  /** Size of the font. */
  height: number;
  /** A space is written before or after it. */
  spaced: { before: boolean; after: boolean };
}

/** A horizontal or vertical line: at `at`, from `from` to `to`. */
export interface Rule {
  vertical: boolean;
  at: number;
  from: number;
  to: number;
}

export interface PdfPage {
  number: number;
  width: number;
  height: number;
  pieces: Piece[];
  rules: Rule[];
}

type Matrix = readonly [number, number, number, number, number, number];

/** Numbers of the operators of pdf.js, handed over so that the library is loaded in one place only. */
export interface Operators {
  save: number;
  restore: number;
  transform: number;
  paintFormXObjectBegin: number;
  paintFormXObjectEnd: number;
  constructPath: number;
  stroke: number;
  closeStroke: number;
  fill: number;
  eoFill: number;
  fillStroke: number;
  eoFillStroke: number;
  closeFillStroke: number;
  closeEOFillStroke: number;
}

/** Filled shapes up to this thickness are lines, points. */
const THIN = 3;
/** Shorter lines are parts of letters and pictures, points. */
const SHORT = 4;
/** More lines than any table has: a drawing. */
const MOST_RULES = 60_000;

/** Text and lines of a page; lines are looked for only where there is text. */
export async function pdfPage(page: PDFPageProxy, operators: Operators): Promise<PdfPage> {
  const view = page.getViewport({ scale: 1 });
  const toView = view.transform as unknown as Matrix;
  const pieces: Piece[] = [];
  const content = await page.getTextContent();
  for (const item of content.items) {
    if (!('str' in item)) continue;
    const text = clean(item.str);
    if (text.trim() === '') {
      const last = pieces.at(-1);
      if (last !== undefined && text !== '') last.spaced.after = true;
      continue;
    }
    const m = multiply(toView, item.transform as unknown as Matrix);
    // Turned text is a stamp or a watermark.
    if (Math.abs(m[1]) > 0.1 * Math.abs(m[0])) continue;
    const height = Math.hypot(m[2], m[3]);
    if (height < 1) continue;
    const lead = text.length - text.trimStart().length;
    const perLetter = item.width / Math.max(1, text.length);
    pieces.push({
      text: text.trim(),
      x: m[4] + lead * perLetter,
      y: m[5],
      width: perLetter * text.trim().length,
      spaced: { before: lead > 0, after: /\s$/.test(text) },
      height,
    });
  }
  const rules = pieces.length < 2 ? [] : await rulesOf(page, operators, toView);
  page.cleanup();
  return { number: page.pageNumber, width: view.width, height: view.height, pieces, rules };
}

async function rulesOf(page: PDFPageProxy, ops: Operators, toView: Matrix): Promise<Rule[]> {
  const list = await page.getOperatorList();
  const rules: Rule[] = [];
  const stack: Matrix[] = [];
  let matrix = toView;
  const strokes = new Set([
    ops.stroke,
    ops.closeStroke,
    ops.fillStroke,
    ops.eoFillStroke,
    ops.closeFillStroke,
    ops.closeEOFillStroke,
  ]);
  const fills = new Set([ops.fill, ops.eoFill]);
  for (let at = 0; at < list.fnArray.length && rules.length < MOST_RULES; at++) {
    const op = list.fnArray[at] as number;
    const args = list.argsArray[at] as unknown[] | null;
    if (op === ops.save) stack.push(matrix);
    else if (op === ops.restore || op === ops.paintFormXObjectEnd) matrix = stack.pop() ?? matrix;
    else if (op === ops.transform) matrix = multiply(matrix, args as unknown as Matrix);
    else if (op === ops.paintFormXObjectBegin) {
      stack.push(matrix);
      if (Array.isArray(args?.[0])) matrix = multiply(matrix, args[0] as unknown as Matrix);
    } else if (op === ops.constructPath && args !== null) {
      const [paint, data] = args as [number, [ArrayLike<number> | null]];
      const path = data?.[0];
      if (path && typeof path.length === 'number') {
        if (strokes.has(paint)) strokedRules(path, matrix, rules);
        else if (fills.has(paint)) filledRules(path, matrix, rules);
      }
    }
  }
  return rules;
}

type Point = [number, number];

/** The straight parts of a path, one list of corners for each sub-path. */
function corners(path: ArrayLike<number>, matrix: Matrix): Point[][] {
  const lists: Point[][] = [];
  let at = 0;
  const point = (): Point => [path[at++] as number, path[at++] as number];
  while (at < path.length) {
    const verb = path[at++];
    const open = lists.at(-1);
    if (verb === 0) lists.push([apply(matrix, point())]);
    else if (verb === 1) open?.push(apply(matrix, point()));
    else if (verb === 2 || verb === 3) {
      at += verb === 2 ? 4 : 2;
      // A curve is no ruling; what follows it begins anew.
      lists.push([apply(matrix, point())]);
    } else if (verb === 4 && open?.[0] !== undefined) open.push(open[0]);
    else if (verb !== 4) break;
  }
  return lists;
}

function strokedRules(path: ArrayLike<number>, matrix: Matrix, rules: Rule[]): void {
  for (const list of corners(path, matrix))
    for (let at = 1; at < list.length; at++) addRule(list[at - 1] as Point, list[at] as Point, rules);
}

/** Word and others draw a border as a thin filled rectangle. */
function filledRules(path: ArrayLike<number>, matrix: Matrix, rules: Rule[]): void {
  for (const list of corners(path, matrix)) {
    if (list.length < 4) continue;
    const xs = list.map((p) => p[0]);
    const ys = list.map((p) => p[1]);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    if (bottom - top <= THIN) addRule([left, (top + bottom) / 2], [right, (top + bottom) / 2], rules);
    else if (right - left <= THIN) addRule([(left + right) / 2, top], [(left + right) / 2, bottom], rules);
  }
}

function addRule([ax, ay]: Point, [bx, by]: Point, rules: Rule[]): void {
  if (Math.abs(ay - by) < 0.7 && Math.abs(ax - bx) >= SHORT)
    rules.push({ vertical: false, at: (ay + by) / 2, from: Math.min(ax, bx), to: Math.max(ax, bx) });
  else if (Math.abs(ax - bx) < 0.7 && Math.abs(ay - by) >= SHORT)
    rules.push({ vertical: true, at: (ax + bx) / 2, from: Math.min(ay, by), to: Math.max(ay, by) });
}

function multiply(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[2] * b[1],
    a[1] * b[0] + a[3] * b[1],
    a[0] * b[2] + a[2] * b[3],
    a[1] * b[2] + a[3] * b[3],
    a[0] * b[4] + a[2] * b[5] + a[4],
    a[1] * b[4] + a[3] * b[5] + a[5],
  ];
}

function apply(m: Matrix, [x, y]: Point): Point {
  return [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]];
}
