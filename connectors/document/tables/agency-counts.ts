/** Tables of how many tasks each agency has: one statement an agency, with the arithmetic of its columns. */
import type { AgencyCountStatement } from '../../contract.ts';
import type { Found, Rejected } from '../extraction.ts';
import { foldLetters } from '../language/fold.ts';
import type { CellsRow, Document } from '../model.ts';
import type { Names } from '../names/names.ts';
import { type Columns, isShifted, type Role, readColumns } from './columns.ts';
import { stateDay } from './document-head.ts';
import { type TableInPlace, tablesInPlace } from './sections.ts';
import { cellOf, lineOf, textOf } from './task-rows.ts';

export interface CountContext {
  document: string;
  /** Day the counts are of (YYYY-MM-DD) where the table's own title gives none. */
  asOf: string;
}

export interface CountReading {
  counts: Found<AgencyCountStatement>[];
  rejections: Rejected[];
}

/** Reads every table of counts by agency. Never throws; a row of an unknown body becomes a rejection. */
export function readAgencyCounts(document: Document, names: Names, context: CountContext): CountReading {
  const reading: CountReading = { counts: [], rejections: [] };
  for (const place of tablesInPlace(document)) {
    const columns = readColumns(place.table.header);
    if (columns.kind !== 'counts') continue;
    if (isShifted(place.table, columns) || isImpossible(place, columns)) {
      reading.rejections.push({
        code: 'shifted_columns',
        message: 'the counts of this table do not stand under their own titles',
        raw: place.table.header
          .map((title) => title.text)
          .join(' | ')
          .slice(0, 500),
        evidence: { table: String(place.number) },
      });
      continue;
    }
    readTable(place, columns, names, context, reading);
  }
  return reading;
}

/** In most rows a part is greater than the whole. */
function isImpossible({ table }: TableInPlace, columns: Columns): boolean {
  const rows = table.rows.filter((row): row is CellsRow => row.kind === 'cells');
  const greater = rows.filter((row) => {
    const whole = countOf(row, columns, 'assigned') ?? countOf(row, columns, 'total');
    const parts: Role[] = ['done', 'in_progress', 'overdue', 'own_tasks', 'shared_tasks'];
    return whole !== undefined && parts.some((role) => (countOf(row, columns, role) ?? 0) > whole);
  });
  return greater.length * 2 > rows.length;
}

function readTable(
  place: TableInPlace,
  columns: Columns,
  names: Names,
  context: CountContext,
  reading: CountReading,
): void {
  const asOf = stateDay([...[...place.headings].reverse(), ...place.title.split('\n')])?.day ?? context.asOf;
  for (const row of place.table.rows) {
    if (row.kind === 'heading') continue;
    const name = textOf(cellOf(row, columns, 'agency'));
    const count = (role: Role): number | undefined => countOf(row, columns, role);
    const own = count('own_tasks');
    const shared = count('shared_tasks');
    const parted = columns.at.own_tasks !== undefined || columns.at.shared_tasks !== undefined;
    const overdue = count('overdue') ?? count('total') ?? (parted ? (own ?? 0) + (shared ?? 0) : undefined);
    const [assigned, done, inProgress] = [count('assigned'), count('done'), count('in_progress')];
    // A line like "Cac dia phuong:" between the rows, or the sum at the end.
    if ([assigned, done, inProgress, overdue, own, shared].every((one) => one === undefined) || isSum(name)) continue;
    const evidence = {
      table: String(place.number),
      ...rowOf(textOf(cellOf(row, columns, 'number'))),
      ...lineOf(row),
    };
    const raw = row.cells.map(textOf).join(' | ').slice(0, 500);
    const agency = names.agencies.resolve(name, asOf);
    if (agency.id === null) {
      reading.rejections.push({
        code: 'unknown_agency',
        message: `no single agency is named "${name}"`,
        raw,
        evidence,
      });
      continue;
    }
    if (overdue === undefined) {
      reading.rejections.push({ code: 'no_count', message: 'no number of late tasks is given', raw, evidence });
      continue;
    }
    const rate = textOf(cellOf(row, columns, 'rate'));
    const adds = parted
      ? (own ?? 0) + (shared ?? 0) === overdue
      : assigned === undefined || done === undefined || inProgress === undefined
        ? true
        : assigned === done + inProgress + overdue;
    reading.counts.push({
      statement: {
        type: 'agency_count',
        document: context.document,
        agency: agency.id,
        ...(assigned === undefined ? {} : { assigned }),
        ...(done === undefined ? {} : { done }),
        ...(inProgress === undefined ? {} : { in_progress: inProgress }),
        overdue,
        ...(parted ? { own: own ?? 0, shared: shared ?? 0 } : {}),
        ...(rate === '' ? {} : { rate_raw: rate }),
        adds_up: adds,
        as_of: asOf,
        evidence,
      },
      confidence: Math.round(agency.score * 98) / 100,
    });
  }
}

/** A whole number at the beginning of the cell ("2 (of which ...)"); a dash is 0; undefined when there is none. */
function countOf(row: CellsRow, columns: Columns, role: Role): number | undefined {
  const text = textOf(cellOf(row, columns, role));
  if (/^[-\u2013\u2014]+$/.test(text)) return 0;
  const match = /^(\d{1,3}(?:[.\s]\d{3})+|\d{1,6})(?![\d,.%/])/.exec(text);
  return match === null ? undefined : Number((match[1] ?? '').replace(/\D/g, ''));
}

function isSum(name: string): boolean {
  return /^(?:tong|cong)\b/.test(foldLetters(name).trim());
}

function rowOf(printed: string): { row?: number | string } {
  const number = /^\W*(\d+)\W*$/.exec(printed);
  if (number !== null) return { row: Number(number[1]) };
  return printed === '' ? {} : { row: printed };
}
