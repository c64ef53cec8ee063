/** What was read from a document, as a connector yields it. */
import type { Collected, Locator } from '../contract.ts';
import type { ReadDocument } from './read-file.ts';
import { gradedByConfidence, pieces } from './statements.ts';

/** Below this (0–1) a fact is a claim until a person confirms it. */
export const LEAST_CONFIDENCE = 0.8;

/** Statements and rejections in the order of the document, each with its place. */
export function* collected(read: ReadDocument, leastConfidence: number): Iterable<Collected> {
  for (const piece of pieces(gradedByConfidence(read.extraction, leastConfidence))) {
    if (piece.kind === 'rejection') {
      const { code, message, raw, evidence } = piece.rejection;
      yield { kind: 'rejection', code, message, raw, at: place(read.name, evidence) };
    } else {
      const { statement } = piece;
      if (statement.type === 'document') {
        yield { kind: 'statement', statement: { ...statement, ...read.register }, at: read.name };
        continue;
      }
      yield {
        kind: 'statement',
        statement,
        at: place(read.name, statement.evidence),
      };
    }
  }
}

function place(file: string, { page, line, table, row }: Locator): string {
  const parts = [
    ...(page === undefined ? [] : [`page ${page}`]),
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(table === undefined ? [] : [`table ${table}`]),
    ...(row === undefined ? [] : [`row ${row}`]),
  ];
  return parts.length === 0 ? file : `${file}: ${parts.join(', ')}`;
}
