/**
 * Every database by every criterion, owner by owner. Rule: a cell has a shape and a word; a database of which no criterion is
 * known has one line that says so, never nineteen signs for nothing.
 */
import { z } from 'zod';
import type { DatabaseRow } from '../scoring/contract.ts';
import { criteriaText } from './list-rows.ts';
import { criterionMark } from './result-words.ts';
import { NO_AGENCY, type ViewContext } from './view-context.ts';
import { databasesInOrder } from './view-lists.ts';
import { ownersInOrder } from './view-ministries.ts';
import { link, mark } from './view-parts.ts';

const text = z.string();

export const matrixPage = z.strictObject({
  intro: text,
  blocks: z.array(z.strictObject({ name: text, size: z.number().int() })),
  heads: z.array(z.strictObject({ no: text, name: text, short: text, anchor: text })),
  width: z.number().int(),
  groups: z.array(
    z.strictObject({
      owner: link,
      count: text,
      rows: z.array(
        z.strictObject({
          database: link,
          /** Where the evidence of the cells stands. */
          evidence: text,
          total: text,
          cells: z.array(mark.extend({ short: text })),
          none: text.nullable(),
        }),
      ),
    }),
  ),
  key: z.array(mark.extend({ short: text })),
});
export type MatrixPage = z.output<typeof matrixPage>;

const STATES = ['met', 'in_progress', 'unmet', 'deferred', 'na_requested', 'not_applicable', 'unknown'] as const;

export function buildMatrixPage(ctx: ViewContext): MatrixPage {
  const { criteria } = ctx.config.criteria;
  const published = new Set(ctx.data.criterion.map((one) => one.criterion));
  const listed = criteria
    .map((one, index) => ({ one, no: String(index + 1) }))
    .filter(({ one }) => published.has(one.id))
    // Criteria of a block stand together, as the blocks come first.
    .sort((a, b) => blockAt(criteria, a.one.block) - blockAt(criteria, b.one.block));
  const cell = (state: string) => ({ ...criterionMark(ctx, state), short: ctx.t('charts', 'matrix', 'short', state) });
  const scored = databasesInOrder(ctx).filter((row) => ctx.readiness.has(row.database_id));
  const rowOf = (row: DatabaseRow): MatrixPage['groups'][number]['rows'][number] => {
    const id = row.database_id;
    const known = ctx.criteria.get(id) ?? [];
    const isSilent = known.every((one) => one.state === 'unknown');
    const states = new Map(known.map((one) => [one.criterion, one.state]));
    const criteria = criteriaText(ctx, id);
    return {
      database: ctx.databaseLink(id),
      evidence: `databases/${id}.html${(ctx.readiness.get(id)?.level_reported ?? null) === null ? '' : '#tieu-chi'}`,
      total: criteria.text,
      cells: isSilent ? [] : listed.map(({ one }) => cell(states.get(one.id) ?? 'unknown')),
      none: isSilent ? ctx.t('charts', 'matrix', criteria.text === ctx.none ? 'silent' : 'total_only') : null,
    };
  };
  const blocks = [...new Set(listed.map(({ one }) => one.block))];
  return {
    intro: ctx.f(['charts', 'matrix', 'intro'], {
      n: ctx.written.number(scored.length),
      criteria: ctx.written.count(listed.length),
    }),
    blocks: blocks.map((block) => ({
      name: ctx.t('blocks', block),
      size: listed.filter(({ one }) => one.block === block).length,
    })),
    heads: listed.map(({ one, no }) => ({ no, name: one.title, short: one.short, anchor: `tieu-chi-${no}` })),
    width: listed.length,
    groups: ownersInOrder(ctx).map((id) => {
      const rows = scored.filter((row) => row.agency_id === id);
      return {
        owner: { text: ctx.agencyName(id), href: `agencies/${id ?? NO_AGENCY}.html` },
        count: ctx.f(['pages', 'common', 'n_csdl'], { n: ctx.written.count(rows.length) }),
        rows: rows.map(rowOf),
      };
    }),
    key: STATES.map(cell),
  };
}

function blockAt(criteria: readonly { block: string }[], block: string): number {
  return criteria.findIndex((one) => one.block === block);
}
