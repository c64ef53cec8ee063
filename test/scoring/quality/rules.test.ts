import { describe, expect, test } from 'vitest';
import type { RuleParameters } from '../../../scoring/quality/check.ts';
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
