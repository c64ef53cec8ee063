/** Cleaning of a database's data and its reconciliation with the population database. */
import { findQuantities } from '../language/numbers.ts';
import type { Clause } from '../language/sentences.ts';
import type { Fact, Reading, RuleContext } from './fact.ts';
import { answerToLabel, factBase, mentionsOf, type Predicate, predicates, refusal } from './predicate.ts';
import { findRatios, isDay } from './ratios.ts';

export const CLEAN =
  /\b(?:lam sach|doi soat|doi chieu|doi sanh|so khop|xac thuc(?= (?:thong tin|du lieu|voi|dan cu|qua|tren))|ra soat,? lam sach)\b/;
/** What did not match is still being worked on. */
const NOT_MATCHED =
  /\b(?:phan|so|ho so|ban ghi|du lieu|truong hop) (?:chua|khong) khop\b|\bban ghi loi\b|\b(?:doi soat|lam sach|doi chieu) dot \d|\bden nay (?:da )?(?:xong|duoc|lam sach duoc|dat) (?:khoang |hon |gan )?\d/;
const OTHER_CHECK =
  /\b(?:doi chieu|doi soat) (?:voi )?(?:\d+ )?(?:tieu chi|chi tieu|quy dinh|van ban|cong no|kinh phi)/;

export function readCleaning(clause: Clause, context: RuleContext): Reading {
  const reading: Reading = { facts: [], refusals: [] };
  const lower = clause.lower;
  if (OTHER_CHECK.test(lower)) return reading;
  const predicate = candidate(clause, context);
  if (predicate === null) return reading;
  if (predicate.mood === 'hypothetical') {
    reading.refusals.push(refusal('hypothetical', 'a cleaning that is only supposed', predicate));
    return reading;
  }
  if (/\bkhong co can cu\b/.test(clause.sentence.folded)) return reading;
  if (/\bkhong (?:phai|can|thuoc dien|ap dung|yeu cau)\b[^,;.]{0,25}$/.test(lower.slice(0, predicate.start))) {
    reading.refusals.push(refusal('not_applicable', 'said not to be needed', predicate));
    return reading;
  }
  if (
    /\b(?:khong|chua) (?:co|chua|luu) (?:thong tin|du lieu)(?: cua| ve)? (?:cong dan|ca nhan|nguoi dan)\b/.test(
      clause.sentence.folded,
    )
  ) {
    reading.refusals.push(refusal('not_applicable', 'said to hold no persons', predicate));
    return reading;
  }
  // "kết nối với dân cư để xác thực …": what the connection is for.
  if (predicate.mood === 'purpose' && /^xac thuc/.test(lower.slice(predicate.start))) return reading;
  const population = withPopulation(clause, context, predicate);
  // "… số còn lại đang tiếp tục": what was done was a part.
  const rest =
    /\b(?:so|phan|du lieu|ho so) con lai\b/.test(clause.sentence.folded) ||
    NOT_MATCHED.test(clause.sentence.folded) ||
    (/\btrong (?:do|so nay)\b/.test(clause.sentence.folded) && findQuantities(lower).length > 0);
  const state = stateOf(lower, predicate, population, rest, sharesOf(clause));
  reading.facts.push({
    ...factBase(clause, predicate, predicate.mood),
    attribute: 'c06.cleaning',
    value_text: state,
    ...(predicate.indirect ? { confidence: 0.85 } : {}),
  });
  const ratio = population ? reconciled(clause, predicate) : null;
  if (ratio !== null && (state === 'done' || state === 'in_progress')) reading.facts.push(ratio);
  return reading;
}

function candidate(clause: Clause, context: RuleContext): Predicate | null {
  const found = predicates(clause, CLEAN, context);
  // "xác thực", "đối chiếu" without the population database are other work.
  const own = found.find(
    (p) => p.mention?.kind === 'c06' || /^(?:lam sach|ra soat)/.test(clause.folded.slice(p.start, p.end).toLowerCase()),
  );
  if (own !== undefined) return own;
  if (found[0] !== undefined && /dan cu|c06/.test(clause.sentence.folded)) return found[0];
  if (found.length > 0) return null;
  return answerToLabel(clause, CLEAN, context)[0] ?? null;
}

function withPopulation(clause: Clause, context: RuleContext, predicate: Predicate): boolean {
  if (/\b(?:noi bo|tu lam sach|tai cho)\b/.test(clause.lower)) return false;
  if (predicate.mention?.kind === 'c06' || /\bc06\b/.test(clause.sentence.lower)) return true;
  if (mentionsOf(clause, context).some(({ kind }) => kind === 'c06')) return true;
  if (/dan cu|c06/.test(clause.sentence.label)) return true;
  if (/\b(?:khop|doi soat|doi chieu|lam sach)[^,;.]{0,40}\b(?:dan cu|c06)\b/.test(clause.sentence.folded)) return true;
  // "đối chiếu, làm sạch với CSDL dân cư": the object stands with the last verb of the row.
  if (
    !/^(?:lam sach|ra soat)/.test(clause.folded.slice(predicate.start).toLowerCase()) &&
    /dan cu|c06/.test(clause.sentence.folded)
  )
    return true;
  return /\b(?:so dinh danh|dinh danh ca nhan|cccd|can cuoc)\b/.test(clause.lower);
}

function stateOf(
  lower: string,
  { mood, start }: Predicate,
  population: boolean,
  rest: boolean,
  shares: readonly { part: number; total: number }[],
): string {
  const near = lower
    .slice(Math.max(0, start - 80), start + 140)
    // How well it matched is not how much was matched.
    .replace(/\bty le (?:khop|chinh xac|dung)[^,;.]{0,12}\d+(?:[.,]\d+)? ?%/g, '');
  switch (mood) {
    case 'negated':
    case 'refused':
      // "còn 12.000 hồ sơ chưa làm sạch": the others are.
      return population && /\bcon (?:khoang |hon |gan )?\d[\d.,]*[^,;.]{0,40}\bchua\b/.test(lower)
        ? 'in_progress'
        : 'none';
    case 'intended':
    case 'purpose':
    case 'requested':
    case 'ready':
      return 'planned';
    case 'unfinished':
    case 'ongoing':
      return population ? 'in_progress' : 'own_only';
    default: {
      if (!population) return 'own_only';
      if (rest) return 'in_progress';
      const partly =
        /\b(?:mot phan|buoc dau|phan lon|co ban|tung phan|moi (?:co|lam sach|doi soat|dat))\b|\b\d{1,2}(?:[.,]\d+)? ?%/.test(
          near,
        ) && !/\b100 ?%/.test(near);
      const parts = /\btrong (?:tong so|so)\b/.test(near);
      return partly || parts || shares.some(({ part, total }) => part < total) ? 'in_progress' : 'done';
    }
  }
}

/** Shares named in the clause that are no days ("28/01/2026"). */
function sharesOf(clause: Clause): { part: number; total: number }[] {
  return findRatios(clause).filter((ratio) => !isDay(clause, ratio));
}

/** "1.020.000/1.100.000 hồ sơ đã đối soát": how many were matched of how many. */
function reconciled(clause: Clause, predicate: Predicate): Fact | null {
  const match =
    /(?<![\d/.,])(\d[\d.,]*\d|\d)\s?\/\s?(\d[\d.,]*\d|\d)(?![\d/.,]*\d)(?:\s+(?:ho so|ban ghi|nguoi|du lieu|truong hop|cong dan|doi tuong|ket qua))/.exec(
      clause.lower,
    );
  if (match === null) return null;
  const [done, total] = [match[1], match[2]].map((text) => findQuantities(` ${text} `)[0]?.low);
  if (done === undefined || total === undefined || done > total || total === 0) return null;
  const exact = (text: string | undefined): number => Number((text ?? '').replace(/[.,]/g, ''));
  return {
    ...factBase(clause, { start: match.index, end: match.index + match[0].length }, predicate.mood),
    attribute: 'c06.reconciliation',
    value_number: exact(match[1]),
    value_total: exact(match[2]),
  };
}
