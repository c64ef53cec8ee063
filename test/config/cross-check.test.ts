import { describe, expect, test } from 'vitest';
import { MAX_PILLAR_WEIGHT } from '../../config/cross-check/scoring.ts';
import { changed, lineOf, problemOf, problemsOf, shippedText } from '../support/settings.ts';

const databaseRow = (
  id: string,
  rest: Partial<Record<'agency' | 'kind' | 'part' | 'unit' | 'listed', string>> = {},
): string =>
  `${id},Tên ${id},chuyen_nganh,${rest.kind ?? 'database'},${rest.part ?? ''},${rest.agency ?? 'bo-y-te'},${rest.listed ?? 'other'},unknown,,unknown,unknown,${rest.unit ?? ''},,,,\n`;
const databases = (...rows: string[]): string => shippedText('databases.csv') + rows.join('');

describe('the registry', () => {
  test('a database id that stands twice names both lines', () => {
    const text = databases(databaseRow('bao-hiem'));
    expect(problemOf({ 'databases.csv': text })).toMatchObject({
      file: 'databases.csv',
      line: text.trimEnd().split('\n').length,
      code: 'config/duplicate-id',
      message: '"bao-hiem" stands twice',
      hint: 'first on line 2',
    });
  });

  test('an agency that is not there names the nearest', () => {
    expect(problemOf({ 'databases.csv': databases(databaseRow('moi', { agency: 'bo-y-tee' })) })).toMatchObject({
      key: 'agency_id',
      code: 'config/unknown-agency',
      message: 'agency "bo-y-tee" is not in agencies.csv',
      hint: 'did you mean "bo-y-te"?',
    });
  });

  test('a part of nothing, an umbrella without parts, a list and a unit nobody knows', () => {
    const text = databases(
      databaseRow('moi', { part: 'khong-co' }),
      databaseRow('o-du', { kind: 'umbrella' }),
      databaseRow('la', { listed: 'nq72' }),
      databaseRow('don-vi', { unit: 'hồ sõ' }),
    );
    expect(problemsOf({ 'databases.csv': text }).map((p) => [p.code, p.hint])).toEqual([
      ['config/unknown-database', null],
      ['config/umbrella-without-parts', 'name it in part_of of its parts'],
      ['config/invalid-value', 'did you mean "nq71"?'],
      ['config/unknown-unit', 'did you mean "hồ sơ"?'],
    ]);
  });

  test('a deadline of a database that is not there', () => {
    const text = changed('deadlines.csv', '\nbao-hiem,', '\nbao-hiemm,');
    expect(problemOf({ 'deadlines.csv': text })).toMatchObject({
      line: 2,
      code: 'config/unknown-database',
      hint: 'did you mean "bao-hiem"?',
    });
  });

  test('a name that two living agencies share is ambiguous; of a dead and a living one it is not', () => {
    const row = (id: string, from: string, to: string): string =>
      `${id},${id},,bo,bo,99,,${from},${to},Bí danh chung,\n`;
    const agencies = shippedText('agencies.csv');
    expect(
      problemOf({ 'agencies.csv': agencies + row('cu-moi', '2020-01-01', '') + row('cu-cu', '', '2022-01-01') }),
    ).toMatchObject({ code: 'config/ambiguous-alias', key: 'aliases' });
    expect(
      problemsOf({ 'agencies.csv': agencies + row('cu-moi', '2022-01-02', '') + row('cu-cu', '', '2022-01-01') }),
    ).toEqual([]);
  });

  test('an alias that three agencies share is reported whatever their order', () => {
    const row = (id: string, from: string, to: string): string =>
      `${id},${id},,bo,bo,99,,${from},${to},Bí danh chung,\n`;
    // The second does not overlap the first; the third overlaps the first only.
    const text =
      shippedText('agencies.csv') +
      row('mot-mot', '2020-01-01', '') +
      row('hai-hai', '', '2019-12-31') +
      row('ba-ba', '2021-01-01', '');
    expect(problemsOf({ 'agencies.csv': text }).map((p) => p.code)).toEqual(['config/ambiguous-alias']);
  });
});

describe('scoring', () => {
  test('pillar weights that do not add up to 100', () => {
    expect(
      problemOf({ 'scoring.yaml': changed('scoring.yaml', 'checklist: {weight: 40,', 'checklist: {weight: 41,') }),
    ).toMatchObject({
      code: 'config/wrong-total',
      key: 'pillars',
      message: 'pillar weights add up to 101, not 100',
    });
  });

  test('a state without a value', () => {
    const text = changed('scoring.yaml', 'periodic: 0.7, ', '');
    expect(problemOf({ 'scoring.yaml': text })).toMatchObject({
      code: 'config/missing',
      key: 'scales.update_mode',
      line: lineOf(text, 'update_mode: {none'),
      message: 'state "periodic" of scale "update_mode" has no value',
    });
  });

  test('a state and a scale nobody defined', () => {
    expect(
      problemOf({ 'scoring.yaml': changed('scoring.yaml', 'periodic: 0.7, ', 'periodic: 0.7, hourly: 0.9, ') }),
    ).toMatchObject({
      code: 'config/unknown-state',
    });
    expect(
      problemOf({ 'scoring.yaml': changed('scoring.yaml', '  usage: {', '  usages: {none: 0}\n  usage: {') }),
    ).toMatchObject({
      code: 'config/unknown-scale',
      hint: 'did you mean "usage"?',
    });
  });

  test(`a pillar whose indicators weigh more than ${MAX_PILLAR_WEIGHT}`, () => {
    const text = changed('scoring.yaml', 'c12_sync: {weight: 4', 'c12_sync: {weight: 17');
    expect(problemOf({ 'scoring.yaml': text })).toMatchObject({
      code: 'config/too-heavy',
      key: 'pillars.dung_chung',
      message: `weights add up to 23; at most ${MAX_PILLAR_WEIGHT} keep the sums exact`,
    });
  });

  test('a dimension that is not a pillar, a gate on nothing, a gate with a state of another scale', () => {
    const text = changed('scoring.yaml', 'dimensions: [dung, du, sach, song]', 'dimensions: [dung, du, sach, sonng]')
      .replace(
        '{attribute: security.assessment, states: [passed]}',
        '{attribute: security.assesment, states: [passed]}',
      )
      .replace('{attribute: c12.sync, states: [full]}', '{attribute: c12.sync, states: [fulll]}');
    expect(problemsOf({ 'scoring.yaml': text }).map((p) => [p.code, p.key, p.hint])).toEqual([
      ['config/unknown-pillar', 'dimensions.3', 'did you mean "song"?'],
      ['config/unknown-attribute', 'levels.4.security_passed.0.attribute', 'did you mean "security.assessment"?'],
      ['config/unknown-state', 'levels.4.c12_synced.0.states.0', 'did you mean "full"?'],
    ]);
  });

  test('an attribute with an age or a scale nobody defined', () => {
    const text = changed('attributes.yaml', 'scale: update_mode, age: software', 'scale: update_modes, age: softwares');
    expect(problemsOf({ 'attributes.yaml': text }).map((p) => p.code)).toEqual(
      expect.arrayContaining(['config/unknown-scale', 'config/unknown-age']),
    );
  });
});

describe('criteria and operation', () => {
  test('a total that differs from the list', () => {
    expect(problemOf({ 'criteria.yaml': changed('criteria.yaml', '\ntotal: 19', '\ntotal: 20') })).toMatchObject({
      code: 'config/wrong-total',
      message: 'total is 20, but 19 criteria are listed',
    });
  });

  test('a criterion that stands twice', () => {
    expect(
      problemsOf({ 'criteria.yaml': changed('criteria.yaml', '- id: tc02', '- id: tc01') }).map((p) => p.code),
    ).toContain('config/duplicate-id');
  });

  test('a waiver of a database, a criterion, an indicator nobody knows', () => {
    const waiver = (text: string): string =>
      `  - {${text}, approved_by: A, document: D, ground: G, from: 2026-01-01, until: 2026-12-31}\n`;
    const text = `waivers:\n${waiver('database: bao-hiemm, criterion: tc04')}${waiver('database: bao-hiem, criterion: tc99')}${waiver('database: bao-hiem, indicator: c12_sink')}`;
    expect(problemsOf({ 'waivers.yaml': text }).map((p) => [p.line, p.code, p.hint])).toEqual([
      [2, 'config/unknown-database', 'did you mean "bao-hiem"?'],
      [3, 'config/unknown-criterion', expect.stringContaining('did you mean')],
      [4, 'config/unknown-indicator', 'did you mean "c12_sync"?'],
    ]);
  });

  test('decisions and sources that stand twice', () => {
    const decision = '  - {id: q1, kind: reject, observation: x, who: A, when: 2026-06-30, ground: G}\n';
    expect(problemOf({ 'decisions.yaml': `decisions:\n${decision}${decision}` })).toMatchObject({
      line: 3,
      code: 'config/duplicate-id',
    });
    const source = '  - {id: s1, connector: baseline, options: {path: x}}\n';
    expect(problemOf({ 'sources.yaml': `sources:\n${source}${source}` })).toMatchObject({
      line: 3,
      code: 'config/duplicate-id',
    });
  });

  test('a contradiction on a gate and a state nobody defined', () => {
    const text = changed('contradictions.yaml', 'gate: c12_connected', 'gate: c12_conected').replace(
      'states: [auto]',
      'states: [automatic]',
    );
    expect(
      problemsOf({ 'contradictions.yaml': text })
        .map((p) => p.code)
        .sort(),
    ).toEqual(['config/unknown-gate', 'config/unknown-state']);
  });
});
