import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Labels } from '../../../config/labels.ts';
import { loadConfig } from '../../../config/load.ts';
import { knownUnits } from '../../../connectors/document/facts/vocabulary.ts';
import { foldLetters } from '../../../connectors/document/language/fold.ts';
import { parseUnit } from '../../../connectors/spreadsheet/cells/unit-cell.ts';
import { matchWord, type Word } from '../../../connectors/spreadsheet/cells/word-cell.ts';

const { config } = loadConfig(undefined, {});
const labels = new Labels(config.labels);
const scale = (name: string): Word[] =>
  Object.entries(labels.group('scales', name)).map(([id, word]) => ({ id, word }));
const SCALES = Object.keys(config.attributes.scales).filter(
  (name) => Object.keys(labels.group('scales', name)).length > 0,
);

describe('words of drop-downs', () => {
  test.each<[string, string, string | null]>([
    ['connection', 'Đã kết nối 1 chiều', 'one_way'],
    ['connection', 'đã  KẾT NỐI 1 chiều ', 'one_way'],
    ['connection', 'da ket noi 1 chieu', 'one_way'],
    ['connection', 'Đã kết nối một chiều', 'one_way'],
    ['connection', 'Đã kết nối hai chiều', 'two_way'],
    ['connection', 'Đã kết nối 1 chiêu', 'one_way'],
    ['connection', 'Đã kêt nôi 2 chiều', 'two_way'],
    ['connection', 'Đã kết nối', 'connected'],
    ['connection', 'Chưa kết nối', 'none'],
    ['connection', 'Chưa kết nôi.', 'none'],
    ['connection', 'Đã kết nốii một phần', 'partial'],
    ['connection', 'Đang triển khai kêt nối', 'in_progress'],
    // Never across states: what decides must be right, and there must be one only.
    ['connection', 'Đã kết nối 3 chiều', null],
    ['connection', 'Kết nối', null],
    ['connection', 'Chư kết nối', null],
    ['connection', 'Không kết nối', null],
    ['connection', 'Đã kết nối đầy đủ', null],
    ['connection', '', null],
    ['sync', 'Đã đồng bộ', null],
    ['sync', 'Đang đồng bộ', 'in_progress'],
    ['sync', 'Đã đồng bộ đầy đũ', 'full'],
    ['sync', 'Chưa đồng bộ đầy đủ', null],
    ['sync', 'Đã đồng bộ một phân', 'partial'],
    ['cleaning', 'Đã làm sạch', null],
    ['security_assessment', 'Đạt yêu cầu', 'passed'],
    ['security_assessment', 'Chưa đạt yêu cầu', 'failed'],
    ['security_assessment', 'Đạt yêu câu', 'passed'],
    ['security_assessment', 'Không đạt yêu cầu', null],
    ['software', 'Vận hành chính thức', 'operating'],
    ['software', 'Vận hành thử nghiệm', 'trial'],
    ['software', 'Vận hành', null],
    ['criterion', 'Không áp dụng', 'not_applicable'],
    ['criterion', 'Đang làm', null],
  ])('%s: %s', (name, typed, expected) => {
    expect(matchWord(typed, scale(name))?.id ?? null).toBe(expected);
  });

  test('decomposed letters are the same letters', () => {
    for (const name of SCALES)
      for (const { id, word } of scale(name)) expect(matchWord(word.normalize('NFD'), scale(name))?.id).toBe(id);
  });
});

describe('always', () => {
  const entry = fc
    .constantFrom(...SCALES)
    .chain((name) => fc.constantFrom(...scale(name)).map((word) => ({ name, ...word })));

  test('the word itself in any case, spacing, and without diacritics gives its state, or none where two would be alike', () => {
    fc.assert(
      fc.property(entry, fc.constantFrom(' ', '  ', '\u00a0'), ({ name, id, word }, space) => {
        const list = scale(name);
        expect(matchWord(word.toUpperCase().replaceAll(' ', space), list)?.id).toBe(id);
        expect([id, undefined]).toContain(matchWord(foldLetters(word), list)?.id);
      }),
    );
  });

  test('one slip of the finger gives the state or none, never another', () => {
    fc.assert(
      fc.property(entry, fc.nat(), fc.constantFrom('', 'x', 'n', 'h', 'ư'), ({ name, id, word }, at, letter) => {
        const place = at % word.length;
        for (const typed of [
          word.slice(0, place) + letter + word.slice(place + 1),
          word.slice(0, place) + letter + word.slice(place),
        ]) {
          const found = matchWord(typed, scale(name))?.id;
          // A slip may also make the very word of another state ("… 1 chiều" → "… chiều"): that is what was typed then.
          if (found !== undefined && found !== id)
            expect(scale(name).some(({ word: other }) => foldLetters(other).includes(foldLetters(typed).trim()))).toBe(
              true,
            );
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test('any text gives an entry or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (typed) => {
        const found = matchWord(typed, scale('connection'));
        expect(found === null || scale('connection').some(({ id }) => id === found.id)).toBe(true);
      }),
    );
  });
});

describe('units', () => {
  const units = knownUnits(config.attributes);
  test.each<[string, string]>([
    ['Hồ sơ', 'hồ sơ'],
    ['HO SO', 'hồ sơ'],
    ['bản  ghi', 'bản ghi'],
    ['học sinh', 'học sinh'],
    ['tài khoản', 'unit_not_record'],
    ['địa phương', 'unit_not_record'],
    ['trường thông tin', 'unit_not_record'],
    ['thủ tục hành chính', 'unit_not_record'],
    ['123', 'unit_missing'],
    ['x'.repeat(61), 'too_long'],
  ])('%s', (typed, expected) => {
    const found = parseUnit(typed, units);
    expect(found.ok ? found.value : found.code).toBe(expected);
  });
});
