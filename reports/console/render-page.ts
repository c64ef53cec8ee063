/**
 * The page of the SQL console, which only `csdl serve` has: it needs a server for its engine. Rule: words come from
 * the label file, SQL from the .sql files here; the page asks nobody but the server it came from.
 */
import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { viDate } from '../../config/format.ts';
import type { Labels } from '../../config/labels.ts';
import { asset } from '../../config/package-root.ts';
import { registerTextHelpers, TEXT_HELPERS } from '../helpers-text.ts';
import type { ConsoleData, ConsoleExample, ConsoleWords } from './page-data.ts';

/** What the page says of the publication it reads. */
export interface ConsolePublication {
  run_id: string;
  as_of: string;
  edition: string;
  /** ETag of the published file. */
  etag: string;
}

const STYLES = ['base.css', 'frame.css', 'text.css', 'tables.css', 'narrow.css', 'sql.css'];

/** The page as HTML. The same publication and labels give the same bytes. */
export function renderConsole(publication: ConsolePublication, labels: Labels): string {
  const env = Handlebars.create();
  registerTextHelpers(env, () => labels);
  const template = env.compile(readFileSync(asset('reports', 'templates', 'sql.hbs'), 'utf8'), {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(TEXT_HELPERS.map((name) => [name, true])) as NonNullable<
      CompileOptions['knownHelpers']
    >,
  });
  const examples = consoleExamples(labels);
  const data: ConsoleData = {
    database: '../csdl.duckdb',
    etag: publication.etag,
    worker: 'duckdb-browser-eh.worker.js',
    wasm: 'duckdb-eh.wasm',
    tables: readFileSync(asset('reports', 'console', 'tables.sql'), 'utf8'),
    examples,
    words: labels.node('pages', 'console') as unknown as ConsoleWords,
  };
  return template({
    as_of: labels.format(['pages', 'console', 'as_of'], { date: viDate(publication.as_of) }),
    publication: labels.format(['pages', 'console', 'publication'], { id: publication.run_id }),
    edition: labels.text('editions', publication.edition),
    first: examples[0]?.sql ?? '',
    examples,
    // A block of data that no browser runs; escaped so that nothing in it can end the element.
    data: new Handlebars.SafeString(JSON.stringify(data).replaceAll('<', '\\u003c')),
  });
}

/** The style sheet of the page: the site's own, and what only the console has. */
export function consoleStyles(): string {
  return STYLES.map((file) => readFileSync(asset('reports', 'assets', file), 'utf8')).join('\n');
}

/** The examples in the order of their files; each has a title in the label file. */
export function consoleExamples(labels: Labels): ConsoleExample[] {
  return readdirSync(asset('reports', 'console', 'examples'))
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const id = file.replace(/^\d+-|\.sql$/g, '');
      return {
        id,
        title: labels.text('pages', 'console', 'examples', id),
        sql: readFileSync(asset('reports', 'console', 'examples', file), 'utf8').trim(),
      };
    });
}
