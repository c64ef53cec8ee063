import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Database } from '../../../pipeline/database/database.ts';
import type { RuleParameters } from '../../../scoring/quality/check.ts';
import { DuckDb } from '../../../scoring/quality/dialects/duckdb.ts';
import { Postgres } from '../../../scoring/quality/dialects/postgres.ts';
import { discoverRules } from '../../../scoring/quality/discover-rules.ts';
import type { RowRule, RuleVerdict } from '../../../scoring/quality/rule.ts';
import { BEFORE } from '../../../scoring/quality/vietnam/provinces.ts';

const rules = await discoverRules();
const AS_OF = '2026-06-29';
type Values = Record<string, string | null | undefined>;

/** Strings near to what the rules look for, and hostile ones. */
const digits = (min: number, max: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength: min, maxLength: max }).map((all) => all.join(''));
const odd = fc.constantFrom(
  '',
  ' ',
  '\u0000',
  '\n',
  '\t',
  '0000000001e2',
  '1_0',
  '+1',
  '-1',
  '½',
  '٣',
  '０１２',
  'e\u0323\u0302',
  '\u00ea\u0323',
  '\u00a0',
  '\u200b',
  '\ufeff',
  "'",
  '"',
  '\\',
  '%',
  '*',
  '[',
  '?',
  '1.041',
  '1,041',
  '\u00d0',
  'Ð',
  'Đ',
  '\u{1d400}',
  '\u{1f600}',
  'NULL',
  '31/02/2020',
  '2025-07-01',
  '9999-12-31',
  '0001-01-01',
  '15',
  '10',
  '01',
  'Nam',
  'Nữ',
  'cha\u00f8o',
  '\u00c3\u00a1',
  '\ufffd',
  '\u0300',
);
const text = fc.oneof(
  { weight: 3, arbitrary: odd },
  { weight: 2, arbitrary: digits(0, 14) },
  { weight: 2, arbitrary: digits(12, 12) },
  { weight: 2, arbitrary: digits(10, 10) },
  { weight: 1, arbitrary: fc.tuple(digits(10, 10), digits(3, 3)).map(([a, b]) => `${a}-${b}`) },
  { weight: 1, arbitrary: fc.constantFrom(...BEFORE) },
  { weight: 1, arbitrary: fc.tuple(odd, digits(0, 12), odd).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: fc.constantFrom('Nguyễn Văn An', 'nguyễn  văn', 'ĐỖ THỊ Ơ', ' An', "H'Hen Niê", 'Lê-Vy') },
  // What newer tables of Unicode assign, each engine may see in its own way: texts stay within the plane all know.
  {
    weight: 2,
    arbitrary: fc
      .array(
        fc.integer({ min: 0, max: 0x1eff }).map((c) => String.fromCodePoint(c)),
        { maxLength: 6 },
      )
      .map((all) => all.join(''))
      .filter((t) => !/[^\p{Assigned}]/u.test(t)),
  },
);
const day = fc.oneof(
  fc.constantFrom(
    '2025-06-30',
    '2025-07-01',
    '1900-01-01',
    '9999-12-31',
    '0001-01-01',
    AS_OF,
    '2026-06-30',
    '2000-02-29',
  ),
  fc
    .date({ min: new Date('1900-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
    .map((d) => d.toISOString().slice(0, 10)),
);

describe('SQL and reference are one', () => {
  let database: Database;
  beforeAll(async () => {
    database = await Database.open();
  });
  afterAll(() => database.close());

  async function verdicts(
    rule: RowRule,
    rows: readonly Values[],
    dialect: DuckDb,
    parameters: RuleParameters,
  ): Promise<RuleVerdict[]> {
    const roles = Object.entries(rule.roles).filter(([role]) => rows.every((row) => row[role] !== undefined));
    const columns = Object.fromEntries(roles.map(([role, { type }]) => [role, type === 'date' ? 'DATE' : 'VARCHAR']));
    await database.createTable(
      't',
      { n: 'INTEGER', ...columns },
      rows.map((row, n) => ({ n, ...row })),
    );
    const sql = Object.fromEntries(
      roles.map(([role, { type }]) => {
        const column = dialect.identifier(role);
        return [role, type === 'date' ? dialect.asDay(column) : column];
      }),
    );
    const { applies = 'TRUE', passes } = rule.sql(dialect, sql, parameters, AS_OF);
    const present = roles
      .filter(([, role]) => role.optional !== true)
      .map(([role]) => `${dialect.identifier(role)} IS NOT NULL`)
      .join(' AND ');
    const found = await database.anyRows(
      `SELECT CASE WHEN NOT (${present}) OR (${applies}) IS NOT TRUE THEN 'skip' WHEN (${passes}) IS TRUE THEN 'pass' ELSE 'fail' END AS verdict FROM t ORDER BY n`,
    );
    return found.map((row) => row.verdict as RuleVerdict);
  }

  const parametersOf: Record<string, readonly RuleParameters[]> = {
    'possible-date': ['iso', 'vietnamese', 'vietnamese_padded', 'compact'].map((format) => ({ format })),
    'name-casing': [{}, { capitals: true }],
    'personal-id-sex': [{}, { male: ['1'], female: ['0', '2'] }],
  };

  test.each([...rules.values()].map((rule) => [rule.id, rule] as const))('%s', async (id, rule) => {
    const value = (type: 'text' | 'date'): fc.Arbitrary<string | null> =>
      fc.option(
        type === 'date'
          ? day
          : id === 'personal-id-sex'
            ? fc.oneof(text, fc.constantFrom('Nam', 'Nữ', '1', '2'))
            : text,
        { freq: 12 },
      );
    const optional = Object.entries(rule.roles)
      .filter(([, role]) => role.optional === true)
      .map(([role]) => role);
    for (const left of optional.length === 0 ? [[]] : [[], optional])
      for (const parameters of parametersOf[id] ?? [{}]) {
        const row = fc.record(
          Object.fromEntries(
            Object.entries(rule.roles)
              .filter(([role]) => !left.includes(role))
              .map(([role, { type }]) => [role, value(type)]),
          ),
        );
        const rows = fc.sample(row, { numRuns: 1500, seed: 20260629 });
        const expected = rows.map((values) => rule.reference(values, parameters, AS_OF));
        expect(new Set(expected).size, 'the texts try more than one answer').toBeGreaterThan(1);
        for (const dialect of [new DuckDb(), new DuckDb(false)]) {
          const found = await verdicts(rule, rows, dialect, parameters);
          const wrong = rows.flatMap((values, i) =>
            found[i] === expected[i] ? [] : [{ values, sql: found[i], reference: expected[i] }],
          );
          expect(wrong.slice(0, 5)).toEqual([]);
        }
      }
  });

  test('every rule can be said in PostgreSQL, too', () => {
    for (const rule of rules.values()) {
      const dialect = new Postgres();
      const columns = Object.fromEntries(
        Object.entries(rule.roles).map(([role, { type }]) => [
          role,
          type === 'date' ? dialect.asDay(`"${role}"`) : `"${role}"`,
        ]),
      );
      expect(rule.sql(dialect, columns, {}, AS_OF).passes, rule.id).not.toBe('');
    }
  });
});
