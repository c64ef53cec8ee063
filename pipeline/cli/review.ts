/** The page for checking (`csdl extract --review`): what was read, with the ids that the store will give its facts. */

import { Labels } from '../../config/labels.ts';
import { loadConfig } from '../../config/load.ts';
import { localDay } from '../../config/time.ts';
import type { ObservationStatement } from '../../connectors/contract.ts';
import type { Found } from '../../connectors/document/extraction.ts';
import type { ReadDocument } from '../../connectors/document/read-file.ts';
import { renderReview } from '../../reports/review.ts';
import type { ReviewDocument, ReviewFact } from '../../reports/review-input.ts';
import { Normaliser } from '../stages/normalise.ts';
import type { Context } from './context.ts';

export interface ReviewOptions {
  /** Source of sources.yaml the documents belong to: a part of the ids. */
  source?: string | undefined;
  leastConfidence: number;
}

/** @throws ConfigFault when the settings are not in order */
export function reviewPage(read: readonly ReadDocument[], options: ReviewOptions, context: Context): string {
  const { effects } = context;
  const { config } = loadConfig(context.options.config, effects.environment);
  const { sources } = config.sources;
  const inboxes = sources.filter((source) => source.connector === 'inbox' || source.connector === 'document');
  const source = sources.find((one) => one.id === options.source) ?? (inboxes.length === 1 ? inboxes[0] : undefined);
  const now = effects.now();
  const names = new Map([
    ...config.databases.map((row) => [row.database_id, row.name] as const),
    ...config.agencies.map((row) => [row.agency_id, row.name] as const),
  ]);
  const normaliser = new Normaliser({
    config,
    runId: 'review',
    sourceId: options.source ?? source?.id ?? 'inbox',
    collectedAt: now,
    trust: source?.trust,
  });
  const name = (id: string): string => names.get(id) ?? id;

  const factOf = (found: Found<ObservationStatement>): ReviewFact => {
    const { statement, confidence } = found;
    const before = normaliser.result.rejections.length;
    normaliser.add({ kind: 'statement', statement, at: '' });
    const refusal = normaliser.result.rejections[before]?.message ?? null;
    const row = refusal === null ? normaliser.result.observations.at(-1) : undefined;
    const attribute = Object.hasOwn(config.attributes.attributes, statement.attribute)
      ? config.attributes.attributes[statement.attribute]
      : undefined;
    return {
      ...statement,
      id: row === undefined ? null : String(row.id),
      refusal,
      subject: name(statement.subject_id),
      scale: attribute?.scale ?? null,
      grade: statement.grade ?? '',
      confidence,
      is_low: confidence < options.leastConfidence,
      place: statement.evidence,
      words: found.words,
    };
  };
  const documentOf = ({ name: file, document, extraction }: ReadDocument): ReviewDocument => {
    normaliser.add({ kind: 'statement', statement: extraction.document, at: file });
    return {
      title: extraction.document.title,
      file,
      number: extraction.document.number ?? null,
      day: extraction.document.stated_at.slice(0, 10),
      day_known: extraction.document.date !== undefined,
      blocks: document.blocks,
      facts: extraction.observations.map(factOf),
      rejections: extraction.rejections.map(({ evidence, ...rest }) => ({ ...rest, place: evidence })),
      tasks: extraction.tasks.map(({ statement, confidence }) => ({
        no: statement.no,
        databases: statement.database_ids.map(name),
        deadline: statement.deadline,
        agencies: statement.overdue_agencies.map(name),
        confidence,
        place: statement.evidence,
      })),
      counts: extraction.agencyCounts.map(({ statement }) => ({
        agency: name(statement.agency),
        figures: (['assigned', 'done', 'in_progress', 'overdue', 'own', 'shared'] as const).flatMap((key) =>
          statement[key] === undefined ? [] : [[key, statement[key]] as const],
        ),
        adds_up: statement.adds_up,
        place: statement.evidence,
      })),
      checks: extraction.checks.map(({ statement }) => ({
        kind: statement.kind,
        printed: String(statement.printed),
        counted: String(statement.counted),
        place: statement.evidence,
      })),
    };
  };
  const input = {
    documents: read.map(documentOf),
    today: localDay(now),
    least_confidence: options.leastConfidence,
  };
  return renderReview(input, new Labels(config.labels));
}
