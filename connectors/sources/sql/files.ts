/**
 * Queries over files (Parquet, CSV, JSON, DuckDB): each file is a view of its own name, a DuckDB file a catalogue of its
 * own name. CSV cells stay text, as they stand in the file: a cast in the query says what the operator takes them for.
 */
import { existsSync, statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { Fault } from '../../../config/fault.ts';
import type { CollectContext } from '../../contract.ts';
import type { QuerySession } from '../../ports.ts';
import { type Answer, type Asker, type Kind, Unanswered } from './answer.ts';
import { fixedSql, quotedName, quotedText } from './fixed-sql.ts';
import { withoutEnd } from './statement-text.ts';

/** Opens the files, works and closes them. */
export async function withFiles<T>(
  files: Readonly<Record<string, string>>,
  context: CollectContext,
  work: (asker: Asker) => Promise<T>,
): Promise<T> {
  const given = Object.entries(files).map(([name, path]) => ({ name, path, full: resolve(context.folder, path) }));
  for (const { path, full } of given) {
    const stats = statSync(full, { throwIfNoEntry: false });
    if (stats?.isFile() !== true)
      throw new Fault('source/missing-file', `there is no file ${path}`, { hint: 'correct `files` in sources.yaml' });
    context.meter.tries += 1;
    context.meter.bytes += stats.size;
  }
  const readable = given.flatMap(({ full }) => (kindOf(full) === 'duckdb' ? [full, ...journal(full)] : [full]));
  return await context.query.session(readable, async (session) => {
    for (const { name, path, full } of given) await open(session, name, path, full, context.signal);
    return await work({ ask: (sql) => ask(session, sql, context.signal) });
  });
}

function kindOf(path: string): string {
  const kind = extname(path).slice(1).toLowerCase();
  return kind === 'ndjson' ? 'json' : kind;
}

/** What a DuckDB file that was not closed keeps beside it; DuckDB looks for it in any case. */
function journal(path: string): string[] {
  return [`${path}.wal`];
}

async function open(
  session: QuerySession,
  name: string,
  path: string,
  full: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await session.run(fixedSql(kindOf(full), { name: quotedName(name), path: quotedText(full) }));
  } catch {
    signal.throwIfAborted();
    const hint =
      kindOf(full) === 'duckdb' && existsSync(`${full}.wal`)
        ? 'a program has it open or left its journal behind; give a copy that was closed'
        : 'see whether it is what its ending says, whole, and in UTF-8';
    throw new Fault('source/unreadable-file', `the file ${path} cannot be read as ${kindOf(full)}`, { hint });
  }
}

async function ask(session: QuerySession, sql: string, signal: AbortSignal): Promise<Answer> {
  signal.throwIfAborted();
  const query = withoutEnd(sql);
  try {
    const described = await session.rows(fixedSql('describe', { query }));
    const columns = described.map((row) => ({
      name: String(row.column_name),
      kind: kindOfType(String(row.column_type)),
    }));
    const rows = await session.rows(fixedSql('answer', { query }));
    return { columns, rows: rows.map((row) => columns.map(({ name, kind }) => asText(row[name], kind))) };
  } catch (error) {
    signal.throwIfAborted();
    throw unanswered(error);
  }
}

function kindOfType(type: string): Kind {
  if (/^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL\(.*\)|FLOAT|DOUBLE)$/.test(type)) return 'number';
  if (type === 'BOOLEAN') return 'boolean';
  if (type === 'DATE') return 'day';
  if (type === 'TIMESTAMP WITH TIME ZONE') return 'instant';
  return /^TIMESTAMP/.test(type) ? 'local-time' : 'text';
}

function asText(value: unknown, kind: Kind): string | null {
  if (value === null || value === undefined) return null;
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return kind === 'instant' ? isoInstant(text) : text;
}

/** 2026-06-29 18:00:00.5+00 → 2026-06-29T18:00:00.5+00:00; both engines write times this way. */
export function isoInstant(text: string): string {
  return text.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00');
}

/** DuckDB begins its messages with the kind of error; the rest may repeat values and is not passed on. */
function unanswered(error: unknown): Unanswered {
  const text =
    error instanceof Error ? `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}` : '';
  if (text.includes('Parser Error'))
    return new Unanswered('syntax', 'is not understood', 'run it by hand against the file and correct it');
  if (/(?:Binder|Catalog) Error/.test(text))
    return new Unanswered(
      'unknown-name',
      'names a table, column or function that is not there',
      'compare it with the names in the file',
    );
  if (/(?:Conversion|Out of Range|Invalid Input) Error/.test(text))
    return new Unanswered(
      'wrong-value',
      'met a value that it cannot convert',
      'use try_cast, and count what it leaves out',
    );
  if (/(?:Permission|IO) Error/.test(text))
    return new Unanswered('permission-denied', 'reads something that is not named under `files`', 'add the file there');
  return new Unanswered('failed', 'failed', 'run it by hand against the file and correct it');
}
