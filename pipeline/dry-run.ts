/** A run that stores nothing: plan → collect → normalise, to try a source before it counts. */

import { localDay } from '../config/time.ts';
import type { DryRunReport, RunOptions } from './contract.ts';
import { sourceReport } from './source-report.ts';
import { collect } from './stages/collect.ts';
import { openOutside } from './stages/outside.ts';
import { makePlan, onlyAsked } from './stages/plan.ts';

/** Refused pieces shown of each source. */
const SHOWN = 20;

/**
 * Fetches and validates; neither store nor publication is touched or needed.
 * @throws ConfigFault (exit 2) before any request
 */
export async function dryRun(options: RunOptions): Promise<DryRunReport> {
  const startedAt = options.now();
  const plan = await makePlan(options.configFolder, options.environment);
  const { config, folder, secrets } = plan.loaded;
  const asOf = options.asOf ?? config.sources.as_of ?? localDay(startedAt);
  const { environment, now, signal, log } = options;
  const sources = onlyAsked(plan.sources, options.only);
  const outside = openOutside({ sources: config.sources, environment, now });
  try {
    const nothing = { past: new Map(), memory: new Map(), bundle: '', runId: 'dry-run' };
    const input = { sources, config, folder, secrets, startedAt, asOf, now, outside, log, signal, ...nothing };
    const collected = await collect(input);
    return {
      dry_run: true,
      as_of: asOf,
      observations: collected.reduce((n, c) => n + c.normalised.observations.length, 0),
      rejections: collected.reduce((n, c) => n + c.normalised.rejections.length, 0),
      sources: collected.map((c) => sourceReport(c.health)),
      refused: collected.flatMap((c) =>
        c.normalised.rejections
          .slice(0, SHOWN)
          .map(({ place, code, message }) => ({ source: c.health.source_id, place, code, message })),
      ),
    };
  } finally {
    await outside.close();
  }
}
