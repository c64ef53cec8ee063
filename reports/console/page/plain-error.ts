/** What DuckDB says, sorted by its kind: the page has a plain sentence for each, and shows DuckDB's words below it. */

export interface PlainError {
  /** Key of the sentence in `words.errors`. */
  kind: string;
  detail: string;
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^Parser Error/i, 'parser'],
  [/in the \w+ extension|^Missing Extension Error/i, 'extension'],
  [/^Catalog Error/i, 'catalog'],
  [/^Binder Error/i, 'binder'],
  [/^Conversion Error/i, 'conversion'],
  [/^Out of Memory Error|memory access out of bounds|allocation failure/i, 'memory'],
  [/^(Permission|Invalid Configuration|IO) Error|read-only|configuration has been locked/i, 'refused'],
  [/^HTTP \d|fetch/i, 'load'],
];

export function plainError(error: unknown): PlainError {
  const detail = wordsOf((error instanceof Error ? error.message : String(error)).trim());
  const [, kind = 'other'] = KINDS.find(([pattern]) => pattern.test(detail)) ?? [];
  return { kind, detail };
}

/** Some errors come as JSON, `{"exception_type": …, "exception_message": …}`. */
function wordsOf(message: string): string {
  if (!message.startsWith('{')) return message;
  try {
    const { exception_type: type, exception_message: text } = JSON.parse(message) as Record<string, string>;
    return type === undefined || text === undefined ? message : `${type} Error: ${text}`;
  } catch {
    return message;
  }
}
