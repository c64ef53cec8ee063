/**
 * What was read from a document, as the lines that are kept and printed: the document first, then every statement and
 * everything not understood, in the order in which the document says it.
 */
import type { Config } from '../../config/load.ts';
import type { DocumentStatement, Locator, ObservationStatement, Statement, TaskStatement } from '../contract.ts';
import type { Extraction, Found, Rejected } from './extraction.ts';

export type Piece = { kind: 'statement'; statement: Statement } | { kind: 'rejection'; rejection: Rejected };

/** Characters of a title or of free words that may be shipped as data. */
const SHIPPED_WORDS = 60;

/** Statements (document first) and rejections in the order of the document. */
export function pieces(extraction: Extraction): Piece[] {
  const placed: { piece: Piece; evidence: Locator; kind: number }[] = [];
  const take = (found: readonly { statement: Statement & { evidence: Locator } }[], kind: number): void => {
    for (const { statement } of found)
      placed.push({ piece: { kind: 'statement', statement }, evidence: statement.evidence, kind });
  };
  take(extraction.checks, 0);
  take(extraction.agencyCounts, 1);
  take(extraction.tasks, 2);
  take(extraction.observations.map(withConfidence), 3);
  for (const rejection of extraction.rejections)
    placed.push({ piece: { kind: 'rejection', rejection }, evidence: rejection.evidence, kind: 4 });
  placed.sort((a, b) => order(a.evidence, b.evidence) || a.kind - b.kind);
  const document: DocumentStatement = { ...extraction.document, rejections: extraction.rejections.length };
  return [{ kind: 'statement', statement: document }, ...placed.map((one) => one.piece)];
}

/** The statements alone: document first, the others in its order. Each observation says how sure its reader is. */
export function statements(extraction: Extraction): Statement[] {
  return pieces(extraction).flatMap((piece) => (piece.kind === 'statement' ? [piece.statement] : []));
}

/**
 * Observations of which the reader is less sure than `least` (0–1) are sent as grade E1, a claim that nobody put his
 * name to: they move no floor until a person confirms them.
 */
export function gradedByConfidence(extraction: Extraction, least: number): Extraction {
  return {
    ...extraction,
    observations: extraction.observations.map((found) =>
      found.confidence < least && (found.statement.grade ?? extraction.document.grade) > 'E1'
        ? { ...found, statement: { ...found.statement, grade: 'E1' } }
        : found,
    ),
  };
}

/**
 * What may be shipped as data: no quotes and no texts of status or difficulty (`reported` or `blank` instead), titles
 * of tasks as the name of the one database they are about or their first words, words that are not a state of a scale
 * as their first words.
 */
export function withoutTexts(extraction: Extraction, registry: Pick<Config, 'databases' | 'attributes'>): Extraction {
  const names = new Map(registry.databases.map((row) => [row.database_id, row.name]));
  const { attributes } = registry.attributes;
  const bare = <S extends { evidence: Locator }>(found: Found<S>): Found<S> => ({
    ...found,
    statement: { ...found.statement, evidence: withoutQuote(found.statement.evidence) },
  });
  return {
    document: extraction.document,
    observations: extraction.observations.map((found) => {
      const one = bare(found);
      const scale = Object.hasOwn(attributes, one.statement.attribute)
        ? attributes[one.statement.attribute]?.scale
        : undefined;
      return scale === undefined ? { ...one, statement: withFewWords(one.statement) } : one;
    }),
    tasks: extraction.tasks.map((found) => {
      const one = bare(found);
      return { ...one, statement: { ...withoutReports(one.statement), title: shippedTitle(one.statement, names) } };
    }),
    agencyCounts: extraction.agencyCounts.map(bare),
    checks: extraction.checks.map((found) => {
      const one = bare(found);
      return { ...one, statement: { ...one.statement, where: firstWords(one.statement.where) } };
    }),
    rejections: extraction.rejections.map((one) => ({ ...one, raw: '', evidence: withoutQuote(one.evidence) })),
  };
}

/** At most `most` characters of a text, cut at a word, with "…" where something was cut. */
export function firstWords(text: string, most = SHIPPED_WORDS): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  const head = line.slice(0, most);
  const space = line[most] === ' ' ? most : head.lastIndexOf(' ');
  return `${(space > 0 ? head.slice(0, space) : head).replace(/[\s,;:.(–-]+$/, '')}…`;
}

function withConfidence(found: Found<ObservationStatement>): Found<ObservationStatement> {
  return { ...found, statement: { ...found.statement, confidence: found.confidence } };
}

/** By page, then line; what has no place comes first, as it speaks of the whole. */
function order(a: Locator, b: Locator): number {
  return (a.page ?? 0) - (b.page ?? 0) || (a.line ?? 0) - (b.line ?? 0);
}

function withoutQuote({ quote: _quote, ...rest }: Locator): Locator {
  return rest;
}

function withFewWords(statement: ObservationStatement): ObservationStatement {
  const flags = Object.entries(statement.flags).map(([key, value]) => [
    key,
    typeof value === 'string' ? firstWords(value) : value,
  ]);
  return {
    ...statement,
    ...(statement.value_text === undefined ? {} : { value_text: firstWords(statement.value_text) }),
    flags: Object.fromEntries(flags),
  };
}

/** The task with `reported` or `blank` in the place of what the agencies wrote. */
export function withoutReports(task: TaskStatement): TaskStatement {
  const said = (text: string): string => (text.trim() === '' || text === 'blank' ? 'blank' : 'reported');
  return {
    ...task,
    statuses: task.statuses.map(({ status, difficulty, ...rest }) => ({
      ...rest,
      ...(status === undefined ? {} : { status: said(status) }),
      ...(difficulty === undefined ? {} : { difficulty: said(difficulty) }),
    })),
  };
}

function shippedTitle(task: TaskStatement, names: ReadonlyMap<string, string>): string {
  const [only, second] = task.database_ids;
  const name = only !== undefined && second === undefined ? names.get(only) : undefined;
  return name ?? firstWords(task.title);
}
