/** A result of SQL as the user wants it: table, CSV or JSON. Rule: nothing of the data steers a terminal or a spreadsheet. */
import { type CsvValue, csvLine } from '../../reports/csv-line.ts';
import type { SafeResult } from '../database/safe-reader.ts';
import type { Effects } from './effects.ts';
import { printRows } from './output.ts';
import { visible } from './visible.ts';

export const SQL_MODES = ['table', 'csv', 'json'] as const;
export type SqlMode = (typeof SQL_MODES)[number];

export function printResult(effects: Effects, result: SafeResult, mode: SqlMode): void {
  if (mode === 'csv') effects.stdout(csvText(result));
  else if (mode === 'table' && result.columns.includes('explain_value')) {
    // A plan is a drawing over several lines, not a cell.
    effects.stdout(`${result.rows.map((row) => visibleLines(String(row.explain_value))).join('\n')}\n`);
  } else printRows(effects, result.rows, mode === 'json', result.columns);
  if (result.truncated) effects.stderr(`only the first ${result.rows.length} rows were fetched\n`);
}

function csvText({ columns, rows }: SafeResult): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => csvCell(row[column])))];
  return lines.map((line) => `${csvLine(line, true)}\n`).join('');
}

function csvCell(value: unknown): CsvValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return visibleLines(value);
  return typeof value === 'object' ? JSON.stringify(value) : (value as CsvValue);
}

function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}
