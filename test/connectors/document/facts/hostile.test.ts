/** Texts that nobody writes, or that somebody writes on purpose: reading ends soon and never throws. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clean } from '../../../../connectors/document/language/fold.ts';
import { SEED } from '../../../support/generated.ts';
import { anyText, pieced } from '../language/texts.ts';
import { read, STATED } from './status-cases.ts';

const MEGABYTE = 1_000_000;
/** `piece` again and again up to about `length` characters. */
const long = (piece: string, length: number = MEGABYTE): string => piece.repeat(Math.ceil(length / piece.length));

/** A bound, not a speed: what is quadratic takes minutes on a megabyte. */
const LIMIT = 2000;

/** Read in a time that grows with the length. */
const TEXTS: Readonly<Record<string, string>> = {
  'a megabyte of one word': long('đồng bộ '),
  'a megabyte of one letter': long('a'),
  '100 000 commas': long(',', 100_000),
  '100 000 commas with blanks': long(', ', 200_000),
  '100 000 semicolons': long('; ', 200_000),
  '100 000 opening brackets': long('(', 100_000),
  '100 000 line breaks': long('\n', 100_000),
  '100 000 bullets': long('- ', 200_000),
  '100 000 slashes': long('1/', 200_000),
  'a number of 133 000 groups': `1${long('.234', 400_000)}`,
  'many days': long('ngày 12/5/2030 ', 200_000),
  'many cues': long('chưa không đã sẽ để nếu ', 300_000),
  'lone surrogates': long('\ud83d đã \ude00', 200_000),
  emoji: long('😀👨‍👩‍👧 ', 200_000),
  'combining marks': `e${long('\u0301', 100_000)}`,
  'many names': long('CSDL quản lý trẻ em và CSDL người khuyết tật ', 300_000),
};

/** Within a sentence the time of these grows faster than the length; a sentence too long for anybody is refused. */
const DENSE: Readonly<Record<string, string>> = {
  'a megabyte without a point': long('đã kết nối dữ liệu với C12 và đang làm sạch hồ sơ '),
  'a megabyte of sentences': long('Đã kết nối với C12. '),
  'a megabyte of labels': long('Kết nối C12: '),
  '100 000 clauses': long('đã nhập, ', 900_000),
  'nested brackets': `${long('(đã ', 200_000)}${long(')', 50_000)}`,
  '100 000 points': long('.', 100_000),
  '100 000 ratios': long('8/15 ', 500_000),
  '100 000 digits': long('7', 100_000),
  'a megabyte of numbers': long('1.234.567 hồ sơ '),
  'a megabyte of blanks': `đã${long(' ')}kết nối với C12`,
  'right to left': long('\u202eđã kết nối\u202c ', 200_000),
  'null characters': long('đã\u0000kết nối\u0000', 200_000),
  'short forms': long('K/n PM XD ĐB ', 300_000),
};
/** Just below what a whole text may have: its sentences are cut and looked at one by one. */
const WHOLE = 59_000;

/** Milliseconds of work, whatever else the machine does meanwhile. */
function timed(text: string): number {
  const before = process.cpuUsage();
  read(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('texts of great length', () => {
  test.each(Object.entries(TEXTS))('%s', (_, text) => {
    expect(timed(text)).toBeLessThan(LIMIT);
  });

  test.each(Object.entries(DENSE))('%s', (_, text) => {
    expect(timed(text)).toBeLessThan(LIMIT);
    expect(timed(text.slice(0, WHOLE))).toBeLessThan(LIMIT);
  });

  test('a sentence of more than 2 500 characters is refused by itself, a text of more than 60 000 as a whole', () => {
    const said = 'Đã kết nối 2 chiều với C12.';
    const long = `Đã kết nối ${'rất '.repeat(700)}tốt.`;
    const { facts, refusals } = read(`${said} ${long}`);
    expect(facts.map(({ attribute }) => attribute)).toEqual(['c12.connection']);
    expect(refusals.map(({ refusal }) => refusal.code)).toEqual(['too_long']);
    const whole = read(said.repeat(3000));
    expect([whole.facts.length, whole.refusals.map(({ refusal }) => refusal.code)]).toEqual([0, ['too_long']]);
  });
});

describe('any text', () => {
  const check = { seed: SEED, numRuns: 400 };

  test('is read without an error, and every fact stands in the text', () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 3, arbitrary: pieced }, anyText), (text) => {
        const { facts, refusals } = read(text);
        for (const fact of facts) {
          expect(fact.at >= 0 && fact.at < fact.to && fact.at <= text.length).toBe(true);
          expect(fact.quote.length).toBeLessThanOrEqual(300);
          expect(fact.confidence > 0 && fact.confidence <= 1).toBe(true);
          expect(fact.observed_at === undefined || fact.observed_at <= STATED).toBe(true);
        }
        for (const { at } of refusals) expect(at >= 0 && at <= text.length).toBe(true);
      }),
      check,
    );
  });

  test('says the same again', () => {
    fc.assert(
      fc.property(pieced, (text) => {
        expect(read(text)).toEqual(read(text));
      }),
      { ...check, numRuns: 100 },
    );
  });

  test('figures stay within what is written: a part is not more than its whole', () => {
    fc.assert(
      fc.property(pieced, (text) => {
        for (const fact of read(text).facts) {
          if (fact.value_total !== undefined) expect(fact.value_number).toBeLessThanOrEqual(fact.value_total);
          if (fact.value_low !== undefined) expect(fact.value_low).toBeLessThanOrEqual(fact.value_high ?? Number.NaN);
        }
      }),
      check,
    );
  });
});

test.each([
  ['marks as letters of their own', 'Đã kết nối 2 chiều với C12, đạt 8/15 tiêu chí.'.normalize('NFD')],
  [
    'control and direction characters',
    '\u202eĐã kết\u0000 nối 2\u00a0chiều với C12,\u200b đạt 8/15 tiêu\u00adchí.'.replace(
      'tiêu\u00adchí',
      'tiêu\u00ad chí',
    ),
  ],
])('%s change no fact once the text is cleaned', (_, text) => {
  const plain = (value: string): unknown[] =>
    read(value).facts.map(({ attribute, value_text, value_number, value_total }) => [
      attribute,
      value_text,
      value_number,
      value_total,
    ]);
  expect(plain(clean(text))).toEqual(plain('Đã kết nối 2 chiều với C12, đạt 8/15 tiêu chí.'));
});
