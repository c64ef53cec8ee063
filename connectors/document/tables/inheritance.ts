/**
 * What a row says by having nothing of its own: a cell merged over several rows is printed once, at the top of its
 * rows or, centred, in the middle of them.
 */
import type { Columns, Role } from './columns.ts';
import { agencyRole, cellOf, type TaskRow, textOf } from './task-rows.ts';

/** Rows one merged cell reaches over. */
const FARTHEST = 200;

export interface Inherited {
  /** The row whose cell holds for this one; the row itself where it has its own. */
  basis: TaskRow;
  lead: TaskRow;
  deadline: TaskRow;
  agency: TaskRow;
  text: TaskRow;
  /** The agency was taken from another row although this row has a lead of its own, or from that lead. */
  inferred: boolean;
}

/**
 * @param leadKind what tells whether two leads are of one kind: the same agencies, or both collective
 */
export function inherit(
  rows: readonly TaskRow[],
  columns: Columns,
  leadKind: (row: TaskRow) => string,
): Map<TaskRow, Inherited> {
  const found = new Map<TaskRow, Inherited>();
  for (const [at, row] of rows.entries()) {
    const above = rows[at - 1];
    const before = above !== undefined && above.part === row.part && !isParent(rows, at) ? found.get(above) : undefined;
    const own: Inherited = { basis: row, lead: row, deadline: row, agency: row, text: row, inferred: false };
    found.set(row, before === undefined ? own : taken(row, own, before, columns));
  }
  if (columns.at.overdue_agencies !== undefined) {
    for (const [at, row] of rows.entries()) centred(rows, at, row, columns, found, leadKind);
  }
  return found;
}

/** Row "3" over rows "3.1", "3.2" is their heading: it has no cells of its own and takes none. */
function isParent(rows: readonly TaskRow[], at: number): boolean {
  return rows[at + 1]?.label.startsWith(`${rows[at]?.label}.`) ?? false;
}

function taken(row: TaskRow, own: Inherited, above: Inherited, columns: Columns): Inherited {
  const blank = (role: Role): boolean => columns.at[role] !== undefined && isBlank(row, columns, role);
  const merged = (role: Role): boolean => blank(role) && isMerged(row, columns, role);
  const leadRole: Role = columns.at.lead === undefined ? 'executing' : 'lead';
  const agency = agencyRole(columns);
  // With lead and deadline blank the row is a part of the block above; one blank cell alone says only "blank".
  const block = blank(leadRole) && (columns.at.deadline === undefined || blank('deadline')) && row.subRows.length === 0;
  const result = { ...own };
  if ((block && blank('legal_basis')) || merged('legal_basis')) result.basis = above.basis;
  if (block || merged(leadRole)) result.lead = above.lead;
  if ((block && blank('deadline')) || merged('deadline')) result.deadline = above.deadline;
  const noAgency = blank(agency) && row.subRows.length === 0;
  if (noAgency && (block || merged(agency))) result.agency = above.agency;
  const textRole: Role = columns.at.status === undefined ? 'difficulty' : 'status';
  const noText = isBlank(row, columns, 'status') && isBlank(row, columns, 'difficulty');
  if (noText && (result.agency !== row || merged(textRole))) result.text = above.text;
  return result;
}

/** Characters of one document's texts that rows may take over from others; each is read anew for its row. */
const MOST_INHERITED = 2_000_000;

/**
 * Leaves to themselves the rows that would take over more text than a document holds.
 * @param taken characters taken over in the tables before
 * @returns characters taken over with this table, and the rows that went without
 */
export function boundTexts(
  found: Map<TaskRow, Inherited>,
  columns: Columns,
  taken: number,
): { taken: number; without: TaskRow[] } {
  let sum = taken;
  const without: TaskRow[] = [];
  for (const [row, from] of found) {
    if (from.text === row) continue;
    const length = (role: Role): number => cellOf(from.text.row, columns, role)?.text.length ?? 0;
    const more = length('status') + length('difficulty') + length('progress');
    if (sum + more > MOST_INHERITED) {
      found.set(row, { ...from, text: row });
      without.push(row);
    } else sum += more;
  }
  return { taken: sum, without };
}

function isBlank(row: TaskRow, columns: Columns, role: Role): boolean {
  return textOf(cellOf(row.row, columns, role)) === '';
}

/** No cell here, but cells after it: a cell of a row above reaches into this row. */
function isMerged(row: TaskRow, columns: Columns, role: Role): boolean {
  const at = columns.at[role];
  return at !== undefined && row.row.cells[at] === null && row.row.cells.slice(at + 1).some((cell) => cell !== null);
}

/** A row with its own lead and no agency: the agency printed in the middle of such rows, above or below. */
function centred(
  rows: readonly TaskRow[],
  at: number,
  row: TaskRow,
  columns: Columns,
  found: Map<TaskRow, Inherited>,
  leadKind: (row: TaskRow) => string,
): void {
  const mine = found.get(row) as Inherited;
  const nobody = (other: TaskRow): boolean => isBlank(other, columns, 'overdue_agencies') && other.subRows.length === 0;
  if (mine.agency !== row || mine.lead !== row || !nobody(row) || isParent(rows, at)) return;
  if (isBlank(row, columns, columns.at.lead === undefined ? 'executing' : 'lead')) return;
  const donor = (step: 1 | -1): TaskRow | undefined => {
    let next = at + step;
    const last = at + step * FARTHEST;
    while (next !== last && rows[next]?.part === row.part && nobody(rows[next] as TaskRow)) next += step;
    const other = rows[next];
    return other?.part === row.part && leadKind(other) === leadKind(row) ? other : undefined;
  };
  const from = donor(-1) ?? donor(1);
  const noText = isBlank(row, columns, 'status') && isBlank(row, columns, 'difficulty');
  found.set(row, { ...mine, agency: from ?? row, text: noText ? (from ?? row) : row, inferred: true });
}
