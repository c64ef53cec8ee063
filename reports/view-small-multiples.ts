/** One small panel an owner of databases: how many stand at each level. Rule: protocol order, counts on one scale, no rank. */
import { z } from 'zod';
import { LEVELS } from './level-words.ts';
import { NO_AGENCY, type ViewContext } from './view-context.ts';
import { link } from './view-parts.ts';

const text = z.string();
const count = z.number().int();

export const smallMultiples = z.strictObject({
  note: text,
  panels: z.array(
    z.strictObject({
      name: link,
      count: text,
      alt: text,
      most: count,
      columns: z.array(z.strictObject({ level: count.nullable(), reported: count, confirmed: count })),
    }),
  ),
});
export type SmallMultiples = z.output<typeof smallMultiples>;

/** @param owners owners in protocol order, null for databases without one */
export function buildSmallMultiples(ctx: ViewContext, owners: readonly (string | null)[]): SmallMultiples {
  const panels = owners.map((id) => {
    const rows = ctx.data.readiness.filter((row) => row.agency_id === id);
    const columns = [null, ...LEVELS].map((level) => ({
      level,
      reported: rows.filter((row) => row.level_reported === level).length,
      confirmed: level === null ? 0 : rows.filter((row) => row.level_confirmed === level).length,
    }));
    const told = columns
      .filter((one) => one.reported > 0 || one.confirmed > 0)
      .map(({ level, reported, confirmed }) =>
        level === null
          ? ctx.f(['charts', 'ministries', 'alt_none'], { n: reported })
          : ctx.f(['charts', 'ministries', 'alt_level'], { level, n: reported, confirmed }),
      );
    return {
      name: { text: ctx.agencyName(id), href: `agencies/${id ?? NO_AGENCY}.html` },
      count: ctx.f(['pages', 'common', 'n_csdl'], { n: ctx.written.count(rows.length) }),
      alt: `${ctx.agencyName(id)}: ${told.join(ctx.t('format', 'list_separator'))}`,
      columns,
    };
  });
  const most = Math.max(1, ...panels.flatMap((one) => one.columns.flatMap((c) => [c.reported, c.confirmed])));
  return { note: ctx.t('charts', 'ministries', 'note'), panels: panels.map((one) => ({ ...one, most })) };
}
