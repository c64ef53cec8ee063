/** The day on which what a clause says was true, where the text names one that has passed. */
import { daysBetween } from '../../../config/time.ts';
import type { DatedSpan } from '../language/dates.ts';
import type { Clause } from '../language/sentences.ts';

/** A day after a document's number is the day of that document. */
const OF_DOCUMENT = /(?:\bso|\/)\s?[\w/.,-]*[a-z][\w/.-]*\s*,?\s*(?:cua [^,;]{0,40})?(?:ngay)?\s*$/;
/** A day after these words is a deadline or the beginning of a period, not when it happened. */
const DUE =
  /\b(?:truoc|hoan thanh truoc|den het|cham nhat|han|thoi han|du kien|hieu luc|ke tu|tu)\s*(?:la |vao )?(?:ngay|thang)?\s*$/;

/** @returns YYYY-MM-DD: the last such day of the clause, else the day that opens its sentence; null without one */
export function eventDay(clause: Clause, stated: string): string | null {
  const { sentence } = clause;
  const from = clause.start - sentence.start;
  const events = sentence.days.filter(
    (day) =>
      day.precision === 'day' && day.day <= stated && isEvent(day, sentence.folded) && !isSlip(day, sentence.days),
  );
  // "Ngày 31/3 … tập huấn … đến nay các tỉnh đang cài đặt": what holds now is not of that day.
  const until = from + clause.text.length;
  const isPast = (day: DatedSpan): boolean => /\b(?:den nay|hien nay)\b/.test(sentence.folded.slice(day.end, until));
  const own = events.filter((day) => day.start >= from && day.end <= until && !isPast(day));
  const opening = events.find((day) => day.start <= 24 && !isPast(day));
  return own[0]?.day ?? opening?.day ?? null;
}

/** The day that a request or a wait began: the last event day up to the clause. */
export function sinceDay(clause: Clause, stated: string): string | null {
  const { sentence } = clause;
  const until = clause.start - sentence.start + clause.text.length;
  const events = sentence.days.filter(
    (day) => day.precision === 'day' && day.day <= stated && day.end <= until && isEvent(day, sentence.folded),
  );
  return events.at(-1)?.day ?? null;
}

/** As `eventDay`; a sentence without a day goes on with the meeting or letter whose day opened the one before it. */
export function storyDay(clause: Clause, stated: string): string | null {
  const own = eventDay(clause, stated) ?? sinceDay(clause, stated);
  const { previous, days } = clause.sentence;
  if (own !== null || days.length > 0 || previous === null) return own;
  const opening = previous.days.find((day) => day.start <= 24 && day.precision === 'day' && day.day <= stated);
  return opening !== undefined && isEvent(opening, previous.folded) ? opening.day : null;
}

/** "24/12/2025 …; ngày 12/1/2025 …": the new year is still written as the old one; such a day dates nothing. */
export function isYearSlip(before: string, day: string): boolean {
  const gap = daysBetween(day, before);
  return gap > 300 && gap < 366;
}

function isSlip(day: DatedSpan, days: readonly DatedSpan[]): boolean {
  return days.some((other) => other.start < day.start && other.precision === 'day' && isYearSlip(other.day, day.day));
}

function isEvent(day: DatedSpan, folded: string): boolean {
  const before = folded.slice(Math.max(0, day.start - 70), day.start).toLowerCase();
  return !OF_DOCUMENT.test(before) && !DUE.test(before);
}
