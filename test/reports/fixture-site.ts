/** Ten databases of a real publication as view and site, with every clock fixed. Rule: each call reads its own copy. */
import { readFileSync } from 'node:fs';
import { readTranslation } from '../../config/label-files.ts';
import { Labels } from '../../config/labels.ts';
import { type Config, loadConfig, shippedFolder } from '../../config/load.ts';
import { wordsIn } from '../../config/translation.ts';
import { siteFiles } from '../../reports/render.ts';
import { inLanguage } from '../../reports/retold.ts';
import { buildView, type PublicationMeta, type SiteView, siteView, viewOf as viewIn } from '../../reports/view.ts';
import { ViewContext } from '../../reports/view-context.ts';
import { type DatabasePage, databasePage } from '../../reports/view-database.ts';
import { type PublicationInput, parsePublication, publicationData } from '../../scoring/contract.ts';

export const META: PublicationMeta = {
  run_id: '20260629T140000Z',
  as_of: '2026-06-29',
  cut_off: '2026-06-29T07:00:00Z',
  published_at: '2026-06-29T15:00:00Z',
  edition: 'noi_bo',
  program_version: '0.1.0',
};

export const config: Config = loadConfig(undefined, {}).config;
export const labels = new Labels(config.labels);

/** The rows of the fixture; every table is there, some are empty. */
export function fixture(): PublicationInput {
  const tables: Record<string, unknown[]> = Object.fromEntries(
    Object.keys(publicationData.shape).map((name) => [name, []]),
  );
  for (const line of readFileSync(new URL('fixture.ndjson', import.meta.url), 'utf8').split('\n')) {
    if (line === '') continue;
    const [table, row] = JSON.parse(line) as [string, unknown];
    tables[table]?.push(row);
  }
  return tables as unknown as PublicationInput;
}

/** A view with all pages of databases at hand. */
export type WholeView = SiteView & { database: DatabasePage[] };

/** A view with all its pages, held against their schemas, as no night does. @throws ZodError for a page with a field too few or too many */
export function checkedView({ database, ...pages }: SiteView): WholeView {
  return { ...siteView.parse(pages), database: [...database].map((page) => databasePage.parse(page)) };
}

/** View of the fixture, or of rows a test has changed. */
export function viewOf(data: PublicationInput = fixture(), meta: PublicationMeta = META): WholeView {
  return checkedView(buildView(data, config, meta));
}

/** Files of the site of the fixture, or of a changed view. */
export function siteOf(view: SiteView = viewOf()): Map<string, string> {
  return new Map(siteFiles(view, labels));
}

/** Files of the site of the fixture in English. */
export function englishSite(data: PublicationInput = fixture()): Map<string, string> {
  const words = wordsIn('en', config.labels, { en: readTranslation(shippedFolder, 'en', {}).words });
  const ctx = inLanguage(new ViewContext(parsePublication(data), config, META), words);
  return new Map(siteFiles(viewIn(ctx), ctx.labels));
}

/** The pages among the files. */
export function pagesOf(site: Map<string, string>): [string, string][] {
  return [...site].filter(([path]) => path.endsWith('.html'));
}

/** What a reader sees: text without tags, in one line. */
export function visibleText(html: string): string {
  return html
    .replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, ' ')
    .replace(/<head>[\s\S]*?<\/head>/, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x27;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&#x3D;/g, '=')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
}
