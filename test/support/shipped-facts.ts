/** The facts shipped with the program, read from every source of the shipped settings as a night reads them. */
import { shippedFolder } from '../../config/load.ts';
import { discoverConnectors } from '../../connectors/discover.ts';
import type { ObservationRow, StatementRow } from '../../pipeline/database/store-rows.ts';
import { Normaliser } from '../../pipeline/stages/normalise.ts';
import { collectContext } from './collect-context.ts';
import { Night, shipped } from './night.ts';

export interface ShippedFacts {
  observations: ObservationRow[];
  statements: StatementRow[];
  /** What the Normaliser refused, one "source: code: message" each; nothing, as long as the files are whole. */
  refused: string[];
}

/** Every fact of every shipped source. @throws when a source names a connector that does not exist */
export async function shippedFacts(): Promise<ShippedFacts> {
  const connectors = await discoverConnectors();
  const facts: ShippedFacts = { observations: [], statements: [], refused: [] };
  for (const source of shipped.sources.sources) {
    const connector = connectors.get(source.connector);
    if (connector === undefined) throw new Error(`no connector ${source.connector}`);
    const normaliser = new Normaliser({
      config: shipped,
      runId: 'run',
      sourceId: source.id,
      collectedAt: new Date('2026-06-30T01:00:00Z'),
      trust: source.trust,
    });
    const context = collectContext({ sourceId: source.id, folder: shippedFolder });
    for await (const piece of connector.collect(connector.options.parse(source.options), context))
      normaliser.add(piece);
    const { observations, statements, documents, rejections } = normaliser.result;
    facts.observations.push(...observations);
    facts.statements.push(...statements, ...documents);
    facts.refused.push(...rejections.map((r) => `${source.id}: ${r.code}: ${r.message}`));
  }
  return facts;
}

/** A night over all shipped facts as of a day. Close it when done. @throws when a fact was refused */
export async function shippedNight(asOf: string): Promise<Night> {
  const { observations, statements, refused } = await shippedFacts();
  if (refused.length > 0) throw new Error(`refused: ${refused.join('; ')}`);
  return Night.over(shipped, asOf, { observations, statements });
}
