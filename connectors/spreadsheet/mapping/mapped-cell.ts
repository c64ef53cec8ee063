/** One cell of a mapped column → the value of a fact, or why it is none. */
import type { AttributeDefinition } from '../../../config/schema/attributes.ts';
import type { ObservationStatement } from '../../contract.ts';
import { interval } from '../../document/language/numbers.ts';
import { parseDayCell } from '../cells/date-cell.ts';
import { parseNumberCell, parseRatio } from '../cells/number-cell.ts';
import { accepted, type Parsed, type ParsedCell, refused, shown, usable } from '../cells/parsed.ts';
import { parseUnit } from '../cells/unit-cell.ts';
import { matchWord, type Word } from '../cells/word-cell.ts';
import type { SheetCell } from '../workbook/model.ts';
import type { MappedColumn } from './mapping.ts';

export type MappedValue = Partial<ObservationStatement>;

export interface MappedContext {
  /** Words for the states of a scale: those of the label file, and the states themselves. */
  words(scale: string): readonly Word[];
  units: readonly (readonly [string, string])[];
  from1904: boolean;
  /** Day of the figures: nothing is true later. */
  asOf: string;
}

export function readMapped(
  cell: SheetCell | null,
  column: MappedColumn,
  definition: AttributeDefinition,
  context: MappedContext,
): ParsedCell<MappedValue> {
  const found = usable(cell);
  if (found === null || !found.ok) return found;
  switch (definition.type) {
    case 'state':
      return stateOf(found.value, column, definition, context);
    case 'ratio':
      return ratioOf(found.value, column);
    case 'quantity':
      return quantityOf(found.value, column, context);
    case 'time': {
      const day = parseDayCell(found.value, { latest: context.asOf, from1904: context.from1904 });
      return day === null || !day.ok ? day : accepted({ value_time: day.value });
    }
    default: {
      const text = found.value.text.replace(/\s+/g, ' ').trim();
      return text.length > 500 ? refused('too_long', { n: text.length, max: 500 }) : accepted({ value_text: text });
    }
  }
}

function stateOf(
  cell: SheetCell,
  column: MappedColumn,
  definition: AttributeDefinition,
  context: MappedContext,
): Parsed<MappedValue> {
  const own = Object.entries(column.words).map(([word, id]) => ({ id, word }));
  const state = matchWord(cell.text, own) ?? matchWord(cell.text, context.words(definition.scale ?? ''));
  return state === null
    ? refused('unknown_word', { raw: shown(cell), nearest: '' })
    : accepted({ value_text: state.id });
}

function ratioOf(cell: SheetCell, column: MappedColumn): Parsed<MappedValue> {
  const written = cell.kind === 'text' ? parseRatio(cell.text) : null;
  if (written === null) {
    const number = parseNumberCell(cell);
    if (number === null || !number.ok) return number ?? refused('ratio_incomplete', {});
    if (column.total === undefined) return refused('ratio_incomplete', { raw: shown(cell) });
    return ratio(number.value.value, column.total, cell);
  }
  if (column.total !== undefined && column.total !== written.whole)
    return refused('ratio_over_one', { raw: shown(cell), total: column.total });
  return ratio(written.part, written.whole, cell);
}

function ratio(part: number, whole: number, cell: SheetCell): Parsed<MappedValue> {
  if (!Number.isInteger(part)) return refused('not_whole', { raw: shown(cell) });
  if (part < 0 || part > whole || whole === 0) return refused('ratio_over_one', { raw: shown(cell), total: whole });
  return accepted({ value_number: part, value_total: whole });
}

/** Records must say what they are: in the cell ("4,8 triệu hồ sơ") or in the mapping. */
function quantityOf(cell: SheetCell, column: MappedColumn, context: MappedContext): Parsed<MappedValue> {
  const found = parseNumberCell(cell);
  if (found === null || !found.ok) return found ?? refused('not_a_number', { raw: shown(cell) });
  const { value, factor, hedge, rest, percent } = found.value;
  if (percent === true || value < 0) return refused('not_a_number', { raw: shown(cell) });
  if (cell.kind === 'number' && !Number.isInteger(value)) return refused('not_whole', { raw: shown(cell) });
  const unit = parseUnit(rest === '' ? (column.unit ?? '') : rest, context.units);
  if (!unit.ok) return unit;
  const amount = interval(value, factor, hedge);
  return accepted({
    ...(amount.exact ? { value_number: value } : { value_low: amount.low, value_high: amount.high }),
    unit: unit.value,
    ...(hedge === undefined ? {} : { flags: { hedge } }),
  });
}
