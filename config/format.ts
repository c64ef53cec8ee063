/**
 * Numbers and dates as a language writes them. Rule: pages ask `labels.written`, so that a page speaks one language;
 * what is Vietnamese whatever the page (findings, the form, the official report) asks the functions named `vi…`.
 */

import { BoundedMap } from './bounded-map.ts';

/** How a language writes what the program counts and dates; every function gives text to be read, never to be parsed. */
export interface Written {
  /** 1041000 → "1.041.000" or "1,041,000". */
  number(n: number): string;
  /** A count in running text, below ten with two digits where the language does that: "05 cơ quan", "5 agencies". */
  count(n: number): string;
  /** Points of a score with at most one decimal: "33,2", "33.2"; whole ones without: "40". */
  points(n: number): string;
  /** Part of a whole above 0, rounded down, so that only all is "100%". */
  percent(part: number, whole: number): string;
  /** A large amount in words: "4,8 triệu", "4.8 million"; a smaller one in full. */
  amount(n: number): string;
  /** A day (YYYY-MM-DD, or longer): "29/6/2026", "29 June 2026". */
  date(day: string): string;
  /** A day in a table: "29/06/2026", "29 June 2026". */
  datePadded(day: string): string;
  /** A day in a sentence of its own: "ngày 29 tháng 6 năm 2026", "29 June 2026". */
  dateLong(day: string): string;
  /** The month of a day: "6/2026", "June 2026". */
  month(day: string): string;
}

/** A format that keeps what it wrote last: the pages of a night print the same few thousand numbers a million times. */
function remembering(format: Intl.NumberFormat): (n: number) => string {
  const known = new BoundedMap<number, string>(5_000);
  return (n) => {
    const found = known.get(n);
    if (found !== undefined) return found;
    // A zero below nothing is the same key, and is printed as the other one.
    const text = format.format(n === 0 ? 0 : n);
    known.set(n, text);
    return text;
  };
}

const whole = remembering(new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 0 }));
const tenth = remembering(new Intl.NumberFormat('vi-VN', { minimumFractionDigits: 1, maximumFractionDigits: 1 }));

/** 1041000 → "1.041.000". */
export function viNumber(n: number): string {
  return whole(n);
}

/** 33.2 → "33,2"; whole points without a decimal: 40 → "40". */
export function viPoints(n: number): string {
  return Number.isInteger(n) ? whole(n) : tenth(n);
}

/** 975 of 1 000 → "97,5%"; rounded down, so that only all is "100%". `whole` is above 0. */
export function viPercent(part: number, whole: number): string {
  return `${viPoints(tenthsDown(part, whole))}%`;
}

/** Counts below ten are written with two digits in running text: "05 cơ quan". */
export function viCount(n: number): string {
  return n >= 1 && n < 10 ? `0${n}` : whole(n);
}

/** 2026-06-29 → "29/6/2026". */
export function viDate(day: string): string {
  const [year, month, date] = parts(day);
  return `${date}/${month}/${year}`;
}

/** 2026-06-29 → "29/06/2026", for tables in the form of the Văn phòng Chính phủ. */
export function viDatePadded(day: string): string {
  const [year, month, date] = day.slice(0, 10).split('-');
  return `${date}/${month}/${year}`;
}

/** 2026-01-05 → "ngày 05 tháng 01 năm 2026": zero before days below 10 and before months 1 and 2 only. */
export function viDateLong(day: string): string {
  const [year, month, date] = parts(day);
  const d = date < 10 ? `0${date}` : String(date);
  const m = month <= 2 ? `0${month}` : String(month);
  return `ngày ${d} tháng ${m} năm ${year}`;
}

const million = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 2 });

/** A large amount in words: 4 800 000 → "4,8 triệu"; below a million in full. */
export function viAmount(n: number): string {
  return inMillions(n, million, ' triệu', ' tỷ') ?? viNumber(n);
}

const VIETNAMESE: Written = {
  number: viNumber,
  count: viCount,
  points: viPoints,
  percent: viPercent,
  amount: viAmount,
  date: viDate,
  datePadded: viDatePadded,
  dateLong: viDateLong,
  month: (day) => {
    const [year, month] = parts(day);
    return `${month}/${year}`;
  },
};

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const enWhole = remembering(new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 }));
const enTenth = remembering(new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 }));
const enMillion = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

function enPoints(n: number): string {
  return Number.isInteger(n) ? enWhole(n) : enTenth(n);
}

function enMonth(day: string): string {
  const [year, month] = parts(day);
  return `${MONTHS[month - 1] ?? month} ${year}`;
}

function enDate(day: string): string {
  return `${parts(day)[2]} ${enMonth(day)}`;
}

const ENGLISH: Written = {
  number: (n) => enWhole(n),
  count: (n) => enWhole(n),
  points: enPoints,
  percent: (part, whole) => `${enPoints(tenthsDown(part, whole))}%`,
  amount: (n) => inMillions(n, enMillion, ' million', ' billion') ?? enWhole(n),
  date: enDate,
  datePadded: enDate,
  dateLong: enDate,
  month: enMonth,
};

/** How the language of a BCP 47 tag writes; Vietnamese for a tag that is not known. */
export function writtenIn(locale: string): Written {
  return locale.startsWith('en') ? ENGLISH : VIETNAMESE;
}

function parts(day: string): [year: number, month: number, date: number] {
  const [year = Number.NaN, month = Number.NaN, date = Number.NaN] = day.slice(0, 10).split('-').map(Number);
  return [year, month, date];
}

function tenthsDown(part: number, whole: number): number {
  return Math.floor((part * 1000) / whole) / 10;
}

/** Null below a million. Compared after rounding, so that 999 999 999 is not "1.000 triệu". */
function inMillions(n: number, form: Intl.NumberFormat, millions: string, billions: string): string | null {
  if (Math.round(n / 10_000) >= 100_000) return form.format(n / 1_000_000_000) + billions;
  return n >= 1_000_000 ? form.format(n / 1_000_000) + millions : null;
}
