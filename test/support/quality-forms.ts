/** Every form a dialect has a cheap way for, with what JavaScript says of the same text; shared by the engines' suites. */

import type { DateFormat } from '../../scoring/quality/check.ts';
import { DAY_PATTERNS } from '../../scoring/quality/days.ts';
import type { Dialect } from '../../scoring/quality/dialects/dialect.ts';

interface Form {
  readonly name: string;
  sql(dialect: Dialect, text: string): string;
  reference(text: string): unknown;
}

const count = (text: string): number => Array.from(text).length;

/** A day of the calendar by JavaScript's own arithmetic, not by the pattern under test. */
export function dayOf(text: string, format: DateFormat): string | null {
  const shape = {
    iso: /^(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})$/,
    compact: /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/,
    vietnamese_padded: /^(?<d>\d{2})\/(?<m>\d{2})\/(?<y>\d{4})$/,
    vietnamese: /^(?<d>\d{1,2})\/(?<m>\d{1,2})\/(?<y>\d{4})$/,
  }[format];
  const parts = shape.exec(text)?.groups;
  if (parts === undefined) return null;
  const [year, month, day] = [Number(parts.y), Number(parts.m), Number(parts.d)];
  if (year === 0 || month === 0 || day === 0) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
}

const formats = Object.keys(DAY_PATTERNS) as DateFormat[];

export const FORMS: readonly Form[] = [
  { name: 'blank', sql: (d, x) => d.isBlank(x), reference: (text) => /^\s*$/u.test(text) },
  { name: 'nfc', sql: (d, x) => d.isNfc(x), reference: (text) => text.normalize('NFC') === text },
  ...[
    [undefined, 12],
    [12, 12],
    [1, undefined],
    [3, 40],
    [0, 0],
  ].map(
    ([min, max]): Form => ({
      name: `length ${min} ${max}`,
      sql: (d, x) => d.lengthBetween(x, min, max),
      reference: (text) => (min === undefined || count(text) >= min) && (max === undefined || count(text) <= max),
    }),
  ),
  {
    name: 'one of',
    sql: (d, x) => d.isOneOf(x, ['0', "'", 'Đ', 'ệ', '', '\\', '12', 'true', 'a', 'z']),
    reference: (text) => ['0', "'", 'Đ', 'ệ', '', '\\', '12', 'true', 'a', 'z'].includes(text),
  },
  {
    name: 'has character',
    sql: (d, x) =>
      d.hasCharacter(x, [
        ['\u0300', '\u036f'],
        ['Ð', 'Ð'],
        ['\u200b', '\u200f'],
      ]),
    reference: (text) => /[\u0300-\u036fÐ\u200b-\u200f]/u.test(text),
  },
  {
    name: 'number',
    sql: (d, x) => d.number(x),
    reference: (text) => (/^[0-9]{1,18}$/.test(text) ? String(BigInt(text)) : null),
  },
  {
    name: 'decimal above one and a half',
    sql: (d, x) => `coalesce(${d.decimalOf(x)} > 1.5, FALSE)`,
    reference: (text) => /^[+-]?[0-9]{1,18}(\.[0-9]{1,18})?$/.test(text) && Number(text) > 1.5,
  },
  {
    name: 'slice',
    sql: (d, x) => `(${d.slice(x, 2, 2)} = '12')`,
    reference: (text) => Array.from(text).slice(1, 3).join('') === '12',
  },
  ...formats.flatMap((format): Form[] => [
    { name: `is day ${format}`, sql: (d, x) => d.isDay(x, format), reference: (text) => dayOf(text, format) !== null },
    { name: `day ${format}`, sql: (d, x) => d.day(x, format), reference: (text) => dayOf(text, format) },
    {
      name: `day within ${format}`,
      sql: (d, x) =>
        d.dayWithin(x, format, [
          ['>=', '1000-02-28'],
          ['<', '2024-02-29'],
        ]),
      reference: (text) => {
        const day = dayOf(text, format);
        return day !== null && day >= '1000-02-28' && day < '2024-02-29';
      },
    },
    {
      name: `year ${format}`,
      sql: (d, x) => d.year(d.day(x, format)),
      reference: (text) => {
        const day = dayOf(text, format);
        return day === null ? null : String(Number(day.slice(0, 4)));
      },
    },
  ]),
];

export const PATTERNS: readonly string[] = [
  '^[0-9]{12}$',
  '^\\d+$',
  '[0-9]{2}',
  '^0[35789][0-9]{8}$',
  '^.$',
  '.{3}',
  '\\s',
  '\\S',
  '^\\w+$',
  '\\W',
  '^\\p{Lu}\\p{L}*$',
  '\\p{Nd}',
  '\\P{L}',
  '^(a|e|12)*$',
  'a|^1',
  '(?:1|2)$',
  '^$',
  '',
  '[^0-9]',
  '[^\\n]$',
  '\\n$',
  '\\/',
  '^[A-Za-z_]{1,3}',
  '[\\u0300-\\u036f]',
  '\\u{1F600}',
  '^[\\-+]?[0-9]+(\\.[0-9]+)?([eE][\\-+]?[0-9]+)?$',
  '[\'"\\\\]',
  '\\[|\\]|\\*|\\?|%',
  '^(?<day>[0-9]{1,2})/(?<month>[0-9]{1,2})/[0-9]{4}$',
  '^1',
  '^[0-9][0-9]',
  '^\\+',
  '^\\S.*\\S$',
  '^\\p{L}[^0-9]*$',
  '^[^\\n]*[0-9]$',
  '^[^0-9]*$',
  '[.,]',
  'x{300}',
];

export function reference(pattern: string, whole: boolean, text: string): boolean {
  return new RegExp(whole ? `^(?:${pattern})$` : pattern, 'u').test(text);
}
