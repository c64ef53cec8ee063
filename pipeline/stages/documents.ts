/** The documents that a source declared, for the statements that refer to them, and how much was read in each. */
import { createHash } from 'node:crypto';
import { stableJson } from '../../config/stable-json.ts';
import { localDay, sqlTimestamp } from '../../config/time.ts';
import type { DocumentStatement, Statement } from '../../connectors/contract.ts';
import type { StatementRow } from '../database/store-rows.ts';
import { instant, Refusal } from './statement-checks.ts';

export interface Document extends Omit<DocumentStatement, 'stated_at'> {
  stated_at: Date;
}

interface Declared {
  document: Document;
  stated: DocumentStatement;
  read: { observations: number; tasks: number; agency_counts: number; rejections: number };
}

export interface DocumentsContext {
  runId: string;
  sourceId: string;
  collectedAt: Date;
}

export class Documents {
  readonly #context: DocumentsContext;
  readonly #declared = new Map<string, Declared>();

  constructor(context: DocumentsContext) {
    this.#context = context;
  }

  declare(statement: DocumentStatement): void {
    const document = { ...statement, stated_at: instant(statement.stated_at, 'stated_at') };
    const read = { observations: 0, tasks: 0, agency_counts: 0, rejections: statement.rejections ?? 0 };
    this.#declared.set(statement.id, { document, stated: statement, read });
  }

  /** @throws Refusal when it was not declared */
  of(statement: { document: string }): Document {
    const declared = this.#declared.get(statement.document);
    if (declared === undefined)
      throw new Refusal('unknown_document', `document "${statement.document}" was not declared before this line`);
    return declared.document;
  }

  /** A statement of a document was taken. */
  count(statement: Exclude<Statement, { type: 'document' }>): void {
    const read = this.#declared.get(statement.document)?.read;
    if (read === undefined) return;
    if (statement.type === 'observation') read.observations += 1;
    if (statement.type === 'task') read.tasks += 1;
    if (statement.type === 'agency_count') read.agency_counts += 1;
  }

  /** A piece was refused; it may not even be a statement. */
  refused(piece: unknown): void {
    const id = (piece as { document?: unknown } | null | undefined)?.document;
    const read = typeof id === 'string' ? this.#declared.get(id)?.read : undefined;
    if (read !== undefined) read.rejections += 1;
  }

  /** The documents as they are stored. */
  rows(): StatementRow[] {
    return [...this.#declared.values()].map(({ document, stated, read }) =>
      this.row('document', document, stableJson({ ...stated, ...read })),
    );
  }

  /** A statement of a document as it is stored. */
  row(type: StatementRow['type'], document: Document, body: string): StatementRow {
    const { runId, sourceId, collectedAt } = this.#context;
    return {
      id: hash(stableJson({ body, source: sourceId, sha256: document.sha256 })),
      type,
      source_id: sourceId,
      document: document.id,
      document_title: document.title,
      stated_at: sqlTimestamp(document.stated_at),
      visible_on: localDay(document.stated_at),
      collected_at: sqlTimestamp(collectedAt),
      run_id: runId,
      body,
    };
  }
}

/** 32 hexadecimal digits. */
export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
