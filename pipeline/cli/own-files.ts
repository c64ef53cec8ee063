/**
 * Which files of a site's settings were changed, and which are no other than those that came with this version: an update may
 * replace the latter. Rule: what is left behind must mean the same without what is taken away.
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { shippedFolder } from '../../config/load.ts';
import { isThere } from '../../config/system-fault.ts';
import { pathsBelow } from '../durable-file.ts';

export interface OwnFiles {
  /** Paths below the folder of settings, in order. */
  changed: string[];
  /** Of these each may be deleted, and the shipped one counts from then on. */
  unchanged: string[];
}

const SETTINGS = /^([a-z_]+\.(yaml|csv)|labels\/[^/]+\.yaml|baseline\/.+|contracts\/[^/]+\.ya?ml)$/;
/** Sources and the facts beside them go together: without its own `sources.yaml` a site reads the shipped facts. */
const OF_SOURCES = /^(sources\.yaml$|baseline\/)/;
/** A folder of contracts counts whole, as soon as it is there. */
const WHOLE = /^contracts\//;

/** @param home the folder of settings of a site */
export function ownFiles(home: string): OwnFiles {
  const found = pathsBelow(home, 'isFile')
    .map((path) => relative(home, path))
    .filter((file) => SETTINGS.test(file))
    .sort();
  const isSame = (file: string): boolean =>
    isThere(join(shippedFolder, file)) &&
    readFileSync(join(home, file)).equals(readFileSync(join(shippedFolder, file)));
  const changed = found.filter((file) => !isSame(file));
  const sourcesChanged = changed.some((file) => OF_SOURCES.test(file));
  const unchanged = found.filter(
    (file) => !changed.includes(file) && !WHOLE.test(file) && !(sourcesChanged && OF_SOURCES.test(file)),
  );
  return { changed, unchanged };
}
