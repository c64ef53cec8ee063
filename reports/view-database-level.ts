/** Level of one database: reported and confirmed side by side, what may be, and which conditions block the next level. */
import { z } from 'zod';
import type { Row } from '../scoring/contract.ts';
import { confirmedBadge, LEVELS, badge as makeBadge, possibleLevel, reportedBadge } from './level-words.ts';
import { gateMark } from './result-words.ts';
import type { ViewContext } from './view-context.ts';
import type { FactBooks } from './view-facts.ts';
import { badge, evidence, mark } from './view-parts.ts';

const text = z.string();
const condition = z.strictObject({
  name: text,
  reported: mark,
  confirmed: mark,
  holder: text,
  since: text,
  evidence: evidence.nullable(),
});

export const databaseLevel = z.strictObject({
  reported: badge,
  confirmed: badge,
  possible: text.nullable(),
  stale: text.nullable(),
  ladder: z.strictObject({
    reported: z.number().nullable(),
    confirmed: z.number().nullable(),
    max: z.number().nullable(),
    names: z.array(text),
    alt: text,
  }),
  next: badge.nullable(),
  next_title: text,
  missing: z.array(
    z.strictObject({ text, holder: text.nullable(), since: text.nullable(), may_pass: text.nullable() }),
  ),
  levels: z.array(z.strictObject({ level: badge, is_next: z.boolean(), conditions: z.array(condition) })),
});
export type DatabaseLevel = z.output<typeof databaseLevel>;

/** Bodies that speak for a condition when only a hindrance was named. */
const HOLDER_OF: Record<string, readonly string[]> = {
  c12_connected: ['c12'],
  c12_synced: ['c12'],
  direction_met: ['c12'],
  security_passed: ['a05'],
  c06_cleaned: ['c06'],
};

export function buildDatabaseLevel(
  ctx: ViewContext,
  books: FactBooks,
  id: string,
  row: Row<'readiness'>,
): DatabaseLevel {
  const gates = ctx.gates.get(id) ?? [];
  const level = row.level_reported;
  const nextLevel = level === null ? 1 : level < 5 ? level + 1 : null;
  const next = nextLevel === null ? null : makeBadge(ctx, nextLevel, ctx.none);
  const open = gates.filter((gate) => gate.level === nextLevel && !gate.passed);
  const names = LEVELS.map((n) => ctx.t('levels', String(n), 'short'));
  const reported = reportedBadge(ctx, row);
  const confirmed = confirmedBadge(ctx, row);
  // Said of every database alike, so that it tells nothing of this one.
  const leftOut =
    ctx.meta.edition === 'chia_se' && nextLevel === 4
      ? [{ text: ctx.t('pages', 'site', 'security_left_out'), holder: null, since: null, may_pass: null }]
      : [];
  return {
    reported,
    confirmed,
    possible: possibleLevel(ctx, row),
    stale: gates.some((gate) => gate.passed && !gate.is_live) ? ctx.t('result_states', 'stale') : null,
    ladder: {
      reported: level,
      confirmed: row.level_confirmed,
      max: row.level_max,
      names,
      alt: ctx.f(['pages', 'database', 'level_line'], { reported: reported.name, confirmed: confirmed.name }),
    },
    next,
    next_title:
      next === null
        ? ctx.t('pages', 'database', 'missing_none')
        : ctx.f(['levels', 'blocks_next'], {
            level: ctx.f(['pages', 'site', 'level_named'], { n: nextLevel ?? '', name: next.name }),
          }),
    missing:
      level === null
        ? [{ text: ctx.t('gates', 'status_known'), holder: null, since: null, may_pass: null }]
        : [
            ...open.map((gate) => {
              const wait = waitFor(ctx, id, gate.gate);
              return {
                text: ctx.t('gates', gate.gate),
                holder:
                  wait === null
                    ? null
                    : ctx.f(['pages', 'site', 'waits_for'], { holder: ctx.maybe('holders', wait.holder) ?? ctx.none }),
                since:
                  wait === null
                    ? null
                    : wait.since === null
                      ? ctx.t('pages', 'site', 'since_unknown')
                      : ctx.f(['pages', 'common', 'since_days'], { since: ctx.date(wait.since), n: wait.days ?? '' }),
                may_pass: gate.may_pass ? null : ctx.t('pages', 'site', 'said_not_yet'),
              };
            }),
            ...leftOut,
          ],
    levels: [2, 3, 4, 5].map((n) => ({
      level: makeBadge(ctx, n, ctx.none),
      is_next: n === nextLevel,
      conditions: gates
        .filter((gate) => gate.level === n)
        .map((gate) => {
          const wait = gate.passed ? null : waitFor(ctx, id, gate.gate);
          return {
            name: ctx.maybe('pages', 'site', 'gate_names', gate.gate) ?? ctx.t('gates', gate.gate),
            reported: gateMark(ctx, gate.passed, 'gate_reported'),
            confirmed: gateMark(ctx, gate.confirmed, 'gate_confirmed'),
            holder: wait === null ? ctx.none : (ctx.maybe('holders', wait.holder) ?? ctx.none),
            since:
              wait === null
                ? ctx.none
                : wait.since === null
                  ? ctx.t('pages', 'site', 'since_unknown')
                  : ctx.f(['pages', 'common', 'since_days'], { since: ctx.date(wait.since), n: wait.days ?? '' }),
            evidence: books.evidence(gate.observation_id, id),
          };
        }),
    })),
  };
}

/** Who holds a condition: what waits on its own attribute first, then a hindrance naming its body. */
function waitFor(ctx: ViewContext, id: string, gate: string): Row<'waiting'> | null {
  const waits = ctx.waiting.get(id) ?? [];
  const conditions = Object.values(ctx.config.scoring.levels).flatMap((level) =>
    Object.entries(level ?? {})
      .filter(([name]) => name === gate)
      .flatMap(([, list]) => list),
  );
  const attributes = new Set(conditions.map((one) => one.attribute).filter((name) => name !== undefined));
  // Where any of several facts would do, waiting on one of them holds nothing up.
  const own =
    attributes.size !== 1
      ? undefined
      : waits.find((wait) => wait.attributes.split(';').some((name) => attributes.has(name)));
  if (own !== undefined) return own;
  // A hindrance of a link to another database or body says nothing about this one.
  const partners = new Set(
    (ctx.current.get(id) ?? []).filter((fact) => fact.attribute === 'other_db.connection').map((fact) => fact.target),
  );
  const named = (wait: Row<'waiting'>): boolean =>
    (ctx.blockers.get(id) ?? []).some((one) => one.observation_id === wait.observation_id && !partners.has(one.target));
  return (
    waits.find(
      (wait) => wait.attributes === 'blocked_by' && (HOLDER_OF[gate] ?? []).includes(wait.holder) && named(wait),
    ) ?? null
  );
}
