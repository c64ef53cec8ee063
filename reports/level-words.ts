/** Levels as badges and their distribution as a strip. Rule: "no information" is grey and is never a rank or a zero. */
import type { Row } from '../scoring/contract.ts';
import type { ViewContext } from './view-context.ts';
import type { Badge, LevelStrip } from './view-parts.ts';

export const LEVELS = [1, 2, 3, 4, 5] as const;

/** Badge of a level; without one, `otherwise` says why. */
export function badge(ctx: ViewContext, level: number | null, otherwise: string, note: string | null = null): Badge {
  if (level === null) return { level: null, name: otherwise, short: otherwise, note };
  return { level, name: ctx.t('levels', String(level), 'name'), short: ctx.t('levels', String(level), 'short'), note };
}

/** Level as reported: without any status the page says that nothing is known. */
export function reportedBadge(ctx: ViewContext, row: Row<'readiness'> | undefined): Badge {
  return badge(ctx, row?.level_reported ?? null, ctx.t('levels', '0', 'name'));
}

/** Level as confirmed by receiver, assessor or system. */
export function confirmedBadge(ctx: ViewContext, row: Row<'readiness'> | undefined): Badge {
  const nothing = (row?.level_reported ?? null) === null;
  return badge(ctx, row?.level_confirmed ?? null, nothing ? ctx.none : ctx.t('pages', 'site', 'not_confirmed'));
}

/** "có thể đến mức 4 …", when more than what is reported is possible. */
export function possibleLevel(ctx: ViewContext, row: Row<'readiness'> | undefined, short = false): string | null {
  if (row === undefined || row.level_max === null || row.level_reported === null || row.level_max <= row.level_reported)
    return null;
  if (short) return ctx.f(['levels', 'uncertain'], { max: ctx.f(['pages', 'site', 'level_no'], { n: row.level_max }) });
  return ctx.f(['levels', 'uncertain'], {
    max: ctx.f(['pages', 'site', 'level_named'], {
      n: row.level_max,
      name: ctx.t('levels', String(row.level_max), 'name'),
    }),
  });
}

/** How many databases stand at each level, reported and confirmed. */
export function levelStrip(ctx: ViewContext, databaseIds: readonly string[], page: string): LevelStrip {
  const row = (
    name: string,
    pick: (r: Row<'readiness'>) => number | null,
    none: string,
  ): LevelStrip['rows'][number] => {
    const counts = new Map<number | null, number>();
    for (const id of databaseIds) {
      const readiness = ctx.readiness.get(id);
      if (readiness === undefined) continue;
      const level = pick(readiness);
      counts.set(level, (counts.get(level) ?? 0) + 1);
    }
    const order: (number | null)[] = [...LEVELS].reverse();
    return {
      name,
      parts: [...order, null].flatMap((level) => {
        const count = counts.get(level) ?? 0;
        if (count === 0) return [];
        return [
          {
            level,
            name: level === null ? none : ctx.t('levels', String(level), 'short'),
            count,
            href:
              level === null && pick === confirmed
                ? null
                : page.startsWith('agencies/')
                  ? `${page}#csdl`
                  : `${page}#muc-${level ?? 'khong'}`,
          },
        ];
      }),
    };
  };
  const reported = (r: Row<'readiness'>): number | null => r.level_reported;
  const confirmed = (r: Row<'readiness'>): number | null => r.level_confirmed;
  return {
    caption: ctx.t('pages', 'site', 'strip_caption'),
    rows: [
      row(ctx.t('levels', 'column_reported'), reported, ctx.t('levels', '0', 'name')),
      row(ctx.t('levels', 'column_confirmed'), confirmed, ctx.t('pages', 'site', 'not_confirmed')),
    ],
  };
}
