/** Where the package lies: assets (.sql, .hbs, .yaml, .csv) are found from here, never from the working directory. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function find(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  // From config/ in a clone or from dist/config/ in an installed package: the nearest package.json upwards is ours.
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('package.json not found above the program');
    folder = parent;
  }
  return folder;
}

export const packageRoot: string = find();

/** Absolute path of an asset shipped with the program, e.g. `asset('scoring', 'models')`. */
export function asset(...parts: string[]): string {
  return join(packageRoot, ...parts);
}

/** Version of the program, as in package.json. */
export const packageVersion: string = (
  JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
).version;
