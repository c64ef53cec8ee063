/** The annexes: the newest overdue list in the forms in which it is sent on. Rule: numbers, days and names to be filled in stay blank. */
import { z } from 'zod';
import { buildGroupedAnnex, groupedAnnex } from './view-annex-grouped.ts';
import { buildOverdueAnnex, overdueAnnex } from './view-annex-overdue.ts';
import { blocksAnnex, buildBlocksAnnex, buildShortAnnex, shortAnnex } from './view-annex-short.ts';
import type { ViewContext } from './view-context.ts';
import { link } from './view-parts.ts';
import { asOfWords } from './view-sources.ts';

/** Form → its page; the order is that of the list of annexes. */
export const ANNEX_PAGES = {
  overdue: 'phu-luc/nhiem-vu-qua-han.html',
  grouped: 'phu-luc/theo-nguon-giao.html',
  short: 'phu-luc/cham-muon.html',
  blocks: 'phu-luc/bo-nganh-dia-phuong.html',
} as const;

export const annexesPage = z.strictObject({
  links: z.array(link),
  none: z.string().nullable(),
  as_of: z.string(),
  overdue: overdueAnnex,
  grouped: groupedAnnex,
  short: shortAnnex,
  blocks: blocksAnnex,
});
export type AnnexesPage = z.output<typeof annexesPage>;

export function buildAnnexes(ctx: ViewContext): AnnexesPage {
  const form = ctx.inVietnamese;
  return {
    links: annexLinks(ctx),
    none: ctx.data.task.length === 0 ? ctx.t('pages', 'annexes', 'none') : null,
    as_of: asOfWords(form, 'as_of_short'),
    overdue: buildOverdueAnnex(form),
    grouped: buildGroupedAnnex(form),
    short: buildShortAnnex(form),
    blocks: buildBlocksAnnex(form),
  };
}

/** Links to the forms, by their names. */
export function annexLinks(ctx: ViewContext): z.output<typeof link>[] {
  return Object.entries(ANNEX_PAGES).map(([form, href]) => ({ text: ctx.t('pages', 'annexes', 'names', form), href }));
}
