import { describe, expect, test } from 'vitest';
import { complement, unicodeProperty, union } from '../../../scoring/quality/code-points.ts';
import { PatternRefused, parsePattern } from '../../../scoring/quality/pattern.ts';
import { fixedSets, lengthOf, toAre, toGlob, toRe2 } from '../../../scoring/quality/pattern-text.ts';

describe('what another engine could answer otherwise is refused', () => {
  test.each([
    ['(?=a)b', 'look-ahead'],
    ['a(?!b)', 'look-ahead'],
    ['(?<=a)b', 'look-behind'],
    ['(?<!a)b', 'look-behind'],
    ['(a)\\1', 'a back reference'],
    ['(?<x>a)\\k<x>', 'a back reference'],
    ['(?<1>a)', 'a bad name of a group'],
    ['(?<>a)', 'a bad name of a group'],
    ['(?<x>a)(?<x>b)', 'two groups of one name'],
    ['(?<x>a)|(?<x>b)', 'two groups of one name'],
    ['(?i:a)', 'a modifier'],
    ['(?i)a', 'a modifier'],
    ['a**', 'nothing to repeat'],
    ['*a', 'nothing to repeat'],
    ['^*', 'nothing to repeat'],
    ['a{2,1}', 'numbers out of order in { }'],
    ['a{', 'an open { that is no quantifier'],
    ['(a', 'an open ('],
    ['a)', 'unmatched )'],
    ['[a', 'an open ['],
    ['[z-a]', 'a range out of order'],
    ['[\\d-z]', 'a range between sets'],
    ['[^\\s\\S]', 'a set with nothing in it'],
    ['\\q', 'an unknown escape'],
    ['\\p{Nonsense}', 'an unknown Unicode property'],
    ['\\ud800', 'a code that is no character'],
    ['a{2000}', 'more than 1000 repeats'],
    ['((a{1000}){1000}){1000}', 'its repeats multiply to too much'],
    ['('.repeat(200) + ')'.repeat(200), 'nested too deep'],
    ['a'.repeat(20_000), 'too long'],
  ])('%s', (source, reason) => {
    expect(() => parsePattern(source)).toThrow(PatternRefused);
    try {
      parsePattern(source);
    } catch (error) {
      expect((error as PatternRefused).reason).toBe(reason);
    }
  });

  test('a word boundary is said to RE2, not to PostgreSQL', () => {
    expect(toRe2(parsePattern('\\bx'))).toBe('\\bx');
    expect(() => toAre(parsePattern('\\bx'))).toThrow(PatternRefused);
  });

  test('repeats beyond what PostgreSQL counts', () => {
    expect(toRe2(parsePattern('a{300}'))).toBe('a{300,300}');
    expect(() => toAre(parsePattern('a{300}'))).toThrow(PatternRefused);
  });
});

describe('written for an engine', () => {
  test.each([
    ['^[0-9]{12}$', '\\A[0-9]{12,12}\\z', '***:\\A[0-9]{12,12}\\Z'],
    ['\\d', '[0-9]', '***:[0-9]'],
    ['a|b', 'a|b', '***:a|b'],
    ['x(a|b)y', 'x(?:a|b)y', '***:x(?:a|b)y'],
    ['[\\s\\S]', '(?s:.)', '***:.'],
    ['a+?', 'a{1,}', '***:a{1,}'],
    ['\\u{1F600}', '\\x{1f600}', '***:\\U0001f600'],
  ])('%s', (source, re2, are) => {
    expect(toRe2(parsePattern(source))).toBe(re2);
    expect(toAre(parsePattern(source))).toBe(are);
  });

  test('a whole match holds all branches', () => {
    expect(toRe2(parsePattern('a|b'), true)).toBe('\\A(?:a|b)\\z');
  });

  test('GLOB only for ASCII sets one after the other', () => {
    const glob = (source: string, whole = false): string | undefined => {
      const sets = fixedSets(parsePattern(source), whole);
      return sets === undefined ? undefined : toGlob(sets);
    };
    expect(glob('^0[35789][0-9]{3}$')).toBe('0[35789][0-9][0-9][0-9]');
    expect(glob('[0-9]{2}/[0-9]', true)).toBe('[0-9][0-9]/[0-9]');
    expect(glob('[0-9]{2}')).toBeUndefined();
    expect(glob('^[0-9]{1,2}$')).toBeUndefined();
    expect(glob('^[^a]$')).toBeUndefined();
    expect(glob('^\\*$')).toBeUndefined();
    expect(glob('^a|b$')).toBeUndefined();
  });
});

test('lengths', () => {
  expect(lengthOf(parsePattern('^a{2,3}(b|cd)$'))).toEqual({ min: 3, max: 5 });
  expect(lengthOf(parsePattern('a*'))).toEqual({ min: 0, max: null });
});

test('sets', () => {
  expect(union([[1, 3]], [[4, 5]])).toEqual([[1, 5]]);
  expect(complement(complement([[65, 90]]))).toEqual([[65, 90]]);
  expect(unicodeProperty('Nd')?.[0]).toEqual([48, 57]);
});
