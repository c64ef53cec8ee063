/** Handlebars helpers for links: addresses relative to the page, running text with links. Rule: everything is escaped here. */
import type Handlebars from 'handlebars';
import type { Link, Rich } from './view-parts.ts';

export const LINK_HELPERS = ['href', 'rich', 'linkto'] as const;

export function registerLinkHelpers(env: typeof Handlebars): void {
  const escapeHtml = env.escapeExpression;
  const address = (path: string, options: Handlebars.HelperOptions): string =>
    escapeHtml(`${(options.data.root as { root: string }).root}${path}`);
  env.registerHelper(
    'href',
    (path: string, options: Handlebars.HelperOptions) => new env.SafeString(address(path, options)),
  );
  env.registerHelper(
    'linkto',
    (link: Link, options: Handlebars.HelperOptions) =>
      new env.SafeString(
        link.href === null
          ? escapeHtml(link.text)
          : `<a href="${address(link.href, options)}">${escapeHtml(link.text)}</a>`,
      ),
  );
  env.registerHelper(
    'rich',
    (text: Rich, options: Handlebars.HelperOptions) =>
      new env.SafeString(
        text
          .map((piece) => {
            const tone = piece.tone === 'plain' ? '' : ` class="${piece.tone}"`;
            if (piece.href !== null)
              return `<a${tone} href="${address(piece.href, options)}">${escapeHtml(piece.text)}</a>`;
            return tone === '' ? escapeHtml(piece.text) : `<span${tone}>${escapeHtml(piece.text)}</span>`;
          })
          .join(''),
      ),
  );
}
