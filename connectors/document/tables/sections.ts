/** What stands over a table: the title of its annex and the nearest headings, which say what the list is. */
import { foldLetters } from '../language/fold.ts';
import type { Document, Table } from '../model.ts';

export interface TableInPlace {
  table: Table;
  /** Counted over the tables of the document, from 1. */
  number: number;
  /** Title of the annex (or of the document), folded letters as printed. */
  title: string;
  /** The heading paragraphs between the table before and this one, nearest last. */
  headings: string[];
}

const ANNEX = /^\W*(?:phu luc|danh muc kem theo)\b/;
const LATE = /qua han|cham,? ?muon|cham tien do|chua hoan thanh|tre han/;
const IN_TIME = /trong han|dung han|da hoan thanh|chua den han|thoi han hoan thanh|se den han|sap den han/;
/** Longer paragraphs are prose, not headings. */
const HEADING = 400;
const KEPT = 6;
/** Characters of a text that show whether it is a title. */
const LOOKED_AT = 4_000;

/** Every table of a document with what stands over it. */
export function tablesInPlace(document: Document): TableInPlace[] {
  const found: TableInPlace[] = [];
  let title = '';
  let headings: string[] = [];
  let inTitle = true;
  for (const block of document.blocks) {
    if (block.kind === 'table') {
      found.push({ table: block, number: found.length + 1, title, headings });
      headings = [];
      inTitle = false;
      continue;
    }
    const text = block.text.text.slice(0, LOOKED_AT).trim();
    if (text === '') continue;
    if (ANNEX.test(foldLetters(text.slice(0, 80)))) {
      title = text.slice(0, HEADING);
      headings = [];
      inTitle = true;
    } else if (text.length > HEADING) {
      inTitle = inTitle && isCapitals(text);
      if (inTitle) title = `${title}\n${text.slice(0, 2 * HEADING)}`;
    } else if (inTitle && title.length < 3 * HEADING && (isCapitals(text) || /^\W*\(/.test(text))) {
      title = `${title}\n${text}`;
    } else {
      headings = [...headings, text].slice(-KEPT);
    }
  }
  return found;
}

/** At least two thirds of the letters are capitals, as in titles. */
export function isCapitals(text: string): boolean {
  const letters = text.slice(0, LOOKED_AT).match(/\p{L}/gu) ?? [];
  const capitals = letters.filter((letter) => letter !== letter.toLowerCase()).length;
  return letters.length > 0 && capitals * 3 >= letters.length * 2;
}

/** Whether a heading says that what follows is late (true), in time (false), or neither (null). */
export function saysLate(text: string): boolean | null {
  const plain = foldLetters(text).replace(/\s+/g, ' ');
  if (LATE.test(plain)) return true;
  return IN_TIME.test(plain) ? false : null;
}

/** Whether the list of a table is one of late tasks, by the nearest words that say so. */
export function isListOfLate(place: TableInPlace): boolean {
  for (const heading of [...place.headings].reverse()) {
    const late = heading.length <= 250 ? saysLate(heading) : null;
    if (late !== null) return late;
  }
  return saysLate(place.title) ?? false;
}

const PERIOD = /(?:thang|quy)\s+(?:\d{1,2}|[iv]{1,3})\s*(?:[/.-]|\s+nam\s+|\s)\s*\d{4}/;

/** A period that a heading gives to all tasks under it ("b) Nhiem vu thang 9/2025:"), as printed; null when none. */
export function periodOfHeading(text: string): string | null {
  const plain = foldLetters(text);
  if (!/^\W*(?:[\p{L}\p{N}]{1,4}[.)]\s*)?(?:cac |danh muc )?nhiem vu|thoi han/u.test(plain)) return null;
  if (LATE.test(plain)) return null;
  const match = PERIOD.exec(plain);
  return match === null ? null : text.slice(match.index, match.index + match[0].length);
}

const BASIS =
  /(?:nghi quyet|ke hoach|thong bao(?: ket luan)?|quyet dinh|chi thi|cong van|chuong trinh|ket luan)(?: so)?:?\s+\d{1,5}\s?[-/][^\s,;()]+|\bde an (?:so )?\d{1,3}\b/;

/** The document that a heading names as the source of its tasks, as printed; null when it names none. */
export function basisOfHeading(text: string): string | null {
  const match = BASIS.exec(foldLetters(text).replace(/\s/g, ' '));
  return match === null ? null : text.slice(match.index, match.index + match[0].length).replace(/\s+/g, ' ');
}
