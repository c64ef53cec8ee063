/**
 * What a named rule over one row is (the Vietnamese rule library is made of these), and the vocabulary a dialect offers
 * it. A rule is written once, over that vocabulary; a dialect that cannot say a word makes the rule `rule_not_portable`.
 */
import type { DateFormat, RuleParameters } from './check.ts';

/** An SQL expression of a dialect. Made by the dialect only; a rule joins them, it never splices a value. */
export type Sql = string;

/** What a rule builds its answer from. All texts are columns of text; all answers are NULL when the text is. */
export interface RuleSql {
  readonly dialect: string;
  /** A literal, quoted. */
  text(value: string): Sql;
  integer(value: number): Sql;
  /** The whole text matches (ECMA-262, flag u, portable subset; `pattern.ts`). Throws PatternRefused. */
  matches(text: Sql, pattern: string): Sql;
  /** The pattern occurs somewhere in the text. */
  finds(text: Sql, pattern: string): Sql;
  /** Some of these characters occur in the text. Ranges are "from" and "to" characters, inclusive. */
  hasCharacter(text: Sql, ranges: readonly (readonly [from: string, to: string])[]): Sql;
  isOneOf(text: Sql, values: readonly string[]): Sql;
  /** Code points from `start` (1 is the first), `length` of them. */
  slice(text: Sql, start: number, length: number): Sql;
  /** How many code points. */
  length(text: Sql): Sql;
  /** The number a text of at most 18 ASCII digits stands for; NULL for any other text. */
  number(text: Sql): Sql;
  /** The text is in Unicode normal form C. */
  isNfc(text: Sql): Sql;
  /** The text in Unicode normal form C. */
  nfc(text: Sql): Sql;
  /** The text is a real day of the calendar, years 0001 to 9999; the same as `day` not being NULL, and cheaper. */
  isDay(text: Sql, format: DateFormat): Sql;
  /** The day a text stands for, or NULL when it is none. A column of dates passes through. */
  day(text: Sql, format: DateFormat): Sql;
  /** A literal day, ISO. */
  dayLiteral(iso: string): Sql;
  year(day: Sql): Sql;
  and(...all: readonly Sql[]): Sql;
  or(...some: readonly Sql[]): Sql;
  not(one: Sql): Sql;
  isNull(one: Sql): Sql;
  compare(left: Sql, operator: '=' | '<>' | '<' | '<=' | '>' | '>=', right: Sql): Sql;
  add(left: Sql, right: Sql): Sql;
  subtract(left: Sql, right: Sql): Sql;
  multiply(left: Sql, right: Sql): Sql;
  /** The remainder, for a dividend that is not negative. */
  modulo(left: Sql, right: Sql): Sql;
  /** The first condition that holds decides; the rest is not worked out for that row. */
  choose(cases: readonly (readonly [when: Sql, then: Sql])[], otherwise: Sql): Sql;
}

/** What a rule says of one row. `skip`: it does not apply (a value it needs is missing, or not of its kind). */
export type RuleVerdict = 'pass' | 'fail' | 'skip';

export interface RowRule {
  /** kebab-case; stands in contracts, never reused for another meaning. */
  readonly id: string;
  readonly version: number;
  readonly title: string;
  /** Where the fact it rests on is published, and how sure that is. */
  readonly source: string;
  /** `fails`: a published fact. `warns`: an unpublished one; never more than a warning, whatever a contract says. */
  readonly strength: 'fails' | 'warns';
  /** Roles in a fixed order; a contract says which column plays which. Optional ones may be left out. */
  readonly roles: Readonly<Record<string, { readonly optional?: boolean; readonly type: 'text' | 'date' }>>;
  /**
   * Columns are handed over as text; where the role says date, as days (a text column is read by parameter `format`,
   * `iso` when there is none). A day may be handed to `day` and `isDay` again.
   */
  sql(
    q: RuleSql,
    columns: Readonly<Record<string, Sql | undefined>>,
    parameters: RuleParameters,
    asOf: string,
  ): {
    /** TRUE where the row is asked; anything else skips it. Columns that are not optional need no null test here. */
    readonly applies?: Sql;
    /** TRUE where an asked row passes; FALSE or NULL fails. */
    readonly passes: Sql;
  };
  /** The same answer for one row, for property tests: values as text, a date as yyyy-mm-dd. */
  reference(
    values: Readonly<Record<string, string | null | undefined>>,
    parameters: RuleParameters,
    asOf: string,
  ): RuleVerdict;
}

export type RuleRegistry = ReadonlyMap<string, RowRule>;
