/** "n of m" units: localities, associations … that were given access, trained, reported, entered data (`units.ratio`). */
import { foldLetters } from '../language/fold.ts';
import { findQuantities } from '../language/numbers.ts';
import { type Clause, daysOf } from '../language/sentences.ts';
import type { Fact, Reading, RuleContext } from './fact.ts';
import { moodAt } from './mood.ts';
import { factBase, refusal } from './predicate.ts';
import { type Unit, unitAfter } from './units.ts';

const RATIO =
  /(?<![\w/.,-])(\d{1,3}(?:[.,]\d{3})+|\d{1,7})\s?(?:\/|(?:tren|trong)(?: tong so| so| tong)?|trong tong so)\s?(\d{1,3}(?:[.,]\d{3})+|\d{1,7})(?![\d/]|[.,]\d|-?[a-z])/g;
/** "21 tỉnh trên tổng số 34 tỉnh": the unit stands with both. */
const APART = /(?<![\w/.,-])(\d{1,4}) ([a-z]+(?: [a-z]+)?) (?:tren|trong)(?: tong)?(?: so)? (\d{1,4})(?= \2\b)/g;
const DOCUMENT_NUMBER = /\b(?:so|nghi dinh|quyet dinh|thong tu|nghi quyet|cong van|luat|ty le|khoan|dieu|ngay)\s*$/;
/** A criterion or a record is counted by other rules. */
const OTHER_UNIT = /^\s*(?:tieu chi|chi tieu|tc\b|diem|%)/;
const ROLES: readonly (readonly [string, RegExp])[] = [
  ['access_granted', /\b(?:nhan|cap|duoc cap|ban giao) (?:duoc )?(?:tai khoan|quyen)|\bcap tai khoan|\bco tai khoan/],
  ['trained', /\b(?:tap huan|dao tao|huong dan su dung|boi duong)\b|\bcu (?:can bo|nguoi) (?:tham du|tham gia|du)\b/],
  [
    'data_entered',
    /\b(?:cap nhat|nhap)(?: du| day du| xong| thu)? (?:thong tin|du lieu|so lieu|day du|xong)|\bnhap lieu|\bcap nhat (?:vao|len|tren)|\btham gia cap nhat|\bkhai bao\b|\bday (?:du lieu|ho so)|\bke khai\b|\b(?:nhap|cap nhat)\b[^,;.]{0,30}\b(?:len|vao|tren) (?:he thong|phan mem|csdl)|\btao lap (?:xong )?du lieu|\bhoan thanh (?:viec )?(?:nhap|cap nhat|so hoa)|\bco du lieu\b|\bcung cap (?:day du )?du lieu\b|\bso hoa\b/,
  ],
  ['reported', /\bbao cao|\bgui (?:so lieu|bao cao|du lieu)|\bcung cap (?:so lieu|thong tin)/],
  ['exploiting', /\b(?:khai thac|tra cuu)\b/],
  [
    'deployed',
    /\b(?:trien khai|cai dat|dua vao su dung|su dung|ket noi|tao tai khoan|ap dung|van hanh|chay thu|thu nghiem|thi diem)\b/,
  ],
];

/** Where ratios of any unit stand in a clause. */
export function findRatios(clause: Clause): { start: number; end: number; part: number; total: number }[] {
  const lower = clause.lower;
  return [...lower.matchAll(RATIO), ...lower.matchAll(APART)]
    .map((match) => ({
      start: match.index ?? 0,
      end: (match.index ?? 0) + match[0].length,
      part: whole(match[1]),
      total: whole(match[3] ?? match[2]),
      worded: !match[0].includes('/'),
    }))
    .filter(({ start, part, total, worded }) => {
      if (DOCUMENT_NUMBER.test(lower.slice(0, start)) && !/\bco so\s*$/.test(lower.slice(0, start))) return false;
      return total > 0 && (!worded || part <= total);
    });
}

export function readRatios(clause: Clause, context: RuleContext): Reading {
  const reading: Reading = { facts: [], refusals: [] };
  const lower = clause.lower;
  const ratios = findRatios(clause);
  for (const ratio of ratios) {
    if (OTHER_UNIT.test(lower.slice(ratio.end)) || /\b(?:tieu chi|chi tieu)\b/.test(lower.slice(0, ratio.start)))
      continue;
    if (isDay(clause, ratio)) continue;
    const at = { start: ratio.start, end: ratio.end };
    if (ratio.part > ratio.total) {
      if (ratio.total > 12) reading.refusals.push(refusal('impossible_ratio', `${ratio.part} of ${ratio.total}`, at));
      continue;
    }
    const unit =
      unitAfter(clause.text, lower, ratio.end, []) ?? receivers(clause, lower, ratio) ?? labelUnit(clause, ratio);
    const next = ratios.find((other) => other.start > ratio.start)?.start ?? lower.length;
    const role =
      roleOf(lower.slice(0, next), ratio.end, true) ??
      roleOf(lower, ratio.end) ??
      (clause.sentence.labelled ? roleOf(clause.sentence.label, 0) : null);
    if (role === null || unit?.class === 'none' || unit?.class === 'field') continue;
    if (unit?.class === 'record' && !/^(?:hoi|quy|doanh nghiep|co so|to chuc|hop tac xa)/.test(lower.slice(unit.start)))
      continue;
    // Some other body than those known ("40/61 bảo tàng đã nhập liệu"): named right before what it did.
    const body =
      unit === null
        ? /^\s*(?!luong|kenh|noi dung|hang muc|nhiem vu|thiet bi|khuyen nghi|loi|chuc nang|phan he|module|dich vu)((?:[a-z]+ ){0,4}?)(?:da|dang|chua|duoc|co)\b/.exec(
            clause.folded.slice(ratio.end),
          )
        : null;
    if (unit === null && body === null) continue;
    const mood = moodAt(clause, ratio.start, context.stated);
    if (mood === 'hypothetical' || mood === 'intended' || mood === 'requested' || mood === 'purpose') {
      reading.refusals.push(refusal(mood, 'a share of units that is not said to be reached', at));
      continue;
    }
    const left =
      /\b(?:con|chua)\b[^,;\d]{0,20}$/.test(lower.slice(0, ratio.start)) ||
      /^[^,;.\d]{0,40}\bchua\b/.test(lower.slice(ratio.end));
    const bodyName =
      body === null
        ? ''
        : clause.text.slice(ratio.end, ratio.end + body[0].indexOf(body[1] ?? '') + (body[1] ?? '').length).trim();
    const named = unit?.text ?? (bodyName === '' ? unitBefore(clause, ratio.start) : bodyName.toLowerCase());
    const fact: Fact = {
      ...factBase(clause, { start: ratio.start, end: unit?.end ?? ratio.end }, 'done'),
      attribute: 'units.ratio',
      value_number: left ? ratio.total - ratio.part : ratio.part,
      value_total: ratio.total,
      role,
      ...(named === null ? {} : { unit: named }),
    };
    if (
      /\b(?:cap xa|den xa|xuong xa)\b/.test(lower.slice(ratio.end, ratio.end + 60)) &&
      !/\bxa\b/.test(foldLetters(named ?? ''))
    )
      fact.extent = 'component';
    reading.facts.push(fact);
  }
  reading.facts.push(...countsOfUnits(clause, context, ratios, lower));
  return reading;
}

/** "Số tỉnh đã nhập dữ liệu: 21/34": the label counts. */
function labelUnit(clause: Clause, ratio: { start: number; end: number }): Unit | null {
  const { label, labelText, labelled } = clause.sentence;
  const name =
    /^(?:tong )?so ((?:tinh|dia phuong|don vi|co quan|xa|phuong|thanh pho)\b(?:, (?:tinh|thanh pho|xa|phuong))?)/.exec(
      label,
    );
  if (!labelled || name === null || clause.folded.slice(0, ratio.start).trim() !== '') return null;
  const from = name[0].length - (name[1]?.length ?? 0);
  return {
    class: 'locality',
    text: labelText.slice(from, name[0].length).toLowerCase(),
    start: ratio.end,
    end: ratio.end,
  };
}

/** "… cho 34/34 Tòa án nhân dân cấp tỉnh": whoever it was given to. */
function receivers(clause: Clause, lower: string, ratio: { start: number; end: number }): Unit | null {
  if (!/\b(?:cho|toi|den)\s*$/.test(lower.slice(0, ratio.start))) return null;
  const name = /^\s*([a-z]+(?: [a-z]+){0,6}?)\s*(?=[,;.(]|$)/.exec(lower.slice(ratio.end));
  if (name === null) return null;
  const start = ratio.end + name[0].indexOf(name[1] ?? '');
  const end = start + (name[1]?.length ?? 0);
  return { class: 'locality', text: clause.text.slice(start, end).toLowerCase(), start, end };
}

/** "1344 hội cấp tỉnh", "9672 tài khoản": units counted without a total. */
function countsOfUnits(
  clause: Clause,
  context: RuleContext,
  ratios: readonly { start: number; end: number }[],
  lower: string,
): Fact[] {
  return findQuantities(lower).flatMap((quantity): Fact[] => {
    if (!quantity.exact || quantity.low < 2 || ratios.some((r) => r.start < quantity.end && quantity.digits < r.end))
      return [];
    if (isDay(clause, { start: quantity.digits, end: quantity.end })) return [];
    const unit = unitAfter(clause.text, lower, quantity.end, []);
    const role = unitsRole(unit, clause);
    if (unit === null || role === null || /^don vi/.test(lower.slice(unit.start))) return [];
    if (unit.class === 'account' && !/^tai khoan/.test(lower.slice(unit.start))) return [];
    const mood = moodAt(clause, quantity.start, context.stated);
    if (mood !== 'done' && mood !== 'ongoing' && mood !== 'unmarked') return [];
    return [
      {
        ...factBase(clause, { start: quantity.start, end: unit.end }, 'done'),
        attribute: 'units.count',
        value_number: quantity.low,
        unit: unit.text,
        role,
        confidence: 0.8,
      },
    ];
  });
}

/** Accounts are access; localities count where the unit says which ones, or where they are the users. */
function unitsRole(unit: Unit | null, clause: Clause): string | null {
  if (unit?.class === 'account') return 'access_granted';
  if (unit?.class !== 'locality') return null;
  const role = roleOf(wide(clause), 0);
  return role === 'exploiting' || / c\u1ea5p | \u1edf trung /.test(unit.text) ? role : null;
}

function wide(clause: Clause): string {
  return clause.sentence.lower;
}

function roleOf(lower: string, end: number, afterOnly = false): string | null {
  const after = lower.slice(end);
  const before = lower.slice(0, end);
  for (const text of afterOnly ? [after] : [after, before]) {
    let best: { role: string; at: number } | null = null;
    for (const [role, pattern] of ROLES) {
      const at = pattern.exec(text)?.index;
      if (at !== undefined && (best === null || at < best.at)) best = { role, at };
    }
    if (best !== null) return best.role;
  }
  return null;
}

/** "Cấp trung ương có 128/618 …": who is counted stands before. */
function unitBefore(clause: Clause, start: number): string | null {
  const match = /(cap [\w ]{3,14}?|khoi [\w ]{3,20}?)\s+(?:da )?co\s*$/.exec(
    clause.folded.slice(0, start).toLowerCase(),
  );
  if (match === null) return null;
  return clause.text.slice(match.index, match.index + (match[1]?.length ?? 0)).toLowerCase();
}

/** "28/01/2026" looks like a ratio and is a day. */
export function isDay(clause: Clause, ratio: { start: number; end: number }): boolean {
  return daysOf(clause).some((day) => day.start < ratio.end && ratio.start < day.end);
}

function whole(text: string | undefined): number {
  return Number((text ?? '').replace(/[.,]/g, ''));
}
