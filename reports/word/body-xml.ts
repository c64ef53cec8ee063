/** Blocks of a document as WordprocessingML, elements in the order of the standard. Rule: every text passes `textXml`. */
import { escapeXml, legalText } from '../xlsx/xml.ts';
import type { Block, Cell, Document, Paragraph, Row, Rule, Run, Section, Table } from './document.ts';
import { PAPER } from './looks.ts';
import { twips } from './units.ts';

/** What a section refers to: the parts with its number of the page and its foot. */
export interface Frames {
  readonly number: string;
  readonly first: string;
  readonly foot: string | null;
}

/** The body of `word/document.xml`. */
export function bodyXml(document: Document, frames: Frames): string {
  const last = document.sections.length - 1;
  return document.sections
    .map((section, index) => {
      const properties = sectionXml(section, frames);
      const blocks = section.blocks.map(blockXml).join('');
      // A section ends with a paragraph that holds its measures; the last one ends with the body.
      return index === last ? `${blocks}${properties}` : `${blocks}${endXml(properties)}`;
    })
    .join('');
}

/** Runs of one paragraph; a line break of the text becomes one of Word's. */
export function runsXml(runs: readonly Run[]): string {
  return runs
    .filter((run) => run.text !== '')
    .map((run) => `<w:r>${runLook(run)}${textXml(run.text)}</w:r>`)
    .join('');
}

function runLook({ bold, italic, raised }: Run): string {
  const marks = [
    bold === true ? '<w:b/><w:bCs/>' : '',
    italic === true ? '<w:i/><w:iCs/>' : '',
    raised === true ? '<w:vertAlign w:val="superscript"/>' : '',
  ].join('');
  return marks === '' ? '' : `<w:rPr>${marks}</w:rPr>`;
}

function textXml(text: string): string {
  return legalText(text)
    .replaceAll('\t', ' ')
    .split('\n')
    .map((line) => `<w:t xml:space="preserve">${escapeXml(line)}</w:t>`)
    .join('<w:br/>');
}

function blockXml(block: Block): string {
  if (block.kind === 'table') return tableXml(block);
  return block.kind === 'rule' ? ruleXml(block) : paragraphXml(block);
}

export function paragraphXml({ look, runs }: Paragraph): string {
  return `<w:p><w:pPr><w:pStyle w:val="${look}"/></w:pPr>${runsXml(runs)}</w:p>`;
}

/** The line is the upper border of an empty paragraph, as short as the paragraph is indented. */
function ruleXml({ width, within }: Rule): string {
  const side = twips(Math.max(0, within - width) / 2);
  return `<w:p><w:pPr><w:pStyle w:val="rule"/><w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr><w:ind w:left="${side}" w:right="${side}" w:firstLine="0"/></w:pPr></w:p>`;
}

function tableXml({ look, widths, head, rows }: Table): string {
  const columns = widths.map(twips);
  const total = columns.reduce((sum, one) => sum + one, 0);
  const grid = columns.map((width) => `<w:gridCol w:w="${width}"/>`).join('');
  const body = [...head.map((row) => rowXml(row, columns, true)), ...rows.map((row) => rowXml(row, columns, false))];
  return `<w:tbl><w:tblPr><w:tblStyle w:val="${look}"/><w:tblW w:w="${total}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${body.join('')}</w:tbl>`;
}

function rowXml({ cells, breaks }: Row, columns: readonly number[], isHead: boolean): string {
  let at = 0;
  const places = cells.map((cell) => {
    const span = cell.span ?? 1;
    const width = columns.slice(at, at + span).reduce((sum, one) => sum + one, 0);
    at += span;
    return cellXml(cell, width, isHead);
  });
  const looks = `${breaks === true ? '' : '<w:cantSplit/>'}${isHead ? '<w:tblHeader/>' : ''}`;
  return `<w:tr>${looks === '' ? '' : `<w:trPr>${looks}</w:trPr>`}${places.join('')}</w:tr>`;
}

function cellXml({ blocks, span }: Cell, width: number, isHead: boolean): string {
  const wide = span === undefined ? '' : `<w:gridSpan w:val="${span}"/>`;
  const middle = isHead ? '<w:vAlign w:val="center"/>' : '';
  return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${wide}${middle}</w:tcPr>${blocks.map(blockXml).join('')}</w:tc>`;
}

function endXml(properties: string): string {
  return `<w:p><w:pPr><w:pStyle w:val="sectionEnd"/>${properties}</w:pPr></w:p>`;
}

function sectionXml({ direction }: Section, { number, first, foot }: Frames): string {
  const [width, height] = direction === 'portrait' ? [PAPER.short, PAPER.long] : [PAPER.long, PAPER.short];
  return [
    '<w:sectPr>',
    `<w:headerReference w:type="default" r:id="${number}"/><w:headerReference w:type="first" r:id="${first}"/>`,
    foot === null
      ? ''
      : `<w:footerReference w:type="default" r:id="${foot}"/><w:footerReference w:type="first" r:id="${foot}"/>`,
    '<w:type w:val="nextPage"/>',
    `<w:pgSz w:w="${twips(width)}" w:h="${twips(height)}"${direction === 'landscape' ? ' w:orient="landscape"' : ''}/>`,
    `<w:pgMar w:top="${twips(PAPER.top)}" w:right="${twips(PAPER.right)}" w:bottom="${twips(PAPER.bottom)}" w:left="${twips(PAPER.left)}" w:header="${twips(PAPER.header)}" w:footer="${twips(PAPER.footer)}" w:gutter="0"/>`,
    '<w:pgNumType w:fmt="decimal" w:start="1"/>',
    '<w:titlePg/>',
    '</w:sectPr>',
  ].join('');
}
