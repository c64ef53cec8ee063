/** One description of a document written as .docx, .pdf, .html, .md and tab-separated text. */
import { createRequire } from 'node:module';
import * as docx from 'docx';
import PDFDocument from 'pdfkit';

/** A cell's text, paragraphs separated by `\n`; null where the cell above goes on. */
export type CellSource = string | null;
export type RowSource = { heading: string } | { cells: CellSource[] };

export interface TableSource {
  header: string[];
  rows: RowSource[];
  /** Widths of the columns, parts of the page. */
  widths?: number[];
}

export type BlockSource = string | TableSource;

/** How far the cell at `column` of row `at` reaches down: 0 when it is covered itself. */
function reach(rows: readonly RowSource[], at: number, column: number): number {
  const cellAt = (index: number): CellSource | undefined => {
    const row = rows[index];
    return row !== undefined && 'cells' in row ? row.cells[column] : undefined;
  };
  if (cellAt(at) === null) return 0;
  let n = 1;
  while (cellAt(at + n) === null) n++;
  return n;
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** A page of HTML; paragraphs of cells as `<p>` and line breaks, by turns. */
export function htmlFile(blocks: readonly BlockSource[]): Uint8Array {
  const cell = (text: string): string => {
    const lines = text.split('\n').map(escaped);
    return lines.length === 1 ? lines.join('') : lines.map((line) => `<p>${line}</p>`).join('\n');
  };
  const table = (source: TableSource): string => {
    const rows = source.rows.map((row, at) => {
      if ('heading' in row) return `<tr><td colspan="${source.header.length}"><b>${escaped(row.heading)}</b></td></tr>`;
      const cells = row.cells.map((text, column) => {
        const rowspan = reach(source.rows, at, column);
        return rowspan === 0 ? '' : `<td${rowspan > 1 ? ` rowspan="${rowspan}"` : ''}>${cell(text ?? '')}</td>`;
      });
      return `<tr>${cells.join('')}</tr>`;
    });
    const header = `<tr>${source.header.map((title) => `<th>${escaped(title)}</th>`).join('')}</tr>`;
    return `<table>\n<thead>${header}</thead>\n<tbody>\n${rows.join('\n')}\n</tbody></table>`;
  };
  const body = blocks.map((block) => (typeof block === 'string' ? `<p>${escaped(block)}</p>` : table(block)));
  return bytes(
    `<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>x</title></head>\n<body>\n${body.join('\n')}\n</body></html>`,
  );
}

/** Markdown with pipe tables. */
export function markdownFile(blocks: readonly BlockSource[]): Uint8Array {
  const line = (cells: readonly string[]): string => `| ${cells.map((c) => c.replace(/\n/g, '<br>')).join(' | ')} |`;
  const table = (source: TableSource): string =>
    [
      line(source.header),
      `|${source.header.map(() => ' --- |').join('')}`,
      ...source.rows.map((row) =>
        'heading' in row
          ? line([`**${row.heading}**`, ...source.header.slice(1).map(() => '')])
          : line(row.cells.map((c) => c ?? '')),
      ),
    ].join('\n');
  return bytes(`${blocks.map((block) => (typeof block === 'string' ? block : table(block))).join('\n\n')}\n`);
}

/** Plain text, cells between tabs. */
export function textFile(blocks: readonly BlockSource[]): Uint8Array {
  const line = (cells: readonly string[]): string => cells.map((c) => c.replace(/\n/g, '<br>')).join('\t');
  const table = (source: TableSource): string =>
    [
      line(source.header),
      ...source.rows.map((row) =>
        'heading' in row
          ? line([row.heading, ...source.header.slice(1).map(() => '')])
          : line(row.cells.map((c) => c ?? '')),
      ),
    ].join('\n');
  return bytes(`${blocks.map((block) => (typeof block === 'string' ? block : table(block))).join('\n\n')}\n`);
}

/** A Word document; the header row is marked to be repeated on every page. */
export async function docxFile(blocks: readonly BlockSource[]): Promise<Uint8Array> {
  const paragraphs = (text: string): docx.Paragraph[] => text.split('\n').map((line) => new docx.Paragraph(line));
  const table = (source: TableSource): docx.Table => {
    const header = new docx.TableRow({
      tableHeader: true,
      children: source.header.map((title) => new docx.TableCell({ children: paragraphs(title) })),
    });
    const rows = source.rows.map((row, at) => {
      if ('heading' in row)
        return new docx.TableRow({
          children: [new docx.TableCell({ columnSpan: source.header.length, children: paragraphs(row.heading) })],
        });
      const children = row.cells.flatMap((text, column) => {
        const rowSpan = reach(source.rows, at, column);
        return rowSpan === 0 ? [] : [new docx.TableCell({ rowSpan, children: paragraphs(text ?? '') })];
      });
      return new docx.TableRow({ children });
    });
    return new docx.Table({ rows: [header, ...rows] });
  };
  const children = blocks.map((block) => (typeof block === 'string' ? new docx.Paragraph(block) : table(block)));
  return docx.Packer.toBuffer(new docx.Document({ sections: [{ children }] }));
}

export interface PdfOptions {
  /** Without ruling lines, columns only aligned. */
  unruled?: boolean;
  /** Rows are cut where the page ends. */
  cutRows?: boolean;
  /** Borders as thin filled shapes, as Word writes them. */
  filledLines?: boolean;
  /** Without the header on further pages. */
  headerOnce?: boolean;
  /** Printed at the head of every page. */
  running?: string;
  userPassword?: string;
}

const FONT = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
const MARGIN = 50;
const PADDING = 4;
const FOOT = 40;

/** A PDF with numbered pages, the header of a table repeated on every page the table goes over. */
export async function pdfFile(blocks: readonly BlockSource[], options: PdfOptions = {}): Promise<Uint8Array> {
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN, bottom: 0, left: MARGIN, right: MARGIN },
    layout: 'landscape',
    ...(options.userPassword === undefined ? {} : { userPassword: options.userPassword }),
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise((resolve) => doc.on('end', resolve));
  new PdfWriter(doc, options).write(blocks);
  doc.end();
  await finished;
  return Buffer.concat(chunks);
}

class PdfWriter {
  readonly #doc: PDFKit.PDFDocument;
  readonly #options: PdfOptions;
  readonly #bottom: number;
  #y = MARGIN;
  #page = 1;

  constructor(doc: PDFKit.PDFDocument, options: PdfOptions) {
    this.#doc = doc;
    this.#options = options;
    this.#bottom = doc.page.height - MARGIN - FOOT;
    doc.font(FONT).fontSize(9);
    this.#edges();
  }

  write(blocks: readonly BlockSource[]): void {
    for (const block of blocks) {
      if (typeof block !== 'string') {
        this.#table(block);
        continue;
      }
      const width = this.#doc.page.width - 2 * MARGIN;
      const height = this.#doc.heightOfString(block, { width });
      if (this.#y + height > this.#bottom) this.#nextPage();
      this.#doc.text(block, MARGIN, this.#y, { width });
      this.#y += height + 10;
    }
  }

  #edges(): void {
    const { page } = this.#doc;
    const at = { width: page.width - 2 * MARGIN, align: 'center' as const, lineBreak: false };
    this.#doc.text(String(this.#page), MARGIN, page.height - 40, at);
    if (this.#options.running !== undefined) this.#doc.text(this.#options.running, MARGIN, 20, at);
  }

  #nextPage(): void {
    this.#doc.addPage();
    this.#page++;
    this.#y = MARGIN;
    this.#edges();
  }

  #table(source: TableSource): void {
    const parts = source.widths ?? source.header.map(() => 1);
    const sum = parts.reduce((a, b) => a + b, 0);
    const all = this.#doc.page.width - 2 * MARGIN;
    const widths = parts.map((part) => (part / sum) * all);
    this.#row(source.header, widths, () => true);
    source.rows.forEach((row, at) => {
      const closed = (column: number): boolean => {
        const next = source.rows[at + 1];
        return next === undefined || 'heading' in next || next.cells[column] !== null;
      };
      const again = (): void => {
        this.#nextPage();
        if (this.#options.headerOnce !== true) this.#row(source.header, widths, () => true);
      };
      let cells = 'heading' in row ? [row.heading] : row.cells;
      const across = 'heading' in row ? [all] : widths;
      const tall = this.#height(cells, across) > this.#bottom - MARGIN - 60;
      while (this.#y + this.#height(cells, across) > this.#bottom) {
        if ((this.#options.cutRows === true || tall) && this.#bottom - this.#y >= 40) {
          const [first, rest] = this.#cut(cells, across);
          this.#row(first, across, () => true);
          cells = rest;
        }
        again();
      }
      this.#row(cells, across, closed);
    });
    this.#y += 12;
  }

  #height(cells: readonly CellSource[], widths: readonly number[]): number {
    const heights = cells.map((text, at) =>
      this.#doc.heightOfString(text ?? '', { width: (widths[at] ?? 0) - 2 * PADDING }),
    );
    return Math.max(12, ...heights) + 2 * PADDING;
  }

  /** As many words of each cell as fit on the page, and the others. */
  #cut(cells: readonly CellSource[], widths: readonly number[]): [CellSource[], CellSource[]] {
    const room = this.#bottom - this.#y - 2 * PADDING;
    const first: CellSource[] = [];
    const rest: CellSource[] = [];
    cells.forEach((text, at) => {
      const words = (text ?? '').split(/(?<=[ \n])/);
      let n = words.length;
      const width = (widths[at] ?? 0) - 2 * PADDING;
      while (n > 1 && this.#doc.heightOfString(words.slice(0, n).join(''), { width }) > room) n--;
      first.push(words.slice(0, n).join('').trimEnd());
      rest.push(words.slice(n).join(''));
    });
    return [first, rest];
  }

  #row(cells: readonly CellSource[], widths: readonly number[], closed: (column: number) => boolean): void {
    const doc = this.#doc;
    const height = this.#height(cells, widths);
    let x = MARGIN;
    cells.forEach((text, at) => {
      const width = widths[at] ?? 0;
      if (text !== null && text !== '')
        doc.text(text, x + PADDING, this.#y + PADDING, { width: width - 2 * PADDING, align: 'left' });
      if (this.#options.unruled !== true) {
        this.#line(x, this.#y, x, this.#y + height);
        this.#line(x + width, this.#y, x + width, this.#y + height);
        if (text !== null) this.#line(x, this.#y, x + width, this.#y);
        if (closed(at)) this.#line(x, this.#y + height, x + width, this.#y + height);
      }
      x += width;
    });
    this.#y += height + (this.#options.unruled === true ? 6 : 0);
  }

  #line(x0: number, y0: number, x1: number, y1: number): void {
    if (this.#options.filledLines !== true) this.#doc.moveTo(x0, y0).lineTo(x1, y1).lineWidth(0.5).stroke();
    else this.#doc.rect(x0 - 0.25, y0 - 0.25, x1 - x0 + 0.5, y1 - y0 + 0.5).fill('black');
  }
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
