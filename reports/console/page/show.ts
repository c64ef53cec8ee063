/** A cell as people read it: 48.000 and 28,8; 29/6/2026; – where nothing is known. Saved files use other words. */
import type { ConsoleWords } from '../page-data.ts';
import type { Cell, Column } from './cell.ts';

export const NONE = '–';

/** Four digits stay together: they are as often a year as an amount. */
const NUMBER = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 10, useGrouping: 'min2' });

export function showCell(cell: Cell, column: Column, words: ConsoleWords['result']): string {
  if (cell === null) return NONE;
  if (typeof cell === 'boolean') return cell ? words.yes : words.no;
  if (typeof cell === 'bigint') return NUMBER.format(cell);
  if (typeof cell === 'number') return Number.isFinite(cell) ? NUMBER.format(cell) : String(cell);
  if (column.kind === 'day') return viDay(cell);
  if (column.kind === 'time') return `${cell.slice(11, 16)} ${viDay(cell)}`;
  return cell;
}

function viDay(iso: string): string {
  const [, year, month, day] = /^(-?\d+)-(\d\d)-(\d\d)/.exec(iso) ?? [];
  return year === undefined ? iso : `${Number(day)}/${Number(month)}/${year}`;
}

/** Fills {places} of a text of the label file. */
export function put(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) =>
    Object.hasOwn(values, key)
      ? typeof values[key] === 'number'
        ? NUMBER.format(values[key])
        : String(values[key])
      : whole,
  );
}
