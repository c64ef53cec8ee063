/** The verbs of a connection, and which side of it is meant where the clause itself does not name it. */
import type { Clause } from '../language/sentences.ts';
import type { RuleContext } from './fact.ts';
import { findMentions, findPartner, type Mention } from './objects.ts';
import { mentionsOf, type Predicate } from './predicate.ts';

export const CONNECT =
  /\b(?:ket noi|lien thong|tich hop|thong tuyen|dau noi|k\/n|chia se(?:,? khai thac)? (?:du lieu|thong tin)|dich vu chia se|khai thac du lieu|(?<!khac phuc |qua tai |nghen |[cC]hi phi |kinh phi |thue |gia )duong truyen|kenh (?:truyen|ket noi|chinh thuc)|luong (?:du lieu|gui|nhan)|(?:lay|(?<!tiep )nhan|trao doi) du lieu|gui du lieu(?= (?:0?1|mot|hai|0?2) chieu)|xac thuc(?= (?:0?1|mot|hai|0?2) chieu))\b/;

/** "CSDL nhận dữ liệu từ CSDL A (đã kết nối một chiều)": a bracket without an object goes on with the one before it. */
export function carried(
  clause: Clause,
  direct: readonly Predicate[],
  found: readonly Predicate[],
  context: RuleContext,
): readonly Predicate[] {
  const verb = found[0];
  if (direct.length > 0 || verb === undefined) return direct;
  if (/\b(?:viec|trong viec) (?:cho phep|chap thuan)\s*$/.test(clause.folded.slice(0, verb.start).toLowerCase()))
    return direct;
  const mention =
    bracketed(clause, context) ??
    sentenceMention(clause, context) ??
    labelMention(clause) ??
    (mentionsOf(clause, context).length === 0 &&
    /\b(?:ket noi|lien thong)\b(?! [^,;.]{0,30}(?:dich vu|dvc|thu tuc))/.test(clause.folded)
      ? findPartner(clause.folded)
      : null) ??
    earlierMention(clause, context);
  return mention === null ? direct : [{ ...verb, mention: { ...mention, start: verb.start, end: verb.end } }];
}

function bracketed(clause: Clause, context: RuleContext): Mention | null {
  const before = clause.sentence.clauses[clause.index - 1];
  if (before === undefined) return null;
  const after = clause.sentence.text.slice(before.start - clause.sentence.start + before.text.length);
  return after.trimStart().startsWith('(') ? (mentionsOf(before, context).at(-1) ?? null) : null;
}

/** "… biên bản kết nối với C12, hai bên đang cấu hình đường truyền": the sentence has said with whom. */
function sentenceMention(clause: Clause, context: RuleContext): Mention | null {
  const named = clause.sentence.clauses.slice(0, clause.index).flatMap((other) => mentionsOf(other, context));
  return named.length > 0 && new Set(named.map(({ kind, target }) => `${kind}${target ?? ''}`)).size === 1
    ? (named[0] ?? null)
    : null;
}

/** "Với dữ liệu dân cư: đang lập trình dịch vụ chia sẻ …". */
function labelMention(clause: Clause): Mention | null {
  const { label, labelled } = clause.sentence;
  return labelled || /\bket noi\b/.test(label) ? (findMentions(label)[0] ?? null) : null;
}

/** "… kết nối với C12 trước ngày …. Hiện hạ tầng đã sẵn sàng cho việc kết nối.": the sentence before says with whom. */
function earlierMention(clause: Clause, context: RuleContext): Mention | null {
  const { previous, clauses } = clause.sentence;
  if (previous === null || clauses.some((other) => mentionsOf(other, context).length > 0)) return null;
  if (!/\b(?:ket noi|lien thong)\b/.test(clause.folded)) return null;
  const named = previous.clauses.flatMap((other) =>
    new RegExp(CONNECT.source).test(other.lower) ? mentionsOf(other, context) : [],
  );
  return named.length === 1 && named[0]?.kind !== 'other' ? (named[0] ?? null) : null;
}
