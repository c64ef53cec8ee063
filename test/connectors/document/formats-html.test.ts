import { describe, expect, test } from 'vitest';
import { Allowance } from '../../../connectors/document/formats/allowance.ts';
import { readHtml } from '../../../connectors/document/formats/read-html.ts';
import type { Table } from '../../../connectors/document/model.ts';

const allowance = () => new Allowance({ tableRows: 100, tableText: 100_000 });

/** Blocks as short text: paragraphs as they are, tables as lists of rows with `/` between cells and `~` for none. */
function shown(html: string): (string | string[])[] {
  const row = (cells: readonly ({ text: string } | null)[]): string => cells.map((c) => c?.text ?? '~').join(' / ');
  const table = (t: Table): string[] => [
    row(t.header),
    ...t.rows.map((r) => (r.kind === 'heading' ? `# ${r.text.text}` : row(r.cells))),
  ];
  return readHtml(html, allowance()).blocks.map((block) => (block.kind === 'table' ? table(block) : block.text.text));
}

const tr = (...cells: string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const HEAD = tr('STT', 'Việc', 'Hạn');

describe('HTML', () => {
  test('what nobody sees is left out', () => {
    const html = `<html><head><title>Tên</title><style>p{}</style><script>document.write("<p>a</p>")</script></head>
      <body><!-- ghi chú --><p>Một<script>alert(1)</script> hai</p><p hidden>ẩn</p><div style="display: none"><p>ẩn</p></div>
      <noscript>bật lên</noscript><p onclick="x()">ba &amp; b&#7889;n&nbsp;&lt;5&gt;</p></body></html>`;
    expect(shown(html)).toEqual(['Một hai', 'ba & bốn <5>']);
  });

  test('headings, lists and line breaks are paragraphs', () => {
    const html = '<h1>Đầu</h1>một<br>hai<ul><li>- ba</li><li>bốn</ul><ol start=3><li>năm<li>sáu</ol>';
    expect(shown(html)).toEqual(['Đầu', 'một', 'hai', '- ba', 'bốn', '3. năm', '4. sáu']);
  });

  test('inside a cell they are lines', () => {
    const cell = '<p>một</p><p></p><ul><li>- hai</li><li>- ba <b>bốn</b></li></ul>năm<br/>sáu';
    expect(shown(`<table>${HEAD}${tr('1', cell, '')}</table>`)).toEqual([
      ['STT / Việc / Hạn', '1 / một\n- hai\n- ba bốn\nnăm\nsáu / '],
    ]);
  });

  test('the header printed again is taken out, the row it cut is whole again', () => {
    const html = `<table>${HEAD}${tr('1', 'Việc dài bị cắt ở giữa câu vì hết', 'Quý I')}${HEAD}${tr('', 'trang giấy', '')}${tr('2', 'Việc', '')}</table>`;
    const next = `<table>${HEAD}${tr('3', 'Việc nữa', '')}</table>\n<table>${tr('4', 'Việc cuối', '')}</table>`;
    expect(shown(html + next)).toEqual([
      [
        'STT / Việc / Hạn',
        '1 / Việc dài bị cắt ở giữa câu vì hết trang giấy / Quý I',
        '2 / Việc / ',
        '3 / Việc nữa / ',
        '4 / Việc cuối / ',
      ],
    ]);
  });

  test('a row cut in mid-sentence is whole again without a sign of a page', () => {
    const long = 'Việc mẫu dài được mô tả kỹ lưỡng trong ví dụ này để vượt quá bề rộng của trang';
    const html = `<table>${HEAD}${tr('1', long, 'Quý I')}${tr('', 'giấy khổ ngang', '')}${tr('', 'Việc khác', 'Quý II')}</table>`;
    expect(shown(html)).toEqual([['STT / Việc / Hạn', `1 / ${long} giấy khổ ngang / Quý I`, ' / Việc khác / Quý II']]);
  });

  test('after a footnote a table goes on only when its numbers do', () => {
    const table = (n: number): string => `<table>${HEAD}${tr(`${n}.`, 'Việc', '')}</table>`;
    expect(shown(`${table(1)}<p>Ghi chú</p>${table(2)}`)).toHaveLength(2);
    expect(shown(`${table(1)}<p>Danh mục khác</p>${table(1)}`)).toHaveLength(3);
  });

  test('another header is another table', () => {
    const other = `<table>${tr('STT', 'Đơn vị', 'Số')}${tr('1', 'Bộ Mẫu', '5')}</table>`;
    expect(shown(`<table>${HEAD}${tr('1', 'Việc', '')}</table>${other}`)).toHaveLength(2);
  });

  test('a header of two rows, numbers of columns, a title in the table', () => {
    const html = `<table><tr><td colspan=4>Bảng mẫu</td></tr>
      <tr><td rowspan=2>TT</td><td rowspan=2>Đơn vị</td><td colspan=2>Số nhiệm vụ</td></tr>
      <tr><td>riêng</td><td>chung</td></tr>${tr('(1)', '(2)', '(3)', '(4)')}${tr('1', 'Bộ Mẫu', '3', '2')}</table>`;
    expect(shown(html)).toEqual([
      'Bảng mẫu',
      ['TT / Đơn vị / Số nhiệm vụ riêng / Số nhiệm vụ chung', '1 / Bộ Mẫu / 3 / 2'],
    ]);
  });

  test('headings of groups, however they are set', () => {
    const html = `<table>${HEAD}<tr><td colspan=3>Nhóm một</td></tr>${tr('1', 'Việc', '')}
      ${tr('II', 'Nhóm hai', '')}${tr('Nhóm ba', '', '')}<tr><td>A.<td colspan=2>Nhóm bốn</tr>${tr('2', 'Việc', '')}${tr('3', '', '')}</table>`;
    expect(shown(html)).toEqual([
      [
        'STT / Việc / Hạn',
        '# Nhóm một',
        '1 / Việc / ',
        '# II. Nhóm hai',
        '# Nhóm ba',
        '# A. Nhóm bốn',
        '2 / Việc / ',
        '3 /  / ',
      ],
    ]);
  });

  test('a row that ends early has no cells there', () => {
    expect(shown(`<table>${HEAD}${tr('1', 'Việc')}${tr('2', 'Việc', '')}</table>`)).toEqual([
      ['STT / Việc / Hạn', '1 / Việc / ~', '2 / Việc / '],
    ]);
  });

  test('a table that places things on the page is unfolded', () => {
    const inner = `<table>${HEAD}${tr('1', 'Việc', '')}${tr('2', 'Việc', '')}</table>`;
    expect(shown(`<table><tr><td>Trái</td><td><p>Trên</p>${inner}Dưới</td></tr></table>`)).toEqual([
      'Trái',
      'Trên',
      ['STT / Việc / Hạn', '1 / Việc / ', '2 / Việc / '],
      'Dưới',
    ]);
  });

  test('a small table inside a cell is text of the cell', () => {
    const inner = `<table>${tr('năm', 'số')}${tr('2030', '5')}</table>`;
    const rows = [1, 2, 3, 4].map((n) => tr(`${n}`, n === 1 ? `gồm ${inner}` : 'Việc', '')).join('');
    expect(shown(`<table>${HEAD}${rows}</table>`)[0]?.[1]).toBe('1 / gồm\nnăm số\n2030 5 / ');
  });

  test('the head of a letter is text', () => {
    const head = `<table>${tr('BỘ MẪU', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc')}${tr('Số: 12/BC-MẪU', 'Hà Nội, ngày 01 tháng 02 năm 2030')}</table>`;
    expect(shown(head)).toEqual([
      'BỘ MẪU',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'Số: 12/BC-MẪU',
      'Hà Nội, ngày 01 tháng 02 năm 2030',
    ]);
  });

  test('a reference to a footnote is no number', () => {
    expect(shown('<p>(22 cơ quan<sup>1</sup>) trên 5 m<sup>2</sup></p>')).toEqual(['(22 cơ quan) trên 5 m2']);
  });

  test('tags left open', () => {
    expect(shown('<table><tr><td>STT<td><b>Việc<td>Hạn<tr><td>1<td>Việc mẫu<td>Quý I<tr><td>2<td>Việc')).toEqual([
      ['STT / Việc / Hạn', '1 / Việc mẫu / Quý I', '2 / Việc / ~'],
    ]);
  });

  test('lines of the source', () => {
    const [first, second] = readHtml('<p>một\n\nhai</p>\n<p>\nba</p>', allowance()).blocks;
    expect(first?.kind === 'paragraph' && first.text).toEqual({
      text: 'một hai',
      marks: [
        { offset: 0, line: 1 },
        { offset: 4, line: 3 },
      ],
    });
    expect(second?.kind === 'paragraph' && second.text.marks).toEqual([{ offset: 0, line: 5 }]);
  });
});
