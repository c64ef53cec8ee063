import { describe, expect, test } from 'vitest';
import type { Expectation } from '../../../scoring/quality/check.ts';
import { codes, contractFrom, contractWith, shown, table } from '../../support/contracts.ts';

/** A property `c` (beside `d`) with one rule. */
const rule = (text: string): ReturnType<typeof contractWith> =>
  contractWith(table([`{name: c, logicalType: string, quality: [${text}]}`, '{name: d}']));
const ofTable = (text: string): ReturnType<typeof contractWith> =>
  contractWith(table(['{name: c}', '{name: d}'], [text]));
const last = (read: ReturnType<typeof contractWith>) => {
  expect(read.problems.filter((p) => p.severity === 'error')).toEqual([]);
  return read.contract?.checks.at(-1)?.check;
};

describe('library metrics', () => {
  test.each([
    ['{metric: nullValues, mustBe: 0}', { kind: 'not_null', column: 'c' }],
    ['{metric: missingValues, mustBe: 0}', { kind: 'missing', column: 'c', blank: true }],
    [
      `{metric: missingValues, mustBe: 0, arguments: {missingValues: [null, '', '-']}}`,
      { kind: 'missing', column: 'c', words: ['', '-'], blank: false },
    ],
    [
      '{metric: invalidValues, mustBe: 0, arguments: {validValues: [a, 1, null]}}',
      { kind: 'enum', column: 'c', values: ['a', 1] },
    ],
    [`{metric: invalidValues, mustBe: 0, arguments: {pattern: '^a'}}`, { kind: 'pattern', column: 'c', pattern: '^a' }],
    ['{metric: duplicateValues, mustBe: 0}', { kind: 'duplicate', columns: ['c'], count: 'surplus' }],
  ])('%s', (text, wanted) => {
    expect(last(rule(text))?.test).toEqual(wanted);
  });

  test('of a table', () => {
    expect(last(ofTable('{metric: rowCount, mustBeGreaterThan: 5}'))?.test).toEqual({ kind: 'row_count' });
    expect(last(ofTable('{metric: duplicateValues, mustBe: 0, arguments: {properties: [d, c]}}'))?.test).toEqual({
      kind: 'duplicate',
      columns: ['d', 'c'],
      count: 'surplus',
    });
  });

  test('the names of v3.0 still count, and are told to be old', () => {
    const old = (text: string) =>
      contractFrom(
        `apiVersion: v3.0.0\nkind: DataContract\nid: x\nversion: '1'\nstatus: active\nschema:\n${table([`{name: c, quality: [${text}]}`])}`,
      );
    expect(shown(old('{rule: duplicateCount, mustBeLessThan: 10, unit: rows}'))['t.c.duplicateValues']).toBeDefined();
    const valid = old('{rule: validValues, validValues: [x, y]}');
    expect(shown(valid)['t.c.invalidValues']).toEqual({ kind: 'enum', column: 'c', values: ['x', 'y'] });
    expect(codes(valid)).toEqual(['contract/deprecated']);
  });

  test.each<[string, Partial<Expectation>]>([
    ['mustBe: 3', { operator: 'mustBe', value: 3 }],
    ['mustNotBe: 3', { operator: 'mustNotBe', value: 3 }],
    ['mustBeGreaterThan: 3', { operator: 'mustBeGreaterThan', value: 3 }],
    ['mustBeGreaterOrEqualTo: 3', { operator: 'mustBeGreaterOrEqualTo', value: 3 }],
    ['mustBeGreaterThanOrEqualTo: 3', { operator: 'mustBeGreaterOrEqualTo', value: 3 }],
    ['mustBeLessThan: 0.5', { operator: 'mustBeLessThan', value: 0.5 }],
    ['mustBeLessOrEqualTo: 3', { operator: 'mustBeLessOrEqualTo', value: 3 }],
    ['mustBeLessThanOrEqualTo: 3', { operator: 'mustBeLessOrEqualTo', value: 3 }],
    ['mustBeBetween: [1, 3]', { operator: 'mustBeBetween', value: 1, upTo: 3 }],
    ['mustNotBeBetween: [1, 3]', { operator: 'mustNotBeBetween', value: 1, upTo: 3 }],
  ])('%s, in rows and in percent', (operator, wanted) => {
    expect(last(rule(`{metric: nullValues, ${operator}}`))?.expect).toEqual({ ...wanted, unit: 'rows' });
    expect(last(rule(`{metric: nullValues, ${operator}, unit: rows}`))?.expect).toEqual({ ...wanted, unit: 'rows' });
    expect(last(rule(`{metric: nullValues, ${operator}, unit: percent}`))?.expect).toEqual({
      ...wanted,
      unit: 'percent',
      of: 'rows',
    });
  });

  test.each([
    ['two operators', '{metric: nullValues, mustBeGreaterThan: 1, mustBeLessThan: 5}', 'contract/ambiguous-rule'],
    ['no operator', '{metric: nullValues}', 'contract/no-operator'],
    ['no metric', '{mustBe: 0}', 'contract/no-metric'],
    ['a range the wrong way round', '{metric: nullValues, mustBeBetween: [5, 1]}', 'contract/bad-range'],
    ['a range of one', '{metric: nullValues, mustBeBetween: [5]}', 'contract/bad-range'],
    ['text for a number', '{metric: nullValues, mustBe: none}', 'contract/no-number'],
    ['an unknown unit', '{metric: nullValues, mustBe: 0, unit: kilos}', 'contract/bad-unit'],
    ['an unknown severity', '{metric: nullValues, mustBe: 0, severity: fatal}', 'contract/bad-severity'],
    ['an argument of another metric', '{metric: nullValues, mustBe: 0, arguments: {pattern: x}}', 'contract/idle-key'],
    [
      'values and a pattern',
      '{metric: invalidValues, mustBe: 0, arguments: {pattern: x, validValues: [a]}}',
      'contract/ambiguous-rule',
    ],
    ['neither values nor a pattern', '{metric: invalidValues, mustBe: 0}', 'contract/ambiguous-rule'],
    ['rows of a property', '{metric: rowCount, mustBe: 0}', 'contract/wrong-level'],
    ['a query in a library rule', '{metric: nullValues, mustBe: 0, query: SELECT 1}', 'contract/idle-key'],
    ['a query without a type', '{query: SELECT 1, mustBe: 0}', 'contract/ambiguous-rule'],
    ['a metric that is none', '{metric: nulValues, mustBe: 0}', 'config/invalid-value'],
    ['a dimension that is none', '{metric: nullValues, mustBe: 0, dimension: validity}', 'config/invalid-value'],
    [
      'a dimension of ours that is none',
      '{metric: nullValues, mustBe: 0, customProperties: [{property: dimension, value: dep}]}',
      'contract/bad-dimension',
    ],
  ])('%s: an error', (_what, text, code) => {
    const read = rule(text);
    expect(read.contract).toBeNull();
    expect(codes(read, 'error')).toEqual([code]);
    expect(read.problems[0]?.line).toBe(9);
  });
});

describe('queries', () => {
  test.each(['{object}', '{table}', '$' + '{table}', '$' + '{object}'])('%s is the table, quoted', (placeholder) => {
    expect(
      last(rule(`{type: sql, query: "SELECT count(*) FROM ${placeholder} WHERE {property} < \${column}", mustBe: 0}`))
        ?.test,
    ).toEqual({
      kind: 'sql',
      query: 'SELECT count(*) FROM "t" WHERE "c" < "c"',
    });
  });

  test('true and false are numbers', () => {
    expect(last(ofTable('{type: sql, query: "SELECT true", mustBe: true}'))?.expect).toEqual({
      operator: 'mustBe',
      value: 1,
      unit: 'number',
    });
  });

  test.each([
    'DROP TABLE {object}',
    'SELECT 1; SELECT 2',
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT count(*) FROM '/etc/passwd'",
    "COPY t TO 'x'",
  ])('%s is told and will not be run; the other rules live', (query) => {
    const read = ofTable(`{type: sql, query: "${query}", mustBe: 0}`);
    expect(codes(read)).toEqual(['contract/query-refused']);
    expect(read.contract?.checks).toHaveLength(1);
  });

  test('a table has no property to put in', () => {
    expect(codes(ofTable('{type: sql, query: "SELECT count({property}) FROM {object}", mustBe: 0}'), 'error')).toEqual([
      'contract/no-column',
    ]);
  });
});

describe('rules of the library', () => {
  const custom = (implementation: string, rest = ''): string =>
    `{type: custom, engine: csdl, implementation: ${implementation}${rest}}`;

  test('by name, with columns, parameters and an expectation', () => {
    expect(last(rule(custom('personal-id')))?.test).toEqual({
      kind: 'rule',
      rule: 'personal-id',
      columns: { text: 'c' },
    });
    const crossed = last(
      rule(custom('{rule: personal-id-birth-year, columns: {born: d}, mustBeLessThan: 1, unit: percent}')),
    );
    expect(crossed).toMatchObject({
      severity: 'warning',
      dimension: 'dung',
      test: { kind: 'rule', rule: 'personal-id-birth-year', columns: { number: 'c', born: 'd' } },
      expect: { operator: 'mustBeLessThan', value: 1, unit: 'percent' },
    });
    expect(last(rule(custom('{rule: possible-date, parameters: {format: vietnamese}}')))?.test).toMatchObject({
      parameters: { format: 'vietnamese' },
    });
    expect(last(rule(custom('nfc')))?.dimension).toBe('sach');
  });

  test('kinds of check the standard lacks', () => {
    expect(
      last(ofTable(custom('{rule: compare, columns: {left: c, right: d}, parameters: {operator: "<="}}')))?.test,
    ).toEqual({
      kind: 'compare',
      left: 'c',
      operator: '<=',
      right: 'd',
    });
    expect(last(rule(custom('{rule: requires, columns: {needs: d}}')))?.test).toEqual({
      kind: 'requires',
      column: 'c',
      needs: 'd',
    });
    expect(last(rule(custom('future-rows')))?.test).toEqual({ kind: 'future', column: 'c' });
  });

  test('an unpublished fact never does more than warn; dimension and id of the contract hold', () => {
    const check = last(
      rule(
        custom(
          'personal-id-prefix',
          ', id: dau_so, severity: error, customProperties: [{property: dimension, value: sach}]',
        ),
      ),
    );
    expect(check).toMatchObject({ id: 'dau_so', severity: 'warning', dimension: 'sach' });
  });

  test.each([
    [custom('personal-idd'), 'contract/unknown-rule'],
    [custom('{rule: personal-id-birth-year}'), 'contract/bad-columns'],
    [custom('{rule: personal-id-birth-year, columns: {born: e}}'), 'contract/bad-columns'],
    [custom('{rule: personal-id, columns: {txt: c}}'), 'contract/bad-columns'],
    [custom('{rule: personal-id, parameter: {}}'), 'contract/unknown-key'],
    [custom('{rule: compare, columns: {left: c, right: d}}'), 'contract/bad-operator'],
    ['{type: custom, implementation: nfc}', 'contract/no-engine'],
    ['{type: custom, engine: csdll, implementation: nfc}', 'contract/unknown-engine'],
    ['{type: custom, engine: csdl, implementation: nfc, mustBe: 0}', 'contract/idle-key'],
  ])('%s is refused', (text, code) => {
    expect(codes(rule(text), 'error')).toEqual([code]);
  });

  test('rules for other tools and for people are no error', () => {
    expect(codes(rule('{type: custom, engine: soda, implementation: {x: 1}}'))).toEqual(['contract/not-checked']);
    expect(codes(rule('{type: text, description: people read this}'))).toEqual([]);
  });
});

describe('ids', () => {
  test('of the contract where there is one; single in the contract', () => {
    const read = contractWith(
      table([
        '{name: a, required: true, quality: [{id: x, metric: nullValues, mustBe: 0}]}',
        '{name: b, quality: [{id: x, metric: nullValues, mustBe: 0}, {metric: nullValues, mustBe: 1}, {metric: nullValues, mustBe: 2}]}',
      ]),
    );
    expect(Object.keys(shown(read))).toEqual(['t.a.nullValues', 'x', 't.b.x', 't.b.nullValues', 't.b.nullValues.2']);
    expect(codes(read)).toEqual(['contract/repeated-id']);
  });
});

describe('hostile contracts', () => {
  test('names with quotes stay names; a zero byte is refused', () => {
    const read = contractWith(
      '  - name: \'a"; DROP TABLE x; --\'\n    properties: [{name: \'b"\', quality: [{type: sql, query: "SELECT count({property}) FROM {object}", mustBe: 0}]}]',
    );
    expect(last(read)?.test).toEqual({ kind: 'sql', query: 'SELECT count("b""") FROM "a""; DROP TABLE x; --"' });
    expect(codes(contractWith('  - name: "a\\0"\n    properties: []'), 'error')).toEqual(['contract/bad-name']);
    expect(codes(rule('{id: "a\\n", metric: nullValues, mustBe: 0}'), 'error')).toEqual(['config/invalid-value']);
  });

  test('aliases of aliases, depth and twins of keys end in a problem', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((k, i) => `${k}: &${k} [${Array(10).fill(`*${'abcdefgh'[i]}`).join(',')}]`),
    ].join('\n');
    expect(codes(contractFrom(bomb))).toEqual(['config/broken-yaml']);
    expect(new Set(codes(contractFrom('['.repeat(200_000))))).toEqual(new Set(['config/broken-yaml']));
    expect(codes(contractFrom('kind: DataContract\nkind: DataContract'))).toEqual(['config/duplicate-key']);
  });

  test('5 000 rules are read within seconds', () => {
    const properties = Array.from(
      { length: 1000 },
      (_, i) =>
        `{name: c${i}, required: true, quality: [${Array.from({ length: 4 }, (_x, j) => `{id: r${i}_${j}, metric: nullValues, mustBeLessThan: ${j + 1}, unit: percent}`).join(', ')}]}`,
    );
    const started = performance.now();
    const read = contractWith(table(properties));
    expect(read.contract?.checks).toHaveLength(5000);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('a pattern that engines read differently is told and not run', () => {
    const read = rule(`{metric: invalidValues, mustBe: 0, arguments: {pattern: '(?=a)b'}}`);
    expect(codes(read)).toEqual(['contract/pattern-not-portable']);
    expect(read.contract?.checks).toHaveLength(1);
  });

  test('nothing of the environment gets in', () => {
    expect(last(rule(`{metric: invalidValues, mustBe: 0, arguments: {pattern: '\${HOME}'}}`))?.test).toMatchObject({
      pattern: `\${HOME}`,
    });
  });
});
