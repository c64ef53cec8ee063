/** What a reconciliation must say, by looking at the values themselves. */
import type { Reconciliation } from '../../scoring/quality/reconcile.ts';
import type { Row } from './quality-rows.ts';

export function reconciled(left: readonly Row[], right: readonly Row[]): Reconciliation {
  const group = (rows: readonly Row[]): Map<string, Row[]> => {
    const found = new Map<string, Row[]>();
    for (const row of rows) if (row.code !== null) found.set(row.code, [...(found.get(row.code) ?? []), row]);
    return found;
  };
  const [here, there] = [group(left), group(right)];
  const both = [...here.keys()].filter((key) => there.has(key));
  const single = both.filter((key) => here.get(key)?.length === 1 && there.get(key)?.length === 1);
  const differs = (column: 'name' | 'issued' | 'pay') =>
    single.filter((key) => here.get(key)?.[0]?.[column] !== there.get(key)?.[0]?.[column]).length;
  return {
    left: { rows: left.filter((r) => r.code !== null).length, only: here.size - both.length },
    right: { rows: right.filter((r) => r.code !== null).length, only: there.size - both.length },
    matched: both.length,
    repeated: both.length - single.length,
    differing: { name: differs('name'), issued: differs('issued'), pay: differs('pay') },
  };
}
