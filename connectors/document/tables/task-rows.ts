/** The numbered rows of a table of tasks, with the sub-rows that belong to each and the headings above it. */
import { foldLetters } from '../language/fold.ts';
import { type Cell, type CellsRow, placeAt, type Table } from '../model.ts';
import type { Columns, Role } from './columns.ts';
import { saysLate } from './sections.ts';

export interface TaskRow {
  no: number;
  /** The number as printed ("7", "1.1"), or the running number where none is printed. */
  label: string;
  numbered: boolean;
  row: CellsRow;
  /** Rows without a number below it: further agencies, each with its own text. */
  subRows: CellsRow[];
  source_program?: string;
  group?: string;
  /** What the headings in the table say: late (true), in time (false), nothing (null). */
  late: boolean | null;
  /** Rows with the same number stand under the same headings: nothing is inherited over a heading. */
  part: number;
}

export interface StrayRow {
  row: CellsRow;
  text: string;
}

const WHOLE = /^\W*(\d{1,5})\s*[.):]*\s*$/;
const DOTTED = /^\W*(\d{1,3}(?:\.\d{1,3}){1,3})\s*[.)]?\s*$/;

/** The cell of a row under a role; null when the table or the row has none. */
export function cellOf(row: CellsRow, columns: Columns, role: Role): Cell | null {
  const at = columns.at[role];
  return at === undefined ? null : (row.cells[at] ?? null);
}

/** Where a row begins: the line of its first cell with text. */
export function lineOf(row: CellsRow): { line?: number } {
  const first = row.cells.find((cell) => cell !== null && cell !== undefined && cell.text !== '');
  return first ? { line: placeAt(first, 0).line } : {};
}

export function textOf(cell: Cell | null): string {
  return cell === null ? '' : cell.text.trim();
}

/** The column that names the agencies of a row: those overdue, else those doing it. */
export function agencyRole(columns: Columns): Role {
  if (columns.at.overdue_agencies !== undefined) return 'overdue_agencies';
  if (columns.at.executing !== undefined) return 'executing';
  return columns.at.lead === undefined ? 'agency' : 'lead';
}

export function readTaskRows(
  table: Table,
  columns: Columns,
  isAgency: (text: string) => boolean,
): { rows: TaskRow[]; strays: StrayRow[] } {
  const rows: TaskRow[] = [];
  const strays: StrayRow[] = [];
  const headings = new Headings();
  const hasNumbers = columns.at.number !== undefined;
  for (const row of table.rows) {
    if (row.kind === 'heading') {
      headings.add(row.text.text);
      continue;
    }
    const printed = textOf(cellOf(row, columns, 'number'));
    const title = textOf(cellOf(row, columns, 'task'));
    const whole = WHOLE.exec(printed);
    const dotted = DOTTED.exec(printed);
    const last = rows.at(-1);
    if (whole !== null || dotted !== null || (!hasNumbers && title !== '')) {
      headings.rowFollows();
      const label = dotted?.[1] ?? whole?.[1] ?? String(rows.length + 1);
      rows.push({
        no: whole === null ? 0 : Number(whole[1]),
        label,
        numbered: whole !== null || dotted !== null,
        row,
        subRows: [],
        ...headings.current,
        late: headings.late,
        part: headings.count,
      });
    } else if (onlyTitle(row, columns, printed, title)) {
      headings.add(`${printed} ${title}`.trim());
    } else if (last !== undefined && printed !== '' && isAgency(printed)) {
      last.subRows.push(shiftedSubRow(row, columns));
    } else if (last !== undefined && printed === '' && title === '' && hasAgencyOrText(row, columns)) {
      last.subRows.push(row);
    } else if (row.cells.some((cell) => textOf(cell) !== '')) {
      strays.push({ row, text: row.cells.map(textOf).filter(Boolean).join(' | ') });
    }
  }
  number(rows);
  return { rows, strays };
}

/** Rows numbered "1.1" or not at all get numbers after the last whole one, in order, so that each is found again. */
function number(rows: TaskRow[]): void {
  let next = rows.reduce((most, row) => Math.max(most, row.no), 0);
  for (const row of rows) {
    if (row.no > 0) continue;
    next += 1;
    row.no = next;
  }
}

/** A row with a roman number or letter and a title alone is a heading. */
function onlyTitle(row: CellsRow, columns: Columns, printed: string, title: string): boolean {
  if (title === '' || !/^(?:[ivxlc]{1,6}|[a-z\u0111])[.)]?$/i.test(foldLetters(printed))) return false;
  const others = row.cells.filter((_, at) => at !== columns.at.number && at !== columns.at.task);
  return others.every((cell) => textOf(cell) === '');
}

function hasAgencyOrText(row: CellsRow, columns: Columns): boolean {
  return [agencyRole(columns), 'status', 'difficulty', 'progress'].some(
    (role) => textOf(cellOf(row, columns, role as Role)) !== '',
  );
}

/** A sub-row whose leading blank cells were lost: its first cell is the agency. */
function shiftedSubRow(row: CellsRow, columns: Columns): CellsRow {
  const first = columns.at[agencyRole(columns)] ?? 0;
  const blanks: (Cell | null)[] = Array.from({ length: first }, () => null);
  return { kind: 'cells', cells: [...blanks, ...row.cells].slice(0, columns.roles.length) };
}

/** The headings above a row: of two directly after each other the first is the wider. */
class Headings {
  current: { source_program?: string; group?: string } = {};
  late: boolean | null = null;
  count = 0;
  #fresh = false;

  add(text: string): void {
    const heading = text
      .replace(/\s+/g, ' ')
      .replace(/\s*\(\s*\d+\s+[^()]*\)\s*[:.]?\s*$/, '')
      .trim();
    if (this.#fresh && this.current.group !== undefined) {
      this.current = { source_program: this.current.group, group: heading };
    } else {
      this.current = { ...this.current, group: heading };
    }
    this.late = saysLate(text) ?? (this.#fresh ? this.late : null);
    this.#fresh = true;
    this.count += 1;
  }

  rowFollows(): void {
    this.#fresh = false;
  }
}
