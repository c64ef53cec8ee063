/** Handlebars helpers for words: labels by path. Rule: a missing label stops the page, never leaves a hole. */
import type Handlebars from 'handlebars';
import { Fault } from '../config/fault.ts';
import { fill, type Labels, type LabelTree } from '../config/labels.ts';

export const TEXT_HELPERS = ['t'] as const;

export function registerTextHelpers(env: typeof Handlebars, current: () => Labels): void {
  // {{t 'pages.database.headings.level'}}, {{t 'pages.site.gates_columns.0'}}, {{t 'pages.common.see_page' page=name}}
  // A page asks for the same words in every row, so that what was found is kept, for one label file at a time.
  let known = new Map<string, string>();
  let of: Labels | undefined;
  env.registerHelper('t', (path: string, options: Handlebars.HelperOptions) => {
    const labels = current();
    if (labels !== of) {
      of = labels;
      known = new Map();
    }
    let text = known.get(path);
    if (text === undefined) {
      text = labelAt(labels, path);
      known.set(path, text);
    }
    return text.includes('{') ? fill(text, options.hash as Record<string, string>) : text;
  });
}

/** Text at a dotted path; the last part may be a place in a list. */
export function labelAt(labels: Labels, path: string): string {
  const keys = path.split('.');
  const last = keys.at(-1) ?? '';
  const found: LabelTree | undefined = /^\d+$/.test(last)
    ? itemAt(labels.node(...keys.slice(0, -1)), Number(last))
    : labels.node(...keys);
  if (typeof found !== 'string')
    throw new Fault('labels/missing', `label ${path} is missing`, { hint: 'add it to the label file' });
  return found;
}

function itemAt(node: LabelTree | undefined, index: number): LabelTree | undefined {
  return Array.isArray(node) ? node[index] : (node as { [key: string]: LabelTree } | undefined)?.[String(index)];
}
