/**
 * Whether a publication is what was published: every file of its manifest as it was written, nothing missing, nothing added.
 * Rule: nothing of the folder is believed; a name that leads out of it is never opened, a link never followed.
 */
import type { KeyObject } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { EXIT, Fault } from '../config/fault.ts';
import { fileSha256 } from './durable-file.ts';
import { checkSignature, SIGNATURE_FILE, type SignatureState } from './signature.ts';
import { type Manifest, manifestIn } from './stages/publish.ts';

/** `extra`: not in the manifest; `not_a_file`: a link, a folder or a device in its place; `bad_name`: leads out of the folder. */
export type FileState = 'ok' | 'changed' | 'missing' | 'extra' | 'not_a_file' | 'unreadable' | 'bad_name';

export interface Verified {
  folder: string;
  run_id: string;
  as_of: string;
  edition: string;
  intact: boolean;
  signature: { state: SignatureState; key_id: string | null };
  files: { path: string; state: FileState }[];
}

/** States of a signature under which nothing speaks against the publication. */
const GOOD: ReadonlySet<SignatureState> = new Set(['valid', 'not_checked', 'unsigned']);

/**
 * @param folder of one publication, wherever it was copied or unpacked to
 * @param key that must have signed it, or null
 * @throws Fault `verify/…`: no publication there (exit 2), or a manifest that cannot be read (exit 4)
 */
export function verifyPublication(folder: string, key: KeyObject | null): Verified {
  const bytes = readIn(folder, 'manifest.json');
  if (bytes === null)
    throw new Fault('verify/no-publication', `${folder} holds no manifest.json`, {
      exit: EXIT.usage,
      hint: 'name the folder of a publication: out/publications/RUN, or where it was copied to',
    });
  const manifest = manifestIn(bytes.toString('utf8'));
  if (manifest === null)
    throw new Fault('verify/broken-manifest', `manifest.json of ${folder} cannot be read`, {
      exit: EXIT.gate,
      hint: 'the publication is not intact: copy it again, or let csdl run make a new one',
    });
  const found = new Set(namesBelow(folder));
  for (const own of ['manifest.json', SIGNATURE_FILE]) found.delete(own);
  const listed = Object.entries(manifest.files).map(([path, file]) => ({ path, state: stateOf(folder, path, file) }));
  const extra = [...found]
    .filter((path) => !Object.hasOwn(manifest.files, path))
    .map((path) => ({ path, state: 'extra' as const }));
  const files = [...listed, ...extra].sort((a, b) => (a.path < b.path ? -1 : 1));
  const signature = checkSignature(bytes, readIn(folder, SIGNATURE_FILE)?.toString('utf8') ?? null, key);
  const { run_id, as_of, edition } = manifest;
  const intact = files.every(({ state }) => state === 'ok') && GOOD.has(signature.state);
  return { folder, run_id, as_of, edition, intact, signature, files };
}

/** The bytes of a plain file of the folder; null where there is none. */
function readIn(folder: string, name: string): Buffer | null {
  const path = join(folder, name);
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path) : null;
}

/** Everything below the folder but folders, by paths as the manifest writes them. */
function namesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function stateOf(folder: string, path: string, file: Manifest['files'][string]): FileState {
  const parts = path.split('/');
  if (path.includes('\0') || path.includes('\\') || parts.some((part) => part === '' || part === '.' || part === '..'))
    return 'bad_name';
  try {
    // Each folder on the way too: a link among them would lead out.
    for (let n = 1; n < parts.length; n++) {
      const stat = lstatSync(join(folder, ...parts.slice(0, n)), { throwIfNoEntry: false });
      if (stat === undefined) return 'missing';
      if (!stat.isDirectory()) return 'not_a_file';
    }
    const stat = lstatSync(join(folder, path), { throwIfNoEntry: false });
    if (stat === undefined) return 'missing';
    if (!stat.isFile()) return 'not_a_file';
    return stat.size === file.bytes && fileSha256(join(folder, path)) === file.sha256 ? 'ok' : 'changed';
  } catch {
    return 'unreadable';
  }
}
