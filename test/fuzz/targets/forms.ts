/** Filled forms: what is typed into cells, addresses and marks, and whole workbooks. */
import fc from 'fast-check';
import { readMark } from '../../../config/form/places.ts';
import { Labels } from '../../../config/labels.ts';
import { isDay } from '../../../config/schema/parts.ts';
import { knownUnits } from '../../../connectors/document/facts/vocabulary.ts';
import { parseDay, parseDayCell } from '../../../connectors/spreadsheet/cells/date-cell.ts';
import {
  parseNumber,
  parseNumberCell,
  parseRatio,
  percentOf,
  wholeNumber,
} from '../../../connectors/spreadsheet/cells/number-cell.ts';
import { parseUnit } from '../../../connectors/spreadsheet/cells/unit-cell.ts';
import { matchWord, plainWord } from '../../../connectors/spreadsheet/cells/word-cell.ts';
import { readForm } from '../../../connectors/spreadsheet/form/read-form.ts';
import { formReader } from '../../../connectors/spreadsheet/form/typed-cell.ts';
import { columnNumber, parseAddress, parseRange } from '../../../connectors/spreadsheet/workbook/address.ts';
import type { SheetCell } from '../../../connectors/spreadsheet/workbook/model.ts';
import { isDateFormat } from '../../../connectors/spreadsheet/workbook/number-formats.ts';
import { readWorkbook } from '../../../connectors/spreadsheet/workbook/read-workbook.ts';
import { dayOfSerial } from '../../../connectors/spreadsheet/workbook/serial-day.ts';
import { filledForm } from '../../support/form-files.ts';
import { documentWorkbook } from '../../support/workbook-files.ts';
import { files, HOSTILE, texts } from '../inputs.ts';
import { blocks, config } from '../samples.ts';
import { file, must, type Targets, text } from '../target.ts';

const labels = new Labels(config.labels);
const TYPED = [
  '4.800.000',
  '4,8 triệu',
  '13/19',
  '95,5%',
  '31/12/2025',
  'ngày 31 tháng 12 năm 2025',
  '2 chiều',
  'Đã kết nối',
  'khoảng 1.041 hồ sơ',
  '45000',
];
const WORDS = [
  '.',
  ',',
  ' ',
  '/',
  '-',
  '%',
  'triệu',
  'tỷ',
  'nghìn',
  'khoảng ',
  '0',
  '9',
  '31',
  '12',
  '2025',
  'hồ sơ',
  'tháng',
  'năm',
  'chưa ',
  'đã ',
];
const FORMATS = ['dd/mm/yyyy', '[$-42A]d "tháng" m;@', '0.00%', '#,##0', '[Red]General', 'yyyy"\\"d'];
const DATABASE = 'tai-nan-lao-dong';

const cell: fc.Arbitrary<SheetCell> = fc.record({
  row: fc.constant(1),
  column: fc.constant(1),
  kind: fc.constantFrom('text', 'number', 'date', 'boolean', 'error', 'empty'),
  text: texts(TYPED, WORDS),
  number: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: -10, max: 80_000 }),
    fc.constantFrom(-0, 1e21, 1e308),
  ),
  format: fc.constantFrom(...FORMATS),
});

/** Numbers of a value that may be one or hold some. */
const numbersIn = (value: unknown): unknown[] =>
  Object.values(typeof value === 'object' && value !== null ? value : [value]).filter((one) => typeof one === 'number');

export const targets: Targets = {
  'form: numbers as people type them': () =>
    text({
      inputs: fc.tuple(texts(TYPED, WORDS), cell),
      feed: ([typed, given]) => {
        const read = parseNumber(typed);
        if (read.ok)
          must(
            Number.isFinite(
              JSON.parse(JSON.stringify(Object.values(read.value).filter((v) => typeof v === 'number')))[0] ?? 0,
            ),
            `number of ${typed}`,
          );
        const ratio = parseRatio(typed);
        must(ratio === null || (ratio.part >= 0 && Number.isFinite(ratio.whole)), `ratio of ${typed}`);
        parseNumberCell(given);
        const percent = percentOf(given);
        if (percent?.ok === true) must(Number.isFinite(percent.value), 'a share');
        const whole = wholeNumber(given, 100, 0);
        if (whole?.ok === true) must(numbersIn(whole.value).every(Number.isInteger), 'a whole number');
      },
    }),
  'form: days as people type them': () =>
    text({
      inputs: fc.tuple(texts(TYPED, WORDS), cell, fc.double()),
      feed: ([typed, given, serial]) => {
        const day = parseDay(typed);
        must(day === null || isDay(day), `day of ${typed}`);
        const read = parseDayCell(given);
        must(read?.ok !== true || isDay(read.value), 'a day that exists');
        const ofSerial = dayOfSerial(serial, false);
        must(ofSerial === null || isDay(ofSerial), `day of ${serial}`);
      },
    }),
  'form: words, units and marks': () => {
    const units = knownUnits(config.attributes);
    const list = ['Đã kết nối một chiều', 'Đã kết nối hai chiều', 'Chưa kết nối'].map((word, i) => ({
      id: `${i}`,
      word,
    }));
    return text({
      inputs: texts([...TYPED, ...list.map(({ word }) => word), 'csdl-form/1 status'], WORDS),
      feed: (typed) => {
        matchWord(typed, list);
        must(/^[a-z0-9 ]*$/.test(plainWord(typed)), 'letters and digits');
        parseUnit(typed, units);
        readMark(typed);
      },
    });
  },
  'form: addresses, ranges and formats': () =>
    text({
      inputs: texts(
        ['A1', 'XFD1048576', '$B$2:$C$9', 'A1:B2', ...FORMATS],
        ['A', 'XFE', '$', ':', '1', '0', '1048577', '"', '[', ']', ';', '@', 'd', '\\'],
      ),
      feed: (typed) => {
        const place = parseAddress(typed);
        must(place === null || (place.row >= 1 && place.column >= 1 && place.column <= 16_384), `address ${typed}`);
        const range = parseRange(typed);
        must(range === null || (range.top <= range.bottom && range.left <= range.right), `range ${typed}`);
        columnNumber(typed);
        isDateFormat(typed);
      },
    }),
  'form: replies, bytes': () => {
    const reader = formReader(config, labels);
    const samples = [
      filledForm(config, labels, { status: { [DATABASE]: { change: 'Có thay đổi', records: 4_800_000 } } }),
    ];
    return file({ inputs: files(samples), feed: (bytes) => readForm(bytes, reader) });
  },
  'form: replies, what is typed': () => {
    const reader = formReader(config, labels);
    const typed = fc.oneof(
      texts(TYPED, WORDS),
      fc.constantFrom(...HOSTILE),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const columns = ['change', 'state', 'records', 'unit', 'c12', 'c06', 'met', 'difficulty', 'observed'];
    return file({
      inputs: fc.record({
        row: fc.dictionary(fc.constantFrom(...columns), typed, { maxKeys: 5 }),
        header: fc.dictionary(fc.constantFrom('reporter', 'day', 'number'), typed),
        agencyId: fc.oneof(
          { weight: 9, arbitrary: fc.constant('bo-noi-vu') },
          { weight: 1, arbitrary: texts(['bo-noi-vu'], WORDS) },
        ),
        change: fc.tuple(fc.nat(12), fc.nat(12), typed),
      }),
      feed: async ({ row, header, change: [at, column, value], agencyId }) => {
        const bytes = filledForm(config, labels, {
          status: { [DATABASE]: { change: 'Có thay đổi', ...row } },
          header,
          change: (sheets) => {
            for (const cells of Object.values(sheets)) if (cells[at] !== undefined) cells[at][column] = value;
            if (agencyId !== 'bo-noi-vu') sheets.marker?.splice(3, 1, ['agency_id', agencyId]);
          },
        });
        const reading = await readForm(bytes, reader);
        must(
          reading.cells.every((one) => one.verdict === 'refused' || one.value !== undefined),
          'each cell has a verdict',
        );
      },
    });
  },
  'form: workbooks': () => file({ inputs: files([documentWorkbook(blocks)]), feed: (bytes) => readWorkbook(bytes) }),
};
