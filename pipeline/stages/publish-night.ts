/** Decides whether a night may be published, builds and checks it, and publishes it; the last publication stands until then. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Labels } from '../../config/labels.ts';
import { packageVersion } from '../../config/package-root.ts';
import { renderSite } from '../../reports/render.ts';
import { viewOf } from '../../reports/view.ts';
import type { ViewContext } from '../../reports/view-context.ts';
import { exportLog } from '../database/archive-export.ts';
import type { Database } from '../database/database.ts';
import { checkPublication, completePublication, preparePublication } from '../database/publication.ts';
import type { Night } from '../night.ts';
import type { CollectedSource } from './collect.ts';
import { exportNight, standingFiles } from './export.ts';
import { officialFiles } from './official.ts';
import { currentManifest, publish, startPublication, writeFiles, writeManifest, writeStatus } from './publish.ts';
import { type RenderInput, readRenderTables, reportContext } from './render.ts';

/**
 * Builds, checks and publishes; returns why it was withheld, or null.
 * @param refusal why the scoring itself asks to withhold it (a method that was not accepted), or null
 */
export async function publishNight(
  database: Database,
  night: Night,
  collected: readonly CollectedSource[],
  refusal: string | null,
  now: () => Date,
): Promise<string | null> {
  const { plan, paths, runId, asOf, log } = night;
  const last = currentManifest(paths);
  const finish = (message: string | null): string | null => {
    writeStatus(paths, {
      run_id: runId,
      as_of: asOf,
      finished_at: now().toISOString(),
      published: message === null,
      last_published_as_of: message === null ? asOf : (last?.as_of ?? null),
      message: message ?? '',
    });
    if (message !== null) log.warn('publish.withheld', { reason: message });
    return message;
  };
  const missing = tooFewSources(collected, plan.loaded.config.scoring.min_required_sources) ?? refusal;
  if (missing !== null) return finish(missing);

  const { config } = plan.loaded;
  const folder = startPublication(paths, runId);
  const file = join(folder, 'csdl.duckdb');
  const labels = new Labels(config.labels);
  await completePublication(database, labels, runId);
  const publishedAt = now();
  const input: RenderInput = { config, runId, asOf, publishedAt, edition: 'noi_bo', schema: 'publication' };
  const tables = await readRenderTables(database, input);
  const write = await preparePublication(database, file, labels);
  // One worker: the other core renders, and what is not sorted (the log) is written in its own order.
  await database.setThreads(1);
  // The engine writes the file while the pages are rendered; both have ended before anything else happens.
  const [written, rendered] = await Promise.allSettled([write(), renderPages(() => reportContext(tables, input))]);
  if (written.status === 'rejected') throw written.reason;
  if (rendered.status === 'rejected') throw rendered.reason;
  const { ctx, site, reports } = rendered.value;
  const failures = await checkPublication(file, plan.scoring);
  if (failures.length > 0) {
    rmSync(folder, { recursive: true, force: true });
    return finish(
      `the tables failed ${failures.length} check${failures.length === 1 ? '' : 's'}: ${failures.join('; ')}`,
    );
  }
  writeFiles(join(folder, 'site'), site);
  writeFiles(folder, reports);
  const { files: months, hashes } = await exportLog(database, paths.archive, join(folder, 'exports', 'observation'));
  await exportNight(file, folder, ctx, standingFiles([...months, ...reports.keys()]));
  // Until the first run with a live status file is read through the fixed links, the folder answers for itself.
  writeFiles(folder, new Map([['status.js', 'window.CSDL_STATUS = null;\n']]));
  writeManifest(
    folder,
    {
      run_id: runId,
      as_of: asOf,
      edition: 'noi_bo',
      program_version: packageVersion,
      method: night.method,
      bundle: night.bundle,
      made_at: publishedAt.toISOString(),
    },
    hashes,
  );
  publish(paths, runId);
  log.info('publish.done', { pages: site.size });
  return finish(null);
}

/** Rendering is all computing; as a promise it can fail beside the writing without leaving that alone. */
async function renderPages(context: () => ViewContext) {
  const ctx = context();
  const view = viewOf(ctx);
  return { ctx, site: renderSite(view, ctx.labels), reports: officialFiles(view, ctx.config) };
}

function tooFewSources(collected: readonly CollectedSource[], percent: number): string | null {
  const required = collected.filter((c) => c.health.required && c.health.state !== 'skipped');
  const answered = required.filter((c) => c.health.state === 'ok');
  if (answered.length * 100 >= required.length * percent) return null;
  const failed = required.filter((c) => c.health.state !== 'ok').map((c) => c.health.source_id);
  return `only ${answered.length} of ${required.length} required sources answered (failed: ${failed.join(', ')})`;
}
