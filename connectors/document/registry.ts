/** What the reader of documents must know of the programme: the names of databases and agencies. */
import type { AgencyRow, DatabaseRow } from '../../config/schema/registry.ts';

export interface Registry {
  databases: readonly DatabaseRow[];
  agencies: readonly AgencyRow[];
}

/** One name found in a text: which agency or database, where, and how sure (1 = letter for letter). */
export interface Match {
  id: string;
  /** 0–1; below 1 when letters differ (a misread or misspelt name). */
  score: number;
  start: number;
  end: number;
}

/** The answer for one whole name: the match, or none with the candidates that were too close to choose from. */
export interface Resolution {
  id: string | null;
  score: number;
  candidates: { id: string; score: number }[];
}
