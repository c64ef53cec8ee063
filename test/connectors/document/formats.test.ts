import { describe, expect, test } from 'vitest';
import { readDocuments } from '../../../connectors/document/formats/read-document.ts';
import type { Cell, Document, Table } from '../../../connectors/document/model.ts';
import {
  type BlockSource,
  docxFile,
  htmlFile,
  markdownFile,
  pdfFile,
  type RowSource,
  type TableSource,
  textFile,
} from '../../support/document-files.ts';

async function read(bytes: Uint8Array, name = 'x'): Promise<Document> {
  const [first] = await readDocuments(bytes, name);
  if (first === undefined) throw new Error('nothing read');
  return first.document;
}

const tablesOf = (document: Document): Table[] => document.blocks.filter((block) => block.kind === 'table');
const paragraphsOf = (document: Document): string[] =>
  document.blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.text.text] : []));

/** A table in the words of its description. */
function described(table: Table): TableSource {
  const text = (cell: Cell | null): string | null => (cell === null ? null : cell.text);
  return {
    header: table.header.map((cell) => cell.text),
    rows: table.rows.map((row) =>
      row.kind === 'heading' ? { heading: row.text.text } : { cells: row.cells.map(text) },
    ),
  };
}

const LONG =
  'Bộ đã xây dựng xong phần mềm quản lý danh mục mẫu, đang phối hợp với đơn vị vận hành để kiểm thử trước khi đưa vào sử dụng chính thức trên toàn quốc';

function tasks(n: number): RowSource[] {
  return Array.from({ length: n }, (_, at) => ({
    cells: [
      `${at + 1}.`,
      `Hoàn thiện cơ sở dữ liệu mẫu số ${at + 1} và kết nối với hệ thống chung theo đúng quy định`,
      `Văn bản số ${at + 10}-VB/MẪU`,
      at % 3 === 0 ? 'Bộ Mẫu Một' : 'Bộ Mẫu Hai, Bộ Mẫu Ba',
      '31/12/2025',
      at % 4 === 0 ? `- ${LONG};\n- Chưa được bố trí kinh phí.` : LONG,
    ],
  }));
}

const TABLE: TableSource = {
  header: ['STT', 'Tên nhiệm vụ', 'Văn bản giao', 'Cơ quan chủ trì', 'Thời hạn', 'Tình hình thực hiện'],
  rows: [
    { heading: 'Nhóm 1 - Nhiệm vụ về dữ liệu mẫu (2 nhiệm vụ)' },
    ...tasks(2),
    { heading: 'Nhóm 2 - Nhiệm vụ khác của ví dụ (23 nhiệm vụ)' },
    ...tasks(25).slice(2),
  ],
  widths: [1, 5, 3, 3, 2, 6],
};
const INTRO = 'Phụ lục ví dụ: danh mục nhiệm vụ mẫu (cập nhật ngày 01/02/2030)';
const OUTRO = 'Danh mục này chỉ để kiểm thử chương trình.';
const BLOCKS: BlockSource[] = [INTRO, TABLE, OUTRO];
const wanted = { header: TABLE.header, rows: TABLE.rows };

describe('the same document gives the same tables', () => {
  const files: Record<string, () => Promise<Uint8Array> | Uint8Array> = {
    'a.html': () => htmlFile(BLOCKS),
    'a.docx': () => docxFile(BLOCKS),
    'a.md': () => markdownFile(BLOCKS),
    'a.txt': () => textFile(BLOCKS),
    'a.pdf': () => pdfFile(BLOCKS),
    'borders-as-shapes.pdf': () => pdfFile(BLOCKS, { filledLines: true }),
    'header-once.pdf': () => pdfFile(BLOCKS, { headerOnce: true }),
    'running-head.pdf': () => pdfFile(BLOCKS, { running: 'Tài liệu mẫu 2030, ngày 01/02' }),
    'cut-rows.pdf': () => pdfFile(BLOCKS, { cutRows: true }),
    'cut-rows-header-once.pdf': () => pdfFile(BLOCKS, { cutRows: true, headerOnce: true }),
    'unruled-running-head.pdf': () => pdfFile(BLOCKS, { unruled: true, running: 'Tài liệu mẫu' }),
    'unruled-cut-rows.pdf': () => pdfFile(BLOCKS, { unruled: true, cutRows: true }),
    'unruled.pdf': () => pdfFile(BLOCKS, { unruled: true }),
  };
  test.each(Object.keys(files))('%s', async (name) => {
    const bytes = await files[name]?.();
    const document = await read(bytes as Uint8Array, name);
    expect(tablesOf(document).map(described)).toEqual([wanted]);
    expect(paragraphsOf(document)).toEqual([INTRO, OUTRO]);
  });
});

const SPANS: TableSource = {
  header: ['STT', 'Nhiệm vụ', 'Thời hạn', 'Cơ quan', 'Tình hình'],
  rows: [
    { cells: ['1', 'Việc chung của hai nơi', '31/12/2030', 'Tỉnh Ví Dụ', 'Đang làm'] },
    { cells: [null, null, null, 'Tỉnh Mẫu', 'Chưa làm'] },
    { cells: [null, null, null, 'Bộ Mẫu', ''] },
    { heading: 'II. Nhiệm vụ giao riêng cho từng đơn vị mẫu' },
    { cells: ['2', 'Việc riêng', '', 'Bộ Mẫu', '- Đã xong;\n- Chờ nghiệm thu.'] },
    { cells: ['3', 'Việc khác', null, 'Bộ Mẫu', ''] },
  ],
};

test.each(['html', 'docx', 'pdf'])('merged cells in %s', async (kind) => {
  const make = { html: htmlFile, docx: docxFile, pdf: pdfFile }[kind] as (b: BlockSource[]) => Promise<Uint8Array>;
  expect(tablesOf(await read(await make([SPANS]))).map(described)).toEqual([SPANS]);
});

test('places: the line of the source, the paragraph of a Word document, page and line of a PDF', async () => {
  const place = (document: Document): unknown => {
    const row = tablesOf(document)[0]?.rows.at(-1);
    return row?.kind === 'cells' && row.cells[1]?.marks[0];
  };
  const blocks: BlockSource[] = [
    'Một',
    { header: ['STT', 'Việc', 'Hạn'], rows: [{ cells: ['1', 'Việc mẫu', 'Quý I'] }] },
  ];
  expect(place(await read(htmlFile(blocks)))).toEqual({ offset: 0, line: 8 });
  expect(place(await read(textFile(blocks)))).toEqual({ offset: 0, line: 4 });
  expect(place(await read(await docxFile(blocks)))).toEqual({ offset: 0, line: 6 });
  expect(place(await read(await pdfFile(blocks)))).toEqual({ offset: 0, line: 3, page: 1 });
});

test('rows cut by the end of the page are whole again, with places on both pages', async () => {
  const status = Array.from({ length: 9 }, (_, at) => `- Bước ${at + 1}: ${LONG}.`).join('\n');
  const long: TableSource = {
    header: ['STT', 'Nhiệm vụ', 'Tình hình thực hiện'],
    rows: Array.from({ length: 6 }, (_, at) => ({ cells: [`${at + 1}`, `Việc mẫu thứ ${at + 1}`, status] })),
    widths: [1, 4, 8],
  };
  for (const headerOnce of [true, false]) {
    const [table] = tablesOf(await read(await pdfFile([long], { cutRows: true, headerOnce })));
    expect(table && described(table).rows).toEqual(long.rows);
    const cells = table?.rows.flatMap((row) => (row.kind === 'cells' ? row.cells : [])) ?? [];
    const over = cells.filter((cell) => new Set(cell?.marks.map((mark) => mark.page)).size > 1);
    expect(over.length).toBeGreaterThan(1);
    for (const cell of over) {
      const offsets = cell?.marks.map((mark) => mark.offset) ?? [];
      expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b));
    }
  }
});

test.each([true, false])('every row of a long table of short rows in a PDF (unruled: %s)', async (unruled) => {
  const rows = Array.from({ length: 300 }, (_, at) => ({ cells: [`${at + 1}`, `Việc mẫu ${at + 1}`, '31/12/2030'] }));
  const source = { header: ['STT', 'Nhiệm vụ', 'Thời hạn'], rows };
  expect(tablesOf(await read(await pdfFile([source], { unruled }))).map(described)).toEqual([source]);
});
