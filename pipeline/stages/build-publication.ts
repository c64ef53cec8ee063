/**
 * Builds and checks one edition of a publication in a folder of its own: file, pages, reports, exports, manifest. Rule: all of
 * it is made from one schema, so that what a filter left out there is nowhere; the folder is not seen until `publish`.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Labels } from '../../config/labels.ts';
import { packageVersion } from '../../config/package-root.ts';
import type { Edition } from '../../config/schema/publication.ts';
import { siteFiles } from '../../reports/render.ts';
import { viewOf } from '../../reports/view.ts';
import { type ExportedLog, exportLog } from '../database/archive-export.ts';
import type { Database } from '../database/database.ts';
import { checkPublication, prepareEdition, preparePublication } from '../database/publication.ts';
import { syncFolder } from '../durable-file.ts';
import type { Night } from '../night.ts';
import { signPublication } from '../signature.ts';
import { exportPublication, exportTables, loadFormats, standingFiles } from './export.ts';
import { exportTablesBeside } from './export-beside.ts';
import { officialFiles } from './official.ts';
import { type Manifest, startPublication, writeFiles, writeManifest } from './publish.ts';
import { metaOf, type RenderInput, readRenderTables, reportContext } from './render.ts';
import { settled } from './settled.ts';

/** How an edition differs from another in the building. */
interface EditionKind {
  schema: 'publication' | 'edition';
  /** The log of observations goes with it as it is. */
  holdsLog: boolean;
  /** Checks of scoring/checks that its tables cannot keep. */
  checksLeftOut: readonly string[];
}

const KINDS: Readonly<Record<Edition, EditionKind>> = {
  noi_bo: { schema: 'publication', holdsLog: true, checksLeftOut: [] },
  // A database of which only hidden facts are known looks as if nobody had spoken; the internal edition was checked for it.
  chia_se: { schema: 'edition', holdsLog: false, checksLeftOut: ['silence_is_unknown'] },
};

/** Databases from which on pages take so long that the exports have a thread of their own: it takes 0.4 s to start. */
const LARGE = 1_000;

/** What was built, or why it may not be published (the folder is gone then). */
export type Built = { name: string; pages: number; failures: readonly [] } | { failures: readonly string[] };

/**
 * @param database the tables of the edition's schema must be complete
 * @param current what readers have now, from which files that cannot change are taken over; null for nothing
 * @param afterFile what else the engine has to do, when the file is whole and the program still renders and exports
 * @throws whatever goes wrong in writing; the folder then lacks its manifest, and the next run removes it
 */
export async function buildPublication(
  database: Database,
  night: Night,
  edition: Edition,
  publishedAt: Date,
  current: Manifest | null = null,
  afterFile: () => Promise<void> = async () => {},
): Promise<Built> {
  const { plan, paths, runId, asOf } = night;
  const { config } = plan.loaded;
  const kind = KINDS[edition];
  const name = edition === 'noi_bo' ? runId : `${runId}-${edition}`;
  const folder = startPublication(paths, name);
  const file = join(folder, 'csdl.duckdb');
  const input: RenderInput = { config, runId, asOf, publishedAt, edition, schema: kind.schema };
  const isLarge = config.databases.length >= LARGE;
  const labels = new Labels(config.labels);
  const write =
    edition === 'noi_bo'
      ? await preparePublication(database, file, labels)
      : await prepareEdition(database, file, labels, paths.scratch);
  // One worker: the other core renders, and what is not sorted (the log) is written in its own order.
  await database.setThreads(1);
  const beside = await database.fork();
  const reading = await database.fork();
  const earlier = current === null ? null : { folder: paths.current, files: current.files };
  const logOf = async (): Promise<ExportedLog> =>
    kind.holdsLog ? await exportLog(beside, paths.archive, folder, earlier) : NO_LOG;
  const pagesOf = async (log: Promise<ExportedLog>): Promise<number> => {
    const ctx = reportContext(await readRenderTables(reading, input), input);
    const view = viewOf(ctx);
    const pages = await writeFiles(join(folder, 'site'), siteFiles(view, ctx.labels));
    const reports = officialFiles(view, config);
    await writeFiles(folder, reports);
    await exportPublication(folder, ctx, standingFiles([...(await log).files, ...reports.keys()]));
    if (!isLarge) await loadFormats();
    return pages;
  };
  // The engine writes the file, and the log beside it, while the pages are read and rendered.
  const [writing, logging] = [write(), logOf()];
  // When the file is whole, nothing of it is seen yet: it is checked, and its tables are exported, whatever is still being rendered.
  const checking = writing.then(() => checkPublication(file, plan.scoring, kind.checksLeftOut));
  const exported = isLarge ? exportTablesBeside : exportTables;
  const exporting = writing.then(() => exported(file, folder, metaOf(input)));
  const works = [writing, logging, pagesOf(logging), checking, exporting, writing.then(afterFile)] as const;
  const [, log, pages, failures] = await settled(works).finally(() => {
    beside.close();
    reading.close();
  });
  if (failures.length > 0) {
    rmSync(folder, { recursive: true, force: true });
    return { failures };
  }
  // Until the first run with a live status file is read through the fixed links, the folder answers for itself.
  await writeFiles(folder, new Map([['status.js', 'window.CSDL_STATUS = null;\n']]));
  const { method, bundle } = night;
  const facts = { run_id: runId, as_of: asOf, edition, program_version: packageVersion, method, bundle };
  writeManifest(folder, { ...facts, made_at: publishedAt.toISOString() }, log.hashes);
  signPublication(folder, plan.loaded);
  // Before anything leads to it: a link that outlives a loss of power must not lead to files that did not.
  await syncFolder(folder);
  return { name, pages, failures: [] };
}

const NO_LOG: ExportedLog = { files: [], hashes: new Map() };
