/**
 * Word documents, read from their own XML as a stream: memory does not grow with the size of the file, and what Word
 * computes when it prints (numbers of lists, merged cells, repeated header rows, fonts of before Unicode) is computed
 * here as well.
 */
import { Parser } from 'htmlparser2';
import type { Document } from '../model.ts';
import type { Allowance } from './allowance.ts';
import type { Archive } from './archive-gate.ts';
import { BlockBuilder } from './block-builder.ts';
import { BlockSink } from './block-sink.ts';
import { documentFault } from './limits.ts';
import { WordBody } from './word-body.ts';
import { WordNumbering } from './word-numbering.ts';
import { wordStyles } from './word-styles.ts';

/** Parts beside the text: lists and styles. Larger ones are not what Word writes. */
const LARGEST_PART = 30_000_000;

/** The path of the main part, or null when the archive is no Word document. */
export async function wordPart(archive: Archive): Promise<string | null> {
  const relations = await part(archive, '_rels/.rels');
  for (const [tag] of relations.matchAll(/<Relationship\s[^<>]{1,2000}>/g)) {
    if (!/Type\s*=\s*["'][^"']{1,300}\/officeDocument["']/.test(tag)) continue;
    const target = /Target\s*=\s*["']\/?([^"']{1,300})["']/.exec(tag)?.[1];
    if (target !== undefined && archive.has(target) && /^word\//.test(target)) return target;
  }
  return archive.has('word/document.xml') ? 'word/document.xml' : null;
}

/**
 * The blocks of a Word document. The line of a place is the number of the paragraph, counted from 1 through the
 * whole document. Throws `document/broken` when the text ends early.
 */
export async function readDocx(archive: Archive, main: string, allowance: Allowance): Promise<Document> {
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const numbering = new WordNumbering(await part(archive, `${folder}numbering.xml`));
  const styles = wordStyles(await part(archive, `${folder}styles.xml`));
  const blocks = new BlockBuilder(allowance);
  const body = new WordBody(new BlockSink(blocks), numbering, styles);
  await parse(archive, main, body);
  for (const name of ['footnotes.xml', 'endnotes.xml'])
    if (archive.has(folder + name)) await parse(archive, folder + name, body);
  const notes = [...body.notes];
  if (blocks.joined > 0)
    notes.push({ code: 'joined_tables', message: `${blocks.joined} pieces of tables were put together` });
  return { format: 'docx', blocks: blocks.blocks, notes };
}

async function parse(archive: Archive, name: string, body: WordBody): Promise<void> {
  const entry = archive.get(name);
  if (entry === undefined) return;
  const parser = new Parser(body, { xmlMode: true, decodeEntities: true });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of entry.stream()) parser.write(decoder.decode(piece, { stream: true }));
    parser.write(decoder.decode());
  } catch (error) {
    if (error instanceof TypeError)
      throw documentFault('broken', `${name} of the document is not UTF-8`, 'save it again in Word', error);
    throw error;
  }
  parser.end();
  body.end();
  if (!body.complete)
    throw documentFault('broken', `${name} of the document ends in the middle`, 'get the file again, or save it again');
}

async function part(archive: Archive, name: string): Promise<string> {
  const entry = archive.get(name);
  if (entry === undefined || entry.size > LARGEST_PART) return '';
  return new TextDecoder().decode(await entry.read());
}
