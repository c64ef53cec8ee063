import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clean, fold, foldLetters } from '../../../../connectors/document/language/fold.ts';
import { SEED } from '../../../support/generated.ts';
import { anyText } from './texts.ts';

const check = { seed: SEED, numRuns: 500 };

describe('fold', () => {
  test.each([
    ['Cơ sở dữ liệu quốc gia', 'co so du lieu quoc gia'],
    ['ĐÃ HOÀN THÀNH', 'da hoan thanh'],
    ['Điện lực', 'dien luc'],
    ['Hưng Yên, Đắk Lắk', 'hung yen, dak lak'],
    ['12/2030 – “mẫu”', '12/2030 – “mau”'],
  ])('%s → %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  test.each([
    ['chưa', 'chữa'],
    ['đã', 'đa'],
    ['sẽ', 'sẻ'],
    ['để', 'đề'],
    ['mới', 'mọi'],
    ['gần', 'gân'],
    ['hơn', 'hòn'],
    ['từ', 'tự'],
    ['không', 'khống'],
    ['còn', 'côn'],
    ['nếu', 'nêu'],
    ['sắp', 'sáp'],
  ])('the cue "%s" is kept apart from "%s"', (cue, other) => {
    const folded = foldLetters(cue);
    expect(fold(cue)).toBe(folded);
    expect(fold(cue.toUpperCase())).toBe(folded);
    expect(fold(other)).not.toBe(folded);
    expect(fold(other).toLowerCase()).toBe(folded);
    expect(fold(`việc ${other} này`)).not.toContain(folded);
  });

  test('"chờ" waits, "cho" gives, "chỗ" is a place', () => {
    expect(fold('chờ')).toBe('cho');
    expect(fold('cho')).not.toBe('cho');
    expect(fold('chỗ')).not.toBe('cho');
  });

  test('a cue without its marks is taken as the cue, but for "cho"', () => {
    for (const plain of ['chua', 'da', 'dang', 'se', 'moi', 'khong', 'con']) expect(fold(plain)).toBe(plain);
  });

  test('a word that only begins as a cue is not touched', () => {
    expect(fold('chứa đủ')).toBe('Chua du');
    expect(fold('chuẩn hóa')).toBe('chuan hoa');
    expect(fold('dân')).toBe('dan');
  });

  test('any text: the same length, and nothing but letters changes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = fold(text);
        expect(folded.length).toBe(text.length);
        for (let at = 0; at < text.length; at++)
          if (!/\p{L}/u.test(text.charAt(at))) expect(folded.charAt(at)).toBe(text.charAt(at));
      }),
      check,
    );
  });

  test('any text: folding letters keeps the length, has one case, and folding again changes nothing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = foldLetters(text);
        expect(folded.length).toBe(text.length);
        expect(foldLetters(folded)).toBe(folded);
      }),
      check,
    );
  });
});

describe('clean', () => {
  test.each([
    ['Phu\u0323 lu\u0323c', 'Phụ lục'],
    ['một\u00a0hai\u2003ba\tbốn', 'một hai ba bốn'],
    ['một\r\nhai\rba', 'một\nhai\nba'],
    ['nu\u0000l\u0007 v\u200bà\u202e ngược\ufeff', 'nul và ngược'],
    ['soft\u00adhyphen', 'softhyphen'],
    ['“ngoặc” – gạch', '“ngoặc” – gạch'],
  ])('%j → %j', (text, cleaned) => {
    expect(clean(text)).toBe(cleaned);
  });

  test('any text: NFC, no control or direction characters, and clean already', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cleaned = clean(text);
        expect(cleaned).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
        expect(cleaned).toBe(clean(cleaned));
        expect(cleaned.normalize('NFC')).toBe(cleaned);
      }),
      check,
    );
  });
});
