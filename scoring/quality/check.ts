/**
 * The check model: what a contract asks of tables, as plain data. Contracts are compiled into it, the planner reads
 * nothing else, and results come back in the shape below. Nothing here knows of SQL or of any engine.
 *
 * Nulls, once for all kinds: a check of a value (pattern, length, range, enum, type, rule …) is asked only where there
 * is a value; a missing value is the business of `not_null` and `missing`. `checked` counts the rows that were asked.
 */

/** The four words, as the pillars are named. */
export type Dimension = 'dung' | 'du' | 'sach' | 'song';
export type Severity = 'error' | 'warning' | 'info';

/** Where the rows of a table are. A server is named; how to reach it is given to the runner, never to the contract. */
export type DataLocation =
  /** Files DuckDB reads; every path or glob is named, and nothing else can be reached. CSV is read as text throughout. */
  | {
      readonly kind: 'parquet' | 'csv' | 'json';
      readonly paths: readonly string[];
      readonly delimiter?: string;
      /** Each folder `name=value` on the way is a column. */
      readonly partitioned?: boolean;
    }
  /** Arrow IPC, files or streams: no engine reads it here, so the runner hands its rows over first. */
  | { readonly kind: 'arrow'; readonly paths: readonly string[] }
  | { readonly kind: 'duckdb'; readonly path: string; readonly schema?: string; readonly table: string }
  | { readonly kind: 'postgres'; readonly server: string; readonly schema?: string; readonly table: string };

/** How the values of a column are kept. `text` needs no conversion; the others compare as what they are. */
export type ColumnType = 'text' | 'integer' | 'number' | 'date' | 'timestamp' | 'time' | 'boolean' | 'other';

export interface Column {
  /** As the contract calls it: what reports and rule ids say. */
  readonly name: string;
  /** As the data calls it; `name` when absent. */
  readonly physicalName?: string;
  /** As the contract declares it. What is really there is read from the data before planning. */
  readonly type: ColumnType;
  /** How its dates are written, where the data keeps them as text; `iso` when absent. */
  readonly format?: DateFormat;
}

export interface Table {
  readonly id: string;
  readonly location: DataLocation;
  readonly columns: readonly Column[];
}

export type Operator =
  | 'mustBe'
  | 'mustNotBe'
  | 'mustBeGreaterThan'
  | 'mustBeGreaterOrEqualTo'
  | 'mustBeLessThan'
  | 'mustBeLessOrEqualTo'
  | 'mustBeBetween'
  | 'mustNotBeBetween';

/** What the metric is held against. Both ends of a range are inside it. */
export interface Expectation {
  readonly operator: Operator;
  readonly value: number;
  /** The upper end of the two range operators. */
  readonly upTo?: number;
  readonly unit: 'rows' | 'percent' | 'days' | 'number';
  /** What 100 percent is: the rows that were asked (default), or all rows of the table. */
  readonly of?: 'checked' | 'rows';
}

/** A bound as written: exact, compared as the column's own type (dates and timestamps in ISO 8601). */
export interface Bound {
  readonly value: string | number;
  readonly exclusive?: boolean;
}

/** Texts that are dates; `iso` is yyyy-mm-dd, `vietnamese` is d/m/yyyy with or without leading zeros. */
export type DateFormat = 'iso' | 'vietnamese' | 'vietnamese_padded' | 'compact';

/** One question of a row, answered yes or no for each row that is asked. */
export type RowTest =
  | { readonly kind: 'not_null'; readonly column: string }
  /** Null, blank (nothing but white space), or one of the words that stand for "missing", as they are. */
  | { readonly kind: 'missing'; readonly column: string; readonly words?: readonly string[]; readonly blank?: boolean }
  /** ECMA-262 with flag u, found anywhere unless anchored, as JSON Schema has it. */
  | { readonly kind: 'pattern'; readonly column: string; readonly pattern: string; readonly whole?: boolean }
  /** In Unicode code points. */
  | { readonly kind: 'length'; readonly column: string; readonly min?: number; readonly max?: number }
  | { readonly kind: 'range'; readonly column: string; readonly min?: Bound; readonly max?: Bound }
  | { readonly kind: 'multiple_of'; readonly column: string; readonly of: number }
  | { readonly kind: 'enum'; readonly column: string; readonly values: readonly (string | number)[] }
  /** The text is one of such a thing: an integer, a decimal number with a point, a real day of the calendar … */
  | {
      readonly kind: 'type';
      readonly column: string;
      readonly type: 'integer' | 'number' | 'date' | 'boolean';
      readonly format?: DateFormat;
    }
  /** Two columns of the same type, side by side; asked where both have a value. */
  | {
      readonly kind: 'compare';
      readonly left: string;
      readonly operator: '=' | '<>' | '<' | '<=' | '>' | '>=';
      readonly right: string;
    }
  /** If the one has a value, so must the other. */
  | { readonly kind: 'requires'; readonly column: string; readonly needs: string }
  /** A rule of the registry (`RowRule`), with the columns that play its roles. */
  | {
      readonly kind: 'rule';
      readonly rule: string;
      readonly columns: Readonly<Record<string, string>>;
      readonly parameters?: RuleParameters;
    };

export type RuleParameter = string | number | boolean | readonly string[] | readonly number[];
export type RuleParameters = Readonly<Record<string, RuleParameter>>;

/** One question of a whole table. */
export type TableTest =
  | { readonly kind: 'row_count' }
  /**
   * Rows that share a key. `surplus` is what would have to go (rows − distinct keys), `groups` the keys that occur more
   * than once, `rows` all rows that share their key. A row with a null in its key is not asked.
   */
  | {
      readonly kind: 'duplicate';
      readonly columns: readonly string[];
      readonly count: 'surplus' | 'groups' | 'rows';
    }
  /** Keys that the other table lacks; a row with a null in its key is not asked. */
  | {
      readonly kind: 'reference';
      readonly columns: readonly string[];
      readonly table: string;
      readonly to: readonly string[];
    }
  /** One SELECT of one number or boolean over the tables of the contract, called by their ids. */
  | { readonly kind: 'sql'; readonly query: string }
  /** Days between the newest row not after now, and now. Rows after now are their own count. */
  | { readonly kind: 'freshness'; readonly column: string; readonly format?: DateFormat }
  /** Rows dated after now. */
  | { readonly kind: 'future'; readonly column: string; readonly format?: DateFormat }
  /** Days between the oldest row and now. */
  | { readonly kind: 'retention'; readonly column: string; readonly format?: DateFormat }
  /** The longest time without a row, in days, from the oldest row to now. */
  | { readonly kind: 'gap'; readonly column: string; readonly format?: DateFormat };

export type Test = RowTest | TableTest;

export interface Check {
  /** The rule's id in the contract where it has one, else table.column.metric. Unique in a contract. */
  readonly id: string;
  readonly table: string;
  /** What it is about, for reports; null when it is about the table. */
  readonly column: string | null;
  /** The word for what is counted: nullValues, invalidValues, duplicateValues, rowCount, latency … */
  readonly metric: string;
  readonly dimension: Dimension;
  readonly severity: Severity;
  readonly test: Test;
  readonly expect: Expectation;
}

export type CheckState =
  /** The expectation holds. */
  | 'met'
  | 'failed'
  /** Nothing to ask: no rows, or none that the question is asked of. A count of rows is 0 then, and known. */
  | 'undefined'
  /** The check could not be worked out; nothing is known of the data. */
  | 'errored'
  /** Not asked: refused when compiled, cancelled, or out of time. */
  | 'not_run';

/** Fixed codes, never the words of an engine: those may quote a value. */
export type CheckProblem =
  | 'column_not_found'
  | 'table_not_found'
  | 'type_not_comparable'
  | 'pattern_not_portable'
  | 'rule_not_found'
  | 'rule_not_portable'
  | 'sql_refused'
  | 'sql_failed'
  | 'sql_result'
  | 'engine_failed'
  | 'unreadable'
  | 'out_of_memory'
  | 'out_of_time'
  | 'cancelled';

/** Counts only. There is no place here for a value of the data, and none may be made. */
export interface CheckResult {
  readonly rule_id: string;
  readonly table: string;
  readonly column: string | null;
  readonly metric: string;
  readonly dimension: Dimension;
  readonly severity: Severity;
  readonly state: CheckState;
  /** Why it is `errored` or `not_run`. */
  readonly problem: CheckProblem | null;
  /** Fixed words on the problem, of our own making, without anything from the data. */
  readonly detail: string | null;
  readonly failed: number | null;
  readonly checked: number | null;
  /** What the expectation was held against: failed, a percentage, a number of rows, days. */
  readonly value: number | null;
  readonly unit: Expectation['unit'];
  /** Rows dated after now, where the check is about time. */
  readonly future: number | null;
  /** SHA-256 of the naive SQL of this check: what it means, however it was run. */
  readonly sql_hash: string | null;
  /** Time of the query it was part of; several checks share one. */
  readonly ms: number | null;
}
