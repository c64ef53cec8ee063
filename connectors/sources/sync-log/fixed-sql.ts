/** The statements of sync-log.sql by their name. What is filled in is put in once, never looked at again. */
import { readFileSync } from 'node:fs';
import { asset } from '../../../config/package-root.ts';

const statements = new Map<string, string>();

/** @param fill replaces `{key}`; names, paths and texts must be quoted by the caller (`quotedName`, `quotedText`) */
export function fixedSql(name: string, fill: Readonly<Record<string, string>> = {}): string {
  if (statements.size === 0) {
    const file = asset('connectors', 'sources', 'sync-log', 'sync-log.sql');
    const [, ...parts] = readFileSync(file, 'utf8').split(/^-- @statement /m);
    for (const part of parts) {
      const end = part.indexOf('\n');
      statements.set(part.slice(0, end).trim(), part.slice(end + 1).trim());
    }
  }
  const text = statements.get(name);
  if (text === undefined) throw new Error(`sync-log.sql has no statement "${name}"`);
  return text.replace(/\{([a-z_]+)\}/g, (whole, key: string) => fill[key] ?? whole);
}

/** An identifier as DuckDB reads it literally. */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text literal as DuckDB reads it. */
export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
