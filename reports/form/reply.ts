/**
 * The reply to a filled form: the same workbook, with refused cells marked where they stand and explained in a comment, the
 * text to paste in a column of its own, and a sheet that counts. Rule: nothing but that is touched; marks of an earlier
 * reply go, so that a form may be sent back and forth.
 */
import type { Form } from '../../config/form/form.ts';
import { address, BODY_ROW, KEY_ROW, sheetMark } from '../../config/form/places.ts';
import type { FormReading, RefusedCell } from '../../config/form/reading.ts';
import type { Labels } from '../../config/labels.ts';
import { type Comment, commentsXml, drawingXml } from '../xlsx/patch/comments-patch.ts';
import { PackagePatch, type Parts } from '../xlsx/patch/package-patch.ts';
import { columnOf, SheetPatch } from '../xlsx/patch/sheet-patch.ts';
import { StylePatch } from '../xlsx/patch/style-patch.ts';
import { cellXml, sheetXml } from '../xlsx/sheet-xml.ts';
import { heightFor } from './cells.ts';
import { composeStatus } from './compose.ts';
import * as looks from './looks.ts';
import { refusalWords } from './refusal-words.ts';
import { resultSheet } from './result-sheet.ts';

export interface ReplyInput {
  /** Path → bytes of every part of the workbook that came back. */
  readonly parts: ReadonlyMap<string, Uint8Array>;
  readonly reading: FormReading;
  readonly form: Form;
  readonly labels: Labels;
}

const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const PASTE_WIDTH = 80;

/** @throws Fault reply/… where the workbook is written in a way that cannot be marked */
export function replyParts({ parts, reading, form, labels }: ReplyInput): Parts {
  const pack = new PackagePatch(parts);
  const styles = new StylePatch(pack.text(pack.styles) ?? '');
  const author = labels.text('form', 'result', 'comment_author');
  const resultName = labels.text('form', 'sheets', 'result');
  const statusMark = sheetMark('status');
  const statusNumber = pack.sharedNumber(statusMark);
  for (const { name, path } of pack.sheets()) {
    if (name === resultName) continue;
    const sheet = new SheetPatch(pack.text(path) ?? '');
    for (const { row, column, style } of sheet.styles())
      if (styles.isMarked(style)) sheet.setStyle(row, column, styles.unmarked(style));
    const refused = reading.cells.filter(
      (cell) => cell.verdict === 'refused' && cell.sheetName === name,
    ) as RefusedCell[];
    const comments = refused.flatMap((cell) => mark(sheet, styles, cell, labels));
    const keyRow = sheet.rowOf(statusMark, statusNumber);
    if (keyRow !== null && reading.rows.some((one) => one.sheetName === name))
      paste(sheet, styles, keyRow, { reading, form, labels });
    comment(pack, path, sheet, author, merged(comments));
    sheet.unselect();
    pack.parts.set(path, sheet.xml());
  }
  const result = resultSheet(reading, form, labels);
  pack.putSheet(resultName, sheetXml(result, styles, null, true));
  pack.parts.set(pack.styles, styles.xml());
  return pack.parts;
}

function mark(sheet: SheetPatch, styles: StylePatch, cell: RefusedCell, labels: Labels): Comment[] {
  const column = columnOf(cell.address);
  if (column === null) return [];
  sheet.setStyle(cell.row, column, styles.marked(styles.unmarked(sheet.styleOf(cell.row, column))));
  const text = labels.format(['form', 'result', 'comment'], refusalWords(cell, labels));
  return [{ column, row: cell.row, address: address(column, cell.row), text }];
}

/** One comment a cell, also where two things are wrong with it. */
function merged(comments: readonly Comment[]): Comment[] {
  const byCell = new Map<string, Comment>();
  for (const one of comments) {
    const there = byCell.get(one.address);
    byCell.set(one.address, there === undefined ? one : { ...there, text: `${there.text}\n${one.text}` });
  }
  return [...byCell.values()];
}

function comment(
  pack: PackagePatch,
  path: string,
  sheet: SheetPatch,
  author: string,
  comments: readonly Comment[],
): void {
  const relations = pack.relations(path);
  const partOf = (kind: string): string | null => relations.find((one) => one.kind === kind)?.path ?? null;
  let list = partOf('comments');
  if (list === null && comments.length === 0) return;
  const { xml, gone } = commentsXml(list === null ? null : pack.text(list), author, comments);
  if (list === null) {
    list = pack.free('xl/comments', '.xml');
    pack.declare(list, `${SHEET_TYPE}.comments+xml`);
    pack.parts.set(list, xml);
    pack.relate(path, 'comments', list);
  }
  pack.parts.set(list, xml);
  let drawing = partOf('vmlDrawing');
  const before = drawing === null ? null : pack.text(drawing);
  if (drawing === null) {
    drawing = pack.free('xl/drawings/vmlDrawing', '.vml');
    pack.declareEnding('vml', 'application/vnd.openxmlformats-officedocument.vmlDrawing');
    pack.parts.set(drawing, '');
    sheet.legacyDrawing(pack.relate(path, 'vmlDrawing', drawing));
  }
  pack.parts.set(drawing, drawingXml(before, gone, comments, address));
}

/** The column to be copied from, right of the table; that of an earlier reply is written over. */
function paste(
  sheet: SheetPatch,
  styles: StylePatch,
  keyRow: number,
  { reading, form, labels }: Omit<ReplyInput, 'parts'>,
): void {
  const rows = reading.rows;
  // Rows put in above the table have moved it down.
  const first = keyRow - KEY_ROW + BODY_ROW.status;
  const last = form.columns.status.at(-1)?.at ?? 1;
  const keyed = sheet.columns(keyRow).at(-1) ?? last;
  const used = Math.max(last, ...rows.flatMap(({ row }) => sheet.columns(row)));
  const column = keyed > last ? keyed : used + 1;
  const put = (row: number, text: string, look: typeof looks.pasted): void =>
    sheet.put(row, column, cellXml(address(column, row), { value: text, look }, styles, null));
  put(keyRow, 'proposed', looks.hiddenKey);
  put(first - 3, labels.text('form', 'proposed'), looks.heading);
  put(first - 2, '', looks.heading);
  put(first - 1, '', looks.columnNumber);
  for (const row of rows) {
    // Of a database nobody spoke of this week there is nothing new to paste.
    const text = row.change === null ? '' : composeStatus(row, form, labels);
    put(row.row, text, looks.pasted);
    sheet.atLeast(row.row, heightFor([[text, PASTE_WIDTH]], 30));
  }
  sheet.width(column, PASTE_WIDTH);
}
