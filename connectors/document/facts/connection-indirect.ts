/** Connections that a clause tells without a verb of its own: lists, answers to a label, denials, data tied to another. */
import type { Clause } from '../language/sentences.ts';
import { CONNECT } from './connection-partner.ts';
import { isTenseless, stateOf } from './connection-state.ts';
import { storyDay } from './event-day.ts';
import type { Fact, RuleContext } from './fact.ts';
import { moodAt } from './mood.ts';
import { findMentions } from './objects.ts';
import { factBase, mentionsOf, predicates } from './predicate.ts';

export const ATTRIBUTES = { c12: 'c12.connection', c06: 'c06.connection', other: 'other_db.connection' } as const;

/** Connections told without a verb, in the order of the rules below. */
export function readIndirect(clause: Clause, context: RuleContext, hasVerb: boolean): Fact[] {
  const listedOnes = hasVerb ? [] : [...listed(clause, context), ...underLabel(clause, context)];
  return [
    ...listedOnes,
    ...linked(clause, context),
    ...tried(clause, context),
    ...elliptic(clause),
    ...denied(clause, context),
  ];
}

/** "… từ các CSDL như: CSDL A; CSDL B": a clause that only names goes on with the verb before it. */
function listed(clause: Clause, context: RuleContext): Fact[] {
  if (clause.index === 0 || /\b(?:da|dang|chua|se|khong)\b/.test(clause.folded)) return [];
  const before = clause.sentence.clauses
    .slice(0, clause.index)
    .findLast((other) => new RegExp(CONNECT.source).test(other.lower));
  const mentions = mentionsOf(clause, context);
  if (before === undefined || mentions.length === 0 || clause.text.trim().length > 90) return [];
  if (!/[:;]|\bnhu\b/.test(clause.sentence.text)) return [];
  const predicate = predicates(before, CONNECT, context).at(-1);
  if (predicate === undefined || predicate.mood === 'hypothetical') return [];
  const state = stateOf(before.lower, predicate);
  const inbound = /\btu (?:cac )?(?:csdl|co so du lieu|he thong)/.test(before.lower);
  return mentions.map((mention) => ({
    ...factBase(clause, mention, predicate.mood),
    ...(isTenseless(before.lower, predicate) ? { modality: 'unmarked' } : {}),
    attribute: ATTRIBUTES[mention.kind],
    value_text: state,
    ...(mention.target === undefined ? {} : { target: mention.target }),
    flags: inbound ? { direction: 'in' } : {},
    confidence: 0.75,
  }));
}

/** "Đã kết nối với các CSDL khác: CSDL A, hai chiều": the label has the verb, the clause the objects. */
function underLabel(clause: Clause, context: RuleContext): Fact[] {
  const { label, labelled } = clause.sentence;
  if (!labelled || !new RegExp(CONNECT.source).test(label) || findMentions(label).length > 0) return [];
  const lower = clause.lower;
  const mood = moodAt(clause, clause.folded.length, context.stated);
  if (mood === 'hypothetical' || hasOwnTopic(lower)) return [];
  return mentionsOf(clause, context)
    .filter((mention) => mention.start < 60)
    .flatMap((mention): Fact[] => {
      const end = clause.folded.length;
      const state = stateOf(lower, { start: end, end, mention, mood, indirect: true });
      return [
        {
          ...factBase(clause, mention, 'done'),
          attribute: ATTRIBUTES[mention.kind],
          value_text: state,
          ...(mention.target === undefined ? {} : { target: mention.target }),
          confidence: 0.85,
        },
      ];
    });
}

/** "C12 khẳng định chưa triển khai nội dung nào": the receiver says that there is nothing. */
function denied(clause: Clause, context: RuleContext): Fact[] {
  const sentence = clause.sentence.lower;
  const lower = clause.lower;
  if (new RegExp(CONNECT.source).test(lower)) return [];
  if (/\b(?:lam sach|doi soat|danh gia|phan mem)\b/.test(lower)) return [];
  const at =
    /\bchua (?:trien khai|thuc hien|tiep nhan|nhan duoc|co)\b[^,;.]{0,30}\b(?:noi dung|du lieu|ket noi|gi|nao)\b/.exec(
      lower,
    );
  const receiver =
    /\b(c12|c06|trung tam du lieu quoc gia)\b[^,;.]{0,40}\b(?:khang dinh|cho biet|thong bao|tra loi|xac nhan|bao cao)\b/.exec(
      sentence,
    );
  if (at === null || receiver === null) return [];
  const day = storyDay(clause, context.stated);
  return [
    {
      ...factBase(clause, { start: at.index, end: at.index + at[0].length }, 'negated'),
      attribute:
        receiver[1] === 'c06'
          ? 'c06.connection'
          : /\bdu lieu\b|\bdong bo\b/.test(at[0])
            ? 'c12.sync'
            : 'c12.connection',
      value_text: 'none',
      ...(day === null ? {} : { observed_at: day }),
      confidence: 0.85,
    },
  ];
}

/** "thu thập … gắn với CSDL quốc gia về dân cư": tied to it in some way, which may or may not be a connection. */
function linked(clause: Clause, context: RuleContext): Fact[] {
  const lower = clause.lower;
  if (new RegExp(CONNECT.source).test(lower)) return [];
  const at = /\bgan (?:voi|ket voi|lien voi)\s+(?:csdl|co so du lieu|du lieu)[^,;]{0,30}\bdan cu\b/.exec(lower);
  if (at === null) return [];
  const mood = moodAt(clause, at.index, context.stated);
  if (mood !== 'done' && mood !== 'ongoing' && mood !== 'unmarked') return [];
  return [
    {
      ...factBase(clause, { start: at.index, end: at.index + at[0].length }, mood),
      attribute: 'c06.connection',
      value_text: 'linked',
      confidence: 0.85,
    },
  ];
}

/** "Kết nối: với C12 chưa có, với C06 đã hoàn thành": the verb was said before. */
function elliptic(clause: Clause): Fact[] {
  const lower = clause.lower;
  const match =
    /^\W*(?:(?:con|rieng|doi) )?voi (c12|c06|trung tam du lieu quoc gia|(?:csdl|co so du lieu) quoc gia ve dan cu)\s+(?:thi )?(?:cung )?(chua|da)(?: co| thuc hien| hoan thanh| xong)?\s*(?:[,.;]|$)/.exec(
      lower,
    );
  if (match === null || !/\b(?:ket noi|lien thong)\b/.test(`${clause.sentence.label} ${clause.sentence.folded}`))
    return [];
  const kind = /^(?:c12|trung)/.test(match[1] ?? '') ? 'c12' : 'c06';
  const negated = match[2] === 'chua';
  return [
    {
      ...factBase(clause, { start: 0, end: match[0].length }, negated ? 'negated' : 'done'),
      attribute: ATTRIBUTES[kind],
      value_text: negated ? 'none' : 'connected',
      confidence: 0.9,
    },
  ];
}

/** "Trên môi trường thử nghiệm của C06, các API gọi thành công": the link is tried out. */
function tried(clause: Clause, context: RuleContext): Fact[] {
  const lower = clause.lower;
  if (new RegExp(CONNECT.source).test(lower)) return [];
  const at = /\bmoi truong (?:thu nghiem|kiem thu|test|thu)\b[^,;.]{0,20}\b(c12|c06|trung tam du lieu quoc gia)\b/.exec(
    lower,
  );
  if (at === null || !/\b(?:api|goi|ban tin|kich ban|truy van)\b/.test(lower)) return [];
  const mood = moodAt(clause, clause.folded.length, context.stated);
  if (mood !== 'done' && mood !== 'ongoing' && mood !== 'unmarked') return [];
  return [
    {
      ...factBase(clause, { start: at.index, end: at.index + at[0].length }, 'done'),
      attribute: ATTRIBUTES[at[1] === 'c06' ? 'c06' : 'c12'],
      value_text: 'test',
      confidence: 0.85,
    },
  ];
}

/** A clause under a connection label that is about something else does not answer the label. */
export function hasOwnTopic(lower: string): boolean {
  return /\b(?:tieu chi|phan mem|bo cong cu|lam sach|an ninh|an toan|tap huan|dao tao|kinh phi|tai khoan|agent ?node|agent|ban ghi|ho so)\b/.test(
    lower,
  );
}
