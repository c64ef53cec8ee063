/** What a published file has to tell of its night: levels that are others, findings that are new and severe. Rule: read from one edition, so that a message holds what that edition shows. */
import { z } from 'zod';
import { Database } from './database.ts';

const levelMove = z.object({
  database_id: z.string(),
  name: z.string(),
  reported_before: z.coerce.number().nullable(),
  reported_after: z.coerce.number().nullable(),
  confirmed_before: z.coerce.number().nullable(),
  confirmed_after: z.coerce.number().nullable(),
});
const severeFinding = z.object({ finding_id: z.string(), text: z.string() });

export interface NightNews {
  levels: z.output<typeof levelMove>[];
  findings: z.output<typeof severeFinding>[];
}

/** @param path csdl.duckdb of a publication */
export async function readNightNews(path: string): Promise<NightNews> {
  const database = await Database.open({ path, readOnly: true });
  try {
    const levels = await database.rows(
      levelMove,
      `SELECT c.database_id, d.name, c.level_reported_before AS reported_before, c.level_reported_after AS reported_after,
         c.level_confirmed_before AS confirmed_before, c.level_confirmed_after AS confirmed_after
       FROM change AS c JOIN database AS d ON d.database_id = c.database_id
       WHERE c.pillar = 'all' AND (c.level_reported_before IS DISTINCT FROM c.level_reported_after
         OR c.level_confirmed_before IS DISTINCT FROM c.level_confirmed_after)
       ORDER BY c.database_id`,
    );
    const findings = await database.rows(
      severeFinding,
      "SELECT finding_id, text FROM finding WHERE state = 'new' AND severity = 'error' ORDER BY finding_id",
    );
    return { levels, findings };
  } finally {
    database.close();
  }
}
