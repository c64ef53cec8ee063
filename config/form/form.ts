/**
 * One agency's form, resolved: its databases in order, the drop-downs, and the columns of each sheet with the column
 * number in which each stands. Used by the writer and, for what a filled form should look like, by the reader.
 */
import { EXIT, Fault } from '../fault.ts';
import type { Labels } from '../labels.ts';
import { didYouMean } from '../nearest.ts';
import type { AgencyRow, DatabaseRow } from '../schema/registry.ts';
import { COLUMNS, CRITERIA_CELL, type FormColumn, type SheetKey } from './columns.ts';
import { byVietnamese, type FormConfig, type FormDatabase, type FormLists, formLists } from './lists.ts';
import { FIRST_COLUMN, SHEET_KEYS } from './places.ts';

export interface PlacedColumn extends FormColumn {
  /** Column number in the sheet (A = 1). */
  readonly at: number;
  /** Sheet 2 only: the database whose column it is. */
  readonly database?: string;
}

export interface Form {
  readonly agency: AgencyRow;
  /** Monday of the cut-off. */
  readonly period: string;
  readonly databases: readonly FormDatabase[];
  readonly lists: FormLists;
  readonly columns: Readonly<Record<SheetKey, readonly PlacedColumn[]>>;
  /** Names of the sheets, as printed on their tabs. */
  readonly sheetNames: Readonly<Record<SheetKey | 'guide', string>>;
  /** Ids of the criteria in the order of their rows. */
  readonly criteria: readonly string[];
}

/** Key under `abbreviations` of what most names begin with. */
const SHORT_FORM = 'CSDL';

/** @throws Fault usage/unknown-agency with the nearest id, usage/no-databases */
export function buildForm(config: FormConfig, labels: Labels, wanted: { agencyId: string; period: string }): Form {
  const agency = findAgency(config, wanted.agencyId);
  const databases = formDatabases(config, labels, agency.agency_id);
  if (databases.length === 0) {
    throw new Fault('usage/no-databases', `no database of the catalogue belongs to ${agency.agency_id}`, {
      exit: EXIT.usage,
      hint: `agencies with databases: ${agenciesWithDatabases(config).join(', ')}`,
    });
  }
  const placed = (sheet: SheetKey): PlacedColumn[] =>
    COLUMNS[sheet].map((column, i) => ({ ...column, at: FIRST_COLUMN + i }));
  const criteria = placed('criteria');
  const cells = databases.map((database, i) => ({
    ...CRITERIA_CELL,
    key: database.id,
    database: database.id,
    at: FIRST_COLUMN + criteria.length + i,
  }));
  const names = [...SHEET_KEYS, 'guide' as const].map((key) => [
    key,
    labels.format(['form', 'sheets', key], { n: config.criteria.criteria.length }),
  ]);
  return {
    agency,
    period: wanted.period,
    databases,
    lists: formLists(config, labels, databases),
    columns: {
      status: placed('status'),
      criteria: [...criteria, ...cells],
      evidence: placed('evidence'),
      localities: placed('localities'),
      difficulties: placed('difficulties'),
    },
    sheetNames: Object.fromEntries(names) as Form['sheetNames'],
    criteria: config.criteria.criteria.map((c) => c.id),
  };
}

/** Databases an agency reports on: its own rows of the catalogue but headings over parts, in Vietnamese order. */
export function formDatabases(config: Pick<FormConfig, 'databases'>, labels: Labels, agencyId: string): FormDatabase[] {
  const long = labels.text('abbreviations', SHORT_FORM);
  return reported(config)
    .filter((d) => d.agency_id === agencyId)
    .sort((a, b) => byVietnamese(a.name, b.name) || byVietnamese(a.database_id, b.database_id))
    .map((d, i) => ({ id: d.database_id, no: i + 1, name: d.name, word: `${i + 1}. ${shortened(d.name, long)}` }));
}

/** The short form at the start of a name: names are told apart sooner, and fit the cell of a drop-down. */
function shortened(name: string, long: string): string {
  return name.toLowerCase().startsWith(`${long.toLowerCase()} `) ? `${SHORT_FORM}${name.slice(long.length)}` : name;
}

/** Agencies that have a form, in protocol order. */
export function agenciesWithDatabases(config: Pick<FormConfig, 'databases' | 'agencies'>): string[] {
  const owners = new Set(reported(config).map((d) => d.agency_id));
  return config.agencies
    .filter((a) => owners.has(a.agency_id) && a.valid_to === null)
    .sort((a, b) => a.protocol_order - b.protocol_order || byVietnamese(a.name, b.name))
    .map((a) => a.agency_id);
}

function reported(config: Pick<FormConfig, 'databases'>): DatabaseRow[] {
  return config.databases.filter((d) => d.row_kind !== 'umbrella');
}

function findAgency(config: FormConfig, wanted: string): AgencyRow {
  const found = config.agencies.find((a) => a.agency_id === wanted);
  if (found !== undefined) return found;
  throw new Fault('usage/unknown-agency', `no agency has the id "${wanted}"`, {
    exit: EXIT.usage,
    hint: didYouMean(wanted, agenciesWithDatabases(config)) ?? 'csdl list agencies shows all ids',
  });
}
