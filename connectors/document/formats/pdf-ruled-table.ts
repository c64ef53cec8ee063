/** Tables with drawn lines: from ruling lines to rows, columns and merged cells. */

import { cellOfLines } from './pdf-cell.ts';
import { lineText, type TextLine, textLines } from './pdf-lines.ts';
import type { Piece, Rule } from './pdf-page.ts';
import type { GridCell, GridRow } from './table-grid.ts';

/** The lines of one table on one page. */
export interface RuledFrame {
  /** Positions of the column lines and row lines, ascending. */
  xs: number[];
  ys: number[];
  horizontal: Rule[];
  vertical: Rule[];
}

/** Lines nearer than this are one line, points. */
const NEAR = 2.5;
const TOUCH = 4;
const MOST_COLUMNS = 60;
const MOST_ROWS = 400;

/** The tables drawn on a page, from the top. */
export function ruledFrames(rules: readonly Rule[]): RuledFrame[] {
  const lines = [...merged(rules.filter((r) => !r.vertical)), ...merged(rules.filter((r) => r.vertical))];
  const groups = touching(lines);
  const frames: RuledFrame[] = [];
  for (const group of groups) {
    const horizontal = group.filter((r) => !r.vertical);
    const vertical = group.filter((r) => r.vertical);
    if (horizontal.length < 2 || vertical.length < 1) continue;
    const xs = positions([...vertical.map((r) => r.at), ...ends(horizontal)]);
    const ys = positions([...horizontal.map((r) => r.at), ...ends(vertical)]);
    if (xs.length < 3 || ys.length < 2 || xs.length > MOST_COLUMNS || ys.length > MOST_ROWS) continue;
    frames.push({ xs, ys, horizontal, vertical });
  }
  return frames.sort((a, b) => (a.ys[0] ?? 0) - (b.ys[0] ?? 0));
}

/** The outermost ends: a table may be drawn without its outer border. */
function ends(rules: readonly Rule[]): number[] {
  if (rules.length === 0) return [];
  return [Math.min(...rules.map((r) => r.from)), Math.max(...rules.map((r) => r.to))];
}

/** Is a point inside the frame? */
export function frameHolds(frame: RuledFrame, x: number, y: number): boolean {
  const { xs, ys } = frame;
  return x >= (xs[0] ?? 0) - 1 && x <= (xs.at(-1) ?? 0) + 1 && y >= (ys[0] ?? 0) && y <= (ys.at(-1) ?? 0) + 1;
}

/** Rows of a frame, with the text of `lines` in their cells. */
export function ruledRows(frame: RuledFrame, lines: readonly TextLine[]): GridRow[] {
  const { xs, ys } = frame;
  const columns = xs.length - 1;
  const owner = regions(frame);
  const pieces = new Map<number, Piece[]>();
  const numberOf = new Map<Piece, TextLine>();
  for (const line of lines)
    for (const whole of line.pieces)
      for (const piece of cutAtRules(whole, frame)) {
        const x = piece.x + piece.width / 2;
        const y = piece.y - piece.height / 3;
        if (!frameHolds(frame, x, y)) continue;
        const cell = owner[band(ys, y) * columns + band(xs, x)] as number;
        numberOf.set(piece, line);
        const list = pieces.get(cell);
        if (list === undefined) pieces.set(cell, [piece]);
        else list.push(piece);
      }
  const rows: GridRow[] = [];
  // A line that is no border of any cell makes no row.
  const begins = ys.map((_, row) =>
    xs.some((_x, column) => column < columns && begunIn(owner, row * columns + column)),
  );
  for (let row = 0; row < ys.length - 1; row++) {
    if (begins[row] !== true) continue;
    const cells: GridCell[] = [];
    for (let column = 0; column < columns; column++) {
      const index = row * columns + column;
      if (owner[index] !== index) continue;
      let wide = 1;
      while (column + wide < columns && owner[index + wide] === index) wide++;
      let high = 1;
      for (let next = row + 1; next < ys.length - 1 && owner[next * columns + column] === index; next++)
        if (begins[next] === true) high++;
      const found = pieces.get(index) ?? [];
      const inside = textLines(found, lines[0]?.page ?? 1).map((line) => ({
        ...line,
        line: numberOf.get(line.pieces[0] as Piece)?.line ?? line.line,
      }));
      const box = { left: xs[column] ?? 0, right: xs[column + wide] ?? 0 };
      cells.push({ cell: cellOfLines(inside, box, emptyMark(lines, ys[row] ?? 0)), columns: wide, rows: high });
    }
    rows.push({ cells, header: false });
  }
  return rows;
}

function begunIn(owner: readonly number[], index: number): boolean {
  return owner[index] === index;
}

function emptyMark(lines: readonly TextLine[], y: number): { offset: number; line: number; page: number } {
  const line = lines.find((l) => l.y >= y) ?? lines.at(-1);
  return { offset: 0, line: line?.line ?? 1, page: line?.page ?? 1 };
}

/** For each field of the grid the field its cell begins in. */
function regions(frame: RuledFrame): number[] {
  const { xs, ys, horizontal, vertical } = frame;
  const columns = xs.length - 1;
  const rows = ys.length - 1;
  const right: boolean[] = [];
  const below: boolean[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const [x0, x1, y0, y1] = [xs[column], xs[column + 1], ys[row], ys[row + 1]] as [number, number, number, number];
      right.push(drawn(vertical, x1, y0, y1));
      below.push(drawn(horizontal, y1, x0, x1));
    }
  const owner: number[] = new Array(rows * columns).fill(-1);
  for (let index = 0; index < owner.length; index++) {
    if (owner[index] !== -1) continue;
    const column = index % columns;
    let wide = 1;
    while (column + wide < columns && !right[index + wide - 1] && owner[index + wide] === -1) wide++;
    let high = 1;
    for (let next = index + columns; next < owner.length; next += columns) {
      let open = true;
      for (let at = 0; at < wide && open; at++) {
        open = !below[next - columns + at] && owner[next + at] === -1;
        if (at < wide - 1 && right[next + at]) open = false;
      }
      if (!open) break;
      high++;
    }
    for (let r = 0; r < high; r++) for (let c = 0; c < wide; c++) owner[index + r * columns + c] = index;
  }
  return owner;
}

/** Is a line drawn at `at` over most of the way from `from` to `to`? */
function drawn(rules: readonly Rule[], at: number, from: number, to: number): boolean {
  let covered = 0;
  for (const rule of rules)
    if (Math.abs(rule.at - at) <= NEAR) covered += Math.max(0, Math.min(rule.to, to) - Math.max(rule.from, from));
  return covered > 0.6 * (to - from);
}

/** A piece that runs over a column line is the text of two cells. */
function cutAtRules(piece: Piece, frame: RuledFrame): Piece[] {
  const y = piece.y - piece.height / 3;
  for (const rule of frame.vertical) {
    if (rule.from > y || rule.to < y) continue;
    const into = rule.at - piece.x;
    if (into < piece.height * 0.4 || piece.width - into < piece.height * 0.4) continue;
    const perLetter = piece.width / piece.text.length;
    const near = into / perLetter;
    let best = -1;
    for (let at = piece.text.indexOf(' '); at >= 0; at = piece.text.indexOf(' ', at + 1))
      if (best < 0 || Math.abs(at - near) < Math.abs(best - near)) best = at;
    if (best < 0 || Math.abs(best - near) > 4) continue;
    const first = { ...piece, text: piece.text.slice(0, best), width: Math.min(into, best * perLetter) };
    const x = Math.max(rule.at, piece.x + (best + 1) * perLetter);
    const rest = { ...piece, text: piece.text.slice(best + 1), x, width: piece.x + piece.width - x };
    return [first, ...(rest.width > 0 ? cutAtRules(rest, frame) : [])].filter((p) => lineText([p]) !== '');
  }
  return [piece];
}

function band(edges: readonly number[], value: number): number {
  let at = 0;
  while (at < edges.length - 2 && value >= (edges[at + 1] as number)) at++;
  return at;
}

/** Lines at one position that touch, as one. */
function merged(rules: readonly Rule[]): Rule[] {
  const out: Rule[] = [];
  const sorted = [...rules].sort((a, b) => a.at - b.at || a.from - b.from);
  let open: Rule[] = [];
  for (const rule of sorted) {
    open = open.filter((other) => rule.at - other.at <= 1);
    const same = open.find((other) => rule.from <= other.to + 1.5 && rule.to >= other.from - 1.5);
    if (same === undefined) {
      const copy = { ...rule };
      open.push(copy);
      out.push(copy);
    } else {
      same.from = Math.min(same.from, rule.from);
      same.to = Math.max(same.to, rule.to);
    }
    if (open.length > 200) open.shift();
  }
  return out;
}

/** Groups of lines that are connected by crossing or touching. */
function touching(lines: readonly Rule[]): Rule[][] {
  const parent = lines.map((_, at) => at);
  const root = (at: number): number => {
    let up = at;
    while (parent[up] !== up) {
      parent[up] = parent[parent[up] as number] as number;
      up = parent[up] as number;
    }
    return up;
  };
  const across = lines.flatMap((line, at) => (line.vertical ? [] : [at]));
  const down = lines.flatMap((line, at) => (line.vertical ? [at] : []));
  // Bounded: a page with more lines than this is a drawing, not a table.
  if (across.length * down.length > 20_000_000) return [];
  for (const v of down) {
    const line = lines[v] as Rule;
    for (const h of across) {
      const other = lines[h] as Rule;
      const meets =
        other.at >= line.from - TOUCH &&
        other.at <= line.to + TOUCH &&
        line.at >= other.from - TOUCH &&
        line.at <= other.to + TOUCH;
      if (meets) parent[root(v)] = root(h);
    }
  }
  const groups = new Map<number, Rule[]>();
  lines.forEach((line, at) => {
    const key = root(at);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  });
  return [...groups.values()];
}

function positions(values: readonly number[]): number[] {
  const out: number[] = [];
  for (const value of [...values].sort((a, b) => a - b))
    if (out.length === 0 || value - (out.at(-1) as number) > NEAR) out.push(value);
  return out;
}
