import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { viDate, viDateLong, viDatePadded } from '../../../config/format.ts';
import { parseDay, parseDayCell } from '../../../connectors/spreadsheet/cells/date-cell.ts';
import type { SheetCell } from '../../../connectors/spreadsheet/workbook/model.ts';
import { dayOfSerial, serialOfDay } from '../../../connectors/spreadsheet/workbook/serial-day.ts';

const text = (value: string): SheetCell => ({ row: 1, column: 1, kind: 'text', text: value });
const number = (value: number): SheetCell => ({
  row: 1,
  column: 1,
  kind: 'number',
  number: value,
  text: String(value),
});

describe('days as people type them', () => {
  test.each<[string, string | null]>([
    ['31/12/2025', '2025-12-31'],
    ['31-12-2025', '2025-12-31'],
    ['31.12.2025', '2025-12-31'],
    ['31/12/25', '2025-12-31'],
    ['31-12-25', '2025-12-31'],
    ['5/1/2026', '2026-01-05'],
    ['05 / 01 / 2026', '2026-01-05'],
    ['2025-12-31', '2025-12-31'],
    ['2025/12/31', '2025-12-31'],
    ['2025-12-31T08:00:00', '2025-12-31'],
    ['ngày 05 tháng 01 năm 2026', '2026-01-05'],
    ['Ngày 5 tháng 1 năm 2026', '2026-01-05'],
    ['5 tháng 1, 2026', '2026-01-05'],
    ['ngày 31/12/2025.', '2025-12-31'],
    ['14h ngày 29/6/2026', '2026-06-29'],
    ['14h30, ngày 29/6/2026', '2026-06-29'],
    ['29/6/2026 14:00', '2026-06-29'],
    ['29/6/2026 2:00 PM', '2026-06-29'],
    ['46022', '2025-12-31'],
    // Day first always, also where both can be.
    ['02/03/2026', '2026-03-02'],
    // Month first tells that its neighbours may be swapped.
    ['12/31/2025', null],
    ['31/02/2025', null],
    ['29/02/2025', null],
    ['29/02/2024', '2024-02-29'],
    ['31/04/2026', null],
    ['00/01/2026', null],
    // Not a whole day.
    ['02/03', null],
    ['tháng 8/2025', null],
    ['8/2025', null],
    ['2025', null],
    ['quý II/2025', null],
    ['trước 31/12/2025', null],
    ['31/12/2025 - 1/1/2026', null],
    ['31/12-2025', null],
    ['hôm qua', null],
    ['', null],
    ['12345', null],
  ])('%s', (typed, expected) => {
    expect(parseDay(typed)).toBe(expected);
  });

  test('cells: a day of Excel, its serial without a format, a text, and what is none', () => {
    const read = (cell: SheetCell | null, limits = {}) => {
      const found = parseDayCell(cell, limits);
      return found === null ? null : found.ok ? found.value : found.code;
    };
    expect(read({ ...number(46022), kind: 'date', text: '2025-12-31' })).toBe('2025-12-31');
    expect(read(number(46022))).toBe('2025-12-31');
    expect(read(number(44560), { from1904: true })).toBe('2025-12-31');
    expect(read(number(1041))).toBe('not_a_date');
    expect(read(number(20251231))).toBe('not_a_date');
    expect(read(text('31/12/2025'))).toBe('2025-12-31');
    expect(read(text('mai'))).toBe('not_a_date');
    expect(read(text('–'))).toBeNull();
    expect(read({ ...text('#VALUE!'), kind: 'error' })).toBe('error_value');
    expect(read(text('30/6/2026'), { latest: '2026-06-29' })).toBe('future_date');
    expect(read(text('29/6/2026'), { latest: '2026-06-29' })).toBe('2026-06-29');
    expect(read({ ...number(1), kind: 'date', text: '1900-01-01' })).toBe('date_too_old');
  });
});

describe('always', () => {
  const days = fc
    .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));

  test('what is printed is read again', () => {
    fc.assert(
      fc.property(days, (day) => {
        for (const print of [viDate, viDatePadded, viDateLong]) expect(parseDay(print(day))).toBe(day);
        for (const mark of ['-', '.']) expect(parseDay(viDatePadded(day).replaceAll('/', mark))).toBe(day);
        expect(parseDay(day)).toBe(day);
        expect(dayOfSerial(serialOfDay(day), false)).toBe(day);
      }),
    );
  });

  test('any text gives a day that exists or none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\d/. -]{0,14}$/)), (typed) => {
        const day = parseDay(typed);
        if (day !== null) expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day);
      }),
      { numRuns: 2_000 },
    );
  });

  test('long and hostile texts take no time', () => {
    const start = performance.now();
    for (const typed of ['1/'.repeat(50_000), ' '.repeat(100_000), 'ngày '.repeat(20_000), '1 '.repeat(50_000)])
      parseDay(typed);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
