/** Days as Excel counts them: 1 is 01/01/1900, or 0 is 01/01/1904 in workbooks that come from old Macs. */

const DAY_MS = 86_400_000;
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

/** YYYY-MM-DD of a serial (its time of day left out), or null where the calendar of Excel has no such day. */
export function dayOfSerial(serial: number, from1904: boolean): string | null {
  const day = Math.floor(serial);
  // Excel has a 29/02/1900 that never was (60), and counts what is before it one too low.
  if (!Number.isFinite(serial) || day < (from1904 ? 0 : 1) || (day === 60 && !from1904)) return null;
  const shifted = !from1904 && day < 60 ? day + 1 : day;
  const date = new Date((from1904 ? EPOCH_1904 : EPOCH_1900) + shifted * DAY_MS);
  const text = Number.isNaN(date.getTime()) ? '' : date.toISOString();
  return /^\d{4}-/.test(text) ? text.slice(0, 10) : null;
}

/** The serial of a day (YYYY-MM-DD) in the system of 1900. */
export function serialOfDay(day: string): number {
  const serial = Math.round((Date.parse(`${day}T00:00:00Z`) - EPOCH_1900) / DAY_MS);
  return serial <= 60 ? serial - 1 : serial;
}
