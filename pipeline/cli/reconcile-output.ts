/** What `csdl reconcile` prints: counts, and names the user gave; nothing of the records. */
import type { SideCounts } from '../../scoring/quality/reconcile.ts';
import type { Reconciled, ReconcileInput } from '../stages/reconcile-places.ts';
import { table } from './output.ts';

export function reconcileJson(result: Reconciled, id: string | null) {
  const side = ({ rows, withoutKey, keys, only }: SideCounts) => ({ rows, without_key: withoutKey, keys, only });
  const { left, right, isLive, ...counts } = result;
  return { id, left: side(left), right: side(right), ...counts, live: isLive };
}

export function reconcileText(result: Reconciled, input: ReconcileInput): string {
  const { matched, repeated, differing, alike, checked, columns, ms } = result;
  const side = (name: 'left' | 'right') => ({
    side: name,
    place: input[name].name,
    rows: result[name].rows,
    'without key': result[name].withoutKey,
    keys: result[name].keys,
    'only here': result[name].only,
  });
  const lines = Object.entries(columns).map(([column, n]) => ({ column, differing: n, of: matched - repeated }));
  // Cut off, never rounded up: 100% is said only of what is whole.
  const share = checked === 0 ? '–' : `${Math.floor((1000 * alike) / checked) / 10}%`;
  return [
    table([side('left'), side('right')]),
    '',
    ...(lines.length === 0 ? [] : [table(lines), '']),
    `keys on both sides: ${matched}; more than once on a side: ${repeated}; a column differs: ${differing}`,
    `alike: ${alike} of ${checked} records checked (${share}); ${(ms / 1000).toFixed(1)} s`,
  ].join('\n');
}
