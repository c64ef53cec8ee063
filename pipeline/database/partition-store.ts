/** Table partition_count of the store: counts of parts that did not change, by source. Derived; may be emptied at any time. */
import { z } from 'zod';
import type { Columns, Database } from './database.ts';
import type { PartCounts } from './quality-partitions.ts';

const COLUMNS = { source_id: 'VARCHAR', part: 'VARCHAR', counts: 'VARCHAR' } as const satisfies Columns;

/** What one source wants kept: all of it, in place of what it kept before. */
export interface KeptParts {
  readonly sourceId: string;
  readonly parts: ReadonlyMap<string, PartCounts>;
}

export type RememberedParts = ReadonlyMap<string, ReadonlyMap<string, PartCounts>>;

const counted = z.record(z.string(), z.number());

/** By source and part; what cannot be read any more is as if it were not there. */
export async function readParts(database: Database): Promise<RememberedParts> {
  const rows = await database.rows(
    z.object({ source_id: z.string(), part: z.string(), counts: z.string() }),
    'SELECT source_id, part, counts FROM store.partition_count',
    {},
    'reading what is known of parts',
  );
  const found = new Map<string, Map<string, PartCounts>>();
  for (const { source_id: source, part, counts } of rows) {
    const parsed = counted.safeParse(JSON.parse(counts));
    if (!parsed.success) continue;
    const own = found.get(source) ?? new Map<string, PartCounts>();
    found.set(source, own.set(part, parsed.data));
  }
  return found;
}

/** Writes what is new and takes away what is gone; what stayed is not touched. Call inside a transaction. */
export async function keepParts(database: Database, { sourceId, parts }: KeptParts): Promise<void> {
  const rows = [...parts].map(([part, counts]) => ({ source_id: sourceId, part, counts: JSON.stringify(counts) }));
  await database.createTable('temp.main.parts', COLUMNS, rows);
  await database.run(
    `DELETE FROM store.partition_count AS p WHERE p.source_id = $source
     AND NOT EXISTS (SELECT 1 FROM temp.main.parts AS n WHERE n.part = p.part AND n.counts = p.counts)`,
    { source: sourceId },
  );
  await database.run(
    `INSERT INTO store.partition_count SELECT n.* FROM temp.main.parts AS n
     WHERE n.part NOT IN (SELECT part FROM store.partition_count WHERE source_id = $source)`,
    { source: sourceId },
  );
  await database.run('DROP TABLE temp.main.parts');
}
