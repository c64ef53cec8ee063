/** How much is read, and the faults of documents that are not. */
import { EXIT, Fault } from '../../../config/fault.ts';

/** How much of one delivery is read; everything above is refused, not cut. */
export interface Limits {
  /** Size of the file as delivered, bytes. */
  bytes: number;
  /** Rows of one table. */
  tableRows: number;
  /** Characters of all tables of one document together: every cell of them is searched for names and facts. */
  tableText: number;
  /** Pages of one PDF. */
  pages: number;
  /** Entries of an archive (.zip, .docx). */
  entries: number;
  /** Bytes an archive may inflate to, everything in it together. */
  inflated: number;
}

export const LIMITS: Limits = {
  bytes: 100_000_000,
  tableRows: 20_000,
  tableText: 8_000_000,
  pages: 3_000,
  entries: 2_000,
  inflated: 400_000_000,
};

/** Nesting of elements beyond which markup is not a document. */
export const MAX_DEPTH = 5_000;

/** A document that cannot be read: `document/<why>`, with what to do about it. */
export function documentFault(why: string, message: string, hint: string, cause?: unknown): Fault {
  return new Fault(`document/${why}`, message, { hint, exit: EXIT.source, cause });
}
