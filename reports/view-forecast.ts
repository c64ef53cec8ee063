/** How many databases may reach each level by the day counted down to. Rule: a number only where the model gives one. */
import { z } from 'zod';
import type { ViewContext } from './view-context.ts';

const text = z.string();
export const forecastSection = z.strictObject({
  title: text,
  /** What the numbers rest on, or why there are none. */
  note: text,
  columns: z.array(text),
  rows: z.array(z.strictObject({ level: text, now: text, low: text, expected: text, high: text })),
});
export type ForecastSection = z.output<typeof forecastSection>;

export function buildForecast(ctx: ViewContext): ForecastSection {
  const rows = ctx.data.forecast.filter((row) => row.kind === 'reported');
  const [first] = rows;
  const date = ctx.date(first?.due ?? null);
  const told = rows.filter((row) => row.state === 'forecast');
  const state = told.length > 0 ? 'forecast' : (first?.state ?? 'insufficient_history');
  const number = (n: number | null): string => (n === null ? ctx.none : ctx.written.points(n));
  return {
    title: ctx.f(['forecast', 'title'], { date }),
    note: ctx.f(['forecast', 'states', state], {
      n: ctx.written.number(first?.months_seen ?? 0),
      need: ctx.written.number(ctx.config.scoring.forecast.min_months),
      silent: ctx.written.number(first?.databases_silent ?? 0),
    }),
    columns: ['level', 'now', 'low', 'expected', 'high'].map((key) => ctx.t('forecast', 'columns', key)),
    rows: (told.length > 0 ? rows : []).map((row) => ({
      level: ctx.t('levels', String(row.level), 'name'),
      now: ctx.written.number(row.databases_now),
      low: number(row.low),
      expected: number(row.expected),
      high: number(row.high),
    })),
  };
}
