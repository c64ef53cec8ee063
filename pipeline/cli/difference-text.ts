/** A difference as a table for the terminal and as CSV; which factor moved what stands in columns of its own. */
import { csvLine } from '../../reports/csv-line.ts';
import { FACTORS } from '../database/step-figures.ts';
import type { FigureChange } from '../difference.ts';
import { type Row, table } from './output.ts';

/** What was compared: a run and its method on either side. */
export type Sides = Record<'from' | 'to', { run_id: string; as_of: string; method: string }>;

/** Databases as a whole, and their pillars where asked for; a factor that moved nothing is a dash. */
export function differenceText(all: readonly FigureChange[], withPillars: boolean, { from, to }: Sides): string {
  const head = `${from.as_of} (${from.method}) → ${to.as_of} (${to.method})`;
  if (all.length === 0) return `${head}: no figure differs.`;
  const lines = all
    .filter((row) => withPillars || row.pillar === 'all')
    .map((row): Row => {
      const { database_id: database, pillar, figure, from: before, to: after } = row;
      const parts = Object.fromEntries(FACTORS.map((factor) => [factor, row[factor] === 0 ? null : row[factor]]));
      return { database, ...(withPillars ? { pillar } : {}), figure, from: before, to: after, ...parts };
    });
  const databases = new Set(all.map((row) => row.database_id)).size;
  const closing = `${databases} database${databases === 1 ? ' differs' : 's differ'}.`;
  return [head, '', ...(lines.length === 0 ? [] : [table(lines), '']), closing].join('\n');
}

/** Every cell is a slug, a word of ours or a number: nothing in it can be a formula. */
export function differenceCsv(rows: readonly FigureChange[]): string {
  const columns = ['database_id', 'pillar', 'figure', 'from', 'to', ...FACTORS] as const;
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))]
    .map((cells) => `${csvLine(cells, false)}\n`)
    .join('');
}
