/** Whether rows of sheets 3 to 5 say something that can be used, and something that is used. */
import { COLUMNS, STATUS_COLUMNS } from '../../../config/form/columns.ts';
import type { FormValue, StatusRow } from '../../../config/form/reading.ts';
import type { CellBook } from './cell-book.ts';
import type { CriterionCell, CriterionStates } from './criteria-sheet.ts';
import { type FormFile, type FormSheet, isAsGiven } from './form-file.ts';
import type { OpenRow } from './open-sheets.ts';
import type { FormContext } from './typed-cell.ts';

/** A row of evidence that is about something reported. */
export interface EvidenceRow extends OpenRow {
  database: string;
  /** `criterion.tc01` or an attribute. */
  topic: string;
}

/** States of a criterion that a document can prove or ask for. */
const PROVABLE = new Set(['met', 'in_progress', 'deferred', 'na_requested']);
/** Asked for on no other sheet. */
const OF_ITS_OWN = new Set(['security.level_approval']);

export function checkEvidence(
  sheet: FormSheet,
  rows: readonly OpenRow[],
  status: readonly StatusRow[],
  states: CriterionStates,
  book: CellBook,
  context: FormContext,
): EvidenceRow[] {
  const used: EvidenceRow[] = [];
  for (const { row, database, values } of rows) {
    const topic = values.topic?.kind === 'state' ? values.topic.id : null;
    if (database === null || book.isRefused(sheet, row, 'topic')) continue;
    const refuse = (column: string, code: Parameters<CellBook['refuse']>[4], params = {}): void =>
      book.refuse(sheet, row, column, database, code, params);
    const state = topic === null ? undefined : states.get(database)?.get(topic.replace(/^criterion\./, ''))?.state;
    const asksNotToApply = values.na_reason !== undefined;
    if (topic === null || !isReported(topic, database, status, states)) refuse('topic', 'evidence_supports_nothing');
    else if (asksNotToApply && state !== 'na_requested') refuse('na_reason', 'evidence_supports_nothing');
    else {
      const missing = asksNotToApply
        ? []
        : ['number', 'date', 'issuer'].filter((key) => values[key] === undefined && !book.isRefused(sheet, row, key));
      const [first] = missing;
      if (first !== undefined)
        refuse(first, 'evidence_incomplete', {
          missing: missing.map((key) => context.labels.text('form', 'columns', 'evidence', key)).join(', '),
        });
      else if (!COLUMNS.evidence.some(({ key }) => book.isRefused(sheet, row, key)))
        used.push({ row, database, topic, values });
    }
  }
  return used;
}

function isReported(topic: string, database: string, status: readonly StatusRow[], states: CriterionStates): boolean {
  if (OF_ITS_OWN.has(topic)) return true;
  if (topic.startsWith('criterion.'))
    return PROVABLE.has(states.get(database)?.get(topic.slice('criterion.'.length))?.state ?? '');
  const values = status.find((row) => row.database === database)?.values ?? {};
  return STATUS_COLUMNS.some(
    ({ key, attribute, part }) => attribute === topic && part === undefined && values[key] !== undefined,
  );
}

/**
 * A request that a criterion not be applied needs its reason; a refusal to connect needs its document. What was given out
 * filled in gave them when it was first said.
 */
export function checkClaims(
  file: FormFile,
  sheets: { status: FormSheet; criteria: FormSheet | null },
  status: readonly StatusRow[],
  states: CriterionStates,
  evidence: readonly EvidenceRow[],
  book: CellBook,
  context: FormContext,
): { status: StatusRow[]; states: CriterionStates } {
  const proven = (database: string, topic: string, column: string): boolean =>
    evidence.some((row) => row.database === database && row.topic === topic && row.values[column] !== undefined);
  const kept = new Map<string, Map<string, CriterionCell>>();
  for (const [database, own] of states) {
    const left = new Map(own);
    kept.set(database, left);
    if (sheets.criteria === null) continue;
    for (const [criterion, { state, row, stated }] of own) {
      if (!stated || state !== 'na_requested' || proven(database, `criterion.${criterion}`, 'na_reason')) continue;
      if (isAsGiven(file, sheets.criteria, row, database) === true) continue;
      left.delete(criterion);
      book.refuse(sheets.criteria, row, database, database, 'reason_missing');
    }
  }
  const rows = status.map((row) => {
    if (row.change !== 'changed') return row;
    const values: Partial<Record<string, FormValue>> = { ...row.values };
    for (const [key, topic] of [
      ['c12_connection', 'c12.connection'],
      ['c06_connection', 'c06.connection'],
    ] as const) {
      const value = values[key];
      if (value?.kind !== 'state' || value.id !== 'refused' || proven(row.database, topic, 'number')) continue;
      if (isAsGiven(file, sheets.status, row.row, key) === true) continue;
      delete values[key];
      const missing = context.labels.text('form', 'sheets', 'evidence');
      book.refuse(sheets.status, row.row, key, row.database, 'evidence_incomplete', { missing });
    }
    return { ...row, values };
  });
  return { status: rows, states: kept };
}

/** "13 of 19 units did it": both numbers, what they did, what is counted. */
export function checkLocalities(sheet: FormSheet, rows: readonly OpenRow[], book: CellBook): OpenRow[] {
  const seen = new Map<string, number>();
  return rows.filter(({ row, database, values }) => {
    if (database === null || COLUMNS.localities.some(({ key }) => book.isRefused(sheet, row, key))) return false;
    const { done, total, role, unit } = values;
    const refuse = (column: string, code: Parameters<CellBook['refuse']>[4], params = {}): false => {
      book.refuse(sheet, row, column, database, code, params);
      return false;
    };
    if (done?.kind !== 'number') return refuse('done', 'ratio_incomplete');
    if (total?.kind !== 'number') return refuse('total', 'ratio_incomplete');
    if (role === undefined) return refuse('role', 'ratio_incomplete');
    if (unit === undefined) return refuse('unit', 'unit_missing');
    if (total.number === 0) return refuse('total', 'out_of_range', { min: 1, max: 1_000_000 });
    if (done.number > total.number) return refuse('done', 'ratio_over_one', { total: total.number });
    const key = JSON.stringify([database, role, unit]);
    const before = seen.get(key);
    if (before !== undefined) return refuse('database', 'duplicate_database', { row: before });
    seen.set(key, row);
    return true;
  });
}

/** A difficulty is its content; causes and wishes without one say nothing. */
export function checkDifficulties(sheet: FormSheet, rows: readonly OpenRow[], book: CellBook): OpenRow[] {
  return rows.filter(({ row, database, values }) => {
    if (database === null || book.isRefused(sheet, row, 'content')) return false;
    if (values.content !== undefined) return true;
    book.refuse(sheet, row, 'content', database, 'state_missing');
    return false;
  });
}
