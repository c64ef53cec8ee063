/**
 * DuckDB: RE2, byte order, and the cheap forms. Each cheap form is exactly the plain one: `fast: false` gives that, and
 * property tests hold the two together over signs, blanks, other scripts, combining marks and NUL.
 */
import type { ColumnType, DateFormat } from '../check.ts';
import { complement, EVERYTHING, type Ranges } from '../code-points.ts';
import { type PatternNode, WHITE_SPACE } from '../pattern.ts';
import { anywhere } from '../pattern-language.ts';
import {
  fewCharacters,
  fixedSets,
  literally,
  oneOf,
  prefixSets,
  strangers,
  toGlob,
  toRe2,
  wholeBody,
} from '../pattern-text.ts';
import type { Sql } from '../rule.ts';
import { type Comparison, Dialect, type Reading } from './dialect.ts';

const FORMATS: Readonly<Record<DateFormat, string>> = {
  iso: '%Y-%m-%d',
  compact: '%Y%m%d',
  vietnamese: '%d/%m/%Y',
  vietnamese_padded: '%d/%m/%Y',
};

const TYPES: readonly (readonly [RegExp, ColumnType])[] = [
  [/^VARCHAR$/, 'text'],
  [/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$/, 'integer'],
  [/^(DECIMAL\b|DOUBLE$|FLOAT$)/, 'number'],
  [/^DATE$/, 'date'],
  [/^TIMESTAMP/, 'timestamp'],
  [/^TIME$/, 'time'],
  [/^BOOLEAN$/, 'boolean'],
];

/**
 * Text of these characters alone is in normal form C whatever their order: none of them combines, decomposes or is
 * composed with what stands before it.
 */
const ALWAYS_NFC = [
  [0x00, 0x2ff],
  [0x1e00, 0x1eff],
] as const;

const manyOf = (ranges: Ranges): PatternNode => ({ is: 'repeat', item: oneOf(ranges), min: 0, max: null });
const BLANK = manyOf(WHITE_SPACE);

export class DuckDb extends Dialect {
  readonly dialect = 'duckdb';

  override text(value: string): Sql {
    const parts = value.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`);
    return parts.length === 1 ? (parts[0] ?? "''") : `(${parts.join(' || chr(0) || ')})`;
  }

  override countIf(condition: Sql): Sql {
    // Many times cheaper than a FILTER; NULL over no rows, where a count is 0.
    return `coalesce(count_if(${condition}), 0)`;
  }

  override keyNumber(keys: readonly Sql[]): Sql {
    // Not the bits by which the engine's own table of groups is laid out: those would crowd in one corner of it.
    return `((hash(${keys.join(', ')}) >> 24) & 16777215)`;
  }

  matchesNode(text: Sql, node: PatternNode, whole: boolean): Sql {
    if (!this.fast) return `regexp_matches(${text}, ${this.text(toRe2(node, whole))})`;
    const body = wholeBody(node, whole);
    return this.#reads(this.#matches(text, node, whole, body), { text, node: body ?? anywhere(node), says: 'exactly' });
  }

  #matches(text: Sql, node: PatternNode, whole: boolean, body: PatternNode | undefined): Sql {
    const sets = fixedSets(node, whole);
    const prefix = whole ? undefined : prefixSets(node);
    const glob = sets !== undefined ? toGlob(sets) : prefix !== undefined ? toGlob(prefix, '*') : undefined;
    if (glob !== undefined) return `(${text} GLOB ${this.text(glob)})`;
    // To look for a stranger is cheaper than to know all others.
    const others = body === undefined ? undefined : strangers(body, this.dictionaries.has(text));
    if (others === 'none') return `(${text} IS NOT NULL)`;
    return others === undefined ? this.#search(text, node, whole) : `(NOT ${this.#search(text, others, false)})`;
  }

  /** Remembers what an expression over a text says; in brackets where it could run into what follows. */
  #reads(sql: Sql, reading: Reading): Sql {
    const closed = /(\)| END)$/.test(sql) ? sql : `(${sql})`;
    this.readings.set(closed, reading);
    return closed;
  }

  /** Only regexp_full_match is asked once a dictionary; of plain text, regexp_matches is the cheaper one. */
  #search(text: Sql, node: PatternNode, whole: boolean): Sql {
    const body = wholeBody(node, whole);
    if (!this.dictionaries.has(text)) {
      const plain =
        body === undefined ? this.search(text, node) : `regexp_matches(${text}, ${this.text(toRe2(node, whole))})`;
      if (this.fast && body === undefined) this.searches.set(plain, { text, node });
      return plain;
    }
    const pattern = body === undefined ? `(?s:.)*(?:${toRe2(node)})(?s:.)*` : toRe2(body);
    return `regexp_full_match(${text}, ${this.text(pattern)})`;
  }

  override search(text: Sql, node: PatternNode): Sql {
    const few = fewCharacters(node);
    return few === undefined
      ? `regexp_matches(${text}, ${this.text(toRe2(node))})`
      : this.or(...few.map((character) => `contains(${text}, ${this.text(character)})`));
  }

  override isBlank(text: Sql): Sql {
    const exact = super.isBlank(text);
    if (!this.fast || this.dictionaries.has(text)) return exact;
    return this.#reads(`CASE WHEN ${begins(text)} THEN FALSE ELSE ${exact} END`, {
      text,
      node: BLANK,
      says: 'exactly',
    });
  }

  override isMissing(text: Sql, words: readonly string[], blank: boolean): Sql {
    if (!this.fast) return super.isMissing(text, words, blank);
    const options = words.map(literally);
    if (blank) options.push(BLANK);
    if (options.length === 0) return this.isNull(text);
    const node: PatternNode = { is: 'choice', options };
    return this.#reads(this.#isMissing(text, words, blank, node), { text, node, says: 'exactly' });
  }

  #isMissing(text: Sql, words: readonly string[], blank: boolean, node: PatternNode): Sql {
    if (this.dictionaries.has(text)) return `coalesce(${this.#search(text, node, true)}, TRUE)`;
    const exact = super.isMissing(text, words, blank);
    if (words.length === 0 || !blank) return exact;
    const longest = Math.max(...words.map((word) => Buffer.byteLength(word)));
    return `CASE WHEN strlen(${text}) > ${longest} AND ${text} >= '!' AND ${text} < chr(127) THEN FALSE ELSE ${exact} END`;
  }

  override isOneOf(text: Sql, values: readonly string[]): Sql {
    const long = values.length > 8 && values.length <= 5000;
    if (!this.fast || values.length === 0 || !(long || this.dictionaries.has(text))) return super.isOneOf(text, values);
    const node: PatternNode = { is: 'choice', options: values.map(literally) };
    return this.#reads(this.#search(text, node, true), { text, node, says: 'exactly', listed: true });
  }

  override lengthBetween(text: Sql, min: number | undefined, max: number | undefined): Sql {
    const sql = this.#lengthBetween(text, min, max);
    if (!this.fast || (max !== undefined && (min ?? 0) > max)) return sql;
    const node: PatternNode = { is: 'repeat', item: oneOf(EVERYTHING), min: min ?? 0, max: max ?? null };
    return this.#reads(sql, { text, node, says: 'exactly' });
  }

  #lengthBetween(text: Sql, min: number | undefined, max: number | undefined): Sql {
    const exact = super.lengthBetween(text, min, max);
    const surely = 4 * (min ?? 0);
    if (!this.fast || this.dictionaries.has(text) || (max !== undefined && surely > max))
      return min !== undefined && min === max ? `(${this.length(text)} = ${this.integer(min)})` : exact;
    // A character is one to four bytes, and the number of bytes is known without reading them.
    const bytes = this.and(
      ...(surely === 0 ? [] : [`strlen(${text}) >= ${this.integer(surely)}`]),
      ...(max === undefined ? [] : [`strlen(${text}) <= ${this.integer(max)}`]),
    );
    return `CASE WHEN ${bytes} THEN TRUE ELSE ${exact} END`;
  }

  override length(text: Sql): Sql {
    return `length(${text})`;
  }

  isNfc(text: Sql): Sql {
    // The function stops at a NUL; another control character stands in, which joins with nothing either.
    const seen = `replace(${text}, chr(0), chr(1))`;
    const exact = `(nfc_normalize(${seen}) = ${seen})`;
    if (!this.fast) return exact;
    const fast = `CASE WHEN NOT ${this.matchesNode(text, oneOf(complement(ALWAYS_NFC)), false)} THEN TRUE ELSE ${exact} END`;
    return this.#reads(fast, { text, node: manyOf(ALWAYS_NFC), says: 'at least' });
  }

  nfc(text: Sql): Sql {
    return `CASE WHEN contains(${text}, chr(0)) THEN ${text} ELSE nfc_normalize(${text}) END`;
  }

  readDay(text: Sql, format: DateFormat): Sql {
    return `CAST(try_strptime(${text}, '${FORMATS[format]}') AS DATE)`;
  }

  override day(text: Sql, format: DateFormat): Sql {
    const day = super.day(text, format);
    if (this.fast && day !== text)
      this.days.set(day, { read: this.readDay(text, format), is: this.isDay(text, format) });
    return day;
  }

  override dayWithin(text: Sql, format: DateFormat, bounds: readonly (readonly [Comparison, iso: string])[]): Sql {
    if (!this.fast) return super.dayWithin(text, format, bounds);
    // Year, month, day of fixed length: the order of the texts is that of the days.
    const sorts = format === 'iso' || format === 'compact';
    const day = sorts ? text : this.day(text, format);
    const tests = bounds.map(([operator, iso]) => {
      const bound = this.dayLiteral(iso);
      return this.compare(day, operator, sorts ? this.text(format === 'iso' ? iso : iso.replaceAll('-', '')) : bound);
    });
    return this.and(this.isDay(text, format), ...tests);
  }

  override number(text: Sql): Sql {
    return `CASE WHEN ${this.matches(text, '[0-9]{1,18}')} THEN TRY_CAST(${text} AS BIGINT) END`;
  }

  readDecimal(text: Sql): Sql {
    return `TRY_CAST(${text} AS DECIMAL(38, 18))`;
  }

  columnType(native: string): ColumnType {
    return TYPES.find(([pattern]) => pattern.test(native.toUpperCase()))?.[1] ?? 'other';
  }

  hash(text: Sql): Sql {
    return `CAST('0x' || substr(md5(${text}), 1, 15) AS BIGINT)`;
  }

  seconds(from: Sql, to: Sql): Sql {
    return `date_diff('second', CAST(${from} AS TIMESTAMP), CAST(${to} AS TIMESTAMP))`;
  }
}

/** No white space begins with a byte in these two stretches, and nearly every value does: four bytes decide. */
function begins(text: Sql): Sql {
  return `(${text} >= '!' AND ${text} < chr(127)) OR (${text} >= chr(161) AND ${text} < chr(5760))`;
}
