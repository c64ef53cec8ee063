/**
 * What the page for checking gets: documents as they were read, and what was found in them. The shapes are those of the
 * reader of documents; reports does not import it.
 */

export interface ReviewMark {
  offset: number;
  line: number;
  page?: number;
}

export interface ReviewCell {
  text: string;
  /** At least one, the first at offset 0, ascending: from which line (and page) the text comes. */
  marks: readonly ReviewMark[];
}

export type ReviewBlock =
  | { kind: 'paragraph'; text: ReviewCell }
  | {
      kind: 'table';
      header: readonly ReviewCell[];
      rows: readonly (
        | { kind: 'heading'; text: ReviewCell }
        | { kind: 'cells'; cells: readonly (ReviewCell | null)[] }
      )[];
    };

/** Where the words stand. */
export interface ReviewPlace {
  table?: string | undefined;
  row?: string | number | undefined;
  line?: number | undefined;
  page?: number | undefined;
  quote?: string | undefined;
}

export interface ReviewFact {
  /** Id in the store, for decisions.yaml; null when the pipeline refuses the fact. */
  id: string | null;
  refusal: string | null;
  /** Name of the database or agency. */
  subject: string;
  attribute: string;
  /** Scale of the attribute (attributes.yaml), where it has one. */
  scale: string | null;
  value_text?: string | undefined;
  value_number?: number | undefined;
  value_total?: number | undefined;
  value_low?: number | undefined;
  value_high?: number | undefined;
  value_time?: string | undefined;
  unit?: string | undefined;
  stage?: string | undefined;
  role?: string | undefined;
  target?: string | undefined;
  modality: string;
  extent: string;
  quoted?: string | undefined;
  shared_n: number;
  flags: Readonly<Record<string, string | number | boolean>>;
  grade: string;
  /** 0–1. */
  confidence: number;
  /** A claim until somebody confirms it. */
  is_low: boolean;
  place: ReviewPlace;
  /** Offsets in its cell of the very words, where the reader gives them; else the quote is marked whole. */
  words?: { start: number; end: number } | undefined;
}

export interface ReviewRejection {
  code: string;
  message: string;
  raw: string;
  place: ReviewPlace;
}

export interface ReviewTask {
  no: number;
  databases: readonly string[];
  deadline: string | null;
  agencies: readonly string[];
  confidence: number;
  place: ReviewPlace;
}

export interface ReviewCount {
  agency: string;
  figures: readonly (readonly [key: string, value: number])[];
  adds_up: boolean;
  place: ReviewPlace;
}

export interface ReviewCheck {
  kind: string;
  printed: string;
  counted: string;
  place: ReviewPlace;
}

export interface ReviewDocument {
  title: string;
  file: string;
  number: string | null;
  /** YYYY-MM-DD */
  day: string;
  /** False when the document names no day: `day` is that on which it was received. */
  day_known: boolean;
  blocks: readonly ReviewBlock[];
  facts: readonly ReviewFact[];
  rejections: readonly ReviewRejection[];
  tasks: readonly ReviewTask[];
  counts: readonly ReviewCount[];
  checks: readonly ReviewCheck[];
}

export interface ReviewInput {
  documents: readonly ReviewDocument[];
  /** Day that stands in the lines for decisions.yaml. */
  today: string;
  least_confidence: number;
}
