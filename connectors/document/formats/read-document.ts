/** Any file a ministry may send → documents in the one shape the rules know. */
import { createHash } from 'node:crypto';
import { Fault } from '../../../config/fault.ts';
import type { Document } from '../model.ts';
import { Allowance } from './allowance.ts';
import { type Archive, type InflateBudget, openArchive } from './archive-gate.ts';
import { detectKind } from './detect-kind.ts';
import { documentFault, LIMITS, type Limits } from './limits.ts';
import { readDocx, wordPart } from './read-docx.ts';
import { readHtml } from './read-html.ts';
import { readPdf } from './read-pdf.ts';
import { readText } from './read-text.ts';
import { isWorkbook, readXlsx } from './read-xlsx.ts';
import { recode } from './recode.ts';
import { decodeText } from './text-encoding.ts';

export interface NamedDocument {
  /** Name of the file, for a member of an archive `archive.zip/folder/member.docx`. */
  name: string;
  document: Document;
  /** Hash of its own bytes, so that a copy outside the archive is the same document. */
  sha256: string;
}

/** What must not be tried again member by member: the archive itself is not to be trusted. */
const FATAL = new Set(['document/archive-bomb', 'document/archive-path']);

/**
 * The documents in a file (for a workbook its visible sheets as one): one, or for a .zip one for each file in it. What a file is is seen from its bytes; its name
 * tells only Markdown from plain text.
 *
 * Throws a `Fault` `document/<why>`: empty, binary, legacy-doc, encrypted, scanned, broken, archive-bomb, archive-path,
 * too-large, too-many-rows, unsupported, legacy-encoding-unknown; for a workbook `spreadsheet/<why>`. A file of an archive that cannot be read is noted on
 * the first that can (`member_unreadable`).
 */
export async function readDocuments(
  bytes: Uint8Array,
  name: string,
  limits: Partial<Limits> = {},
): Promise<NamedDocument[]> {
  const bound = { ...LIMITS, ...limits };
  if (bytes.length > bound.bytes)
    throw documentFault(
      'too-large',
      `${name} has ${bytes.length} bytes`,
      `send at most ${bound.bytes} bytes at a time`,
    );
  if (detectKind(bytes) !== 'zip')
    return [{ name, document: await readOne(bytes, name, bound), sha256: hashOf(bytes) }];
  const budget = { left: bound.inflated };
  const archive = await openArchive(bytes, bound, budget);
  const main = await wordPart(archive);
  if (main !== null)
    return [{ name, document: checked(await readDocx(archive, main, new Allowance(bound))), sha256: hashOf(bytes) }];
  if (isWorkbook(archive))
    return [{ name, document: checked(await readXlsx(bytes, new Allowance(bound))), sha256: hashOf(bytes) }];
  return readMembers(archive, name, bound, budget);
}

/** A file that is no archive. */
async function readOne(bytes: Uint8Array, name: string, bound: Limits): Promise<Document> {
  const kind = detectKind(bytes);
  if (kind === 'pdf') return checked(await readPdf(bytes, bound));
  const { text, notes } = decodeText(bytes);
  const markdown = /\.(?:md|markdown)$/i.test(name);
  const allowance = new Allowance(bound);
  const document =
    kind === 'html' ? readHtml(text, allowance) : readText(text, markdown ? 'markdown' : 'text', allowance);
  document.notes.unshift(...notes);
  return checked(document);
}

async function readMembers(
  archive: Archive,
  name: string,
  bound: Limits,
  budget: InflateBudget,
): Promise<NamedDocument[]> {
  const read: NamedDocument[] = [];
  const failed: { member: string; fault: Fault }[] = [];
  for (const kind of ['ppt/presentation.xml', 'content.xml'])
    if (archive.has(kind))
      throw documentFault('unsupported', `${name} is no text document`, 'save it as .docx or .pdf');
  for (const entry of archive.values()) {
    if (/(?:^|\/)(?:__MACOSX\/|\.|thumbs\.db$|desktop\.ini$)/i.test(entry.name)) continue;
    try {
      if (entry.size > bound.bytes)
        throw documentFault('too-large', `${entry.name} has ${entry.size} bytes`, 'send it by itself, in parts');
      const bytes = await entry.read();
      const document = await readMember(bytes, entry.name, bound, budget);
      read.push({ name: `${name}/${entry.name}`, document, sha256: hashOf(bytes) });
    } catch (error) {
      if (!(error instanceof Fault) || FATAL.has(error.code)) throw error;
      failed.push({ member: entry.name, fault: error });
    }
  }
  const [first] = read;
  if (first === undefined)
    throw failed[0]?.fault ?? documentFault('empty', `${name} has no files in it`, 'send the documents again');
  for (const { member, fault } of failed)
    first.document.notes.push({
      code: 'member_unreadable',
      message: `${member} in the archive was not read: ${fault.message} (${fault.code})`,
    });
  return read;
}

async function readMember(bytes: Uint8Array, name: string, bound: Limits, budget: InflateBudget): Promise<Document> {
  if (detectKind(bytes) !== 'zip') return readOne(bytes, name, bound);
  const archive = await openArchive(bytes, bound, budget);
  const main = await wordPart(archive);
  if (main !== null) return checked(await readDocx(archive, main, new Allowance(bound)));
  if (isWorkbook(archive)) return checked(await readXlsx(bytes, new Allowance(bound), budget));
  throw documentFault('unsupported', `${name} is an archive inside an archive`, 'pack the documents directly');
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A document without a word is a failure of the file, not an empty answer. */
function checked(document: Document): Document {
  if (document.blocks.length === 0)
    throw documentFault(
      'empty',
      'there is no text in the document',
      'open the file and see whether there is text in it',
    );
  return document.format === 'text' || document.format === 'markdown' ? document : recode(document);
}
