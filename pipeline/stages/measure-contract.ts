/** Measures one contract where its data lie: one engine, one plan, counts back. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PostgresSetting } from '../../config/schema/postgres.ts';
import type { Check, Table } from '../../scoring/quality/check.ts';
import type { Contract } from '../../scoring/quality/contract/contract.ts';
import { MOMENT_METRIC, settled } from '../../scoring/quality/contract/moments.ts';
import type { FailingRows } from '../../scoring/quality/failing-rows.ts';
import type { Plan } from '../../scoring/quality/plan.ts';
import { type MeasuredRule, measuredRules } from '../../scoring/quality/results/measured-rule.ts';
import { type QualityIndex, qualityIndex, type Thresholds } from '../../scoring/quality/results/quality-index.ts';
import type { RuleRegistry } from '../../scoring/quality/rule.ts';
import { landArrow } from '../database/arrow-input.ts';
import { DuckDbEngine, engineVersion } from '../database/quality-duckdb.ts';
import type { QualityEngine } from '../database/quality-engine.ts';
import { type PartCounts, Partitions } from '../database/quality-partitions.ts';
import { PostgresEngine } from '../database/quality-postgres.ts';
import { failingQueries, planQuality, type QualityProgress, runQuality } from '../database/quality-run.ts';

export interface MeasureInput {
  readonly contract: Contract;
  readonly tables: readonly Table[];
  /** Where the tables are on a server. */
  readonly postgres?: PostgresSetting | undefined;
  readonly rules: RuleRegistry;
  readonly thresholds: Thresholds;
  /** Local time of the data, ISO 8601 without zone. */
  readonly now: string;
  readonly memoryLimit?: string;
  readonly timeLimitMs?: number;
  /** Below it a folder of its own is made for what does not fit in memory, and removed again. */
  readonly scratch: string;
  /** What is known of parts of the tables from the last night; without it nothing is remembered. */
  readonly parts?: ReadonlyMap<string, PartCounts> | undefined;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: QualityProgress) => void;
}

export interface Measurement {
  readonly contract: Contract;
  readonly engine: string;
  readonly rules: readonly MeasuredRule[];
  readonly rows: Readonly<Record<string, number>>;
  readonly index: QualityIndex;
  readonly queries: number;
  readonly scanMs: number;
  /** What is worth knowing tomorrow. */
  readonly parts: ReadonlyMap<string, PartCounts>;
}

export async function measureContract(input: MeasureInput): Promise<Measurement> {
  return withEngine(input, async (engine) => {
    const options = await optionsOf(input, engine);
    const partitions = await partitionsOf(input, engine);
    const run = await runQuality(engine, { ...options, partitions });
    // The last are our own, for the rows of each table.
    const rules = measuredRules(input.contract, run.results.slice(0, input.contract.checks.length), run.rows);
    return {
      contract: input.contract,
      engine: engine.name,
      rules,
      rows: run.rows,
      index: qualityIndex(rules, input.thresholds),
      queries: run.queries,
      scanMs: run.scanMs,
      parts: (await partitions?.kept()) ?? new Map(),
    };
  });
}

async function partitionsOf(input: MeasureInput, engine: QualityEngine): Promise<Partitions | undefined> {
  if (input.parts === undefined || !(engine instanceof DuckDbEngine)) return undefined;
  const { contract, tables, now } = input;
  const facts = await engine.facts(tables);
  const types = [...facts].map(([id, { columns }]) => [id, [...columns].map(([name, { type }]) => [name, type])]);
  // Whatever changes what a count means: the contract, its rules, the engine, the shape of the data.
  const version = JSON.stringify([contract.hash, contract.checks.map((c) => c.ruleVersion), engineVersion(), types]);
  const partitions = new Partitions(input.parts, version, now);
  const limitMs = input.timeLimitMs ?? 3_600_000;
  for (const table of tables)
    await partitions.add(table, engine.files(table.id), facts.get(table.id)?.columns ?? new Map(), (sql) =>
      engine.row(sql, limitMs),
    );
  return partitions;
}

/** What would be asked, without asking. */
export async function planContract(input: MeasureInput): Promise<Plan> {
  return withEngine(input, async (engine) => planQuality(engine, await optionsOf(input, engine)));
}

/** What the owner would ask to see the rows that fail; none of it is asked here. In the order of the contract's checks. */
export async function failingOf(input: MeasureInput): Promise<FailingRows[]> {
  const keys = new Map(input.contract.tables.map(({ id, key }) => [id, key]));
  return withEngine(input, async (engine) => {
    const { checks, ...options } = await optionsOf(input, engine);
    return failingQueries(engine, { ...options, checks: checks.slice(0, input.contract.checks.length) }, keys);
  });
}

async function optionsOf(input: MeasureInput, engine: QualityEngine) {
  const { contract, tables, rules, now, timeLimitMs, signal, onProgress } = input;
  const facts = await engine.facts(tables);
  const settledFor = (check: Check): Check => {
    const column = tables.find(({ id }) => id === check.table)?.columns.find(({ name }) => name === check.column);
    const known = facts.get(check.table)?.columns.get(column?.physicalName ?? column?.name ?? '');
    return settled(check, column?.type, known?.type);
  };
  return {
    tables,
    checks: [
      ...contract.checks.map(({ check }) => (check.metric === MOMENT_METRIC ? settledFor(check) : check)),
      ...tables.map(rowCount),
    ],
    rules,
    now,
    signal,
    ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
    ...(onProgress === undefined ? {} : { onProgress }),
  };
}

async function withEngine<T>(input: MeasureInput, work: (engine: QualityEngine) => Promise<T>): Promise<T> {
  mkdirSync(input.scratch, { recursive: true });
  const scratch = mkdtempSync(join(input.scratch, 'measure-'));
  let engine: QualityEngine | undefined;
  try {
    engine =
      input.postgres === undefined
        ? await DuckDbEngine.open(await landArrow(input.tables, scratch, input.signal), {
            spillFolder: scratch,
            memoryLimit: input.memoryLimit ?? '1GB',
          })
        : await PostgresEngine.open(connectionOf(input.postgres));
    return await work(engine);
  } finally {
    await engine?.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** How the engine is told of a server of the settings. */
export function connectionOf({ host, port, database, user, password, tls, ca_file: ca }: PostgresSetting) {
  return {
    host,
    port,
    database,
    user,
    tls,
    ...(password === undefined ? {} : { password }),
    ...(ca === undefined ? {} : { ca: readFileSync(ca, 'utf8') }),
  };
}

/** How many rows a table has, whether or not the contract asks. No id of a contract begins with a line end. */
function rowCount({ id }: Table): Check {
  return {
    id: `\n${id}`,
    table: id,
    column: null,
    metric: 'rowCount',
    dimension: 'du',
    severity: 'info',
    test: { kind: 'row_count' },
    expect: { operator: 'mustBeGreaterOrEqualTo', value: 0, unit: 'rows' },
  };
}
