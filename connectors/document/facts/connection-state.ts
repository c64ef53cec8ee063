/** How far a connection is: from the mood of its verb and the words around it. */
import type { Clause } from '../language/sentences.ts';
import type { Predicate } from './predicate.ts';

const TESTED =
  /(?:thu nghiem|kiem thu|chay thu|thi diem|\btest)(?! va)[^,;]{0,30}\b(?:ket noi|lien thong|tich hop)|(?:ket noi|lien thong|tich hop)(?! va)[^,;]{0,75}(?:thu nghiem|kiem thu|chay thu|thi diem|\btest\b|\bthu\b(?! tuc| thap| ba| hai| vien| nhat))/;
const BROKEN =
  /gian doan|bi dut|mat (?:ket noi|lien thong)|chua khoi phuc|khong hoat dong|tam (?:dung|ngung|ngat)|ngung (?:ket noi|lien thong)|(?:da|bi) (?:dung|ngat|cat) (?:ket noi|lien thong)|loi (?:ket noi|lien thong)|bi (?:loi|ngat|treo)|khong on dinh|chap chon|su co (?:ket noi|duong truyen)/;
/** "… , hiện đã ngắt". */
const NOW_CUT =
  /^\W*(?:hien|nay|den nay|hien nay|hien tai)\b[^,;]{0,12}\b(?:da|bi|dang bi) (?:bi )?(?:ngat|dut|gian doan|dung|mat)\b/;
const PART =
  /\bmot phan\b|\btung phan\b|\bmot so (?:du lieu|dich vu|chuc nang|thu tuc|truong|truong thong tin|noi dung)\b/;
const ONE_WAY = /\b(?:0?1|mot) chieu\b|\bdon chieu\b/;
const TWO_WAY = /\b(?:0?2|hai) chieu\b|\bsong phuong\b|\bhai phia\b|\bgui va (?:luong )?nhan\b|\bhai luong\b/;
/** A plan or paper about the connection is not the connection. */
const PAPER =
  /\b(?:phuong an|tai lieu|quy che|bien ban|thoa thuan|huong dan|dac ta|noi dung|ke hoach)\s+(?:ky thuat\s+)?(?:ve\s+)?(?:viec\s+)?$/;
/** "cấp tài khoản kết nối": what is needed for it is there, the connection is not said to be. */
const NEEDED =
  /\b(?:tai khoan|chung thu so|khoa|quyen|thong so|dia chi ip|dia chi|tham so|may chu)\s+(?:de |[cC]ho )?(?:viec )?$/;
const STEPS = /\b(?:trien khai|thuc hien|tien hanh|xay dung|hoan thien|lam thu tuc|phoi hop|day nhanh|xuc tien)\b/;
const MADE = new Set(['connected', 'one_way', 'two_way', 'partial']);

/** The state at a verb, with what the rest of the sentence says of it; see the two rules below. */
export function stateInSentence(clause: Clause, predicate: Predicate): string {
  const state = asked(clause, stateOf(clause.lower, predicate));
  return MADE.has(state) && laterBroken(clause) ? 'interrupted' : state;
}

/** "… kết nối với B …; … có công văn đề nghị sớm hoàn thành nội dung này": what was planned has been asked for. */
function asked(clause: Clause, state: string): string {
  const rest = clause.sentence.folded.slice(clause.start - clause.sentence.start + clause.folded.length);
  return state === 'planned' && /\b[dD]e nghi\b[^.;]{0,40}\b(?:noi dung|viec|nhiem vu) nay\b/.test(rest)
    ? 'requested'
    : state;
}

/** "… từng liên thông với …, tuy nhiên kết nối này bị gián đoạn": what the rest of the sentence says of this connection. */
function laterBroken(clause: Clause): boolean {
  const rest = clause.sentence.clauses.slice(clause.index + 1).map((later) => later.lower);
  return rest.some(
    (later) =>
      (NOW_CUT.test(later) || (BROKEN.test(later) && /\b(?:ket noi|lien thong|kenh|duong truyen)\b/.test(later))) &&
      !/\b(?:c12|c06)\b|\bket noi (?:voi|toi|den)\b/.test(later),
  );
}

/** "CSDL được tích hợp …": a passive without a tense leaves open whether it was done. */
export function isTenseless(lower: string, predicate: Predicate): boolean {
  return /(?<!\b(?:da|dang|chua|se|vua|moi) )\bduoc\s+$/.test(lower.slice(0, predicate.start));
}

/** The state of the scale `connection` at a verb of a folded clause. */
export function stateOf(lower: string, predicate: Predicate): string {
  const { mood, mention } = predicate;
  const direct = wayOf(lower);
  const near = lower.slice(Math.max(0, predicate.start - 60), (mention?.end ?? predicate.end) + 60);
  if (mood !== 'requested' && PAPER.test(lower.slice(0, predicate.start)))
    return mood === 'ongoing' ? 'in_progress' : mood === 'negated' ? 'none' : 'planned';
  if (/\bkhac phuc\b[^,;.]{0,20}\bloi\b[^,;.]{0,12}$/.test(lower.slice(0, predicate.start))) return 'interrupted';
  if (mood === 'refused') return 'refused';
  if (mood === 'negated') return BROKEN.test(near) && !/\bchua\b/.test(near) ? 'interrupted' : 'none';
  if (mood === 'intended' || mood === 'purpose') return 'planned';
  if (mood === 'requested') return 'requested';
  if (mood === 'ready') return 'ready';
  if (mood === 'done' && NEEDED.test(lower.slice(0, predicate.start))) return 'in_progress';
  if (BROKEN.test(near) || /\btung (?!buoc)/.test(lower.slice(0, predicate.start))) return 'interrupted';
  if (TESTED.test(lower) || (predicate.indirect && /\b(?:thu nghiem|kiem thu|chay thu)\b/.test(lower))) return 'test';
  if (mood === 'unfinished') return PART.test(near) ? 'partial' : 'in_progress';
  if (mood === 'ongoing') {
    const between =
      lower
        .slice(0, predicate.start)
        .split(/\bdang\b/)
        .at(-1) ?? '';
    if (direct !== null && !STEPS.test(between)) return direct;
    return PART.test(near) ? 'partial' : 'in_progress';
  }
  if (PART.test(near)) return 'partial';
  return direct ?? 'connected';
}

function wayOf(lower: string): 'one_way' | 'two_way' | null {
  if (TWO_WAY.test(lower)) return 'two_way';
  return ONE_WAY.test(lower) ? 'one_way' : null;
}
