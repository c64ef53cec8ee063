/** The few counts of a night that the terminal prints. */
import { z } from 'zod';
import type { RunReport } from '../contract.ts';
import type { Database } from './database.ts';

const summaryRow = z.object({
  databases: z.coerce.number(),
  findings: z.coerce.number(),
  overdue: z.coerce.number(),
  overdue_agencies: z.coerce.number(),
});
const levelRow = z.object({ level: z.enum(['none', '1', '2', '3', '4', '5']), n: z.coerce.number() });

/** Counts over the tables of schema `publication`. */
export async function summarise(
  database: Database,
): Promise<z.output<typeof summaryRow> & { levels: RunReport['levels'] }> {
  const [row] = await database.rows(
    summaryRow,
    `SELECT (SELECT count(*) FROM publication.database) AS databases, (SELECT count(*) FROM publication.finding WHERE state <> 'resolved') AS findings,
       (SELECT count(DISTINCT database_id) FROM publication.overdue) AS overdue, (SELECT count(DISTINCT agency_id) FROM publication.overdue) AS overdue_agencies`,
  );
  const counts = await database.rows(
    levelRow,
    "SELECT coalesce(level_reported::VARCHAR, 'none') AS level, count(*) AS n FROM publication.readiness GROUP BY 1",
  );
  const levels: RunReport['levels'] = { none: 0, '1': 0, '2': 0, '3': 0, '4': 0, '5': 0 };
  for (const { level, n } of counts) levels[level] = n;
  if (row === undefined) throw new Error('the summary has no row');
  return { ...row, levels };
}
