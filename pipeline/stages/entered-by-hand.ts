/** Facts that a person entered in decisions.yaml, as a source of their own. */
import { createHash } from 'node:crypto';
import { stableJson } from '../../config/stable-json.ts';
import type { CollectedSource, CollectInput } from './collect.ts';
import { healthRow } from './collect-source.ts';
import { Normaliser } from './normalise.ts';

/** The facts as a collected source, or null when there are none. */
export function enteredByHand(input: CollectInput): CollectedSource | null {
  const entered = input.config.decisions.filter((d) => d.kind === 'enter');
  if (entered.length === 0) return null;
  const normaliser = new Normaliser({
    config: input.config,
    runId: input.runId,
    sourceId: 'decisions',
    collectedAt: input.startedAt,
  });
  for (const decision of entered) {
    const {
      document: given,
      title,
      number,
      date,
      stated_at: statedAt,
      grade,
      said_by: saidBy,
      ...rest
    } = decision.fact;
    const { evidence, ...fact } = rest;
    // The id of a document that was read, where the person gives it: the fact then stands beside what was read of it.
    const id = typeof given === 'string' ? given : decision.id;
    const document = {
      type: 'document',
      id,
      title: title ?? decision.ground,
      number,
      date,
      stated_at: statedAt ?? decision.when,
      grade: grade ?? 'E1',
      said_by: saidBy ?? 'owner',
      sha256: createHash('sha256').update(stableJson(decision.fact)).digest('hex'),
    };
    const place = typeof evidence === 'object' && evidence !== null ? evidence : {};
    const observation = {
      type: 'observation',
      document: id,
      ...fact,
      evidence: { query: `decisions.yaml ${decision.id}`, ...place },
    };
    normaliser.add({ kind: 'statement', statement: JSON.parse(JSON.stringify(document)), at: decision.id });
    normaliser.add({ kind: 'statement', statement: observation, at: decision.id });
  }
  const result = normaliser.finish();
  return { health: healthRow(input, 'decisions', 'decisions', result), normalised: result, memory: [] };
}
