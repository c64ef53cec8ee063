/** What status texts name things by: units that are records, words for criteria. */
import type { Attributes } from '../../../config/schema/attributes.ts';
import { foldLetters } from '../language/fold.ts';
import type { CriterionWords } from './not-fitting.ts';

/** Words by which criteria are named in status texts, folded: attribute → phrases. */
export function criterionWords(attributes: Attributes): CriterionWords {
  return Object.entries(attributes.attributes)
    .filter(([, definition]) => definition.said_as.length > 0)
    .map(([attribute, definition]) => [attribute, definition.said_as.map(foldLetters)] as const);
}

/** @returns folded spelling → spelling, longest first, so that the longest unit that fits is found first */
export function knownUnits(attributes: Attributes): readonly (readonly [string, string])[] {
  return (attributes.unit_classes.record ?? [])
    .map((unit) => [foldLetters(unit), unit] as const)
    .sort((a, b) => b[0].length - a[0].length);
}
