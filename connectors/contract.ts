/**
 * What a connector gives and gets. A connector turns one source into statements; it knows nothing of tables,
 * scores or other connectors. Statements are checked by the pipeline (normalise), which turns each into a stored
 * fact or into a rejection with a reason: nothing is dropped silently.
 */
import { z } from 'zod';
import type { Config } from '../config/load.ts';
import type { Log } from '../config/log.ts';
import { grade, speaker } from '../config/schema/parts.ts';
import type { HttpPort, Meter, QueryPort, SourceMemory } from './ports.ts';

/** A whole number that fits the store's INTEGER columns. */
const whole = z.number().int().min(-2_147_483_648).max(2_147_483_647);

/** Where a statement stands in its document or payload. */
export const locator = z.strictObject({
  table: z.string().optional(),
  row: z.union([z.number(), z.string()]).optional(),
  column: z.string().optional(),
  line: whole.optional(),
  /** Page of a document that has pages, counted from 1. */
  page: whole.min(1).optional(),
  /** The row or database the words really stand in, where a merged or blank cell inherits them. */
  inherited_from: z.union([z.number(), z.string()]).optional(),
  url: z.string().optional(),
  query: z.string().optional(),
  quote: z.string().max(300).optional(),
});
export type Locator = z.output<typeof locator>;

const time = z.string();

/** The document (or payload) that following statements of the same source refer to by `id`. */
export const documentStatement = z.strictObject({
  type: z.literal('document'),
  id: z.string(),
  title: z.string(),
  number: z.string().optional(),
  date: time.optional(),
  /** When it was stated: date of the document or payload. */
  stated_at: time,
  grade,
  said_by: speaker,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** The file it was read from, and when and from whom that file was received, where it came as a file. */
  file: z.string().optional(),
  size: z.number().int().nonnegative().optional(),
  received_at: time.optional(),
  received_by: z.string().optional(),
  /** Equal for the editions of one report: a later one takes the place of the earlier. */
  series: z.string().optional(),
  /** Pieces of it that looked like facts and were not understood. */
  rejections: whole.min(0).optional(),
});
export type DocumentStatement = z.output<typeof documentStatement>;

/** One fact about one subject, as a source states it. */
export const observationStatement = z.strictObject({
  type: z.literal('observation'),
  document: z.string(),
  subject_type: z.enum(['database', 'agency']),
  subject_id: z.string(),
  attribute: z.string(),
  target: z.string().optional(),
  value_number: z.number().optional(),
  value_total: z.number().optional(),
  value_low: z.number().optional(),
  value_high: z.number().optional(),
  value_text: z.string().optional(),
  value_time: time.optional(),
  unit: z.string().optional(),
  stage: z.string().optional(),
  role: z.string().optional(),
  modality: z.string().default('done'),
  extent: z.string().default('whole'),
  shared_n: whole.min(1).default(1),
  flags: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  said_by: speaker.optional(),
  quoted: z.string().optional(),
  grade: grade.optional(),
  observed_at: time.optional(),
  stated_at: time.optional(),
  /** How sure the reader of the document is, 0–1; a statement without it was not read by a program. */
  confidence: z.number().min(0).max(1).optional(),
  evidence: locator,
});
export type ObservationStatement = z.output<typeof observationStatement>;

/** An assigned task with the agencies that are overdue. */
export const taskStatement = z.strictObject({
  type: z.literal('task'),
  document: z.string(),
  no: whole,
  title: z.string(),
  legal_basis: z.string(),
  lead_agencies: z.array(z.string()),
  lead_raw: z.string().optional(),
  deadline: time.nullable(),
  deadline_raw: z.string(),
  assigned_agencies_n: whole.optional(),
  overdue_agencies: z.array(z.string()),
  /** Bodies printed as overdue that the registry does not have, as printed. */
  overdue_raw: z.array(z.string()).optional(),
  /** Whether the list says that its tasks are overdue, or only who was given them. */
  list: z.enum(['overdue', 'assigned']).optional(),
  /** Headings of the list above the row: the programme that gave the tasks, and the group. */
  source_program: z.string().optional(),
  group: z.string().optional(),
  statuses: z.array(
    z.strictObject({
      agency: z.string(),
      status: z.string().optional(),
      difficulty: z.string().optional(),
      inferred: z.boolean().optional(),
    }),
  ),
  database_ids: z.array(z.string()),
  evidence: locator,
});
export type TaskStatement = z.output<typeof taskStatement>;

/** How many tasks an agency was given, did, is doing, is late with, as printed. */
export const agencyCountStatement = z.strictObject({
  type: z.literal('agency_count'),
  document: z.string(),
  agency: z.string(),
  /** A list of what is late gives only `overdue`, and of that `own` (given to the agency alone) and `shared`. */
  assigned: whole.optional(),
  done: whole.optional(),
  in_progress: whole.optional(),
  overdue: whole,
  own: whole.optional(),
  shared: whole.optional(),
  rate_raw: z.string().optional(),
  adds_up: z.boolean(),
  as_of: time,
  evidence: locator,
});
export type AgencyCountStatement = z.output<typeof agencyCountStatement>;

/** Something about the document itself that a person must look at: a heading whose count differs from its list. */
export const documentCheckStatement = z.strictObject({
  type: z.literal('document_check'),
  document: z.string(),
  kind: z.enum(['list_count', 'odd_date']),
  where: z.string(),
  printed: z.union([z.number(), z.string()]),
  counted: z.union([z.number(), z.string()]),
  evidence: locator,
});
export type DocumentCheckStatement = z.output<typeof documentCheckStatement>;

export const statement = z.discriminatedUnion('type', [
  documentStatement,
  observationStatement,
  taskStatement,
  agencyCountStatement,
  documentCheckStatement,
]);
export type Statement = z.output<typeof statement>;

/** What a connector yields: something that should be a statement, or a piece it could not even read. */
export type Collected =
  | { kind: 'statement'; statement: unknown; at: string }
  | { kind: 'rejection'; code: string; message: string; raw: string; at: string };

export interface CollectContext {
  sourceId: string;
  /** Folder of sources.yaml; relative paths start here. */
  folder: string;
  log: Log;
  /** Aborted when the run is cancelled or the source's budget is used up. */
  signal: AbortSignal;
  query: QueryPort;
  http: HttpPort;
  /** The clock. */
  now: () => Date;
  /** Local day the night is scored for. */
  asOf: string;
  /** Hosts that sources.yaml declares (`host` or `host:port`, lower case), for connectors that open sockets themselves. */
  hosts: readonly string[];
  meter: Meter;
  memory: SourceMemory;
  /** A folder of the source's own for this run, made at the first call and removed when the source is done. */
  scratch: () => string;
  /** Names of databases and agencies, the vocabulary and its words, for connectors that read words. */
  registry: Pick<Config, 'databases' | 'agencies' | 'attributes' | 'criteria' | 'labels'>;
}

export interface Connector<Options = unknown> {
  /** Equal to the file's name. */
  readonly id: string;
  /** One English sentence for `csdl list connectors`. */
  readonly summary: string;
  readonly options: z.ZodType<Options>;
  /** Its payload says itself who speaks and how strongly: sources.yaml must then say how far it is believed (`trust`). */
  readonly needsTrust?: boolean;
  /** Checks that need the disk but not the network; problems are shown before the run. */
  check?(options: Options, folder: string): string | null;
  /** Addresses the options name (`host`, or `host:port`); each must be declared under `hosts` in sources.yaml. */
  hosts?(options: Options): readonly string[];
  /**
   * Asks lightly whether the source can be reached now: one try, nothing kept. For `csdl check --online`, and before a
   * source that failed for several nights is asked in full again.
   * @throws Fault `source/…` when it cannot
   */
  probe?(options: Options, context: CollectContext): Promise<void>;
  /** @throws Fault `source/…` when the whole source failed */
  collect(options: Options, context: CollectContext): AsyncIterable<Collected>;
}
