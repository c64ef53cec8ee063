/** Reads one CSV file (RFC 4180, UTF-8) row by row against a zod schema; every problem carries its line. */
import { readFileSync } from 'node:fs';
import { type CsvError, parse } from 'csv-parse/sync';
import type { z } from 'zod';
import type { Problem } from './fault.ts';
import { didYouMean } from './nearest.ts';
import { knownFault } from './system-fault.ts';
import { issueProblem } from './zod-problem.ts';

export interface CsvRow<T> {
  value: T;
  line: number;
}
export interface CsvFile<T> {
  rows: CsvRow<T>[];
  problems: Problem[];
}

/**
 * Columns must be exactly the keys of `schema` (order free); an unknown or missing column is reported once. A column whose
 * shape takes `undefined` may be left out, so that files written before it existed stay good.
 */
export function readCsv<S extends z.ZodObject>(path: string, file: string, schema: S): CsvFile<z.output<S>> {
  const problem = (
    line: number | null,
    key: string,
    code: string,
    message: string,
    hint: string | null = null,
  ): Problem => ({
    file,
    line,
    column: null,
    key,
    code,
    message,
    hint,
  });
  let records: { record: Record<string, string>; info: { lines: number } }[];
  let header: string[] = [];
  try {
    records = parse(readFileSync(path), {
      bom: true,
      info: true,
      skip_empty_lines: true,
      columns: (names: string[]) => {
        header = names.map((name) => name.trim());
        return header;
      },
    }) as never;
  } catch (error) {
    const line = (error as CsvError & { lines?: number }).lines ?? null;
    // Errors of the file system carry a system call; those of the parser do not.
    const { message, syscall } = error as NodeJS.ErrnoException;
    const found =
      syscall === undefined
        ? problem(line, '', 'config/broken-csv', message, 'a cell with a comma or quote must be in double quotes')
        : problem(null, '', 'config/unreadable', `cannot be read: ${message}`, knownFault(error)?.hint ?? null);
    return { rows: [], problems: [found] };
  }
  const valid = Object.keys(schema.shape);
  const problems = header
    .filter((name) => !valid.includes(name))
    .map((name) => problem(1, name, 'config/unknown-key', `"${name}" is not a column`, didYouMean(name, valid)));
  for (const name of new Set(header.filter((name, i) => header.indexOf(name) !== i))) {
    problems.push(problem(1, name, 'config/duplicate-key', `column "${name}" stands twice`));
  }
  for (const name of valid) {
    const optional = (schema.shape[name] as z.ZodType).safeParse(undefined).success;
    if (!header.includes(name) && !optional)
      problems.push(problem(1, name, 'config/missing', `column "${name}" is missing`));
  }
  if (problems.length > 0) return { rows: [], problems };

  const rows: CsvRow<z.output<S>>[] = [];
  for (const { record, info } of records) {
    const trimmed = Object.fromEntries(
      Object.entries(record).map(([key, cell]) => [key, cell.trim().normalize('NFC')]),
    );
    const parsed = schema.safeParse(trimmed);
    if (parsed.success) {
      rows.push({ value: parsed.data, line: info.lines });
      continue;
    }
    for (const issue of parsed.error.issues) {
      for (const found of issueProblem(issue, schema, trimmed)) {
        problems.push(problem(info.lines, found.path.join('.'), found.code, found.message, found.hint));
      }
    }
  }
  return { rows, problems };
}
