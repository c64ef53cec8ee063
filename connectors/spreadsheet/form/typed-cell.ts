/** What stands in one cell of the form → a value as its column wants it, or a refusal. */
import type { FormColumn } from '../../../config/form/columns.ts';
import { buildForm, type Form } from '../../../config/form/form.ts';
import type { FormConfig, ListEntry } from '../../../config/form/lists.ts';
import type { FormValue } from '../../../config/form/reading.ts';
import { viDate } from '../../../config/format.ts';
import type { Labels } from '../../../config/labels.ts';
import { nearest } from '../../../config/nearest.ts';
import { knownUnits } from '../../document/facts/vocabulary.ts';
import { type Names, readNames } from '../../document/names/names.ts';
import { parseDayCell } from '../cells/date-cell.ts';
import { parseRatio, type TypedNumber, wholeNumber } from '../cells/number-cell.ts';
import { accepted, type Parsed, type ParsedCell, refused, shown, usable } from '../cells/parsed.ts';
import { parseUnit } from '../cells/unit-cell.ts';
import { matchWord } from '../cells/word-cell.ts';
import type { SheetCell } from '../workbook/model.ts';

/** What reading forms needs of the configuration, worked out once for many forms. */
export interface FormReader {
  config: FormConfig;
  labels: Labels;
  names: Names;
  units: readonly (readonly [string, string])[];
}

export function formReader(config: FormConfig, labels: Labels): FormReader {
  return { config, labels, names: readNames(config), units: knownUnits(config.attributes) };
}

/** One form being read. */
export interface FormContext extends FormReader {
  form: Form;
  from1904: boolean;
}

export function formContext(
  reader: FormReader,
  wanted: { agencyId: string; period: string },
  from1904: boolean,
): FormContext {
  return { ...reader, form: buildForm(reader.config, reader.labels, wanted), from1904 };
}

/** A value, and of a number what was typed around it. */
export interface Typed {
  value: FormValue;
  number?: TypedNumber;
}

/** Days that may lie ahead: what is asked for, not what was done. */
const AHEAD = new Set(['asked_by']);
const LONGEST_WORD = 200;

export function readTyped(column: FormColumn, cell: SheetCell | null, context: FormContext): ParsedCell<Typed> {
  switch (column.kind) {
    case 'integer':
      return readInteger(column, cell, context);
    case 'date': {
      const latest = AHEAD.has(column.key) ? undefined : context.form.period;
      const day = parseDayCell(cell, { latest, from1904: context.from1904 });
      return map(day, (found) => ({ value: { kind: 'date', day: found } }));
    }
    case 'list':
      return column.list === 'database' ? readDatabase(cell, context) : readWord(column, cell, context);
    case 'text':
      return readText(cell, column.length ?? LONGEST_WORD);
    default:
      return null;
  }
}

function map<A, B>(found: ParsedCell<A>, make: (value: A) => B): ParsedCell<B> {
  return found === null || !found.ok ? found : accepted(make(found.value));
}

/** Words around a number are for the columns beside it; only that of the records is read with them. */
function readInteger(column: FormColumn, cell: SheetCell | null, context: FormContext): ParsedCell<Typed> {
  const criteria = context.form.criteria.length;
  const ratio = column.max === 'criteria' && cell?.kind === 'text' ? parseRatio(cell.text) : null;
  // "13/19" is how the total is spoken of.
  if (ratio !== null && ratio.whole === criteria && ratio.part <= criteria && cell?.formula === undefined)
    return accepted({ value: { kind: 'number', number: ratio.part } });
  const max = column.max === 'criteria' ? criteria : (column.max ?? Number.MAX_SAFE_INTEGER);
  const found = wholeNumber(cell, max);
  if (found?.ok === true && found.value.rest !== '' && column.key !== 'records')
    return refused('not_a_number', { raw: shown(cell) });
  return map(found, (number) => ({ value: { kind: 'number', number: number.value }, number }));
}

function readText(cell: SheetCell | null, longest: number): ParsedCell<Typed> {
  const found = usable(cell);
  if (found === null || !found.ok) return found;
  const { kind, text } = found.value;
  const line = (kind === 'date' ? viDate(text) : text).replace(/\s+/g, ' ').trim();
  return line.length > longest
    ? refused('too_long', { n: line.length, max: longest })
    : accepted({ value: { kind: 'text', text: line } });
}

function readWord(column: FormColumn, cell: SheetCell | null, context: FormContext): ParsedCell<Typed> {
  const found = usable(cell);
  if (found === null || !found.ok) return found;
  const list = column.list === undefined ? [] : context.form.lists[column.list];
  const { text, kind } = found.value;
  const entry = kind === 'text' ? matchWord(text, list) : null;
  if (entry !== null) return accepted({ value: { kind: 'state', id: entry.id } });
  if (column.open !== true || kind !== 'text') return unknownWord(found.value, list, context);
  if (column.list === 'unit')
    return map(parseUnit(text, context.units), (unit) => ({ value: { kind: 'text', text: unit } }));
  return readText(cell, LONGEST_WORD);
}

function unknownWord(cell: SheetCell, list: readonly ListEntry[], context: FormContext): Parsed<never> {
  return refused('unknown_word', { raw: shown(cell), nearest: nearestWord(cell.text, list, context.labels) });
}

function nearestWord(text: string, list: readonly ListEntry[], labels: Labels): string {
  const near =
    text.length > 120
      ? null
      : nearest(
          text,
          list.map((entry) => entry.word),
        );
  return near === null ? '' : labels.format(['form', 'nearest'], { word: near });
}

function readDatabase(cell: SheetCell | null, context: FormContext): ParsedCell<Typed> {
  const found = usable(cell);
  if (found === null || !found.ok) return found;
  const { agency_id: agencyId } = context.form.agency;
  const { text } = found.value;
  const list = context.form.lists.database;
  const own =
    matchWord(text, list) ??
    matchWord(
      text,
      context.form.databases.map(({ id, name }) => ({ id, word: name })),
    );
  if (own !== null) return accepted({ value: { kind: 'state', id: own.id } });
  const id = text.length > 400 ? null : context.names.databases.resolve(text, agencyId).id;
  if (id !== null && list.some((entry) => entry.id === id)) return accepted({ value: { kind: 'state', id } });
  return databaseRefusal(id, shown(found.value), text, context);
}

/** A database that is not on the form: another agency's, or none of the catalogue. */
export function databaseRefusal(id: string | null, raw: string, text: string, context: FormContext): Parsed<never> {
  const owner = id === null ? null : context.names.ownerOf(id);
  const agency = context.config.agencies.find((one) => one.agency_id === owner);
  if (agency !== undefined && owner !== context.form.agency.agency_id)
    return refused('other_agency', { raw, agency: agency.name });
  return refused('unknown_database', { raw, nearest: nearestWord(text, context.form.lists.database, context.labels) });
}
