/**
 * The course of a database over the nights of a year: levels, the composite, each pillar; and the table behind it.
 * Rule: the composite is drawn only for nights that reach the coverage asked for, and nothing where there are few nights.
 */
import { z } from 'zod';
import { dayPlus } from '../config/time.ts';
import type { Row } from '../scoring/contract.ts';
import type { ViewContext } from './view-context.ts';

const text = z.string();

export const trendSection = z.strictObject({
  /** Why nothing is drawn; then there are no panels. */
  few: text.nullable(),
  note: text,
  breaks_note: text.nullable(),
  frame: z.strictObject({
    days: z.number(),
    from: text,
    to: text,
    breaks: z.array(z.strictObject({ ago: z.number(), text })),
  }),
  panels: z.array(
    z.strictObject({
      title: text,
      alt: text,
      top: z.number(),
      ticks: z.array(z.number()),
      ago: z.array(z.number()),
      layers: z.array(
        z.strictObject({
          look: z.enum(['b-open', 'b-floor', 'b-confirmed']),
          values: z.array(z.number().nullable()),
          now: text,
        }),
      ),
      /** Said instead of a figure at the end, where none stands there. */
      none: text.nullable(),
    }),
  ),
  /** Columns of the table after that of the day; cells in their order. */
  columns: z.array(text),
  rows: z.array(z.strictObject({ day: text, note: text.nullable(), cells: z.array(text) })),
});
export type TrendSection = z.output<typeof trendSection>;

/** Fewer nights than this are told in words. */
const LEAST_NIGHTS = 5;
/** Changes of level that the table names; the drawing has them all. */
const MOST_LEVELS = 24;
const WORDS = ['charts', 'trend'] as const;

type Figures = Row<'score_trend'>;
type Panel = TrendSection['panels'][number];
interface Break {
  ago: number;
  version: string;
}

/** Null for a database of which nothing was known on any night. */
export function buildTrend(ctx: ViewContext, id: string): TrendSection | null {
  const levels = ctx.rows('level_trend', 'database_id', id)[0];
  if (levels === undefined || levels.reported.every((level) => level === null)) return null;
  const figures = pillarsInOrder(ctx, id);
  const nights = Math.max(0, ...figures.map((row) => row.nights));
  const days = Math.max(0, ...figures.map((row) => row.ago[0] ?? 0));
  const breaks = ctx.data.method_trend
    .filter((row, index) => index > 0 && row.ago < days)
    .map(({ ago, method }) => ({ ago, version: method.split(' ').at(-1) ?? '' }));
  const frame = {
    days,
    from: ctx.written.date(dayAgo(ctx, days)),
    to: ctx.written.date(ctx.meta.as_of),
    breaks: breaks.map(({ ago, version }) => ({ ago, text: ctx.f([...WORDS, 'version'], { version }) })),
  };
  const few = nights < LEAST_NIGHTS;
  const columns = ['reported', 'confirmed']
    .map((key) => ctx.t(...WORDS, 'columns', key))
    .concat(figures.map((row) => pillarName(ctx, row.pillar)));
  return {
    few: few ? ctx.f([...WORDS, 'few'], { n: ctx.written.count(nights), need: ctx.written.count(LEAST_NIGHTS) }) : null,
    note: ctx.f([...WORDS, 'note'], { from: frame.from, to: frame.to, n: ctx.written.count(nights) }),
    breaks_note: breaks.length === 0 ? null : ctx.t(...WORDS, 'breaks'),
    frame,
    panels: few ? [] : [levelPanel(ctx, levels), ...figures.map((row) => pointsPanel(ctx, row))],
    columns,
    rows: (few ? [] : tableDays(ctx, days, levels, breaks)).map((ago) => {
      const since = breaks.find((one) => one.ago === ago);
      return {
        day: ctx.written.date(dayAgo(ctx, ago)),
        note: since === undefined ? null : ctx.f([...WORDS, 'method_from'], { version: since.version }),
        cells: cellsAt(ctx, ago, levels, figures),
      };
    }),
  };
}

/** The composite, then the pillars that weigh anything, in their order. */
function pillarsInOrder(ctx: ViewContext, id: string): Figures[] {
  const rows = ctx.rows('score_trend', 'database_id', id);
  const names = Object.entries(ctx.config.scoring.pillars).flatMap(([name, one]) => (one.weight > 0 ? [name] : []));
  return ['all', ...names].flatMap((pillar) => {
    const row = rows.find((one) => one.pillar === pillar);
    if (row === undefined) return [];
    if (pillar !== 'all') return [row];
    const printed = (list: Figures['floor']): Figures['floor'] =>
      list.map((n, index) => ((row.coverage[index] ?? 0) >= ctx.config.scoring.min_coverage ? n : null));
    const [confirmed, floor, ceiling] = [printed(row.confirmed), printed(row.floor), printed(row.ceiling)];
    return floor.every((n) => n === null) ? [] : [{ ...row, confirmed, floor, ceiling }];
  });
}

function levelPanel(ctx: ViewContext, row: Row<'level_trend'>): Panel {
  const title = ctx.t(...WORDS, 'level');
  const say = (level: number | null | undefined): string => levelText(ctx, level ?? null);
  return {
    title,
    alt: ctx.f([...WORDS, 'alt_level'], {
      title,
      from_a: say(row.reported[0]),
      to_a: say(row.reported.at(-1)),
      from_b: say(row.confirmed[0]),
      to_b: say(row.confirmed.at(-1)),
    }),
    top: 5,
    ticks: [1, 2, 3, 4, 5],
    ago: row.ago,
    layers: [
      { look: 'b-floor', values: row.reported, now: say(row.reported.at(-1)) },
      { look: 'b-confirmed', values: row.confirmed, now: say(row.confirmed.at(-1)) },
    ],
    none: null,
  };
}

function pointsPanel(ctx: ViewContext, row: Figures): Panel {
  const title = pillarName(ctx, row.pillar);
  const at = (list: Figures['floor'], index: number): string => {
    const n = list.at(index) ?? null;
    return n === null ? ctx.none : ctx.written.points(n);
  };
  const isOpen = (row.ceiling.at(-1) ?? null) !== null;
  return {
    title,
    alt: ctx.f([...WORDS, 'alt_points'], {
      title,
      from: rangeAt(ctx, row, 0),
      to: rangeAt(ctx, row, row.ago.length - 1),
      confirmed: at(row.confirmed, -1),
    }),
    top: 100,
    ticks: [0, 50, 100],
    ago: row.ago,
    layers: [
      { look: 'b-open', values: row.ceiling, now: at(row.ceiling, -1) },
      { look: 'b-floor', values: row.floor, now: at(row.floor, -1) },
      { look: 'b-confirmed', values: row.confirmed, now: at(row.confirmed, -1) },
    ],
    none: isOpen ? null : ctx.t('score', 'insufficient'),
  };
}

/** Days of the table behind the drawing: ends of months, and the days at which a level (of late) or the method changed. */
function tableDays(ctx: ViewContext, days: number, levels: Row<'level_trend'>, breaks: readonly Break[]): number[] {
  const ends = [0];
  for (let ago = dateOf(ctx, 0); ago <= days; ago += dateOf(ctx, ago)) ends.push(ago);
  return [...new Set([...ends, days, ...levels.ago.slice(-MOST_LEVELS), ...breaks.map((one) => one.ago)])]
    .filter((ago) => ago <= days)
    .sort((a, b) => a - b);
}

/** Which day of its month it was so many days ago: as many days before it ended the month before. */
function dateOf(ctx: ViewContext, ago: number): number {
  return Number(dayAgo(ctx, ago).slice(8));
}

function cellsAt(ctx: ViewContext, ago: number, levels: Row<'level_trend'>, figures: readonly Figures[]): string[] {
  const level = heldAt(levels.ago, ago);
  return [levels.reported, levels.confirmed]
    .map((list) => levelText(ctx, list[level] ?? null))
    .concat(figures.map((row) => rangeAt(ctx, row, heldAt(row.ago, ago))));
}

/** Place of the value that holds so many days back; -1 before the first. */
function heldAt(days: readonly number[], ago: number): number {
  return days.findLastIndex((day) => day >= ago);
}

/** "34,2–78": floor and ceiling at a place of the row. */
function rangeAt(ctx: ViewContext, row: Figures, place: number): string {
  const [floor, ceiling] = [row.floor[place] ?? null, row.ceiling[place] ?? null];
  if (floor === null || ceiling === null) return ctx.none;
  return floor === ceiling
    ? ctx.written.points(floor)
    : ctx.f(['format', 'range'], { a: ctx.written.points(floor), b: ctx.written.points(ceiling) });
}

function levelText(ctx: ViewContext, level: number | null): string {
  return level === null ? ctx.none : ctx.written.number(level);
}

function pillarName(ctx: ViewContext, pillar: string): string {
  return pillar === 'all' ? ctx.t(...WORDS, 'composite') : ctx.t('pillars', pillar);
}

/** The day so many days before that of the figures. */
function dayAgo(ctx: ViewContext, ago: number): string {
  return dayPlus(ctx.meta.as_of, -ago);
}
