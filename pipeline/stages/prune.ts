/**
 * Removes publications that are past keeping. Rule: what a link leads to is never removed, nor anything that is not a whole
 * publication of ours; the store, its closed months and its bundles are never touched.
 */
import { readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../../config/log.ts';
import { EDITIONS, type Keep } from '../../config/schema/publication.ts';
import { isThere } from '../../config/system-fault.ts';
import type { OutPaths } from '../contract.ts';
import { editionLink } from './publish.ts';

/** `2026-06-29_20260629T160000000Z-123` or the same with `-chia_se`: names sort by day, then by start. */
const NAME = /^(\d{4}-\d{2})-\d{2}_\d{8}T\d+Z-\d+(?:-([a-z_]+))?$/;

/** The names to remove: of each edition all but the newest and the last of each of the newest months. */
export function pastKeeping(names: readonly string[], keep: Keep): string[] {
  const ours = names.filter((name) => NAME.test(name)).sort();
  const editions = new Map<string, string[]>();
  for (const name of ours) {
    const edition = NAME.exec(name)?.[2] ?? '';
    editions.set(edition, [...(editions.get(edition) ?? []), name]);
  }
  return [...editions.values()].flatMap((all) => {
    // Later names overwrite earlier ones of their month.
    const lastOfMonth = new Map(all.map((name) => [name.slice(0, 7), name]));
    const months = [...lastOfMonth.values()].slice(Math.max(0, lastOfMonth.size - keep.month_ends));
    const kept = new Set([...all.slice(-keep.newest), ...months]);
    return all.filter((name) => !kept.has(name));
  });
}

/**
 * Removes publications past keeping; call under the run lock, after a publication. Who reads one of them goes on reading the
 * file that was opened. What cannot be removed is said and tried again the next night.
 */
export function prune(paths: OutPaths, keep: Keep, log: Log): void {
  const linked = new Set(EDITIONS.map((edition) => target(editionLink(paths, edition))));
  const removed: string[] = [];
  for (const name of pastKeeping(readdirSync(paths.publications), keep)) {
    const folder = join(paths.publications, name);
    if (linked.has(target(folder))) continue;
    try {
      // Without its manifest it is no publication any more: stopped here, the rest goes when the next one is built.
      rmSync(join(folder, 'manifest.json'), { force: true });
      rmSync(folder, { recursive: true, force: true });
      removed.push(name);
    } catch (error) {
      log.warn('prune.failed', { publication: name, reason: (error as Error).message });
    }
  }
  if (removed.length > 0)
    log.info('prune.done', { removed: removed.length, oldest: removed[0], newest: removed.at(-1) });
}

function target(path: string): string {
  return isThere(path) ? realpathSync(path) : path;
}
