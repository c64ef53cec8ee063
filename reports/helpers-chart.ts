/** Handlebars helpers for drawings: each hands view figures to one chart file. Rule: no figure is computed here. */
import type Handlebars from 'handlebars';
import type { Labels } from '../config/labels.ts';
import { type DueLine, dueLine } from './charts/due-line.ts';
import { intervalBar } from './charts/interval-bar.ts';
import { type LevelColumns, levelColumns } from './charts/level-columns.ts';
import { levelLadder } from './charts/level-ladder.ts';
import { levelStripBar, type Strip, stripBar } from './charts/level-strip.ts';
import { type MatrixCell, matrixCells } from './charts/matrix-cells.ts';
import { type RangeCells, rangeCells } from './charts/range-cells.ts';
import { ratioBar } from './charts/ratio-bar.ts';
import { type Shift, shiftDots } from './charts/shift-dots.ts';
import { type StepFrame, type StepPanel, stepPanel } from './charts/step-panel.ts';
import { labelAt } from './helpers-text.ts';
import type { DatabaseLevel } from './view-database-level.ts';
import type { Bar, LevelStrip } from './view-parts.ts';

export const CHART_HELPERS = [
  'bar',
  'ladder',
  'strip',
  'cells',
  'ratio',
  'steps',
  'standing',
  'portions',
  'timeline',
  'squares',
  'shifted',
] as const;

export function registerChartHelpers(env: typeof Handlebars, current: () => Labels): void {
  const escapeHtml = (text: string): string => env.escapeExpression(text);
  const safe = (html: string): Handlebars.SafeString => new env.SafeString(html);
  env.registerHelper('bar', (bar: Bar, width: number) => safe(intervalBar(bar, width, escapeHtml)));
  env.registerHelper('strip', (row: LevelStrip['rows'][number], height: number) =>
    safe(levelStripBar(row, height, escapeHtml)),
  );
  env.registerHelper('cells', (range: RangeCells) => safe(rangeCells(range, escapeHtml)));
  env.registerHelper('ratio', (done: number, total: number) => safe(ratioBar(done, total)));
  env.registerHelper('standing', (panel: LevelColumns) => safe(levelColumns(panel, escapeHtml)));
  env.registerHelper('portions', (strip: Strip, height: number) => safe(stripBar(strip, height, escapeHtml)));
  env.registerHelper('timeline', (line: DueLine) => safe(dueLine(line, escapeHtml)));
  env.registerHelper('squares', (cells: MatrixCell[], path: string, options: Handlebars.HelperOptions) =>
    safe(matrixCells(cells, escapeHtml(`${(options.data.root as { root: string }).root}${path}`), escapeHtml)),
  );
  env.registerHelper('shifted', (shift: Shift) => safe(shiftDots(shift)));
  env.registerHelper('steps', (panel: StepPanel, frame: StepFrame) => safe(stepPanel(panel, frame, escapeHtml)));
  env.registerHelper('ladder', (ladder: DatabaseLevel['ladder']) => {
    const word = (path: string): string => labelAt(current(), path);
    return safe(
      levelLadder(
        ladder,
        {
          reported: word('pages.site.step_reported'),
          confirmed: word('pages.site.step_confirmed'),
          possible: word('pages.site.step_possible'),
        },
        escapeHtml,
      ),
    );
  });
}
