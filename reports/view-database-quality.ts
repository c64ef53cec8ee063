/** Quality measured on records, on the page of a database: the index and the rules that are not met. Counts, never values. */
import { z } from 'zod';
import type { DatabaseRow, Row } from '../scoring/contract.ts';
import { resultMark } from './result-words.ts';
import type { ViewContext } from './view-context.ts';
import { mark } from './view-parts.ts';

const text = z.string();

export const databaseQuality = z.strictObject({
  title: text,
  figures: z.array(text),
  rules: z.array(
    z.strictObject({ rule: text, about: text, checked: text, failed: text, share: text, mark, severity: text }),
  ),
  more: text.nullable(),
  note: text,
});
export type DatabaseQuality = z.output<typeof databaseQuality>;

/** A page is for reading: the published table holds the rest. */
const MOST_RULES = 40;

/** Null where nothing was measured: most databases. */
export function buildDatabaseQuality(ctx: ViewContext, database: DatabaseRow): DatabaseQuality | null {
  const id = database.database_id;
  const whole = ctx.rows('quality_index', 'database_id', id).filter((row) => row.scope === 'database');
  if (whole.length === 0) return null;
  const isHidden = database.classification === 'restricted';
  const rules = ctx.rows('quality_result', 'database_id', id).filter((row) => row.state !== 'met');
  // Failures first, then what has no answer, then what only warns.
  const rank = (row: Row<'quality_result'>): number => (row.severity !== 'error' ? 2 : row.state === 'unmet' ? 0 : 1);
  const shown = rules.sort((a, b) => rank(a) - rank(b)).slice(0, MOST_RULES);
  return {
    title: ctx.t('quality', 'index_title'),
    figures: whole.map((row) => indexLine(ctx, row)),
    // How many rows there are is not said of a restricted database.
    rules: isHidden ? [] : shown.map((row) => ruleRow(ctx, row)),
    more:
      isHidden || rules.length <= MOST_RULES
        ? null
        : ctx.f(['quality', 'more_rules'], { n: ctx.written.number(rules.length - MOST_RULES) }),
    note: `${ctx.t('pages', 'database', 'quality_privacy')} ${ctx.t('quality', 'trial_note')}`,
  };
}

function indexLine(ctx: ViewContext, row: Row<'quality_index'>): string {
  const value =
    row.quality_index === null ? ctx.t('quality', 'index_states', row.state) : ctx.written.points(row.quality_index);
  const range =
    row.state === 'incomplete' && row.ceiling !== null
      ? ctx.f(['quality', 'index_range'], { ceiling: ctx.written.points(row.ceiling) })
      : null;
  const identifiers = row.identifiers_met === false ? ctx.t('quality', 'identifiers_not_met') : null;
  const line = ctx.f(['quality', 'index_line'], { contract: row.contract, value, day: ctx.date(row.measured_on) });
  return [line, range, identifiers].filter((part) => part !== null).join(' ');
}

function ruleRow(ctx: ViewContext, row: Row<'quality_result'>): DatabaseQuality['rules'][number] {
  const { numerator, denominator } = row;
  const isKnown = numerator !== null && denominator !== null && denominator > 0;
  const share = isKnown ? Math.floor((1000 * numerator) / denominator) / 10 : null;
  return {
    rule: row.rule_id,
    about: row.column_name === null ? row.table_name : `${row.table_name}.${row.column_name}`,
    checked: isKnown ? ctx.written.number(denominator) : ctx.none,
    failed: isKnown ? ctx.written.number(denominator - numerator) : ctx.none,
    share: share === null ? ctx.none : `${ctx.written.points(share)}%`,
    mark: resultMark(ctx, row.state),
    severity: ctx.t('quality', 'severities', row.severity),
  };
}
