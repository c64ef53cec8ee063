/** What reading a document gives: statements in the form of connectors/contract.ts, and what was not understood. */
import type {
  AgencyCountStatement,
  DocumentCheckStatement,
  DocumentStatement,
  Locator,
  ObservationStatement,
  TaskStatement,
} from '../contract.ts';

/** A fact as read, with how sure the reader is (0–1) and where its words stand in the cell or paragraph. */
export interface Found<S> {
  statement: S;
  confidence: number;
  /** Offsets of the very words in the text of the cell they stand in, where the rule knows them. */
  words?: { start: number; end: number };
}

/** A piece of text that looks like a fact and is not taken as one, with the reason. */
export interface Rejected {
  code: string;
  message: string;
  raw: string;
  evidence: Locator;
}

export interface Extraction {
  document: DocumentStatement;
  observations: Found<ObservationStatement>[];
  tasks: Found<TaskStatement>[];
  agencyCounts: Found<AgencyCountStatement>[];
  checks: Found<DocumentCheckStatement>[];
  rejections: Rejected[];
}
