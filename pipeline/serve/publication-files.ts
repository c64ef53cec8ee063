/**
 * The files of the publication that `current` points to at this moment. Rule: a file is served when the manifest names
 * it, and only as the manifest describes it: what an address may be is a key of that list, never a path to walk.
 */
import { constants } from 'node:fs';
import { type FileHandle, open, readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { OutPaths } from '../contract.ts';
import { SIGNATURE_FILE } from '../signature.ts';
import { type Manifest, manifestSchema } from '../stages/publish.ts';

export interface ServedPublication {
  folder: string;
  manifest: Manifest;
  /** The manifest byte for byte, since that is what is signed, and its signature; null where it is not signed. */
  manifestText: string;
  signature: string | null;
}

export class PublicationFiles {
  readonly #paths: OutPaths;
  /** A publication is never altered, so that its list is read once. */
  #last: ServedPublication | undefined;

  constructor(paths: OutPaths) {
    this.#paths = paths;
  }

  /** What `current` points to now; null where nothing is published or the link leads elsewhere. */
  async current(): Promise<ServedPublication | null> {
    try {
      const folder = await realpath(this.#paths.current);
      if (this.#last?.folder === folder) return this.#last;
      if (!folder.startsWith((await realpath(this.#paths.publications)) + sep)) return null;
      const manifestText = await readFile(join(folder, 'manifest.json'), 'utf8');
      const manifest = manifestSchema.parse(JSON.parse(manifestText));
      const signature = await readFile(join(folder, SIGNATURE_FILE), 'utf8').catch(() => null);
      this.#last = { folder, manifest, manifestText, signature };
      return this.#last;
    } catch {
      return null;
    }
  }
}

/**
 * Opens a file of the manifest; the caller closes it. The handle stays with this publication, whatever is published
 * while it is read. Null where the manifest does not name it, or what lies there is a link or of another size.
 */
export async function openListed({ folder, manifest }: ServedPublication, name: string): Promise<FileHandle | null> {
  const listed = Object.hasOwn(manifest.files, name) ? manifest.files[name] : undefined;
  if (listed === undefined) return null;
  const path = join(folder, name);
  let handle: FileHandle | undefined;
  try {
    if ((await realpath(path)) !== path) return null;
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    const stat = await handle.stat();
    if (stat.isFile() && stat.size === listed.bytes) return handle;
  } catch {
    // Gone or unreadable: the same as not there.
  }
  await handle?.close();
  return null;
}
