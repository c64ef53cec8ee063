/** The checklist of one database: each criterion by block, and the possible range where only a total is known. */
import { z } from 'zod';
import { criteriaText } from './list-rows.ts';
import { criterionMark } from './result-words.ts';
import { groupBy, type ViewContext } from './view-context.ts';
import type { FactBooks } from './view-facts.ts';
import { evidence, mark } from './view-parts.ts';

const text = z.string();
const range = z.strictObject({
  size: z.number(),
  known: z.number(),
  at_least: z.number(),
  at_most: z.number(),
  text,
  alt: text,
});

export const databaseCriteria = z.strictObject({
  total: text,
  total_note: text.nullable(),
  breakdown_note: text.nullable(),
  range_note: text.nullable(),
  conflict: text.nullable(),
  has_rows: z.boolean(),
  blocks: z.array(
    z.strictObject({
      name: text,
      range: range.nullable(),
      rows: z.array(
        z.strictObject({
          no: text,
          name: text,
          mark,
          said_by: text,
          ground: text.nullable(),
          evidence: evidence.nullable(),
        }),
      ),
    }),
  ),
});
export type DatabaseCriteria = z.output<typeof databaseCriteria>;

export function buildDatabaseCriteria(ctx: ViewContext, books: FactBooks, id: string): DatabaseCriteria {
  const row = ctx.readiness.get(id);
  const states = new Map((ctx.criteria.get(id) ?? []).map((one) => [one.criterion, one]));
  const ranges = new Map(ctx.rows('criterion_range', 'database_id', id).map((one) => [one.block, one]));
  const known = [...states.values()].some((one) => one.state !== 'unknown' && one.known_by !== 'registry');
  const total = criteriaText(ctx, id);
  const hasTotal = (row?.criteria_met ?? null) !== null;
  const noBreakdown = (ctx.findings.get(id) ?? []).some((finding) => finding.kind === 'no_breakdown');
  const impossible = [...ranges.values()].some((one) => one.is_impossible);
  const blocks = groupBy(ctx.data.criterion, (one) => one.block);
  return {
    total: hasTotal
      ? ctx.f(['pages', 'database', 'criteria_total'], { met: row?.criteria_met ?? 0, total: row?.criteria_total ?? 0 })
      : ctx.t('pages', 'database', 'criteria_total_none'),
    total_note: total.note === null ? null : total.note.charAt(0).toLocaleUpperCase('vi') + total.note.slice(1),
    breakdown_note: noBreakdown ? ctx.t('pages', 'database', 'criteria_no_breakdown') : null,
    range_note: ranges.size > 0 && !impossible ? ctx.t('pages', 'database', 'bounds_note') : null,
    conflict: impossible ? ctx.f(['pages', 'database', 'bounds_conflict'], { met: row?.criteria_met ?? 0 }) : null,
    has_rows: hasTotal || known,
    blocks: [...blocks].map(([block, criteria]) => {
      const possible = ranges.get(block);
      const name = ctx.t('blocks', block);
      const bounds =
        possible === undefined ? null : { lower: possible.at_least, upper: possible.at_most, total: possible.size };
      return {
        name,
        range:
          possible === undefined || bounds === null || impossible
            ? null
            : {
                size: possible.size,
                known: possible.known_met,
                at_least: possible.at_least,
                at_most: possible.at_most,
                text:
                  bounds.lower === bounds.upper
                    ? ctx.f(['format', 'of'], { a: bounds.lower, b: bounds.total })
                    : ctx.f(['pages', 'site', 'bounds'], bounds),
                alt: ctx.f(['pages', 'database', 'bounds_line'], { block: name, ...bounds }),
              },
        rows: criteria.map((criterion) => {
          const status = states.get(criterion.criterion);
          const stated = status?.observation_id == null ? undefined : ctx.observations.get(status.observation_id);
          return {
            no: String(criterion.position),
            name: criterion.title,
            mark: criterionMark(ctx, status?.state ?? 'unknown'),
            said_by:
              stated === undefined
                ? status?.known_by === 'registry'
                  ? ctx.t('pages', 'site', 'by_registry')
                  : ctx.none
                : ctx.t('said_by', stated.said_by),
            ground: status?.ground == null ? null : ctx.maybe('pages', 'site', 'grounds', status.ground),
            evidence: books.evidence(status?.observation_id ?? null, id),
          };
        }),
      };
    }),
  };
}
