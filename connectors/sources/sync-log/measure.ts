/**
 * Reads a delivered log in one private session and measures it: one scan a file, then figures for each database. Only
 * counts, days and our own names leave the session.
 */
import { z } from 'zod';
import { Fault } from '../../../config/fault.ts';
import type { CollectContext } from '../../contract.ts';
import type { QuerySession } from '../../ports.ts';
import { scanArrow } from './arrow-scan.ts';
import { type Kind, mustHaveColumns, rollUp, type Scan, wantedColumns } from './columns.ts';
import type { DeliveredFile } from './delivered-files.ts';
import { count, type Reconciliation, reconciliation, type Window, window } from './figures.ts';
import { fixedSql, quotedText } from './fixed-sql.ts';
import type { Options } from './options.ts';
import { checkJsonKeys, csvHead } from './text-head.ts';
import { MAX_WORDS, tooManyWords, WordCodes } from './word-codes.ts';

export interface WindowBounds {
  /** First day of the window, in days since 1970, local. */
  startDay: number;
  /** No batch may be later, in milliseconds. */
  latest: number;
}

export interface Measured {
  /** Earliest and latest batch of the log, in milliseconds. */
  firstAt: number | null;
  lastAt: number | null;
  rows: number;
  problems: { problem: number; n: number }[];
  unknown: { letters: number; n: number }[];
  unknownCodes: number;
  brokenLines: number;
  /** Last day of the window, which the latest batch may have moved. */
  endDay: number;
  end: number;
  windows: Window[];
  reconciliations: Reconciliation[];
  reasons: { kinds: number; counts: number[] };
}

/** @param endOf up to when the log speaks, given its latest batch */
export async function measure(
  files: readonly DeliveredFile[],
  settings: Options,
  bounds: WindowBounds,
  endOf: (lastAt: number | null) => { end: number; endDay: number },
  context: CollectContext,
): Promise<Measured> {
  const paths = files.filter(({ format }) => format !== 'arrow').map(({ path }) => path);
  return await context.query.session(paths, async (session) => {
    await session.run(fixedSql('macros'));
    const codes = new WordCodes();
    const isCoded = files.every(({ format }) => format === 'arrow');
    if (!isCoded && files.some(({ format }) => format === 'arrow')) {
      throw new Fault('source/mixed-formats', 'the log has Arrow files and files of another kind', {
        hint: 'deliver one kind, or narrow `path` to it',
      });
    }
    await session.run(fixedSql('part', { word: isCoded ? 'INTEGER' : 'VARCHAR' }));
    for (const file of files) {
      context.signal.throwIfAborted();
      await readable(file, context, async () => {
        if (file.format === 'arrow') await scanArrow(file, settings, bounds, session, codes, context.signal);
        else
          await session.run(rollUp(await scanOf(file, settings, session, context.signal), settings, bounds, file.name));
      });
    }
    await name(session, settings, context, isCoded ? codes : null);
    return await figuresOf(session, settings, bounds, endOf);
  });
}

/** What DuckDB says of a file may repeat a line of it, and is not passed on. */
async function readable(file: DeliveredFile, context: CollectContext, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof Fault && !error.code.startsWith('database/')) throw error;
    const code = error instanceof Fault ? error.code : '';
    if (code === 'database/out-of-memory-error') {
      throw new Fault('source/too-large', `${file.name} needs more memory than a source may have`, {
        hint: 'see whether `columns.database` names the codes of databases; write smaller row groups',
      });
    }
    // Not of the file, but of our own SQL: a bug, and no value of the log is in it.
    if (code === '' || /\/(?:binder|parser|catalog)-error$/.test(code)) throw error;
    throw new Fault('source/unreadable-log', `${file.name} cannot be read as ${file.format}`, {
      hint: 'it was cut off or is not what its ending says; deliver it again, under another name until it is complete',
    });
  }
}

/** How DuckDB reads a file, and what its columns hold. */
async function scanOf(
  file: DeliveredFile,
  settings: Options,
  session: QuerySession,
  signal: AbortSignal,
): Promise<Scan> {
  const wanted = wantedColumns(settings);
  const path = quotedText(file.path);
  // The two readers call the same thing by different names.
  const plain = file.format === 'csv' ? 'none' : 'uncompressed';
  const compression = quotedText(file.gzipped ? 'gzip' : plain);
  if (file.format === 'parquet') {
    const rows = fixedSql('parquet', { path });
    const described = await session.rows(fixedSql('describe', { rows }));
    const kinds = new Map(described.map((row) => [String(row.column_name), kindOf(String(row.column_type))]));
    mustHaveColumns(wanted, [...kinds.keys()], file.name);
    return { rows, kinds, named: 'theirs' };
  }
  let columns: string[];
  let rows: string;
  if (file.format === 'csv') {
    const head = await csvHead(file, wanted, settings.delimiter, signal);
    columns = head.columns;
    rows = fixedSql('csv', { path, compression, delimiter: quotedText(head.delimiter), shape: shapeOf(columns) });
  } else {
    await checkJsonKeys(file, wanted, signal);
    columns = [...new Set(wanted.map(({ theirs }) => theirs))];
    rows = fixedSql('jsonl', { path, compression, shape: shapeOf(columns) });
  }
  return { rows, kinds: new Map(columns.map((column): [string, Kind] => [column, 'text'])), named: 'theirs' };
}

function shapeOf(columns: readonly string[]): string {
  return `{${columns.map((column) => `${quotedText(column)}: 'VARCHAR'`).join(', ')}}`;
}

function kindOf(type: string): Kind {
  if (/^U?(?:TINY|SMALL|BIG|HUGE)INT$|^U?INTEGER$/.test(type)) return 'whole';
  if (/^(?:FLOAT|DOUBLE|DECIMAL\(.*\))$/.test(type)) return 'real';
  if (type === 'TIMESTAMP WITH TIME ZONE') return 'instant';
  if (/^TIMESTAMP(?:_S|_MS|_NS)?$/.test(type)) return 'local-time';
  return /^(?:VARCHAR|ENUM\(.*\))$/s.test(type) ? 'text' : 'bucket';
}

/** Codes become databases, words become directions. */
async function name(
  session: QuerySession,
  settings: Options,
  context: CollectContext,
  codes: WordCodes | null,
): Promise<void> {
  if (codes !== null) {
    const texts = await session.table('word', { code: 'INTEGER', text: 'VARCHAR' });
    const numbers = Int32Array.from(codes.texts, (_, i) => i);
    await texts.append({ code: { values: numbers }, text: { values: codes.texts } }, codes.texts.length);
    await texts.end();
  }
  await session.run(fixedSql(codes === null ? 'text_parts' : 'coded_parts'));
  const [distinct] = await session.rows(fixedSql('distinct_codes'));
  if (Number(distinct?.n) > MAX_WORDS) throw tooManyWords();
  const known = new Map(context.registry.databases.map(({ database_id: id }) => [id, id]));
  for (const [code, id] of Object.entries(settings.databases)) known.set(code.trim(), id);
  await fill(session, 'known', { code: [...known.keys()], database_id: [...known.values()] });
  const ways = new Map(Object.entries(settings.directions).map(([word, way]) => [word.trim().toLowerCase(), way]));
  await fill(session, 'way', { word: [...ways.keys()], way: [...ways.values()] });
  await session.run(fixedSql('named'), { way: settings.columns.direction === undefined ? 'out' : null });
}

async function fill(session: QuerySession, table: string, columns: Readonly<Record<string, string[]>>): Promise<void> {
  const names = Object.keys(columns);
  const sink = await session.table(table, Object.fromEntries(names.map((column) => [column, 'VARCHAR' as const])));
  const pieces = Object.fromEntries(names.map((column) => [column, { values: columns[column] ?? [] }]));
  await sink.append(pieces, columns[names[0] ?? '']?.length ?? 0);
  await sink.end();
}

const covered = z.object({ first_at: count.nullable(), last_at: count.nullable(), rows: count.nullable() });
const problem = z.object({ problem: count, n: count });
const unknownCode = z.object({ letters: count, n: count, codes: count });
const reason = z.object({ n: count, reasons: count });

async function figuresOf(
  session: QuerySession,
  settings: Options,
  bounds: WindowBounds,
  endOf: (lastAt: number | null) => { end: number; endDay: number },
): Promise<Measured> {
  const all = async <S extends z.ZodType>(
    schema: S,
    statement: string,
    parameters: Record<string, unknown> = {},
    fill: Record<string, string> = {},
  ): Promise<z.output<S>[]> => z.array(schema).parse(await session.rows(fixedSql(statement, fill), parameters));
  const [coverage] = await all(covered, 'coverage');
  const lastAt = coverage?.last_at ?? null;
  const { end, endDay } = endOf(lastAt);
  const broken = (await hasRejects(session)) ? await all(z.object({ n: count }), 'csv_rejected') : [];
  const unknown = await all(unknownCode, 'unknown_databases');
  const reasons = await all(reason, 'reasons');
  const fields = Object.keys(settings.columns.mismatched).map((_, i) => `coalesce(sum(mismatched[${i + 1}]), 0)`);
  return {
    firstAt: coverage?.first_at ?? null,
    lastAt,
    rows: coverage?.rows ?? 0,
    problems: await all(problem, 'problems'),
    unknown,
    unknownCodes: unknown[0]?.codes ?? 0,
    brokenLines: broken[0]?.n ?? 0,
    end,
    endDay,
    windows: await all(window, 'windows', { start: bounds.startDay, end: endDay }),
    reconciliations:
      settings.columns.checked === undefined
        ? []
        : await all(
            reconciliation,
            'reconciliations',
            { start: bounds.startDay, latest: settings.reconciles === 'latest_day' },
            { mismatch_parts: fields.join(', ') },
          ),
    reasons: { kinds: reasons[0]?.reasons ?? 0, counts: reasons.map(({ n }) => n) },
  };
}

/** Whether a CSV file was read: only then there is a table of refused lines. */
async function hasRejects(session: QuerySession): Promise<boolean> {
  return (await session.rows(fixedSql('has_rejects'))).length > 0;
}
