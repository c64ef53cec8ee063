/** The units of the vocabulary that are records, as the readers of amounts look them up. */
import type { Attributes } from '../../../config/schema/attributes.ts';
import { foldLetters } from '../language/fold.ts';

/** @returns folded spelling → spelling, longest first, so that the longest unit that fits is found first */
export function knownUnits(attributes: Attributes): readonly (readonly [string, string])[] {
  return (attributes.unit_classes.record ?? [])
    .map((unit) => [foldLetters(unit), unit] as const)
    .sort((a, b) => b[0].length - a[0].length);
}
