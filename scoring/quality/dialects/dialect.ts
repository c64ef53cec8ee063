/**
 * What every SQL dialect says alike, and the few words each must give itself. A new engine is one file that extends this.
 * Identifiers and literals are quoted here and nowhere else.
 */
import type { ColumnType, DateFormat } from '../check.ts';
import type { Ranges } from '../code-points.ts';
import { DAY_PATTERNS } from '../days.ts';
import { type PatternNode, parsePattern, WHITE_SPACE } from '../pattern.ts';
import { oneOf } from '../pattern-text.ts';
import type { RuleSql, Sql } from '../rule.ts';

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A name or text no engine can be asked about: refused before it is part of any SQL. */
export class NotSayable extends Error {}

/** Texts that are numbers: at most 18 digits before the point and 18 after it, so that each engine holds them exactly. */
export const NUMBER_PATTERN = '[+-]?[0-9]{1,18}(?:\\.[0-9]{1,18})?';
export const INTEGER_PATTERN = '[+-]?[0-9]{1,18}';

/** An expression over one text, known by the texts of which it is TRUE or FALSE. */
export interface Reading {
  readonly text: Sql;
  /** Of the whole text. */
  readonly node: PatternNode;
  /** TRUE of the texts of the tree and FALSE of all others; or TRUE of those, and of others who knows. */
  readonly says: 'exactly' | 'at least';
  /** One of a list: it may well be that few texts are. */
  readonly listed?: boolean;
}

export abstract class Dialect implements RuleSql {
  abstract readonly dialect: string;
  /** The cheapest form that is exactly equivalent; without it, the plainest one, which says what is meant. */
  readonly fast: boolean;
  /** Columns, quoted, of the table being compiled that are kept as dictionaries. */
  protected dictionaries: ReadonlySet<Sql> = new Set();
  /** Searches said so far that can be put together into one; empty where the engine gains nothing by it. */
  readonly searches = new Map<Sql, { readonly text: Sql; readonly node: PatternNode }>();
  /** Expressions said so far that another one may answer for most rows; empty where the engine gains nothing by it. */
  readonly readings = new Map<Sql, Reading>();
  /** Days read from text said so far, with the two expressions that make them: the reading, which cannot fail, and whether it holds. */
  readonly days = new Map<Sql, { readonly read: Sql; readonly is: Sql }>();
  readonly #isDay = new Set<Sql>();

  constructor(fast = true) {
    this.fast = fast;
  }

  // What differs between engines.
  abstract matchesNode(text: Sql, node: PatternNode, whole: boolean): Sql;
  abstract isNfc(text: Sql): Sql;
  abstract nfc(text: Sql): Sql;
  /** The day of a text that is known to be one. */
  abstract readDay(text: Sql, format: DateFormat): Sql;
  /** The exact decimal of a text that is known to be one (NUMBER_PATTERN). */
  abstract readDecimal(text: Sql): Sql;
  /** The engine's own name of a type → ours. */
  abstract columnType(native: string): ColumnType;
  /** A portable 60-bit hash of a text, as BIGINT. */
  abstract hash(text: Sql): Sql;
  /** Seconds from one moment to another, as a whole number; both of the column's own type. */
  abstract seconds(from: Sql, to: Sql): Sql;

  /** What is said from now on is of another table: a name may be something else there. */
  turnTo(dictionaries: ReadonlySet<Sql>): void {
    this.dictionaries = dictionaries;
    this.#isDay.clear();
  }

  /** A number that is the same for the same key, to work through keys in parts; null where the server has its own ways. */
  keyNumber(_keys: readonly Sql[]): Sql | null {
    return null;
  }

  identifier(name: string): Sql {
    if (name === '' || name.includes('\0')) throw new NotSayable('a name that cannot be quoted');
    return `"${name.replaceAll('"', '""')}"`;
  }

  text(value: string): Sql {
    if (value.includes('\0')) throw new NotSayable('a text that cannot be quoted');
    return `'${value.replaceAll("'", "''")}'`;
  }

  integer(value: number): Sql {
    if (!Number.isSafeInteger(value)) throw new NotSayable('a number that is not whole');
    return value < 0 ? `(${value})` : String(value);
  }

  /** A number as written in a contract; never an exponent, never rounded. */
  decimal(value: string | number): Sql {
    const written = typeof value === 'number' ? String(value) : value.trim();
    if (!/^[+-]?[0-9]{1,30}(\.[0-9]{1,30})?$/.test(written)) throw new NotSayable('a bound that is no plain number');
    return written.startsWith('-') || written.startsWith('+') ? `(${written})` : written;
  }

  asText(column: Sql): Sql {
    return `CAST(${column} AS VARCHAR)`;
  }

  /** A text that is compared by its code points, whatever the locale. */
  byteOrder(text: Sql): Sql {
    return text;
  }

  countIf(condition: Sql): Sql {
    return `count(*) FILTER (WHERE ${condition})`;
  }

  matches(text: Sql, pattern: string): Sql {
    return this.matchesNode(text, parsePattern(pattern), true);
  }

  finds(text: Sql, pattern: string): Sql {
    return this.matchesNode(text, parsePattern(pattern), false);
  }

  hasCharacter(text: Sql, ranges: readonly (readonly [from: string, to: string])[]): Sql {
    const codes: Ranges = ranges.map(([from, to]) => [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0] as const);
    return this.matchesNode(text, oneOf(codes), false);
  }

  /** The pattern is somewhere in the text, in the engine's plainest words. */
  search(text: Sql, node: PatternNode): Sql {
    return this.matchesNode(text, node, false);
  }

  isBlank(text: Sql): Sql {
    return this.matchesNode(text, { is: 'repeat', item: oneOf(WHITE_SPACE), min: 0, max: null }, true);
  }

  /** Null, blank (where that counts), or one of the words; never NULL itself. */
  isMissing(text: Sql, words: readonly string[], blank: boolean): Sql {
    const cases: [Sql, Sql][] = [[this.isNull(text), 'TRUE']];
    if (words.length > 0) cases.push([this.isOneOf(text, words), 'TRUE']);
    return this.choose(cases, blank ? this.isBlank(text) : 'FALSE');
  }

  isOneOf(text: Sql, values: readonly string[]): Sql {
    return `(${text} IN (${values.map((value) => this.text(value)).join(', ')}))`;
  }

  slice(text: Sql, start: number, length: number): Sql {
    return `substr(${text}, ${this.integer(start)}, ${this.integer(length)})`;
  }

  length(text: Sql): Sql {
    return `char_length(${text})`;
  }

  lengthBetween(text: Sql, min: number | undefined, max: number | undefined): Sql {
    return this.and(
      ...(min === undefined ? [] : [`${this.length(text)} >= ${this.integer(min)}`]),
      ...(max === undefined ? [] : [`${this.length(text)} <= ${this.integer(max)}`]),
    );
  }

  number(text: Sql): Sql {
    return `CASE WHEN ${this.matches(text, '[0-9]{1,18}')} THEN CAST(${text} AS BIGINT) END`;
  }

  /** The exact number a text stands for, or NULL. */
  decimalOf(text: Sql): Sql {
    return `CASE WHEN ${this.matches(text, NUMBER_PATTERN)} THEN ${this.readDecimal(text)} END`;
  }

  isDay(text: Sql, format: DateFormat): Sql {
    return this.#isDay.has(text) ? `(${text} IS NOT NULL)` : this.matches(text, DAY_PATTERNS[format]);
  }

  day(text: Sql, format: DateFormat): Sql {
    if (this.#isDay.has(text)) return text;
    return this.asDay(`CASE WHEN ${this.isDay(text, format)} THEN ${this.readDay(text, format)} END`);
  }

  /** Remembers that an expression is a day already. */
  asDay(day: Sql): Sql {
    this.#isDay.add(day);
    return day;
  }

  dayLiteral(iso: string): Sql {
    if (!new RegExp(`^(?:${DAY_PATTERNS.iso})$`).test(iso)) throw new NotSayable('a bound that is no day');
    return this.asDay(`DATE '${iso}'`);
  }

  timestampLiteral(iso: string): Sql {
    const found = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)$/.exec(iso);
    if (found === null) return `CAST(${this.dayLiteral(iso)} AS TIMESTAMP)`;
    return `TIMESTAMP '${found[1]} ${found[2]}'`;
  }

  year(day: Sql): Sql {
    return `CAST(extract(year FROM ${day}) AS BIGINT)`;
  }

  /** The text is a day within the bounds: NULL where the text is, FALSE where it is no day. */
  dayWithin(text: Sql, format: DateFormat, bounds: readonly (readonly [Comparison, iso: string])[]): Sql {
    const day = this.day(text, format);
    const within = this.and(...bounds.map(([operator, iso]) => this.compare(day, operator, this.dayLiteral(iso))));
    return this.choose([[this.isNull(text), 'NULL']], `coalesce(${within}, FALSE)`);
  }

  and(...all: readonly Sql[]): Sql {
    return all.length === 0 ? 'TRUE' : all.length === 1 ? (all[0] ?? 'TRUE') : `(${all.join(' AND ')})`;
  }

  or(...some: readonly Sql[]): Sql {
    return some.length === 0 ? 'FALSE' : some.length === 1 ? (some[0] ?? 'FALSE') : `(${some.join(' OR ')})`;
  }

  not(one: Sql): Sql {
    return `(NOT ${one})`;
  }

  isNull(one: Sql): Sql {
    return `(${one} IS NULL)`;
  }

  compare(left: Sql, operator: Comparison, right: Sql): Sql {
    return `(${left} ${operator} ${right})`;
  }

  add(left: Sql, right: Sql): Sql {
    return `(${left} + ${right})`;
  }

  subtract(left: Sql, right: Sql): Sql {
    return `(${left} - ${right})`;
  }

  multiply(left: Sql, right: Sql): Sql {
    return `(${left} * ${right})`;
  }

  modulo(left: Sql, right: Sql): Sql {
    return `(${left} % ${right})`;
  }

  choose(cases: readonly (readonly [when: Sql, then: Sql])[], otherwise: Sql): Sql {
    return `CASE ${cases.map(([when, then]) => `WHEN ${when} THEN ${then}`).join(' ')} ELSE ${otherwise} END`;
  }
}
