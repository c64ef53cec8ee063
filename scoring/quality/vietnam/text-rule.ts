/** Rules over one text that a single pattern or set of characters decides; most rules are of this kind. */
import type { RowRule, RuleSql, Sql } from '../rule.ts';
import { type CharacterRanges, hasOneOf, isWhole, occurs } from './matching.ts';

type Facts = Pick<RowRule, 'id' | 'version' | 'title' | 'source' | 'strength'>;

/** The whole text must match. */
export function wholeTextRule(facts: Facts, pattern: string): RowRule {
  return textRule(
    facts,
    (q, text) => q.matches(text, pattern),
    (text) => isWhole(text, pattern),
  );
}

/** The pattern must not occur. */
export function nowhereRule(facts: Facts, pattern: string): RowRule {
  return textRule(
    facts,
    (q, text) => q.not(q.finds(text, pattern)),
    (text) => !occurs(text, pattern),
  );
}

/** None of the characters may occur. */
export function withoutCharactersRule(facts: Facts, ranges: CharacterRanges): RowRule {
  return textRule(
    facts,
    (q, text) => q.not(q.hasCharacter(text, ranges)),
    (text) => !hasOneOf(text, ranges),
  );
}

function textRule(facts: Facts, sql: (q: RuleSql, text: Sql) => Sql, reference: (text: string) => boolean): RowRule {
  return {
    ...facts,
    roles: { text: { type: 'text' } },
    sql: (q, columns) => ({ passes: sql(q, columns.text ?? '') }),
    reference: ({ text }) => (text == null ? 'skip' : reference(text) ? 'pass' : 'fail'),
  };
}
