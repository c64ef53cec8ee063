/** Connection with the national data centre (C12), the population database (C06) and other systems. */
import type { Clause } from '../language/sentences.ts';
import { ATTRIBUTES, hasOwnTopic, readIndirect } from './connection-indirect.ts';
import { CONNECT, carried } from './connection-partner.ts';
import { isTenseless, stateInSentence } from './connection-state.ts';
import { eventDay, sinceDay } from './event-day.ts';
import type { Fact, Reading, Refusal, RuleContext } from './fact.ts';
import { answerToLabel, factBase, mentionsOf, otherSubject, type Predicate, predicates, refusal } from './predicate.ts';

/** A label of the connection, or only of the other side ("Với C12: cũng chưa"). */
const CONNECT_LABEL = new RegExp(
  `${CONNECT.source}|^(?:voi|ve|rieng|doi voi|con|rieng voi)?\\s*(?:c12|c06|dan cu|(?:csdl|du lieu)[a-z ]{0,20} dan cu|trung tam du lieu quoc gia)$`,
);

export function readConnection(clause: Clause, context: RuleContext): Reading {
  const lower = clause.lower;
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
    const state = stateInSentence(clause, predicate);
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
    if (isTenseless(lower, predicate)) fact.modality = 'unmarked';
    if (predicate.indirect) fact.confidence = Math.min(fact.confidence, 0.9);
    facts.push(placed(fact, clause, context));
  }
  facts.push(...readIndirect(clause, context, found.length > 0));
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
  const sentence = clause.sentence.lower;
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

function widen(predicate: Predicate): { start: number; end: number } {
  const { mention } = predicate;
  if (mention === null || predicate.indirect) return predicate;
  return { start: Math.min(predicate.start, mention.start), end: Math.max(predicate.end, mention.end) };
}
