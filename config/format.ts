/** Numbers and dates as administrative Vietnamese writes them. One place, used by findings, reports and the terminal. */

const whole = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('vi-VN', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** 1041000 → "1.041.000". */
export function viNumber(n: number): string {
  return whole.format(n);
}

/** 33.2 → "33,2"; whole points without a decimal: 40 → "40". */
export function viPoints(n: number): string {
  return Number.isInteger(n) ? whole.format(n) : tenth.format(n);
}

/** 975 of 1 000 → "97,5%"; rounded down, so that only all is "100%". `whole` is above 0. */
export function viPercent(part: number, whole: number): string {
  return `${viPoints(Math.floor((part * 1000) / whole) / 10)}%`;
}

/** Counts below ten are written with two digits in running text: "05 cơ quan". */
export function viCount(n: number): string {
  return n >= 1 && n < 10 ? `0${n}` : whole.format(n);
}

/** 2026-06-29 → "29/6/2026". */
export function viDate(day: string): string {
  const [year, month, date] = day.slice(0, 10).split('-').map(Number);
  return `${date}/${month}/${year}`;
}

/** 2026-06-29 → "29/06/2026", for tables in the form of the Văn phòng Chính phủ. */
export function viDatePadded(day: string): string {
  const [year, month, date] = day.slice(0, 10).split('-');
  return `${date}/${month}/${year}`;
}

/** 2026-01-05 → "ngày 05 tháng 01 năm 2026": zero before days below 10 and before months 1 and 2 only. */
export function viDateLong(day: string): string {
  const [year, month, date] = day.slice(0, 10).split('-').map(Number);
  const d = (date ?? 0) < 10 ? `0${date}` : String(date);
  const m = (month ?? 0) <= 2 ? `0${month}` : String(month);
  return `ngày ${d} tháng ${m} năm ${year}`;
}

const million = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 2 });

/** A large amount in words: 4 800 000 → "4,8 triệu"; below 100 000 in full. */
export function viAmount(n: number): string {
  // Compared after rounding, so that 999 999 999 is not "1.000 triệu".
  if (Math.round(n / 10_000) >= 100_000) return `${million.format(n / 1_000_000_000)} tỷ`;
  if (n >= 1_000_000) return `${million.format(n / 1_000_000)} triệu`;
  return viNumber(n);
}
