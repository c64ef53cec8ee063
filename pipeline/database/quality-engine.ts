/**
 * What the runner asks of an engine that measures: what its tables look like, one row of numbers at a time, and to stop.
 * Words of an engine never come out of here: they may quote a value.
 */
import type { CheckProblem, Table } from '../../scoring/quality/check.ts';
import type { Dialect } from '../../scoring/quality/dialects/dialect.ts';
import type { TableFacts } from '../../scoring/quality/facts.ts';

export interface QualityEngine {
  readonly name: string;
  readonly fast: Dialect;
  readonly plain: Dialect;
  /** By table id; a table that cannot be read is left out. */
  facts(tables: readonly Table[]): Promise<ReadonlyMap<string, TableFacts>>;
  /** Looks at a query of the contract before it is run, where the engine can tell more than its text. @throws EngineProblem `sql_refused` */
  admit?(sql: string, limitMs: number): Promise<void>;
  /** The one row of a query, as numbers, NULL as null. @throws EngineProblem */
  row(sql: string, limitMs: number): Promise<readonly (number | null)[]>;
  /** Rows of hashes and numbers as text, for reconciliation; never of values. @throws EngineProblem */
  hashes(sql: string, limitMs: number): Promise<readonly (readonly string[])[]>;
  /** In how many parts keys of so many rows are worked through, so that a part fits in memory. */
  keyParts(rows: number): number;
  /** Keeps the rows of a table at hand when it will be read more than once and reading it is dear. */
  keep(table: string): Promise<void>;
  /** Stops the query that is running, if any; the engine is not asked again. */
  interrupt(): void;
  close(): Promise<void>;
}

export class EngineProblem extends Error {
  readonly problem: CheckProblem;
  constructor(problem: CheckProblem, detail: string) {
    super(detail);
    this.problem = problem;
  }
}

/** Numbers as drivers give them: numbers, or text of numbers and booleans. @throws EngineProblem for anything else */
export function asNumber(value: unknown): number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = String(value);
  if (text === 'true' || text === 't') return 1;
  if (text === 'false' || text === 'f') return 0;
  const number = /^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(number)) throw new EngineProblem('sql_result', 'what came back is no number');
  return number;
}
