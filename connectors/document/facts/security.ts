/** Security assessment of a database's system, and approval of its security level. */
import type { Clause } from '../language/sentences.ts';
import { eventDay } from './event-day.ts';
import type { Fact, Reading, RuleContext } from './fact.ts';
import { moodAt } from './mood.ts';
import { factBase, refusal } from './predicate.ts';

const SAFETY =
  '(?:an ninh(?:,? (?:va )?an toan)?|an toan(?:,? (?:va )?an ninh| thong tin| he thong| bao mat)|antt|anat|attt|anm|attt mang|bao mat|lo hong)';
const ASSESSMENT = new RegExp(
  `\\b(?:danh gia|kiem tra|kiem dinh|ra soat|tham dinh|d\\/g)(?:,? (?:danh gia|kiem tra))?[^,;.]{0,45}\\b${SAFETY}\\b|\\b${SAFETY}\\b[^,;.]{0,40}\\b(?:danh gia|kiem tra)\\b`,
);
const JUDGED = new RegExp(
  `\\b(?:dat|bao dam|dam bao|dap ung)\\b[^,;.]{0,25}\\b(?:yeu cau|dieu kien|tieu chuan|muc)\\b[^,;.]{0,20}\\b${SAFETY}\\b|\\b(?:dat|bao dam|dam bao)\\b[^,;.]{0,12}\\b${SAFETY}\\b`,
);
const SAFETY_LABEL = new RegExp(`\\b${SAFETY}\\b`);
const REMEDY =
  /\bkhac phuc\b[^.;]{0,70}\b(?:loi|lo hong|ton tai|diem yeu|khuyen nghi|noi dung|van de|bao mat|an toan|an ninh)\b|\b(?:loi|lo hong|ton tai|diem yeu)\b[^.;]{0,60}\bkhac phuc\b|\bkhac phuc xong\b/;
const REMEDIED =
  /\bkhac phuc (?:xong|hoan toan|dut diem|day du|het)|\b(?:da|hoan thanh)(?: viec| duoc| hoan thanh| tien hanh| thuc hien| co bao cao| bao cao| to chuc)* khac phuc|\bda duoc khac phuc|\bbao cao khac phuc/;
const WAITING =
  /\b(?:[dD]ang )?cho (?:(?:a05|bo cong an|c06|c12|co quan chuc nang|don vi chuc nang|cuc a05)\b[^,;.]{0,25})?(?:ket qua|kq|thong bao|phan hoi|ket luan|y kien|xac nhan|danh gia|tra loi)|\bchua (?:co|nhan duoc|duoc thong bao|duoc tra|tra|thong bao|gui) (?:ket qua|kq|ket luan)/;
const PASSED =
  /\b(?:ket luan(?: la)? dat\b(?! \d)|xac nhan [^,;.]{3,30} du dieu kien|dat (?:yeu cau|chuan|tieu chuan|muc|an ninh|an toan|ket qua)|ket qua(?: la)?:? dat\b|:\s*dat\b|danh gia (?:la )?dat\b|du dieu kien (?:ve )?(?:an ninh|an toan)|xac nhan (?:dat|bao dam|dam bao|du dieu kien)|thong qua danh gia|vuot qua|bao dam (?:du )?(?:yeu cau|dieu kien) (?:ve )?(?:an ninh|an toan)|duoc (?:a05|bo cong an|cuc a05) (?:danh gia|xac nhan|cong nhan) dat)|\bda dat\b|\bdap ung (?:day du )?(?:cac )?yeu cau\b/;
const FAILED =
  /\b(?:chua|khong) (?:dat|bao dam|dam bao|dap ung|vuot qua|du dieu kien)\b|\byeu cau (?:tiep tuc )?khac phuc\b|\bphai khac phuc\b|\b(?:dang|tiep tuc|chua)(?: duoc| hoan thanh| thuc hien)* khac phuc\b|\bcon (?:ton tai|\d+) (?:loi|lo hong|diem yeu)/;
const LEVEL =
  /\b(?:ho so (?:de xuat )?cap do|[dD]e xuat cap do|hscd|hsdxcd|hs cap do|cap do (?:an toan|attt|he thong)|(?:an toan|attt)[^,;.]{0,25} theo cap do|(?:phe duyet|tham dinh|xac dinh) cap do|cap do [1-5]\b)/;

export function readSecurity(clause: Clause, context: RuleContext): Reading {
  const lower = clause.lower;
  const before = clause.sentence.clauses[clause.index - 1]?.lower ?? '';
  // "… phê duyệt hồ sơ cấp độ (còn 10 CSDL chưa hoàn thành)"
  const goesOn =
    LEVEL.test(before) &&
    /\b\d{1,3} (?:csdl|co so du lieu|he thong)\b[^,;]{0,30}\b(?:chua|da)\b|^\W*(?:dang|da) (?:duoc )?(?:trinh|gui|nop|tham dinh)\b/.test(
      lower,
    );
  const labelled = clause.sentence.labelled && LEVEL.test(clause.sentence.label);
  const level = LEVEL.exec(lower) ?? (labelled || goesOn ? /^/.exec(lower) : null);
  if (level !== null) return readLevel(clause, context, level.index, level.index + level[0].length);
  const about =
    ASSESSMENT.exec(lower) ??
    JUDGED.exec(lower) ??
    (REMEDY.test(lower) && isAboutSafety(clause) ? REMEDY.exec(lower) : null) ??
    (/\b(?:ket luan|a05)\b/.test(lower) && (PASSED.test(lower) || FAILED.test(lower)) && isAboutSafety(clause)
      ? /\b(?:ket luan|a05)\b/.exec(lower)
      : null);
  const waiting = WAITING.exec(clause.folded);
  const underLabel = clause.sentence.labelled && SAFETY_LABEL.test(clause.sentence.label);
  const spoken = about !== null || underLabel || (waiting !== null && isAboutSafety(clause));
  // "không còn lỗi phải khắc phục" repeats that it passed.
  const nothingLeft = /\bkhong (?:con|co)\b[^,;.]{0,25}\bkhac phuc\b/.test(lower);
  if (!spoken || nothingLeft || isOfficeInner(clause)) return { facts: [], refusals: [] };
  const at = span(about ?? waiting, clause);
  const read = moodAt(clause, at.start, context.stated, at.end);
  const asked = read === 'purpose' && /\b(?:dang ky|gui|nop|trinh|de nghi)\b/.test(lower.slice(0, at.start));
  const mood = asked ? 'requested' : read;
  const atWork =
    mood === 'purpose' &&
    /\b(?:a05|doan (?:cong tac|kiem tra|danh gia))\b[^;]{0,60}\b(?:lam viec|tien hanh|dang|trien khai)\b/.test(
      lower.slice(0, at.start),
    );
  if (mood === 'hypothetical' || (mood === 'purpose' && waiting === null && !atWork)) {
    return mood === 'hypothetical'
      ? { facts: [], refusals: [refusal('hypothetical', 'an assessment that is only supposed', at)] }
      : { facts: [], refusals: [] };
  }
  const day = eventDay(clause, context.stated);
  const round = /\blan (?:thu )?(\d)\b/.exec(clause.sentence.lower);
  const base = { ...factBase(clause, at, mood), attribute: 'security.assessment' };
  const flags = round === null ? {} : { round: Number(round[1]) };
  const fact = (value: string, more: Partial<Fact> = {}): Fact => ({
    ...base,
    value_text: value,
    ...(day === null ? {} : { observed_at: day }),
    ...more,
    flags: { ...flags, ...more.flags },
  });
  const facts: Fact[] = [];
  const share = /\bkhac phuc (?:duoc |xong )?(\d+) ?(?:\/|tren|trong) ?(\d+)\b/.exec(lower);
  if (share !== null && Number(share[1]) < Number(share[2])) return { facts: [fact('failed')], refusals: [] };
  if (REMEDIED.test(lower) && !/\bchua\b[^,;]{0,20}khac phuc/.test(lower))
    facts.push(fact('remediated', { modality: 'done' }));
  if (waiting !== null) {
    const remediated = REMEDIED.test(clause.sentence.lower);
    const { observed_at: _, ...undated } = fact('awaiting_result', { modality: 'done' });
    facts.push({
      ...undated,
      flags: {
        ...flags,
        ...(day === null ? {} : { since: day }),
        holder: 'a05',
        ...(remediated ? { remediated: true } : {}),
      },
    });
  }
  if (facts.length > 0) return { facts, refusals: [] };
  const state =
    underLabel && /^\W*(?:da )?dat\b(?! \d)/.test(lower)
      ? 'passed'
      : atWork
        ? 'in_progress'
        : mood === 'done' && takenBack(clause)
          ? 'failed'
          : stateOf(lower, mood);
  return { facts: state === null ? [] : [fact(state)], refusals: [] };
}

function stateOf(lower: string, mood: string): string | null {
  if (/\bchua (?:duoc |the )?(?:gui|trinh|lap|nop|[dD]e nghi)\b[^,;.]{0,40}\b(?:ho so|danh gia|kiem tra)\b/.test(lower))
    return 'none';
  if (mood === 'requested' && /\bchua (?:duoc )?(?:gui|trinh|lap|nop|de nghi)\b/.test(lower)) return 'none';
  if (FAILED.test(lower)) return 'failed';
  if (mood === 'requested' && REMEDY.test(lower)) return 'failed';
  if (mood === 'requested' || /\b(?:gui|trinh|co) (?:van ban|cong van|ho so)[^,;]{0,40}\b[dD]e nghi\b/i.test(lower))
    return 'requested';
  if (mood === 'negated') return 'none';
  if (mood === 'intended') return 'planned';
  if (PASSED.test(lower)) return 'passed';
  if (mood === 'ready') return 'planned';
  if (mood === 'ongoing' || mood === 'unfinished') return 'in_progress';
  if (mood === 'done') return 'assessed';
  return null;
}

/** "Đã đánh giá …, nhưng chưa đạt". */
function takenBack({ sentence, index }: Clause): boolean {
  const next = sentence.clauses[index + 1]?.lower ?? '';
  return /^\W*(?:nhung |song |tuy nhien,? |ket qua )?(?:chua|khong) dat\b/.test(next);
}

/** "khắc phục …", "chờ kết quả" alone: about safety when the sentence, or its label, speaks of it. */
function isAboutSafety(clause: Clause): boolean {
  const sentence = clause.sentence.lower;
  return SAFETY_LABEL.test(sentence) || SAFETY_LABEL.test(clause.sentence.label) || /\ba05\b/.test(sentence);
}

/** "bên C12 báo cáo là nội bộ đang đánh giá …": the assessment is of the other side's link, a blocker, not a state. */
function isOfficeInner(clause: Clause): boolean {
  return /\b(?:c12|c06|trung tam du lieu quoc gia)\b[^,;]{0,60}\bnoi bo\b/.test(clause.sentence.lower);
}

function span(match: RegExpExecArray | null, clause: Clause): { start: number; end: number } {
  if (match === null) return { start: clause.folded.length, end: clause.folded.length };
  return { start: match.index, end: match.index + match[0].length };
}

function readLevel(clause: Clause, context: RuleContext, start: number, end: number): Reading {
  const lower = clause.lower;
  // Under its label the whole clause is the answer.
  const mood = moodAt(clause, end === 0 ? lower.length : start, context.stated);
  if (mood === 'hypothetical' || mood === 'purpose') return { facts: [], refusals: [] };
  const state = levelState(lower, mood);
  if (state === null) return { facts: [], refusals: [] };
  const day = eventDay(clause, context.stated);
  const counted = /\b(\d{1,3}) (?:csdl|co so du lieu)\b/.exec(clause.sentence.lower);
  const fact: Fact = {
    ...factBase(clause, { start, end }, mood),
    attribute: 'security.level_approval',
    value_text: state,
    ...(day === null ? {} : { observed_at: day }),
    flags: counted === null ? {} : { databases: Number(counted[1]) },
  };
  return { facts: [fact], refusals: [] };
}

function levelState(lower: string, mood: string): string | null {
  if (/\bhet (?:han|hieu luc)\b/.test(lower)) return 'expired';
  // Still being written: "đang hoàn thiện hồ sơ cấp độ để trình".
  if (
    /\b(?:dang|tiep tuc) (?:xay dung|hoan thien|lap|soan|du thao|chinh sua|bo sung)\b[^,;.]{0,30}\bcap do\b/.test(lower)
  )
    return 'none';
  if (mood === 'negated' || mood === 'unfinished') return 'none';
  if (mood === 'intended' || mood === 'requested')
    return /\b(?:da|dang) (?:gui|trinh|nop|de nghi)\b/.test(lower) ? 'submitted' : 'none';
  if (
    /\b(?:dang|da) (?:duoc )?(?:trinh|gui|nop|tham dinh|cho)\b|\bcho (?:phe duyet|tham dinh)\b|\btrinh (?:tham dinh|phe duyet)\b/.test(
      lower,
    )
  )
    return 'submitted';
  if (mood === 'ongoing') return /\btham dinh\b|\bphe duyet\b/.test(lower) ? 'submitted' : 'none';
  const signed = /\bquyet dinh\b|\bduoc (?:ky|phe duyet|duyet|cap)\b/.test(lower);
  return /\b(?:phe duyet|duoc duyet|dat)\b/.test(lower) && (mood === 'done' || (mood === 'unmarked' && signed))
    ? 'approved'
    : null;
}
