import { describe, expect, test } from 'vitest';
import { codes, contractFrom, contractWith, shown, table } from '../../support/contracts.ts';

const checksOf = (read: ReturnType<typeof contractWith>) => {
  expect(read.problems.filter((p) => p.severity === 'error')).toEqual([]);
  return (read.contract?.checks ?? []).map((c) => c.check).filter((c) => c.dimension === 'song');
};

describe('properties', () => {
  test('required, unique and a key of one property: no question twice', () => {
    expect(
      shown(
        contractWith(
          table(['{name: id, primaryKey: true, required: true, unique: true}', '{name: code, unique: true}']),
        ),
      ),
    ).toEqual({
      't.id.duplicateValues': { kind: 'duplicate', columns: ['id'], count: 'surplus' },
      't.id.nullValues': { kind: 'not_null', column: 'id' },
      't.code.duplicateValues': { kind: 'duplicate', columns: ['code'], count: 'surplus' },
    });
  });

  test('a key of several properties is one question, in the order of positions; wrong positions are told', () => {
    const read = contractWith(
      table([
        '{name: b, primaryKey: true, primaryKeyPosition: 2}',
        '{name: a, primaryKey: true, primaryKeyPosition: 1}',
        '{name: c, primaryKeyPosition: 3}',
      ]),
    );
    expect(codes(read)).toEqual(['contract/idle-key']);
    const good = contractWith(
      table([
        '{name: b, primaryKey: true, primaryKeyPosition: 2}',
        '{name: a, primaryKey: true, primaryKeyPosition: 1}',
      ]),
    );
    expect(shown(good)['t.a+b.duplicateValues']).toEqual({ kind: 'duplicate', columns: ['a', 'b'], count: 'surplus' });
    expect(
      codes(
        contractWith(
          table([
            '{name: b, primaryKey: true, primaryKeyPosition: 1}',
            '{name: a, primaryKey: true, primaryKeyPosition: 1}',
          ]),
        ),
      ),
    ).toEqual(['contract/bad-position']);
  });

  test('types and their options', () => {
    const read = contractWith(
      table([
        "{name: s, logicalType: string, logicalTypeOptions: {minLength: 1, maxLength: 9, pattern: '^x', format: uuid}}",
        '{name: n, logicalType: number, logicalTypeOptions: {minimum: 0, exclusiveMaximum: 10.5, multipleOf: 0.5}}',
        '{name: i, logicalType: integer, logicalTypeOptions: {format: u8}}',
        "{name: d, logicalType: date, logicalTypeOptions: {format: dd/MM/yyyy, minimum: '1900-01-01'}}",
        '{name: b, logicalType: boolean}',
      ]),
    );
    const tests = shown(read);
    expect(tests['t.s.length']).toEqual({ kind: 'length', column: 's', min: 1, max: 9 });
    expect(tests['t.s.pattern']).toEqual({ kind: 'pattern', column: 's', pattern: '^x' });
    expect(tests['t.s.format']).toMatchObject({ kind: 'pattern', whole: true });
    expect(tests['t.n.range']).toEqual({
      kind: 'range',
      column: 'n',
      min: { value: 0, exclusive: false },
      max: { value: 10.5, exclusive: true },
    });
    expect(tests['t.n.multipleOf']).toEqual({ kind: 'multiple_of', column: 'n', of: 0.5 });
    expect(tests['t.i.format']).toEqual({ kind: 'range', column: 'i', min: { value: '0' }, max: { value: '255' } });
    expect(tests['t.d.logicalType']).toEqual({ kind: 'type', column: 'd', type: 'date', format: 'vietnamese_padded' });
    expect(tests['t.b.logicalType']).toEqual({ kind: 'type', column: 'b', type: 'boolean' });
    expect(read.contract?.tables[0]?.columns[3]).toEqual({ name: 'd', type: 'date', format: 'vietnamese_padded' });
  });

  test('exclusive bounds of v3.0 are flags', () => {
    const read = contractFrom(
      "apiVersion: v3.0.2\nkind: DataContract\nid: x\nversion: '1'\nstatus: active\nschema:\n" +
        table(['{name: n, logicalType: integer, logicalTypeOptions: {minimum: 0, exclusiveMinimum: true}}']),
    );
    expect(shown(read)['t.n.range']).toEqual({ kind: 'range', column: 'n', min: { value: 0, exclusive: true } });
  });

  test.each([
    [
      'an option that says nothing of the type',
      '{name: n, logicalType: integer, logicalTypeOptions: {minLength: 3}}',
      'contract/idle-option',
    ],
    ['options without a type', '{name: n, logicalTypeOptions: {minLength: 3}}', 'contract/no-type'],
    [
      'two lower bounds',
      '{name: n, logicalType: integer, logicalTypeOptions: {minimum: 3, exclusiveMinimum: 2}}',
      'contract/ambiguous-rule',
    ],
    [
      'a flag without its bound',
      '{name: n, logicalType: integer, logicalTypeOptions: {exclusiveMinimum: true}}',
      'contract/idle-option',
    ],
    [
      'a bound that is no day',
      "{name: n, logicalType: date, logicalTypeOptions: {minimum: '31/12/2020'}}",
      'contract/bad-bound',
    ],
    [
      'a format of moments nobody reads',
      '{name: n, logicalType: timestamp, logicalTypeOptions: {format: yyyy}}',
      'contract/bad-format',
    ],
    [
      'a format of dates nobody reads',
      '{name: n, logicalType: date, logicalTypeOptions: {format: MM/dd/yy}}',
      'contract/bad-format',
    ],
    ['a misspelt key', '{name: n, requierd: true}', 'config/unknown-key'],
    ['a misspelt option', '{name: n, logicalType: string, logicalTypeOptions: {minLenght: 3}}', 'config/unknown-key'],
    ['a name twice', '{name: id}', 'contract/repeated-name'],
  ])('%s is an error: it would silently not be checked', (_what, property, code) => {
    const read = contractWith(table(['{name: id}', property]));
    expect(read.contract).toBeNull();
    expect(codes(read, 'error')).toEqual([code]);
    expect(read.problems[0]).toMatchObject({ file: 'contract.yaml', line: 10 });
    expect(read.problems[0]?.column).toBeGreaterThan(8);
  });

  test('the nearest valid word is named', () => {
    expect(contractWith(table(['{name: n, requierd: true}'])).problems[0]?.hint).toBe('did you mean "required"?');
  });

  test('critical elements weigh twice, identifiers are known, examples of the classified are told of', () => {
    const read = contractWith(
      table([
        '{name: a, criticalDataElement: true, required: true, customProperties: [{property: identifier, value: true}]}',
        '{name: b, criticalDataElement: true}',
        '{name: c, classification: restricted, examples: ["001"]}',
        '{name: d, quality: [{type: custom, engine: csdl, implementation: personal-id}], customProperties: [{property: weight, value: 5}]}',
      ]),
    );
    expect(codes(read)).toEqual(['contract/not-checked', 'contract/examples-of-classified']);
    expect(read.contract?.fields.map((f) => [f.column, f.weight, f.isIdentifier, f.classification])).toEqual([
      ['a', 2, true, null],
      ['b', 2, false, null],
      ['c', 1, false, 'restricted'],
      ['d', 5, true, null],
    ]);
  });
});

describe('relationships', () => {
  const two = (relationship: string, at: 'property' | 'table' = 'property'): string =>
    [
      '  - name: t',
      ...(at === 'table' ? ['    relationships:', `      - ${relationship}`] : []),
      '    properties:',
      at === 'property' ? `      - {name: office, relationships: [${relationship}]}` : '      - {name: office}',
      '      - {name: act}',
      '  - name: office',
      '    id: off',
      '    properties:',
      '      - {name: code, id: c1}',
      '      - {name: act}',
    ].join('\n');

  test('by name, by id, of one property or several', () => {
    const wanted = { kind: 'reference', columns: ['office'], table: 'office', to: ['code'] };
    expect(shown(contractWith(two('{to: office.code}')))['t.office.relationships']).toEqual(wanted);
    expect(shown(contractWith(two('{to: schema/off/properties/c1}')))['t.office.relationships']).toEqual(wanted);
    expect(
      shown(contractWith(two('{from: [t.office, t.act], to: [office.code, office.act]}', 'table')))[
        't.office+act.relationships'
      ],
    ).toEqual({
      kind: 'reference',
      columns: ['office', 'act'],
      table: 'office',
      to: ['code', 'act'],
    });
  });

  test('what leads nowhere is an error; another contract is told of', () => {
    expect(codes(contractWith(two('{to: ofice.code}')), 'error')).toEqual(['contract/unknown-table']);
    expect(codes(contractWith(two('{to: office.kode}')), 'error')).toEqual(['contract/unknown-property']);
    expect(codes(contractWith(two('{to: code}')), 'error')).toEqual(['contract/bad-reference']);
    expect(codes(contractWith(two('{from: [t.office], to: [office.code, office.act]}', 'table')), 'error')).toEqual([
      'contract/bad-relationship',
    ]);
    expect(codes(contractWith(two('{to: "other.yaml#schema/x/properties/y"}')))).toEqual(['contract/not-checked']);
  });
});

describe('service levels', () => {
  const sla = (entry: string): ReturnType<typeof contractWith> =>
    contractWith(
      table(['{name: at, logicalType: timestamp}', '{name: b, logicalType: boolean}']),
      `slaProperties:\n  - ${entry}`,
    );

  test.each([
    ['{property: latency, value: 2, unit: d, element: t.at}', { kind: 'freshness', column: 'at' }, 2],
    ['{property: LY, value: 36, unit: hours, element: t.at}', { kind: 'freshness', column: 'at' }, 1.5],
    ['{property: frequency, value: "1", unit: w, element: t.at}', { kind: 'gap', column: 'at' }, 7],
    ['{property: retention, value: 3, unit: y, element: t.at}', { kind: 'retention', column: 'at' }, 1095],
  ])('%s', (entry, wanted, days) => {
    const [check] = checksOf(sla(entry));
    expect(check?.test).toEqual(wanted);
    expect(check?.expect).toEqual({ operator: 'mustBeLessOrEqualTo', value: days, unit: 'days' });
    expect(check?.dimension).toBe('song');
  });

  test('availability asks whether the table answers; several elements are several checks', () => {
    expect(
      checksOf(sla('{property: availability, value: 99.9, unit: percent, element: t}')).map((c) => [
        c.id,
        c.dimension,
        c.test,
      ]),
    ).toEqual([['t.availability', 'song', { kind: 'row_count' }]]);
    expect(checksOf(sla('{id: lag, property: latency, value: 1, unit: d, element: "t.at"}')).map((c) => c.id)).toEqual([
      'lag',
    ]);
    expect(
      checksOf(sla('{id: lag, property: latency, value: 1, unit: d, element: "t.at, t.at"}')).map((c) => c.id),
    ).toEqual(['t.at.latency', 't.at.latency.2']);
  });

  test.each([
    ['{property: latency, value: 2, unit: m, element: t.at}', 'contract/ambiguous-rule'],
    ['{property: latency, value: 2, element: t.at}', 'contract/no-unit'],
    ['{property: latency, value: 2, unit: parsec, element: t.at}', 'contract/bad-unit'],
    ['{property: latency, value: soon, unit: d, element: t.at}', 'contract/no-number'],
    ['{property: latency, value: 2, unit: d}', 'contract/no-element'],
    ['{property: latency, value: 2, unit: d, element: t.ta}', 'contract/unknown-property'],
    ['{property: latency, value: 2, unit: d, element: t.b}', 'contract/no-column'],
    ['{property: latensy, value: 2, unit: d, element: t.at}', 'contract/unknown-sla'],
  ])('%s is refused', (entry, code) => {
    expect(codes(sla(entry), 'error')).toEqual([code]);
  });

  test('what records cannot show is told, not passed over', () => {
    expect(codes(sla('{property: throughput, value: 2, unit: x}'))).toEqual(['contract/not-checked']);
  });
});
