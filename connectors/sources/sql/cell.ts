/**
 * One cell of an answer as the part of a fact it stands for. What is not plainly that is refused, and no word of the
 * refusal repeats the cell: a row may hold anything, names of people included.
 */
import type { AttributeDefinition } from '../../../config/schema/attributes.ts';
import { isDay } from '../../../config/schema/parts.ts';
import { localDay, parseInstant } from '../../../config/time.ts';
import type { Column } from './answer.ts';

/** Why a fact of a query is refused. */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'Refused';
    this.code = code;
  }
}

export interface Cell {
  column: Column;
  value: string | null;
}

const named = (cell: Cell): string => `column ${cell.column.name}`;

function present(cell: Cell): string {
  if (cell.value === null)
    throw new Refused('sql/no-answer', `${named(cell)} is NULL: that is no answer, and not zero either`);
  return cell.value;
}

/** A count: whole, not negative, exact. */
export function count(cell: Cell): number {
  const text = present(cell);
  if (cell.column.kind === 'text')
    throw new Refused(
      'sql/number-as-text',
      `${named(cell)} is text: 1.041 may be one or a thousand; cast it in the query`,
    );
  if (cell.column.kind !== 'number')
    throw new Refused('sql/wrong-type', `${named(cell)} is a ${cell.column.kind}, not a number`);
  // Numbers of a floating type are written with an exponent when they are large.
  const value = /^-?\d+(?:\.0*)?$/.test(text) ? text.replace(/\.0*$/, '') : null;
  const number = value === null ? Number(text) : Number(value);
  if (Number.isNaN(number)) throw new Refused('sql/wrong-type', `${named(cell)} is no number`);
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER)
    throw new Refused('sql/too-large', `${named(cell)} is larger than 2^53 and could not be kept exactly`);
  if (!Number.isInteger(number)) throw new Refused('sql/not-whole', `${named(cell)} is not a whole number; a count is`);
  if (number < 0) throw new Refused('sql/negative', `${named(cell)} is negative; a count is not`);
  return number;
}

/** A day (YYYY-MM-DD) or an instant with offset, as it was given. */
export function time(cell: Cell, now: Date): string {
  const text = present(cell);
  if (cell.column.kind === 'local-time')
    throw new Refused(
      'sql/time-without-zone',
      `${named(cell)} is a time without a zone; write column AT TIME ZONE 'Asia/Ho_Chi_Minh' in the query`,
    );
  const instant = ['day', 'instant', 'text'].includes(cell.column.kind) ? parseInstant(text) : null;
  if (instant === null)
    throw new Refused('sql/not-a-time', `${named(cell)} is neither a day (YYYY-MM-DD) nor a time with offset`);
  if (instant.getTime() > now.getTime() + CLOCKS_APART_MS)
    throw new Refused('sql/future-time', `${named(cell)} lies after the moment at which it was asked`);
  return text;
}
const CLOCKS_APART_MS = 5 * 60_000;

/** A state of the scale, directly or by the operator's own list of words. */
export function state(
  cell: Cell,
  definition: AttributeDefinition,
  scale: readonly string[],
  words: Readonly<Record<string, string>>,
): string {
  const text = present(cell);
  const word = Object.hasOwn(words, text) ? words[text] : undefined;
  if (word !== undefined) return word;
  if (definition.scale !== undefined && scale.includes(text)) return text;
  throw new Refused(
    'sql/unknown-word',
    definition.scale === undefined
      ? `${named(cell)} holds a text that \`words\` does not name; free text is not taken from a row`
      : `${named(cell)} holds neither a state of scale ${definition.scale} nor a text that \`words\` names`,
  );
}

/** A flag by the type the attribute declares for it; NULL says nothing and is left out. */
export function flag(
  cell: Cell,
  type: AttributeDefinition['flags'][string],
  holders: readonly string[],
): string | number | boolean | undefined {
  const { column, value } = cell;
  if (value === null) return undefined;
  switch (type) {
    case 'integer':
      return count(cell);
    case 'boolean':
      if (column.kind === 'boolean') return value === 'true';
      break;
    case 'date':
      return dayOf(cell, value);
    case 'holder':
      if (holders.includes(value)) return value;
      break;
    default:
      throw new Refused(
        'sql/free-text',
        `${named(cell)} would be free text, which is not taken from a row; give {literal: …}`,
      );
  }
  throw new Refused('sql/wrong-type', `${named(cell)} is not a ${type}`);
}

function dayOf(cell: Cell, text: string): string {
  if (cell.column.kind === 'instant') {
    const instant = parseInstant(text);
    if (instant !== null) return localDay(instant);
  } else if (cell.column.kind !== 'local-time' && isDay(text)) return text;
  throw new Refused('sql/wrong-type', `${named(cell)} is neither a day nor a time with offset`);
}
