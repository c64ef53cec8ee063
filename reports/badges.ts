/** The badge of a database that is scored: relative path and picture. Rule: as on its page; both levels are named. */
import type { Labels } from '../config/labels.ts';
import { levelBadge } from './charts/level-badge.ts';
import type { SiteHead } from './view.ts';
import type { DatabasePage } from './view-database.ts';
import type { Badge } from './view-parts.ts';

/** Null where a page has no badge. */
export function badgeFile(
  { badge, name, reported, confirmed }: DatabasePage,
  head: SiteHead,
  labels: Labels,
): [path: string, svg: string] | null {
  if (badge === null) return null;
  const text = (key: string, values: Record<string, string | number>): string =>
    labels.format(['report', 'badge', key], values);
  const named = ({ level, name: word }: Badge): string =>
    level === null ? word : labels.format(['pages', 'site', 'level_named'], { n: level, name: word });
  // Where all that is reported is confirmed as well, the badge may say so.
  const said = confirmed.level !== null && confirmed.level === reported.level ? 'confirmed' : 'reported';
  const both =
    reported.level === null ? reported.name : text('both', { reported: named(reported), confirmed: named(confirmed) });
  return [
    badge,
    levelBadge({
      title: text('title', { db: name, level: both, as_of: head.as_of_short }),
      left: labels.text('report', 'badge', 'left'),
      right: reported.level === null ? reported.name : text(said, { n: reported.level, name: reported.short }),
      level: reported.level,
    }),
  ];
}
