import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Database } from '../../../pipeline/database/database.ts';
import { DuckDbEngine } from '../../../pipeline/database/quality-duckdb.ts';
import { runQuality } from '../../../pipeline/database/quality-run.ts';
import type { Check, CheckResult, RowTest, Table } from '../../../scoring/quality/check.ts';
import { isRowTest } from '../../../scoring/quality/plan.ts';
import { dayOf, reference } from '../../support/quality-forms.ts';
import { COLUMNS, checksOf, NOW, ROW_COLUMNS, type Row, rowsOf } from '../../support/quality-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'csdl-quality-'));
let database: Database;
beforeAll(async () => {
  database = await Database.open();
});
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const table = (id: string, kind: 'parquet' | 'duckdb'): Table => ({
  id,
  columns: COLUMNS,
  location:
    kind === 'parquet'
      ? { kind, paths: [join(folder, `${id}.parquet`)] }
      : { kind, path: join(folder, 'rows.duckdb'), table: id },
});

/** Fast answers of small pieces: several row groups, so that statistics of pieces are put together. */
async function write(name: string, rows: readonly Row[]): Promise<void> {
  await database.createTable('t', ROW_COLUMNS, rows as unknown as Record<string, unknown>[]);
  await database.run(`COPY t TO '${join(folder, `${name}.parquet`)}' (FORMAT parquet, ROW_GROUP_SIZE 16)`);
}

/** What JavaScript counts, for the kinds whose meaning is a few words long. */
function counted(test: RowTest, rows: readonly Row[]): { checked: number; failed: number } | undefined {
  const of = (column: string): (string | null)[] =>
    rows.map((row) => {
      const value = row[column as keyof Row];
      return value === null ? null : String(value);
    });
  const asked = (column: string, passes: (text: string) => boolean) => {
    const values = of(column).filter((v) => v !== null);
    return { checked: values.length, failed: values.filter((v) => !passes(v)).length };
  };
  switch (test.kind) {
    case 'not_null':
      return { checked: rows.length, failed: of(test.column).filter((v) => v === null).length };
    case 'missing':
      return {
        checked: rows.length,
        failed: of(test.column).filter((v) => v === null || /^\s*$/u.test(v) || (test.words ?? []).includes(v)).length,
      };
    case 'pattern':
      return asked(test.column, (v) => reference(test.pattern, test.whole === true, v));
    case 'length':
      return asked(test.column, (v) => {
        const length = Array.from(v).length;
        return length >= (test.min ?? 0) && length <= (test.max ?? Number.MAX_SAFE_INTEGER);
      });
    case 'enum':
      return asked(test.column, (v) => test.values.map(String).includes(v));
    case 'multiple_of':
      return asked(test.column, (v) => Number(v) % test.of === 0);
    case 'type':
      if (test.column === 'issued') return asked(test.column, () => true);
      return asked(test.column, (v) =>
        test.type === 'date'
          ? dayOf(v, test.format ?? 'vietnamese') !== null
          : test.type === 'boolean'
            ? ['true', 'false', '0', '1'].includes(v)
            : (test.type === 'integer' ? /^[+-]?[0-9]+$/ : /^[+-]?[0-9]+(\.[0-9]+)?$/).test(v),
      );
    default:
      return undefined;
  }
}

async function measure(checks: readonly Check[], kind: 'parquet' | 'duckdb', maxMeasures?: number) {
  const tables = [table('person', kind), table('area', kind)];
  const engine = await DuckDbEngine.open(tables);
  try {
    return await runQuality(engine, {
      tables,
      checks,
      rules: new Map(),
      now: NOW,
      ...(maxMeasures ? { maxMeasures } : {}),
    });
  } finally {
    await engine.close();
  }
}

describe('one plan', () => {
  test('says what one naive query a check says, and what JavaScript counts', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf(false), rowsOf(false, 5), async (rows, areas) => {
        await write('person', rows);
        await write('area', areas);
        const checks = checksOf('person', 'area');
        const run = await measure(checks, 'parquet');
        await database.run(`CREATE OR REPLACE VIEW person AS FROM '${join(folder, 'person.parquet')}'`);
        await database.run(`CREATE OR REPLACE VIEW area AS FROM '${join(folder, 'area.parquet')}'`);
        for (const planned of run.plan.checks) {
          const result = run.results.find((r) => r.rule_id === planned.check.id) as CheckResult;
          const [naive] = await database.anyRows(planned.sql);
          const wanted = Object.values(naive ?? {}).map((v) => (v === null ? null : Number(v)));
          const { formula } = planned;
          if (formula.kind === 'rows') expect([result.checked, result.failed], planned.sql).toEqual(wanted);
          if (isRowTest(planned.check.test)) {
            const js = counted(planned.check.test, rows);
            if (js !== undefined)
              expect({ checked: result.checked, failed: result.failed }, JSON.stringify(planned.check.test)).toEqual(
                js,
              );
          }
        }
        expect(run.results.filter((r) => r.state === 'errored' || r.state === 'not_run')).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  test('cut into single measures, it says the same', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf(true), async (rows) => {
        await write(
          'person',
          rows.map((row) => ({
            ...row,
            code: row.code?.replaceAll('\0', '1') ?? null,
            name: row.name?.replaceAll('\0', '1') ?? null,
            born: row.born?.replaceAll('\0', '1') ?? null,
          })),
        );
        await write('area', []);
        const checks = checksOf('person', 'area');
        const strip = (list: readonly CheckResult[]) => list.map((r) => ({ ...r, ms: null }));
        expect(strip((await measure(checks, 'parquet', 1)).results)).toEqual(
          strip((await measure(checks, 'parquet')).results),
        );
      }),
      { numRuns: 3 },
    );
  });
});
