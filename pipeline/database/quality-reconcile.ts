/**
 * Reconciles a key set in two places, each with its own engine: the owner's table, the copy at the centre, the reply of
 * another. Sums first; hashes only of buckets that differ, a few at a time, in memory and under the salt of this run.
 */
import type { Table } from '../../scoring/quality/check.ts';
import {
  bucketsSql,
  type Compared,
  compareHashes,
  hashesSql,
  type Reconciliation,
  type Side,
  withoutKeySql,
} from '../../scoring/quality/reconcile.ts';
import { EngineProblem, type QualityEngine } from './quality-engine.ts';

export interface Place {
  readonly engine: QualityEngine;
  readonly table: Table;
  readonly keys: readonly string[];
  readonly columns: readonly string[];
}

export interface ReconcileOptions {
  /** Secret, and another in every run: who knows it can try identity numbers until a hash fits. */
  readonly salt: string;
  /** Texts in normal form C, without spaces at either end. */
  readonly tidy?: boolean;
  /** For all queries together. */
  readonly limitMs?: number;
  readonly signal?: AbortSignal;
}

/** Rows of hashes held at a time. */
const ROWS_AT_A_TIME = 200_000;

interface Asked {
  readonly place: Place;
  readonly side: Side;
  /** By number: number, rows, keys, sums. */
  readonly buckets: ReadonlyMap<number, readonly string[]>;
  readonly withoutKey: number;
}

/** @throws EngineProblem, NotCompiled */
export async function reconcile(left: Place, right: Place, options: ReconcileOptions): Promise<Reconciliation> {
  const end = performance.now() + (options.limitMs ?? 3_600_000);
  const remaining = (): number => {
    if (options.signal?.aborted === true) throw new EngineProblem('cancelled', 'the run was stopped');
    const ms = end - performance.now();
    if (ms <= 0) throw new EngineProblem('out_of_time', 'the time for the comparison was up');
    return ms;
  };
  const stop = (): void => {
    left.engine.interrupt();
    right.engine.interrupt();
  };
  options.signal?.addEventListener('abort', stop, { once: true });
  try {
    const here = await ask(left, options, remaining);
    const there = await ask(right, options, remaining);
    return await compare(here, there, options.salt, remaining);
  } finally {
    options.signal?.removeEventListener('abort', stop);
  }
}

async function ask(place: Place, { salt, tidy }: ReconcileOptions, remaining: () => number): Promise<Asked> {
  const { engine, table, keys, columns } = place;
  const facts = (await engine.facts([table])).get(table.id);
  if (facts === undefined) throw new EngineProblem('table_not_found', 'the table could not be read');
  const side: Side = { table, facts, dialect: engine.plain, keys, columns, tidy: tidy ?? false };
  const [withoutKey] = await engine.row(withoutKeySql(side), remaining());
  const rows = await engine.hashes(bucketsSql(side, salt), remaining());
  return { place, side, buckets: new Map(rows.map((row) => [Number(row[0]), row])), withoutKey: withoutKey ?? 0 };
}

async function compare(here: Asked, there: Asked, salt: string, remaining: () => number): Promise<Reconciliation> {
  const names = here.place.columns;
  const unequal: number[] = [];
  let alike = 0;
  for (const bucket of new Set([...here.buckets.keys(), ...there.buckets.keys()])) {
    const row = here.buckets.get(bucket);
    const [, count = '0', keys = '0'] = row ?? [];
    // Where a key is repeated, sums do not say which of its rows is which.
    if (row !== undefined && count === keys && row.join() === there.buckets.get(bucket)?.join()) alike += Number(keys);
    else unequal.push(bucket);
  }
  const found: Compared[] = [];
  const size = (bucket: number): number =>
    Number(here.buckets.get(bucket)?.[1] ?? 0) + Number(there.buckets.get(bucket)?.[1] ?? 0);
  for (const some of pieces(unequal, size))
    found.push(
      compareHashes(
        await here.place.engine.hashes(hashesSql(here.side, salt, some), remaining()),
        await there.place.engine.hashes(hashesSql(there.side, salt, some), remaining()),
        names,
      ),
    );
  const total = (of: (one: Compared) => number): number => found.reduce((sum, one) => sum + of(one), 0);
  return {
    left: { ...counts(here), only: total((one) => one.onlyLeft) },
    right: { ...counts(there), only: total((one) => one.onlyRight) },
    matched: alike + total((one) => one.matched),
    repeated: total((one) => one.repeated),
    differing: total((one) => one.differing),
    alike: alike + total((one) => one.alike),
    columns: Object.fromEntries(names.map((name) => [name, total((one) => one.columns[name] ?? 0)])),
  };
}

function counts({ buckets, withoutKey }: Asked): { rows: number; withoutKey: number; keys: number } {
  const total = (column: 1 | 2): number => [...buckets.values()].reduce((sum, row) => sum + Number(row[column]), 0);
  return { rows: total(1), withoutKey, keys: total(2) };
}

/** Buckets in groups of about so many rows. */
function pieces(list: readonly number[], size: (bucket: number) => number): number[][] {
  const groups: number[][] = [];
  let room = 0;
  for (const bucket of list) {
    const last = groups.at(-1);
    if (last === undefined || room < size(bucket)) {
      groups.push([bucket]);
      room = ROWS_AT_A_TIME - size(bucket);
    } else {
      last.push(bucket);
      room -= size(bucket);
    }
  }
  return groups;
}
