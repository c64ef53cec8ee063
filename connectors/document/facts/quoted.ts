/** A body quoted inside somebody else's text ("C12 khẳng định …", "theo xác nhận của C06 …"). */
import type { Sentence } from '../language/sentences.ts';

const BODIES: readonly (readonly [string, RegExp])[] = [
  ['c12', /\b(?:c12|trung tam du lieu quoc gia)\b/],
  ['c06', /\bc06\b/],
  ['a05', /\ba05\b/],
];
const SAYS =
  /\b(?:c12|c06|a05|trung tam du lieu quoc gia)\b(?:\s*[,(\u2013-][^,;.]{0,40}[,)\u2013-])?[^,;.]{0,25}?\b(?:khang dinh|cho biet|thong bao|tra loi|phan hoi|bao cao|xac nhan|cho rang|danh gia dat|co (?:cong van|van ban|y kien)[^,;]{0,60}(?:tra loi|thong bao|phan hoi|xac nhan))\b/;
const ACCORDING =
  /\btheo (?:bao cao|xac nhan|thong bao|tra loi|phan hoi|y kien|van ban|cong van)?[^,;.]{0,30}?(?:cua )?(?:c12|c06|a05|trung tam du lieu quoc gia)\b/;

/** @returns the body and the offset in the sentence from which its words hold; null when nobody is quoted */
export function quotedBody(sentence: Sentence): { body: string; from: number } | null {
  const lower = sentence.lower;
  const match = SAYS.exec(lower) ?? ACCORDING.exec(lower);
  if (match === null) return null;
  // A promise to answer is not an answer.
  if (/\bse (?:som )?(?:co van ban )?(?:tra loi|phan hoi|thong bao)/.test(match[0])) return null;
  const body = BODIES.find(([, pattern]) => pattern.test(match[0]))?.[0];
  return body === undefined ? null : { body, from: match.index };
}
