/**
 * The countdown of the programme: days left, connections made and not made, deadlines by day with what became of them.
 * Rule: past its day and not named in the list of what is overdue is neither done nor failed, and is worded as neither.
 */
import { z } from 'zod';
import { daysBetween } from '../config/time.ts';
import { databaseTags } from './list-rows.ts';
import { groupBy, type ViewContext } from './view-context.ts';

const text = z.string();
const count = z.number().int();

export const countdownSection = z.strictObject({
  title: text,
  /** Databases connected and not, as a strip. */
  strip: z.strictObject({
    name: text,
    parts: z.array(z.strictObject({ look: text, name: text, count, href: text })),
  }),
  line: z
    .strictObject({
      alt: text,
      from: z.number(),
      /** Right edge, and the day counted down to. */
      to: z.number(),
      until: z.number(),
      dues: z.array(z.strictObject({ days: z.number(), name: text, overdue: count, past: count, open: count })),
      ticks: z.array(z.strictObject({ days: z.number(), name: text })),
      today: z.array(text),
      end: z.array(text),
    })
    .nullable(),
  rows: z.array(
    z.strictObject({
      due: text,
      what: text,
      basis: text,
      databases: text,
      overdue: text,
      past: text,
      open: text,
      left: text,
    }),
  ),
});
export type CountdownSection = z.output<typeof countdownSection>;

export function buildCountdown(ctx: ViewContext): CountdownSection {
  const { as_of: today } = ctx.meta;
  const end = ctx.config.scoring.countdown_to;
  const until = daysBetween(today, end);
  const words = { n: ctx.written.number(Math.abs(until)), date: ctx.date(end) };
  const dues = [...groupBy(ctx.data.deadline, (row) => row.due)]
    .map(([due, rows]) => ({ due, days: daysBetween(today, due), ...outcome(ctx, due, rows) }))
    .sort((a, b) => a.days - b.days);
  return {
    title: ctx.f(['pages', 'common', until < 0 ? 'countdown_passed' : 'countdown'], words).replace(/\.$/, ''),
    strip: connections(ctx),
    line: dues.length === 0 ? null : line(ctx, dues, until),
    rows: [...groupBy(ctx.data.deadline, (row) => [row.due, row.what, row.basis].join('\n')).values()]
      .flatMap((rows) => (rows[0] === undefined ? [] : [{ ...outcome(ctx, rows[0].due, rows), first: rows[0] }]))
      .sort((a, b) => a.first.due.localeCompare(b.first.due) || a.first.basis.localeCompare(b.first.basis, 'vi'))
      .map(({ first, overdue, past, open }) => ({
        due: ctx.date(first.due),
        what: first.what.charAt(0).toLocaleUpperCase('vi') + first.what.slice(1),
        basis: first.basis,
        databases: ctx.written.number(overdue + past + open),
        overdue: overdue === 0 ? ctx.none : ctx.written.number(overdue),
        past: past === 0 ? ctx.none : ctx.written.number(past),
        open: open === 0 ? ctx.none : ctx.written.number(open),
        left: leftWords(ctx, daysBetween(today, first.due)),
      })),
  };
}

type Due = { due: string; days: number; overdue: number; past: number; open: number };

/** Databases with a deadline on a day: named as overdue by the newest list, past the day only, or before it. */
function outcome(
  ctx: ViewContext,
  due: string,
  rows: readonly { database_id: string }[],
): { overdue: number; past: number; open: number } {
  const databases = [...new Set(rows.map((row) => row.database_id))];
  const late = databases.filter((id) => (ctx.overdue.get(id) ?? []).some((row) => row.deadline === due)).length;
  const rest = databases.length - late;
  return due < ctx.meta.as_of ? { overdue: late, past: rest, open: 0 } : { overdue: late, past: 0, open: rest };
}

function line(ctx: ViewContext, dues: readonly Due[], until: number): NonNullable<CountdownSection['line']> {
  const { as_of: today } = ctx.meta;
  const from = Math.min(...dues.map((due) => due.days), 0);
  const last = Math.max(...dues.map((due) => due.days), until, 0);
  const year = Number(today.slice(0, 4));
  const years = Array.from({ length: 21 }, (_, index) => year - 10 + index);
  const say = (key: string, values: Readonly<Record<string, string | number>> = {}): string =>
    ctx.f(['charts', 'countdown', key], values);
  return {
    alt: `${say('chart')}: ${dues.map((one) => say('alt_due', { date: ctx.date(one.due), n: one.overdue + one.past + one.open, overdue: one.overdue })).join(ctx.t('format', 'list_separator'))}`,
    from: from - 20,
    to: last,
    until,
    dues: dues.map(({ due, days, overdue, past, open }) => ({ days, name: ctx.date(due), overdue, past, open })),
    ticks: years
      .map((one) => ({ days: daysBetween(today, `${one}-01-01`), name: String(one) }))
      .filter((tick) => tick.days > from - 20 && tick.days < last),
    today: [say('today'), ctx.date(today)],
    end: [ctx.date(ctx.config.scoring.countdown_to), leftWords(ctx, until)],
  };
}

/** What is done of the connection that the day is about, as told and as confirmed. */
function connections(ctx: ViewContext): CountdownSection['strip'] {
  const ids = ctx.scored.map((row) => row.database_id);
  const tagged = (tag: string): number => ids.filter((id) => databaseTags(ctx, id).includes(tag)).length;
  const [confirmed, reported, silent] = [tagged('da-xac-nhan'), tagged('da-ket-noi'), tagged('chua-co-thong-tin')];
  const part = (key: string, look: string, count: number, anchor: string) => ({
    look,
    name: ctx.t('charts', 'countdown', key),
    count,
    href: `databases/index.html#${anchor}`,
  });
  return {
    name: ctx.t('charts', 'countdown', 'connections'),
    parts: [
      part('confirmed', 'l-4', confirmed, 'da-xac-nhan'),
      part('reported', 'l-2', Math.max(0, reported - confirmed), 'da-ket-noi'),
      part('not_connected', 'l-empty', Math.max(0, ids.length - reported - silent), 'tat-ca'),
      part('silent', 'l-none', silent, 'chua-co-thong-tin'),
    ],
  };
}

function leftWords(ctx: ViewContext, days: number): string {
  return ctx.f(['charts', 'countdown', days < 0 ? 'days_past' : 'days_left'], {
    n: ctx.written.number(Math.abs(days)),
  });
}
