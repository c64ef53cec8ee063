/** Databases by criterion, and what each criterion asks for. Rule: numbers are ours and are marked as not official. */
import { z } from 'zod';
import { criterionMark } from './result-words.ts';
import type { ViewContext } from './view-context.ts';
import { databasesInOrder } from './view-lists.ts';
import { link, mark } from './view-parts.ts';

const text = z.string();

export const criteriaPage = z.strictObject({
  intro: text,
  note: text.nullable(),
  heads: z.array(z.strictObject({ no: text, name: text, short: text, anchor: text })),
  rows: z.array(z.strictObject({ database: link, owner: text, total: text, cells: z.array(mark) })),
  counts: z.array(
    z.strictObject({
      anchor: text,
      no: text,
      name: text,
      block: text,
      certainty: text,
      met: text,
      in_progress: text,
      unmet: text,
      na_requested: text,
      unknown: text,
      met_when: text,
      in_progress_when: text.nullable(),
      accepted: text,
      not_evidence: z.array(text),
      not_applicable_when: text.nullable(),
      said_by: text,
    }),
  ),
});
export type CriteriaPage = z.output<typeof criteriaPage>;

export function buildCriteriaPage(ctx: ViewContext): CriteriaPage {
  const { criteria } = ctx.config;
  // An edition leaves out those of which it says nothing; the others keep their numbers.
  const published = new Set(ctx.data.criterion.map((one) => one.criterion));
  const numbered = criteria.criteria.map((one, index) => ({ one, no: String(index + 1) }));
  const listed = numbered.filter(({ one }) => published.has(one.id));
  const absent = numbered.filter(({ one }) => !published.has(one.id)).map(({ no }) => no);
  const count = (criterion: string, state: string): string =>
    ctx.written.number(
      ctx
        .rows('criterion_status', 'criterion', criterion)
        .filter((row) =>
          state === 'unknown'
            ? !['met', 'in_progress', 'unmet', 'na_requested'].includes(row.state)
            : row.state === state,
        ).length,
    );
  const known = databasesInOrder(ctx).filter((row) =>
    (ctx.criteria.get(row.database_id) ?? []).some((one) => one.state !== 'unknown' && one.known_by !== 'registry'),
  );
  const notes = [
    ...(criteria.status === 'official' ? [] : [ctx.t('product', 'criteria_note')]),
    ...(absent.length === 0
      ? []
      : [ctx.f(['pages', 'criteria', 'not_in_edition'], { numbers: absent.join(ctx.t('format', 'list_comma')) })]),
  ];
  return {
    intro: ctx.f(['pages', 'criteria', 'intro'], {
      n: ctx.written.count(criteria.criteria.length),
      b: ctx.written.count(new Set(criteria.criteria.map((one) => one.block)).size),
    }),
    note: notes.length === 0 ? null : notes.join(' '),
    heads: listed.map(({ one, no }) => ({ no, name: one.title, short: one.short, anchor: `tieu-chi-${no}` })),
    rows: known.map((row) => {
      const states = new Map((ctx.criteria.get(row.database_id) ?? []).map((one) => [one.criterion, one.state]));
      const readiness = ctx.readiness.get(row.database_id);
      const met = readiness?.criteria_met ?? null;
      return {
        database: ctx.databaseLink(row.database_id, '#tieu-chi'),
        owner: ctx.agencyName(row.agency_id),
        total:
          met === null
            ? ctx.none
            : ctx.f(['score', 'criteria_fmt'], { met, total: readiness?.criteria_total ?? criteria.total }),
        cells: listed.map(({ one }) => criterionMark(ctx, states.get(one.id) ?? 'unknown')),
      };
    }),
    counts: listed.map(({ one, no }) => ({
      anchor: `tieu-chi-${no}`,
      no,
      name: one.title,
      block: ctx.t('blocks', one.block),
      certainty: ctx.t('pages', 'criteria', 'certainty', one.certainty),
      met: count(one.id, 'met'),
      in_progress: count(one.id, 'in_progress'),
      unmet: count(one.id, 'unmet'),
      na_requested: count(one.id, 'na_requested'),
      unknown: count(one.id, 'unknown'),
      met_when: one.met_when,
      in_progress_when: one.in_progress_when,
      accepted: one.accepted_evidence,
      not_evidence: one.not_evidence,
      not_applicable_when: one.not_applicable_when,
      said_by:
        one.said_by.length === 0
          ? ctx.none
          : one.said_by.map((who) => ctx.t('said_by', who)).join(ctx.t('format', 'list_separator')),
    })),
  };
}
