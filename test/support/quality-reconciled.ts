/** What a reconciliation must say, by looking at the values themselves. */
import type { Reconciliation } from '../../scoring/quality/reconcile.ts';

type Values = Readonly<Record<string, string | number | null>>;

/** @param like how a text is looked at: as it is, or tidied */
export function reconciled(
  left: readonly object[],
  right: readonly object[],
  { key = 'code', columns = ['name', 'issued', 'pay'] as readonly string[], like = (text: string) => text } = {},
): Reconciliation {
  const seen = (value: string | number | null | undefined) =>
    typeof value === 'string' ? like(value) : (value ?? null);
  const group = (rows: readonly object[]): Map<string, Values[]> => {
    const found = new Map<string, Values[]>();
    for (const row of rows as readonly Values[]) {
      const value = row[key];
      if (value == null) continue;
      const text = like(String(value));
      found.set(text, [...(found.get(text) ?? []), row]);
    }
    return found;
  };
  const [here, there] = [group(left), group(right)];
  const both = [...here.keys()].filter((k) => there.has(k));
  const single = both.filter((k) => here.get(k)?.length === 1 && there.get(k)?.length === 1);
  const differs = (k: string, column: string) => seen(here.get(k)?.[0]?.[column]) !== seen(there.get(k)?.[0]?.[column]);
  const differing = single.filter((k) => columns.some((column) => differs(k, column))).length;
  const side = (rows: readonly object[], groups: Map<string, Values[]>) => {
    const keyed = (rows as readonly Values[]).filter((row) => row[key] != null).length;
    return { rows: keyed, withoutKey: rows.length - keyed, keys: groups.size, only: groups.size - both.length };
  };
  return {
    left: side(left, here),
    right: side(right, there),
    matched: both.length,
    repeated: both.length - single.length,
    differing,
    alike: single.length - differing,
    columns: Object.fromEntries(columns.map((c) => [c, single.filter((k) => differs(k, c)).length])),
  };
}
