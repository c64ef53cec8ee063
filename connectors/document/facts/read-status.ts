/**
 * Reads one status text: every sentence through every rule, then settles what the text as a whole says. Nothing here
 * knows a database or a document; what the text is about is given.
 */

import { expandAbbreviations } from '../language/abbreviations.ts';
import { type Clause, readSentences, type Sentence } from '../language/sentences.ts';
import type { Cell } from '../model.ts';
import { type Aside, asideOf } from './aside.ts';
import { readChecklist } from './checklist.ts';
import { readCleaning } from './cleaning.ts';
import { readConnection } from './connection.ts';
import { type CountContext, readCounts } from './counts.ts';
import type { Fact, Reading, Refusal } from './fact.ts';
import { readNotFitting } from './not-fitting.ts';
import { readPapers } from './papers.ts';
import { readProgress } from './progress.ts';
import { quotedBody } from './quoted.ts';
import { readRatios } from './ratios.ts';
import { readSecurity } from './security.ts';
import { settle } from './settle.ts';
import { readSoftware } from './software.ts';
import { readSync } from './sync.ts';
import { readTrouble } from './trouble.ts';

/** A fact with its place in the cell and the sentence it came from. */
export interface StatusFact extends Fact {
  /** Offset in the cell's text. */
  at: number;
  /** Offset behind its last word. */
  to: number;
  quote: string;
  /** The one database of several the sentence names; null = all the text is about. */
  database: string | null;
}

export interface StatusReading {
  facts: StatusFact[];
  refusals: { refusal: Refusal; at: number; quote: string }[];
}

const QUOTE = 300;
/** Characters. No official writes so; reading time grows with the square of a sentence, and a source may be hostile. */
const LONGEST_SENTENCE = 2_500;
const LONGEST_TEXT = 60_000;
const TOO_LONG = 'longer than a status text can be; split it into sentences';
/** Words that may stand before the subject of a sentence. */
const OPENS =
  /^(?:\W|\b\d\))*(?:(?:rieng|doi voi|ve|voi|con|tai|hien nay|den nay|hien|trong do|cu the|trong khi|rieng doi voi)\W*){0,3}$/;
const ASIDE: Record<Aside | 'other_subject', string> = {
  other_subject: 'the sentence is about another system',
  instruction: 'a general instruction, not a state',
  example: 'an example from elsewhere',
  hypothetical: 'only supposed',
};
const RULES: readonly ((clause: Clause, context: CountContext) => Reading)[] = [
  readChecklist,
  readCounts,
  readRatios,
  readConnection,
  readSync,
  readCleaning,
  readSecurity,
  readSoftware,
  readProgress,
  readPapers,
  readTrouble,
  (clause, context) => readNotFitting(clause, context.criteria),
];

/** @returns the facts in the order of the text, and what looked like a fact and is not one */
export function readStatus(cell: Cell, context: CountContext): StatusReading {
  const reading: StatusReading = { facts: [], refusals: [] };
  let current: string | null = null;
  if (cell.text.length > LONGEST_TEXT) {
    const refusal = { code: 'too_long', message: TOO_LONG, start: 0, end: LONGEST_TEXT };
    return { facts: [], refusals: [{ refusal, at: 0, quote: cell.text.slice(0, QUOTE) }] };
  }
  const expanded = expandAbbreviations(cell.text);
  const original = (offset: number): number => expanded.original(offset);
  for (const sentence of readSentences(expanded.text)) {
    if (sentence.text.length > LONGEST_SENTENCE) {
      const refusal = { code: 'too_long', message: TOO_LONG, start: 0, end: sentence.text.length };
      reading.refusals.push({ refusal, at: original(sentence.start), quote: quoteOf(cell.text, sentence, original) });
      continue;
    }
    const aside = asideOf(sentence);
    const subject = aside === null ? subjectOf(sentence.text, sentence.folded, context) : 'other';
    if (subject === 'other') {
      reading.refusals.push({
        refusal: {
          code: aside ?? 'other_subject',
          message: ASIDE[aside ?? 'other_subject'],
          start: 0,
          end: sentence.text.length,
        },
        at: original(sentence.start),
        quote: quoteOf(cell.text, sentence, original),
      });
      continue;
    }
    current = subject ?? (context.databases.length > 1 ? current : null);
    const quoted = quotedBody(sentence);
    for (const clause of sentence.clauses) {
      const changed = clause.index === 0 ? null : subjectOf(clause.text, clause.folded, context);
      if (changed === 'other') break;
      if (changed !== null) current = changed;
      const place = { original, quote: quoteOf(cell.text, sentence, original) };
      for (const rule of RULES) collect(reading, rule(clause, context), clause, place, quoted, current);
    }
  }
  return { facts: settle(withRounds(reading.facts)), refusals: reading.refusals };
}

/** The sentence as printed, at most as long as a quote may be. */
function quoteOf(text: string, sentence: Sentence, original: (offset: number) => number): string {
  return text.slice(original(sentence.start), original(sentence.start + sentence.text.length)).slice(0, QUOTE);
}

function collect(
  reading: StatusReading,
  read: Reading,
  clause: Clause,
  place: { original(offset: number): number; quote: string },
  quoted: { body: string; from: number } | null,
  database: string | null,
): void {
  const { quote, original } = place;
  for (const fact of read.facts) {
    const within = clause.start + fact.start;
    const isQuoted = quoted !== null && within - clause.sentence.start >= quoted.from;
    const at = original(within);
    const to = Math.max(at + 1, original(clause.start + fact.end));
    reading.facts.push({ ...fact, ...(isQuoted ? { quoted: quoted.body } : {}), at, to, quote, database });
  }
  for (const refusal of read.refusals)
    reading.refusals.push({ refusal, at: original(clause.start + refusal.start), quote });
}

/**
 * Which database a stretch opens with: one the text is about or another one of the same agency, a foreign one ("CSDL …
 * của Bộ khác đã kết nối"), or none named, which leaves the text's own.
 */
function subjectOf(text: string, folded: string, context: CountContext): string | 'other' | null {
  const system =
    /^\W*(?:he thong|csdl|co so du lieu|phan mem|cong|kho du lieu)\b(?:(?!\b(?:da|dang|duoc|chua|se|la|co|tren|voi)\b)[^,;.]){0,70}?\bcua\s+[^,;.]{3,40}/.exec(
      folded.toLowerCase(),
    );
  if (system !== null && context.namesOther(text.slice(0, system[0].length))) return 'other';
  const first = context.findDatabases(text.slice(0, 160))[0];
  if (first === undefined || !OPENS.test(folded.slice(0, first.start).toLowerCase())) return null;
  // "Với CSDL quốc gia về dân cư đã kết nối hai chiều": the other side, not the subject.
  if (
    /^\W*(?:(?:rieng|con) )?voi\s*$/.test(folded.slice(0, first.start).toLowerCase()) &&
    !context.databases.includes(first.id)
  )
    return null;
  if (/^\s*(?:va|voi|[,;.]|$)/.test(folded.slice(first.end).replace(/^\s*\([^)]*\)/, ''))) return null;
  return context.databases.includes(first.id) || context.isOwn(first.id) ? first.id : 'other';
}

/** "đánh giá lần 2 …": the round holds for what the text says of the assessment after it. */
function withRounds(facts: readonly StatusFact[]): StatusFact[] {
  let round: number | undefined;
  return facts.map((fact) => {
    if (fact.attribute !== 'security.assessment') return fact;
    if (typeof fact.flags.round === 'number') round = fact.flags.round;
    return round === undefined ? fact : { ...fact, flags: { ...fact.flags, round } };
  });
}
