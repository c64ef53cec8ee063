/** Headings that say how many tasks or agencies follow, against the rows that do. */
import type { DocumentCheckStatement } from '../../contract.ts';
import type { Found } from '../extraction.ts';
import { foldLetters } from '../language/fold.ts';
import { type Cell, type Document, placeAt, type Row, type Table } from '../model.ts';
import { readColumns } from './columns.ts';
import { textOf } from './task-rows.ts';

const PRINTED =
  /\(\s*(?:gom|co|tong so)?:?\s*(\d{1,4})\s*(?:<[^>]*>)?\s*(nhiem vu|co quan|don vi|bo|dia phuong|csdl|co so du lieu)/;

/** One check for each heading whose printed count differs from its list; nothing for those that agree. */
export function readListCounts(document: Document, documentId: string): Found<DocumentCheckStatement>[] {
  const found: Found<DocumentCheckStatement>[] = [];
  let pending: Cell | null = null;
  let tables = 0;
  const check = (heading: Cell, counted: number, where: string, table: number): void => {
    const printed = printedCount(heading.text);
    if (printed === null || printed === counted) return;
    const place = placeAt(heading, 0);
    found.push({
      statement: {
        type: 'document_check',
        document: documentId,
        kind: 'list_count',
        where,
        printed,
        counted,
        evidence: { table: String(table), line: place.line, quote: heading.text.slice(0, 300) },
      },
      confidence: 0.95,
    });
  };
  for (const block of document.blocks) {
    if (block.kind === 'paragraph') {
      const short = block.text.text.length <= 400;
      if (short && printedCount(block.text.text) !== null) pending = block.text;
      continue;
    }
    tables += 1;
    if (pending !== null) check(pending, numberedRows(block, block.rows), `b\u1ea3ng ${tables}`, tables);
    pending = null;
    for (const { heading, rows } of groups(block)) {
      check(heading, numberedRows(block, rows), heading.text.replace(/\s+/g, ' ').slice(0, 80), tables);
    }
  }
  return found;
}

function printedCount(text: string): number | null {
  const match = PRINTED.exec(foldLetters(text.slice(0, 1000)).replace(/\s+/g, ' '));
  return match === null ? null : Number(match[1]);
}

/** Rows that are an item of the list: those with a number, or where no column has numbers every row. */
function numberedRows(table: Table, rows: readonly Row[]): number {
  const at = readColumns(table.header).at.number;
  return rows.filter(
    (row) => row.kind === 'cells' && (at === undefined || /^\W*\d+\W*$/.test(textOf(row.cells[at] ?? null))),
  ).length;
}

/** Each heading with the rows up to the next one; of two headings after each other the first has both lists. */
function groups(table: Table): { heading: Cell; rows: Row[] }[] {
  const open: { heading: Cell; rows: Row[]; wide: boolean }[] = [];
  const all: { heading: Cell; rows: Row[] }[] = [];
  let fresh = false;
  for (const row of table.rows) {
    if (row.kind === 'heading') {
      const last = open.at(-1);
      if (fresh && last !== undefined) {
        // The heading above is the wider one: it goes on until the next such pair.
        for (const other of open.splice(0, open.length - 1)) other.wide = false;
        last.wide = true;
      } else open.splice(0, open.length, ...open.filter((one) => one.wide));
      const group = { heading: row.text, rows: [], wide: false };
      open.push(group);
      all.push(group);
      fresh = true;
    } else {
      fresh = false;
      for (const group of open) group.rows.push(row);
    }
  }
  return all;
}
