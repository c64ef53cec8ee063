/** Decides whether a night may be published, and publishes its editions; the last publication stands until then. */
import { Labels } from '../../config/labels.ts';
import { knownFault } from '../../config/system-fault.ts';
import type { Database } from '../database/database.ts';
import { filterEdition } from '../database/edition.ts';
import { keepPublished, setRunState } from '../database/ledger.ts';
import { completePublication } from '../database/publication.ts';
import { tidyStore } from '../database/store.ts';
import type { Night } from '../night.ts';
import { buildPublication } from './build-publication.ts';
import type { CollectedSource } from './collect.ts';
import { currentManifest, publish, writeStatus } from './publish.ts';

/** Why the night was withheld, and why the edition `chia_se` alone was not published; null where nothing kept it back. */
export interface Published {
  withheld: string | null;
  withheldEdition: string | null;
}

/**
 * Builds, checks, records and publishes: the internal edition, then the other one where it is asked for, which never harms
 * the first. The record stands before the link: a night stopped between them is finished by the next run.
 * @param refusal why the scoring itself asks to withhold it (a method that was not accepted), or null
 */
export async function publishNight(
  database: Database,
  night: Night,
  collected: readonly CollectedSource[],
  refusal: string | null,
  now: () => Date,
): Promise<Published> {
  const { plan, paths, runId, asOf, log } = night;
  const { config } = plan.loaded;
  const last = currentManifest(paths);
  const say = (withheld: string | null, withheldEdition: string | null): void =>
    writeStatus(paths, {
      run_id: runId,
      as_of: asOf,
      finished_at: now().toISOString(),
      published: withheld === null,
      last_published_as_of: withheld === null ? asOf : (last?.as_of ?? null),
      message: withheld ?? (withheldEdition === null ? '' : `chia_se was not published: ${withheldEdition}`),
    });
  const finish = async (withheld: string | null, withheldEdition: string | null = null): Promise<Published> => {
    await setRunState(database, runId, withheld === null ? 'published' : 'withheld', now());
    say(withheld, withheldEdition);
    if (withheld !== null) log.warn('publish.withheld', { reason: withheld });
    if (withheldEdition !== null) log.warn('publish.edition-withheld', { edition: 'chia_se', reason: withheldEdition });
    return { withheld, withheldEdition };
  };
  const missing = tooFewSources(collected, config.scoring.min_required_sources) ?? refusal;
  if (missing !== null) return finish(missing);

  await completePublication(database, new Labels(config.labels), new Labels(plan.translations.en), runId);
  const publishedAt = now();
  const built = await buildPublication(database, night, 'noi_bo', publishedAt, last, () => tidyStore(database));
  if (!('name' in built)) return finish(failedChecks(built.failures));
  await keepPublished(database, { asOf, knownAt: night.startedAt, runId }, now());
  publish(paths, built.name, 'noi_bo');
  say(null, null);
  log.info('publish.done', { pages: built.pages });
  return finish(
    null,
    config.publication.editions.includes('chia_se') ? await publishChiaSe(database, night, publishedAt) : null,
  );
}

/** The edition that may leave the house; gives why it was not published, whatever that is, or null. */
async function publishChiaSe(database: Database, night: Night, publishedAt: Date): Promise<string | null> {
  try {
    await filterEdition(database);
    const built = await buildPublication(database, night, 'chia_se', publishedAt);
    if (!('name' in built)) return failedChecks(built.failures);
    publish(night.paths, built.name, 'chia_se');
    night.log.info('publish.edition-done', { edition: 'chia_se', pages: built.pages });
    return null;
  } catch (error) {
    const known = knownFault(error);
    return known === null ? String(error) : `${known.code}: ${known.message}`;
  }
}

function failedChecks(failures: readonly string[]): string {
  return `the tables failed ${failures.length} check${failures.length === 1 ? '' : 's'}: ${failures.join('; ')}`;
}

function tooFewSources(collected: readonly CollectedSource[], percent: number): string | null {
  const required = collected.filter((c) => c.health.required && c.health.state !== 'skipped');
  const answered = required.filter((c) => c.health.state === 'ok');
  if (answered.length * 100 >= required.length * percent) return null;
  const failed = required.filter((c) => c.health.state !== 'ok').map((c) => c.health.source_id);
  return `only ${answered.length} of ${required.length} required sources answered (failed: ${failed.join(', ')})`;
}
