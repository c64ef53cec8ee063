/** The looks as Word's styles, so that who edits the report goes on in the same looks. Rule: every measure comes from `looks.ts`. */
import { DECLARATION, escapeXml } from '../xlsx/xml.ts';
import { FONT, LOOK_NAMES, type Look, look } from './looks.ts';
import { halfPoints, lineUnits, twips, twipsOfPoints } from './units.ts';

export const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

const CELL_SIDE_MM = 1.4;

export function stylesXml(): string {
  const fonts = ['ascii', 'hAnsi', 'eastAsia', 'cs'].map((script) => `w:${script}="${FONT}"`).join(' ');
  return [
    `${DECLARATION}<w:styles xmlns:w="${WORD}">`,
    `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts ${fonts}/><w:color w:val="000000"/><w:sz w:val="26"/><w:szCs w:val="26"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`,
    ...LOOK_NAMES.map((name) => paragraphStyle(name, look(name))),
    small('rule', 'Drawn line', '<w:spacing w:before="80" w:after="40" w:line="80" w:lineRule="exact"/>'),
    small('sectionEnd', 'End of section', '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'),
    tableStyle('plain', 'Plain table', '', 0),
    tableStyle('grid', 'Grid', gridLines(), CELL_SIDE_MM),
    '</w:styles>',
  ].join('');
}

function paragraphStyle(id: string, one: Look): string {
  const isDefault = id === 'body';
  const place = [
    one.keepNext === true ? '<w:keepNext/><w:keepLines/>' : '',
    `<w:spacing w:before="${twipsOfPoints(one.before)}" w:after="${twipsOfPoints(one.after)}" w:line="${lineUnits(one.line)}" w:lineRule="auto"/>`,
    `<w:ind w:left="0" w:right="0" w:firstLine="${twips(one.indent ?? 0)}"/>`,
    `<w:jc w:val="${one.align}"/>`,
    one.outline === undefined ? '' : `<w:outlineLvl w:val="${one.outline - 1}"/>`,
  ].join('');
  const letters = [
    one.bold === true ? '<w:b/><w:bCs/>' : '',
    one.italic === true ? '<w:i/><w:iCs/>' : '',
    `<w:sz w:val="${halfPoints(one.size)}"/><w:szCs w:val="${halfPoints(one.size)}"/>`,
  ].join('');
  return `<w:style w:type="paragraph"${isDefault ? ' w:default="1"' : ''} w:styleId="${id}"><w:name w:val="${escapeXml(one.name)}"/><w:qFormat/><w:pPr>${place}</w:pPr><w:rPr>${letters}</w:rPr></w:style>`;
}

/** A paragraph that holds no text. */
function small(id: string, name: string, spacing: string): string {
  return `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:pPr>${spacing}<w:ind w:firstLine="0"/></w:pPr><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:style>`;
}

function tableStyle(id: string, name: string, lines: string, sideMm: number): string {
  const side = `w:w="${twips(sideMm)}" w:type="dxa"`;
  return `<w:style w:type="table" w:styleId="${id}"><w:name w:val="${name}"/><w:tblPr>${lines}<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left ${side}/><w:bottom w:w="0" w:type="dxa"/><w:right ${side}/></w:tblCellMar></w:tblPr></w:style>`;
}

function gridLines(): string {
  const sides = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'];
  return `<w:tblBorders>${sides.map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`).join('')}</w:tblBorders>`;
}
