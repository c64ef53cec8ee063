/** What of a result can be drawn, and as what. Rule: nothing is added up or left out silently. */
import type { Cell, Column } from './cell.ts';

/** More bars than this are not read; the caller says how many were left out. */
export const MAX_BARS = 40;

export interface ChartChoice {
  /** Columns that may stand at the side or below: names, days. */
  labels: number[];
  /** Columns with numbers. */
  values: number[];
}

export interface ChartPoint {
  label: string;
  value: number;
}

export type ChartPlan =
  | { kind: 'bars'; points: ChartPoint[]; leftOut: number; low: number; high: number }
  | { kind: 'steps'; points: ChartPoint[]; leftOut: number; low: number; high: number };

export function chartChoice(columns: readonly Column[]): ChartChoice {
  const places = columns.map((_, i) => i);
  const values = places.filter((i) => columns[i]?.kind === 'number');
  const names = places.filter((i) => columns[i]?.kind !== 'number');
  return { labels: names.length > 0 ? names : places, values };
}

/** Days in order of time become a line in steps; everything else bars in the order of the result. */
export function planChart(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  label: number,
  value: number,
  show: (cell: Cell, column: Column) => string,
): ChartPlan {
  const labelColumn = columns[label];
  const points = rows.flatMap((row) => {
    const number = Number(row[value] ?? Number.NaN);
    if (labelColumn === undefined || !Number.isFinite(number)) return [];
    return [{ label: show(row[label] ?? null, labelColumn), value: number, key: String(row[label] ?? '') }];
  });
  const isTime = labelColumn?.kind === 'day' || labelColumn?.kind === 'time';
  const isSingle = new Set(points.map((point) => point.key)).size === points.length;
  if (isTime && isSingle && points.length > 2) {
    const ordered = points.toSorted((a, b) => (a.key < b.key ? -1 : 1));
    return { kind: 'steps', points: ordered, leftOut: rows.length - points.length, ...bounds(ordered) };
  }
  const shown = points.slice(0, MAX_BARS);
  return { kind: 'bars', points: shown, leftOut: rows.length - shown.length, ...bounds(shown) };
}

/** Zero always belongs to the scale: a bar that begins elsewhere lies. */
function bounds(points: readonly ChartPoint[]): { low: number; high: number } {
  const values = points.map((point) => point.value);
  return { low: Math.min(0, ...values), high: Math.max(0, ...values) };
}
