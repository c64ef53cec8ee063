/** A note for all that was read from a document: facts, passages not taken, tasks, counts and checks. */
import { viNumber } from '../config/format.ts';
import type { Labels } from '../config/labels.ts';
import type { ReviewDocument, ReviewPlace } from './review-input.ts';
import { attributeWords, dayWords, detailWords, valueWords } from './review-words.ts';

export interface Note {
  ref: string;
  number: string;
  /** sure · low · refused (by the pipeline) · rejected · task · count · check */
  kind: string;
  /** Database or agency a fact is about; empty for all else. */
  subject: string;
  /** False where the note above has the same subject. */
  shows_subject: boolean;
  title: string;
  value: string;
  details: string[];
  where: string;
  /** "0,72"; null where there is nothing to be sure of. */
  confidence: string | null;
  reason: string | null;
  /** Id for decisions.yaml; null where nothing can be decided. */
  id: string | null;
  is_fact: boolean;
  confirm: string;
  reject: string;
  /** For the list: less sure first. */
  order: number;
}

export interface PlacedNote {
  note: Note;
  place: ReviewPlace;
  words?: { start: number; end: number } | undefined;
}

export function notesOf(document: ReviewDocument, documentNo: number, today: string, labels: Labels): PlacedNote[] {
  const t = (...path: string[]): string => labels.text('pages', 'review', ...path);
  const out: PlacedNote[] = [];
  const blank = {
    subject: '',
    shows_subject: false,
    value: '',
    details: [],
    confidence: null,
    reason: null,
    id: null,
    is_fact: false,
    confirm: '',
    reject: '',
  };
  document.facts.forEach((fact, i) => {
    const short = fact.id?.slice(0, 8) ?? '';
    const yaml = (kind: string): string =>
      `  - {id: ${kind}-${short}, kind: ${kind}, observation: "${fact.id}", who: "", when: ${today}, ground: ""}`;
    const note: Note = {
      ref: `d${documentNo}f${i + 1}`,
      number: String(i + 1),
      kind: fact.id === null ? 'refused' : fact.is_low ? 'low' : 'sure',
      subject: fact.subject,
      shows_subject: true,
      title: attributeWords(labels, fact.attribute),
      value: valueWords(labels, fact),
      details: detailWords(labels, fact),
      where: where(fact.place, labels),
      confidence: share(fact.confidence),
      reason: fact.refusal,
      id: fact.id,
      is_fact: true,
      confirm: fact.id === null ? '' : yaml('confirm'),
      reject: fact.id === null ? '' : yaml('reject'),
      order: fact.id === null ? -1 : fact.confidence + (fact.is_low ? 0 : 1),
    };
    out.push({ note, place: fact.place, words: fact.words });
  });
  document.rejections.forEach((one, i) => {
    const known = labels.has('pages', 'review', 'codes', one.code);
    out.push({
      note: {
        ...blank,
        ref: `d${documentNo}r${i + 1}`,
        number: `×${i + 1}`,
        kind: 'rejected',
        title: known ? t('codes', one.code) : t('not_taken'),
        reason: known ? null : one.message,
        where: where(one.place, labels),
        order: 3,
      },
      place: { ...one.place, quote: one.place.quote ?? (one.raw === '' ? undefined : one.raw) },
    });
  });
  document.tasks.forEach((task, i) => {
    const details = [
      ...(task.deadline === null
        ? []
        : [labels.format(['pages', 'review', 'deadline'], { day: dayWords(task.deadline) })]),
      ...(task.agencies.length === 0
        ? []
        : [labels.format(['pages', 'review', 'late'], { x: task.agencies.join('; ') })]),
    ];
    const note = {
      ...blank,
      ref: `d${documentNo}t${i + 1}`,
      number: '',
      kind: 'task',
      title: labels.format(['pages', 'review', 'task'], { n: task.no }),
      value: task.databases.join('; '),
      details,
      where: '',
      order: 5,
    };
    out.push({ note, place: task.place });
  });
  document.counts.forEach((count, i) => {
    const figures = count.figures.map(([name, n]) => `${t('counts', name)} ${viNumber(n)}`).join(', ');
    const note = { ...blank, ref: `d${documentNo}c${i + 1}`, number: '', kind: count.adds_up ? 'count' : 'check' };
    const reason = count.adds_up ? null : t('does_not_add_up');
    out.push({
      note: { ...note, title: count.agency, value: figures, reason, where: '', order: 5 },
      place: count.place,
    });
  });
  document.checks.forEach((check, i) => {
    const value = labels.format(['pages', 'review', 'checks', check.kind], { a: check.printed, b: check.counted });
    const note = { ...blank, ref: `d${documentNo}k${i + 1}`, number: '', kind: 'check', title: t('look'), value };
    out.push({ note: { ...note, where: where(check.place, labels), order: 4 }, place: check.place });
  });
  return out;
}

/** "trang 2, hàng 4, dòng 58": what is known of it. */
export function where(place: ReviewPlace, labels: Labels): string {
  const parts: string[] = [];
  if (place.page !== undefined) parts.push(labels.format(['pages', 'review', 'page'], { n: place.page }));
  if (place.row !== undefined) parts.push(labels.format(['pages', 'review', 'row'], { n: place.row }));
  if (place.line !== undefined) parts.push(labels.format(['pages', 'review', 'line'], { n: place.line }));
  return parts.join(', ');
}

/** Two decimals with a comma. */
export function share(n: number): string {
  return n.toFixed(2).replace('.', ',');
}
