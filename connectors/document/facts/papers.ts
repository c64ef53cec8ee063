/** Letters that were sent, and the smaller states of law, services and process that a text names. */

import { foldLetters } from '../language/fold.ts';
import type { Clause } from '../language/sentences.ts';
import { eventDay, isYearSlip } from './event-day.ts';
import type { Fact, Reading, RuleContext } from './fact.ts';
import { type Mood, moodAt } from './mood.ts';
import { factBase } from './predicate.ts';

/** "công văn số 1366/CVL-BHTN", "văn bản 12820/BNV-CQĐP". */
const LETTER =
  /\b(?:cong van|van ban|to trinh)\s+(?:so\s+)?(\d{1,6}\s?\/\s?[a-z0-9][\w&-]*|\d{1,6}-[a-z]{2}\/[a-z0-9]+)/g;
const SENT = /\b(?:gui|tra loi|phuc dap|de nghi|ban hanh|co)\b/;
/** "có 02 CSDL chuyên ngành (1) …; (2) …": one row of the catalogue that is several databases. */
const PARTS = /\bco 0?[2-9] (?:csdl|co so du lieu)[^(;.]{0,30}(?=\(1\))/;
const AGENT =
  /\b(?:cai dat|lap dat|trien khai)\b[^,;.]{0,30}\bagent ?node\b|\bagent ?node\b[^,;.]{0,30}\b(?:da )?(?:duoc )?(?:cai dat|lap dat|trien khai)\b/;
const SERVICE = /\b(\d{1,4})\s+(?:dich vu cong|dvc|thu tuc(?: hanh chinh)?)\b/;

/** What the data is used for, in the programme's three words. */
const PURPOSES: readonly (readonly [string, RegExp])[] = [
  ['chi-dao-dieu-hanh', /^[^,;.]{0,25}\b(?:chi dao,? dieu hanh|dieu hanh)\b/],
  ['giai-quyet-tthc', /^[^,;.]{0,25}\b(?:tthc|thu tuc hanh chinh|dich vu cong)\b/],
  ['nghiep-vu', /^[^,;.]{0,30}\b(?:nghiep vu|quan ly nha nuoc)\b/],
];
const USED = /\b(?:khai thac|tao lap|su dung|xay dung)\b[^,;.]{0,25}\bphuc vu\b(?: (?:cong tac|viec|cho))*/g;

interface Small {
  attribute: string;
  pattern: RegExp;
  state(mood: Mood, lower: string): string | null;
  target?: string;
}

const SMALL: readonly Small[] = [
  {
    attribute: 'paper.replacement',
    pattern:
      /\bthay the\b[^,;.]{0,25}\bthanh phan ho so\b|\bthanh phan ho so\b[^,;.]{0,40}\bthay the\b|\bcat giam\b[^,;.]{0,40}\b(?:yeu cau )?khai bao lai\b/,
    state: (mood, lower) => {
      if (/\bra soat\b/.test(lower)) {
        if (mood === 'ongoing' || mood === 'unfinished') return 'reviewing';
        return mood === 'done' || mood === 'unmarked' ? 'reviewed' : null;
      }
      if (/\b(?:quy dinh|nghi dinh|thong tu)\b/.test(lower))
        return mood === 'done' || mood === 'unmarked' ? 'allowed_by_law' : null;
      return mood === 'done' ? 'applied' : null;
    },
  },
  {
    attribute: 'process.reengineering',
    pattern: /\btai cau truc(?: lai)? quy trinh\b/,
    state: (mood, lower) => {
      if (/\bdu thao\b/.test(lower)) return 'drafting';
      if (mood === 'done') return /\bban hanh\b/.test(lower) ? 'issued' : null;
      return mood === 'ongoing' ? 'in_progress' : mood === 'negated' ? 'none' : null;
    },
  },
  {
    attribute: 'service.lookup',
    pattern: /\b(?:tra cuu)\b[^,;.]{0,60}\b(?:cong dich vu cong|cong dvc|vneid|cong thong tin)\b/,
    state: (mood) =>
      mood === 'negated' || mood === 'intended' || mood === 'purpose' || mood === 'hypothetical' ? null : 'available',
  },
];

export function readPapers(clause: Clause, context: RuleContext): Reading {
  const lower = clause.lower;
  const facts: Fact[] = [
    ...letters(clause, lower, context),
    ...services(clause, lower, context),
    ...purposes(clause, lower, context),
  ];
  const agent = AGENT.exec(lower);
  if (agent !== null) {
    const mood = moodAt(clause, agent.index, context.stated);
    // The day after the verb is that of the installation; one before it may be that of the letter that tells it.
    const from = clause.start - clause.sentence.start + agent.index;
    const installed = clause.sentence.days.find(
      (span) => span.start > from && span.precision === 'day' && span.day <= context.stated,
    );
    if (mood === 'done' || mood === 'unmarked' || mood === 'negated') {
      facts.push({
        ...factBase(clause, { start: agent.index, end: agent.index + agent[0].length }, mood),
        attribute: 'c12.agent',
        value_text: mood === 'negated' ? 'none' : 'installed',
        ...(installed === undefined ? {} : { observed_at: installed.day }),
      });
    }
  }
  facts.push(...parts(clause, lower));
  for (const small of SMALL) {
    const match = small.pattern.exec(lower);
    if (match === null) continue;
    const mood = moodAt(clause, match.index, context.stated);
    const state = small.state(mood, lower);
    if (state === null) continue;
    facts.push({
      ...factBase(clause, { start: match.index, end: match.index + match[0].length }, mood),
      attribute: small.attribute,
      value_text: state,
      confidence: 0.8,
    });
  }
  return { facts, refusals: [] };
}

function purposes(clause: Clause, lower: string, context: RuleContext): Fact[] {
  return [...lower.matchAll(USED)].flatMap((match): Fact[] => {
    const at = { start: match.index ?? 0, end: (match.index ?? 0) + match[0].length };
    const mood = moodAt(clause, at.start, context.stated);
    if (mood === 'intended' || mood === 'requested' || mood === 'hypothetical' || mood === 'negated') return [];
    const rest = lower.slice(at.end);
    return PURPOSES.filter(([, pattern]) => pattern.test(rest)).map(([target]) => ({
      ...factBase(clause, at, 'done'),
      attribute: 'usage.purpose',
      value_text: 'defined',
      target,
      confidence: 0.8,
    }));
  });
}

function letters(clause: Clause, lower: string, context: RuleContext): Fact[] {
  const sentence = clause.sentence.lower;
  if (!SENT.test(sentence)) return [];
  const { stated } = context;
  return [...lower.matchAll(LETTER)].flatMap((match): Fact[] => {
    const start = (match.index ?? 0) + match[0].length - (match[1]?.length ?? 0);
    const number = clause.text.slice(start, start + (match[1]?.length ?? 0)).replace(/\s/g, '');
    if (
      /\b(?:theo|thuc hien|can cu|tai|huong dan tai)\s*(?:huong dan (?:tai )?|noi dung |yeu cau (?:tai )?)?$/.test(
        lower.slice(0, match.index),
      )
    )
      return [];
    const after = lower.slice(start + number.length, start + number.length + 30);
    const day = /^\s*,?\s*\(?(?:de |cua bo |cua cuc )?(?:ngay )?(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(after);
    const before = clause.sentence.days
      .filter((span) => span.start < clause.start - clause.sentence.start + start)
      .at(-1);
    const named =
      day === null ? before?.day : `${day[3]}-${(day[2] ?? '').padStart(2, '0')}-${(day[1] ?? '').padStart(2, '0')}`;
    // A letter cannot be of a day after the text, nor of the year before the letter named before it.
    const slip =
      named !== undefined &&
      clause.sentence.days.some(
        (span) => span.day !== named && span.start < (before?.start ?? 0) && isYearSlip(span.day, named),
      );
    const sent = named === undefined || named > stated || slip ? undefined : named;
    return [
      {
        ...factBase(clause, { start: match.index ?? 0, end: start + number.length }, 'done'),
        attribute: 'dispatch.sent',
        target: number,
        value_text: number,
        flags: { number },
        ...(sent === undefined ? {} : { observed_at: sent }),
        confidence: 0.8,
      },
    ];
  });
}

function parts(clause: Clause, lower: string): Fact[] {
  if (clause.index > 0 && !/^\s*\(\d\)/.test(lower)) return [];
  const whole = clause.sentence.lower;
  const opening = PARTS.exec(whole);
  if (opening === null) return [];
  return [...lower.matchAll(/\((\d)\)\s*((?:csdl|co so du lieu)[^;(]{4,140})/g)].map((match) => {
    const start = (match.index ?? 0) + match[0].length - (match[2]?.length ?? 0);
    const name = clause.text.slice(start, start + (match[2]?.length ?? 0)).replace(/[\s;.,]+$/, '');
    return {
      ...factBase(clause, { start, end: start + name.length }, 'done'),
      attribute: 'database.part',
      value_text: name,
      target: foldLetters(name)
        .replace(/^(?:csdl|co so du lieu)(?: ve)?/, '')
        .trim()
        .split(/[^a-z0-9]+/)
        .slice(0, 6)
        .join('-'),
      confidence: 0.85,
    };
  });
}

function services(clause: Clause, lower: string, context: RuleContext): Fact[] {
  const match = SERVICE.exec(lower);
  if (
    match === null ||
    !/\b(?:trien khai|cung cap|tich hop|ket noi|thi diem|thuc hien)\b/.test(lower.slice(0, match.index))
  )
    return [];
  const mood = moodAt(clause, match.index, context.stated);
  const state = serviceState(mood, lower);
  if (state === null) return [];
  const connects = /\b(?:ket noi|tich hop)\b/.test(lower.slice(0, match.index)) ? 'ket-noi-' : '';
  const since = state === 'pilot' ? (eventDay(clause, context.stated) ?? sinceOf(clause)) : null;
  return [
    {
      ...factBase(clause, { start: match.index, end: match.index + match[0].length }, mood),
      ...(mood === 'unmarked' ? { modality: 'unmarked' } : {}),
      attribute: 'service.procedures',
      value_text: state,
      target:
        connects +
        foldLetters(clause.text.slice(match.index + (match[1]?.length ?? 0), match.index + 60))
          .trim()
          .split(/[^a-z0-9]+/)
          .slice(0, 7)
          .join('-')
          .replace(/-+$/, ''),
      flags: { n: Number(match[1]), ...(since === null ? {} : { since }) },
      confidence: 0.75,
    },
  ];
}

/** "từ ngày 8/8/2025 … thí điểm": since when. */
function sinceOf(clause: Clause): string | null {
  const folded = clause.sentence.lower;
  const day = clause.sentence.days.find(
    (span) => span.precision === 'day' && /\btu (?:ngay )?$/.test(folded.slice(0, span.start)),
  );
  return day?.day ?? null;
}

function serviceState(mood: Mood, lower: string): string | null {
  if (mood === 'negated') return 'none';
  if (mood !== 'done' && mood !== 'ongoing' && mood !== 'unmarked') return null;
  if (/\bthi diem\b/.test(lower)) return 'pilot';
  if (mood === 'ongoing' || mood === 'unmarked') return 'in_progress';
  return /\b(?:cung cap|trien khai|tich hop|hoan thanh)\b/.test(lower) ? 'available' : null;
}
