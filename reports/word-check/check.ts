/**
 * The check of a Word report against the layout of Nghị định 30/2020/NĐ-CP: every rule with its outcome.
 * Rule: it reads the file only, so that it speaks as well of a report a person has changed.
 */
import type { Labels } from '../../config/labels.ts';
import { readDocx } from './reading.ts';
import { checkWords, type Flaw, NOT_APPLICABLE, type Rule } from './rule.ts';
import { ANNEX_RULES } from './rules-annex.ts';
import { BODY_RULES } from './rules-body.ts';
import { HEAD_RULES } from './rules-head.ts';
import { PAGE_RULES } from './rules-page.ts';

export interface Verdict {
  readonly rule: string;
  readonly basis: string;
  readonly outcome: 'pass' | 'fail' | 'not_applicable';
  readonly flaws: readonly Flaw[];
}

export const LAYOUT_RULES: readonly Rule[] = [...PAGE_RULES, ...HEAD_RULES, ...BODY_RULES, ...ANNEX_RULES];

/**
 * @param parts path → text of the parts of a .docx file
 * @throws Fault `report/not-word`
 */
export function checkReport(parts: ReadonlyMap<string, string>, labels: Labels): Verdict[] {
  const document = readDocx(parts);
  const words = checkWords(labels);
  return LAYOUT_RULES.map(({ id, basis, check }) => {
    const flaws = check(document, words);
    if (flaws === NOT_APPLICABLE) return { rule: id, basis, outcome: 'not_applicable', flaws: [] };
    return { rule: id, basis, outcome: flaws.length === 0 ? 'pass' : 'fail', flaws };
  });
}
