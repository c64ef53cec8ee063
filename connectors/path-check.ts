/** Whether what a source names in `sources.yaml` is there; for the `check` of connectors. */
import { existsSync, type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';

/** @returns what is wrong, or null; `path` is taken from `folder`, that of the configuration */
export function missingFile(folder: string, path: string): string | null {
  return statsOf(folder, path)?.isFile() ? null : `there is no file ${path}`;
}

/** As `missingFile`, for a folder. */
export function missingFolder(folder: string, path: string): string | null {
  return statsOf(folder, path)?.isDirectory() ? null : `there is no folder ${path}`;
}

/** Null also where a folder on the way may not be read: for the run it is not there. */
function statsOf(folder: string, path: string): Stats | null {
  const found = resolve(folder, path);
  return existsSync(found) ? statSync(found) : null;
}
