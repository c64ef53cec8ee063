/** Days and instants as the programme counts them: Asia/Ho_Chi_Minh, UTC+7 all year. */
import { BoundedMap } from './bounded-map.ts';
import { isDay } from './schema/parts.ts';

const OFFSET_MS = 7 * 3600 * 1000;

/** What a local clock shows at an instant: YYYY-MM-DDTHH:MM:SS. */
export function localClock(instant: Date): string {
  return new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 19);
}

/** The local calendar day (YYYY-MM-DD) of an instant. */
export function localDay(instant: Date): string {
  return localClock(instant).slice(0, 10);
}

/**
 * An instant from what a source wrote: a day (its first moment, local time) or an ISO 8601 time with offset.
 * Returns null where it is neither, or names a day that does not exist.
 */
export function parseInstant(text: string): Date | null {
  if (isDay(text)) return new Date(Date.parse(`${text}T00:00:00Z`) - OFFSET_MS);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
  if (!isDay(text.slice(0, 10))) return null;
  const date = new Date(text);
  // An offset may carry the last hours of the year 9999 into a year no timestamp of the store can hold.
  return Number.isNaN(date.getTime()) || !isDay(localDay(date)) ? null : date;
}

/** Days from `from` to `to` (both YYYY-MM-DD); negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The calendar day before a day (both YYYY-MM-DD). */
export function dayBefore(day: string): string {
  return dayPlus(day, -1);
}

/** The calendar day `n` days after a day (YYYY-MM-DD); before it where `n` is negative. */
export function dayPlus(day: string, n: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
}

/** An instant as DuckDB reads it: UTC, no offset. */
export function sqlTimestamp(instant: Date): string {
  const at = instant.getTime();
  const known = written.get(at);
  if (known !== undefined) return known;
  const text = instant.toISOString().replace('T', ' ').replace('Z', '');
  written.set(at, text);
  return text;
}

/** A night writes the same few instants for each of its facts. */
const written = new BoundedMap<number, string>(1_000);

/** The instant of a time as DuckDB gives it: "YYYY-MM-DD HH:MM:SS" in UTC. An Invalid Date where it is none. */
export function fromSqlTimestamp(text: string): Date {
  return new Date(`${text.slice(0, 19).replace(' ', 'T')}Z`);
}
