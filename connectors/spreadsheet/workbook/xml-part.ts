/** One part of a workbook, streamed through the scanner: memory does not grow with its size. */
import type { Archive } from '../../document/formats/archive-gate.ts';
import { broken, fromGate } from './fault.ts';
import { type XmlHandler, XmlProblem, XmlScanner } from './xml-scanner.ts';

/** @returns false where the archive has no such part; @throws Fault `spreadsheet/…` */
export async function readPart(archive: Archive, name: string, handler: XmlHandler): Promise<boolean> {
  const entry = archive.get(name);
  if (entry === undefined) return false;
  const scanner = new XmlScanner(handler);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    for await (const piece of entry.stream()) scanner.write(decoder.decode(piece, { stream: true }));
    scanner.write(decoder.decode());
    scanner.end();
  } catch (error) {
    if (error instanceof XmlProblem) throw broken(`${name} ${error.message}`, error);
    if (error instanceof TypeError) throw broken(`${name} is not UTF-8`, error);
    throw fromGate(error);
  }
  return true;
}
