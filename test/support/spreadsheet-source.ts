/** The connector spreadsheet run alone by a test: what it gives, and what the pipeline then refuses of it. */
import {
  type Collected,
  type DocumentStatement,
  type ObservationStatement,
  statement,
} from '../../connectors/contract.ts';
import spreadsheet from '../../connectors/sources/spreadsheet.ts';
import { Normaliser } from '../../pipeline/stages/normalise.ts';
import { collectAll } from './collect-context.ts';
import { config } from './form-readings.ts';

/** What the connector gives of a folder. */
export const collectFrom = (folder: string, options: object = {}): Promise<Collected[]> =>
  collectAll(spreadsheet, { path: '.', ...options }, { folder, registry: config });

export const said = (pieces: readonly Collected[]) =>
  pieces.flatMap((piece) => (piece.kind === 'statement' ? [statement.parse(piece.statement)] : []));
export const documents = (pieces: readonly Collected[]): DocumentStatement[] =>
  said(pieces).filter((one): one is DocumentStatement => one.type === 'document');
export const facts = (pieces: readonly Collected[]): ObservationStatement[] =>
  said(pieces).filter((one): one is ObservationStatement => one.type === 'observation');
export const refusals = (pieces: readonly Collected[]) => pieces.filter((piece) => piece.kind === 'rejection');
export const fact = (pieces: readonly Collected[], attribute: string) =>
  facts(pieces).find((one) => one.attribute === attribute);

/** What the pipeline refuses of it. */
export function refusedByPipeline(pieces: readonly Collected[]): string[] {
  const normaliser = new Normaliser({
    config,
    runId: 'r',
    sourceId: 's',
    collectedAt: new Date('2026-06-30T00:00:00Z'),
    trust: { grade: 'E1', said_by: ['owner'] },
  });
  for (const piece of pieces) if (piece.kind === 'statement') normaliser.add(piece);
  return normaliser.finish().rejections.map(({ code, message }) => `${code}: ${message}`);
}
