/**
 * Timestamps and times of day. Where the data keep them as such, the engine has seen to their form; where they are text, a
 * pattern decides. Which of the two it is, is known only when the data are opened.
 */
import type { Check, ColumnType } from '../check.ts';
import { DAY_PATTERNS } from '../days.ts';

const CLOCK = '(?:[01][0-9]|2[0-3]):[0-5][0-9]';
const SECONDS = ':[0-5][0-9](?:\\.[0-9]{1,9})?';
const ZONE = '(?:Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])?';
const day = (format: keyof typeof DAY_PATTERNS): string => `(?:${DAY_PATTERNS[format]})`;

/** Without a format: ISO 8601, a blank for the T allowed. */
export const TIMESTAMP = `${day('iso')}[T ]${CLOCK}(?:${SECONDS})?${ZONE}`;
export const TIME = `${CLOCK}(?:${SECONDS})?${ZONE}`;

/** Formats of JDK DateTimeFormatter that a pattern can decide. */
export const MOMENT_FORMATS: Readonly<Record<string, string>> = {
  'yyyy-MM-dd HH:mm:ss': `${day('iso')} ${CLOCK}:[0-5][0-9]`,
  "yyyy-MM-dd'T'HH:mm:ss": `${day('iso')}T${CLOCK}:[0-5][0-9]`,
  'yyyy-MM-dd HH:mm': `${day('iso')} ${CLOCK}`,
  'dd/MM/yyyy HH:mm:ss': `${day('vietnamese_padded')} ${CLOCK}:[0-5][0-9]`,
  'dd/MM/yyyy HH:mm': `${day('vietnamese_padded')} ${CLOCK}`,
  'HH:mm:ss': `${CLOCK}:[0-5][0-9]`,
  'HH:mm': CLOCK,
};

/** The metric under which such a check stands in a contract. */
export const MOMENT_METRIC = 'logicalType';

/** The check as it is to be asked of a column of this type: a pattern is asked of text only. */
export function settled(check: Check, declared: ColumnType | undefined, found: ColumnType | undefined): Check {
  const { test, metric } = check;
  if (metric !== MOMENT_METRIC || test.kind !== 'pattern' || found === undefined || found === 'text') return check;
  // Every value there is one; anything else than a moment or a time is none.
  const isOne = declared === 'time' ? found === 'time' : found === 'timestamp';
  if (isOne) return { ...check, test: { kind: 'requires', column: test.column, needs: test.column } };
  return { ...check, test: { kind: 'type', column: test.column, type: 'boolean' } };
}
