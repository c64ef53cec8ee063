/** One fact as a rule reads it from a clause, before it is given to databases. */
import type { Clause } from '../language/sentences.ts';

export interface Fact {
  attribute: string;
  target?: string;
  value_text?: string;
  value_number?: number;
  value_total?: number;
  value_low?: number;
  value_high?: number;
  unit?: string;
  stage?: string;
  role?: string;
  modality: string;
  extent: string;
  quoted?: string;
  observed_at?: string;
  flags: Record<string, string | number | boolean>;
  confidence: number;
  /** Offsets of the words in the clause. */
  start: number;
  end: number;
}

/** Words that look like a fact and are not taken, with the reason. */
export interface Refusal {
  code: string;
  message: string;
  start: number;
  end: number;
}

export interface RuleContext {
  /** Day on which the text was stated (YYYY-MM-DD): nothing is true later than that. */
  stated: string;
  /** Ids of the databases the text is about; other names in it are other systems. */
  databases: readonly string[];
  /** Whether another database belongs to the agency that speaks: what it says of it counts for that one. */
  isOwn(databaseId: string): boolean;
  /** Whether a text names an agency other than those the text is about. */
  namesOther(text: string): boolean;
  /** Databases named in a text (see names/databases.ts). */
  findDatabases(text: string): { id: string; start: number; end: number }[];
}

export interface Reading {
  facts: Fact[];
  refusals: Refusal[];
}

/** One family of facts. Rules see one clause at a time and never a particular database or figure. */
export type Rule = (clause: Clause, context: RuleContext) => Reading;

export const NOTHING: Reading = { facts: [], refusals: [] };
