import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_PATTERNS } from '../../../scoring/quality/days.ts';
import { parsePattern } from '../../../scoring/quality/pattern.ts';
import { anywhere, sizeOf, verdictOver } from '../../../scoring/quality/pattern-language.ts';
import { PATTERNS, reference } from '../../support/quality-forms.ts';
import { hostileShapes, hostileText } from '../../support/quality-texts.ts';

describe('what one pattern says of the texts of another', () => {
  test.each([
    ['[0-9]{12}', '[0-9]+', true],
    ['[0-9]+', '[0-9]{12}', undefined],
    ['[0-9]{10}', '[0-9]{9}[0-9X]', true],
    ['[0-9]{12}', '\\s*', false],
    ['[0-9]*', '\\s*', undefined],
    ['0[35789][0-9]{8}', '(?:03|05|07|08|09)(?:.|\\n)*', true],
    ['a|b', '[a-c]', true],
    ['a*b', '(a*)*b', true],
    ['^a$', 'a', true],
    ['a^b', 'c', undefined],
    ['(a|b)*', '(a*|b)*', true],
    ['(ab)*', '(a|b)*', true],
    ['(a|b)*', '(ab)*', undefined],
    ['a{2,3}', 'a{1,4}', true],
    ['a{2,5}', 'a{1,4}', undefined],
    ['a{5,}', 'a{1,4}', false],
    [DAY_PATTERNS.iso, '[0-9]{4}-[0-9]{2}-[0-9]{2}', true],
    [DAY_PATTERNS.vietnamese_padded, DAY_PATTERNS.vietnamese, true],
    [DAY_PATTERNS.vietnamese_padded, '.{10}', true],
    ['\\bx', 'x', undefined],
    ['x{500}', '(x?){500}', undefined],
  ])('%s, of %s: %s', (texts, question, verdict) => {
    expect(verdictOver(parsePattern(texts), parsePattern(question))).toBe(verdict);
  });

  test('never against what JavaScript says of any text', () => {
    const trees = PATTERNS.flatMap((pattern) => {
      const node = parsePattern(pattern);
      return [
        { pattern, whole: false, node: anywhere(node) },
        { pattern, whole: true, node },
      ];
    });
    const verdicts = trees.flatMap((texts) =>
      trees.map((asked) => ({ texts, asked, verdict: verdictOver(texts.node, asked.node) })),
    );
    expect(verdicts.filter(({ verdict }) => verdict !== undefined).length).toBeGreaterThan(200);
    fc.assert(
      fc.property(fc.array(hostileText(), { maxLength: 20 }), (random) => {
        for (const text of [...random, ...hostileShapes]) {
          const says = new Map(trees.map((tree) => [tree, reference(tree.pattern, tree.whole, text)]));
          for (const { texts, asked, verdict } of verdicts)
            if (verdict !== undefined && says.get(texts))
              expect(says.get(asked), `${texts.pattern} ${asked.pattern} ${JSON.stringify(text)}`).toBe(verdict);
        }
      }),
      { numRuns: 10 },
    );
  });

  test('what accepts fewer is smaller', () => {
    const sizes = ['1|2', '[0-9]{3}', '[0-9]{3}|[a-z]{9}', '[0-9]*'].map((one) => sizeOf(parsePattern(one)));
    expect([...sizes].sort((a, b) => a - b)).toEqual(sizes);
  });
});
