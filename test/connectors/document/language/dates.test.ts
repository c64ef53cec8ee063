import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDays, isoDay, parseDeadline } from '../../../../connectors/document/language/dates.ts';
import { SEED } from '../../../support/generated.ts';
import { anyText } from './texts.ts';

const check = { seed: SEED, numRuns: 500 };

describe('a deadline', () => {
  test.each([
    ['31/12/2030', '2030-12-31', 'day'],
    ['30/06/2030', '2030-06-30', 'day'],
    ['5/8/2030', '2030-08-05', 'day'],
    ['trước ngày 20/12/2030', '2030-12-20', 'day'],
    ['Ngày 01 tháng 7 năm 2030', '2030-07-01', 'day'],
    ['15.10.2030', '2030-10-15', 'day'],
    ['15-10-2030', '2030-10-15', 'day'],
    ['31/5/30', '2030-05-31', 'day'],
    ['6/30/2030', '2030-06-30', 'day'],
    ['Tháng 8/2030', '2030-08-31', 'month'],
    ['Tháng 2/2028', '2028-02-29', 'month'],
    ['tháng 02 năm 2030', '2030-02-28', 'month'],
    ['Tháng 9.2030', '2030-09-30', 'month'],
    ['8/2030', '2030-08-31', 'month'],
    ['Quý I/2030', '2030-03-31', 'quarter'],
    ['Quý II/2030', '2030-06-30', 'quarter'],
    ['quý III năm 2030', '2030-09-30', 'quarter'],
    ['QUÝ IV/2030', '2030-12-31', 'quarter'],
    ['Quý 3 năm 2030', '2030-09-30', 'quarter'],
    ['Quý 3/2030', '2030-09-30', 'quarter'],
    ['Năm 2030', '2030-12-31', 'year'],
    ['2030', '2030-12-31', 'year'],
    ['Trong năm 2030', '2030-12-31', 'year'],
    ['thử nghiệm trong tháng 8/2030, xong trước 30/6/2031', '2031-06-30', 'day'],
  ])('%s', (text, day, precision) => {
    expect(parseDeadline(text)).toEqual({ day, precision });
  });

  test.each(['', 'Thường xuyên', 'Hằng năm', '32/13/2030', '31/2/2030', 'Theo Nghị định số 12/2030/NĐ-CP', '12/15'])(
    '%j names none',
    (text) => {
      expect(parseDeadline(text).precision).toBe('none');
    },
  );
});

describe('the day in front', () => {
  test.each([
    ['10/9/2030', '2030-09-10', undefined],
    ['9/10/2030', '2030-10-09', undefined],
    ['12/12/2030', '2030-12-12', undefined],
    ['12/13/2030', '2030-12-13', true],
    ['2/29/2028', '2028-02-29', true],
  ])('%s is month first only where it cannot be otherwise', (text, day, monthFirst) => {
    expect(findDays(text).map((span) => [span.day, span.monthFirst])).toEqual([[day, monthFirst]]);
  });
});

describe('days of a text', () => {
  test('in order, with their places', () => {
    const text = 'Từ ngày 05/6/2030 đến tháng 8/2030; họp ngày 3 tháng 7 năm 2030.';
    expect(findDays(text).map(({ day, start, end }) => [day, text.slice(start, end)])).toEqual([
      ['2030-06-05', '05/6/2030'],
      ['2030-08-31', 'tháng 8/2030'],
      ['2030-07-03', '3 tháng 7 năm 2030'],
    ]);
  });

  test.each(['Đạt 8/15 tiêu chí', 'Công văn số 12/BMD', 'tăng 3.450.221 hồ sơ', '1/2/3/4', 'phiên bản 2.0.1.5'])(
    '%s has none',
    (text) => {
      expect(findDays(text)).toEqual([]);
    },
  );
});

describe('any day of the calendar', () => {
  const days = fc
    .record({
      year: fc.integer({ min: 1990, max: 2100 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 31 }),
    })
    .filter(({ year, month, day }) => new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day);
  const two = (n: number): string => String(n).padStart(2, '0');

  test('is written as it is stored and read back', () => {
    fc.assert(
      fc.property(days, ({ year, month, day }) => {
        const iso = isoDay(year, month, day);
        expect(iso).toBe(new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10));
      }),
      check,
    );
  });

  test('reads the same in every form that is day first', () => {
    fc.assert(
      fc.property(days, ({ year, month, day }) => {
        const iso = isoDay(year, month, day);
        for (const written of [
          `${day}/${month}/${year}`,
          `${two(day)}/${two(month)}/${year}`,
          `${day}-${month}-${year}`,
          `${day}.${month}.${year}`,
          `ngày ${day} tháng ${month} năm ${year}`,
          `hoàn thành trước ngày ${two(day)}/${month}/${year}`,
        ])
          expect([written, parseDeadline(written)]).toEqual([written, { day: iso, precision: 'day' }]);
      }),
      check,
    );
  });

  test('no other numbers are a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 40 }), fc.integer({ min: -5, max: 20 }), (day, month) => {
        const iso = isoDay(2030, month, day);
        const real = new Date(Date.UTC(2030, month - 1, day));
        const exists = month >= 1 && month <= 12 && day >= 1 && real.getUTCMonth() === month - 1;
        expect(iso !== null).toBe(exists);
      }),
      check,
    );
  });

  test('any text: every day found is one, stands in the text, and none lies over another', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0;
        for (const { day, start, end } of findDays(text)) {
          expect(Number.isNaN(Date.parse(day))).toBe(false);
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        parseDeadline(text);
      }),
      check,
    );
  });
});
