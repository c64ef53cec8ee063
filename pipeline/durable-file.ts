/** Files that must be there after the power fails: what is named done lies on the disk, and its hash says what it was. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const PIECE = 1 << 20;

/** SHA-256 of a file in hexadecimal, read in pieces. */
export function fileSha256(path: string): string {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(PIECE);
  const file = openSync(path, 'r');
  try {
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) hash.update(piece.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

/** Gives a finished file its name: its bytes and the name itself are on the disk before this returns. */
export function renameDurably(from: string, to: string): void {
  syncToDisk(from);
  renameSync(from, to);
  syncToDisk(dirname(to));
}

/** Copies a file, and makes the folder it goes into; gives the SHA-256 of the copy, read back when it lies on the disk. */
export function copyDurably(from: string, to: string): string {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
  syncToDisk(to);
  return fileSha256(to);
}

/** Paths of all plain files (or of all folders) below a folder, in no order; links are neither. */
export function pathsBelow(folder: string, kind: 'isFile' | 'isDirectory'): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry[kind]())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** All files below a folder, and the folders themselves, are on the disk when this ends; side by side, since each one waits. */
export async function syncFolder(folder: string): Promise<void> {
  for (const paths of [pathsBelow(folder, 'isFile'), [...pathsBelow(folder, 'isDirectory'), folder]])
    for (let start = 0; start < paths.length; start += SIDE_BY_SIDE)
      await Promise.all(paths.slice(start, start + SIDE_BY_SIDE).map(syncOne));
}

const SIDE_BY_SIDE = 64;

async function syncOne(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A file or the names in a folder are on the disk when this ends. */
export function syncToDisk(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
