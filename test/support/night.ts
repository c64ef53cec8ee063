/**
 * One night in memory: a registry of a few databases, a handful of facts, and the real models over them. Facts pass
 * through the real Normaliser and the real store, which lies in memory too.
 */
import { createHash } from 'node:crypto';
import { type Config, loadConfig } from '../../config/load.ts';
import type { Decision, Waiver } from '../../config/schema/operation.ts';
import type { DatabaseRow, DeadlineRow } from '../../config/schema/registry.ts';
import { Database } from '../../pipeline/database/database.ts';
import { type ModelPlan, planModels, runModels } from '../../pipeline/database/models.ts';
import { loadKnown, loadSettings } from '../../pipeline/database/raw.ts';
import { appendObservations, appendStatements, openStore } from '../../pipeline/database/store.ts';
import type { ObservationRow, SourceHealthRow, StatementRow } from '../../pipeline/database/store-rows.ts';
import { findActions } from '../../pipeline/stages/actions.ts';
import { findFindings } from '../../pipeline/stages/findings.ts';
import { Normaliser } from '../../pipeline/stages/normalise.ts';
import { readScoringSql } from '../../scoring/read.ts';
import { HEALTH, loadPast, type Past } from './past.ts';

/** The settings shipped with the program, loaded once. Nobody may change them. */
export const shipped: Config = loadConfig(undefined, {}).config;
export const scoringSql = readScoringSql();

/** A fact in the words of the domain; whatever is left out has the usual value. Days are local days. */
export interface Fact {
  /** Database (or agency, see `agency`) the fact is about. */
  about: string;
  agency?: boolean;
  attribute: string;
  state?: string;
  number?: number;
  of?: number;
  low?: number;
  high?: number;
  time?: string;
  unit?: string;
  stage?: string;
  role?: string;
  target?: string;
  extent?: string;
  modality?: string;
  shared?: number;
  flags?: Readonly<Record<string, string | number | boolean>>;
  saidBy?: 'owner' | 'receiver' | 'assessor' | 'document' | 'system';
  quoted?: string;
  grade?: 'E0' | 'E1' | 'E2' | 'E3' | 'E4';
  /** Day or instant on which it was true; `stated` when left out. */
  observed?: string;
  /** Day or instant on which it was stated; the night's day when left out. */
  stated?: string;
  /** When we learnt it; noon of the night's day when left out. */
  collected?: string;
  source?: string;
  row?: number | string;
  line?: number;
  inheritedFrom?: number | string;
}

export interface Task {
  no: number;
  title?: string;
  basis?: string;
  lead: string[];
  deadline: string;
  overdue: string[];
  databases: string[];
  reported?: string[];
  stated?: string;
}

/** Any other statement of a document, as a connector gives it (agency_count, document_check). */
export type OtherStatement = Readonly<Record<string, unknown>> & { type: 'agency_count' | 'document_check' };

export interface NightInput {
  /** Id, or a registry row of which only what matters is given. */
  databases?: readonly (string | (Partial<DatabaseRow> & { database_id: string }))[];
  facts?: readonly Fact[];
  tasks?: readonly Task[];
  statements?: readonly OtherStatement[];
  waivers?: readonly Partial<Waiver & { database: string }>[];
  deadlines?: readonly (Partial<DeadlineRow> & { database_id: string; due: string })[];
  decisions?: readonly Decision[];
  health?: readonly Partial<SourceHealthRow>[];
  /** What the store kept of earlier nights. */
  past?: Past;
  /** Figures of earlier days, as nights then kept them. */
  history?: readonly PastFigures[];
  /** Changes of the settings, made on a copy. */
  settings?: (config: Config) => void;
  asOf?: string;
}

/** What an earlier night kept of a database; the pillar is `all`, the method that of today, unless said. */
export interface PastFigures {
  as_of: string;
  database_id: string;
  pillar?: string;
  level_reported?: number | null;
  level_confirmed?: number | null;
  floor?: number;
  method?: string;
}

/** Facts as rows of the store. */
export interface Given {
  observations: readonly ObservationRow[];
  statements: readonly StatementRow[];
  health?: readonly SourceHealthRow[];
  past?: Past | undefined;
  history?: readonly PastFigures[];
}

export const AS_OF = '2026-06-29';
const AGENCY = 'bo-noi-vu';

/** A registry row about which nothing is known but its name. */
export function registryRow(given: string | (Partial<DatabaseRow> & { database_id: string })): DatabaseRow {
  const row = typeof given === 'string' ? { database_id: given } : given;
  return {
    name: `Cơ sở dữ liệu ${row.database_id}`,
    kind: 'chuyen_nganh',
    row_kind: 'database',
    part_of: null,
    agency_id: AGENCY,
    listed_in: ['other'],
    holds_persons: 'unknown',
    custodian: null,
    classification: 'unknown',
    required_direction: 'unknown',
    headline_unit: null,
    update_frequency: null,
    sync_schedule: null,
    aliases: [],
    note: null,
    valid_from: null,
    valid_to: null,
    ...row,
  };
}

/** The settings of a night: those shipped, with the registry and the operation of the night. */
export function settingsOf(input: NightInput): Config {
  const config = structuredClone(shipped);
  if (input.databases !== undefined) config.databases = input.databases.map(registryRow);
  const asOf = input.asOf ?? AS_OF;
  config.waivers = (input.waivers ?? []).map((w) => ({
    database: 'a',
    approved_by: 'Bộ Công an',
    document: '01/BCA',
    ground: 'không có thủ tục hành chính',
    from: asOf,
    until: asOf,
    ...w,
  }));
  if (input.databases !== undefined || input.deadlines !== undefined) {
    config.deadlines = (input.deadlines ?? []).map((d) => ({
      precision: 'day',
      basis: '71/NQ-CP',
      what: 'hoàn thành',
      document: '71/NQ-CP',
      row: '1',
      ...d,
    }));
  }
  config.decisions = [...(input.decisions ?? [])];
  input.settings?.(config);
  return config;
}

/** What the Normaliser makes of the facts. @throws when it refuses one: a test must not lose a fact unseen */
export function normalised(
  config: Config,
  input: NightInput,
): { observations: ObservationRow[]; statements: StatementRow[] } {
  const asOf = input.asOf ?? AS_OF;
  const normalisers = new Map<string, Normaliser>();
  const order: { normaliser: Normaliser; at: number }[] = [];
  const via = (source: string, collected: string): Normaliser => {
    const key = `${source} ${collected}`;
    const found = normalisers.get(key);
    if (found !== undefined) return found;
    const made = new Normaliser({ config, runId: 'run', sourceId: source, collectedAt: new Date(collected) });
    made.add({
      kind: 'statement',
      at: 'document',
      statement: {
        type: 'document',
        id: 'van-ban',
        title: 'Văn bản',
        stated_at: asOf,
        grade: 'E2',
        said_by: 'owner',
        sha256: createHash('sha256').update(source).digest('hex'),
      },
    });
    normalisers.set(key, made);
    return made;
  };
  for (const fact of input.facts ?? []) {
    const normaliser = via(fact.source ?? 'nguon', fact.collected ?? `${asOf}T12:00:00Z`);
    normaliser.add({ kind: 'statement', at: '', statement: statementOf(fact) });
    order.push({ normaliser, at: normaliser.result.observations.length - 1 });
  }
  for (const statement of [...(input.tasks ?? []).map(taskOf), ...(input.statements ?? [])]) {
    via('danh-sach', `${asOf}T12:00:00Z`).add({
      kind: 'statement',
      at: '',
      statement: { document: 'van-ban', evidence: {}, ...statement },
    });
  }
  const results = [...normalisers.values()].map((n) => n.result);
  const [refused] = results.flatMap((r) => r.rejections);
  if (refused !== undefined) throw new Error(`refused: ${refused.code}: ${refused.message}: ${refused.raw}`);
  return {
    // In the order in which the facts were given.
    observations: order.flatMap(({ normaliser, at }) => normaliser.result.observations[at] ?? []),
    statements: results.flatMap((r) => r.statements),
  };
}

function statementOf(fact: Fact): Record<string, unknown> {
  const stated = fact.stated;
  return dropEmpty({
    type: 'observation',
    document: 'van-ban',
    subject_type: fact.agency === true ? 'agency' : 'database',
    subject_id: fact.about,
    attribute: fact.attribute,
    value_text: fact.state,
    value_number: fact.number,
    value_total: fact.of,
    value_low: fact.low,
    value_high: fact.high,
    value_time: fact.time,
    unit: fact.unit,
    stage: fact.stage,
    role: fact.role,
    target: fact.target,
    extent: fact.extent,
    modality: fact.modality,
    shared_n: fact.shared,
    flags: fact.flags,
    said_by: fact.saidBy,
    quoted: fact.quoted,
    grade: fact.grade,
    observed_at: fact.observed,
    stated_at: stated,
    evidence: dropEmpty({ row: fact.row, line: fact.line, inherited_from: fact.inheritedFrom }),
  });
}

function taskOf(task: Task): Record<string, unknown> {
  return {
    type: 'task',
    no: task.no,
    title: task.title ?? 'Nhiệm vụ',
    legal_basis: task.basis ?? '71/NQ-CP',
    lead_agencies: task.lead,
    deadline: task.deadline,
    deadline_raw: task.deadline,
    overdue_agencies: task.overdue,
    statuses: (task.reported ?? []).map((agency) => ({ agency, status: 'reported' })),
    database_ids: task.databases,
  };
}

function dropEmpty(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

const plans = new Map<string, Promise<ModelPlan>>();

/** The order of the models; worked out once, since the SQL is the same every night. `upTo`: only what these tables need. */
function thePlan(database: Database, upTo: readonly string[] | undefined): Promise<ModelPlan> {
  const key = upTo?.join() ?? '';
  const found = plans.get(key) ?? planModels(database, scoringSql, upTo);
  plans.set(key, found);
  return found;
}

export class Night {
  readonly config: Config;
  readonly asOf: string;
  /** Everything that was stated, older facts of the same key included. */
  readonly observations: readonly ObservationRow[];
  readonly #database: Database;

  private constructor(database: Database, config: Config, asOf: string, observations: readonly ObservationRow[]) {
    this.#database = database;
    this.config = config;
    this.asOf = asOf;
    this.observations = observations;
  }

  /** A night over facts that are rows already; `upTo` runs only the models that these tables need. */
  static async over(config: Config, asOf: string, given: Given, upTo?: readonly string[]): Promise<Night> {
    const database = await Database.open();
    await loadSettings(database, config);
    await loadFacts(database, config, asOf, given);
    await runModels(database, await thePlan(database, upTo), asOf);
    return new Night(database, config, asOf, given.observations);
  }

  /** All rows of a table, in an order that depends on their content alone. */
  rows(table: string, where = 'true'): Promise<Record<string, unknown>[]> {
    return this.#database.anyRows(`FROM ${table} WHERE ${where} ORDER BY ALL`);
  }

  /** Rows of a query of the test's own. */
  query(sql: string): Promise<Record<string, unknown>[]> {
    return this.#database.anyRows(sql);
  }

  /** The one row of a database. @throws when there is none, or more than one */
  async row(table: string, databaseId: string): Promise<Record<string, unknown>> {
    const rows = await this.rows(table, `database_id = '${databaseId}'`);
    const [row] = rows;
    if (row === undefined || rows.length > 1) throw new Error(`${rows.length} rows of ${databaseId} in ${table}`);
    return row;
  }

  async findings(): Promise<Record<string, unknown>[]> {
    await findFindings(this.#database, scoringSql, this.config, this.asOf);
    return this.rows('publication.finding');
  }

  /** Rows of publication.action; score.action_gain holds the bare numbers. */
  async actions(): Promise<Record<string, unknown>[]> {
    await findActions(this.#database, scoringSql, this.config, this.asOf);
    return this.rows('publication.action');
  }

  close(): void {
    this.#database.close();
  }
}

/** The store of the night, in memory; `fromLog` makes the program pick the newest facts from the whole log. */
async function loadFacts(database: Database, config: Config, asOf: string, given: Given): Promise<void> {
  await openStore(database, ':memory:');
  await appendObservations(database, given.observations);
  await appendStatements(database, given.statements);
  await loadPast(database, given.past ?? {});
  await database.createTable(
    'temp.main.past',
    {
      as_of: 'DATE',
      database_id: 'VARCHAR',
      pillar: 'VARCHAR',
      level_reported: 'INTEGER',
      level_confirmed: 'INTEGER',
      floor: 'DOUBLE',
      method: 'VARCHAR',
    },
    (given.history ?? []).map((past) => ({
      pillar: 'all',
      level_reported: null,
      level_confirmed: null,
      floor: 0,
      method: `${config.scoring.method.id} ${config.scoring.method.version}`,
      ...past,
    })),
  );
  await database.run('INSERT INTO store.score_history BY NAME FROM temp.main.past');
  const decided = config.decisions.filter((d) => d.when <= asOf);
  await loadKnown(database, {
    asOf,
    knownAt: new Date('2100-01-01T00:00:00Z'),
    runId: 'run',
    rejected: decided.flatMap((d) => (d.kind === 'reject' ? [{ id: d.observation, decision: d.id }] : [])),
    confirmed: decided.flatMap((d) => (d.kind === 'confirm' ? [d.observation] : [])),
    health: given.health ?? [],
    fromLog: true,
  });
}

/** A night over the given registry and facts. Close it when done. */
export function night(input: NightInput): Promise<Night> {
  const config = settingsOf(input);
  const { observations, statements } = normalised(config, input);
  const health = (input.health ?? []).map((h) => ({ ...HEALTH, ...h }));
  const { history } = input;
  const given = { observations, statements, health, past: input.past, ...(history === undefined ? {} : { history }) };
  return Night.over(config, input.asOf ?? AS_OF, given);
}

/** Runs `look` over a night and closes it. */
export async function onNight<T>(input: NightInput, look: (night: Night) => Promise<T>): Promise<T> {
  const made = await night(input);
  try {
    return await look(made);
  } finally {
    made.close();
  }
}
