/** Synchronisation of a database's data to the national data centre (C12). */
import { type Clause, daysOf } from '../language/sentences.ts';
import { eventDay, sinceDay } from './event-day.ts';
import type { Fact, Reading, RuleContext } from './fact.ts';
import { answerToLabel, factBase, mentionsOf, otherSubject, type Predicate, predicates, refusal } from './predicate.ts';

/** "đồng bộ" as a verb: not "triển khai đồng bộ các giải pháp" nor "bảo đảm tính đồng bộ". */
export const SYNC =
  /\b(?:tiep nhan (?:day du |toan bo |xong )?du lieu(?= dong bo)|dong bo(?= (?:du lieu|ve|len|sang|toi|vao|voi|day du|toan bo|mot phan|duoc|100|thong tin|ho so|ban ghi|\d|hang|dinh ky|lan dau|lan \d|dot|tang dan|gia tang|tu dong|c12|csdl|thanh cong|het|xong))|(?<=\b(?:chua|da|dang|se|duoc|[dD]e|viec|hoan thanh|tien do|ket noi,?|ket noi va|tich hop,?|tich hop va|lam sach,?|lam sach va|[cC]hia se,?) )dong bo|day (?:du lieu|ho so|ban ghi)|(?:chuyen|(?<!duong )truyen|gui|day|cap nhat) (?:toan bo |day du )?du lieu (?:ve|len|sang|cho)|(?:chuyen|(?<!duong )truyen|day|cap nhat)(?= [^,;]{0,60}\b(?:sang|ve|len|toi) (?:c12|trung tam|csdl tong hop|co so du lieu tong hop|ttdl)))/;
const WHOLE = /\b(?:day du|toan bo|100 ?%|tat ca|toan phan)/;
const PART =
  /\b(?:\d+ (?:trong|tren)(?: tong so| so)? \d+|mot phan|tung phan|mot so|buoc dau|phan lon|co ban)\b|\b\d{1,2}(?:[.,]\d+)? ?%|\d+\s?\/\s?\d+/;

export function readSync(clause: Clause, context: RuleContext): Reading {
  const reading: Reading = { facts: [], refusals: [] };
  const lower = clause.lower;
  for (const predicate of candidates(clause, context)) {
    if (otherSubject(lower, predicate.start, mentionsOf(clause, context), predicate.mention)) continue;
    if (predicate.mood === 'hypothetical') {
      reading.refusals.push(refusal('hypothetical', 'a synchronisation that is only supposed', predicate));
      continue;
    }
    const state = notWhole(clause) && predicate.mood === 'done' ? 'partial' : stateOf(withoutDays(clause), predicate);
    if (predicate.mention === null && elsewhere(lower, predicate)) continue;
    if (
      /\bdong bo thu\b/.test(lower) ||
      /\b(?:chay thu|thu nghiem|kiem thu|thi diem)\b[^,;]{0,25}$/.test(
        clause.folded.slice(0, predicate.start).toLowerCase(),
      )
    ) {
      // What is tried out is the link, not yet the synchronisation.
      const tried = predicate.mood === 'done' || predicate.mood === 'ongoing' ? 'test' : null;
      if (tried !== null)
        reading.facts.push({
          ...factBase(clause, predicate, predicate.mood),
          attribute: 'c12.connection',
          value_text: tried,
        });
      continue;
    }
    const fact: Fact = {
      ...factBase(clause, predicate, predicate.mood),
      attribute: 'c12.sync',
      value_text: state,
      ...(predicate.indirect ? { confidence: 0.85 } : {}),
    };
    const asked = state === 'requested' ? sinceDay(clause, context.stated) : null;
    const day = state === 'requested' || state === 'planned' ? null : eventDay(clause, context.stated);
    if (asked !== null) fact.flags = { since: asked, holder: 'c12' };
    reading.facts.push(day === null ? fact : { ...fact, observed_at: day });
  }
  return reading;
}

/** Verbs whose object is the data centre, said in the clause, in the label, or just before in the sentence. */
function candidates(clause: Clause, context: RuleContext): Predicate[] {
  const found = predicates(clause, SYNC, context);
  const direct = found.filter((predicate) => predicate.mention?.kind === 'c12');
  if (direct.length > 0) return direct.slice(0, 1);
  if (found.length === 0) {
    const lower = clause.lower;
    // "Đồng bộ về C12: 120.431/130.000 hồ sơ" answers its label with a share.
    const share = /^\W*\d[\d.,]* ?\/ ?\d/.test(lower);
    const other = !share && /\b(?:ket noi|lam sach|phan mem|tieu chi|ban ghi|ho so|an ninh|an toan)\b/.test(lower);
    return other
      ? []
      : answerToLabel(clause, /\bdong bo\b/, context)
          .filter((p) => p.mention?.kind !== 'c06')
          .slice(0, 1);
  }
  const free = found.find((predicate) => predicate.mention === null);
  if (free === undefined) return [];
  if (!isAskedOfCentre(clause) && mentionsOf(clause, context).some(({ kind }) => kind !== 'c12')) return [];
  return centreIsMeant(clause, context) ? [{ ...free, indirect: true }] : [];
}

/** A request is sent to whom it asks: "gửi C12 … đề nghị … đồng bộ …". */
function isAskedOfCentre({ sentence, start, folded }: Clause): boolean {
  const until = sentence.folded.slice(0, start - sentence.start + folded.length).toLowerCase();
  return (
    /\bgui\b[^.;]{0,60}\b(?:c12|trung tam du lieu quoc gia)\b[^;]{0,120}\b[dD]e nghi\b/.test(until) ||
    /\b[dD]e nghi (?:cuc )?(?:c12|trung tam du lieu quoc gia)\b[^;]{0,60}\bdong bo\b/.test(until)
  );
}

function centreIsMeant(clause: Clause, context: RuleContext): boolean {
  const { sentence } = clause;
  if (/\bc12\b|trung tam du lieu quoc gia|tong hop quoc gia|dong bo/.test(sentence.label)) return true;
  const earlier = sentence.clauses.slice(0, clause.index);
  const named = earlier.flatMap((before) => mentionsOf(before, context));
  if (named.some(({ kind }) => kind === 'c12')) return true;
  if (isAskedOfCentre(clause)) return true;
  const { previous } = sentence;
  if (
    named.length === 0 &&
    previous?.clauses.some((before) => mentionsOf(before, context).some(({ kind }) => kind === 'c12'))
  )
    return true;
  // "Chưa đồng bộ dữ liệu." on its own: in the forms of the programme the data centre is where data is synchronised to.
  return (
    named.length === 0 && /\b(?:chua|da|dang)(?: duoc| thuc hien| tien hanh| trien khai)* dong bo\b/.test(clause.folded)
  );
}

/** "Đã đồng bộ …, nhưng chưa đầy đủ": the next clause takes it back in part. */
function notWhole({ sentence, index }: Clause): boolean {
  const next = sentence.clauses[index + 1]?.lower ?? '';
  return /^\W*(?:nhung |song |tuy nhien,? )?(?:moi|chua) (?:duoc )?(?:day du|het|toan bo|xong|mot phan)\b/.test(next);
}

/** "đồng bộ … sang kho dữ liệu của Bộ", "… với hệ thống của địa phương": not to the data centre. */
function elsewhere(lower: string, { end }: Predicate): boolean {
  return /^[^,;.]{0,30}\b(?:voi|sang|tu|ve|vao|len)\s+(?:he thong|kho du lieu|phan mem|csdl|co so du lieu)\b[^,;.]{0,30}\b(?:cua|noi bo)\b/.test(
    lower.slice(end),
  );
}

/** The folded clause with its days blanked: "18/3/2026" is no share. */
function withoutDays(clause: Clause): string {
  let { lower } = clause;
  for (const day of daysOf(clause)) {
    const [from, to] = [Math.max(0, day.start), Math.max(0, day.end)];
    lower = lower.slice(0, from) + ' '.repeat(Math.max(0, Math.min(lower.length, to) - from)) + lower.slice(to);
  }
  return lower;
}

function stateOf(lower: string, { mood, start }: Predicate): string {
  const near = lower.slice(Math.max(0, start - 50), start + 110);
  switch (mood) {
    case 'negated':
    case 'refused':
      return /\bchua\b[^,;]{0,25}\bdong bo\b[^,;]{0,50}(?:day du|\bhet\b|toan bo|100 ?%)/.test(near)
        ? 'partial'
        : 'none';
    case 'unfinished':
      return 'partial';
    case 'purpose':
      return WHOLE.test(near) ? 'aimed_full' : 'planned';
    case 'intended':
    case 'ready':
      return 'planned';
    case 'requested':
      return 'requested';
    case 'ongoing':
      return /\b(?:mot phan|\d{1,2} ?%)/.test(near) ? 'partial' : 'in_progress';
    default:
      // An amount without "all" is what has come so far.
      if (/\d{3}|\btrieu\b|\bnghin\b/.test(near) && !WHOLE.test(lower)) return 'partial';
      return (PART.test(near) || /\bmoi (?:co|dong bo|chuyen|day|gui)\b/.test(near)) && !/100 ?%/.test(near)
        ? 'partial'
        : 'full';
  }
}
