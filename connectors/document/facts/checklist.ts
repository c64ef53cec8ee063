/** How many criteria of the Bộ Công an checklist are met: "n/m tiêu chí" in its many wordings. */
import type { Clause } from '../language/sentences.ts';
import { eventDay } from './event-day.ts';
import type { Fact, Reading, RuleContext } from './fact.ts';
import { moodAt } from './mood.ts';
import { factBase, refusal } from './predicate.ts';

const ITEM = '(?:tieu chi|chi tieu|tc)\\b';
const OF = '(?:\\/|tren(?: tong so)?|trong(?: tong so| so)?|tong so)';
const N = '(\\d{1,3})';
/** [pattern, what the first number counts] */
const FORMS: readonly RegExp[] = [
  new RegExp(`(?<![\\d/.,])${N} ?${OF} ?${N}(?:\\s?\\([\\d.,]{1,5} ?%\\))?\\s*${ITEM}`, 'g'),
  new RegExp(`(?<![\\d/.,])${N} ${ITEM}[^,;.\\d]{0,30}?${OF} ?(?:so )?${N}(?!\\d)`, 'g'),
  new RegExp(`${ITEM}[^;.\\d]{0,60}?(?<![\\d/.,])${N} ?${OF} ?${N}(?![\\d/])`, 'g'),
];
const MISSING = /\b(?:con(?: lai)?|chua|thieu|khong)\b[^,;(\d]{0,30}$/;
/** "(kỳ trước: 12/19)": a figure to compare with. */
const EARLIER = /\b(?:ky|thang|quy|tuan|lan|dot|bao cao|nam) truoc\b[^,;.\d]{0,25}$/;
/** "chưa đạt tiêu chí nào trong 19 tiêu chí". */
const NOT_ONE = new RegExp(
  `\\b(?:chua|khong) (?:dat|hoan thanh|dap ung)(?: duoc)? (?:mot )?${ITEM} nao\\b(?:[^;.\\d]{0,25}?(\\d{1,3}) (?:tieu chi|chi tieu))`,
);
const MISSING_AFTER = /^[^,;.\d]{0,30}\bchua\b/;
/** A review of all criteria is no result; how many are met stands after it. */
const REVIEWED =
  /\b(?:ra soat|tu danh gia|tu cham|doi chieu|xem xet)\b[^,;]{0,20}?(\d+) ?\/ ?(\d+) (?:tieu chi|chi tieu)/;
const TOTAL_APART =
  /\b(?:trong|tren|tong so|tong cong|bo)(?: tong so| so)?(?: ca)? (\d{1,3}) (?:tieu chi|chi tieu)|\d+ ?\/ ?(\d{1,3}) (?:tieu chi|chi tieu)/;
const REACHED =
  /\b(dat(?: duoc)?|hoan thanh|dap ung(?: duoc)?|con(?: lai)?|thieu|chua dat|chua hoan thanh|co)\s+(?:duoc )?(\d{1,3})(?! ?[/\d])(?: (?:tieu chi|chi tieu))?/;
/** "…, nay là 7/19": the figure that holds now. */
const NOW =
  '(?:den nay|hien nay|hien tai|nay|hien)(?: moi)?(?: la| dat| da dat| duoc| dat duoc)? (\\d{1,3}) ?\\/ ?(\\d{1,3})\\b';
const SINCE = new RegExp(`,\\s*${NOW}`);
const OPENS_NOW = new RegExp(`^\\W*${NOW}`);
/** Criteria of something else than a database. */
const OTHER_LIST = /nong thon moi|do thi|tieu chi ve thu nhap|xa dat|giam ngheo|ket qua (?:chuyen doi so|cai cach)/;

export function readChecklist(clause: Clause, context: RuleContext): Reading {
  const lower = clause.lower;
  const reading: Reading = { facts: [], refusals: [] };
  if (OTHER_LIST.test(lower)) return reading;
  const review = REVIEWED.exec(lower);
  const reviewed = review !== null && review[1] === review[2];
  for (const form of reviewed ? [] : FORMS) {
    for (const match of lower.matchAll(form)) {
      const start = match.index ?? 0;
      const at = { start, end: start + match[0].length };
      const [first, total] = [Number(match[1]), Number(match[2])];
      if (total === 0 || first > total) {
        reading.refusals.push(refusal('impossible_ratio', `${first} of ${total} criteria`, at));
        continue;
      }
      if (EARLIER.test(lower.slice(0, start))) {
        reading.refusals.push(refusal('earlier', 'a figure of an earlier report', at));
        continue;
      }
      const missing = (first > 0 && MISSING.test(lower.slice(0, start))) || MISSING_AFTER.test(lower.slice(at.end));
      const mood = moodAt(clause, start, context.stated);
      if (mood === 'hypothetical' || mood === 'intended' || mood === 'requested' || mood === 'purpose') {
        reading.refusals.push(refusal(mood, 'a count of criteria that is not said to be reached', at));
        continue;
      }
      reading.facts.push(fact(clause, at, missing ? total - first : first, total));
    }
    if (reading.facts.length > 0 || reading.refusals.length > 0) return withNow(reading, clause, lower, context);
  }
  if (clause.sentence.labelled && clause.index === 0 && /\b(?:tieu chi|chi tieu)\b/.test(clause.sentence.label)) {
    const bare = /^\W*(?:dat |hoan thanh )?(\d{1,3}) ?\/ ?(\d{1,3})(?![\d/])/.exec(lower);
    if (bare !== null && Number(bare[1]) <= Number(bare[2])) {
      const at = { start: 0, end: bare[0].length };
      return { facts: [fact(clause, at, Number(bare[1]), Number(bare[2]))], refusals: [] };
    }
  }
  // "… tiêu chí … (đã đủ 19/19)": a bracket that gives the figures.
  const bracket = /^\W*(?:da )?(?:du|dat|hoan thanh)?\s*(\d{1,3}) ?\/ ?(\d{1,3})\W*$/.exec(lower);
  if (bracket !== null && clause.index > 0 && /\b(?:tieu chi|chi tieu)\b/.test(clause.sentence.folded)) {
    const [met, all] = [Number(bracket[1]), Number(bracket[2])];
    if (met <= all && all > 0)
      return { facts: [fact(clause, { start: 0, end: lower.length }, met, all)], refusals: [] };
  }
  const both =
    /(?<![\d/])(\d{1,3}) (?:tieu chi|chi tieu)[^.;\d]{0,25}(?<![\d/])(\d{1,3}) (?:tieu chi|chi tieu)? ?(?:con lai|chua|dang|khac)/.exec(
      clause.sentence.lower.slice(clause.start - clause.sentence.start),
    );
  if (
    both !== null &&
    both.index < lower.length &&
    /\b(?:dat|xong|hoan thanh|dap ung)\b[^,;.\d]{0,12}$/.test(lower.slice(0, both.index))
  ) {
    const at = { start: both.index, end: Math.min(lower.length, both.index + both[0].length) };
    return { facts: [fact(clause, at, Number(both[1]), Number(both[1]) + Number(both[2]))], refusals: [] };
  }
  const since = SINCE.exec(lower) ?? OPENS_NOW.exec(lower);
  if (since !== null && /\b(?:tieu chi|chi tieu)\b/.test(clause.sentence.folded)) {
    const at = { start: since.index, end: since.index + since[0].length };
    return { facts: [fact(clause, at, Number(since[1]), Number(since[2]))], refusals: [] };
  }
  const none = NOT_ONE.exec(lower);
  if (none !== null) {
    const at = { start: none.index, end: none.index + none[0].length };
    return { facts: [fact(clause, at, 0, Number(none[1]))], refusals: [] };
  }
  const apart = totalApart(clause);
  if (apart !== null) return { facts: [apart], refusals: [] };
  const lacking = new RegExp(`\\b(?:con(?: lai)?|thieu) ${N} ${ITEM}`).exec(lower);
  if (lacking !== null) {
    const at = { start: lacking.index, end: lacking.index + lacking[0].length };
    reading.refusals.push(refusal('no_total', 'criteria not met are counted, the total is not said', at));
  }
  return reading;
}

/** "Ngày 30/9 đạt 4/19 tiêu chí, nay là 7/19": both are said, each of its own day. */
function withNow(reading: Reading, clause: Clause, lower: string, context: RuleContext): Reading {
  const day = eventDay(clause, context.stated);
  const now = SINCE.exec(lower);
  const dated = day === null ? reading.facts : reading.facts.map((known) => ({ ...known, observed_at: day }));
  if (now === null) return { ...reading, facts: dated };
  const at = { start: now.index, end: now.index + now[0].length };
  return { ...reading, facts: [...dated, fact(clause, at, Number(now[1]), Number(now[2]))] };
}

/** "Trong 19 tiêu chí, còn 6 tiêu chí chưa đạt", "rà soát 19/19 tiêu chí, trong đó đạt 8": the total stands apart. */
function totalApart(clause: Clause): Fact | null {
  const sentence = clause.sentence.lower;
  const total = TOTAL_APART.exec(sentence);
  if (total === null) return null;
  const lower = clause.lower;
  const from = Math.max(0, total.index + total[0].length - (clause.start - clause.sentence.start));
  const reached = REACHED.exec(lower.slice(from));
  if (reached === null) return null;
  const [all, count] = [Number(total[1] ?? total[2]), Number(reached[2])];
  if (count > all) return null;
  const after = lower.slice(from + reached.index + reached[0].length);
  const missing = /^(?:con|thieu|chua)/.test(reached[1] ?? '') || MISSING_AFTER.test(after);
  const at = { start: from + reached.index, end: from + reached.index + reached[0].length };
  return fact(clause, at, missing ? all - count : count, all);
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
