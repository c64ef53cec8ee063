/** Data creation, updating, data definition, training, services and law: states said in few, regular wordings. */
import { slug } from '../language/fold.ts';
import type { Clause } from '../language/sentences.ts';
import { eventDay } from './event-day.ts';
import type { Fact, Reading, RuleContext } from './fact.ts';
import { type Mood, moodAt } from './mood.ts';
import { factBase } from './predicate.ts';

interface Topic {
  attribute: string;
  pattern: RegExp;
  /** The state for a mood; null = this wording says nothing about the attribute. */
  state(mood: Mood, lower: string, words: string, sentence: string): string | null;
  /** What the fact is about, where the attribute has targets. */
  target?(lower: string, words: string): string;
  flags?(clause: Clause, words: string): Record<string, string | number | boolean>;
  dated?: boolean;
}

const LAW = '(?:nghi dinh|thong tu|luat|nghi quyet|quyet dinh cua thu tuong)';
const NUMBER = /\b(?:so )?(\d+(?:\/\d{4})?\/[\w\u0111-]+)/i;

/** "Nghị định … đã ban hành": what is said after the name of the text. */
const LAW_SAID: Readonly<Record<string, string>> = {
  'da trinh': 'submitted',
  'da ban hanh': 'issued',
  'da ky': 'issued',
  'da thong qua': 'issued',
  'da co hieu luc': 'in_force',
};

const TOPICS: readonly Topic[] = [
  {
    attribute: 'data.created',
    pattern:
      /\b(?:tao lap|thu thap|so hoa|nhap|khoi tao|nhap lieu)\b(?: (?:ban dau|buoc dau|cac|xong|day du|toan bo))*\s*(?:viec )?(?:tao lap |nhap )?(?:du lieu|csdl|co so du lieu|ho so|thong tin|lieu\b|doi voi du lieu)|\btrien khai nhap lieu\b|^\W*(?:hien )?(?:chua|khong) co du lieu\b(?! qua khu)|\bdu lieu\b[^,;.]{0,40}\b(?:tao lap|so hoa|nhap)(?: day du| xong| hoan thanh| toan bo)/,
    state: (mood, lower) => {
      if (/\b(?:chuc nang|quy trinh|bieu mau|cong cu) [^,;.]{0,20}(?:nhap lieu|thu thap|tao lap)/.test(lower))
        return null;
      if (
        /\b(?:sau|truoc) khi (?:nhap|tao lap|thu thap|so hoa)/.test(lower) ||
        /\d[.,]?\d{3}|\btrieu\b|\bnghin\b/.test(lower)
      )
        return null;
      if (mood === 'negated') return /\bvao\b/.test(lower) ? null : 'none';
      if (/\bco du lieu\b/.test(lower)) return null;
      if (mood === 'intended' || mood === 'requested') return 'planned';
      if (mood === 'purpose' || mood === 'hypothetical' || mood === 'ready' || mood === 'refused') return null;
      if (/\b(?:hoan thanh|da) (?:buoc dau|ban dau)\b|\bbuoc dau (?:hoan thanh|tao lap|hinh thanh)\b/.test(lower))
        return 'initial';
      if (mood === 'ongoing' || mood === 'unfinished') return 'collecting';
      if (mood === 'unmarked') return null;
      if (/\b(?:hoan thanh|day du|toan bo|100 ?%|xong)\b/.test(lower)) return 'full';
      return /\b(?:co ban|phan lon)\b/.test(lower) ? 'substantial' : null;
    },
  },
  {
    attribute: 'update.mode',
    pattern:
      /\b(?:[tT]u dong|dinh ky|thuong xuyen|hang (?:ngay|tuan|thang)|hang (?:gio|quy)|thu cong|theo thoi gian thuc|thoi gian thuc)\s+(?:duoc )?(?:cap nhat|dong bo)|\bcap nhat\s+(?:du lieu\s+)?(?:[tT]u dong|dinh ky|thuong xuyen|hang (?:ngay|tuan|thang)|thu cong|theo thoi gian thuc|thoi gian thuc|realtime)/i,
    state: (mood, _lower, words) => {
      if (mood !== 'done' && mood !== 'ongoing' && mood !== 'unmarked') return mood === 'negated' ? 'none' : null;
      if (/tu dong|thoi gian thuc|realtime/.test(words)) return 'auto';
      return /thu cong/.test(words) ? 'manual' : 'periodic';
    },
  },
  {
    attribute: 'data.definition',
    pattern:
      /\b(?:du lieu chu|du lieu goc|du lieu tham chieu|truong thong tin|cau truc du lieu|danh muc du lieu|chuan hoa du lieu danh muc)\b/,
    state: (mood, lower) => {
      if (!/\b(?:ra soat|xac dinh|ban hanh|danh gia|xay dung|hoan thanh|cong bo)\b/.test(lower)) return null;
      if (mood === 'done') return 'done';
      if (mood === 'ongoing' || mood === 'unfinished') return 'in_progress';
      return mood === 'negated' ? 'none' : null;
    },
    flags: (clause) => {
      const fields = /\b(\d{1,4}) truong (?:thong tin|du lieu)/.exec(clause.lower);
      return fields === null ? {} : { shared_fields: Number(fields[1]) };
    },
  },
  {
    attribute: 'training.state',
    pattern: /\b(?:tap huan|dao tao)\b/,
    state: (mood, lower) => {
      // A share of units is read as one.
      if (/\d+ ?\/ ?\d+/.test(lower)) return null;
      if (mood === 'done') return 'done';
      if (mood === 'ongoing') return 'in_progress';
      if (mood === 'negated') return 'none';
      return mood === 'intended' ? 'planned' : null;
    },
    dated: true,
  },
  {
    attribute: 'legal.basis',
    pattern: new RegExp(
      `\\b${LAW}\\b[^;]{0,60}?\\b(?:da|dang) (?:duoc )?(?:du thao|soan thao|lay y kien|trinh|ban hanh|ky|thong qua|co hieu luc)\\b|\\b(?:du thao|trinh|ban hanh|xay dung|thong qua|soan thao|hoan thien)\\b[^;.]{0,60}?\\b${LAW}\\b`,
    ),
    state: (mood, clauseText, words, sentence) => {
      const said = /\b(da|dang) (?:duoc )?(du thao|soan thao|lay y kien|trinh|ban hanh|ky|thong qua|co hieu luc)$/.exec(
        words,
      );
      if (said !== null && mood !== 'hypothetical') return LAW_SAID[`${said[1]} ${said[2]}`] ?? 'drafting';
      const lower = /\bdu thao\b/.test(clauseText) ? sentence : clauseText;
      if (mood === 'hypothetical' || mood === 'requested' || mood === 'purpose') return null;
      if (
        /\bdu thao\b/.test(lower) &&
        /\b(?:da trinh|da gui|trinh (?:chinh phu|thu tuong|quoc hoi|bo truong))\b/.test(lower)
      )
        return 'submitted';
      if (/\bdu thao\b|\bsoan thao\b/.test(lower)) return mood === 'negated' ? 'none' : 'drafting';
      if (mood === 'intended') return 'planned';
      if (mood === 'negated') return 'none';
      if (/\bban hanh\b/.test(lower) && mood === 'done') return NUMBER.test(lower) ? 'issued' : null;
      if (/\btrinh\b/.test(lower) && mood === 'done') return 'submitted';
      return mood === 'ongoing' ? 'drafting' : null;
    },
    target: (_lower, words) => slug(NUMBER.exec(words)?.[1] ?? 'van-ban'),
    flags: (clause, words) => {
      const number = NUMBER.exec(clause.text.slice(clause.lower.indexOf(words)))?.[1];
      const round = /\blan (\d)\b/.exec(clause.sentence.lower);
      return {
        ...(number === undefined ? {} : { number }),
        ...(round === null ? {} : { round: Number(round[1]) }),
        ...lawDays(clause, number),
      };
    },
  },
  {
    attribute: 'plan.issued',
    pattern:
      /\b(?:ban hanh|phe duyet)\b(?: quyet dinh,)?[^;.,]{0,40}\b(?:ke hoach|bao cao (?:kinh te|nghien cuu)|du an|de cuong|chu truong dau tu)\b/,
    state: (mood) =>
      mood === 'done' || mood === 'unmarked'
        ? 'issued'
        : mood === 'ongoing'
          ? 'drafting'
          : mood === 'negated'
            ? 'none'
            : null,
    target: (_lower, words) => slug(NUMBER.exec(words)?.[1] ?? 'ke-hoach'),
  },
];

/** The day a legal text was issued, and from when it is in force where the text says so. */
function lawDays(clause: Clause, number: string | undefined): Record<string, string> {
  if (number === undefined) return {};
  const { sentence } = clause;
  const at = sentence.text.indexOf(number);
  const issued = sentence.days.find((day) => day.start > at && day.start - at < number.length + 12);
  const folded = sentence.lower;
  const effective = sentence.days.find(
    (day) =>
      day.start > at && /\b(?:tu|ke tu|hieu luc(?: thi hanh)?(?: tu)?) (?:ngay )?$/.test(folded.slice(0, day.start)),
  );
  return {
    ...(issued?.precision === 'day' ? { since: issued.day } : {}),
    ...(effective?.precision === 'day' ? { effective_from: effective.day } : {}),
  };
}

export function readProgress(clause: Clause, context: RuleContext): Reading {
  const lower = clause.lower;
  const facts: Fact[] = [];
  for (const topic of TOPICS) {
    const match = topic.pattern.exec(lower);
    if (match === null) continue;
    const mood = moodAt(clause, match.index + leading(match[0]), context.stated);
    const rest = lower.slice(match.index);
    const state = topic.state(mood, lower, match[0], clause.sentence.lower);
    if (state === null) continue;
    const day = topic.dated === true ? eventDay(clause, context.stated) : null;
    facts.push({
      ...factBase(clause, { start: match.index, end: match.index + match[0].length }, mood),
      attribute: topic.attribute,
      value_text: state,
      ...(topic.target === undefined ? {} : { target: topic.target(lower, rest) }),
      flags: topic.flags?.(clause, match[0]) ?? {},
      ...(day === null ? {} : { observed_at: day }),
      confidence: 0.8,
    });
  }
  const onTime = /\b(?:bao dam|dam bao|dung) (?:dung )?tien do\b/.exec(lower);
  if (
    onTime !== null &&
    !['intended', 'requested', 'purpose', 'hypothetical', 'negated'].includes(
      moodAt(clause, onTime.index, context.stated),
    )
  ) {
    facts.push({
      ...factBase(clause, { start: onTime.index, end: onTime.index + onTime[0].length }, 'done'),
      attribute: 'progress',
      value_text: 'in_progress',
      flags: { on_time_claimed: true },
      confidence: 0.8,
    });
  }
  const updated = labelledUpdate(clause, lower);
  if (updated !== null) facts.push(updated);
  const content = blank(clause, context);
  return { facts: content === null ? facts : [...facts, content], refusals: [] };
}

function leading(words: string): number {
  return /^(?:da|dang|chua)\s+/.exec(words)?.[0].length ?? 0;
}

/** "Cập nhật: định kỳ hằng tuần". */
function labelledUpdate(clause: Clause, lower: string): Fact | null {
  if (
    !clause.sentence.labelled ||
    clause.index > 0 ||
    !/^(?:cap nhat|che do cap nhat|tan suat cap nhat)/.test(clause.sentence.label)
  )
    return null;
  const match = /\b(tu dong|thoi gian thuc|dinh ky|hang (?:ngay|tuan|thang|gio|quy)|thuong xuyen|thu cong)\b/.exec(
    lower,
  );
  if (match === null) return null;
  const value = /tu dong|thoi gian thuc/.test(match[0]) ? 'auto' : match[0] === 'thu cong' ? 'manual' : 'periodic';
  return {
    ...factBase(clause, { start: match.index, end: match.index + match[0].length }, 'done'),
    attribute: 'update.mode',
    value_text: value,
  };
}

/** "Bộ … đang triển khai thực hiện": a status that says nothing but that work goes on. */
function blank(clause: Clause, context: RuleContext): Fact | null {
  const lower = clause.lower.replace(/[.;,\s]+$/, '');
  if (clause.sentence.clauses.length > 1 || clause.sentence.text.length > 70) return null;
  const match =
    /(?:^|\b)(?:dang|tiep tuc)(?: duoc)?(?: tich cuc| tiep tuc| khan truong)? (?:trien khai|thuc hien|to chuc|hoan thien)(?: thuc hien| trien khai)?(?: nhiem vu| theo (?:ke hoach|quy dinh|tien do))?$/.exec(
      lower,
    );
  if (match === null || clause.sentence.label !== '') return null;
  return {
    ...factBase(clause, { start: match.index, end: lower.length }, moodAt(clause, lower.length, context.stated)),
    attribute: 'progress',
    value_text: 'in_progress',
    modality: 'done',
  };
}
