/** A sheet of somebody else's making, read as its mapping says: facts, and every cell that is none with the reason. */

import { Fault } from '../../../config/fault.ts';
import { columnLetters } from '../../../config/form/places.ts';
import type { Labels } from '../../../config/labels.ts';
import type { Config } from '../../../config/load.ts';
import type { Attributes } from '../../../config/schema/attributes.ts';
import type { ObservationStatement } from '../../contract.ts';
import type { Reader } from '../../document/extract.ts';
import type { Found, Rejected } from '../../document/extraction.ts';
import { observeStatus } from '../../document/facts/observe.ts';
import { cellAt } from '../../document/model.ts';
import { type Params, shown, usable } from '../cells/parsed.ts';
import { plainWord, type Word } from '../cells/word-cell.ts';
import { columnNumber } from '../workbook/address.ts';
import { cellOf, type Sheet, type SheetCell, type Workbook } from '../workbook/model.ts';
import { type MappedContext, readMapped } from './mapped-cell.ts';
import type { MappedColumn, Mapping } from './mapping.ts';

export interface MappedReader {
  config: Pick<Config, 'databases' | 'agencies' | 'attributes' | 'criteria'>;
  labels: Labels;
  documents: Reader;
}

export interface MappedReading {
  observations: Found<ObservationStatement>[];
  rejections: Rejected[];
}

interface PlacedMapping extends Mapping {
  at: { column: MappedColumn; number: number }[];
  name: number | null;
}

/** Cells of which there is a value. */
interface Row {
  row: number;
  database: string;
  agency: string | null;
}

/** The sheet a mapping means, or null. */
export function sheetFor(workbook: Workbook, { sheet }: Pick<Mapping, 'sheet'>): Sheet | null {
  const visible = workbook.sheets.filter((one) => !one.hidden);
  if (sheet === undefined) return visible[0] ?? null;
  const parts = sheet.normalize('NFC').toLowerCase().split('*').map(escaped);
  const fits = new RegExp(`^${parts.join('.*')}$`, 's');
  return visible.find(({ name }) => fits.test(name.toLowerCase())) ?? null;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** @throws Fault `source/mapping` where a column of the mapping is not in the sheet */
export function readMappedSheet(
  workbook: Workbook,
  sheet: Sheet,
  mapping: Mapping,
  reader: MappedReader,
  given: { document: string; asOf: string },
): MappedReading {
  const reading: MappedReading = { observations: [], rejections: [] };
  const placed = place(sheet, mapping, reader.config.attributes);
  const context = mappedContext(workbook, reader, given.asOf);
  const last = mapping.last_row ?? Number.POSITIVE_INFINITY;
  for (const [row, cells] of sheet.rows) {
    if (row <= mapping.header_row || row > last) continue;
    if (!placed.at.some(({ number }) => usable(cells.get(number) ?? null) !== null)) continue;
    const found = databaseOf(sheet, row, placed, reader, reading);
    if (found === null) continue;
    for (const { column, number } of placed.at) {
      const cell = cellOf(sheet, row, number);
      if (column.status_text === true) prose(sheet, found, cell, number, reader, given, reading);
      else fact(sheet, found, cell, number, column, context, reader, given.document, reading);
    }
  }
  return reading;
}

export function mappedContext(
  workbook: Workbook,
  { config, labels, documents }: MappedReader,
  asOf: string,
): MappedContext {
  const scales = new Map<string, Word[]>();
  return {
    words(scale) {
      let words = scales.get(scale);
      if (words === undefined) {
        const group = scale === 'criterion' ? ['criterion_states'] : ['scales', scale];
        const states = config.attributes.scales[scale] ?? [];
        const named = Object.entries(labels.group(...group)).map(([id, word]) => ({ id, word }));
        words = [...named.filter(({ id }) => states.includes(id)), ...states.map((id) => ({ id, word: id }))];
        scales.set(scale, words);
      }
      return words;
    },
    units: documents.units,
    from1904: workbook.from1904,
    asOf,
  };
}

function place(sheet: Sheet, mapping: Mapping, attributes: Attributes): PlacedMapping {
  const titles = new Map<string, number>();
  for (const [column, cell] of sheet.rows.get(mapping.header_row) ?? []) {
    const title = plainWord(cell.text);
    if (title !== '' && !titles.has(title)) titles.set(title, column);
  }
  const numberOf = (name: string): number => {
    const number = columnNumber(name.trim().toUpperCase()) ?? titles.get(plainWord(name));
    if (number !== undefined && number !== null) return number;
    throw mappingFault(`sheet ${sheet.name} has no column "${name.slice(0, 80)}" in row ${mapping.header_row}`);
  };
  const at = mapping.columns.map((column) => {
    if (column.attribute !== undefined && !Object.hasOwn(attributes.attributes, column.attribute))
      throw mappingFault(`attribute "${column.attribute}" is not in the vocabulary`);
    return { column, number: numberOf(column.column) };
  });
  return { ...mapping, at, name: mapping.database === undefined ? null : numberOf(mapping.database) };
}

function mappingFault(message: string): Fault {
  return new Fault('source/mapping', message, {
    hint: 'correct `mapping`; csdl extract FILE --suggest-mapping shows what the sheet has',
  });
}

function databaseOf(
  sheet: Sheet,
  row: number,
  mapping: PlacedMapping,
  { config, documents }: MappedReader,
  reading: MappedReading,
): Row | null {
  const owner = (id: string): string | null => documents.names.ownerOf(id);
  if (mapping.name === null) {
    const id = mapping.database_id;
    return id === undefined ? null : { row, database: id, agency: owner(id) };
  }
  const cell = cellOf(sheet, row, mapping.name) ?? mergedAbove(sheet, row, mapping.name);
  const text = cell?.text ?? '';
  if (text === '') {
    reject(reading, sheet, row, mapping.name, 'no_database', cell);
    return null;
  }
  const byId = config.databases.find(({ database_id: id }) => id === text);
  const id =
    byId?.database_id ?? (text.length > 1_000 ? null : documents.names.databases.resolve(text, mapping.agency).id);
  if (id === null) reject(reading, sheet, row, mapping.name, 'unknown_database', cell);
  else if (mapping.agency !== undefined && owner(id) !== mapping.agency)
    reject(reading, sheet, row, mapping.name, 'other_agency', cell, { agency: owner(id) ?? '' });
  else return { row, database: id, agency: owner(id) };
  return null;
}

/** A cell merged over several rows stands in the first of them. */
function mergedAbove(sheet: Sheet, row: number, column: number): SheetCell | null {
  const range = sheet.merged.find(
    ({ top, bottom, left, right }) => top < row && row <= bottom && left <= column && column <= right,
  );
  return range === undefined ? null : cellOf(sheet, range.top, range.left);
}

function fact(
  sheet: Sheet,
  at: Row,
  cell: SheetCell | null,
  number: number,
  column: MappedColumn,
  context: MappedContext,
  { config }: MappedReader,
  document: string,
  reading: MappedReading,
): void {
  const attribute = column.attribute ?? '';
  const definition = config.attributes.attributes[attribute];
  const value = definition === undefined ? null : readMapped(cell, column, definition, context);
  if (value === null) return;
  if (!value.ok) {
    reject(reading, sheet, at.row, number, value.code, cell, value.params);
    return;
  }
  const { stage, role, target } = column;
  reading.observations.push({
    statement: {
      type: 'observation',
      document,
      subject_type: 'database',
      subject_id: at.database,
      attribute,
      modality: 'done',
      extent: 'whole',
      shared_n: 1,
      flags: {},
      ...(column.unit === undefined || definition?.type === 'state' ? {} : { unit: column.unit }),
      ...(stage === undefined ? {} : { stage }),
      ...(role === undefined ? {} : { role }),
      ...(target === undefined ? {} : { target }),
      ...value.value,
      evidence: locator(sheet, at.row, number),
    },
    confidence: 1,
  });
}

/** Prose goes through the rules for status texts; its facts carry how sure these are. */
function prose(
  sheet: Sheet,
  at: Row,
  cell: SheetCell | null,
  number: number,
  { documents }: MappedReader,
  given: { document: string; asOf: string },
  reading: MappedReading,
): void {
  const found = usable(cell);
  if (found === null) return;
  if (!found.ok) {
    reject(reading, sheet, at.row, number, found.code, cell, found.params);
    return;
  }
  const observed = observeStatus(
    {
      cell: cellAt(found.value.text, { line: at.row }),
      agency: at.agency,
      database_ids: [at.database],
      task_no: 0,
      shared_n: 1,
      table: sheet.name,
      row: at.row,
      column: 'tinh_hinh',
    },
    { ...documents, document: given.document, stated: given.asOf },
  );
  const where = locator(sheet, at.row, number);
  for (const { statement, ...rest } of observed.observations) {
    const { quote } = statement.evidence;
    reading.observations.push({
      ...rest,
      statement: { ...statement, evidence: { ...where, ...(quote === undefined ? {} : { quote }) } },
    });
  }
  for (const rejection of observed.rejections) reading.rejections.push({ ...rejection, evidence: where });
}

function locator(sheet: Sheet, row: number, column: number) {
  return { table: sheet.name, row, column: `${columnLetters(column)}${row}` };
}

function reject(
  reading: MappedReading,
  sheet: Sheet,
  row: number,
  column: number,
  code: string,
  cell: SheetCell | null,
  params: Params = {},
): void {
  const said = Object.entries(params).map(([key, value]) => `${key} ${value}`);
  reading.rejections.push({
    code: `cell/${code}`,
    message: `cell ${columnLetters(column)}${row}: ${code.replaceAll('_', ' ')}${said.length === 0 ? '' : ` (${said.join(', ')})`}`,
    raw: shown(cell),
    evidence: locator(sheet, row, column),
  });
}
