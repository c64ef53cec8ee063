/** Whether what a source names in `sources.yaml` is there; for the `check` of connectors. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';

/** @returns what is wrong, or null; `path` is taken from `folder`, that of the configuration */
export function missingFile(folder: string, path: string): string | null {
  return missing(folder, path, 'file');
}

/** As `missingFile`, for a folder. */
export function missingFolder(folder: string, path: string): string | null {
  return missing(folder, path, 'folder');
}

function missing(folder: string, path: string, kind: 'file' | 'folder'): string | null {
  try {
    const stats = statSync(resolve(folder, path), { throwIfNoEntry: false });
    return (kind === 'file' ? stats?.isFile() : stats?.isDirectory()) ? null : `there is no ${kind} ${path}`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') return `there is no ${kind} ${path}`;
    return `the ${kind} ${path} may not be looked at by this user (${code})`;
  }
}
