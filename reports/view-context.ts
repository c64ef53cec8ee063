/**
 * What every page builder needs: the rows by database and agency, names, links and the label file.
 * Rule: it answers questions about rows and prints nothing but names.
 */
import type { Written } from '../config/format.ts';
import { Labels } from '../config/labels.ts';
import type { Config } from '../config/load.ts';
import type { AgencyRow, DatabaseRow, ObservationRow, PublicationData, Row } from '../scoring/contract.ts';
import type { Link } from './view-parts.ts';

/** What a publication is called and when it was made. */
export interface PublicationMeta {
  run_id: string;
  /** Day the figures are computed for, YYYY-MM-DD. */
  as_of: string;
  /** ISO instant at which the newest document was stated. */
  cut_off: string;
  /** ISO instant at which the publication was made. */
  published_at: string;
  edition: 'noi_bo' | 'chia_se';
  program_version: string;
}

type Keyed = { database_id: string | null };

/** Name of the page of databases without an owner. */
export const NO_AGENCY = 'chua-xac-dinh';

export class ViewContext {
  readonly labels: Labels;
  /** Numbers and dates as the language of the pages writes them. */
  readonly written: Written;
  readonly none: string;
  readonly databases: Map<string, DatabaseRow>;
  readonly #ended: ReadonlyMap<string, string>;
  readonly agencies: Map<string, AgencyRow>;
  readonly readiness: Map<string, Row<'readiness'>>;
  readonly observations: Map<string, ObservationRow>;
  readonly overdue: Map<string, Row<'overdue'>[]>;
  readonly gates: Map<string, Row<'level_gate'>[]>;
  readonly current: Map<string, Row<'observation_current'>[]>;
  readonly waiting: Map<string, Row<'waiting'>[]>;
  readonly blockers: Map<string, Row<'blocker'>[]>;
  readonly findings: Map<string, Row<'finding'>[]>;
  readonly actions: Map<string, Row<'action'>[]>;
  readonly criteria: Map<string, Row<'criterion_status'>[]>;
  readonly indicators: Map<string, Row<'indicator_result'>[]>;
  readonly deadlines: Map<string, Row<'deadline'>[]>;
  readonly places: Map<string, Row<'database_place'>>;
  readonly #longWord: RegExp;
  readonly #caches = new Map<string, Map<string, unknown[]>>();
  readonly data: PublicationData;
  /** Findings that some night of late no longer found. */
  readonly resolved: readonly Row<'finding'>[];
  readonly hasEarlierNight: boolean;
  readonly config: Config;
  readonly meta: PublicationMeta;

  readonly #vietnamese: ViewContext | null;

  /** @param vietnamese the same publication in Vietnamese, where this one speaks another language */
  constructor(data: PublicationData, config: Config, meta: PublicationMeta, vietnamese: ViewContext | null = null) {
    this.#vietnamese = vietnamese;
    // Pages count and list what stands; what is resolved is listed apart.
    this.data = { ...data, finding: data.finding.filter((row) => row.state !== 'resolved') };
    this.resolved = data.finding.filter((row) => row.state === 'resolved');
    this.hasEarlierNight = data.finding.some((row) => row.state !== 'new');
    this.config = config;
    this.meta = meta;
    this.labels = new Labels(config.labels);
    this.written = this.labels.written;
    this.#longWord = new RegExp(`^${this.labels.text('pages', 'common', 'csdl_long')}`, 'i');
    this.none = this.labels.text('format', 'none');
    this.databases = new Map(data.database.map((row) => [row.database_id, row]));
    this.#ended = new Map(data.database_succession.map((row) => [row.from_id, row.from_name]));
    this.agencies = new Map(data.agency.map((row) => [row.agency_id, row]));
    this.readiness = new Map(data.readiness.map((row) => [row.database_id, row]));
    this.observations = new Map(data.observation.map((row) => [row.id, row]));
    this.places = new Map(data.database_place.map((row) => [row.database_id, row]));
    this.overdue = groupBy(data.overdue, (row) => row.database_id);
    this.gates = groupBy(data.level_gate, (row) => row.database_id);
    this.current = groupBy(data.observation_current, (row) => row.subject_id);
    this.waiting = groupBy(data.waiting, byDatabase);
    this.blockers = groupBy(data.blocker, byDatabase);
    this.findings = groupBy(this.data.finding, byDatabase);
    this.actions = groupBy(data.action, byDatabase);
    this.criteria = groupBy(data.criterion_status, byDatabase);
    this.indicators = groupBy(data.indicator_result, byDatabase);
    this.deadlines = groupBy(data.deadline, byDatabase);
  }

  /** Rows of any other table with this value in a column; the grouping is kept for the next who asks. */
  rows<Table extends keyof PublicationData>(
    table: Table,
    column: keyof Row<Table> & string,
    value: string,
  ): Row<Table>[] {
    const name = `${table}.${column}`;
    let cache = this.#caches.get(name);
    if (cache === undefined) {
      cache = groupBy(this.data[table] as Row<Table>[], (row) => row[column] as string | null);
      this.#caches.set(name, cache);
    }
    return (cache.get(value) ?? []) as Row<Table>[];
  }

  /** For forms that are printed to the letter, whatever the language of the pages around them. */
  get inVietnamese(): ViewContext {
    return this.#vietnamese ?? this;
  }

  t(...path: string[]): string {
    return this.labels.text(...path);
  }

  f(path: readonly string[], values: Readonly<Record<string, string | number>>): string {
    return this.labels.format(path, values);
  }

  /** A label that a site may not have: the text, or null. */
  maybe(...path: string[]): string | null {
    return this.labels.has(...path) ? this.labels.text(...path) : null;
  }

  /** Name in a sentence or list: begins with the usual abbreviation. */
  shortName(databaseId: string): string {
    const name = this.databases.get(databaseId)?.name ?? this.#ended.get(databaseId) ?? this.none;
    return name.replace(this.#longWord, this.t('pages', 'common', 'csdl'));
  }

  databaseLink(databaseId: string, anchor = ''): Link {
    return {
      text: this.shortName(databaseId),
      href: this.databases.has(databaseId) ? `databases/${databaseId}.html${anchor}` : null,
    };
  }

  agencyName(agencyId: string | null): string {
    return (agencyId === null ? undefined : this.agencies.get(agencyId)?.name) ?? this.t('agencies', 'unknown');
  }

  /** Owners of databases have a page; other bodies are named only. */
  agencyLink(agencyId: string | null, anchor = ''): Link {
    return {
      text: this.agencyName(agencyId),
      href: this.isOwner(agencyId) ? `agencies/${agencyId ?? NO_AGENCY}.html${anchor}` : null,
    };
  }

  isOwner(agencyId: string | null): boolean {
    this.#owners ??= new Set(this.data.database.map((row) => row.agency_id));
    return this.#owners.has(agencyId);
  }
  #owners: Set<string | null> | undefined;

  /** Agencies stand in protocol order, then by name; without an owner last. */
  protocol(agencyId: string | null): number {
    const agency = agencyId === null ? undefined : this.agencies.get(agencyId);
    return agency === undefined ? Number.MAX_SAFE_INTEGER : agency.protocol_order * 10_000 + agency.sort_vi;
  }

  /** Anchor of a task of the newest list on the page of tasks; numbers may begin anew in a later table. */
  taskAnchor(taskId: string): string {
    if (this.#anchors === undefined) {
      this.#anchors = new Map();
      const used = new Map<string, number>();
      for (const row of this.data.task) {
        const name = `nhiem-vu-${row.no ?? row.task_id}`;
        const times = (used.get(name) ?? 0) + 1;
        used.set(name, times);
        this.#anchors.set(row.task_id, times === 1 ? name : `${name}-lan-${times}`);
      }
    }
    return this.#anchors.get(taskId) ?? 'nhiem-vu';
  }
  #anchors: Map<string, string> | undefined;

  date(day: string | null): string {
    return day === null ? this.none : this.written.date(day);
  }

  /** Label of a state of an attribute; text attributes speak for themselves. */
  state(attribute: string, state: string | null): string {
    if (state === null) return this.none;
    const scale = this.config.attributes.attributes[attribute]?.scale;
    if (attribute === 'blocked_by') return this.maybe('blocked_by', state) ?? this.none;
    if (scale === undefined) return state;
    return this.maybe('scales', scale, state) ?? this.none;
  }

  /** The scored databases of the catalogue (no umbrella rows). */
  get scored(): DatabaseRow[] {
    return this.data.database.filter((row) => this.readiness.has(row.database_id));
  }
}

function byDatabase(row: Keyed): string | null {
  return row.database_id;
}

/** Rows by key, in their order; rows without a key are left out. */
export function groupBy<T>(rows: readonly T[], key: (row: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const name = key(row);
    if (name === null) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return groups;
}
