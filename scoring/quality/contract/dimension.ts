/** Which of the four words a check belongs to, and which observation its rows count for. */
import type { Dimension, Test } from '../check.ts';
import type { OdcsRule } from './odcs.ts';
import type { ContractReport, Path } from './report.ts';

const OF_STANDARD: Readonly<Record<NonNullable<OdcsRule['dimension']>, Dimension>> = {
  accuracy: 'dung',
  consistency: 'dung',
  completeness: 'du',
  coverage: 'du',
  conformity: 'sach',
  uniqueness: 'sach',
  timeliness: 'song',
};
/** What `dimension` in customProperties may say. */
const OWN: Readonly<Record<string, Dimension>> = {
  dung: 'dung',
  du: 'du',
  sach: 'sach',
  song: 'song',
  accuracy: 'dung',
  completeness: 'du',
  cleanliness: 'sach',
  liveness: 'song',
};
const OF_KIND: Readonly<Record<Test['kind'], Dimension>> = {
  not_null: 'du',
  missing: 'du',
  requires: 'du',
  row_count: 'du',
  pattern: 'dung',
  length: 'dung',
  range: 'dung',
  multiple_of: 'dung',
  enum: 'dung',
  type: 'dung',
  compare: 'dung',
  rule: 'dung',
  sql: 'dung',
  future: 'dung',
  duplicate: 'sach',
  reference: 'sach',
  freshness: 'song',
  retention: 'song',
  gap: 'song',
};
/** Rules about how a value is written, not about what it says. */
const OF_WRITING = new Set([
  'nfc',
  'windows-1258',
  'legacy-encoding',
  'broken-utf8',
  'lookalike-letters',
  'invisible-characters',
  'ambiguous-number',
  'name-casing',
  'spacing',
]);

export function dimensionOf(test: Test, rule: OdcsRule | undefined, path: Path, report: ContractReport): Dimension {
  for (const [i, { property, value }] of (rule?.customProperties ?? []).entries()) {
    if (property !== 'dimension' && property !== 'scoreDimension') continue;
    const own = OWN[String(value)];
    if (own !== undefined) return own;
    report.error(
      [...path, 'customProperties', i, 'value'],
      'bad-dimension',
      `"${String(value)}" is not a dimension`,
      'valid: dung, du, sach, song',
    );
  }
  if (rule?.dimension !== undefined) return OF_STANDARD[rule.dimension];
  if (test.kind === 'rule' && OF_WRITING.has(test.rule)) return 'sach';
  return OF_KIND[test.kind];
}

/** The attribute of `quality.*` a check counts for, of the vocabulary in attributes.yaml. */
export function attributeOf(test: Test, dimension: Dimension): string | null {
  if (dimension === 'song') return 'quality.freshness';
  if (test.kind === 'row_count') return null;
  if (dimension === 'du') return test.kind === 'sql' ? null : 'quality.mandatory';
  if (dimension === 'sach') {
    if (test.kind === 'duplicate') return 'quality.unique_key';
    return test.kind === 'reference' ? 'quality.reference' : 'quality.standard_form';
  }
  const crosses =
    test.kind === 'compare' || test.kind === 'sql' || (test.kind === 'rule' && Object.keys(test.columns).length > 1);
  return crosses ? 'quality.cross_field' : 'quality.validity';
}
