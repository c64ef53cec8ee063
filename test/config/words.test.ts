import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { viAmount, viCount, viDate, viDateLong, viDatePadded, viNumber, viPoints } from '../../config/format.ts';
import { fill, Labels } from '../../config/labels.ts';
import { didYouMean, nearest } from '../../config/nearest.ts';
import { isDay } from '../../config/schema/parts.ts';
import { stableJson } from '../../config/stable-json.ts';
import { daysBetween, localDay, parseInstant, sqlTimestamp } from '../../config/time.ts';

test('a number is printed the same at the first asking and later, and zero without a sign', () => {
  for (const n of [-0, 0, -0, 1_041_000, 1_041_000, 33.2, 33.2])
    expect([viNumber(n), viPoints(n)]).toEqual([
      new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 0 }).format(n + 0),
      Number.isInteger(n) ? new Intl.NumberFormat('vi-VN').format(n + 0) : String(n).replace('.', ','),
    ]);
});

describe('nearest', () => {
  test.each([
    ['wieght', ['weight', 'height', 'width'], 'weight'],
    ['WEIGHT', ['weight'], 'weight'],
    ['abc', ['abc', 'abd'], 'abc'],
    ['xyz', ['weight'], null],
    ['bao-hiem-that-nghiepp', ['bao-hiem', 'bao-hiem-that-nghiep'], 'bao-hiem-that-nghiep'],
    ['', [], null],
  ])('%j among %j is %j', (word, valid, expected) => {
    expect(nearest(word, valid)).toBe(expected);
  });

  test('the hint names the nearest, else a short list, else nothing', () => {
    expect(didYouMean('onne', ['one', 'two'])).toBe('did you mean "one"?');
    expect(didYouMean('zzzzzz', ['one', 'two'])).toBe('valid: one, two');
    expect(
      didYouMean(
        'zzzzzz',
        Array.from({ length: 13 }, (_, i) => `word${i}`),
      ),
    ).toBeNull();
  });

  test('a word of the list is always its own nearest', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, selector: (s) => s.toLowerCase() }),
        (words) => {
          for (const word of words) expect(nearest(word, words)).toBe(word);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('time', () => {
  test('the local day turns at 17:00Z', () => {
    expect(localDay(new Date('2026-06-28T16:59:59.999Z'))).toBe('2026-06-28');
    expect(localDay(new Date('2026-06-28T17:00:00Z'))).toBe('2026-06-29');
    expect(localDay(new Date('2026-12-31T17:00:00Z'))).toBe('2027-01-01');
  });

  test.each([
    ['2026-06-29', '2026-06-28T17:00:00.000Z'],
    ['2026-06-29T00:00Z', '2026-06-29T00:00:00.000Z'],
    ['2026-06-29T14:00:00+07:00', '2026-06-29T07:00:00.000Z'],
    ['2026-06-29T14:00:00.123456-01:30', '2026-06-29T15:30:00.123Z'],
    ['2024-02-29', '2024-02-28T17:00:00.000Z'],
  ])('%s is the instant %s', (text, instant) => {
    expect(parseInstant(text)?.toISOString()).toBe(instant);
  });

  test.each([
    '31/02/2026',
    '2026-02-31',
    '2026-02-29',
    '2026-06-29T14:00:00',
    '2026-06-29 14:00:00Z',
    '2026-06-31T00:00:00Z',
    '2026-06-29T25:00:00Z',
    '2026-06-29T14:00:00+99:00',
    '29/6/2026',
    '',
    'now',
    '1767225600',
    '0000-01-01',
    '0026-06-29',
  ])('%j is no instant', (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  test('a day is the first moment of the local day, for every day', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-02'), max: new Date('2200-01-01'), noInvalidDate: true }),
        (date) => {
          const day = date.toISOString().slice(0, 10);
          const instant = parseInstant(day);
          expect(instant).not.toBeNull();
          expect(localDay(instant as Date)).toBe(day);
          expect(localDay(new Date((instant as Date).getTime() - 1))).not.toBe(day);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('days between, across a leap day and backwards', () => {
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(daysBetween('2026-06-29', '2026-06-29')).toBe(0);
    expect(daysBetween('2026-06-29', '2025-08-31')).toBe(-302);
  });

  test('isDay and sqlTimestamp', () => {
    expect(isDay('2026-06-29')).toBe(true);
    expect(isDay('2026-06-29T00:00:00Z')).toBe(false);
    expect(sqlTimestamp(new Date('2026-06-29T07:08:09.010Z'))).toBe('2026-06-29 07:08:09.010');
  });
});

describe('format', () => {
  test.each([
    [1_041_000, '1.041.000'],
    [0, '0'],
    [999, '999'],
    [4_800_000, '4.800.000'],
  ])('viNumber %d is %s', (n, text) => expect(viNumber(n)).toBe(text));

  test.each([
    [33.2, '33,2'],
    [40, '40'],
    [0, '0'],
    [100, '100'],
    [7.05, '7,1'],
  ])('viPoints %d is %s', (n, text) => expect(viPoints(n)).toBe(text));

  test.each([
    [0, '0'],
    [1, '01'],
    [9, '09'],
    [10, '10'],
    [1041, '1.041'],
  ])('viCount %d is %s', (n, text) => expect(viCount(n)).toBe(text));

  test.each([
    ['2026-06-29', '29/6/2026', '29/06/2026', 'ngày 29 tháng 6 năm 2026'],
    ['2026-01-05', '5/1/2026', '05/01/2026', 'ngày 05 tháng 01 năm 2026'],
    ['2026-02-10', '10/2/2026', '10/02/2026', 'ngày 10 tháng 02 năm 2026'],
    ['2026-03-09', '9/3/2026', '09/03/2026', 'ngày 09 tháng 3 năm 2026'],
    ['2026-12-31', '31/12/2026', '31/12/2026', 'ngày 31 tháng 12 năm 2026'],
  ])('%s is %s, %s, %s', (day, short, padded, long) => {
    expect([viDate(day), viDatePadded(day), viDateLong(day)]).toEqual([short, padded, long]);
  });

  test('a time is written as its day', () => expect(viDate('2026-06-29 07:00:00')).toBe('29/6/2026'));

  test.each([
    [4_800_000, '4,8 triệu'],
    [1_041_000, '1,04 triệu'],
    [2_500_000_000, '2,5 tỷ'],
    [100_000, '100.000'],
    [999, '999'],
  ])('viAmount %d is %s', (n, text) => expect(viAmount(n)).toBe(text));

  test('an amount just below a million or a thousand million does not round up into the wrong word', () => {
    expect(viAmount(999_999_999)).toBe('1 tỷ');
    expect(viAmount(999_999)).toBe('999.999');
  });
});

describe('numbers and days in English', () => {
  const { written } = new Labels({ locale: 'en-GB' });
  const cases: [string, string][] = [
    [written.number(4_800_000), '4,800,000'],
    [written.count(5), '5'],
    [written.points(33.2), '33.2'],
    [written.points(40), '40'],
    [written.percent(999, 1000), '99.9%'],
    [written.percent(288, 1000), '28.8%'],
    [written.amount(4_800_000), '4.8 million'],
    [written.amount(999_999_999), '1 billion'],
    [written.amount(100_000), '100,000'],
    [written.date('2026-06-29'), '29 June 2026'],
    [written.date('2026-01-05 07:00:00'), '5 January 2026'],
    [written.datePadded('2026-01-05'), '5 January 2026'],
    [written.dateLong('2026-12-31'), '31 December 2026'],
    [written.month('2026-05-01'), 'May 2026'],
  ];
  test.each(cases)('%s', (printed, text) => expect(printed).toBe(text));

  test('a file that names no language is Vietnamese', () => {
    const labels = new Labels({});
    expect([labels.language, labels.written.count(5), labels.written.month('2026-05-01')]).toEqual([
      'vi',
      '05',
      '5/2026',
    ]);
  });
});

describe('a word that goes with a number', () => {
  const text = '{n} {n?database is|databases are} late by {d} {d?day|days}';
  test.each([
    [1, '1', '1 database is late by 1 day'],
    [0, '2', '0 databases are late by 2 days'],
    ['01', '1,001', '01 database is late by 1,001 days'],
    [11, '10', '11 databases are late by 10 days'],
  ])('%s, %s', (n, d, told) => expect(fill(text, { n, d })).toBe(told));

  test('without a value the place stays visible', () => expect(fill('{n?a|b} {m}', { m: 1 })).toBe('{n} 1'));
});

describe('labels', () => {
  const labels = new Labels({ a: { 'b.c': 'text {n} of {total}', d: { e: 'x' }, n: 3 } });

  test('text, format, group and flat', () => {
    expect(labels.text('a', 'd', 'e')).toBe('x');
    expect(labels.format(['a', 'b.c'], { n: 1, total: '02' })).toBe('text 1 of 02');
    expect(labels.group('a')).toEqual({ 'b.c': 'text {n} of {total}' });
    expect(labels.flat()).toEqual([
      { key: 'a.b.c', text: 'text {n} of {total}' },
      { key: 'a.d.e', text: 'x' },
    ]);
  });

  test('a missing label is a fault, never an empty string', () => {
    expect(() => labels.text('a', 'nothing')).toThrow(/label a\.nothing is missing/);
    expect(() => labels.text('a', 'd')).toThrow(/is missing/);
    expect(labels.has('a', 'd')).toBe(false);
    expect(labels.has('a', 'd', 'e')).toBe(true);
  });

  test('words of JavaScript itself are not labels', () => {
    for (const word of ['constructor', 'toString', '__proto__']) {
      expect(labels.node(word), word).toBeUndefined();
      expect(labels.node('a', word), word).toBeUndefined();
    }
    expect(fill('{constructor} {toString}', {})).toBe('{constructor} {toString}');
  });

  test('a place without a value stays visible; values are not filled again', () => {
    expect(fill('{a} {b}', { a: '{b}' })).toBe('{b} {b}');
    expect(fill('{a}', { a: '$&' })).toBe('$&');
  });
});

describe('stableJson', () => {
  test('equal content has equal text, whatever the order of keys', () => {
    expect(stableJson({ b: [1, { d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[1,{"c":2,"d":1}]}');
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5, noNullPrototype: true }), (object) => {
        const turned = Object.fromEntries(Object.entries(object).reverse());
        expect(stableJson(turned)).toBe(stableJson(object));
      }),
      { numRuns: 50 },
    );
  });
});
