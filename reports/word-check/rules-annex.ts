/** Rules of annexes: how they are numbered and headed, and that the report refers to each. */
import type { ReadDocument } from './reading.ts';
import {
  annexes,
  type CheckWords,
  type Flaw,
  flawed,
  isAnnexName,
  isCapitals,
  isSet,
  lookOf,
  NOT_APPLICABLE,
  type Rule,
  texts,
} from './rule.ts';

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'];

function nameOf(section: ReadDocument['sections'][number]): string {
  return texts(section)[0]?.text.trim() ?? '';
}

/** A rule that speaks of annexes says nothing of a report without one. */
function ofAnnexes(
  check: (found: ReadDocument['sections'], document: ReadDocument, words: CheckWords) => Flaw[],
): Rule['check'] {
  return (document, words) => {
    const found = annexes(document, words);
    return found.length === 0 ? NOT_APPLICABLE : check(found, document, words);
  };
}

export const ANNEX_RULES: readonly Rule[] = [
  {
    id: 'annex-apart',
    basis: 'annex I, part III.1',
    check: (document, words) => {
      const inside = document.sections
        .flatMap((section) => texts(section).slice(1))
        .filter((one) => isAnnexName(one.text.trim(), words));
      return [
        ...flawed(
          inside,
          'an annex begins a section, so that its pages count from 1',
          () => false,
          () => 'an annex inside a section',
        ),
        ...document.sections.slice(1).flatMap((section, index) =>
          isAnnexName(nameOf(section), words)
            ? []
            : [
                {
                  where: `section ${index + 2}`,
                  found: nameOf(section).slice(0, 40),
                  expected: `"${words.annex} …" on its first line`,
                },
              ],
        ),
      ];
    },
  },
  {
    id: 'annex-number',
    basis: 'annex I, part III.1',
    check: ofAnnexes((found, _document, words) => {
      const expected = found.map((_, index) =>
        found.length === 1 ? words.annex : `${words.annex} ${ROMAN[index] ?? ''}`,
      );
      return [
        ...found.flatMap((section, index) =>
          nameOf(section) === expected[index]
            ? []
            : [{ where: `annex ${index + 1}`, found: nameOf(section), expected: expected[index] ?? '' }],
        ),
        ...flawed(
          found.flatMap((section) => texts(section).slice(0, 1)),
          '14 pt bold, centred',
          (one) => isSet(one, 14, 14, true, false) && one.align === 'center',
          lookOf,
        ),
      ];
    }),
  },
  {
    id: 'annex-title',
    basis: 'annex I, part III.1',
    check: ofAnnexes((found) =>
      flawed(
        found.flatMap((section) => texts(section).slice(1, 2)),
        'capitals, 13–14 pt bold, centred',
        (one) => isSet(one, 13, 14, true, false) && one.align === 'center' && isCapitals(one.text),
        lookOf,
      ),
    ),
  },
  {
    id: 'annex-attached',
    basis: 'annex I, part III.1',
    check: ofAnnexes((found, _document, words) =>
      found.flatMap((section, index) => {
        const line = texts(section).find((one) => one.text.startsWith(words.attached));
        return line === undefined
          ? [{ where: `annex ${index + 1}`, found: 'no reference to the report', expected: `"${words.attached} …)"` }]
          : flawed(
              [line],
              '13–14 pt italic, centred',
              (one) => isSet(one, 13, 14, false, true) && one.align === 'center',
              lookOf,
            );
      }),
    ),
  },
  {
    id: 'annex-referred',
    basis: 'annex I, part III.1',
    check: ofAnnexes((found, document) => {
      const body = texts(document.sections[0])
        .map((one) => one.text)
        .join('\n');
      return found
        .map(nameOf)
        .filter((name) => !new RegExp(`${name}(?![IVX])`, 'u').test(body))
        .map((name) => ({
          where: 'body',
          found: `no reference to ${name}`,
          expected: 'the body refers to every annex',
        }));
    }),
  },
];
