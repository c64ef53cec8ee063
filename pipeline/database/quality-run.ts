/**
 * Runs checks where the data lies: plan, ask, and hand back counts. A query that fails is cut in two until the measure that
 * is to blame stands alone; time that is up, or a signal, stops what runs and leaves the rest `not_run`.
 */
import type { Check, CheckResult, Table } from '../../scoring/quality/check.ts';
import { type Measured, resultsOf } from '../../scoring/quality/evaluate.ts';
import { type FailingRows, failingRows } from '../../scoring/quality/failing-rows.ts';
import { type Batch, batchSql, type Plan, planChecks } from '../../scoring/quality/plan.ts';
import type { RuleRegistry } from '../../scoring/quality/rule.ts';
import { EngineProblem, type QualityEngine } from './quality-engine.ts';
import type { Partitions } from './quality-partitions.ts';

export interface QualityProgress {
  readonly done: number;
  readonly of: number;
  readonly table: string;
  readonly kind: Batch['kind'];
}

export interface QualityRunOptions {
  readonly tables: readonly Table[];
  readonly checks: readonly Check[];
  readonly rules: RuleRegistry;
  /** Local time of the data, ISO 8601 without zone. */
  readonly now: string;
  /** For all queries together. */
  readonly timeLimitMs?: number;
  readonly maxMeasures?: number;
  /** What is known of parts of the tables that did not change. */
  readonly partitions?: Partitions | undefined;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: QualityProgress) => void;
}

export interface QualityRun {
  /** In the order of the checks. */
  readonly results: readonly CheckResult[];
  readonly plan: Plan;
  /** Rows of each table, where anything asked for them. */
  readonly rows: Readonly<Record<string, number>>;
  readonly queries: number;
  readonly scanMs: number;
}

interface Asked {
  values: Map<string, number | null>;
  problems: Map<string, { problem: EngineProblem['problem']; detail: string }>;
  ms: Map<string, number>;
  queries: number;
}

/** Facts and plan, without running: what `--sql` shows. */
export async function planQuality(engine: QualityEngine, options: QualityRunOptions): Promise<Plan> {
  return planChecks({
    tables: options.tables,
    checks: options.checks,
    facts: await engine.facts(options.tables),
    fast: engine.fast,
    plain: engine.plain,
    rules: options.rules,
    now: options.now,
    ...(options.maxMeasures === undefined ? {} : { maxMeasures: options.maxMeasures }),
  });
}

/** For each check the query that lists its failing rows, for the owner; none of them is run. */
export async function failingQueries(
  engine: QualityEngine,
  { tables, checks, rules, now }: QualityRunOptions,
  keys: ReadonlyMap<string, readonly string[]>,
): Promise<FailingRows[]> {
  const input = { tables, facts: await engine.facts(tables), dialect: engine.plain, rules, now, keys };
  return checks.map((check) => failingRows(check, input));
}

export async function runQuality(engine: QualityEngine, options: QualityRunOptions): Promise<QualityRun> {
  const started = performance.now();
  const plan = await planQuality(engine, options);
  const asked: Asked = { values: new Map(), problems: new Map(), ms: new Map(), queries: 0 };
  const left = (): number => (options.timeLimitMs ?? 3_600_000) - (performance.now() - started);
  const onAbort = (): void => engine.interrupt();
  options.signal?.addEventListener('abort', onAbort);
  try {
    for (const table of readOften(plan)) await engine.keep(table);
    for (const [done, batch] of plan.batches.entries()) {
      options.onProgress?.({ done, of: plan.batches.length, table: batch.table, kind: batch.kind });
      const rest = await askParts(options.partitions, engine, { batch, plan }, asked, left);
      if (rest.measures.length > 0) await ask(engine, rest, asked, left, options.signal);
    }
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
  }
  const measured: Measured = asked;
  const rows: Record<string, number> = {};
  for (const table of options.tables) {
    const count = [...plan.known, ...asked.values].find(
      ([key]) =>
        key.endsWith('\ncount(*)') &&
        plan.checks.some((p) => p.check.table === table.id && uses(p.formula, p.rows, key)),
    )?.[1];
    if (typeof count === 'number') rows[table.id] = count;
  }
  return {
    results: resultsOf(options.checks, plan, measured),
    plan,
    rows,
    queries: asked.queries,
    scanMs: Math.round(performance.now() - started),
  };
}

const uses = (formula: object, rows: string, key: string): boolean =>
  rows === key || Object.values(formula).includes(key);

/** Tables that more than one query reads. */
function readOften(plan: Plan): readonly string[] {
  const reads = new Map<string, number>();
  for (const { table } of plan.batches) reads.set(table, (reads.get(table) ?? 0) + 1);
  return [...reads].filter(([, n]) => n > 1).map(([table]) => table);
}

/** Asks what can be summed over the parts of a table. @returns what must be asked of the whole: all of it, where a part fails */
async function askParts(
  partitions: Partitions | undefined,
  engine: QualityEngine,
  { batch, plan }: { readonly batch: Batch; readonly plan: Plan },
  asked: Asked,
  left: () => number,
): Promise<Batch> {
  const started = performance.now();
  try {
    const found = await partitions?.sum(batch, plan, engine.fast, (sql) => {
      asked.queries++;
      return engine.row(sql, left());
    });
    if (found == null) return batch;
    const ms = Math.round(performance.now() - started);
    for (const [key, value] of found.values) {
      asked.values.set(key, value);
      asked.ms.set(key, ms);
    }
    return { ...batch, measures: found.rest };
  } catch (error) {
    if (!(error instanceof EngineProblem)) throw error;
    return batch;
  }
}

async function ask(
  engine: QualityEngine,
  batch: Batch,
  asked: Asked,
  left: () => number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const stopped = (): EngineProblem | undefined => {
    if (signal?.aborted === true) return new EngineProblem('cancelled', 'the run was stopped');
    if (left() <= 0) return new EngineProblem('out_of_time', 'the time for this database was up');
    return undefined;
  };
  let problem = stopped();
  if (problem === undefined) {
    const started = performance.now();
    try {
      if (batch.kind === 'query') await engine.admit?.(batchSql(batch), left());
      const row = await askInParts(engine, batch, asked, left, stopped);
      const ms = Math.round(performance.now() - started);
      batch.measures.forEach(({ key }, i) => {
        asked.values.set(key, row[i] ?? null);
        asked.ms.set(key, ms);
      });
      return;
    } catch (error) {
      if (!(error instanceof EngineProblem)) throw error;
      problem = stopped() ?? error;
      if (batch.kind === 'query' && problem.problem === 'engine_failed')
        problem = new EngineProblem('sql_failed', problem.message);
    }
  }
  const final = problem.problem === 'cancelled' || problem.problem === 'out_of_time' || batch.measures.length === 1;
  if (final) {
    for (const { key } of batch.measures)
      asked.problems.set(key, { problem: problem.problem, detail: problem.message });
    return;
  }
  const middle = Math.ceil(batch.measures.length / 2);
  await ask(engine, { ...batch, measures: batch.measures.slice(0, middle) }, asked, left, signal);
  await ask(engine, { ...batch, measures: batch.measures.slice(middle) }, asked, left, signal);
}

/** Most parts keys are cut into before it is said that they do not fit. */
const MOST_PARTS = 4_096;

/** Keys in as many parts as memory asks for, sums put together; everything else in one piece. @throws EngineProblem */
async function askInParts(
  engine: QualityEngine,
  batch: Batch,
  asked: Asked,
  left: () => number,
  stopped: () => EngineProblem | undefined,
): Promise<readonly (number | null)[]> {
  const once = (sql: string): Promise<readonly (number | null)[]> => {
    asked.queries++;
    return engine.row(sql, left());
  };
  if (batch.parts === undefined) return once(batchSql(batch));
  for (let of = engine.keyParts(batch.parts.rows ?? 0); ; of *= 4) {
    try {
      let sums: readonly (number | null)[] = batch.measures.map(() => 0);
      for (let number = 0; number < of; number++) {
        const stop = stopped();
        if (stop !== undefined) throw stop;
        const row = await once(batchSql(batch, of === 1 ? undefined : { number, of }));
        sums = sums.map((sum, i) => (sum === null || row[i] == null ? null : sum + row[i]));
      }
      return sums;
    } catch (error) {
      const tooLarge = error instanceof EngineProblem && error.problem === 'out_of_memory' && of * 4 <= MOST_PARTS;
      if (!tooLarge) throw error;
    }
  }
}
