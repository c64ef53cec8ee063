/** What the search of the site knows: names and addresses. Rule: nothing that no page prints; no figure. */
import { z } from 'zod';
import { inertJson } from './exports/json/inert-json.ts';
import type { ViewContext } from './view-context.ts';
import { databasesInOrder } from './view-lists.ts';
import { ownersInOrder } from './view-ministries.ts';

const text = z.string();

const KINDS = ['database', 'agency', 'page'] as const;

/** `more` are other names by which one is looked for: they find, and are not shown. */
const searchEntry = z.strictObject({ kind: z.enum(KINDS), name: text, href: text, more: text });
export const searchEntries = z.strictObject({ kinds: z.array(text), entries: z.array(searchEntry) });
export type SearchEntries = z.output<typeof searchEntries>;

/** A name that is this long is no name; the whole of it stands on its page. */
const LONGEST = 300;

export function buildSearch(ctx: ViewContext): SearchEntries {
  // Only owners of databases have a page.
  const owners = ownersInOrder(ctx).flatMap((id) => {
    const { text: name, href } = ctx.agencyLink(id);
    return href === null ? [] : [{ kind: 'agency' as const, name, href, more: '' }];
  });
  const databases = databasesInOrder(ctx).map((row) => ({
    kind: 'database' as const,
    name: ctx.shortName(row.database_id),
    href: `databases/${row.database_id}.html`,
    more: [...row.aliases.split(';').filter(Boolean), ctx.agencyName(row.agency_id)].join(' '),
  }));
  return { kinds: KINDS.map((kind) => ctx.t('use', 'search', 'kinds', kind)), entries: [...databases, ...owners] };
}

/**
 * The index as a script, which a page loads when somebody searches: from a folder nothing else can be loaded.
 * @param pages pages of the menu, added behind databases and agencies
 */
export function searchScript(view: SearchEntries, pages: readonly { text: string; href: string }[]): string {
  const rows = [
    ...view.entries,
    ...pages.map(({ text, href }) => ({ kind: 'page' as const, name: text, href, more: '' })),
  ];
  const cut = (words: string): string => words.slice(0, LONGEST);
  const entries = rows.map(({ kind, name, href, more }) => [KINDS.indexOf(kind), cut(name), href, cut(more)]);
  return `window.CSDL_SEARCH=${inertJson({ kinds: view.kinds, entries })};\n`;
}
