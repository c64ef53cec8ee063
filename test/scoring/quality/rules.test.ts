import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Database } from '../../../pipeline/database/database.ts';
import type { RuleParameters } from '../../../scoring/quality/check.ts';
import { DuckDb } from '../../../scoring/quality/dialects/duckdb.ts';
import { Postgres } from '../../../scoring/quality/dialects/postgres.ts';
import { discoverRules } from '../../../scoring/quality/discover-rules.ts';
import type { RowRule, RuleVerdict } from '../../../scoring/quality/rule.ts';
import { BEFORE, CURRENT, REUSED } from '../../../scoring/quality/vietnam/provinces.ts';

const rules = await discoverRules();
const ruleOf = (id: string): RowRule => {
  const rule = rules.get(id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
};
const AS_OF = '2026-06-29';
type Values = Record<string, string | null | undefined>;
const say = (id: string, values: Values, parameters: RuleParameters = {}): RuleVerdict =>
  ruleOf(id).reference(values, parameters, AS_OF);
/** Verdicts of a rule over one text. */
const said = (id: string, texts: readonly string[], parameters: RuleParameters = {}): RuleVerdict[] => {
  const [role = ''] = Object.keys(ruleOf(id).roles);
  return texts.map((text) => say(id, { [role]: text }, parameters));
};

describe('what the rules say', () => {
  test('every rule gives its source, its strength and a version', () => {
    expect(rules.size).toBeGreaterThanOrEqual(20);
    for (const rule of rules.values()) {
      expect(rule.source.length, rule.id).toBeGreaterThan(10);
      expect(rule.title.length, rule.id).toBeGreaterThan(10);
      expect(['fails', 'warns']).toContain(rule.strength);
      expect(rule.version).toBeGreaterThan(0);
    }
  });

  test('what rests on an unpublished fact only warns', () => {
    for (const id of ['personal-id-prefix', 'personal-id-sex', 'personal-id-birth-year', 'tax-code-check-digit'])
      expect(ruleOf(id).strength, id).toBe('warns');
  });

  test('personal numbers', () => {
    expect(
      said('personal-id', ['001099000001', '1099000001', '00109900000a', '٠٠١٠٩٩٠٠٠٠٠١', ' 001099000001']),
    ).toEqual(['pass', 'fail', 'fail', 'fail', 'fail']);
    expect(say('personal-id-birth-year', { number: '001099000001', born: '1999-03-01' })).toBe('pass');
    expect(say('personal-id-birth-year', { number: '001299000001', born: '1999-03-01' })).toBe('fail');
    expect(say('personal-id-birth-year', { number: '001205000001', born: '2005-03-01' })).toBe('pass');
    expect(say('personal-id-birth-year', { number: '123', born: '2005-03-01' })).toBe('skip');
    expect(say('personal-id-sex', { number: '001099000001', sex: 'Nam' })).toBe('pass');
    expect(say('personal-id-sex', { number: '001199000001', sex: 'Nam' })).toBe('fail');
    expect(say('personal-id-sex', { number: '001199000001', sex: 'Nữ' })).toBe('pass');
    expect(say('personal-id-sex', { number: '001199000001', sex: '2' })).toBe('skip');
    expect(say('personal-id-sex', { number: '001199000001', sex: '2' }, { male: ['1'], female: ['2'] })).toBe('pass');
    // A code of a country of birth is lawful: the rule can only warn.
    expect(said('personal-id-prefix', ['001099000001', '200099000001'])).toEqual(['pass', 'fail']);
  });

  test('tax codes: 13 well-known numbers have the right check digit', () => {
    const known = ['0100109106', '0101248141', '0300588569', '0100107370'];
    expect(said('tax-code', [...known, '0100109106-001', '0100109106-000', '0100109106001', '001099000001'])).toEqual([
      'pass',
      'pass',
      'pass',
      'pass',
      'pass',
      'fail',
      'fail',
      'pass',
    ]);
    expect(said('tax-code-check-digit', [...known, '0100109107', '001099000001'])).toEqual([
      'pass',
      'pass',
      'pass',
      'pass',
      'fail',
      'skip',
    ]);
  });

  test('province codes and their days', () => {
    expect([CURRENT.length, BEFORE.length, REUSED.length]).toEqual([34, 63, 7]);
    expect(BEFORE.filter((code) => !CURRENT.includes(code))).toHaveLength(29);
    expect(CURRENT.every((code) => BEFORE.includes(code))).toBe(true);
    expect(say('province-code', { code: '10', day: '2025-06-30' })).toBe('pass');
    expect(say('province-code', { code: '10', day: '2025-07-01' })).toBe('fail');
    expect(say('province-code', { code: '10' })).toBe('fail');
    expect(say('province-code', { code: '10', day: null })).toBe('skip');
    expect(say('province-code', { code: '1' })).toBe('fail');
    expect(say('province-code-dated', { code: '15' })).toBe('fail');
    expect(say('province-code-dated', { code: '15', day: '2026-01-01' })).toBe('pass');
    expect(say('province-code-dated', { code: '01' })).toBe('skip');
  });

  test('three spellings of one letter, legacy encodings, look-alikes, what nobody sees', () => {
    expect(said('nfc', ['\u1ec7', 'e\u0323\u0302', '\u00ea\u0323'])).toEqual(['pass', 'fail', 'fail']);
    expect(said('windows-1258', ['\u1ec7', 'e\u0323\u0302', '\u00ea\u0323'])).toEqual(['pass', 'pass', 'fail']);
    expect(
      said('legacy-encoding', [
        'hộp mứt tết',
        'h\u00e9p m\u00f8t t\u00d5t',
        'Xin cha\u00f8o ca\u00f9c ba\u00efn',
        'Nguyễn Văn Quý',
        'Hoà',
        'khuỷu',
      ]),
    ).toEqual(['pass', 'pass', 'fail', 'pass', 'pass', 'pass']);
    expect(said('broken-utf8', ['Nguyễn', 'Nguy\u00e1\u00bb\u2026n', 'Ã', 'á'])).toEqual([
      'pass',
      'fail',
      'pass',
      'pass',
    ]);
    expect(said('lookalike-letters', ['\u0110ồng', '\u00d0ồng', '\u0189ồng', 'ΑBC'])).toEqual([
      'pass',
      'fail',
      'fail',
      'fail',
    ]);
    expect(said('invisible-characters', ['An', 'A\u200bn', 'A\u00a0n', '\ufeffAn', 'A\tn', 'A\u0000n'])).toEqual([
      'pass',
      'fail',
      'fail',
      'fail',
      'fail',
      'fail',
    ]);
  });

  test('numbers, dates, names', () => {
    expect(said('ambiguous-number', ['1.041', '1,041', '1.041.000', '1.04', '1041', 'abc', '-1.041'])).toEqual([
      'fail',
      'fail',
      'pass',
      'pass',
      'pass',
      'pass',
      'fail',
    ]);
    expect(said('possible-date', ['30/02/2000', '29/02/2000', '1/2/2000'], { format: 'vietnamese_padded' })).toEqual([
      'fail',
      'pass',
      'fail',
    ]);
    expect(said('not-in-future', ['2026-06-29', '2026-06-30'])).toEqual(['pass', 'fail']);
    expect(said('placeholder-date', ['1900-01-01', '1900-01-02'])).toEqual(['fail', 'pass']);
    expect(said('name-casing', ['Nguyễn Văn An', 'nguyễn văn an', 'NGUYỄN VĂN AN', 'Đỗ  Ê'])).toEqual([
      'pass',
      'fail',
      'fail',
      'pass',
    ]);
    expect(said('name-casing', ['NGUYỄN VĂN AN', 'Nguyễn'], { capitals: true })).toEqual(['pass', 'fail']);
    expect(said('spacing', ['Nguyễn An', ' An', 'An ', 'Nguyễn  An'])).toEqual(['pass', 'fail', 'fail', 'fail']);
    expect(said('phone-number', ['0912345678', '+84912345678', '02438252525', '0112345678', '091 234 5678'])).toEqual([
      'pass',
      'pass',
      'pass',
      'fail',
      'fail',
    ]);
  });
});

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
