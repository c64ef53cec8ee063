/**
 * The view as files of a static site: relative path → content.
 * Rule: templates are read and compiled once; strict, known helpers only, everything escaped; no external address.
 */
import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import type { Labels } from '../config/labels.ts';
import { asset } from '../config/package-root.ts';
import { badgeFile } from './badges.ts';
import { withChosenTheme } from './chosen-theme.ts';
import { templateOf, templateTexts } from './compiled-templates.ts';
import { registerChartHelpers } from './helpers-chart.ts';
import { registerLinkHelpers } from './helpers-link.ts';
import { labelAt, registerTextHelpers } from './helpers-text.ts';
import { printFooter } from './print-footer.ts';
import { siteScript } from './site-script.ts';
import { markVietnamese } from './vietnamese-parts.ts';
import type { SiteView } from './view.ts';
import { ANNEX_PAGES } from './view-annexes.ts';
import { searchScript } from './view-search.ts';

/** Pages whose tables need the long side of the paper, and the one sheet of the steering committee. */
const PAPER: Readonly<Record<string, string>> = {
  index: 'on-paper one-sheet',
  databases: 'on-paper long-side',
  database: 'on-paper long-side',
  tasks: 'on-paper long-side',
  actions: 'on-paper long-side',
  criteria: 'on-paper long-side',
  matrix: 'on-paper long-side',
  agency: 'on-paper long-side',
  brief: 'on-paper brief',
  'annex-overdue': 'on-paper annex',
  'annex-grouped': 'on-paper annex',
  'annex-short': 'on-paper annex',
  'annex-blocks': 'on-paper annex',
};

/** Style sheets in the order in which they build on each other; a page loads them as one file. */
const STYLES = [
  'base.css',
  'frame.css',
  'text.css',
  'tables.css',
  'figures.css',
  'pages.css',
  'charts.css',
  'use.css',
  'annex.css',
  'narrow.css',
  'print.css',
  'brief.css',
];

/** Handlebars compiles at the first use; its set-up step is one and prints nothing. */
type LazyTemplate = HandlebarsTemplateDelegate & { _setup(options: object): unknown };

interface Templates {
  /** Each compiles one template. */
  pending: (() => void)[];
  render(name: string, context: unknown, labels: Labels): string;
}

/** Pages of the menu: file and label. */
const MENU = [
  ['index.html', 'nav.overview'],
  ['changes.html', 'nav.changes'],
  ['agencies/index.html', 'nav.agencies'],
  ['databases/index.html', 'nav.databases'],
  ['tasks.html', 'nav.tasks'],
  ['phu-luc/index.html', 'nav.annexes'],
  ['waiting.html', 'pages.site.waiting_title'],
  ['conflicts.html', 'nav.conflicts'],
  ['actions.html', 'nav.actions'],
  ['criteria.html', 'nav.criteria'],
  ['matrix.html', 'charts.matrix.nav'],
] as const;
/** Pages about the site itself, at the right of the head. */
const UTILITY = [
  ['method.html', 'nav.method'],
  ['sources.html', 'nav.sources'],
] as const;

let compiled: Templates | undefined;

/**
 * The files of the site one by one, relative path and content: whoever writes them holds one page at a time.
 * The same view and labels give the same bytes.
 */
export function* siteFiles(view: SiteView, labels: Labels): Generator<[path: string, content: string]> {
  compiled ??= compileTemplates();
  const templates = compiled;
  const page = (
    path: string,
    template: string,
    title: string,
    content: unknown,
    section: string = path,
  ): [string, string] => {
    const depth = path.split('/').length - 1;
    const root = '../'.repeat(depth);
    const entries = (list: readonly (readonly [string, string])[]) =>
      list.map(([href, label]) => ({ href, text: labelAt(labels, label), is_current: href === section }));
    const body = templates.render(template, { root, head: view.head, page: content }, labels);
    const html = templates.render(
      'layout',
      {
        root,
        lang: labels.language,
        head: view.head,
        title,
        paper: PAPER[template] ?? 'on-paper',
        menu: entries(MENU),
        utility: entries(UTILITY),
        body: new Handlebars.SafeString(body),
      },
      labels,
    );
    return [path, labels.language === 'vi' ? withoutControls(html) : markVietnamese(withoutControls(html))];
  };
  const title = (path: string): string => labelAt(labels, path);
  yield page('index.html', 'index', view.headline, view.overview);
  yield page('agencies/index.html', 'agencies', title('pages.agencies.title'), view.agencies);
  for (const one of view.agency) yield page(`agencies/${one.id}.html`, 'agency', one.name, one, 'agencies/index.html');
  for (const one of view.brief) yield page(`phieu/${one.id}.html`, 'brief', one.name, one, 'agencies/index.html');
  yield page('databases/index.html', 'databases', title('pages.databases.title'), view.databases);
  for (const one of view.database) {
    const content = { ...one, neighbours: view.neighbours[one.id] ?? null };
    yield page(`databases/${one.id}.html`, 'database', one.short_name, content, 'databases/index.html');
    const badge = badgeFile(one, view.head, labels);
    if (badge !== null) yield badge;
  }
  yield page('changes.html', 'changes', title('pages.changes.title'), view.changes);
  yield page('tasks.html', 'tasks', title('pages.tasks.title'), view.tasks);
  const annexes = view.annexes;
  yield page('phu-luc/index.html', 'annexes', title('pages.annexes.title'), annexes);
  for (const form of ['overdue', 'grouped', 'short', 'blocks'] as const)
    yield page(
      ANNEX_PAGES[form],
      `annex-${form}`,
      title(`pages.annexes.names.${form}`),
      { ...annexes[form], none: annexes.none, as_of: annexes.as_of },
      'phu-luc/index.html',
    );
  yield page('waiting.html', 'waiting', title('pages.site.waiting_title'), view.waiting);
  yield page('conflicts.html', 'conflicts', title('pages.conflicts.title'), view.conflicts);
  yield page('actions.html', 'actions', title('pages.actions.title'), view.actions);
  yield page('criteria.html', 'criteria', title('pages.criteria.title'), view.criteria);
  yield page('matrix.html', 'matrix', title('charts.matrix.title'), view.matrix);
  yield page('method.html', 'method', title('pages.method.title'), view.method);
  yield page('sources.html', 'sources', title('pages.sources.title'), view.sources);
  const read = (file: string): string => readFileSync(asset('reports', 'assets', file), 'utf8');
  yield ['assets/site.css', withChosenTheme([...STYLES.map(read), printFooter(view.head)].join('\n'))];
  yield ['assets/site.js', siteScript()];
  const named = [...MENU, ...UTILITY].map(([href, label]) => ({ href, text: title(label) }));
  yield ['assets/search.js', searchScript(view.search, named)];
}

/** Compiles the templates before they are needed, for a caller that waits for a database anyway. */
export function compileAhead(): void {
  compiled ??= compileTemplates();
  for (const compile of compiled.pending) compile();
}

function compileTemplates(): Templates {
  const env = Handlebars.create();
  let labels: Labels | undefined;
  const current = (): Labels => {
    if (labels === undefined) throw new Error('no labels while rendering');
    return labels;
  };
  registerTextHelpers(env, current);
  registerLinkHelpers(env);
  registerChartHelpers(env, current);
  const read = (folder: 'partials' | 'templates'): Map<string, HandlebarsTemplateDelegate> =>
    new Map(templateTexts(folder).map(([name, text]) => [name, templateOf(env, text)]));
  for (const [name, partial] of read('partials')) env.registerPartial(name, partial);
  const templates = read('templates');
  const all = [...Object.values(env.partials), ...templates.values()] as LazyTemplate[];
  return {
    pending: all.map((template) => () => void template._setup({})),
    render(name, context, words) {
      const template = templates.get(name);
      if (template === undefined) throw new Error(`no template ${name}`);
      labels = words;
      return template(context);
    },
  };
}

/** Marks that turn the reading direction and control characters never reach a page: they could disguise a name. */
function withoutControls(html: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
  return html.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}
