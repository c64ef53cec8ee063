/** A badge for every database that is scored: relative path → picture. Rule: as on its page; both levels are named. */
import type { Labels } from '../config/labels.ts';
import { levelBadge } from './charts/level-badge.ts';
import type { SiteView } from './view.ts';
import type { Badge } from './view-parts.ts';

export function* badgeFiles({ database, head }: SiteView, labels: Labels): Generator<[path: string, svg: string]> {
  const text = (key: string, values: Record<string, string | number>): string =>
    labels.format(['report', 'badge', key], values);
  const named = ({ level, name }: Badge): string =>
    level === null ? name : labels.format(['pages', 'site', 'level_named'], { n: level, name });
  for (const { badge, name, reported, confirmed } of database) {
    if (badge === null) continue;
    // Where all that is reported is confirmed as well, the badge may say so.
    const said = confirmed.level !== null && confirmed.level === reported.level ? 'confirmed' : 'reported';
    const both =
      reported.level === null
        ? reported.name
        : text('both', { reported: named(reported), confirmed: named(confirmed) });
    yield [
      badge,
      levelBadge({
        title: text('title', { db: name, level: both, as_of: head.as_of_short }),
        left: labels.text('report', 'badge', 'left'),
        right: reported.level === null ? reported.name : text(said, { n: reported.level, name: reported.short }),
        level: reported.level,
      }),
    ];
  }
}
