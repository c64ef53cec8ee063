/**
 * The columns of the form, sheet by sheet, as data: what is typed in each, which attribute it speaks of, how wide it is.
 * Writer and reader both go by `key`, which stands in the hidden key row of the sheet; headings are for people only.
 * Words stand in the label file under `form.columns.<sheet>.<key>`.
 */

/** Drop-down lists; `form.lists.<key>` or the scales of the label file hold their words (see lists.ts). */
export type ListKey =
  | 'change'
  | 'software'
  | 'extent'
  | 'unit'
  | 'precision'
  | 'stage'
  | 'connection'
  | 'sync'
  | 'cleaning'
  | 'security'
  | 'blocked_by'
  | 'criterion'
  | 'database'
  | 'topic'
  | 'document_kind'
  | 'role'
  | 'locality_unit'
  | 'authority';

export type SheetKey = 'status' | 'criteria' | 'evidence' | 'localities' | 'difficulties';

/** fixed: printed and locked · shown: a locked formula, never read · the others are typed. */
export type CellKind = 'fixed' | 'shown' | 'list' | 'integer' | 'date' | 'text';

export interface FormColumn {
  /** Stands in the key row; also the key of the heading in the label file. */
  readonly key: string;
  readonly kind: CellKind;
  readonly list?: ListKey;
  /** A list that also takes words it does not hold (units, authorities). */
  readonly open?: true;
  /** Attribute of attributes.yaml the cell speaks of. */
  readonly attribute?: string;
  /** Part of the fact that is not its value: unit, stage, extent, or a flag (`flags.since`). */
  readonly part?: string;
  /** Least and greatest of an integer; `criteria` = number of criteria of criteria.yaml. */
  readonly max?: number | 'criteria';
  /** Most characters of a text. */
  readonly length?: number;
  /** Width in characters. */
  readonly width: number;
  /** Heading above several columns: `form.groups.<group>`. */
  readonly group?: string;
}

const COUNT_MAX = 10_000_000_000;

/** Sheet 1, one row a database. */
export const STATUS_COLUMNS: readonly FormColumn[] = [
  { key: 'no', kind: 'fixed', width: 4.5, group: 'database' },
  { key: 'name', kind: 'fixed', width: 30, group: 'database' },
  { key: 'deadline', kind: 'fixed', width: 24 },
  { key: 'change', kind: 'list', list: 'change', width: 11 },
  { key: 'criteria_met', kind: 'integer', attribute: 'checklist.met', max: 'criteria', width: 10, group: 'criteria' },
  { key: 'criteria_counted', kind: 'shown', width: 8, group: 'criteria' },
  { key: 'software', kind: 'list', list: 'software', attribute: 'software.state', width: 14, group: 'software' },
  {
    key: 'extent',
    kind: 'list',
    list: 'extent',
    attribute: 'software.state',
    part: 'extent',
    width: 12,
    group: 'software',
  },
  { key: 'records', kind: 'integer', attribute: 'records.count', max: COUNT_MAX, width: 14, group: 'data' },
  {
    key: 'unit',
    kind: 'list',
    list: 'unit',
    open: true,
    attribute: 'records.count',
    part: 'unit',
    width: 12,
    group: 'data',
  },
  {
    key: 'precision',
    kind: 'list',
    list: 'precision',
    attribute: 'records.count',
    part: 'flags.hedge',
    width: 10,
    group: 'data',
  },
  { key: 'stage', kind: 'list', list: 'stage', attribute: 'records.count', part: 'stage', width: 12, group: 'data' },
  { key: 'expected', kind: 'integer', attribute: 'records.expected', max: COUNT_MAX, width: 14, group: 'data' },
  { key: 'c12_connection', kind: 'list', list: 'connection', attribute: 'c12.connection', width: 15, group: 'c12' },
  { key: 'c12_sync', kind: 'list', list: 'sync', attribute: 'c12.sync', width: 14, group: 'c12' },
  { key: 'synced_on', kind: 'date', attribute: 'update.last', width: 11.5, group: 'c12' },
  { key: 'c06_connection', kind: 'list', list: 'connection', attribute: 'c06.connection', width: 15, group: 'c06' },
  { key: 'cleaning', kind: 'list', list: 'cleaning', attribute: 'c06.cleaning', width: 17, group: 'c06' },
  { key: 'security', kind: 'list', list: 'security', attribute: 'security.assessment', width: 15, group: 'security' },
  { key: 'blocked_by', kind: 'list', list: 'blocked_by', attribute: 'blocked_by', width: 17, group: 'trouble' },
  {
    key: 'waiting_for',
    kind: 'text',
    attribute: 'blocked_by',
    part: 'target',
    length: 120,
    width: 16,
    group: 'trouble',
  },
  { key: 'waiting_since', kind: 'date', attribute: 'blocked_by', part: 'flags.since', width: 11.5, group: 'trouble' },
];

/**
 * Sheet 2, one row a criterion: these columns, then one a database. The key of a database's column is its id, the key
 * of a row (hidden column A) is the id of the criterion; the attribute of a cell is `criterion.<id of the row>`.
 */
export const CRITERIA_COLUMNS: readonly FormColumn[] = [
  { key: 'no', kind: 'fixed', width: 4.5 },
  { key: 'title', kind: 'fixed', width: 34 },
  { key: 'accepted', kind: 'fixed', width: 52 },
];
export const CRITERIA_CELL = { kind: 'list', list: 'criterion', width: 14.5 } as const;

/** Sheet 3: documents that prove a criterion or a content of sheet 1, or ask that a criterion be not applied. */
export const EVIDENCE_COLUMNS: readonly FormColumn[] = [
  { key: 'no', kind: 'fixed', width: 4.5 },
  { key: 'database', kind: 'list', list: 'database', width: 30 },
  { key: 'topic', kind: 'list', list: 'topic', width: 30 },
  { key: 'document_kind', kind: 'list', list: 'document_kind', open: true, width: 12 },
  { key: 'number', kind: 'text', length: 60, width: 17 },
  { key: 'date', kind: 'date', width: 12 },
  { key: 'issuer', kind: 'text', length: 120, width: 18 },
  { key: 'summary', kind: 'text', length: 300, width: 32 },
  { key: 'na_reason', kind: 'text', length: 300, width: 24 },
  { key: 'na_basis', kind: 'text', length: 200, width: 18 },
];

/** Sheet 4 (optional): how many localities or units of how many. */
export const LOCALITIES_COLUMNS: readonly FormColumn[] = [
  { key: 'no', kind: 'fixed', width: 4.5 },
  { key: 'database', kind: 'list', list: 'database', width: 46 },
  { key: 'role', kind: 'list', list: 'role', attribute: 'units.ratio', part: 'role', width: 24 },
  { key: 'done', kind: 'integer', attribute: 'units.ratio', max: 1_000_000, width: 12 },
  { key: 'total', kind: 'integer', attribute: 'units.ratio', part: 'total', max: 1_000_000, width: 12 },
  { key: 'unit', kind: 'list', list: 'locality_unit', open: true, attribute: 'units.ratio', part: 'unit', width: 20 },
];

/** Sheet 5: difficulties and what is asked of whom. */
export const DIFFICULTIES_COLUMNS: readonly FormColumn[] = [
  { key: 'no', kind: 'fixed', width: 4.5 },
  { key: 'database', kind: 'list', list: 'database', width: 32 },
  { key: 'content', kind: 'text', length: 500, width: 40 },
  { key: 'cause', kind: 'text', length: 300, width: 32 },
  { key: 'authority', kind: 'list', list: 'authority', open: true, width: 24 },
  { key: 'asked_by', kind: 'date', width: 13 },
];

export const COLUMNS: Readonly<Record<SheetKey, readonly FormColumn[]>> = {
  status: STATUS_COLUMNS,
  criteria: CRITERIA_COLUMNS,
  evidence: EVIDENCE_COLUMNS,
  localities: LOCALITIES_COLUMNS,
  difficulties: DIFFICULTIES_COLUMNS,
};
