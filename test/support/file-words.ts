/** Everything a folder of files says, as text: packed parts unpacked, tables read row by row, and the bytes as they lie. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { tableFromIPC } from 'apache-arrow';
import { Database } from '../../pipeline/database/database.ts';
import { dumpTables } from './project.ts';

/** Path below `folder` → what the file says. */
export async function wordsBelow(folder: string): Promise<Map<string, string>> {
  const words = new Map<string, string>();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    words.set(relative(folder, path), await wordsOf(path));
  }
  return words;
}

async function wordsOf(path: string): Promise<string> {
  const bytes = readFileSync(path);
  const plain = bytes.toString('utf8');
  if (/\.(docx|xlsx)$/.test(path)) return `${plain}\n${unpacked(bytes).join('\n')}`;
  if (path.endsWith('.arrow')) return `${plain}\n${asText(tableFromIPC(bytes).toArray())}`;
  if (path.endsWith('.parquet')) return `${plain}\n${asText(await parquetRows(path))}`;
  if (path.endsWith('.duckdb')) return `${plain}\n${asText(await dumpTables(path))}`;
  return plain;
}

async function parquetRows(path: string): Promise<unknown[]> {
  const database = await Database.open();
  try {
    return await database.anyRows(`FROM read_parquet('${path.replaceAll("'", "''")}')`);
  } finally {
    database.close();
  }
}

function asText(rows: unknown): string {
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

/** The members of a zip archive, found by its central directory. */
function unpacked(bytes: Buffer): string[] {
  const parts: string[] = [];
  let at = bytes.readUInt32LE(bytes.lastIndexOf('PK\x05\x06') + 16);
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const [method, length] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(start, start + length);
    parts.push((method === 8 ? inflateRawSync(data) : data).toString('utf8'));
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return parts;
}
