/**
 * Compares the records of two places, wherever each lies: files, DuckDB files, tables on servers. Everything that can be wrong
 * with a place is said with its side and column; an engine's own words never are.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { EXIT, Fault } from '../../config/fault.ts';
import { didYouMean } from '../../config/nearest.ts';
import type { PostgresSetting } from '../../config/schema/postgres.ts';
import type { DataLocation, Table } from '../../scoring/quality/check.ts';
import { NotCompiled } from '../../scoring/quality/compile-row.ts';
import type { Reconciliation } from '../../scoring/quality/reconcile.ts';
import { landArrow } from '../database/arrow-input.ts';
import { DuckDbEngine } from '../database/quality-duckdb.ts';
import { EngineProblem, type QualityEngine } from '../database/quality-engine.ts';
import { PostgresEngine } from '../database/quality-postgres.ts';
import { reconcile } from '../database/quality-reconcile.ts';
import { fileLocation, refuseRemote } from './locate-data.ts';
import { connectionOf } from './measure-contract.ts';

export interface RecordPlace {
  /** For people; no path, no host. */
  readonly name: string;
  readonly table: Table;
  readonly postgres?: PostgresSetting;
}

export interface ReconcileInput {
  readonly left: RecordPlace;
  readonly right: RecordPlace;
  /** A name of both sides, or left=right. */
  readonly key: readonly string[];
  readonly columns: readonly string[];
  readonly tidy: boolean;
  /** Without it a random one. */
  readonly salt?: string | undefined;
  readonly memoryLimit?: string;
  readonly timeLimitMs?: number;
  /** Below it a folder of its own is made for what does not fit in memory, and removed again. */
  readonly scratch: string;
  readonly signal: AbortSignal;
}

export interface Reconciled extends Reconciliation {
  /** Records of the left side; those with no key, too: they match nothing. */
  readonly checked: number;
  /** Both places are servers that were asked now, not copies. */
  readonly isLive: boolean;
  readonly ms: number;
}

/** @param text a file, glob, folder of Parquet files, or FILE.duckdb#[SCHEMA.]TABLE; @throws Fault `usage/…` */
export function placeInFiles(text: string, folder: string, side: 'left' | 'right'): RecordPlace {
  refuseRemote(text);
  const [, file = text, schema, name] = /^(.*\.(?:duckdb|ddb|db))#(?:([^.#]+)\.)?([^.#]+)$/i.exec(text) ?? [];
  const path = resolve(folder, file);
  let location: DataLocation;
  if (name !== undefined) location = { kind: 'duckdb', path, table: name, ...(schema === undefined ? {} : { schema }) };
  else if (/\.(duckdb|ddb|db)$/i.test(path))
    throw new Fault('usage/which-table', `${basename(path)} holds many tables`, {
      exit: EXIT.usage,
      hint: `write ${basename(path)}#TABLE or ${basename(path)}#SCHEMA.TABLE`,
    });
  else if (existsSync(path) && statSync(path).isDirectory())
    location = { kind: 'parquet', paths: [join(path, '**', '*.parquet')], partitioned: true };
  else location = fileLocation(path, { physicalName: '' });
  return { name: name ?? basename(path), table: { id: side, columns: [], location } };
}

export function placeOnServer(postgres: PostgresSetting, table: string, side: 'left' | 'right'): RecordPlace {
  const { host: server, schema } = postgres;
  const location = { kind: 'postgres' as const, server, table, ...(schema === undefined ? {} : { schema }) };
  return { name: table, postgres, table: { id: side, columns: [], location } };
}

/** @throws Fault `reconcile/…` */
export async function reconcilePlaces(input: ReconcileInput): Promise<Reconciled> {
  const started = performance.now();
  mkdirSync(input.scratch, { recursive: true });
  const scratch = mkdtempSync(join(input.scratch, 'reconcile-'));
  const engines: QualityEngine[] = [];
  try {
    const open = async (place: RecordPlace, side: 'left' | 'right') => {
      const engine = await openPlace(place, scratch, input.memoryLimit, input.signal);
      engines.push(engine);
      const names = (list: readonly string[]): string[] => list.map((text) => nameOn(side, text));
      const opened = { engine, table: place.table, keys: names(input.key), columns: names(input.columns) };
      await mustHave(opened, side);
      return opened;
    };
    const [left, right] = [await open(input.left, 'left'), await open(input.right, 'right')];
    const found = await reconcile(left, right, {
      salt: input.salt ?? randomBytes(16).toString('hex'),
      tidy: input.tidy,
      signal: input.signal,
      ...(input.timeLimitMs === undefined ? {} : { limitMs: input.timeLimitMs }),
    });
    return {
      ...found,
      checked: found.left.rows + found.left.withoutKey,
      isLive: input.left.postgres !== undefined && input.right.postgres !== undefined,
      ms: Math.round(performance.now() - started),
    };
  } catch (error) {
    throw asFault(error);
  } finally {
    for (const engine of engines) await engine.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

function nameOn(side: 'left' | 'right', text: string): string {
  const [left = text, right = left] = text.split('=');
  return side === 'left' ? left : right;
}

async function openPlace(
  { table, postgres }: RecordPlace,
  spillFolder: string,
  memoryLimit: string | undefined,
  signal: AbortSignal,
): Promise<QualityEngine> {
  if (postgres !== undefined) return PostgresEngine.open(connectionOf(postgres));
  return DuckDbEngine.open(await landArrow([table], spillFolder, signal), {
    spillFolder,
    memoryLimit: memoryLimit ?? '1GB',
  });
}

async function mustHave(
  {
    engine,
    table,
    keys,
    columns,
  }: { engine: QualityEngine; table: Table; keys: readonly string[]; columns: readonly string[] },
  side: 'left' | 'right',
): Promise<void> {
  const facts = (await engine.facts([table])).get(table.id);
  if (facts === undefined)
    throw new Fault('reconcile/unreadable', `the ${side} place could not be read`, {
      exit: EXIT.source,
      hint: 'see whether the file or table is there, may be read, and is what its ending says',
    });
  for (const name of [...keys, ...columns]) {
    const type = facts.columns.get(name)?.type;
    if (type === undefined)
      throw new Fault('reconcile/no-column', `the ${side} place has no column "${name}"`, {
        exit: EXIT.usage,
        hint: didYouMean(name, [...facts.columns.keys()]) ?? 'where the sides call it differently, write LEFT=RIGHT',
      });
    if (type === 'number' || type === 'time' || type === 'other')
      throw new Fault('reconcile/not-comparable', `column "${name}" of the ${side} place cannot be compared`, {
        exit: EXIT.usage,
        hint: 'texts, whole numbers, days, moments and booleans are written alike everywhere; give another as one of these',
      });
  }
}

function asFault(error: unknown): unknown {
  if (error instanceof NotCompiled) return new Fault('reconcile/not-comparable', error.message, { exit: EXIT.usage });
  if (!(error instanceof EngineProblem)) return error;
  return new Fault(`reconcile/${error.problem.replaceAll('_', '-')}`, error.message, { exit: EXIT.source });
}
