/**
 * Reconciles a key set in two places, each with its own engine: the owner's table, the copy at the centre, the reply of
 * another. Sums first; hashes only of buckets that differ, a few at a time, in memory and under the salt of this run.
 */
import type { Table } from '../../scoring/quality/check.ts';
import {
  bucketsSql,
  compareHashes,
  hashesSql,
  type Reconciliation,
  type Side,
} from '../../scoring/quality/reconcile.ts';
import { EngineProblem, type QualityEngine } from './quality-engine.ts';

export interface Place {
  readonly engine: QualityEngine;
  readonly table: Table;
  readonly keys: readonly string[];
  readonly columns: readonly string[];
}

/** Rows of hashes held at a time. */
const ROWS_AT_A_TIME = 200_000;

/** @throws EngineProblem, NotCompiled */
export async function reconcile(left: Place, right: Place, salt: string, limitMs = 3_600_000): Promise<Reconciliation> {
  const [here, there] = [await sideOf(left), await sideOf(right)];
  const [ours, theirs] = [await buckets(left, here, salt, limitMs), await buckets(right, there, salt, limitMs)];
  const rows = (of: ReadonlyMap<number, readonly string[]>): number =>
    [...of.values()].reduce((sum, row) => sum + Number(row[1]), 0);
  let [matched, repeated, onlyLeft, onlyRight] = [0, 0, 0, 0];
  const differing: Record<string, number> = Object.fromEntries(left.columns.map((name) => [name, 0]));
  const unequal: number[] = [];
  for (const bucket of new Set([...ours.keys(), ...theirs.keys()])) {
    const row = ours.get(bucket);
    const [, count = '0', keys = '0'] = row ?? [];
    // Where a key is repeated, sums do not say which of its rows is which.
    if (row !== undefined && count === keys && row.join() === theirs.get(bucket)?.join()) matched += Number(keys);
    else unequal.push(bucket);
  }
  for (const some of pieces(unequal, (b) => Number(ours.get(b)?.[1] ?? 0) + Number(theirs.get(b)?.[1] ?? 0))) {
    const found = compareHashes(
      await left.engine.hashes(hashesSql(here, salt, some), limitMs),
      await right.engine.hashes(hashesSql(there, salt, some), limitMs),
      left.columns,
    );
    matched += found.matched;
    repeated += found.repeated;
    onlyLeft += found.onlyLeft;
    onlyRight += found.onlyRight;
    for (const [name, n] of Object.entries(found.differing)) differing[name] = (differing[name] ?? 0) + n;
  }
  return {
    left: { rows: rows(ours), only: onlyLeft },
    right: { rows: rows(theirs), only: onlyRight },
    matched,
    repeated,
    differing,
  };
}

async function sideOf({ engine, table, keys, columns }: Place): Promise<Side> {
  const facts = (await engine.facts([table])).get(table.id);
  if (facts === undefined) throw new EngineProblem('table_not_found', 'the table could not be read');
  return { table, facts, dialect: engine.plain, keys, columns };
}

async function buckets(
  place: Place,
  side: Side,
  salt: string,
  limitMs: number,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const rows = await place.engine.hashes(bucketsSql(side, salt), limitMs);
  return new Map(rows.map((row) => [Number(row[0]), row]));
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
