/** Finds which verb of a clause an object belongs to, and turns a mood into a fact's common parts. */
import type { Clause } from '../language/sentences.ts';
import type { Fact, Refusal, RuleContext } from './fact.ts';
import { type Mood, modalityOf, moodAt } from './mood.ts';
import { findMentions, type Mention } from './objects.ts';

export interface Predicate {
  /** Offsets of the verb in the clause; the clause's end when only the label names the topic. */
  start: number;
  end: number;
  mention: Mention | null;
  mood: Mood;
  /** The topic came from the paragraph's label or from an earlier clause, not from the clause itself. */
  indirect: boolean;
}

/** Every verb of `verbs` in a clause with each object it takes. A verb without an object is given with null. */
export function predicates(clause: Clause, verbs: RegExp, context: RuleContext): Predicate[] {
  const lower = clause.lower;
  const found = [...lower.matchAll(new RegExp(verbs.source, 'g'))].map((match) => ({
    start: match.index ?? 0,
    end: (match.index ?? 0) + match[0].length,
  }));
  if (found.length === 0) return [];
  const mentions = mentionsOf(clause, context);
  const result: Predicate[] = [];
  for (const mention of mentions) {
    const before = found.filter((verb) => verb.end <= mention.start).at(-1);
    const after = found.find((verb) => verb.start >= mention.end);
    const reach = after === undefined ? '' : lower.slice(mention.end, after.start);
    const verb = before ?? (reach.trim() === '(' || (reach.length <= 70 && !reach.includes('(')) ? after : undefined);
    if (verb !== undefined) result.push(predicate(clause, verb, mention, context, false));
  }
  for (const verb of found) {
    if (!result.some((known) => known.start === verb.start)) result.push(predicate(clause, verb, null, context, false));
  }
  return result.sort((a, b) => a.start - b.start);
}

/** The clause as an answer to its label ("Tiến độ kết nối C12: chưa thực hiện"); null when the label is of another topic. */
export function answerToLabel(clause: Clause, verbs: RegExp, context: RuleContext): Predicate[] {
  const { label, labelled } = clause.sentence;
  if (!labelled || clause.index > 0 || !new RegExp(verbs.source).test(label)) return [];
  const mentions = findMentions(label, context.findDatabases(label));
  const at = { start: clause.folded.length, end: clause.folded.length };
  return (mentions.length === 0 ? [null] : mentions).map((mention) => predicate(clause, at, mention, context, true));
}

function predicate(
  clause: Clause,
  verb: { start: number; end: number },
  mention: Mention | null,
  context: RuleContext,
  indirect: boolean,
): Predicate {
  return { ...verb, mention, mood: moodAt(clause, verb.start, context.stated), indirect };
}

/** Clauses seen: a clause is read in one context only, and every rule asks what it names. */
const MENTIONS = new WeakMap<Clause, Mention[]>();

/** What a clause names besides the databases it is about. */
export function mentionsOf(clause: Clause, context: RuleContext): Mention[] {
  const known = MENTIONS.get(clause) ?? readMentions(clause, context);
  MENTIONS.set(clause, known);
  return known;
}

function readMentions(clause: Clause, context: RuleContext): Mention[] {
  const named = context.findDatabases(clause.text);
  const own = named.filter(({ id }) => context.databases.includes(id));
  const others = named.filter(({ id }) => !context.databases.includes(id));
  return findMentions(clause.folded, others).filter(
    (mention) => mention.kind !== 'other' || !own.some((span) => span.start < mention.end && mention.start < span.end),
  );
}

/** Whether another system opens the clause (or follows an opening phrase) and so is the subject of the verb. */
export function otherSubject(
  lower: string,
  verb: number,
  mentions: readonly Mention[],
  object: Mention | null,
): boolean {
  return mentions.some(
    (mention) =>
      mention.kind === 'other' &&
      mention.end <= verb &&
      mention.start !== object?.start &&
      (/^[^,;]{0,30}$/.test(lower.slice(0, mention.start)) ||
        /\b(?:thong bao|cho biet|bao cao|xac nhan|rang)\s+(?:la )?$/.test(lower.slice(0, mention.start)) ||
        /^[^,;]{0,60},\s*(?:he thong |csdl )?$/.test(lower.slice(0, mention.start))) &&
      /^(?:[^,;]{0,40}\s)?(?:da|dang|chua|se|duoc|khong|moi)\b[^,;]*$/.test(
        lower.slice(mention.end, verb).trimStart(),
      ) &&
      !/\b(?:voi|toi|den|tu|cho)\s+(?:he thong |csdl )?$/.test(lower.slice(0, mention.start)),
  );
}

/** The parts every state fact has; the caller adds attribute and value. */
export function factBase(clause: Clause, at: { start: number; end: number }, mood: Mood): Omit<Fact, 'attribute'> {
  return {
    modality: modalityOf(mood, clause.folded.slice(0, at.start).trim().length < 12),
    extent: 'whole',
    flags: {},
    confidence: mood === 'unmarked' ? 0.8 : 0.95,
    start: Math.min(at.start, Math.max(0, clause.text.length - 1)),
    end: Math.max(at.end, at.start + 1),
  };
}

export function refusal(code: string, message: string, at: { start: number; end: number }): Refusal {
  return { code, message, start: at.start, end: at.end };
}
