/** How many criteria of the Bộ Công an checklist are met: "n/m tiêu chí" in its many wordings. */
import type { Clause } from '../language/sentences.ts';
import type { Fact, Reading, RuleContext } from './fact.ts';
import { moodAt } from './mood.ts';
import { factBase, refusal } from './predicate.ts';

const ITEM = '(?:tieu chi|chi tieu|tc)\\b';
const OF = '(?:\\/|tren(?: tong so)?|trong(?: tong so| so)?|tong so)';
const N = '(\\d{1,3})';
/** [pattern, what the first number counts] */
const FORMS: readonly RegExp[] = [
  new RegExp(`(?<![\\d/.,])${N} ?${OF} ?${N}\\s*${ITEM}`, 'g'),
  new RegExp(`(?<![\\d/.,])${N} ${ITEM}[^,;.\\d]{0,30}?${OF} ?(?:so )?${N}(?!\\d)`, 'g'),
  new RegExp(`${ITEM}[^;.\\d]{0,60}?(?<![\\d/.,])${N} ?${OF} ?${N}(?![\\d/])`, 'g'),
];
const MISSING = /\b(?:con(?: lai)?|chua|thieu|khong)\b[^,;\d]{0,30}$/;
const MISSING_AFTER = /^[^,;.\d]{0,30}\bchua\b/;
/** Criteria of something else than a database. */
const OTHER_LIST = /nong thon moi|do thi|tieu chi ve thu nhap|xa dat|giam ngheo|ket qua (?:chuyen doi so|cai cach)/;

export function readChecklist(clause: Clause, context: RuleContext): Reading {
  const lower = clause.folded.toLowerCase();
  const reading: Reading = { facts: [], refusals: [] };
  if (OTHER_LIST.test(lower)) return reading;
  for (const form of FORMS) {
    for (const match of lower.matchAll(form)) {
      const start = match.index ?? 0;
      const at = { start, end: start + match[0].length };
      const [first, total] = [Number(match[1]), Number(match[2])];
      if (total === 0 || first > total) {
        reading.refusals.push(refusal('impossible_ratio', `${first} of ${total} criteria`, at));
        continue;
      }
      const missing = MISSING.test(lower.slice(0, start)) || MISSING_AFTER.test(lower.slice(at.end));
      const mood = moodAt(clause, start, context.stated);
      if (mood === 'hypothetical' || mood === 'intended' || mood === 'requested' || mood === 'purpose') {
        reading.refusals.push(refusal(mood, 'a count of criteria that is not said to be reached', at));
        continue;
      }
      reading.facts.push(fact(clause, at, missing ? total - first : first, total));
    }
    if (reading.facts.length > 0 || reading.refusals.length > 0) return reading;
  }
  const lacking = new RegExp(`\\b(?:con(?: lai)?|thieu) ${N} ${ITEM}`).exec(lower);
  if (lacking !== null) {
    const at = { start: lacking.index, end: lacking.index + lacking[0].length };
    reading.refusals.push(refusal('no_total', 'criteria not met are counted, the total is not said', at));
  }
  return reading;
}

function fact(clause: Clause, at: { start: number; end: number }, met: number, total: number): Fact {
  return {
    ...factBase(clause, at, 'done'),
    attribute: 'checklist.met',
    value_number: met,
    value_total: total,
    confidence: 0.98,
  };
}
