/** The running footer of printed pages, as a style sheet: only there can a browser repeat it. Rule: text becomes a CSS string. */
import type { SiteHead } from './view.ts';

export function printFooter(head: SiteHead): string {
  const left = [head.short_name, head.as_of_short, head.publication, head.method].join(' · ');
  return `@media print {\n  @page {\n    @top-right { content: ${cssString(head.draft)}; font: 700 8pt sans-serif; color: #444; }\n    @bottom-left { content: ${cssString(left)}; font: 7.5pt "Noto Sans", "Segoe UI", sans-serif; color: #444; width: 88%; white-space: normal; text-align: left; }\n    @bottom-right { content: counter(page) "/" counter(pages); font: 7.5pt "Noto Sans", "Segoe UI", sans-serif; color: #444; }\n  }\n}\n`;
}

/** A CSS string in which nothing but letters, digits and a few signs stands unescaped. */
function cssString(text: string): string {
  return `"${text.replace(/[^\p{L}\p{N} .,:/·–()-]/gu, (sign) => `\\${(sign.codePointAt(0) ?? 32).toString(16)} `)}"`;
}
