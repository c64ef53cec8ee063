/**
 * One value of a result, as the page keeps it: nothing of Arrow leaves this file. Rule: what is shown follows
 * Vietnamese writing, what is saved follows ISO; both come from the same value.
 */

/** What is asked of a field of Arrow; numbers of types are those of its format (Schema.fbs). */
export interface ArrowField {
  name: string;
  type: { typeId: number; scale?: number };
}
const ARROW = { int: 2, float: 3, bool: 6, decimal: 7, date: 8, time: 9, timestamp: 10, interval: 11 } as const;

export type ColumnKind = 'number' | 'day' | 'time' | 'truth' | 'text';
export type Cell = string | number | bigint | boolean | null;

export interface Column {
  name: string;
  kind: ColumnKind;
}

/** Reads one value of a column as a cell. */
export type CellReader = (value: unknown) => Cell;

const DAY_MS = 86_400_000;

export function readColumn({ name, type }: ArrowField): { column: Column; read: CellReader } {
  const as = (kind: ColumnKind, read: CellReader) => ({ column: { name, kind }, read: orNull(read) });
  switch (type.typeId) {
    case ARROW.bool:
      return as('truth', Boolean);
    case ARROW.int:
    case ARROW.float:
      return as('number', (value) => value as number | bigint);
    case ARROW.decimal:
      return as('number', (value) => decimalText(value, type.scale ?? 0));
    case ARROW.date:
      return as('day', (value) => isoDay(milliseconds(value)));
    case ARROW.timestamp:
      return as('time', (value) => isoTime(milliseconds(value)));
    case ARROW.time:
      return as('text', (value) => isoTime(Number(value) / 1000).slice(11, -1));
    case ARROW.interval:
      // What comes across has lost months and days: say what helps rather than something wrong.
      return as('text', () => '::VARCHAR');
    default:
      return as('text', textOf);
  }
}

function orNull(read: CellReader): CellReader {
  return (value) => (value === null || value === undefined ? null : read(value));
}

const milliseconds = (value: unknown): number => (value instanceof Date ? value.getTime() : Number(value));
const isoDay = (ms: number): string => new Date(Math.floor(ms / DAY_MS) * DAY_MS).toISOString().slice(0, 10);
const isoTime = (ms: number): string => new Date(ms).toISOString().replace(/(\.000)?Z$/, 'Z');

/** A DECIMAL comes as a whole number of its smallest unit; small ones become numbers, the rest stays exact as text. */
function decimalText(value: unknown, scale: number): Cell {
  const whole = String(value);
  const digits = whole.replace(/^-/, '').padStart(scale + 1, '0');
  const sign = whole.startsWith('-') ? '-' : '';
  const text = `${sign}${digits.slice(0, digits.length - scale)}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`;
  return digits.length <= 15 ? Number(text) : text;
}

/** Lists, structures and whatever else SQL may give, in one line. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return [...value].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (typeof value !== 'object') return String(value);
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));
}
