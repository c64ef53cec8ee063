/** What a query was answered, the same whichever engine it was: names of columns, their kinds, and at most two rows as text. */

/** `local-time`: a time of which nobody can tell where it was read off a clock. */
export type Kind = 'number' | 'boolean' | 'day' | 'instant' | 'local-time' | 'text';

export interface Column {
  name: string;
  kind: Kind;
}

/** Values as text: numbers in digits, instants in ISO 8601 with offset, days as YYYY-MM-DD, booleans as true and false. */
export type Row = readonly (string | null)[];

export interface Answer {
  columns: readonly Column[];
  /** More than two are never fetched. */
  rows: readonly Row[];
}

/** Why one query got no answer; the others go on. Without any word of the database's own: those repeat values. */
export class Unanswered extends Error {
  /** What follows `sql/` in the rejection of one query, and `source/` when no query was answered. */
  readonly reason: string;
  readonly hint: string;
  constructor(reason: string, message: string, hint: string) {
    super(message);
    this.name = 'Unanswered';
    this.reason = reason;
    this.hint = hint;
  }
}

/** Puts queries to one database, one after the other. */
export interface Asker {
  /** @throws Unanswered, or Fault when the database itself is gone */
  ask(sql: string): Promise<Answer>;
}
