/**
 * The page on which a person checks what was read from documents: one file without a request, that works from disk.
 * Rule: the documents are strangers' texts; everything is escaped, and the page may load nothing and send nothing.
 */
import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import type { Labels } from '../config/labels.ts';
import { asset } from '../config/package-root.ts';
import { registerTextHelpers, TEXT_HELPERS } from './helpers-text.ts';
import type { ReviewInput } from './review-input.ts';
import { buildReview } from './review-view.ts';

/** The page as HTML. The same input and labels give the same bytes. */
export function renderReview(input: ReviewInput, labels: Labels): string {
  const env = Handlebars.create();
  registerTextHelpers(env, () => labels);
  const read = (...path: string[]): string => readFileSync(asset('reports', ...path), 'utf8');
  env.registerPartial('review-note', read('partials', 'review-note.hbs'));
  const template = env.compile(read('templates', 'review.hbs'), {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(TEXT_HELPERS.map((name) => [name, true])) as NonNullable<
      CompileOptions['knownHelpers']
    >,
  });
  const style = new Handlebars.SafeString(read('assets', 'review.css'));
  const script = new Handlebars.SafeString(read('assets', 'review.js'));
  return withoutControls(template({ ...buildReview(input, labels), style, script }));
}

/** Marks that turn the reading direction and control characters never reach a page: they could disguise a name. */
function withoutControls(html: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
  return html.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}
