/** PDF documents: text by its position on the page, tables by their lines or by the alignment of their columns. */
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { Fault } from '../../../config/fault.ts';
import { readLines } from '../layouts/read-lines.ts';
import type { Document } from '../model.ts';
import { Allowance } from './allowance.ts';
import { BlockBuilder } from './block-builder.ts';
import { documentFault, type Limits } from './limits.ts';
import { alignedTable, headerLines } from './pdf-aligned-table.ts';
import { lineText, runningLines, type TextLine, textLines } from './pdf-lines.ts';
import { type PdfPage, pdfPage } from './pdf-page.ts';
import { frameHolds, type RuledFrame, ruledFrames, ruledRows } from './pdf-ruled-table.ts';

/** Letters a page must have, on average, to count as text. */
const LETTERS_A_PAGE = 8;

/** The blocks of a PDF. Throws `document/encrypted`, `broken`, `scanned`, `too-large`. */
export async function readPdf(
  bytes: Uint8Array,
  limits: Pick<Limits, 'tableRows' | 'tableText' | 'pages'>,
): Promise<Document> {
  const tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - 65_536))).toString('latin1');
  if (!tail.includes('%%EOF')) throw broken('the PDF ends in the middle');
  const pages = await pagesOf(bytes, limits.pages);
  const letters = pages.reduce((sum, page) => sum + page.pieces.reduce((n, piece) => n + piece.text.length, 0), 0);
  if (letters < LETTERS_A_PAGE * pages.length)
    throw documentFault(
      'scanned',
      'the PDF has no text, only pictures of pages',
      'send the document as it was written (.docx), or have its text recognised first',
    );
  const blocks = new BlockBuilder(new Allowance(limits));
  new PageReader(blocks).read(pages);
  const notes =
    blocks.joined > 0
      ? [{ code: 'joined_tables', message: `${blocks.joined} pieces of tables cut by a page were put together` }]
      : [];
  return { format: 'pdf', blocks: blocks.blocks, notes };
}

async function pagesOf(bytes: Uint8Array, most: number): Promise<PdfPage[]> {
  const { getDocument, OPS, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const task = getDocument({
    // The library keeps the bytes for itself.
    data: new Uint8Array(bytes),
    verbosity: VerbosityLevel.ERRORS,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    stopAtErrors: false,
    maxImageSize: 1,
    enableXfa: false,
  });
  let document: PDFDocumentProxy;
  try {
    document = await task.promise;
  } catch (error) {
    throw asFault(error);
  }
  try {
    if (document.numPages > most)
      throw documentFault(
        'too-large',
        `the PDF has ${document.numPages} pages`,
        `send at most ${most} pages at a time`,
      );
    const pages: PdfPage[] = [];
    for (let number = 1; number <= document.numPages; number++)
      pages.push(await pdfPage(await document.getPage(number), OPS));
    return pages;
  } catch (error) {
    throw asFault(error);
  } finally {
    await task.destroy();
  }
}

function asFault(error: unknown): Error {
  if (error instanceof Fault) return error;
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException')
    return documentFault('encrypted', 'the PDF is protected with a password', 'save it without a password', error);
  return broken(`the PDF cannot be read: ${error instanceof Error ? error.message : String(error)}`, error);
}

function broken(message: string, cause?: unknown): Error {
  return documentFault('broken', message, 'get the file again; it may have been cut off on the way', cause);
}

/** Puts pages into blocks: tables as found, everything between them as running text. */
class PageReader {
  readonly #blocks: BlockBuilder;
  #waiting: TextLine[] = [];
  /** Column lines of the table that ended the page before. */
  #columns: readonly number[] | null = null;

  constructor(blocks: BlockBuilder) {
    this.#blocks = blocks;
  }

  read(pages: readonly PdfPage[]): void {
    const lines = pages.map((page) => textLines(page.pieces, page.number));
    const frames = pages.map((page) => ruledFrames(page.rules));
    const outside = lines.map((list, at) => list.filter((line) => frameOf(line, frames[at] ?? []) === null));
    const running = runningLines(
      outside,
      pages.map((page) => page.height / 2),
      new Set(outside.flatMap(headerLines)),
    );
    lines.forEach((list, at) => {
      this.#page(
        list.filter((line) => !running.has(line)),
        frames[at] ?? [],
      );
    });
    this.#flush();
  }

  #page(lines: readonly TextLine[], frames: readonly RuledFrame[]): void {
    const done = new Set<RuledFrame>();
    for (const line of lines) {
      const frame = frameOf(line, frames);
      if (frame === null) {
        this.#waiting.push(line);
        continue;
      }
      if (done.has(frame)) continue;
      done.add(frame);
      this.#flush();
      const inside = lines.filter((other) => frameOf(other, frames) === frame);
      const goesOn = this.#columns !== null && sameColumns(this.#columns, frame.xs);
      this.#blocks.table(ruledRows(frame, inside), goesOn);
      this.#columns = frame.xs;
    }
  }

  /** Lines outside drawn tables: a table by alignment, or text. */
  #flush(): void {
    let rest = this.#waiting;
    this.#waiting = [];
    if (rest.length > 0) this.#columns = null;
    let header: readonly string[] = [];
    while (rest.length > 0) {
      const found = alignedTable(rest, header);
      this.#text(rest.slice(0, found?.from ?? rest.length));
      if (found === null) return;
      this.#blocks.table(found.rows);
      header = found.header;
      rest = rest.slice(found.to);
    }
  }

  #text(lines: readonly TextLine[]): void {
    if (lines.length === 0) return;
    const plain = lines.map(({ pieces, line, page }) => ({ text: lineText(pieces), line, page }));
    this.#blocks.add(readLines(plain, 'pdf', this.#blocks.allowance).blocks);
  }
}

function frameOf(line: TextLine, frames: readonly RuledFrame[]): RuledFrame | null {
  const y = line.y - line.height / 3;
  for (const frame of frames)
    if (line.pieces.some((piece) => frameHolds(frame, piece.x + piece.width / 2, y))) return frame;
  return null;
}

function sameColumns(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((x, at) => Math.abs(x - (b[at] ?? 0)) < 4);
}
