/** Whether a folder is a whole publication: every file its manifest lists is there, with the bytes that were hashed. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileSha256 } from '../durable-file.ts';
import { manifestSchema } from './publish.ts';

/** What is wrong with the publication in `folder`, the first thing found; null when it is whole. Reads every byte. */
export function brokenPublication(folder: string): string | null {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path)) return 'it has no manifest';
  let files: Readonly<Record<string, { sha256: string; bytes: number }>>;
  try {
    files = manifestSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).files;
  } catch {
    return 'its manifest cannot be read';
  }
  for (const [name, { sha256, bytes }] of Object.entries(files)) {
    const file = join(folder, name);
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return `${name} is missing`;
    if (found.size !== bytes || fileSha256(file) !== sha256) return `${name} is not the file that was written`;
  }
  return null;
}
