/** Connection with the national data centre (C12), the population database (C06) and other systems. */
import type { Clause } from '../language/sentences.ts';
import { eventDay, sinceDay } from './event-day.ts';
import type { Fact, Reading, Refusal, RuleContext } from './fact.ts';
import { moodAt } from './mood.ts';
import { findMentions, type Mention } from './objects.ts';
import { answerToLabel, factBase, mentionsOf, otherSubject, type Predicate, predicates, refusal } from './predicate.ts';

export const CONNECT =
  /\b(?:ket noi|lien thong|tich hop|thong tuyen|dau noi|k\/n|chia se(?:,? khai thac)? (?:du lieu|thong tin)|dich vu chia se|khai thac du lieu|(?<!khac phuc )duong truyen|kenh (?:truyen|ket noi|chinh thuc)|luong (?:du lieu|gui|nhan)|(?:lay|nhan|trao doi) du lieu|gui du lieu(?= (?:0?1|mot|hai|0?2) chieu)|xac thuc(?= (?:0?1|mot|hai|0?2) chieu))\b/;
/** A label of the connection, or only of the other side ("Với C12: cũng chưa"). */
const CONNECT_LABEL = new RegExp(
  `${CONNECT.source}|^(?:voi|ve|rieng|doi voi|con|rieng voi)?\\s*(?:c12|c06|dan cu|(?:csdl|du lieu)[a-z ]{0,20} dan cu|trung tam du lieu quoc gia)$`,
);
const ATTRIBUTES = { c12: 'c12.connection', c06: 'c06.connection', other: 'other_db.connection' } as const;
const TESTED =
  /(?:thu nghiem|kiem thu|chay thu|thi diem|\btest)(?! va)[^,;]{0,30}\b(?:ket noi|lien thong|tich hop)|(?:ket noi|lien thong|tich hop)(?! va)[^,;]{0,40}(?:thu nghiem|kiem thu|chay thu|thi diem|\btest\b|\bthu\b(?! tuc| thap| ba| hai| vien| nhat))/;
const BROKEN =
  /gian doan|bi dut|mat (?:ket noi|lien thong)|chua khoi phuc|khong hoat dong|tam (?:dung|ngung|ngat)|ngung (?:ket noi|lien thong)|loi (?:ket noi|lien thong)|bi (?:loi|ngat|treo)|khong on dinh|chap chon|su co (?:ket noi|duong truyen)/;
const PART =
  /\bmot phan\b|\btung phan\b|\bmot so (?:du lieu|dich vu|chuc nang|thu tuc|truong|truong thong tin|noi dung)\b/;
const ONE_WAY = /\b(?:0?1|mot) chieu\b|\bdon chieu\b/;
const TWO_WAY = /\b(?:0?2|hai) chieu\b|\bsong phuong\b|\bhai phia\b|\bgui va (?:luong )?nhan\b|\bhai luong\b/;
/** A plan or paper about the connection is not the connection. */
const PAPER =
  /\b(?:phuong an|tai lieu|quy che|bien ban|thoa thuan|huong dan|dac ta|noi dung|ke hoach)\s+(?:ky thuat\s+)?(?:ve\s+)?(?:viec\s+)?$/;
const MADE = new Set(['connected', 'one_way', 'two_way', 'partial']);
const STEPS = /\b(?:trien khai|thuc hien|tien hanh|xay dung|hoan thien|lam thu tuc|phoi hop|day nhanh|xuc tien)\b/;

export function readConnection(clause: Clause, context: RuleContext): Reading {
  const lower = clause.folded.toLowerCase();
  const found = predicates(clause, CONNECT, context);
  const direct = carried(
    clause,
    found.filter((predicate) => predicate.mention !== null),
    found,
    context,
  );
  const labelled =
    direct.length > 0 || (found.length === 0 && hasOwnTopic(lower))
      ? []
      : answerToLabel(clause, CONNECT_LABEL, context);
  const facts: Fact[] = [];
  const refusals: Refusal[] = [];
  for (const predicate of direct.length > 0 ? direct : labelled) {
    const { mention, mood } = predicate;
    if (mention === null) continue;
    // "chờ C12 mở kênh …": what is waited for is not there.
    if (/\bcho (?:c12|c06|a05|phan hoi|y kien)\b[^,;]*$/.test(clause.folded.slice(0, mention.end))) continue;
    if (isOfAnother(lower, predicate, direct) || hasOtherSubject(lower, predicate, clause, context)) {
      refusals.push(refusal('other_subject', 'another system is connected', predicate));
      continue;
    }
    if (mood === 'hypothetical') {
      refusals.push(refusal('hypothetical', 'a connection that is only supposed', predicate));
      continue;
    }
    const told = asked(clause, stateOf(lower, predicate));
    const state = told !== null && MADE.has(told) && laterBroken(clause) ? 'interrupted' : told;
    if (state === null) continue;
    const fact: Fact = {
      ...factBase(clause, widen(predicate), mood),
      attribute: ATTRIBUTES[mention.kind],
      value_text: state,
      ...(mention.target === undefined ? {} : { target: mention.target }),
    };
    if (
      mention.kind !== 'c12' &&
      /\b(?:tu|nhan)\s+(?:cac |he thong |csdl |co so du lieu )*$/.test(lower.slice(0, mention.start))
    ) {
      fact.flags = { ...fact.flags, direction: 'in' };
    }
    if (predicate.indirect) fact.confidence = Math.min(fact.confidence, 0.9);
    facts.push(placed(fact, clause, context));
  }
  if (found.length === 0) facts.push(...listed(clause, context), ...underLabel(clause, context));
  facts.push(...linked(clause, context), ...denied(clause, context));
  return { facts, refusals };
}

/** "Hệ thống giải quyết thủ tục hành chính đã kết nối với C12": said of the other system, not of the database. */
function hasOtherSubject(lower: string, predicate: Predicate, clause: Clause, context: RuleContext): boolean {
  return otherSubject(lower, predicate.start, mentionsOf(clause, context), predicate.mention);
}

/** "đã kết nối CSDL A với hệ thống B": two other systems are connected with each other. */
function isOfAnother(lower: string, predicate: Predicate, all: readonly Predicate[]): boolean {
  const same = all.filter((other) => other.start === predicate.start && other.mention !== null);
  const first = same.map((other) => other.mention).sort((a, b) => (a?.start ?? 0) - (b?.start ?? 0))[0];
  if (same.length < 2 || first?.kind !== 'other' || first.start < predicate.end) return false;
  return lower.slice(predicate.end, first.start).trim() === '' && /\bvoi\b/.test(lower.slice(first.end));
}

/** When it was true, how far it holds, since when it is waited for. */
function placed(fact: Fact, clause: Clause, context: RuleContext): Fact {
  const sentence = clause.sentence.folded.toLowerCase();
  const result = { ...fact, flags: { ...fact.flags } };
  if (fact.value_text === 'requested') {
    const since = sinceDay(clause, context.stated);
    if (since !== null) result.flags.since = since;
    return result;
  }
  const day = eventDay(clause, context.stated);
  if (day !== null && fact.value_text !== 'planned') result.observed_at = day;
  if (/\b(?:tai|o|cap|muc) trung uong\b/.test(sentence) && !/\btrung uong (?:den|toi|va) dia phuong\b/.test(sentence)) {
    result.extent = 'central_only';
  }
  return result;
}

/** "… từ các CSDL như: CSDL A; CSDL B": a clause that only names goes on with the verb before it. */
function listed(clause: Clause, context: RuleContext): Fact[] {
  if (clause.index === 0 || /\b(?:da|dang|chua|se|khong)\b/.test(clause.folded)) return [];
  const before = clause.sentence.clauses
    .slice(0, clause.index)
    .findLast((other) => new RegExp(CONNECT.source).test(other.folded.toLowerCase()));
  const mentions = mentionsOf(clause, context);
  if (before === undefined || mentions.length === 0 || clause.text.trim().length > 90) return [];
  if (!/[:;]|\bnhu\b/.test(clause.sentence.text)) return [];
  const predicate = predicates(before, CONNECT, context).at(-1);
  if (predicate === undefined || predicate.mood === 'hypothetical') return [];
  const state = stateOf(before.folded.toLowerCase(), predicate);
  if (state === null) return [];
  const inbound = /\btu (?:cac )?(?:csdl|co so du lieu|he thong)/.test(before.folded.toLowerCase());
  return mentions.map((mention) => ({
    ...factBase(clause, mention, predicate.mood),
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
  const lower = clause.folded.toLowerCase();
  const mood = moodAt(clause, clause.folded.length, context.stated);
  if (mood === 'hypothetical' || hasOwnTopic(lower)) return [];
  return mentionsOf(clause, context)
    .filter((mention) => mention.start < 60)
    .flatMap((mention): Fact[] => {
      const end = clause.folded.length;
      const state = stateOf(lower, { start: end, end, mention, mood, indirect: true });
      if (state === null) return [];
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
  const sentence = clause.sentence.folded.toLowerCase();
  const lower = clause.folded.toLowerCase();
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
  const day = eventDay(clause, context.stated) ?? sinceDay(clause, context.stated);
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

/** "CSDL nhận dữ liệu từ CSDL A (đã kết nối một chiều)": a bracket without an object goes on with the one before it. */
function carried(
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
  return clause.sentence.labelled ? (findMentions(clause.sentence.label)[0] ?? null) : null;
}

/** "… kết nối với C12 trước ngày …. Hiện hạ tầng đã sẵn sàng cho việc kết nối.": the sentence before says with whom. */
function earlierMention(clause: Clause, context: RuleContext): Mention | null {
  const { previous, clauses } = clause.sentence;
  if (previous === null || clauses.some((other) => mentionsOf(other, context).length > 0)) return null;
  if (!/\b(?:ket noi|lien thong)\b/.test(clause.folded)) return null;
  const named = previous.clauses.flatMap((other) =>
    new RegExp(CONNECT.source).test(other.folded.toLowerCase()) ? mentionsOf(other, context) : [],
  );
  return named.length === 1 && named[0]?.kind !== 'other' ? (named[0] ?? null) : null;
}

/** A clause under a connection label that is about something else does not answer the label. */
function hasOwnTopic(lower: string): boolean {
  return /\b(?:tieu chi|phan mem|bo cong cu|lam sach|an ninh|an toan|tap huan|dao tao|kinh phi|tai khoan|ban ghi|ho so)\b/.test(
    lower,
  );
}

/** "… kết nối với B …; … có công văn đề nghị sớm hoàn thành nội dung này": what was planned has been asked for. */
function asked(clause: Clause, state: string | null): string | null {
  const rest = clause.sentence.folded.slice(clause.start - clause.sentence.start + clause.folded.length);
  return state === 'planned' && /\b[dD]e nghi\b[^.;]{0,40}\b(?:noi dung|viec|nhiem vu) nay\b/.test(rest)
    ? 'requested'
    : state;
}

/** "… từng liên thông với …, tuy nhiên kết nối này bị gián đoạn": what the rest of the sentence says of this connection. */
function laterBroken(clause: Clause): boolean {
  const rest = clause.sentence.clauses.slice(clause.index + 1).map((later) => later.folded.toLowerCase());
  return rest.some(
    (later) =>
      BROKEN.test(later) &&
      /\b(?:ket noi|lien thong|kenh|duong truyen)\b/.test(later) &&
      !/\b(?:c12|c06)\b/.test(later),
  );
}

function stateOf(lower: string, predicate: Predicate): string | null {
  const { mood, mention } = predicate;
  const direct = wayOf(lower);
  const near = lower.slice(Math.max(0, predicate.start - 60), (mention?.end ?? predicate.end) + 60);
  if (PAPER.test(lower.slice(0, predicate.start))) return mood === 'ongoing' ? 'in_progress' : 'planned';
  if (/\bkhac phuc\b[^,;.]{0,20}\bloi\b[^,;.]{0,12}$/.test(lower.slice(0, predicate.start))) return 'interrupted';
  if (mood === 'refused') return 'refused';
  if (mood === 'negated') return BROKEN.test(near) && !/\bchua\b/.test(near) ? 'interrupted' : 'none';
  if (mood === 'intended' || mood === 'purpose') return 'planned';
  if (mood === 'requested') return 'requested';
  if (mood === 'ready') return 'ready';
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

function widen(predicate: Predicate): { start: number; end: number } {
  const { mention } = predicate;
  if (mention === null || predicate.indirect) return predicate;
  return { start: Math.min(predicate.start, mention.start), end: Math.max(predicate.end, mention.end) };
}

/** "thu thập … gắn với CSDL quốc gia về dân cư": tied to it in some way, which may or may not be a connection. */
function linked(clause: Clause, context: RuleContext): Fact[] {
  const lower = clause.folded.toLowerCase();
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
