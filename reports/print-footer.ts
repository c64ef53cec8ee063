/** The running footer of printed pages, as a style sheet: only there can a browser repeat it. Rule: text becomes a CSS string. */
import type { SiteHead } from './view.ts';

/** An annex is sent on as it is: page numbers of its own at the top from the second page, and no running footer. */
const ANNEX_PAGE = `@media print {
  @page annex {
    size: A4 landscape;
    margin: 20mm 15mm 20mm 30mm;
    @top-center { content: counter(page); font: 13pt "Times New Roman", Tinos, "Liberation Serif", serif; }
    @bottom-left { content: none; }
    @bottom-right { content: none; }
  }
  @page annex:first {
    @top-center { content: none; }
  }
}
`;

export function printFooter(head: SiteHead): string {
  const left = [head.short_name, head.as_of_short, head.publication, head.method].join(' · ');
  return `@media print {\n  @page {\n    @top-right { content: ${cssString(head.draft)}; font: 700 8pt sans-serif; color: #444; }\n    @bottom-left { content: ${cssString(left)}; font: 7.5pt "Noto Sans", "Segoe UI", sans-serif; color: #444; width: 88%; white-space: normal; text-align: left; }\n    @bottom-right { content: counter(page) "/" counter(pages); font: 7.5pt "Noto Sans", "Segoe UI", sans-serif; color: #444; }\n  }\n}\n${ANNEX_PAGE}`;
}

/** A CSS string in which nothing but letters, digits and a few signs stands unescaped. */
export function cssString(text: string): string {
  return `"${text.replace(/[^\p{L}\p{N} .,:/·–()-]/gu, (sign) => `\\${(sign.codePointAt(0) ?? 32).toString(16)} `)}"`;
}
