/** Rows on which a rule's SQL is held against its reference: near to what it looks for, and hostile. */
import fc from 'fast-check';
import type { RuleParameters } from '../../scoring/quality/check.ts';
import type { Dialect } from '../../scoring/quality/dialects/dialect.ts';
import type { RowRule, RuleVerdict } from '../../scoring/quality/rule.ts';
import { BEFORE } from '../../scoring/quality/vietnam/provinces.ts';

export const AS_OF = '2026-06-29';
export type Values = Record<string, string | null | undefined>;

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

const parametersOf: Record<string, readonly RuleParameters[]> = {
  'possible-date': ['iso', 'vietnamese', 'vietnamese_padded', 'compact'].map((format) => ({ format })),
  'name-casing': [{}, { capitals: true }],
  'personal-id-sex': [{}, { male: ['1'], female: ['0', '2'] }],
};

export interface RuleCase {
  readonly parameters: RuleParameters;
  /** Roles that have a column. */
  readonly roles: readonly string[];
  readonly rows: readonly Values[];
  readonly expected: readonly RuleVerdict[];
}

/** With and without the optional roles, with each set of parameters. */
export function ruleCases(rule: RowRule, numRuns: number): RuleCase[] {
  const words = rule.id === 'personal-id-sex' ? fc.oneof(text, fc.constantFrom('Nam', 'Nữ', '1', '2')) : text;
  const optional = Object.entries(rule.roles).flatMap(([role, { optional: may }]) => (may === true ? [role] : []));
  const lefts = optional.length === 0 ? [[]] : [[], optional];
  return lefts.flatMap((left) =>
    (parametersOf[rule.id] ?? [{}]).map((parameters) => {
      const asked = Object.entries(rule.roles).filter(([role]) => !left.includes(role));
      const row = fc.record(
        Object.fromEntries(
          asked.map(([role, { type }]) => [role, fc.option(type === 'date' ? day : words, { freq: 12 })]),
        ),
      );
      const rows = fc.sample(row, { numRuns, seed: 20260629 });
      const expected = rows.map((values) => rule.reference(values, parameters, AS_OF));
      return { parameters, roles: asked.map(([role]) => role), rows, expected };
    }),
  );
}

/** SQL that gives the verdict of each row of table t, in the order of n. */
export function verdictSql(rule: RowRule, { roles, parameters }: RuleCase, dialect: Dialect): string {
  const columns = Object.fromEntries(
    roles.map((role) => {
      const column = dialect.identifier(role);
      return [role, rule.roles[role]?.type === 'date' ? dialect.asDay(column) : column];
    }),
  );
  const { applies = 'TRUE', passes } = rule.sql(dialect, columns, parameters, AS_OF);
  const present = roles
    .filter((role) => rule.roles[role]?.optional !== true)
    .map((role) => `${dialect.identifier(role)} IS NOT NULL`)
    .join(' AND ');
  return `SELECT CASE WHEN NOT (${present}) OR (${applies}) IS NOT TRUE THEN 'skip' WHEN (${passes}) IS TRUE THEN 'pass' ELSE 'fail' END AS verdict FROM t ORDER BY n`;
}

/** The first rows on which the two do not agree. */
export function disagreements({ rows, expected }: RuleCase, found: readonly unknown[]): object[] {
  return rows
    .flatMap((values, i) => (found[i] === expected[i] ? [] : [{ values, sql: found[i], reference: expected[i] }]))
    .slice(0, 5);
}
