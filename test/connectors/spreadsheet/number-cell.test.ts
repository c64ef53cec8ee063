import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { viNumber } from '../../../config/format.ts';
import { parseNumber, parseRatio, percentOf, wholeNumber } from '../../../connectors/spreadsheet/cells/number-cell.ts';
import type { SheetCell } from '../../../connectors/spreadsheet/workbook/model.ts';

const text = (value: string): SheetCell => ({ row: 1, column: 1, kind: 'text', text: value });
const number = (value: number, format?: string): SheetCell => ({
  row: 1,
  column: 1,
  kind: 'number',
  number: value,
  text: String(value),
  ...(format === undefined ? {} : { format }),
});
const MAX = 10_000_000_000;

/** The value, or the code of the refusal. */
function read(typed: string): number | string {
  const found = parseNumber(typed);
  return found.ok ? found.value.value : found.code;
}
function whole(cell: SheetCell | null): number | string | null {
  const found = wholeNumber(cell, MAX);
  return found === null ? null : found.ok ? found.value.value : found.code;
}

describe('numbers as people type them', () => {
  test.each<[string, number | string]>([
    ['1041000', 1041000],
    ['1.041.000', 1041000],
    ['1,041,000', 1041000],
    ['1 041 000', 1041000],
    ['1 041', 1041],
    ["1'041'000", 1041000],
    ['1.041.000,5', 1041000.5],
    ['1,041,000.5', 1041000.5],
    ['1 041 000,5', 1041000.5],
    ['4,8', 4.8],
    ['4.8', 4.8],
    ['0,500', 0.5],
    ['4,8 triệu', 4800000],
    ['4.8 tr', 4800000],
    ['12 nghìn', 12000],
    ['12 ngàn', 12000],
    ['1,041 tỷ', 1041000000],
    ['2 nghìn tỷ', 2e12],
    ['-5', -5],
    ['−5', -5],
    ['007', 7],
    ['48%', 48],
    // Two readings a thousand times apart: never guessed.
    ['1.041', 'ambiguous_number'],
    ['1,041', 'ambiguous_number'],
    ['13.000', 'ambiguous_number'],
    ['khoảng 1.041', 'ambiguous_number'],
    ['4.800 triệu', 'ambiguous_number'],
    // No numbers.
    ['1.04.000', 'not_a_number'],
    ['1.041,000.000', 'not_a_number'],
    ['1041.000.000', 'not_a_number'],
    ['13/19', 'not_a_number'],
    ['10-12', 'not_a_number'],
    ['1e6', 'not_a_number'],
    ['1.041.', 'not_a_number'],
    ['chưa có', 'not_a_number'],
    ['không có', 'not_a_number'],
    ['=1+1', 'not_a_number'],
    ['', 'not_a_number'],
    ['99999999999999999999', 'not_a_number'],
  ])('%s', (typed, expected) => {
    expect(read(typed)).toBe(expected);
  });

  test('words around it: how exact, and what is counted', () => {
    expect(parseNumber('khoảng 4,8 triệu hồ sơ')).toMatchObject({
      ok: true,
      value: { value: 4800000, hedge: 'khoang', factor: 1e6, rest: 'hồ sơ' },
    });
    expect(parseNumber('Hơn 1.041.000 bản ghi')).toMatchObject({
      value: { value: 1041000, hedge: 'hon', rest: 'bản ghi' },
    });
    expect(parseNumber('gần 3,1 triệu')).toMatchObject({ value: { value: 3100000, hedge: 'gan', rest: '' } });
    expect(parseNumber('120 trường hợp')).toMatchObject({ value: { value: 120, factor: 1, rest: 'trường hợp' } });
  });

  test('the two readings are named in the refusal', () => {
    expect(parseNumber('1.041')).toEqual({
      ok: false,
      code: 'ambiguous_number',
      params: { raw: '1.041', a: '1041', b: '1,041' },
    });
  });

  test('whole numbers: what a program made of "1.041" is ambiguous too', () => {
    expect(whole(number(1.041))).toBe('ambiguous_number');
    expect(whole(number(1.5))).toBe('ambiguous_number');
    expect(whole(number(1234.56789))).toBe('not_whole');
    expect(whole(text('4,8'))).toBe('not_whole');
    expect(whole(number(-1))).toBe('out_of_range');
    expect(whole(number(1e12))).toBe('out_of_range');
    expect(whole(number(0.48, '0%'))).toBe('not_a_number');
    expect(whole({ ...number(46022), kind: 'date' })).toBe('not_a_number');
    expect(whole({ ...number(1), kind: 'boolean' })).toBe('not_a_number');
  });

  test('zero is a number; blank and a dash are nothing; an error and a formula without a value are neither', () => {
    expect(whole(number(0))).toBe(0);
    expect(whole(text('0'))).toBe(0);
    for (const mark of ['-', '–', '…', '...', '--']) expect(whole(text(mark))).toBeNull();
    expect(whole(null)).toBeNull();
    expect(whole({ ...text('#REF!'), kind: 'error' })).toBe('error_value');
    expect(whole({ ...text(''), kind: 'empty', formula: 'inside' })).toBe('formula');
    expect(whole({ ...number(5), formula: 'outside' })).toBe('formula');
    expect(whole({ ...number(5), formula: 'inside' })).toBe(5);
  });

  test('shares of one hundred', () => {
    expect(percentOf(text('28,8%'))).toEqual({ ok: true, value: 28.8 });
    expect(percentOf(number(0.288, '0.0%'))).toEqual({ ok: true, value: 28.8 });
    expect(percentOf(number(28.8))).toEqual({ ok: true, value: 28.8 });
    expect(percentOf(text('128%'))).toMatchObject({ ok: false, code: 'out_of_range' });
  });

  test('ratios', () => {
    expect(parseRatio('13/19')).toEqual({ part: 13, whole: 19 });
    expect(parseRatio(' 5 / 19 ')).toEqual({ part: 5, whole: 19 });
    expect(parseRatio('5 trên 19')).toEqual({ part: 5, whole: 19 });
    for (const wrong of ['13', '13/', '1/2/3', '13/19 tiêu chí', '-1/2', '']) expect(parseRatio(wrong)).toBeNull();
  });
});

describe('always', () => {
  test('any text gives an answer and never a wrong kind', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\d., '%/-]{0,20}$/)), (typed) => {
        const found = parseNumber(typed);
        if (found.ok) expect(Number.isFinite(found.value.value)).toBe(true);
        else expect(typeof found.code).toBe('string');
        parseRatio(typed);
      }),
      { numRuns: 2_000 },
    );
  });

  test('what is printed is read again, however it is grouped, or refused where it can be read twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000_000 }), fc.constantFrom('.', ',', ' ', '\u00a0'), (n, mark) => {
        const printed = viNumber(n).replaceAll('.', mark).replaceAll('\u00a0', ' ');
        const twice = n >= 1_000 && n < 1_000_000 && mark !== ' ' && mark !== '\u00a0';
        expect(read(printed)).toBe(twice ? 'ambiguous_number' : n);
        expect(read(String(n))).toBe(n);
        expect(whole(number(n))).toBe(n);
      }),
    );
  });

  test('long and hostile texts take no time', () => {
    const start = performance.now();
    for (const typed of [
      '1.'.repeat(50_000),
      '1 '.repeat(50_000),
      '9'.repeat(100_000),
      ' '.repeat(100_000),
      'khoảng '.repeat(20_000),
      '1.234,'.repeat(20_000),
    ])
      parseNumber(typed);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
