/** How many records a database holds, and at which stage of the work (SEMANTICS 1, `records.count`). */
import { foldLetters } from '../language/fold.ts';
import { findQuantities, type Quantity } from '../language/numbers.ts';
import { type Clause, daysOf } from '../language/sentences.ts';
import type { Fact, Reading, RuleContext } from './fact.ts';
import { moodAt } from './mood.ts';
import type { CriterionWords } from './not-fitting.ts';
import { factBase, refusal } from './predicate.ts';
import { findRatios } from './ratios.ts';
import { type Unit, unitAfter } from './units.ts';

const STAGES: readonly (readonly [string, RegExp])[] = [
  ['dong_bo', /\b(?:dong bo|day(?= du lieu| len| ve| \d)|[cC]hia [sS]e|chuyen (?:du lieu )?ve)\b/gi],
  ['lam_sach', /\b(?:lam sach|doi soat|doi chieu|chuan hoa|xac thuc|so khop)\b/g],
  ['so_hoa', /\b(?:so hoa|so hoa duoc|quet|scan|boc tach)\b/g],
  [
    'nhap_csdl',
    /\b(?:nhap|cap nhat|tao lap|luu tru|nap(?= )|dua(?=[^,;.]{0,12}\d[^,;]{0,40} vao)|quan ly|[dD]ang co|hien co|khoi tao|xay dung duoc|cap duoc|co|gom|chua dung|[cC]hua)\b/g,
  ],
  ['thu_thap', /\b(?:thu thap|tong hop|tiep nhan|thu nhan|ke khai|khai bao|ra soat)\b/g],
];
/** The number is of something done with people, not of records kept. */
const NOT_KEPT =
  /\b(?:tap huan|dao tao|boi duong|huong dan|kinh phi|von|dau tu|giai ngan|truy cap|tra cuu|tuyen dung|bien che|nhan luc|tham du|tham gia(?! cap nhat)|phuc vu|giai quyet|tiep nhan va giai quyet|loai(?: bo)?|xoa|huy)\b[^,;.]{0,50}$/;
/** The label of the programme's form under which a ministry lists what it keeps. */
const KEPT_LABEL = /\bdu lieu (?:da |hien )?(?:tao lap|co|thu thap|so hoa|nhap)\b/;
const EXPECTED =
  /\b(?:tong so(?: phai co| can| du kien)|phai co|can (?:thu thap|so hoa|tao lap|lam sach|nhap)|(?:tren|trong)(?: tong so)?|so (?:can|phai)|quy mo)\s*(?:la |khoang |hon |gan )?$/;

export interface CountContext extends RuleContext {
  /** Words by which criteria are named. */
  criteria: CriterionWords;
  /** Units of the vocabulary that are records: folded spelling → as written, longest first. */
  units: readonly (readonly [string, string])[];
}

export function readCounts(clause: Clause, context: CountContext): Reading {
  const reading: Reading = { facts: [], refusals: [] };
  const lower = clause.lower;
  const taken = [...findRatios(clause), ...daysOf(clause)];
  for (const quantity of findQuantities(lower)) {
    if (taken.some((span) => span.start < quantity.end && quantity.digits < span.end)) continue;
    const after = unitAfter(clause.text, lower, quantity.end, context.units);
    const unit =
      (after?.class === 'none' || (after?.class === 'document' && KEPT_LABEL.test(clause.sentence.label))
        ? null
        : after) ??
      unitOfLabel(clause, quantity, context) ??
      unitBefore(clause, lower, quantity, context) ??
      unitUnderLabel(clause, lower, quantity);
    if (unit === null || unit.class !== 'record') continue;
    const before = lower.slice(0, quantity.start);
    if (
      NOT_KEPT.test(before) ||
      /\b(?:lan|thu|quy|khoan|dieu|nhom|giai doan|muc|(?<!tong )so|tai|den)\s*$/.test(before)
    )
      continue;
    if (/^\s*(?:con lai|khac|trung|sai|loi|bi loi|khong hop le)\b/.test(lower.slice(unit.end))) continue;
    if (tooSmall(quantity, lower) || /^\s*\/\s*(?:gio|ngay|thang|nam|phut|giay|lan)\b/.test(lower.slice(unit.end)))
      continue;
    const at = { start: quantity.start, end: Math.max(quantity.end, unit.end) };
    const mood = moodAt(clause, quantity.start, context.stated);
    const kept = /^\s*(?:dang|hien|da) (?:duoc )?(?:quan ly|luu|co|nhap|cap)/.test(lower.slice(unit.end));
    if (EXPECTED.test(before) && !kept) {
      reading.facts.push({ ...value(clause, at, quantity, unit), attribute: 'records.expected', confidence: 0.7 });
      continue;
    }
    if (mood !== 'done' && mood !== 'ongoing' && mood !== 'unmarked' && mood !== 'unfinished') {
      reading.refusals.push(refusal(mood, 'an amount that is not said to be reached', at));
      continue;
    }
    const stage = stageOf(clause, quantity.start, lower, at.end);
    // "… số liệu này chưa nhập vào hệ thống": known to somebody, but not gathered for the database.
    if (stage === 'nhap_csdl' && /\bchua (?:duoc )?(?:nhap|cap nhat|dua) vao\b/.test(clause.sentence.folded)) continue;
    reading.facts.push({
      ...value(clause, at, quantity, unit),
      attribute: 'records.count',
      ...(stage === null ? {} : { stage }),
    });
  }
  reading.facts.push(...sharesOfRecords(clause, context, lower));
  return reading;
}

/** "Đã chuyển 3.450.221/4.102.967 bản ghi": the part is what there is. */
function sharesOfRecords(clause: Clause, context: CountContext, lower: string): Fact[] {
  return findRatios(clause).flatMap((ratio): Fact[] => {
    const unit = unitAfter(clause.text, lower, ratio.end, context.units);
    const mood = moodAt(clause, ratio.start, context.stated);
    if (unit?.class !== 'record' || ratio.part > ratio.total || ratio.total < 1000) return [];
    if (mood !== 'done' && mood !== 'ongoing' && mood !== 'unmarked' && mood !== 'unfinished') return [];
    const at = { start: ratio.start, end: unit.end };
    const stage = stageOf(clause, ratio.start, lower, unit.end);
    return [
      {
        ...factBase(clause, at, 'done'),
        attribute: 'records.count',
        value_number: ratio.part,
        unit: unit.text,
        ...(stage === null ? {} : { stage }),
      },
    ];
  });
}

/** Numbers below ten in running text are rather steps, kinds or people than the size of a database. */
function tooSmall(quantity: Quantity, lower: string): boolean {
  return quantity.high < 10 && !/\b(?:ban ghi|ho so)\b/.test(lower);
}

function value(
  clause: Clause,
  at: { start: number; end: number },
  quantity: Quantity,
  unit: Unit,
): Omit<Fact, 'attribute'> {
  return {
    ...factBase(clause, at, 'done'),
    ...(quantity.exact ? { value_number: quantity.low } : { value_low: quantity.low, value_high: quantity.high }),
    unit: unit.text,
    flags: quantity.hedge === undefined ? {} : { hedge: quantity.hedge },
  };
}

/** The last stage named before the number in the clause, else after it, else in the sentence or its label. */
function stageOf(clause: Clause, position: number, lower: string, end: number): string | null {
  const label = clause.sentence.label;
  return (
    lastStage(lower.slice(0, position)) ??
    lastStage(lower.slice(end, end + 60)) ??
    lastStage(clause.sentence.folded.slice(0, clause.start - clause.sentence.start + position).toLowerCase()) ??
    (/\b(?:tao lap|du lieu|ban ghi)\b/.test(label) ? 'nhap_csdl' : lastStage(label))
  );
}

function lastStage(text: string): string | null {
  let best: { stage: string; at: number } | null = null;
  for (const [stage, pattern] of STAGES) {
    for (const match of text.matchAll(pattern)) {
      const at = match.index ?? 0;
      const weak = /^(?:co|gom)$/.test(match[0]);
      if (weak && best !== null) continue;
      if (best === null || at > best.at) best = { stage, at };
    }
  }
  return best?.stage ?? null;
}

/** "Số lượng bản ghi: 2.345.678", "Số phương tiện đã nhập: …": the unit stands in the label. */
function unitOfLabel(clause: Clause, quantity: Quantity, context: CountContext): Unit | null {
  const { label, labelText, labelled } = clause.sentence;
  if (!labelled || clause.folded.slice(0, quantity.start).trim().length > 12) return null;
  const opening = /^(?:tong )?(?:so luong|sl|so|tong so)\s+|^/.exec(label)?.[0] ?? '';
  const unit = unitAfter(labelText, foldLetters(labelText), opening.length, context.units);
  return unit?.class === 'record' && unit.start <= opening.length + 1
    ? { ...unit, start: quantity.end, end: quantity.end }
    : null;
}

/** "Dữ liệu đã tạo lập: 71.936 nhiệm vụ, 412 nghìn bài báo": under this label whatever is counted is what is kept. */
function unitUnderLabel(clause: Clause, lower: string, quantity: Quantity): Unit | null {
  if (!KEPT_LABEL.test(clause.sentence.label) && !isKept(lower, quantity)) return null;
  const word = /^\s*([a-z]+(?: [a-z]+){0,3}?)\s*(?=[,;.()]|$|va\b|va |(?:duoc|da|dang|o|tai|cua|trong|tren)\b)/.exec(
    lower.slice(quantity.end),
  );
  if (
    word === null ||
    /^(?:dong|ty|trieu|tai khoan|tinh|dia phuong|nam|thang|ngay|[gtmk]b\b|van ban|truong|don vi|co quan|xa|phuong|km|m2|ha\b|lop)/.test(
      word[1] ?? '',
    )
  )
    return null;
  const start = quantity.end + word[0].indexOf(word[1] ?? '');
  const end = start + (word[1]?.length ?? 0);
  return { class: 'record', text: clause.text.slice(start, end).toLowerCase(), start, end };
}

/** A large number right after a verb of keeping ("đã số hóa 12.400 …"): whatever the thing is called. */
function isKept(lower: string, quantity: Quantity): boolean {
  const verb = /\b(?:so hoa|nhap|cap nhat|tao lap|thu thap|luu tru)\b[^;.]{0,60}$/;
  const before = lower.slice(0, quantity.start);
  return quantity.low >= 1000 && verb.test(before) && !/\b(?:tu|tai|boi|cho|moi)\s*$/.test(before);
}

/** "số hồ sơ ADN đang lưu trong CSDL: 24.117" inside a sentence. */
function unitBefore(clause: Clause, lower: string, quantity: Quantity, context: CountContext): Unit | null {
  const match = /\b(?:tong )?so (?:luong )?([^:;.\d]{3,90}?)(?::| (?:hien )?(?:la|dat))\s*$/.exec(
    lower.slice(0, quantity.start),
  );
  if (match === null) return null;
  const from = match.index + match[0].indexOf(match[1] ?? '');
  const unit = unitAfter(clause.text, lower, from, context.units);
  return unit?.class === 'record' && unit.start <= from + 1
    ? { ...unit, start: quantity.end, end: quantity.end }
    : null;
}
