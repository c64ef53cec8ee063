/** Shape of `reconcile` in sources.yaml: the same records in two places, compared every night without a value leaving either. */
import { z } from 'zod';
import { day, recordBudget, slug } from './parts.ts';
import { postgres } from './postgres.ts';

/** One side: a file, glob or DuckDB file (`register.duckdb#schema.table`), or a table on a server. */
const place = z
  .strictObject({
    data: z.string().min(1).optional(),
    postgres: postgres.optional(),
    /** The table on the server. */
    table: z.string().min(1).optional(),
  })
  .refine((p) => (p.data === undefined) !== (p.postgres === undefined), 'a place has either data or postgres')
  .refine((p) => (p.postgres === undefined) === (p.table === undefined), 'postgres and table stand together');
export type ReconcilePlace = z.output<typeof place>;

/** A column of both sides, or `left=right` where they call it differently. */
const column = z.string().regex(/^[^=]+(=[^=]+)?$/, 'write a name, or left=right');

export const reconciliation = z.strictObject({
  id: slug,
  /** The database of the catalogue it speaks of. */
  database: slug,
  /** What the result is said of. */
  attribute: z.enum(['c06.reconciliation', 'quality.matched']).default('c06.reconciliation'),
  /** The records that are checked: those of the owner. */
  left: place,
  /** What they are checked against: the copy at the centre, the reply of C06. */
  right: place,
  key: z.array(column).min(1),
  columns: z.array(column).default([]),
  /** Texts in normal form C and without spaces at either end. */
  tidy: z.boolean().default(false),
  /** At least 16 characters, from the environment; without it a random one each night. */
  salt: z.string().min(16, 'at least 16 characters').optional(),
  /** The day of the copies, where the data are copies. */
  as_of: day.optional(),
  /** Without it E4 where both places are servers asked tonight, else E3. */
  grade: z.enum(['E3', 'E4']).optional(),
  ...recordBudget,
});
export type ReconcileSetting = z.output<typeof reconciliation>;
