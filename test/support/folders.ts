/** Folders of a test's own, below the system's temporary folder; all are removed when the test file is done, or the worker. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEachFile } from './left-behind.ts';

const made: string[] = [];

afterEachFile(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'csdl-test-'));
  made.push(folder);
  return folder;
}

/** Writes files given as relative path → content into `folder`. */
export function writeInto(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

export function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = temporaryFolder();
  writeInto(folder, files);
  return folder;
}

/** For a helper's own files, which all test files of a worker use. */
export function lastingFolder(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'csdl-test-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  writeInto(folder, files);
  return folder;
}
