/** What was read from a document, as csdl extract prints it: NDJSON lines, or a summary for a terminal. */
import type { Config } from '../../config/load.ts';
import type { Locator, ObservationStatement } from '../../connectors/contract.ts';
import type { Extraction } from '../../connectors/document/extraction.ts';
import { pieces } from '../../connectors/document/statements.ts';
import { type Row, table } from './output.ts';
import { visible } from './visible.ts';

/** One line a statement, `type` first: the document, then facts and rejections in the order of the document. */
export function extractionLines(extraction: Extraction): string {
  return pieces(extraction)
    .map((piece) => {
      if (piece.kind === 'statement') return piece.statement;
      const { code, message, raw, evidence } = piece.rejection;
      return { type: 'rejection', document: extraction.document.id, code, message, raw, evidence };
    })
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}

/** Figures of a document and the list of its facts. */
export function extractionSummary(
  file: string,
  extraction: Extraction,
  registry: Pick<Config, 'databases' | 'agencies'>,
): string {
  const { document, observations, tasks, agencyCounts, checks, rejections } = extraction;
  const head = [
    `${visible(file)}: ${visible(document.title)}`,
    `  ${document.number === undefined ? '' : `${visible(document.number)} · `}${document.stated_at.slice(0, 10)}${document.date === undefined ? ' (no day in the document)' : ''} · ${document.id}`,
    `  ${observations.length} facts · ${tasks.length} tasks · ${agencyCounts.length} counts of agencies · ${checks.length} checks · ${rejections.length} rejections`,
  ];
  const names = new Map([
    ...registry.databases.map((row) => [row.database_id, row.name] as const),
    ...registry.agencies.map((row) => [row.agency_id, row.name] as const),
  ]);
  const parts = [
    head.join('\n'),
    grouped(
      'attribute',
      observations.map((one) => one.statement.attribute),
    ),
    grouped(
      'rejection',
      rejections.map((one) => one.code),
    ),
    observations.length === 0
      ? ''
      : table(observations.map(({ statement, confidence }) => factRow(statement, confidence, names))),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n\n`;
}

function grouped(title: string, words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([word, n]) => ({ [title]: word, n }));
  return rows.length === 0 ? '' : table(rows);
}

function factRow(fact: ObservationStatement, confidence: number, names: ReadonlyMap<string, string>): Row {
  return {
    row: placeOf(fact.evidence),
    of: cut(names.get(fact.subject_id) ?? fact.subject_id, 46),
    what: fact.target === undefined ? fact.attribute : `${fact.attribute} (${cut(fact.target, 20)})`,
    value: cut(shownValue(fact), 40),
    modality: fact.modality,
    grade: fact.grade ?? '',
    confidence: Math.round(confidence * 100) / 100,
  };
}

function placeOf({ table: number, row, line }: Locator): string {
  return [number === undefined ? '' : `${number}/`, row ?? '', line === undefined ? '' : `:${line}`].join('');
}

/** A value in few characters: a state, a ratio, an interval, a figure. */
function shownValue(fact: ObservationStatement): string {
  const unit = fact.unit === undefined ? '' : ` ${fact.unit}`;
  if (fact.value_total !== undefined) return `${fact.value_number}/${fact.value_total}${unit}`;
  if (fact.value_low !== undefined) return `${fact.value_low}–${fact.value_high}${unit}`;
  if (fact.value_number !== undefined) return `${fact.value_number}${unit}`;
  return fact.value_text ?? fact.value_time ?? '';
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
