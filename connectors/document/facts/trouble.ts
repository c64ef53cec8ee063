/** What stands in the way, who is waited for, what was promised by when, and requests that were sent. */
import { parseDeadline } from '../language/dates.ts';
import type { Clause } from '../language/sentences.ts';
import { sinceDay, storyDay } from './event-day.ts';
import type { Fact, Reading, RuleContext } from './fact.ts';
import { factBase } from './predicate.ts';

const LACKS: readonly (readonly [string, RegExp])[] = [
  [
    'budget',
    /\b(?:chua|khong|thieu|kho khan(?: ve)?|vuong(?: mac)?(?: ve)?)\b[^,;.]{0,40}\b(?:kinh phi|von|ngan sach|nguon luc tai chinh)\b|\bkinh phi[^,;.]{0,30}\b(?:chua|khong|cham|han che|thieu)\b/,
  ],
  [
    'staff',
    /\b(?:thieu|chua co|khong du|kho khan(?: ve)?|han che(?: ve)?)\b[^,;.]{0,25}\b(?:nhan luc|nhan su|bien che|can bo (?:chuyen trach|ky thuat|cntt))\b|\b(?:nhan luc|nhan su)\b[^,;.]{0,40}\b(?:thieu|yeu|han che|mong)\b/,
  ],
  [
    'legal',
    /\bvuong(?: mac)?[^,;.]{0,20} quy dinh\b|\b(?:vuong mac|chua co|chua ban hanh|thieu)\b[^,;.]{0,40}\b(?:co che|quy dinh phap luat|hanh lang phap ly|co so phap ly|van ban huong dan|quy dinh huong dan|huong dan)\b|\bcac van ban huong dan[^,;.]{0,30} chua (?:duoc )?ban hanh\b/,
  ],
  [
    'technical',
    /\b(?:loi ky thuat|vuong mac (?:ve )?ky thuat|ha tang (?:chua dap ung|con yeu|chua bao dam|qua tai)|duong truyen[^,;.]{0,60}(?:chua (?:bao dam|dam bao|dap ung|on dinh|thong suot)|khong (?:bao dam|on dinh)|cham\b))\b/,
  ],
];
const WAITS =
  /\b(?:dang )?cho (?:phan hoi|y kien|van ban|tra loi|cho phep|phe duyet|ket noi|cap|huong dan|c12|c06|a05|bo cong an|dia phuong|cac dia phuong)\b|\b(?:phu thuoc (?:vao )?|vuong (?:o |tai )?)(?:c12|c06|a05)\b|\bse som co van ban tra loi\b/;
const HOLDERS: readonly (readonly [string, RegExp])[] = [
  ['a05', /\ba05\b|cuc an ninh mang/],
  ['c12', /\bc12\b|trung tam du lieu quoc gia/],
  ['c06', /\bc06\b|\bdan cu\b/],
  ['local', /\bdia phuong\b|\bcac tinh\b/],
];
const PROMISE =
  /\b(?:hoan thanh|hoan tat|xong|dua vao (?:van hanh|su dung|khai thac))\b[^,;.]{0,40}?\b(?:truoc|trong|vao|den|cham nhat)\b[^,;.]{0,12}?(?=(?:ngay|thang|quy|nam|\d{1,2}\/))/;
/** "Trong năm 2026, tiếp tục … hoàn thành": the period at the beginning is the deadline. */
const OPENING_PERIOD =
  /^(?:trong |den (?:het )?|truoc )?(?:nam|quy [ivx\d]+(?:\/| nam )|thang \d{1,2}(?:\/| nam )) ?20\d\d\b/;
const INNER = /\b(c12|c06)\b[^;.]{0,40}\bnoi bo\b[^;.]{0,30}\bdanh gia\b/;

export function readTrouble(clause: Clause, context: RuleContext): Reading {
  const lower = clause.lower;
  const facts: Fact[] = [];
  for (const [holder, pattern] of LACKS) {
    const match = pattern.exec(lower);
    if (match !== null) facts.push(blocker(clause, match, holder, null));
  }
  const inner = INNER.exec(lower);
  if (inner !== null)
    facts.push(
      blocker(clause, inner, /\ba05\b/.test(clause.sentence.lower) ? 'a05' : (inner[1] ?? 'other_agency'), null),
    );
  const waits = WAITS.exec(clause.folded);
  if (waits !== null && inner === null) {
    const near = /^se som/.test(waits[0]) ? clause.sentence.lower : lower.slice(waits.index, waits.index + 70);
    const holder = HOLDERS.find(([, pattern]) => pattern.test(near))?.[0];
    if (holder !== undefined) facts.push(blocker(clause, waits, holder, storyDay(clause, context.stated)));
  }
  const promise = PROMISE.exec(lower);
  if (promise !== null && !/\b(?:da|phai|yeu cau)\b[^,;.]{0,12}$/.test(lower.slice(0, promise.index))) {
    const tail = clause.text.slice(promise.index, promise.index + promise[0].length + 30);
    const due = parseDeadline(tail);
    // A day that has passed is a promise only where the text says when it was given.
    const given = sinceDay(clause, context.stated) !== null;
    if (due.day !== null && (due.day > context.stated || given))
      facts.push(commitment(clause, promise, due.day, context));
  }
  const period = OPENING_PERIOD.exec(clause.sentence.lower);
  if (period !== null && clause.index === clause.sentence.clauses.length - 1 && promise === null) {
    const due = parseDeadline(clause.sentence.text.slice(0, period[0].length + 4)).day;
    const finish = /\b(?:hoan thanh|dua vao (?:van hanh|khai thac|su dung))\b/.exec(lower);
    if (due !== null && due > context.stated && finish !== null) facts.push(commitment(clause, finish, due, context));
  }
  return { facts, refusals: [] };
}

function blocker(clause: Clause, match: RegExpExecArray, holder: string, since: string | null): Fact {
  return {
    ...factBase(clause, { start: match.index, end: match.index + match[0].length }, 'done'),
    attribute: 'blocked_by',
    value_text: holder,
    target: holder,
    flags: { holder, ...(since === null ? {} : { since }) },
    confidence: 0.8,
  };
}

/** A date that somebody set for himself; whether it was kept is asked later. */
function commitment(clause: Clause, match: RegExpExecArray, due: string, context: RuleContext): Fact {
  const said = sinceDay(clause, context.stated);
  const before = clause.text.slice(Math.max(0, match.index - 90), match.index).trim();
  const text = before === '' ? clause.text.slice(match.index, match.index + 90).trim() : before;
  return {
    ...factBase(clause, { start: match.index, end: match.index + match[0].length }, 'intended'),
    attribute: 'commitment',
    target: due,
    value_text: text.replace(/\s+/g, ' '),
    modality: 'intended',
    flags: { due, ...(said === null || said > due ? {} : { said_on: said }) },
    confidence: 0.8,
  };
}
