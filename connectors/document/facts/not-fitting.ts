/**
 * Criteria that a ministry says do not fit its database ("không gắn với dịch vụ công nên không xây dựng giải pháp ký
 * số"). It is a request, never an approval; what only has not come yet ("không có dữ liệu quá khứ") is deferred.
 */
import type { Clause } from '../language/sentences.ts';
import type { Fact, Reading } from './fact.ts';
import { factBase } from './predicate.ts';

/** Words by which criteria are named: attribute → folded phrases. */
export type CriterionWords = readonly (readonly [string, readonly string[]])[];

const REASON =
  /\bkhong (?:co|gan|phat sinh|thuoc|lien quan|cung cap)\b([^;]{2,140}?)\b(?:nen|do do|vi vay|do vay)\b([^;]*)/;
const CANNOT = /\bkhong (?:co can cu|xay dung|the|ap dung|phai|thuc hien|yeu cau|can)\b/;
const NOT_YET = /\b(?:du lieu qua khu|chua den|chua phat sinh|chua co du lieu|chua toi)\b/;
const ASKED = /\b[dD]e nghi\b[^;.]{0,60}\bkhong ap dung\b([^;.]*)/;
/** "ví dụ: …; …": the list is open, the number of criteria that fit cannot be told from it. */
const OPEN = /\bvi du\b|\bnhieu (?:tieu chi|chi tieu)\b|\bnhu\s*:|\.\.\./;

export function readNotFitting(clause: Clause, words: CriterionWords): Reading {
  const { sentence } = clause;
  const whole = sentence.lower;
  if (clause.index > 0 || !/\b(?:tieu chi|chi tieu|can cu|khong ap dung)\b/.test(whole))
    return { facts: [], refusals: [] };
  const open = OPEN.test(whole);
  const facts: Fact[] = [];
  let from = 0;
  for (const part of whole.split(';')) {
    const reason = REASON.exec(part);
    const asked = ASKED.exec(part);
    const told = reason !== null && CANNOT.test(reason[2] ?? '') ? reason : null;
    const where = told ?? asked;
    if (where !== null) {
      const said = told === null ? (asked?.[1] ?? '') : `${told[1]} ${told[2]}`;
      const ground = (told?.[1] ?? '').trim().split(/\s+/).slice(0, 5).join('_');
      const state = told !== null && NOT_YET.test(told[1] ?? '') ? 'deferred' : 'na_requested';
      const at = { start: from + where.index, end: from + where.index + where[0].length };
      for (const [attribute, phrases] of words) {
        const named = phrases.some((phrase) =>
          new RegExp(`\\b${phrase}\\b`).test(state === 'deferred' ? (told?.[2] ?? '') : said),
        );
        if (!named || facts.some((known) => known.attribute === attribute)) continue;
        facts.push({
          ...factBase(clause, at, 'done'),
          attribute,
          value_text: state,
          flags: { ...(ground === '' ? {} : { ground: `khong_${ground}` }), ...(open ? { open_list: true } : {}) },
          confidence: 0.8,
          start: Math.max(0, at.start - (clause.start - sentence.start)),
          end: Math.max(1, at.end - (clause.start - sentence.start)),
        });
      }
    }
    from += part.length + 1;
  }
  return { facts, refusals: [] };
}
