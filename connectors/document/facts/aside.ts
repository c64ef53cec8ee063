/** Sentences that speak of no database of ours: instructions to everybody, examples from other countries. */
import type { Sentence } from '../language/sentences.ts';

export type Aside = 'instruction' | 'example' | 'hypothetical';

const INSTRUCTION =
  /^(?:[^,;.]{0,40}\b)?(?:cac|moi|tat ca cac) (?:bo|so|tinh|co quan|don vi|dia phuong|doanh nghiep|tap doan|bo,? nganh)\b[^.;]{0,70}\b(?:can|phai|khan truong|co trach nhiem|chu dong|nghiem tuc|tiep tuc ra soat)\b(?! bo)|\bcua cac (?:bo,? nganh|bo|co quan)\b[^.;]{0,130}\b(?:phai|can)\b(?! bo| cu)/;
const DEMAND =
  /^\W*(?:[dD]e nghi|yeu cau|[dD]e xuat) (?:cac|ubnd|uy ban|so\b|tinh|dia phuong)|\b(?:yeu cau|[dD]e nghi|don doc|chi dao|nhac nho|giao) (?:cac|toan bo|tat ca|ubnd|uy ban|so\b)[^.;]{0,90}\b(?:ket noi|dong bo|lam sach|nhap|cap nhat|hoan thanh|ra soat|trien khai)\b/i;
const EXAMPLE =
  /\bkinh nghiem (?:cua|tu|quoc te|trien khai tai|mot so)\b|\b(?:tai|cua|o) (?:nuoc nay|cac nuoc|mot so nuoc|quoc gia nay)\b/;

/** "Trong trường hợp …", "Nếu …" open a sentence that only supposes. */
const SUPPOSED = /^\W*(?:trong )?truong hop\b|^\W*(?:neu|gia su|gia dinh)\b/;
/** Names of countries; written with a capital, since "nhật bản" is also the end of "cập nhật bản vá". */
const COUNTRY =
  /\b(?:han quoc|nhat ban|singapore|estonia|trung quoc|an do|thai lan|chau au|dan mach|malaysia|my\b(?= va|,))/g;

/** @returns why nothing is read from a sentence, or null when it may be read */
export function asideOf(sentence: Sentence): Aside | null {
  const lower = sentence.lower;
  if (EXAMPLE.test(lower)) return 'example';
  for (const match of lower.matchAll(COUNTRY)) {
    if (/\p{Lu}/u.test(sentence.text[match.index ?? 0] ?? '')) return 'example';
  }
  if (SUPPOSED.test(lower)) return 'hypothetical';
  return INSTRUCTION.test(lower) || DEMAND.test(lower) ? 'instruction' : null;
}
