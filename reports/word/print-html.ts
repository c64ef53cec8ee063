/**
 * The same document as one page of HTML for a browser to print: the paper, looks and numbers of the pages of the Word file.
 * Rule: it asks nothing of anybody (the policy forbids it), and every text is escaped.
 */
import { cssString } from '../print-footer.ts';
import { escapeXml, legalText } from '../xlsx/xml.ts';
import type { Block, Cell, Document, Row, Run, Section } from './document.ts';
import { FONT, LOOK_NAMES, type Look, look, PAPER, textWidth } from './looks.ts';

/** Fonts of the same widths where a machine has no Times New Roman. */
const FONTS = `"${FONT}", Tinos, "Liberation Serif", serif`;

/** The page as a browser prints it. */
export function printHtml(document: Document): string {
  const body = document.sections.map((section, index) => sectionHtml(section, index));
  return [
    '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
    `<title>${text(document.title)}</title>`,
    `<style>\n${printCss(document)}</style></head>\n<body>\n${body.join('\n')}\n</body></html>\n`,
  ].join('\n');
}

function sectionHtml({ blocks }: Section, index: number): string {
  return `<section class="part-${index + 1}">\n${blocks.map(blockHtml).join('\n')}\n</section>`;
}

function blockHtml(block: Block): string {
  if (block.kind === 'rule') return `<hr style="width:${block.width}mm">`;
  if (block.kind === 'paragraph') return `<p class="${block.look}">${block.runs.map(runHtml).join('')}</p>`;
  const columns = block.widths.map((width) => `<col style="width:${width}mm">`).join('');
  const head = block.head.length === 0 ? '' : `<thead>${block.head.map((row) => rowHtml(row, 'th')).join('')}</thead>`;
  const rows = block.rows.map((row) => rowHtml(row, 'td')).join('\n');
  return `<table class="${block.look}"><colgroup>${columns}</colgroup>${head}<tbody>${rows}</tbody></table>`;
}

function rowHtml({ cells, breaks }: Row, tag: 'th' | 'td'): string {
  return `<tr${breaks === true ? ' class="breaks"' : ''}>${cells.map((cell) => cellHtml(cell, tag)).join('')}</tr>`;
}

function cellHtml({ blocks, span }: Cell, tag: 'th' | 'td'): string {
  const wide = span === undefined ? '' : ` colspan="${span}"`;
  return `<${tag}${wide}>${blocks.map(blockHtml).join('')}</${tag}>`;
}

function runHtml({ text: content, bold, italic, raised }: Run): string {
  const tags = [bold === true ? 'b' : '', italic === true ? 'i' : '', raised === true ? 'sup' : ''].filter(Boolean);
  return tags.reduce((inner, tag) => `<${tag}>${inner}</${tag}>`, text(content));
}

function text(content: string): string {
  return escapeXml(legalText(content)).replaceAll('\n', '<br>');
}

/** A browser cannot begin its own count of pages anew, so that each section counts with a counter of its name; 1 is not shown. */
function printCss({ sections, foot }: Document): string {
  const { short, long, top, right, bottom, left } = PAPER;
  const size = ({ direction }: Section): string =>
    direction === 'portrait' ? `${short}mm ${long}mm` : `${long}mm ${short}mm`;
  const footer =
    foot === null
      ? ''
      : ` @bottom-center { content: ${cssString(legalText(foot))}; font: ${look('foot').size}pt ${FONTS}; }`;
  return [
    '@counter-style unseen { system: cyclic; symbols: ""; suffix: ""; }',
    '@counter-style from-two { system: extends decimal; range: 2 infinite; fallback: unseen; }',
    ...sections.flatMap((section, index) => [
      `@page part-${index + 1} { size: ${size(section)}; margin: ${top}mm ${right}mm ${bottom}mm ${left}mm; counter-increment: pages-${index + 1}; @top-center { content: counter(pages-${index + 1}, from-two); font: ${look('pageNo').size}pt ${FONTS}; }${footer} }`,
      `.part-${index + 1} { page: part-${index + 1}; width: ${textWidth(section.direction)}mm; }`,
    ]),
    'section + section { break-before: page; }',
    `html { font-family: ${FONTS}; color: #000; background: #fff; }`,
    'body { margin: 0; }',
    'p, th, td { overflow-wrap: anywhere; }',
    'p { margin: 0; white-space: pre-wrap; orphans: 2; widows: 2; }',
    'hr { border: 0; border-top: 0.75pt solid #000; margin: 4pt auto; }',
    'table { border-collapse: collapse; table-layout: fixed; }',
    'th, td { padding: 0; vertical-align: top; font-weight: inherit; }',
    'th { vertical-align: middle; }',
    '.grid th, .grid td { border: 0.5pt solid #000; padding: 0 1.4mm; }',
    'tr { break-inside: avoid; }',
    'tr.breaks { break-inside: auto; }',
    ...LOOK_NAMES.map((name) => `.${name} { ${lookCss(look(name))} }`),
    '',
  ].join('\n');
}

function lookCss(one: Look): string {
  return [
    `font-size: ${one.size}pt`,
    `line-height: ${(one.line * 1.15).toFixed(3)}`,
    `text-align: ${one.align === 'both' ? 'justify' : one.align}`,
    `padding-top: ${one.before}pt`,
    `padding-bottom: ${one.after}pt`,
    ...(one.bold === true ? ['font-weight: 700'] : []),
    ...(one.italic === true ? ['font-style: italic'] : []),
    ...(one.indent === undefined ? [] : [`text-indent: ${one.indent}mm`]),
    ...(one.keepNext === true ? ['break-after: avoid'] : []),
  ].join('; ');
}
