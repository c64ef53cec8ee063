/** Reporting periods of the form: a week that ends at 14:00 on a Monday (local time). A period is named by that Monday. */
export const CUT_OFF_HOUR = 14;

/** The Monday on or after a day (YYYY-MM-DD): the cut-off of the week the day belongs to. */
export function periodOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + ((8 - date.getUTCDay()) % 7));
  return date.toISOString().slice(0, 10);
}

/** The cut-off before: seven days earlier. */
export function previousPeriod(period: string): string {
  return new Date(Date.parse(`${period}T00:00:00Z`) - 7 * 86_400_000).toISOString().slice(0, 10);
}

/** The moment of the cut-off. */
export function cutOffOf(period: string): string {
  return `${period}T${CUT_OFF_HOUR}:00:00+07:00`;
}
