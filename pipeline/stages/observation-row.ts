/**
 * A stated fact as it is stored. Its id is the hash of what it is, so that it is the same whenever and however often
 * a source gives it.
 */
import { stableJson } from '../../config/stable-json.ts';
import { localDay, sqlTimestamp } from '../../config/time.ts';
import type { ObservationStatement } from '../../connectors/contract.ts';
import type { ObservationRow } from '../database/store-rows.ts';
import { type Document, hash } from './documents.ts';
import { instant } from './statement-checks.ts';

/** What is known of a fact besides what its source said of it. */
export interface Known {
  grade: string;
  saidBy: string;
  runId: string;
  sourceId: string;
  collectedAt: Date;
}

/** @throws Refusal for a time that is none */
export function observationRow(
  input: ObservationStatement,
  document: Document,
  { grade, saidBy, runId, sourceId, collectedAt }: Known,
): ObservationRow {
  const statedAt = input.stated_at === undefined ? document.stated_at : instant(input.stated_at, 'stated_at');
  const observedAt = input.observed_at === undefined ? statedAt : instant(input.observed_at, 'observed_at');
  const { evidence } = input;
  // What the fact is, in the order of the names: its id is the hash of this text. Every name is written out, here and below:
  // objects of so many names take three times as long to spread, a quarter of a million times a night.
  const fact = {
    attribute: input.attribute,
    evidence_column: evidence.column ?? null,
    evidence_date: document.date ?? null,
    evidence_document: document.id,
    evidence_inherited_from: evidence.inherited_from === undefined ? null : String(evidence.inherited_from),
    evidence_line: evidence.line ?? null,
    evidence_number: document.number ?? null,
    evidence_query: evidence.query ?? null,
    evidence_quote: evidence.quote ?? null,
    evidence_row: evidence.row === undefined ? null : String(evidence.row),
    evidence_sha256: document.sha256,
    evidence_table: evidence.table ?? null,
    evidence_title: document.title,
    evidence_url: evidence.url ?? null,
    extent: input.extent,
    flags: stableJson(input.flags),
    grade,
    modality: input.modality,
    observed_at: sqlTimestamp(observedAt),
    quoted: input.quoted ?? null,
    role: input.role ?? null,
    said_by: saidBy,
    shared_n: input.shared_n,
    source_id: sourceId,
    stage: input.stage ?? null,
    stated_at: sqlTimestamp(statedAt),
    subject_id: input.subject_id,
    subject_type: input.subject_type,
    target: input.target?.normalize('NFC') ?? null,
    unit: input.unit?.normalize('NFC').toLowerCase() ?? null,
    value_high: input.value_high ?? null,
    value_low: input.value_low ?? null,
    value_number: input.value_number ?? null,
    value_text: input.value_text?.normalize('NFC') ?? null,
    value_time: input.value_time === undefined ? null : sqlTimestamp(instant(input.value_time, 'value_time')),
    value_total: input.value_total ?? null,
  };
  return {
    id: hash(JSON.stringify(fact)),
    subject_type: fact.subject_type,
    subject_id: fact.subject_id,
    database_id: fact.subject_type === 'database' ? fact.subject_id : null,
    attribute: fact.attribute,
    target: fact.target,
    value_number: fact.value_number,
    value_total: fact.value_total,
    value_low: fact.value_low,
    value_high: fact.value_high,
    value_text: fact.value_text,
    value_time: fact.value_time,
    unit: fact.unit,
    stage: fact.stage,
    role: fact.role,
    modality: fact.modality,
    extent: fact.extent,
    shared_n: fact.shared_n,
    flags: fact.flags,
    said_by: fact.said_by,
    quoted: fact.quoted,
    grade: fact.grade,
    observed_at: fact.observed_at,
    stated_at: fact.stated_at,
    collected_at: sqlTimestamp(collectedAt),
    visible_on: localDay(observedAt > statedAt ? observedAt : statedAt),
    run_id: runId,
    source_id: fact.source_id,
    evidence_document: fact.evidence_document,
    evidence_title: fact.evidence_title,
    evidence_number: fact.evidence_number,
    evidence_date: fact.evidence_date,
    evidence_table: fact.evidence_table,
    evidence_row: fact.evidence_row,
    evidence_column: fact.evidence_column,
    evidence_line: fact.evidence_line,
    evidence_inherited_from: fact.evidence_inherited_from,
    evidence_url: fact.evidence_url,
    evidence_query: fact.evidence_query,
    evidence_sha256: fact.evidence_sha256,
    evidence_quote: fact.evidence_quote,
    // How sure its reader was, and on which page it stands, are no part of what the fact is: its id stays.
    confidence: input.confidence ?? null,
    evidence_page: evidence.page ?? null,
  };
}
