import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '../../../../connectors/document/language/fold.ts';
import {
  findQuantities,
  type Hedge,
  interval,
  parseDigits,
  type Quantity,
} from '../../../../connectors/document/language/numbers.ts';
import { SEED } from '../../../support/generated.ts';
import { anyText } from './texts.ts';

const check = { seed: SEED, numRuns: 500 };
const found = (text: string): Quantity[] => findQuantities(fold(text).toLowerCase());
const bounds = (text: string): unknown[] => found(text).map(({ low, high, exact }) => [low, high, exact]);

describe('approximate numbers', () => {
  test.each([
    ['khoảng 4,8 triệu', 4_750_000, 4_850_000],
    ['hơn 1.041.000', 1_041_000, 1_042_000],
    ['khoảng 42 triệu', 41_500_000, 42_500_000],
    ['1 triệu', 950_000, 1_050_000],
    ['gần 3,1 triệu', 3_000_000, 3_100_000],
    ['trên 640 nghìn', 640_000, 650_000],
    ['ước đạt 7,25 triệu', 7_245_000, 7_255_000],
    ['xấp xỉ 900 nghìn', 850_000, 950_000],
    ['hơn 2 tỷ', 2_000_000_000, 3_000_000_000],
    ['vượt 15.000', 15_000, 16_000],
    ['khoảng 350 ngàn', 345_000, 355_000],
    ['gần 1.200', 1_100, 1_200],
  ])('%s', (text, low, high) => {
    expect(bounds(text)).toEqual([[low, high, false]]);
  });
});

describe('exact numbers', () => {
  test.each([
    ['80 quỹ', 80],
    ['9672 tài khoản', 9672],
    ['gần 0 hồ sơ', 0],
    ['khoảng 0 hồ sơ', 0],
    ['1.234.567 bản ghi', 1_234_567],
    ['1,234,567 bản ghi', 1_234_567],
    ['9.000 hồ sơ', 9000],
    ['24.117 mẫu', 24_117],
    ['0 hồ sơ', 0],
    ['05 đơn vị', 5],
  ])('%s', (text, value) => {
    expect(bounds(text)).toEqual([[value, value, true]]);
  });
});

describe('not quantities', () => {
  test.each([
    '8/15',
    '31/12/2030',
    '62%',
    'Nghị định số 12/2030/NĐ-CP',
    'công văn 7731/BMD-CNTT',
    'C12',
    'A05 và C06',
    'phiên bản v2',
    '12-KH/BMD',
  ])('%s', (text) => {
    expect(found(text)).toEqual([]);
  });
});

test('where the number stands, with its hedge', () => {
  const text = 'Đã nhập khoảng 4,8 triệu hồ sơ';
  const [quantity] = found(text);
  expect(text.slice(quantity?.start, quantity?.end)).toBe('khoảng 4,8 triệu');
  expect(text.slice(quantity?.digits, quantity?.end)).toBe('4,8 triệu');
});

/** Thousands grouped by `mark`. */
const grouped = (value: number, mark: string): string => String(value).replace(/\B(?=(\d{3})+$)/g, mark);

describe('properties', () => {
  const whole = fc.oneof(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 2_000_000_000 }));
  const hedge = fc.constantFrom<(Hedge | undefined)[]>('khoang', 'hon', 'tren', 'gan', undefined);

  test('a number is the same in every grouping', () => {
    fc.assert(
      fc.property(whole, (value) => {
        for (const written of [String(value), grouped(value, '.'), grouped(value, ',')])
          expect([written, parseDigits(written, false)?.value]).toEqual([written, value]);
      }),
      check,
    );
  });

  test('one decimal before a multiplier is the same with a comma and with a point', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 9 }), (units, tenths) => {
        for (const [word, factor] of [
          ['nghìn', 1e3],
          ['triệu', 1e6],
          ['tỷ', 1e9],
        ] as const)
          for (const mark of [',', '.']) {
            const [quantity] = found(`hơn ${units}${mark}${tenths} ${word}`);
            expect(quantity?.low).toBeCloseTo((units + tenths / 10) * factor, 3);
          }
      }),
      check,
    );
  });

  test('an interval holds its value, is not empty, and what is exact has no width', () => {
    fc.assert(
      fc.property(whole, fc.constantFrom(1, 1e3, 1e6, 1e9), hedge, (value, factor, word) => {
        const { low, high, exact } = interval(value * factor, factor, word);
        const middle = (low + high) / 2;
        expect(low).toBeLessThanOrEqual(high);
        expect(exact).toBe(low === high);
        expect(low <= value * factor && value * factor <= high).toBe(true);
        expect(low <= middle && middle <= high).toBe(true);
      }),
      check,
    );
  });

  test('"gần" lies below "khoảng", "khoảng" below "hơn"; "hơn" and "trên" are one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000_000 }), (value) => {
        const [near, about, more, above] = (['gan', 'khoang', 'hon', 'tren'] as const).map((word) =>
          interval(value, 1, word),
        );
        expect(near?.high).toBe(value);
        expect(more?.low).toBe(value);
        expect(near?.low).toBeLessThan(about?.low ?? Number.NaN);
        expect(about?.low).toBeLessThan(more?.low ?? Number.NaN);
        expect(near?.high).toBeLessThan(about?.high ?? Number.NaN);
        expect(about?.high).toBeLessThan(more?.high ?? Number.NaN);
        expect([above?.low, above?.high]).toEqual([more?.low, more?.high]);
      }),
      check,
    );
  });

  test('a round number without a hedge is off by at most a twentieth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.constantFrom(1e3, 1e6, 1e9), (value, factor) => {
        const { low, high } = interval(value * factor, factor, undefined);
        expect(high - low).toBeLessThanOrEqual(value * factor * 0.1 + 1e-6);
      }),
      check,
    );
  });

  test('any text: places in order and inside, bounds that are numbers', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { low, high, start, digits, end } of found(text)) {
          expect(start <= digits && digits < end && start >= 0 && end <= text.length).toBe(true);
          expect(Number.isNaN(low) || Number.isNaN(high)).toBe(false);
          expect(low).toBeLessThanOrEqual(high);
        }
      }),
      check,
    );
  });
});
