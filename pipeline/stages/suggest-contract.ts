/**
 * Proposes a contract from data: types, keys, patterns and identifiers, each held against all rows as a check is. Only
 * counts come back, so no value can get into the proposal. A person reads it, and takes out what is chance.
 */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { EXIT, Fault } from '../../config/fault.ts';
import type { Check, CheckResult, ColumnType, Table, Test } from '../../scoring/quality/check.ts';
import type { Contract } from '../../scoring/quality/contract/contract.ts';
import { DAY_PATTERNS } from '../../scoring/quality/days.ts';
import type { RuleRegistry } from '../../scoring/quality/rule.ts';
import { DuckDbEngine } from '../database/quality-duckdb.ts';
import { runQuality } from '../database/quality-run.ts';
import { locateData } from './locate-data.ts';

export interface SuggestInput {
  readonly path: string;
  readonly rules: RuleRegistry;
  readonly now: string;
  readonly scratch: string;
  readonly signal: AbortSignal;
}

/** So large a share may be wrong before a form, or a key, is not proposed: the rule is there to find it. */
const MOST_WRONG = 0.02;
const MOST_WITHOUT = 0.002;
/** Fewer values than this prove no form. */
const FEWEST = 20;
const LENGTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
/** Identifiers of the library, the surest first; the form of a later one may hold an earlier one, too. */
const IDENTIFIERS = ['personal-id', 'tax-code', 'province-code', 'phone-number'] as const;
const WRITING = ['nfc', 'invisible-characters', 'lookalike-letters'] as const;
const FORMATS = {
  iso: 'yyyy-MM-dd',
  vietnamese_padded: 'dd/MM/yyyy',
  vietnamese: 'd/M/yyyy',
  compact: 'yyyyMMdd',
} as const;
const LOGICAL: Readonly<Record<ColumnType, string | undefined>> = {
  text: 'string',
  integer: 'integer',
  number: 'number',
  date: 'date',
  timestamp: 'timestamp',
  time: 'time',
  boolean: 'boolean',
  other: undefined,
};

/** @returns the contract as YAML */
export async function suggestContract(input: SuggestInput): Promise<string> {
  const whole = resolve(input.path);
  if (!/[*]/.test(whole) && (!existsSync(whole) || statSync(whole).isDirectory()))
    throw new Fault('usage/no-data', 'there is no such file', {
      exit: EXIT.usage,
      hint: 'name one Parquet, CSV or JSON file, or a glob',
    });
  const name =
    basename(whole)
      .replace(/\.[a-z0-9.]+$/i, '')
      .replace(/[^A-Za-z0-9_]+/g, '_')
      .replace(/^_+|_+$/g, '') || 'table';
  const asked: Contract = {
    id: name,
    version: '0.1.0',
    databaseId: name,
    hash: '',
    tables: [{ id: name, physicalName: name, columns: [], key: [] }],
    fields: [],
    checks: [],
    servers: [],
  };
  const tables = locateData(asked, whole, '.');
  const scratch = mkdtempSync(join(input.scratch, 'suggest-'));
  const engine = await DuckDbEngine.open(tables, { spillFolder: scratch });
  try {
    const facts = (await engine.facts(tables)).get(name);
    const [first] = tables;
    if (facts === undefined || first === undefined)
      throw new Fault('usage/unreadable-data', 'the file cannot be read', {
        exit: EXIT.usage,
        hint: 'is it what its ending says?',
      });
    const table: Table = {
      ...first,
      columns: [...facts.columns].map(([column, { type }]) => ({ name: column, type })),
    };
    const checks = table.columns.flatMap((column) => questions(column.name, column.type, name));
    const { results } = await runQuality(engine, {
      tables: [table],
      checks,
      rules: input.rules,
      now: input.now,
      signal: input.signal,
    });
    const answers = new Map(results.map((result) => [result.rule_id, result]));
    return stringify(document(name, table, answers), { lineWidth: 120 });
  } finally {
    await engine.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

const idOf = (column: string, question: string): string => `${column}\n${question}`;

/** Everything a column is asked at once. */
function questions(column: string, type: ColumnType, table: string): Check[] {
  const ask = (question: string, test: Test): Check => ({
    id: idOf(column, question),
    table,
    column,
    metric: question,
    dimension: 'dung',
    severity: 'info',
    test,
    expect: { operator: 'mustBe', value: 0, unit: 'rows' },
  });
  const whole = (question: string, pattern: string): Check =>
    ask(question, { kind: 'pattern', column, pattern, whole: true });
  const always = [
    ask('missing', { kind: 'missing', column, blank: true }),
    ask('unique', { kind: 'duplicate', columns: [column], count: 'surplus' }),
  ];
  if (type !== 'text') return always;
  return [
    ...always,
    whole('integer', '-?(?:0|[1-9][0-9]{0,17})'),
    whole('number', '-?(?:0|[1-9][0-9]{0,17})(?:\\.[0-9]{1,18})?'),
    ...Object.keys(FORMATS).map((format) => whole(format, DAY_PATTERNS[format as keyof typeof FORMATS])),
    ...LENGTHS.map((n) => whole(`digits ${n}`, `[0-9]{${n}}`)),
    ...[...IDENTIFIERS, ...WRITING].map((rule) =>
      ask(rule, { kind: 'rule', rule, columns: { [rule === 'province-code' ? 'code' : 'text']: column } }),
    ),
  ];
}

type Answers = ReadonlyMap<string, CheckResult>;

function document(name: string, table: Table, answers: Answers): object {
  return {
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: name,
    version: '0.1.0',
    status: 'draft',
    description: { purpose: 'Proposed from the data: read every line, and take out what only happens to be so.' },
    schema: [
      {
        name,
        physicalType: 'table',
        quality: [
          { id: `${name}_rows`, metric: 'rowCount', mustBeGreaterThan: 0, dimension: 'coverage', severity: 'error' },
        ],
        properties: propertiesOf(table, answers),
      },
    ],
  };
}

function propertiesOf(table: Table, answers: Answers): object[] {
  let hasKey = false;
  return table.columns.map(({ name: column, type }) => {
    const answer = (question: string): CheckResult | undefined => answers.get(idOf(column, question));
    const missing = answer('missing');
    const filled = (missing?.checked ?? 0) - (missing?.failed ?? 0);
    const fits = (question: string): boolean => isMostly(answer(question));
    const required = filled > 0 && (missing?.failed ?? 0) <= (missing?.checked ?? 0) * MOST_WITHOUT;
    const unique = filled >= FEWEST && (answer('unique')?.failed ?? filled) <= filled * MOST_WITHOUT;
    const identifier = type === 'text' ? IDENTIFIERS.find(fits) : undefined;
    const form = type === 'text' ? formOf(fits, identifier !== undefined) : { logicalType: LOGICAL[type] };
    const isKey =
      !hasKey &&
      unique &&
      required &&
      (identifier !== undefined || form.logicalType === 'string' || form.logicalType === 'integer');
    hasKey ||= isKey;
    const quality = [
      ...(identifier === undefined ? [] : [custom(identifier)]),
      ...(form.logicalType === 'date' ? [custom('not-in-future')] : []),
      ...(form.isFree === true ? WRITING.map(custom) : []),
    ];
    return {
      name: column,
      ...(form.logicalType === undefined ? {} : { logicalType: form.logicalType }),
      ...(form.logicalTypeOptions === undefined ? {} : { logicalTypeOptions: form.logicalTypeOptions }),
      ...(required ? { required: true } : {}),
      ...(isKey ? { primaryKey: true, primaryKeyPosition: 1 } : unique ? { unique: true } : {}),
      ...(identifier === 'personal-id' ? { criticalDataElement: true, classification: 'restricted' } : {}),
      ...(quality.length === 0 ? {} : { quality }),
    };
  });
}

interface Form {
  readonly logicalType: string | undefined;
  readonly logicalTypeOptions?: object;
  /** Free text, of which only the writing can be asked. */
  readonly isFree?: boolean;
}

function formOf(fits: (question: string) => boolean, isIdentifier: boolean): Form {
  const format = (Object.keys(FORMATS) as (keyof typeof FORMATS)[]).find(fits);
  if (format !== undefined && !isIdentifier)
    return { logicalType: 'date', logicalTypeOptions: { format: FORMATS[format] } };
  const digits = LENGTHS.find((n) => fits(`digits ${n}`));
  if (digits !== undefined) return { logicalType: 'string', logicalTypeOptions: { pattern: `^[0-9]{${digits}}$` } };
  if (isIdentifier) return { logicalType: 'string' };
  if (fits('integer')) return { logicalType: 'integer' };
  if (fits('number')) return { logicalType: 'number' };
  return { logicalType: 'string', isFree: true };
}

const custom = (rule: string): object => ({ type: 'custom', engine: 'csdl', implementation: rule });

function isMostly(result: CheckResult | undefined): boolean {
  const { checked, failed } = result ?? {};
  return checked != null && failed != null && checked >= FEWEST && failed <= checked * MOST_WRONG;
}
