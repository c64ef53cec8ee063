/** Small shapes shared by several settings files. */
import { z } from 'zod';

/** A calendar day that exists, ISO form: 31/02 is refused. */
export const day = z.string().refine(isDay, 'not a date (write YYYY-MM-DD, a day that exists)');

export function isDay(text: string): boolean {
  // A year below 1000 is a typing error, and no timestamp of the store could hold year 0.
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/** What one entry that reads records may take: seconds, and memory of the engine. */
export const recordBudget = {
  budget_seconds: z.number().int().positive().max(86_400).default(3600),
  memory: z
    .string()
    .regex(/^[1-9][0-9]*(MB|GB)$/, 'write 512MB or 2GB')
    .default('1GB'),
};

/** Kebab-case identifier of a database, agency, source, … */
export const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case: a-z, 0-9 and -');

/** Snake-case identifier of an indicator, gate, contradiction, … */
export const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be snake_case: a-z, 0-9 and _');

/** Parts of one as integers: 0.7 → 70 000. The exact unit in which state values are stored. */
export const PER_HUNDRED_THOUSAND = 100_000;

/** A value between 0 and 1 with at most five decimals, given as an exact integer per 100 000. */
export const unitValue = z
  .number()
  .min(0, 'must be between 0 and 1')
  .max(1, 'must be between 0 and 1')
  .refine(
    (v) => Math.abs(v * PER_HUNDRED_THOUSAND - Math.round(v * PER_HUNDRED_THOUSAND)) < 1e-6,
    'at most five decimals',
  )
  .transform((v) => Math.round(v * PER_HUNDRED_THOUSAND));

/** Semicolon-separated list in a CSV cell. */
export const cellList = z.string().transform((cell) =>
  cell
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

/** An empty CSV cell is null: unknown, not "". */
export const cellText = z.string().transform((cell) => (cell === '' ? null : cell));
export const cellDay = cellText.refine(
  (cell) => cell === null || isDay(cell),
  'not a date (write YYYY-MM-DD, a day that exists)',
);
/** A day in a column that a file may leave out. */
export const optionalDay = cellDay.prefault('');
export const cellDuration = cellText.refine(
  (cell) =>
    cell === null || /^P(?=\d|T\d)(\d{1,4}Y)?(\d{1,4}M)?(\d{1,4}W)?(\d{1,4}D)?(T(\d{1,4}H)?(\d{1,4}M)?)?$/.test(cell),
  'not an ISO 8601 duration (P1D, P1W, P1M, PT6H)',
);

/** How sure a fact of a registry is: A read in the text itself … K general knowledge, T tried out. */
export const strength = z.enum(['A', 'B', 'C', 'K', 'T']);

export const GRADES = ['E0', 'E1', 'E2', 'E3', 'E4'] as const;
export const SPEAKERS = ['owner', 'receiver', 'assessor', 'document', 'system'] as const;
export const grade = z.enum(GRADES);
export const speaker = z.enum(SPEAKERS);
