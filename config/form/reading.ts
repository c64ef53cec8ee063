/**
 * What reading a filled form gives: for every cell that was typed in, an accepted value or a refusal with its reason and
 * remedy; for every database, the values that stand in its row. The connector makes it, the reply prints it.
 * Wording of a refusal: `form.refusals.<code>.text` and `.remedy` of the label file, filled with `params`.
 */
import type { SheetKey } from './columns.ts';
import type { HeaderKey } from './places.ts';

/** Why a cell was refused. Each has its two sentences under `form.refusals`. */
export const REFUSALS = [
  'not_a_date',
  'future_date',
  'date_too_old',
  'not_a_number',
  'ambiguous_number',
  'not_whole',
  'out_of_range',
  'unknown_word',
  'unit_missing',
  'unit_not_record',
  'number_missing',
  'unknown_database',
  'other_agency',
  'no_database',
  'duplicate_database',
  'count_differs',
  'state_missing',
  'evidence_supports_nothing',
  'evidence_incomplete',
  'reason_missing',
  'ratio_incomplete',
  'ratio_over_one',
  'formula',
  'error_value',
  'too_long',
  'changed_marker',
  'changed_but_unchanged',
  'change_missing',
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

/** A value as read: exactly one of the four. */
export type FormValue =
  | { readonly kind: 'state'; readonly id: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'date'; readonly day: string }
  | { readonly kind: 'text'; readonly text: string };

interface CellPlace {
  readonly sheet: SheetKey;
  /** Name of the tab in the file that came back (it may have been renamed). */
  readonly sheetName: string;
  /** "F12" in the file that came back. */
  readonly address: string;
  readonly row: number;
  /** Key of the column (see columns.ts); in sheet 2 the id of the database; a header field's key. */
  readonly column: string;
  readonly database: string | null;
}
export interface AcceptedCell extends CellPlace {
  readonly verdict: 'accepted';
  readonly value: FormValue;
}
export interface RefusedCell extends CellPlace {
  readonly verdict: 'refused';
  readonly code: RefusalCode;
  /** Fill the places of the sentences; hostile text, printed as text. */
  readonly params: Readonly<Record<string, string | number>>;
  /** What was typed, for the log. */
  readonly raw: string;
}
export type ReadCell = AcceptedCell | RefusedCell;

/** One database's row of sheet 1 as it stands, readable cells only: prefilled ones too, also when nothing changed. */
export interface StatusRow {
  readonly database: string;
  readonly sheetName: string;
  readonly row: number;
  /** null: the row was not answered. */
  readonly change: 'unchanged' | 'changed' | null;
  readonly values: Readonly<Partial<Record<string, FormValue>>>;
}

export interface SheetCount {
  readonly accepted: number;
  readonly refused: number;
}

export interface FormReading {
  readonly version: number;
  readonly agencyId: string;
  readonly period: string;
  readonly header: Readonly<Partial<Record<HeaderKey, string>>>;
  /** Cells of sheet order, then row, then column. Of rows that are unchanged only `change` itself. */
  readonly cells: readonly ReadCell[];
  readonly rows: readonly StatusRow[];
  /** Numbers of accepted and refused cells, by sheet. */
  readonly counts: Readonly<Record<SheetKey, SheetCount>>;
}
