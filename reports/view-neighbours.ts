/** What stands just before and just after a database in the list of all. Rule: the list's own order and words, cut around it. */
import { z } from 'zod';
import type { Labels } from '../config/labels.ts';
import { badge, type DatabaseListRow, link } from './view-parts.ts';

const text = z.string();

export const neighbours = z.strictObject({
  text,
  /** The row of the list. */
  here: text,
  rows: z.array(z.strictObject({ place: text, name: link, reported: badge, is_self: z.boolean() })),
});
export type Neighbours = z.output<typeof neighbours>;

/** Rows shown on each side. */
const BESIDE = 5;

/** Database id → its place and neighbours, for every scored database of the list. */
export function buildNeighbours(list: readonly DatabaseListRow[], labels: Labels): Record<string, Neighbours> {
  const rows = list.filter((row) => row.kind !== 'umbrella');
  return Object.fromEntries(
    rows.map((row, index) => [
      row.anchor,
      {
        text: labels.format(['use', 'neighbours', row.place === '' ? 'unplaced' : 'placed'], {
          place: row.place,
          total: labels.written.number(rows.length),
        }),
        here: `databases/index.html#db-${row.anchor}`,
        rows: rows.slice(Math.max(0, index - BESIDE), index + BESIDE + 1).map((one) => ({
          place: one.place,
          name: one.name,
          reported: one.reported,
          is_self: one.anchor === row.anchor,
        })),
      },
    ]),
  );
}
