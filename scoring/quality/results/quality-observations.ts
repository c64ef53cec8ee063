/**
 * Measured rules → ratios for the indicators: rows that are right, of rows asked, over the rules of severity error. One rule
 * without an answer, and its attribute says nothing tonight: half an answer would read as a whole one.
 */
import type { MeasuredRule } from './measured-rule.ts';

export interface QualityRatio {
  readonly attribute: string;
  readonly numerator: number;
  readonly denominator: number;
  /** How many rules went into it. */
  readonly rules: number;
}

export interface QualityRatios {
  readonly ratios: readonly QualityRatio[];
  /** Attributes of which nothing is said, because a rule of theirs has no answer. */
  readonly silent: readonly string[];
}

export function qualityRatios(rules: readonly MeasuredRule[]): QualityRatios {
  const groups = new Map<string, MeasuredRule[]>();
  const put = (attribute: string, rule: MeasuredRule): void => {
    groups.set(attribute, [...(groups.get(attribute) ?? []), rule]);
  };
  for (const rule of rules) {
    if (rule.result.severity !== 'error') continue;
    if (rule.attribute !== null) put(rule.attribute, rule);
    if (rule.field?.isIdentifier === true && rule.criterion !== 'song') put('quality.identifier', rule);
  }
  const ratios: QualityRatio[] = [];
  const silent: string[] = [];
  for (const [attribute, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (group.some(({ numerator, denominator }) => numerator === null || denominator === null)) silent.push(attribute);
    else
      ratios.push({
        attribute,
        numerator: group.reduce((sum, rule) => sum + (rule.numerator ?? 0), 0),
        denominator: group.reduce((sum, rule) => sum + (rule.denominator ?? 0), 0),
        rules: group.length,
      });
  }
  return { ratios, silent };
}
