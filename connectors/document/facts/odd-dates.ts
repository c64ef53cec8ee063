/** Days that a status text cannot mean: after the text was stated, or a year that does not fit the days around it. */
import { readSentences } from '../language/sentences.ts';
import { isYearSlip } from './event-day.ts';

export interface OddDate {
  /** As printed. */
  printed: string;
  /** The day it is measured against, as D/M/YYYY. */
  against: string;
  at: number;
  quote: string;
}

/** Days later than this after the statement are plans, not slips ("hoàn thành trước ngày …"). */
const DOCUMENT_DAY = /(?:\bso\s?[\w/.-]+|\/[\w-]+)\s*,?\s*(?:ngay)?\s*$/;
const EVENT_DAY = /(?:^|[;.,]\s*)(?:va )?(?:ngay|hom|den)\s*$/;

export function findOddDates(text: string, stated: string): OddDate[] {
  const found: OddDate[] = [];
  if (!/\d\s?[/.-]\s?\d|\d\s+th\u00e1ng/.test(text)) return found;
  for (const sentence of readSentences(text)) {
    const folded = sentence.lower;
    let before: string | null = null;
    for (const day of sentence.days) {
      const lead = folded.slice(Math.max(0, day.start - 60), day.start);
      const isDocument = DOCUMENT_DAY.test(lead);
      const isEvent = EVENT_DAY.test(lead);
      const printed = sentence.text.slice(day.start, day.end);
      const odd = { printed, at: sentence.start + day.start, quote: sentence.text.slice(0, 300) };
      if (isDocument && day.precision === 'day' && day.day > stated) found.push({ ...odd, against: printDay(stated) });
      else if (isEvent && before !== null && isYearSlip(before, day.day))
        found.push({ ...odd, against: printDay(before) });
      if (isEvent && day.precision === 'day') before = day.day;
    }
  }
  return found;
}

function printDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${date}/${month}/${year}`;
}
