/** The one door for results: a table on a terminal, JSON with --json; nothing else goes to stdout. */
import type { Effects } from './effects.ts';
import { visible } from './visible.ts';

export type Row = Readonly<Record<string, unknown>>;

export function printJson(effects: Effects, value: unknown): void {
  effects.stdout(`${JSON.stringify(value)}\n`);
}

/** A plain table with aligned columns; numbers to the right. Control characters of the data are made visible. */
export function table(rows: readonly Row[], columns: readonly string[] = Object.keys(rows[0] ?? {})): string {
  const cells = rows.map((row) => columns.map((column) => shown(row[column])));
  const widths = columns.map((column, i) => Math.max(width(column), ...cells.map((line) => width(line[i] ?? ''))));
  const isNumber = columns.map(
    (column) => rows.length > 0 && rows.every((row) => row[column] === null || typeof row[column] === 'number'),
  );
  const line = (values: readonly string[]): string =>
    values
      .map((value, i) => {
        const pad = ' '.repeat(Math.max(0, (widths[i] ?? 0) - width(value)));
        return isNumber[i] ? pad + value : value + pad;
      })
      .join('  ')
      .trimEnd();
  return [line(columns), widths.map((w) => '─'.repeat(w)).join('  '), ...cells.map(line)].join('\n');
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '–';
  const text = typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return visible(text);
}

/** Columns a text takes on a terminal; Vietnamese in NFC takes one a letter. */
function width(text: string): number {
  return [...text.normalize('NFC')].length;
}

/** Prints rows as the user asked for them. */
export function printRows(effects: Effects, rows: readonly Row[], json: boolean, columns?: readonly string[]): void {
  if (json) printJson(effects, rows);
  else effects.stdout(`${table(rows, columns)}\n`);
}
