/**
 * The agency of a row that says "02/56 agencies" and names one: where a page break took a name, the counts by agency
 * of the same document may leave only one agency it can have been.
 */
import type { AgencyCountStatement } from '../../contract.ts';
import type { TaskReading } from './task-reading.ts';

/**
 * Completes the one task with an agency missing, when exactly one agency has one late task more in the counts than in
 * the lists. Marked `inferred`; does nothing when more than one reading is possible.
 */
export function nameMissingAgency(reading: TaskReading, counts: readonly AgencyCountStatement[]): void {
  const short = reading.rejections.filter((rejected) => rejected.code === 'agency_not_named');
  const [rejected] = short;
  if (short.length !== 1 || rejected === undefined || counts.length === 0) return;
  const found = reading.tasks.find(
    ({ statement }) =>
      statement.evidence.table === rejected.evidence.table && statement.evidence.row === rejected.evidence.row,
  );
  if (found === undefined) return;
  const listed = new Map<string, number>();
  for (const { statement } of reading.tasks) {
    for (const agency of statement.overdue_agencies) listed.set(agency, (listed.get(agency) ?? 0) + 1);
  }
  const missing = counts.filter((count) => count.overdue !== (listed.get(count.agency) ?? 0));
  const [agency] = missing;
  const task = found.statement;
  if (missing.length !== 1 || agency === undefined || agency.overdue !== (listed.get(agency.agency) ?? 0) + 1) return;
  if (task.overdue_agencies.includes(agency.agency)) return;

  const texts = reading.statuses.filter(
    (text) => text.agency === null && text.table === task.evidence.table && text.row === task.evidence.row,
  );
  const said = (column: 'tinh_hinh' | 'kho_khan'): string | undefined =>
    texts.find((text) => text.column === column)?.cell.text.trim();
  const [status, difficulty] = [said('tinh_hinh'), said('kho_khan')];
  for (const text of texts) text.agency = agency.agency;
  task.overdue_agencies.unshift(agency.agency);
  task.statuses.unshift({
    agency: agency.agency,
    ...(status === undefined ? {} : { status }),
    ...(difficulty === undefined ? {} : { difficulty }),
    inferred: true,
  });
  found.confidence = Math.min(found.confidence, 0.75);
  reading.rejections.splice(reading.rejections.indexOf(rejected), 1);
}
