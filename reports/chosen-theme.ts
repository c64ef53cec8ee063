/** Colours for who chose light or dark by hand. Rule: the dark ones are written once, in base.css, for those whose system asks for them. */

const DARK = /@media \(prefers-color-scheme: dark\) \{\s*:root[^{]*\{([^}]*)\}\s*\}\n/;

/** A style sheet in which an attribute of the page chooses as the system does. @throws Error when it has no dark colours */
export function withChosenTheme(css: string): string {
  const [whole, colours] = DARK.exec(css) ?? [];
  if (whole === undefined || colours === undefined) throw new Error('the style sheet has no dark colours');
  return css.replace(
    whole,
    `${whole}:root:where([data-theme="dark"]) {\n  color-scheme: dark;${colours}}\n:root:where([data-theme="light"]) {\n  color-scheme: light;\n}\n`,
  );
}
