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
    'running-head.pdf': () => pdfFile(BLOCKS, { running: 'Tài liệu mẫu' }),
    'cut-rows.pdf': () => pdfFile(BLOCKS, { cutRows: true }),
    'cut-rows-header-once.pdf': () => pdfFile(BLOCKS, { cutRows: true, headerOnce: true }),
    'unruled.pdf': () => pdfFile(BLOCKS, { unruled: true }),
  };
  test.each(Object.keys(files))('%s', async (name) => {
    const bytes = await files[name]?.();
    const document = await read(bytes as Uint8Array, name);
    expect(tablesOf(document).map(described)).toEqual([wanted]);
    expect(paragraphsOf(document)).toEqual([INTRO, OUTRO]);
  });
});
