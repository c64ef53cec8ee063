/** Finds the SQL of the house by folder listing, in sorted order; a file's path is its name. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { asset, packageRoot } from '../config/package-root.ts';
import { parseHeader } from './header.ts';
import type { ScoringSql, SqlFile } from './sql-files.ts';

/** Reads macros, models, indicators, findings, actions and checks. `root` is another folder for tests. */
export function readScoringSql(root: string = asset('scoring')): ScoringSql {
  const files: SqlFile[] = [];
  const add = (family: SqlFile['family'], folder: string, id: (parts: string[]) => string): void => {
    for (const path of sqlFiles(join(root, folder))) {
      const sql = readFileSync(path, 'utf8');
      const parts = relative(join(root, folder), path)
        .replace(/\.sql$/, '')
        .split(/[\\/]/);
      files.push({ id: id(parts), family, path: relative(packageRoot, path), header: parseHeader(sql), sql });
    }
  };
  add('model', 'models', (parts) => parts.join('.'));
  add('indicator', 'indicators', (parts) => parts.at(-1) ?? '');
  add('finding', 'findings', (parts) => parts.join('.'));
  add('action', 'actions', (parts) => parts.join('.'));
  add('check', 'checks', (parts) => parts.join('.'));
  return { macros: readFileSync(join(root, 'macros.sql'), 'utf8'), files };
}

function sqlFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.sql'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
