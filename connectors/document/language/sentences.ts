/**
 * A status text cut into sentences and clauses. A clause is the stretch over which one verb and its cue ("đã", "chưa",
 * "để"…) hold; the sentence gives it what is said once for several clauses: the day, the body quoted, the label of the
 * paragraph ("Tiến độ kết nối C12: …").
 */
import { type DatedSpan, findDays } from './dates.ts';
import { fold } from './fold.ts';

export interface Clause {
  text: string;
  folded: string;
  /** `folded` without the capitals that mark words which are no cues. */
  lower: string;
  /** Offset of the clause in the cell's text. */
  start: number;
  /** Position among the clauses of its sentence. */
  index: number;
  sentence: Sentence;
}

export interface Sentence {
  text: string;
  folded: string;
  /** `folded` without the capitals that mark words which are no cues. */
  lower: string;
  start: number;
  /** The heading words before a colon, folded; '' without one. Holds until the next label. */
  label: string;
  /** The label as printed. */
  labelText: string;
  /** The label stands right before this sentence. */
  labelled: boolean;
  /** The sentence before it in the cell. */
  previous: Sentence | null;
  days: DatedSpan[];
  clauses: Clause[];
}

/** A bullet or number that opens a paragraph. */
const BULLET = /^\s*(?:[-+*\u2022\u25aa\u25cf\u2013\u2014]+|\(?\d{1,2}[.)](?=\s)|\(?[a-z\u0111][.)](?=\s))\s*/i;
/** Words before a colon are a label when they are short and hold no digits of a figure. */
const LABEL = /^([^:.;\n]{2,70}?)\s*:\s*(?=\S|$)/;
/** A label names a subject of the form; other words before a colon ("cụ thể:", "gồm:") only introduce a list. */
const INTRODUCES = /(?:cu the|gom|bao gom|nhu sau|sau day|trong do|vi du|la|nhu|cac noi dung|tieu bieu)$/;
/** Points that end no sentence: abbreviations, numbers, web addresses. */
const ABBREVIATED = /(?:\b(?:tp|ts|pgs|gs|ths|ks|stt|tt|v\.v|bt|dt|k|q|p)\.)$/;
const CUT = new RegExp(
  [
    ';\\s*',
    // A comma before a new verb phrase.
    ',\\s*(?=(?:va |nhung |song |tuy nhien,? |dong thoi,? |hien(?: nay| dang)?,? |trong do,? |den nay,? |sau do,? )?(?:da|dang|chua|se|khong|cho|san sang|tiep tuc|de|nham|hoan thanh|hoan thien|du kien|phan dau|duoc|bi|moi|con|dong bo|ket noi|lam sach|doi soat|to chuc|trien khai|xay dung|van hanh|dat|tu choi|[dD]e nghi|De (?=dong bo|ket noi|lam sach|phuc vu|trien khai)|gui|trinh)\\b)',
    ',\\s*(?=(?:song|nhung|tuy nhien|tuy vay|rieng|trong khi)\\b)',
    // A comma before the other side ("với C12 chưa có, với C06 đã hoàn thành").
    ',\\s*(?=(?:(?:rieng|con|doi) )?voi (?:[cC]12|[cC]06|csdl|co so du lieu)\\b)',
    // A comma before another subject with its own cue ("…, hai bên đang …").
    ',\\s*(?=(?:(?:cac|hai) ben|don vi|nha thau)(?: [a-z0-9]+){0,4} (?:dang|chua|da|se)\\b)',
    // "và chưa …", "nhưng đang …" without a comma.
    '(?<!\\s|\\bda)\\s+(?=(?:va|nhung|song|tuy nhien|con) (?:da|dang|chua|se|khong|moi|cho)\\b)',
    // "…, còn CSDL B chưa …": another subject.
    ',\\s*(?=(?:con|rieng|trong khi(?: do)?)\\s+(?:csdl|Co so du lieu|co so du lieu|he thong)\\b)',
    // A bracket that holds a clause of its own.
    '(?<!\\s)\\s*\\((?=(?:den nay|hien nay|hien|trong do|da|dang|chua)\\b)',
  ].join('|'),
  'g',
);

/** Sentences of a cell's text, in order. */
export function readSentences(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let label = '';
  let labelText = '';
  for (const piece of paragraphs(rejoin(text))) {
    let { start } = piece;
    let body = piece.text;
    const bullet = BULLET.exec(body)?.[0].length ?? 0;
    start += bullet;
    body = body.slice(bullet);
    let first = true;
    for (const cut of cutSentences(body)) {
      const head = labelOf(cut.text, first ? 12 : 7);
      first = false;
      if (head !== null) {
        label = head.name;
        labelText = head.printed;
      }
      const text = cut.text.slice(head?.length ?? 0);
      const folded = fold(text);
      const sentence: Sentence = {
        text,
        folded,
        lower: folded.toLowerCase(),
        start: start + cut.offset + (head?.length ?? 0),
        label,
        labelText,
        labelled: head !== null,
        previous: sentences.at(-1) ?? null,
        days: [],
        clauses: [],
      };
      sentence.days = findDays(sentence.text, sentence.folded);
      sentence.clauses = cutClauses(sentence);
      sentences.push(sentence);
    }
  }
  return sentences;
}

/** The label of a sentence: few words, no verb that already says a state. */
function labelOf(text: string, words: number): { name: string; printed: string; length: number } | null {
  const match = LABEL.exec(text);
  if (match === null) return null;
  // "lúc 15:30" is a time.
  if (/\d$/.test(match[1] ?? '') && /^\d\d\b(?!\/)/.test(text.slice(match[0].length))) return null;
  const folded = fold(match[1] ?? '');
  const name = folded.toLowerCase().trim();
  if (INTRODUCES.test(name) || name.split(' ').length > (text.length - match[0].length < 40 ? 12 : words)) return null;
  if ((words < 12 && /\b(?:dang|chua|se)\b/.test(folded)) || /\b(?:moi|mot phan|(?<!dat )duoc)\b|\([^)]*$/.test(folded))
    return null;
  return { name, printed: match[1] ?? '', length: match[0].length };
}

/** The days of its sentence that a clause may speak of, at their offsets in the clause. */
export function daysOf(clause: Clause): DatedSpan[] {
  const shift = clause.start - clause.sentence.start;
  return clause.sentence.days.map((day) => ({ ...day, start: day.start - shift, end: day.end - shift }));
}

/** A line that a page break or a wrapped column cut in the middle of a sentence; the length stays the same. */
function rejoin(text: string): string {
  return text.replace(/(?<![.;:!?\n])\n(?=\p{Ll})|(?<=,)\n/gu, ' ');
}

/** Lines, and bullets that lost their line break ("… điều kiện.- Triển khai …"). */
function paragraphs(text: string): { text: string; start: number }[] {
  const found: { text: string; start: number }[] = [];
  let start = 0;
  for (const match of text.matchAll(/\n|(?<=[.;:)])\s*(?=[-+\u2022]\s)/g)) {
    const end = match.index ?? 0;
    found.push({ text: text.slice(start, end), start });
    start = end + match[0].length;
  }
  found.push({ text: text.slice(start), start });
  return found.filter((piece) => piece.text.trim() !== '');
}

function cutSentences(body: string): { text: string; offset: number }[] {
  const found: { text: string; offset: number }[] = [];
  let offset = 0;
  const add = (end: number): void => {
    const raw = body.slice(offset, end);
    const blank = raw.length - raw.trimStart().length;
    if (raw.trim() !== '') found.push({ text: raw.trim(), offset: offset + blank });
    offset = end;
  };
  for (const match of body.matchAll(/(?<![.!?\u2026])[.!?\u2026]+["\u201d\u2019)]*\s+(?=[\p{Lu}\d"\u201c(])/gu)) {
    const point = (match.index ?? 0) + 1;
    if (ABBREVIATED.test(fold(body.slice(Math.max(0, point - 8), point)).toLowerCase())) continue;
    add((match.index ?? 0) + match[0].length);
  }
  add(body.length);
  return found;
}

function cutClauses(sentence: Sentence): Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  const add = (end: number): void => {
    const text = sentence.text.slice(from, end);
    if (text.trim() === '') return;
    clauses.push({
      text,
      folded: sentence.folded.slice(from, end),
      lower: sentence.lower.slice(from, end),
      start: sentence.start + from,
      index: clauses.length,
      sentence,
    });
  };
  for (const match of sentence.folded.matchAll(CUT)) {
    const at = match.index ?? 0;
    add(at);
    from = at + match[0].length;
  }
  add(sentence.text.length);
  return clauses;
}
