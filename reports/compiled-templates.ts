/**
 * The templates of the pages, compiled when the program is built: half a second of every night otherwise. A template is found by
 * the hash of its text, so that one somebody has changed, and every one of a clone that was not built, is compiled at its first use.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type Handlebars from 'handlebars';
import { hashOfText } from '../config/compiled-yaml.ts';
import { asset } from '../config/package-root.ts';
import { CHART_HELPERS } from './helpers-chart.ts';
import { LINK_HELPERS } from './helpers-link.ts';
import { TEXT_HELPERS } from './helpers-text.ts';

/** Written by `compile-templates.ts` beside the compiled program; there is none beside the sources. */
export const compiledPath = fileURLToPath(new URL('compiled-templates.cjs', import.meta.url));

/** Strict, known helpers only. */
export const COMPILE: CompileOptions = {
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: Object.fromEntries(
    [...TEXT_HELPERS, ...LINK_HELPERS, ...CHART_HELPERS].map((name) => [name, true]),
  ) as NonNullable<CompileOptions['knownHelpers']>,
};

/** Name and text of each template of a folder of reports/, by name. */
export function templateTexts(folder: 'partials' | 'templates'): [name: string, text: string][] {
  return readdirSync(asset('reports', folder))
    .filter((file) => file.endsWith('.hbs'))
    .sort()
    .map((file) => [file.slice(0, -4), readFileSync(asset('reports', folder, file), 'utf8')]);
}

let compiled: Readonly<Record<string, TemplateSpecification>> | undefined;

/** The template of a text, ready to be rendered. */
export function templateOf(env: typeof Handlebars, text: string): HandlebarsTemplateDelegate {
  compiled ??= existsSync(compiledPath) ? (createRequire(import.meta.url)(compiledPath) as typeof compiled) : {};
  const known = compiled?.[hashOfText(text)];
  return known === undefined ? env.compile(text, COMPILE) : env.template(known);
}
