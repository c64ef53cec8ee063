/**
 * How a clause says what it says: done, going on, not done, intended, asked for, the purpose of something else, or
 * only supposed. Vietnamese marks this with small words before the verb; the one nearest to the verb decides, except
 * where it is itself the object of a stronger one ("sẽ hoàn thành kết nối" is intended).
 */
import type { Clause } from '../language/sentences.ts';

export type Mood =
  | 'done'
  | 'ongoing'
  | 'negated'
  | 'unfinished'
  | 'intended'
  | 'requested'
  | 'purpose'
  | 'hypothetical'
  | 'ready'
  | 'refused'
  | 'unmarked';

/** Before the verb; of several the last one counts. */
const BEFORE: readonly (readonly [Mood, RegExp])[] = [
  [
    'hypothetical',
    /\b(?:trong truong hop|truong hop|neu|gia su|phuong an la|khi (?:co|duoc|da|dat|hoan thanh|xong)|[cC]ho den khi)\b/g,
  ],
  [
    'requested',
    /\b(?<!theo )(?:[dD]e nghi|kien nghi|(?<!(?:dap ung|dat|bao dam|dam bao)(?: du| day du| cac)? )yeu cau|[dD]e xuat|xin y kien|don doc|[dD]ang ky(?= (?:ket noi|voi|danh gia))|can (?:som|khan truong)|khan truong|to trinh)\b/g,
  ],
  [
    'purpose',
    /\b(?:de (?!nghi|xuat|an\b|cuong|ra|tai)|De (?=dong bo|ket noi|lam sach|phuc vu|trien khai|thuc hien|hoan thanh|bao dam|dam bao|tich hop|khai thac|van hanh|dua)|nham|phuc vu(?: [cC]ho)?(?: viec)?|lam co so|lam can cu|huong toi|tien toi|truoc khi|tao dieu kien|(?:bao dam|dam bao)(?= (?:viec |[cC]ho viec )?(?:ket noi|dong bo|thong suot|lien thong)))/g,
  ],
  [
    'intended',
    /\b(?:(?:sau )?khi [^;]{3,80}? moi\b|sau khi|se|du kien|phan dau|(?<!\bban hanh (?:quyet dinh,? (?:va )?)?)ke hoach|lo trinh|chuan bi|muc tieu|sap|se duoc|chu truong|can(?! bo\b| cu\b| cuoc\b| thiet\b)|phai|du an|dau thau|thoi gian toi|giai doan (?:toi|tiep theo)|thong nhat(?= (?:ve|phuong an|chu truong|noi dung|voi|hoan thanh|viec|lo trinh|thoi gian|ket noi|trien khai))|trao doi(?! du lieu| thong tin)|lam viec (?:voi|cung)|nghien cuu|len phuong an|khao sat|bo tri kinh phi|lua chon|moi thau|cam ket|(?:phe duyet|trinh|lap|giao) (?:bao cao (?:kinh te|nghien cuu)|du an|[dD]e an|ke hoach|[dD]e cuong|cac nhiem vu)|ky (?:ket|bien ban|thoa thuan|quy che|ban ghi nho|hop dong)|lap (?:du an|[dD]e cuong|bao cao)|xin chu truong)\b/g,
  ],
  [
    'ready',
    /\b(?:san sang|du dieu kien|(?<!viec )(?:chap thuan|dong y|[cC]ho phep)(?: [cC]ho)?(?= (?:viec |mo )?(?:ket noi|dong bo|lien thong)))\b/g,
  ],
  [
    'refused',
    /\b(?:tu choi|khong dong y|khong (?:thong nhat|nhat tri|tan thanh|chap nhan)|khong [cC]ho phep|khong chap thuan)\b/g,
  ],
  [
    'unfinished',
    /\b(?:chua (?:hoan thanh|hoan thien|xong|day du|het|toan bo|dut diem|triet de)|moi (?:chi|dung lai|o muc|o buoc))\b/g,
  ],
  [
    'negated',
    /\b(?:chua|khong(?! chi\b| duoi\b| it hon\b| ngung\b| the thieu)|khong the|khong co|ngung|tam dung|con (?=\d+|mot so|nhieu))\b/g,
  ],
  [
    'ongoing',
    /\b(?:dang|tiep tuc|hien dang|tung buoc|buoc dau|bat dau(?! tu)|day manh|dang trong qua trinh|dang tien hanh|dang o)\b/g,
  ],
  [
    'done',
    /\b(?:da|moi|vua|hoan thanh|hoan tat|thuc hien xong|ket thuc|duoc|co(?! so\b| ban\b| quan\b| cau\b| che\b| yeu\b| hoi\b))\b/g,
  ],
];

/** After the verb ("việc kết nối C12 chưa thực hiện", "kết nối đã hoàn thành"). */
const AFTER: readonly (readonly [Mood, RegExp])[] = [
  ['unfinished', /\bchua (?:duoc )?(?:hoan thanh|hoan thien|xong|day du|het|on dinh|thong suot)\b/],
  [
    'negated',
    /\b(?:chua(?: duoc)?(?: thuc hien| trien khai| tien hanh| co| san sang| dat)?|khong (?:thuc hien|thanh cong|duoc)|khong duoc)\b/,
  ],
  ['ready', /\b(?:san sang|du dieu kien)\b/],
  ['intended', /\b(?:se|du kien|(?:du kien )?hoan thanh (?:trong|truoc|vao) (?:ngay|thang|quy|nam)|theo ke hoach)\b/],
  [
    'done',
    /\b(?:xong|thanh cong|da (?:duoc|hoan thanh|hoan tat|thong suot|thuc hien|xong|trinh|gui|nop|het)|hoan thanh|hoan tat)\b/,
  ],
  ['ongoing', /\b(?:dang (?:duoc )?(?:thuc hien|trien khai|tien hanh|hoan thien)|dang)\b/],
];

/** What opens a sentence and holds for all of it. */
const WHOLE: readonly (readonly [Mood, RegExp])[] = [
  ['hypothetical', /^(?:trong )?truong hop\b|^neu\b|^gia su\b/],
  [
    'intended',
    /^(?:trong )?(?:thoi gian|giai doan) (?:toi|tiep theo)\b|^phan dau\b|^du kien\b|^muc tieu\b|^dinh huong\b|^ke hoach\b(?! so)/,
  ],
  ['requested', /^(?:de nghi|kien nghi|de xuat|yeu cau)\b/],
];
const LABELS: readonly (readonly [Mood, RegExp])[] = [
  [
    'intended',
    /\b(?:giai phap|phuong huong|nhiem vu (?:trong tam|thoi gian)|ke hoach|thoi gian toi|giai doan toi|du kien|muc tieu)\b/,
  ],
  ['requested', /\b(?:kien nghi|de xuat|de nghi)\b/],
];

/** "thực hiện các bước để …", "làm thủ tục để …": the steps are going on, the purpose is what they lead to. */
const STEPS_TO =
  /\b(?:dang|tiep tuc|moi|bat dau|bat tay)\b[^;]{0,90}\b(?:cac buoc|thu tuc|phoi hop|lam viec|trao doi|tai lieu|cau hinh|lap trinh|thiet lap|bat tay|cong viec)\b[^;]{0,60}\b(?:[dD]e|nham|phuc vu)\b[^,;]{0,60}$/;

/** The mood of the words at `position` of a clause (its end, when the clause has no verb of its own). */
export function moodAt(clause: Clause, position: number, stated: string, until: number = position): Mood {
  const whole = wholeMood(clause, stated);
  if (whole === 'hypothetical' || whole === 'requested') return whole;
  const left = clause.folded.slice(0, position);
  const own = lastCue(clause, position);
  const after = afterCue(clause.folded.slice(until));
  if (own?.mood === 'purpose' && /\b(?:san sang|du dieu kien)\s+(?:[dD]e|phuc vu|[cC]ho)\b[^,;]{0,20}$/.test(left))
    return 'ready';
  if ((own?.mood === 'purpose' || own?.mood === 'intended') && STEPS_TO.test(left)) return 'ongoing';
  if (after !== null && (own === null || own.mood === 'done' || own.mood === 'unmarked' || own.mood === 'ongoing')) {
    if (!(own?.mood === 'ongoing' && after === 'done')) return settle(after, whole);
  }
  if (own !== null) return settle(own.mood, whole);
  if (whole !== null) return whole;
  return inherited(clause) ?? 'unmarked';
}

/** A plan for the future turns what is "continued" or "finished" in it into intentions; what was done stays done. */
function settle(mood: Mood, whole: Mood | null): Mood {
  return whole === 'intended' && (mood === 'ongoing' || mood === 'unmarked') ? 'intended' : mood;
}

function wholeMood(clause: Clause, stated: string): Mood | null {
  const { folded, label } = clause.sentence;
  const opening = folded.toLowerCase().trimStart();
  for (const [mood, pattern] of WHOLE) if (pattern.test(opening)) return mood;
  for (const [mood, pattern] of LABELS) if (pattern.test(label)) return mood;
  const period =
    /^(?:trong |den (?:het )?|tu )?(?:nam|quy [ivx\d]+(?:[/ ]| nam )|thang \d{1,2}(?:[/ ]| nam ))\s?(20\d\d)\b/.exec(
      opening,
    );
  return period !== null && `${period[1]}-12-31` > stated && !/\bda\b/.test(opening) ? 'intended' : null;
}

const AIMS: ReadonlySet<Mood> = new Set(['purpose', 'requested', 'intended', 'hypothetical', 'negated']);

interface Cue {
  mood: Mood;
  end: number;
}

type PlacedCue = Cue & { start: number; word: string };

/** Cues of clauses seen: every rule asks for the mood of its verb in the same clause. */
const CUES = new WeakMap<Clause, readonly PlacedCue[]>();

function cuesOf(clause: Clause): readonly PlacedCue[] {
  const known = CUES.get(clause);
  if (known !== undefined) return known;
  const cues: PlacedCue[] = [];
  for (const [mood, pattern] of BEFORE) {
    for (const match of clause.folded.matchAll(pattern)) {
      const start = match.index ?? 0;
      cues.push({ mood, start, end: start + match[0].length, word: match[0] });
    }
  }
  cues.sort((a, b) => a.start - b.start || b.end - a.end);
  CUES.set(clause, cues);
  return cues;
}

function lastCue(clause: Clause, position: number): Cue | null {
  const { folded } = clause;
  let last: (Cue & { start: number }) | null = null;
  for (const cue of cuesOf(clause)) {
    if (cue.end > position) continue;
    if (last !== null && cue.start < last.end) continue;
    // "Sau khi loại trùng, hệ thống còn lưu …": such a phrase ends at its comma.
    if (/^(?:sau khi|truoc khi|khi )/.test(cue.word) && folded.slice(cue.end, position).includes(',')) continue;
    // "đề nghị C12 cho phép …": the leave is what is asked for.
    if (cue.mood === 'ready' && last?.mood === 'requested' && cue.start - last.end < 25) continue;
    // "từ chối đề nghị của …": the request is what is refused.
    if (cue.mood === 'requested' && last?.mood === 'refused' && cue.start - last.end < 25) continue;
    // "chưa có kế hoạch …": not even planned.
    const plan = /^(?:ke hoach|lo trinh|du an|phuong an|chu truong)$/.test(cue.word);
    if (plan && last?.mood === 'negated' && cue.start - last.end < 12) continue;
    // "chưa thể đề nghị …": not even asked.
    if (cue.mood === 'requested' && last?.mood === 'negated' && cue.start - last.end < 12) continue;
    // Weak words ("hoàn thành", "được", "có") never displace a cue shortly before them.
    const weak = cue.mood === 'done' && !/^(?:da|vua)$/.test(cue.word);
    if (weak && last !== null && cue.start - last.end < 40 && last.mood !== 'done') continue;
    // "để tiếp tục …", "sẽ từng bước …": what goes on is only aimed at.
    const carried = cue.mood === 'ongoing' && cue.word !== 'dang' && last !== null && AIMS.has(last.mood);
    if (carried && cue.start - (last?.end ?? 0) < 15) continue;
    last = cue;
  }
  return last;
}

function afterCue(right: string): Mood | null {
  // Up to the next comma: behind it somebody else may be spoken of.
  const near = /^[^,;]{0,120}/.exec(right)?.[0] ?? '';
  for (const [mood, pattern] of AFTER) if (pattern.test(near)) return mood;
  return null;
}

/** A clause without a cue goes on in the mood of the one before it, as far as a comma joins them. */
function inherited(clause: Clause): Mood | null {
  for (let index = clause.index - 1; index >= 0; index -= 1) {
    const before = clause.sentence.clauses[index];
    if (
      before === undefined ||
      clause.sentence.folded[before.start - clause.sentence.start + before.text.length] === ';'
    ) {
      return null;
    }
    const cue = lastCue(before, before.folded.length);
    if (cue !== null) return cue.mood;
  }
  return null;
}

/**
 * The modality of an observation. The states of the scales already say what is going on, asked for, planned or not done
 * (`in_progress`, `requested`, `planned`, `none`), so the statement itself is a plain one; only a verb that opens a
 * bullet without any cue ("+ Kết nối …") leaves open whether it was done.
 */
export function modalityOf(mood: Mood, opensClause: boolean): string {
  return mood === 'unmarked' && opensClause ? 'unmarked' : 'done';
}
