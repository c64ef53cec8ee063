// Plain text lines → document, one layout at a time, on invented examples.
import { describe, expect, it } from 'vitest';
import { readLines } from '../../../connectors/document/layouts/read-lines.ts';
import { type Document, placeAt, type Row, type Table } from '../../../connectors/document/model.ts';

function read(text: string): Document {
  return readLines(
    text.split('\n').map((line, at) => ({ text: line, line: at + 1 })),
    'text',
  );
}

const tablesOf = (document: Document): Table[] => document.blocks.filter((block) => block.kind === 'table');
const shown = (row: Row): unknown =>
  row.kind === 'heading' ? `# ${row.text.text}` : row.cells.map((cell) => cell?.text ?? null);
const rows = (text: string): unknown[] => (tablesOf(read(text))[0] as Table).rows.map(shown);
const paragraphs = (text: string): string[] =>
  read(text).blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.text.text] : []));

const HEADER = 'STT\tTên nhiệm vụ\tVăn bản giao\tCơ quan chủ trì\tThời hạn\tCơ quan quá hạn\tTình hình';

describe('tab-separated', () => {
  it('joins a row cut by a page, with the place of each piece', () => {
    const document = read(
      [
        HEADER,
        '1.\tLập kho dữ liệu\tQĐ 5\tBộ A\t31/5/2027\tBộ A\tĐã thu thập',
        '',
        HEADER,
        '\tthuê bao\t\t\t\t\t1000 phiếu',
      ].join('\n'),
    );
    const table = tablesOf(document)[0] as Table;
    expect(table.rows.map(shown)).toEqual([
      ['1.', 'Lập kho dữ liệu thuê bao', 'QĐ 5', 'Bộ A', '31/5/2027', 'Bộ A', 'Đã thu thập 1000 phiếu'],
    ]);
    const status = table.rows[0]?.kind === 'cells' ? table.rows[0].cells[6] : null;
    expect(status && placeAt(status, 0).line).toBe(2);
    expect(status && placeAt(status, status.text.indexOf('1000')).line).toBe(5);
  });

  it('keeps sub-rows apart, also at the top of a page, and moves one whose blank cells were lost', () => {
    const text = [
      HEADER,
      '1\tRà soát\tQĐ 5\tCác bộ\t31/5/2027\t03/40 cơ quan\t',
      '\t\t\t\t\tBộ Y tế\tĐang làm',
      'Hà Giang cũ\tx',
      HEADER,
      '\t\t\t\t\tHọc viện Mẫu\tĐã xong',
      'Cà Mau\tĐang chờ\t\t\t\t\t',
    ].join('\n');
    const found = rows(text);
    expect(found[1]).toEqual(['', '', '', '', '', 'Bộ Y tế', 'Đang làm']);
    expect(found.slice(-2)).toEqual([
      ['', '', '', '', '', 'Học viện Mẫu', 'Đã xong'],
      ['', '', '', '', '', 'Cà Mau', 'Đang chờ'],
    ]);
    expect(read(text).notes.map((note) => note.code)).toContain('shifted_row');
  });

  it('tells a blank cell from a missing one, and headings from rows', () => {
    expect(
      rows(
        [HEADER, '<b>I</b>\t<b>Nhóm một</b>\t\t\t\t\t', '1\tViệc A\t\t\t31/5/2027', '2\tViệc B\t\t\t\t\t'].join('\n'),
      ),
    ).toEqual(['# I. Nhóm một', ['1', 'Việc A', '', '', '31/5/2027', null, null], ['2', 'Việc B', '', '', '', '', '']]);
  });

  it('turns markup into text, one line a paragraph or item', () => {
    const cell =
      '<p>Đã xong<sup>2</sup> 5 m<sup>2</sup></p> <ul style="x"><li>- A &amp; B</li><li>- <a href="u">C</a></li></ul>';
    expect(rows(`TT\tNội dung\tKết quả\n1\tx\t${cell}`)).toEqual([['1', 'x', 'Đã xong 5 m2\n- A & B\n- C']]);
  });

  it('reads two tables with different headers as two, one header repeated after a footnote as one', () => {
    const text =
      'TT\tĐơn vị\tSố nhiệm vụ\n1\tBộ A\t4\n\n<sup>1</sup> Ghi chú\n\nTT\tĐơn vị\tSố nhiệm vụ\n2\tBộ B\t5\n\nTT\tTên nhiệm vụ\tThời hạn\n1\tx\t31/5/2027';
    expect(tablesOf(read(text)).map((table) => table.rows.length)).toEqual([2, 1]);
  });

  it('puts a row together that a line feed inside a cell cut', () => {
    expect(rows('TT\tNội dung\tCơ quan\n1\tPhần đầu\nphần sau\tBộ A')).toEqual([['1', 'Phần đầu phần sau', 'Bộ A']]);
  });
});

describe('other tables', () => {
  it('pipe tables', () => {
    expect(rows('| TT | Đơn vị | Số nhiệm vụ |\n|---|:--|--:|\n| 1 | **Bộ A** | 4 |\n| 2 | Bộ B | |')).toEqual([
      ['1', 'Bộ A', '4'],
      ['2', 'Bộ B', ''],
    ]);
  });

  it('indented cells', () => {
    const text =
      '\tSTT\n\tTên nhiệm vụ\n\tCơ quan chủ \ntrì\n\tThời hạn\n\n\tNhóm 1 (1 nhiệm vụ)\n\n\t1. \n\tLàm sạch\ndữ liệu\n\tBộ A\n\t31/5/2027\n\n\t2. \n\tĐồng bộ\n\tBộ B\n\t1/6/2027\n\nHết';
    const document = read(text);
    expect((tablesOf(document)[0] as Table).header.map((cell) => cell.text)).toEqual([
      'STT',
      'Tên nhiệm vụ',
      'Cơ quan chủ trì',
      'Thời hạn',
    ]);
    expect(rows(text)).toEqual([
      '# Nhóm 1 (1 nhiệm vụ)',
      ['1.', 'Làm sạch dữ liệu', 'Bộ A', '31/5/2027'],
      ['2.', 'Đồng bộ', 'Bộ B', '1/6/2027'],
    ]);
    expect(paragraphs(text)).toEqual(['Hết']);
  });

  it('one cell a line: parts, rows of rows, several items in a cell, a cell missing', () => {
    const text = [
      ...['STT', 'Tên nhiệm vụ', 'Cơ quan chủ trì', 'Kết quả thực hiện', 'Thời hạn hoàn thành'],
      ...[
        'I',
        'Thể chế',
        '1',
        'Các luật sau:',
        '1.1',
        '- Luật A;',
        '- Luật B.',
        'Bộ Tư pháp',
        'Luật được thông qua',
        'Tháng 5/2027',
      ],
      ...[
        '2',
        'Lập nền tảng số',
        'Bộ Y tế',
        '- Quyết định;',
        '- Hướng dẫn.',
        '31/12/2027',
        '3',
        'Báo cáo kết quả',
        'Bộ Nội vụ',
        'Quý II/2027',
      ],
      '[1] Chú thích',
    ].join('\n');
    expect(rows(text)).toEqual([
      '# I. Thể chế',
      ['1', 'Các luật sau:', null, null, null],
      ['1.1', '- Luật A;\n- Luật B.', 'Bộ Tư pháp', 'Luật được thông qua', 'Tháng 5/2027'],
      ['2', 'Lập nền tảng số', 'Bộ Y tế', '- Quyết định;\n- Hướng dẫn.', '31/12/2027'],
      ['3', 'Báo cáo kết quả', 'Bộ Nội vụ', null, 'Quý II/2027'],
    ]);
    expect(paragraphs(text)).toEqual(['[1] Chú thích']);
  });
});

describe('wrapped columns', () => {
  const TITLES = 'TT Văn bản \ngiao việc Nhiệm vụ Kết quả yêu cầu Thời hạn \n\nhoàn thành\nCơ quan \nthực hiện\n';

  it('finds the columns by what they hold, over a page break', () => {
    const text = `${TITLES}
1. 17-TB/XYZ

Xây dựng cổng tiếp nhận thông tin của các đơn vị 
trực thuộc và cung cấp cho người dân, doanh nghiệp

Quyết định của 
Bộ trưởng Tháng 7/2027

Bộ Giáo 
dục và Đào 

tạo
 ${TITLES}
trên cùng một nền tảng thống nhất.

 2.
17-TB/XYZ; 18-
TB/XYZ

Rà soát các quy định về quản lý, khai thác kho dữ 
liệu dùng chung của ngành

6/30/2027 Văn phòng 
Chính phủ
`;
    expect(rows(text)).toEqual([
      [
        '1.',
        '17-TB/XYZ',
        'Xây dựng cổng tiếp nhận thông tin của các đơn vị trực thuộc và cung cấp cho người dân, doanh nghiệp trên cùng một nền tảng thống nhất.',
        'Quyết định của Bộ trưởng',
        'Tháng 7/2027',
        'Bộ Giáo dục và Đào tạo',
      ],
      [
        '2.',
        '17-TB/XYZ; 18-TB/XYZ',
        'Rà soát các quy định về quản lý, khai thác kho dữ liệu dùng chung của ngành',
        null,
        '6/30/2027',
        'Văn phòng Chính phủ',
      ],
    ]);
  });

  it('rows on one line, with headings between and another table after', () => {
    const text = `TT Tên nhiệm vụ Cơ quan 
chủ trì Kết quả dự kiến

1. CSDL về bến bãi Bộ Xây dựng Hoàn thành, khai thác

2. CSDL về cầu cống và các công trình phụ trợ trên 
tuyến Bộ Nông nghiệp và Môi 
trường Hoàn thành, khai thác
b) Nhiệm vụ tháng 9/2027:

TT Tên nhiệm vụ Cơ quan 
chủ trì Kết quả dự kiến

1. CSDL về phà Các bộ, ngành Hoàn thành`;
    const tables = tablesOf(read(text));
    expect(tables.map((table) => table.rows.map(shown))).toEqual([
      [
        ['1.', 'CSDL về bến bãi', 'Bộ Xây dựng', 'Hoàn thành, khai thác'],
        [
          '2.',
          'CSDL về cầu cống và các công trình phụ trợ trên tuyến',
          'Bộ Nông nghiệp và Môi trường',
          'Hoàn thành, khai thác',
        ],
      ],
      [['1.', 'CSDL về phà', 'Các bộ, ngành', 'Hoàn thành']],
    ]);
    expect(paragraphs(text)).toEqual(['b) Nhiệm vụ tháng 9/2027:']);
  });

  it('counts, a blank one seen by its two spaces', () => {
    const text =
      'TT Tên cơ quan Số nhiệm vụ \ngiao riêng\n\nSố nhiệm vụ giao \nchung\n\nTổng số nhiệm vụ \n\n Các Bộ, ngành:    \n1 Bộ Một 3 2 5\n2 Bộ Hai  4 4\n\n3 Bộ Ba 2 (Cục \nBốn) 4 6';
    expect(rows(text)).toEqual([
      '# Các Bộ, ngành:',
      ['1', 'Bộ Một', '3', '2', '5'],
      ['2', 'Bộ Hai', '', '4', '4'],
      ['3', 'Bộ Ba', '2 (Cục Bốn)', '4', '6'],
    ]);
  });

  it('does not take numbered paragraphs for a table', () => {
    const text = 'I. Kết quả\n\n1. Đã ban hành quyết định về khai thác dữ liệu dùng chung.\n\n2. Đang thử nghiệm.';
    expect(tablesOf(read(text))).toEqual([]);
    expect(paragraphs(text).length).toBe(3);
  });
});

describe('prose', () => {
  it('joins wrapped lines, keeps items apart, drops emphasis and page numbers', () => {
    const line = 'Tính đến ngày 4/8/2027, các đơn vị đã rà soát và cập nhật thông tin trên hệ ';
    expect(paragraphs(`**Phần I**\n${line}\nthống chung.\n- Một;\n- Hai.\n\n12\n\n*Ghi chú*\n-----`)).toEqual([
      'Phần I',
      `${line}thống chung.`,
      '- Một;',
      '- Hai.',
      'Ghi chú',
    ]);
  });

  it('leaves long lines of unwrapped text as they are', () => {
    const long = 'Nội dung '.repeat(60).trim();
    expect(paragraphs(`${long}\nĐoạn khác bắt đầu`)).toEqual([long, 'Đoạn khác bắt đầu']);
  });
});

describe('hostile text', () => {
  const header = 'TT Tên nhiệm vụ Cơ quan chủ trì Thời hạn';
  it.each([
    ['one endless line', ['a '.repeat(2_000_000)]],
    ['a line of TABs', ['\t'.repeat(1_000_000)]],
    ['headers and nothing else', Array(15_000).fill(header)],
    ['number titles', Array(15_000).fill('STT')],
    ['first rows', Array(15_000).fill('1.')],
    ['headings without rows', [header, ...Array(15_000).fill('I. Phần')]],
    ['a row without end', [header, '1. Việc', ...Array(15_000).fill('Bộ Công an tháng 7/2027')]],
    ['pages without end', [header, '1. Việc', ...Array(8_000).fill(' Bộ Công an')]],
    ['control characters', ['STT\tTên nhiệm vụ\tThời hạn', '1\t\u0000\u202ex\t\ufffe']],
    ['markup never closed', [`STT\tNội dung\tThời hạn`, `1\t${'<p '.repeat(100_000)}\tx`]],
  ])('%s', (_, lines) => {
    const document = readLines(
      lines.map((text: string, at: number) => ({ text, line: at + 1 })),
      'text',
    );
    expect(document.format).toBe('text');
  });

  it('reads nothing as nothing', () => {
    expect(readLines([], 'text')).toEqual({ format: 'text', blocks: [], notes: [] });
  });
});
