/**
 * Words for the value of a fact: states, ratios, approximate amounts, and what was said along with them.
 * Rule: slugs and raw flags are never printed; what has no label is left out.
 */
import type { Written } from '../config/format.ts';
import type { DatabaseRow } from '../scoring/contract.ts';
import type { ViewContext } from './view-context.ts';

/** The part of a fact that is worded; both a stated and a speaking fact have it. */
export interface Worded {
  attribute: string;
  state: string | null;
  target: string | null;
  value_number: number | null;
  value_total: number | null;
  low: number | null;
  high: number | null;
  unit: string | null;
  role: string | null;
  stage: string | null;
  modality: string;
  extent: string;
  flags: string;
}

const AMOUNTS = new Set(['records.count', 'records.expected']);
/** Ratios that tell how many records there are: only their share is printed where amounts are not. */
const RECORD_RATIOS = new Set(['c12.sync.window', 'c06.reconciliation', 'c06.mismatch']);
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** True when the amounts of this database are not to be printed. */
export function hidesAmounts(database: DatabaseRow | undefined): boolean {
  return database !== undefined && database.classification !== 'open';
}

export function flagsOf(flags: string): Record<string, unknown> {
  const parsed: unknown = JSON.parse(flags === '' ? '{}' : flags);
  return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
}

/** An amount as it was said ("khoảng 4,8 triệu") and the interval it stands for, or null when exact. */
export function amountWords(ctx: ViewContext, fact: Worded): { said: string; interval: string | null } {
  const { low, high } = fact;
  if (fact.value_number !== null && (low === null || low === high))
    return { said: ctx.written.number(fact.value_number), interval: null };
  if (low === null || high === null) return { said: ctx.none, interval: null };
  if (low === high) return { said: ctx.written.number(low), interval: null };
  const interval = ctx.f(['format', 'range'], { a: ctx.written.number(low), b: ctx.written.number(high) });
  const hedge = flagsOf(fact.flags).hedge;
  const x = hedge === 'hon' || hedge === 'tren' ? low : hedge === 'gan' || hedge === 'duoi' ? high : (low + high) / 2;
  const said =
    typeof hedge === 'string' && ctx.maybe('format', 'approx', hedge) !== null
      ? ctx.f(['format', 'approx', hedge], { x: amount(ctx.written, x) })
      : hedge === 'tron'
        ? amount(ctx.written, x)
        : interval;
  return { said, interval: said === interval ? null : interval };
}

/** 4 800 000 → "4,8 triệu", but 1 041 000 in full: shortening must not lose a digit that was said. */
export function amount(written: Written, n: number): string {
  const step = n >= 1_000_000_000 ? 10_000_000 : 10_000;
  return n % step === 0 ? written.amount(n) : written.number(n);
}

/** Value of a fact as one phrase. */
export function factValue(ctx: ViewContext, fact: Worded, database: DatabaseRow | undefined): string {
  if (AMOUNTS.has(fact.attribute) && hidesAmounts(database)) return ctx.t('pages', 'database', 'amount_hidden');
  const unit = fact.unit === null ? '' : ` ${fact.unit}`;
  if (fact.attribute === 'c12.sync.window') return windowWords(ctx, fact);
  if (fact.value_number !== null && fact.value_total !== null) {
    if (fact.value_total === 0) return ctx.none;
    if (RECORD_RATIOS.has(fact.attribute) && hidesAmounts(database))
      return ctx.written.percent(fact.value_number, fact.value_total);
    return `${ctx.f(['format', 'of'], { a: ctx.written.number(fact.value_number), b: ctx.written.number(fact.value_total) })}${unit}`;
  }
  if (fact.state !== null) return ctx.state(fact.attribute, fact.state);
  if (fact.value_number === null && fact.low === null) return ctx.none;
  const { said, interval } = amountWords(ctx, fact);
  return interval === null ? `${said}${unit}` : `${said}${unit} (${interval})`;
}

/** What a log of synchronisations showed: how many of its batches succeeded, and the last that did. */
function windowWords(ctx: ViewContext, fact: Worded): string {
  const { days, batches, succeeded, last_success: last } = flagsOf(fact.flags);
  const known = (n: unknown): n is number => typeof n === 'number';
  const of = ['pages', 'site', 'sync_window'];
  const counted =
    known(batches) && batches > 0
      ? ctx.f([...of, known(succeeded) ? 'succeeded' : 'batches'], {
          n: known(succeeded) ? ctx.written.number(succeeded) : '',
          total: ctx.written.number(batches),
          days: known(days) ? ctx.written.number(days) : ctx.none,
        })
      : ctx.f([...of, 'none'], { days: known(days) ? ctx.written.number(days) : ctx.none });
  if (typeof last !== 'string') return counted;
  return [counted, ctx.f(['pages', 'site', 'flags', 'last_success'], { x: ctx.date(last) })].join(
    ctx.t('format', 'list_separator'),
  );
}

/** Told by the value itself. */
const IN_VALUE: Readonly<Record<string, ReadonlySet<string>>> = {
  'c12.sync.window': new Set(['days', 'batches', 'succeeded', 'last_success']),
};

/** What was said along with the value: partner, role, extent, days, numbers of documents. */
export function factDetails(ctx: ViewContext, fact: Worded): string[] {
  const out: string[] = [];
  const add = (text: string | null): void => {
    if (text !== null && text !== '') out.push(text);
  };
  add(targetName(ctx, fact.target));
  if (fact.role !== null) add(ctx.maybe('scales', 'coverage_role', fact.role));
  if (fact.stage !== null) add(ctx.maybe('scales', 'record_stage', fact.stage));
  if (fact.extent !== 'whole') add(ctx.maybe('extent', fact.extent));
  if (fact.modality !== 'done' && fact.modality !== 'ongoing') add(ctx.maybe('modality', fact.modality));
  for (const [key, value] of Object.entries(flagsOf(fact.flags))) add(flagWords(ctx, fact, key, value));
  return out;
}

function flagWords(ctx: ViewContext, fact: Worded, key: string, value: unknown): string | null {
  if (value === false || value === null || IN_VALUE[fact.attribute]?.has(key) === true) return null;
  if (key === 'holder')
    return fact.attribute === 'blocked_by'
      ? null
      : ctx.f(['pages', 'site', 'flags', 'holder'], { x: ctx.maybe('holders', String(value)) ?? ctx.none });
  if (value === true) return ctx.maybe('scales', 'software_flags', key) ?? ctx.maybe('pages', 'site', 'flags', key);
  if (key === 'ground' || key === 'degree' || key === 'direction')
    return ctx.maybe('pages', 'site', 'flag_values', String(value));
  // The number is already the partner of a dispatch.
  if (key === 'number' && value === fact.target) return null;
  if (ctx.maybe('pages', 'site', 'flags', key) === null) return null;
  const text = typeof value === 'number' ? ctx.written.number(value) : String(value);
  return ctx.f(['pages', 'site', 'flags', key], { x: /^\d{4}-\d{2}-\d{2}/.test(text) ? ctx.date(text) : text });
}

/** Name of whom or what a fact is about; a slug that nobody named is not printed. */
export function targetName(ctx: ViewContext, target: string | null): string | null {
  if (target === null) return null;
  const label = ctx.maybe('pages', 'site', 'targets', target);
  if (label !== null) return label;
  if (ctx.databases.has(target)) return ctx.shortName(target);
  const agency = ctx.agencies.get(target);
  if (agency !== undefined) return agency.name;
  return SLUG.test(target) ? null : target;
}
