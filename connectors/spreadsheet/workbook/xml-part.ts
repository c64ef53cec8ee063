/**
 * One part of a workbook, streamed: memory does not grow with its size, and what Excel never writes (declared entities,
 * deep nesting, endless tags) ends the reading at once.
 */
import { Parser } from 'htmlparser2';
import type { Archive } from '../../document/formats/archive-gate.ts';
import { broken, fromGate } from './fault.ts';

export interface PartHandler {
  /** `name` without its prefix; attributes with theirs. */
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Elements in elements; the formats of a workbook need about a dozen. */
const DEEPEST = 100;
/** Attributes of one element. */
const MOST_ATTRIBUTES = 200;
/** Characters of one tag. */
const LONGEST_TAG = 1_000_000;

/** @returns false where the archive has no such part; @throws Fault `spreadsheet/…` */
export async function readPart(archive: Archive, name: string, handler: PartHandler): Promise<boolean> {
  const entry = archive.get(name);
  if (entry === undefined) return false;
  let depth = 0;
  let attributes = 0;
  let written = 0;
  let heard = 0;
  let roots = 0;
  let complete = false;
  let justOpened = false;
  let ended = false;
  const parser = new Parser(
    {
      onattribute() {
        heard = written;
        if (++attributes > MOST_ATTRIBUTES) throw broken(`${name} has an element with too many attributes`);
      },
      onopentag(tag, values) {
        heard = written;
        attributes = 0;
        if (depth === 0 && ++roots > 1) throw broken(`${name} has more than one root`);
        if (++depth > DEEPEST) throw broken(`${name} is nested too deeply`);
        justOpened = true;
        handler.open(local(tag), values);
      },
      onclosetag(tag, implied) {
        heard = written;
        depth--;
        // An element that closes itself is closed just after it was opened; any other close is written out.
        if (implied && (ended || !justOpened)) throw broken(`${name} ends in the middle`);
        justOpened = false;
        complete = depth === 0;
        handler.close?.(local(tag));
      },
      ontext(text) {
        heard = written;
        justOpened = false;
        handler.text?.(text);
      },
      onprocessinginstruction(instruction) {
        heard = written;
        if (instruction.startsWith('!')) throw broken(`${name} declares a document type or entities`);
      },
      oncommentend() {
        heard = written;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of entry.stream()) {
      const text = decoder.decode(piece, { stream: true });
      written += text.length;
      parser.write(text);
      if (written - heard > LONGEST_TAG) throw broken(`${name} has an endless tag`);
    }
    parser.write(decoder.decode());
    ended = true;
    parser.end();
  } catch (error) {
    if (error instanceof TypeError) throw broken(`${name} is not UTF-8`, error);
    throw fromGate(error);
  }
  if (!complete) throw broken(`${name} ends in the middle`);
  return true;
}

function local(tag: string): string {
  const colon = tag.indexOf(':');
  return colon < 0 ? tag : tag.slice(colon + 1);
}
