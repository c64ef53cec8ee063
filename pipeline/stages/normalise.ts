/**
 * Stage normalise: every collected piece becomes a stored fact, a stored statement, or a rejection with a reason.
 * Vocabulary, ids, dates and ranges are checked here and nowhere else.
 */
import type { Config } from '../../config/load.ts';
import { didYouMean } from '../../config/nearest.ts';
import type { AttributeDefinition } from '../../config/schema/attributes.ts';
import type { SourceSetting } from '../../config/schema/operation.ts';
import { stableJson } from '../../config/stable-json.ts';
import { localDay } from '../../config/time.ts';
import { issueProblem } from '../../config/zod-problem.ts';
import {
  type AgencyCountStatement,
  type Collected,
  type DocumentCheckStatement,
  type ObservationStatement,
  type Statement,
  statement as statementSchema,
  type TaskStatement,
} from '../../connectors/contract.ts';
import { withoutReports } from '../../connectors/document/statements.ts';
import type { ObservationRow, RejectionRow, StatementRow } from '../database/store-rows.ts';
import { type Document, Documents } from './documents.ts';
import { observationRow } from './observation-row.ts';
import { checkFlags, checkTrust, checkValue, checkVocabulary, day, hintOf, Refusal } from './statement-checks.ts';

export interface Normalised {
  observations: ObservationRow[];
  statements: StatementRow[];
  rejections: RejectionRow[];
  /** The documents themselves, each with how much was read in it. */
  documents: StatementRow[];
}

export interface NormaliseContext {
  config: Config;
  runId: string;
  sourceId: string;
  /** When we learnt it: start of the run. */
  collectedAt: Date;
  /** How far the source is believed (sources.yaml); undefined: as stated. */
  trust?: SourceSetting['trust'];
  /** Full status and difficulty texts are kept (sources.yaml); otherwise only whether there were any. */
  storeText?: boolean;
}

interface Subjects {
  databases: Set<string>;
  agencies: Set<string>;
}

/** Thousands of sources of a run ask the same registry. */
const subjects = new WeakMap<Config, Subjects>();

function subjectsOf(config: Config): Subjects {
  const known = subjects.get(config) ?? {
    databases: new Set(config.databases.map((d) => d.database_id)),
    agencies: new Set(config.agencies.map((a) => a.agency_id)),
  };
  subjects.set(config, known);
  return known;
}

/** One source's statements, in their order; documents are remembered for the statements that refer to them. */
export class Normaliser {
  readonly #context: NormaliseContext;
  readonly #documents: Documents;
  readonly #databases: Set<string>;
  readonly #agencies: Set<string>;
  readonly result: Normalised = { observations: [], statements: [], rejections: [], documents: [] };

  constructor(context: NormaliseContext) {
    this.#context = context;
    this.#documents = new Documents(context);
    const { databases, agencies } = subjectsOf(context.config);
    this.#databases = databases;
    this.#agencies = agencies;
  }

  /** Takes one piece; what it became is in `result`. */
  add(piece: Collected): void {
    if (piece.kind === 'rejection') {
      this.#reject(piece.at, piece.code, piece.message, piece.raw);
      return;
    }
    try {
      this.#accept(parseStatement(piece.statement));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#reject(piece.at, error.code, error.message, JSON.stringify(piece.statement) ?? '');
      this.#documents.refused(piece.statement);
    }
  }

  /** The result, when everything was given. */
  finish(): Normalised {
    this.result.documents = this.#documents.rows();
    return this.result;
  }

  #reject(at: string, code: string, message: string, raw: string): void {
    const { runId, sourceId } = this.#context;
    this.result.rejections.push({
      run_id: runId,
      source_id: sourceId,
      place: wellFormed(at),
      code,
      message: wellFormed(message),
      raw: wellFormed(raw.slice(0, 300)),
    });
  }

  #accept(statement: Statement): void {
    if (statement.type === 'document') {
      if (statement.date !== undefined) day(statement.date, 'date');
      this.#documents.declare(statement);
      return;
    }
    const document = this.#documents.of(statement);
    if (statement.type === 'observation') this.result.observations.push(this.#observation(statement, document));
    else this.result.statements.push(this.#statement(statement, document));
    this.#documents.count(statement);
  }

  #observation(input: ObservationStatement, document: Document): ObservationRow {
    const { config, runId, sourceId, collectedAt } = this.#context;
    const { attributes } = config.attributes;
    const definition = Object.hasOwn(attributes, input.attribute) ? attributes[input.attribute] : undefined;
    if (definition === undefined) {
      const hint = didYouMean(input.attribute, Object.keys(attributes));
      throw new Refusal(
        'unknown_attribute',
        `attribute "${input.attribute}" is not in the vocabulary${hint === null ? '' : `; ${hint}`}`,
      );
    }
    this.#subject(input, definition);
    checkVocabulary(input, config);
    checkValue(input, definition, config);
    checkFlags(input, definition, config);
    const grade = input.grade ?? document.grade;
    const saidBy = input.said_by ?? document.said_by;
    checkTrust(grade, saidBy, this.#context.trust);

    return observationRow(input, document, { grade, saidBy, runId, sourceId, collectedAt });
  }

  #subject(input: ObservationStatement, definition: AttributeDefinition): void {
    if (!definition.subjects.includes(input.subject_type)) {
      throw new Refusal('wrong_subject', `${input.attribute} cannot be said of a ${input.subject_type}`);
    }
    const known = input.subject_type === 'database' ? this.#databases : this.#agencies;
    if (!known.has(input.subject_id)) {
      const hint = didYouMean(input.subject_id, known);
      throw new Refusal(
        `unknown_${input.subject_type}`,
        `${input.subject_type} "${input.subject_id}" is not in the registry${hint === null ? '' : `; ${hint}`}`,
      );
    }
  }

  #statement(input: TaskStatement | AgencyCountStatement | DocumentCheckStatement, document: Document): StatementRow {
    const agencies =
      input.type === 'task'
        ? [...input.lead_agencies, ...input.overdue_agencies, ...input.statuses.map((s) => s.agency)]
        : input.type === 'agency_count'
          ? [input.agency]
          : [];
    for (const id of agencies) {
      if (!this.#agencies.has(id))
        throw new Refusal('unknown_agency', `agency "${id}" is not in the registry${hintOf(id, this.#agencies)}`);
    }
    if (input.type === 'task') {
      for (const id of input.database_ids) {
        if (!this.#databases.has(id))
          throw new Refusal(
            'unknown_database',
            `database "${id}" is not in the registry${hintOf(id, this.#databases)}`,
          );
      }
      if (input.deadline !== null) day(input.deadline, 'deadline');
    }
    if (input.type === 'agency_count') {
      day(input.as_of, 'as_of');
      for (const n of [input.assigned, input.done, input.in_progress, input.overdue]) {
        if (n !== undefined && n < 0) throw new Refusal('negative_count', 'a count cannot be negative');
      }
    }
    const kept = input.type === 'task' && this.#context.storeText !== true ? withoutReports(input) : input;
    // Written only where the day of the document is not known, so that the ids of all other statements stay as they are.
    const body = stableJson(input.type === 'task' && !isDayKnown(document) ? { ...kept, day_known: false } : kept);
    return this.#documents.row(input.type, document, body);
  }
}

/** Half a surrogate pair (text cut in the middle of a sign) is no text a database can hold. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/** False for a document that prints no day and is dated to the end of its month: only the month is known. */
function isDayKnown(document: Document): boolean {
  const next = localDay(new Date(document.stated_at.getTime() + DAY_MS));
  return document.date !== undefined || !next.endsWith('-01');
}
const DAY_MS = 86_400_000;

function parseStatement(raw: unknown): Statement {
  // JSON writes half a pair, and nothing else, as a lower-case \ud8… to \udf… escape.
  if (/(?<!\\)(\\\\)*\\u(d[89a-f]|0000)/.test(JSON.stringify(raw) ?? ''))
    throw new Refusal('broken_text', 'holds a sign that was cut in half, or a zero byte');
  const parsed = statementSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) => issueProblem(issue, statementSchema, raw));
  const text = problems
    .map((p) => `${p.path.join('.') || 'statement'}: ${p.message}${p.hint === null ? '' : ` (${p.hint})`}`)
    .join('; ');
  throw new Refusal('wrong_shape', text);
}
