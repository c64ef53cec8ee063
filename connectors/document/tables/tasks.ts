/**
 * Tables of tasks → one statement a numbered row, and the status texts for the rules that read sentences. Cells that
 * cannot stand under their titles are refused, never read as something else.
 */
import type { AgencyCountStatement } from '../../contract.ts';
import { type Document, placeAt } from '../model.ts';
import type { Names } from '../names/names.ts';
import { isShifted, readColumns } from './columns.ts';
import { nameMissingAgency } from './missing-agency.ts';
import { tablesInPlace } from './sections.ts';
import { type TaskContext, type TaskReading, TaskTable } from './task-table.ts';

/**
 * Reads every table of tasks of a document. Never throws; what cannot be read becomes a rejection with its place.
 * @param counts of the same document: they may tell which agency a page break took from a row
 */
export function readTasks(
  document: Document,
  names: Names,
  context: TaskContext,
  counts: readonly AgencyCountStatement[],
): TaskReading {
  const reading: TaskReading = { tasks: [], statuses: [], checks: [], rejections: [], inherited: 0 };
  for (const place of tablesInPlace(document)) {
    const columns = readColumns(place.table.header);
    if (columns.kind !== 'tasks') continue;
    if (isShifted(place.table, columns)) {
      const cell = place.table.header[0];
      reading.rejections.push({
        code: 'shifted_columns',
        message: 'the cells of this table do not stand under their own titles',
        raw: place.table.header
          .map((title) => title.text)
          .join(' | ')
          .slice(0, 500),
        evidence: { table: String(place.number), ...(cell === undefined ? {} : { line: placeAt(cell, 0).line }) },
      });
      continue;
    }
    new TaskTable(place, columns, names, context, reading).read();
  }
  nameMissingAgency(reading, counts);
  return reading;
}
