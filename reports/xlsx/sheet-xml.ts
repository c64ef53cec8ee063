/** A sheet as XML. Rule: elements stand in the order of CT_Worksheet (ECMA-376, 18.3.1.99), or Excel repairs the file. */
import { address, columnLetters } from '../../config/form/places.ts';
import type { Cell, Range, Row, Sheet, Validation } from './sheet.ts';
import type { Styles } from './styles.ts';
import { DECLARATION, escapeXml, footerText, looksLikeFormula, MAIN, stringXml } from './xml.ts';

/** Texts of all sheets, each once. */
export class SharedStrings {
  readonly #places = new Map<string, number>();
  #used = 0;
  place(text: string): number {
    this.#used += 1;
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    this.#places.set(text, this.#places.size);
    return this.#places.size - 1;
  }
  xml(): string {
    const items = [...this.#places.keys()].map((text) => `<si>${stringXml(text)}</si>`);
    return `${DECLARATION}<sst xmlns="${MAIN}" count="${this.#used}" uniqueCount="${items.length}">${items.join('')}</sst>`;
  }
}

export function ref({ from, to }: Range): string {
  const start = address(from.column, from.row);
  return from.column === to.column && from.row === to.row ? start : `${start}:${address(to.column, to.row)}`;
}

/** @param strings where texts are kept once; null writes each into its cell */
export function sheetXml(sheet: Sheet, styles: Styles, strings: SharedStrings | null, isFirst: boolean): string {
  const { print } = sheet;
  const fit = print !== null && print.scale === undefined;
  return [
    `${DECLARATION}<worksheet xmlns="${MAIN}">`,
    fit ? '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' : '',
    `<sheetViews>${viewXml(sheet, isFirst)}</sheetViews>`,
    '<sheetFormatPr defaultRowHeight="15"/>',
    columnsXml(sheet),
    `<sheetData>${[...sheet.rows]
      .sort(([a], [b]) => a - b)
      .map(([number, row]) => rowXml(number, row, styles, strings))
      .join('')}</sheetData>`,
    // 0 means allowed: widths, heights and looks may be changed, rows sorted and filtered; no password.
    sheet.isProtected
      ? '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0" sort="0" autoFilter="0"/>'
      : '',
    sheet.filter === null ? '' : `<autoFilter ref="${ref(sheet.filter)}"/>`,
    sheet.merges.length === 0
      ? ''
      : `<mergeCells count="${sheet.merges.length}">${sheet.merges.map((one) => `<mergeCell ref="${ref(one)}"/>`).join('')}</mergeCells>`,
    sheet.conditions
      .map(
        (one, i) =>
          `<conditionalFormatting sqref="${ref(one.range)}"><cfRule type="expression" dxfId="${styles.overlay(one.overlay)}" priority="${i + 1}"><formula>${escapeXml(one.formula)}</formula></cfRule></conditionalFormatting>`,
      )
      .join(''),
    sheet.validations.length === 0
      ? ''
      : `<dataValidations count="${sheet.validations.length}">${sheet.validations.map(validationXml).join('')}</dataValidations>`,
    print === null ? '' : printXml(sheet, fit),
    '</worksheet>',
  ].join('');
}

function viewXml(sheet: Sheet, isFirst: boolean): string {
  const { freeze, active } = sheet;
  const zoom = sheet.zoom === 100 ? '' : ` zoomScale="${sheet.zoom}" zoomScaleNormal="${sheet.zoom}"`;
  const selected = `${isFirst ? ' tabSelected="1"' : ''}${zoom}`;
  const cell = active === null ? 'A1' : address(active.column, active.row);
  if (freeze === null)
    return `<sheetView showGridLines="0"${selected} workbookViewId="0"><selection activeCell="${cell}" sqref="${cell}"/></sheetView>`;
  const [x, y] = [freeze.column - 1, freeze.row - 1];
  const pane = x > 0 && y > 0 ? 'bottomRight' : x > 0 ? 'topRight' : 'bottomLeft';
  const split = `${x > 0 ? ` xSplit="${x}"` : ''}${y > 0 ? ` ySplit="${y}"` : ''}`;
  return (
    `<sheetView showGridLines="0"${selected} workbookViewId="0">` +
    `<pane${split} topLeftCell="${address(freeze.column, freeze.row)}" activePane="${pane}" state="frozen"/>` +
    `<selection pane="${pane}" activeCell="${cell}" sqref="${cell}"/></sheetView>`
  );
}

function columnsXml(sheet: Sheet): string {
  if (sheet.widths.size === 0) return '';
  const columns = [...sheet.widths]
    .sort(([a], [b]) => a - b)
    .map(([at, width]) =>
      width === 0
        ? `<col min="${at}" max="${at}" width="9" hidden="1" customWidth="1"/>`
        : `<col min="${at}" max="${at}" width="${width}" customWidth="1"/>`,
    );
  return `<cols>${columns.join('')}</cols>`;
}

function rowXml(number: number, row: Row, styles: Styles, strings: SharedStrings | null): string {
  const height =
    row.height !== undefined
      ? ` ht="${row.height}" customHeight="1"`
      : row.least !== undefined
        ? ` ht="${row.least}"`
        : '';
  const cells = [...row.cells]
    .sort(([a], [b]) => a - b)
    .map(([at, cell]) => cellXml(address(at, number), cell, styles, strings));
  return `<row r="${number}"${height}${row.hidden === true ? ' hidden="1"' : ''}>${cells.join('')}</row>`;
}

export function cellXml(at: string, { value, look }: Cell, styles: Styles, strings: SharedStrings | null): string {
  const text = typeof value === 'string' && looksLikeFormula(value);
  const s = styles.place(text ? { ...look, quoted: true } : look);
  if (value === null || value === '') return `<c r="${at}" s="${s}"/>`;
  if (typeof value === 'number') return `<c r="${at}" s="${s}"><v>${value}</v></c>`;
  if (typeof value === 'boolean') return `<c r="${at}" s="${s}" t="b"><v>${Number(value)}</v></c>`;
  if (typeof value === 'string')
    return strings === null
      ? `<c r="${at}" s="${s}" t="inlineStr"><is>${stringXml(value)}</is></c>`
      : `<c r="${at}" s="${s}" t="s"><v>${strings.place(value)}</v></c>`;
  const formula = `<f>${escapeXml(value.formula)}</f>`;
  return typeof value.shows === 'number'
    ? `<c r="${at}" s="${s}">${formula}<v>${value.shows}</v></c>`
    : `<c r="${at}" s="${s}" t="str">${formula}<v>${escapeXml(value.shows)}</v></c>`;
}

/** Excel's limits: 32 characters of a title, 255 of a text. */
function validationXml(one: Validation): string {
  const { prompt } = one;
  const shown =
    prompt === undefined
      ? ''
      : ` promptTitle="${escapeXml(prompt.title.slice(0, 32))}" prompt="${escapeXml(prompt.text.slice(0, 255))}"`;
  const style = one.strict ? '' : ' errorStyle="warning"';
  const operator = { list: '', textLength: ' operator="lessThanOrEqual"', whole: '', date: '' }[one.type];
  return (
    `<dataValidation type="${one.type}"${style}${operator} allowBlank="1"${prompt === undefined ? '' : ' showInputMessage="1"'} showErrorMessage="1"` +
    ` errorTitle="${escapeXml(one.title.slice(0, 32))}" error="${escapeXml(one.error.slice(0, 255))}"${shown}` +
    ` sqref="${one.ranges.map(ref).join(' ')}">` +
    `<formula1>${escapeXml(one.first)}</formula1>${one.second === undefined ? '' : `<formula2>${escapeXml(one.second)}</formula2>`}</dataValidation>`
  );
}

function printXml(sheet: Sheet, fit: boolean): string {
  const { print } = sheet;
  if (print === null) return '';
  const size = fit ? 'fitToWidth="1" fitToHeight="0"' : `scale="${print.scale}"`;
  const footer = `&L&"Times New Roman,Italic"&9${footerText(print.footerLeft)}&R&"Times New Roman,Regular"&9${print.footerRight}`;
  const breaks = print.breakAfter ?? [];
  return [
    '<printOptions horizontalCentered="1"/>',
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>',
    `<pageSetup paperSize="9" ${fit ? '' : `${size} `}orientation="${print.landscape ? 'landscape' : 'portrait'}" pageOrder="overThenDown"${fit ? ` ${size}` : ''}/>`,
    `<headerFooter><oddFooter>${escapeXml(footer)}</oddFooter></headerFooter>`,
    breaks.length === 0
      ? ''
      : `<colBreaks count="${breaks.length}" manualBreakCount="${breaks.length}">${breaks.map((at) => `<brk id="${at}" max="1048575" man="1"/>`).join('')}</colBreaks>`,
  ].join('');
}

/** 'Sheet name'!$A$1:$B$2, for defined names and formulas. */
export function absolute(sheetName: string, { from, to }: Range): string {
  const cell = (at: { column: number; row: number }): string => `$${columnLetters(at.column)}$${at.row}`;
  return `${quotedSheet(sheetName)}!${cell(from)}:${cell(to)}`;
}

export function quotedSheet(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}
