/** A Word file opened for the check of its layout, and the flaws as rows of a table. Rule: the archive passes the one gate. */
import { openArchive } from '../../connectors/document/formats/archive-gate.ts';
import type { Verdict } from '../../reports/word-check/check.ts';

/** Bytes of all parts, inflated; a report with every annex has a few million. */
const MOST_INFLATED = 60_000_000;

/** Path → text of the XML parts of a .docx file. @throws Fault of the archive gate */
export async function wordParts(bytes: Uint8Array): Promise<Map<string, string>> {
  const parts = new Map<string, string>();
  const decoder = new TextDecoder();
  for (const [name, entry] of await openArchive(bytes, { inflated: MOST_INFLATED }))
    parts.set(name, /\.(xml|rels)$/.test(name) ? decoder.decode(await entry.read()) : '');
  return parts;
}

/** What is wrong with a file, one row a flaw. */
export function flawRows(file: string, { rule, flaws }: Verdict): Record<string, string>[] {
  return flaws.map(({ where, found, expected }) => ({ file, rule, where, found, expected }));
}
