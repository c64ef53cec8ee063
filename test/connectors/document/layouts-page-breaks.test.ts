// Rows of wrapped columns that a page cuts, and lines that two columns share: invented examples.
import { describe, expect, it } from 'vitest';
import { Allowance } from '../../../connectors/document/formats/allowance.ts';
import { readLines } from '../../../connectors/document/layouts/read-lines.ts';
import type { Table } from '../../../connectors/document/model.ts';

const lines = (text: string) => text.split('\n').map((line, at) => ({ text: line, line: at + 1 }));

function tables(text: string): (string | null)[][][] {
  return readLines(lines(text), 'text')
    .blocks.filter((block): block is Table => block.kind === 'table')
    .map((table) =>
      table.rows.map((row) => (row.kind === 'heading' ? [row.text.text] : row.cells.map((cell) => cell?.text ?? null))),
    );
}

describe('a row of wrapped columns over a page', () => {
  it('goes on with the name that the page cut in two', () => {
    const [rows] = tables(`TT Nội dung nhiệm vụ Thời hạn Cơ quan chủ trì

1.

Số hoá sổ tay vận hành của các trạm đo mưa, nhập
đủ toạ độ từng trạm.

Tháng 4/2026

Ngoại giao, Nội
 vụ, Tư pháp

2. Kiểm kê máy chủ ở trạm đo mưa

Tháng 5/2026

Bộ Nội vụ
`);
    expect(rows?.[0]).toEqual([
      '1.',
      'Số hoá sổ tay vận hành của các trạm đo mưa, nhập đủ toạ độ từng trạm.',
      'Tháng 4/2026',
      'Ngoại giao, Nội vụ, Tư pháp',
    ]);
  });

  it('goes on with a list whose last name is still to come', () => {
    const [rows] = tables(`TT Nội dung nhiệm vụ Văn bản giao Thời hạn Đơn vị chưa hoàn thành

1.

rà soát biểu mẫu kiểm kê trạm đo mưa đã có trên mạng
và biểu mẫu còn trên giấy

12-TB/XYZ

7/31/2026

Đơn vị đang thực hiện:
Cà Mau, Gia Lai, Bộ Nội
vụ, Thành phố
 Huế, Thành phố Cần
Thơ

2.

Kiểm kê máy chủ

13-TB/XYZ

8/31/2026

Bộ Nội vụ
`);
    expect(rows?.[0]?.[4]).toBe('Đơn vị đang thực hiện: Cà Mau, Gia Lai, Bộ Nội vụ, Thành phố Huế, Thành phố Cần Thơ');
    expect(rows?.[0]?.[1]).toMatch(/trên giấy$/);
  });

  it('goes on with each of several cells cut at once', () => {
    const [rows] = tables(`STT Tên nhiệm vụ Cơ quan chủ trì Cơ quan phối hợp Thời hạn

1.
Kiểm kê máy chủ của các trạm đo mưa, báo cáo kết quả hằng kỳ.

Bộ Khoa
học và

Bộ Tài
chính, Bộ
Công

Hằng
tháng
 STT Tên nhiệm vụ Cơ quan chủ trì Cơ quan phối hợp Thời hạn

Công
nghệ

Thương

báo cáo
kết quả.

2.
Sửa mái trạm.

Bộ Nội vụ

Bộ Y tế

Tháng 5/2026
`);
    expect(rows?.[0]?.slice(2, 4)).toEqual(['Bộ Khoa học và Công nghệ', 'Bộ Tài chính, Bộ Công Thương']);
  });
});

describe('lines that columns share', () => {
  it('keeps the items of a list in the task', () => {
    const [rows] = tables(`TT Nội dung nhiệm vụ Kết quả yêu cầu Thời hạn Cơ quan thực hiện

1. Nối sổ kho của cục với sổ kho của
trạm; Sổ kho về phao tiêu.

Tháng 6/2026

Bộ Nội vụ
2. Sửa mái trạm
Tháng 7/2026
Bộ Y tế
`);
    expect(rows?.[0]).toEqual([
      '1.',
      'Nối sổ kho của cục với sổ kho của trạm; Sổ kho về phao tiêu.',
      null,
      'Tháng 6/2026',
      'Bộ Nội vụ',
    ]);
  });

  it('gives the body to its column where the task ends with a like name', () => {
    const [rows] = tables(`TT Tên nhiệm vụ Cơ quan chủ trì Kết quả dự kiến

1. Phần mềm xếp lịch phòng họp của Tòa án nhân
dân Tòa án nhân dân tối cao Hoàn thành, khai thác sử dụng

2. Sổ kho trạm đo mưa Bộ Y tế Hoàn thành, khai thác sử dụng
`);
    expect(rows?.[0]?.slice(2)).toEqual(['Tòa án nhân dân tối cao', 'Hoàn thành, khai thác sử dụng']);
  });

  it('leaves the last row to its table when a heading and another table follow', () => {
    const found = tables(`TT Tên nhiệm vụ Cơ quan chủ trì Kết quả dự kiến

1. Sổ kho trạm đo mưa Bộ Y tế Hoàn thành

2. Sổ kho phao tiêu Bộ Nội vụ Hoàn thành

 b) Nhiệm vụ tháng 3/2026:

TT Tên nhiệm vụ Cơ quan chủ trì Kết quả dự kiến

1. Sổ kho đèn biển Bộ Y tế Hoàn thành
`);
    expect(found.flat().filter((row) => row.length > 1)).toHaveLength(3);
  });
});

describe('more than is read', () => {
  const rows = (count: number): string =>
    `TT\tNội dung\tThời hạn\n${Array.from({ length: count }, (_, at) => `${at + 1}\tViệc\t5/2026`).join('\n')}`;

  it.each([
    ['too-many-rows', { tableRows: 20, tableText: 10_000 }],
    ['too-large', { tableRows: 200, tableText: 400 }],
  ])('%s', (code, limits) => {
    expect(() => readLines(lines(rows(60)), 'text', new Allowance(limits))).toThrow(
      expect.objectContaining({ code: `document/${code}`, hint: 'send it in several parts' }),
    );
  });

  it('reads a table of 10 000 rows', () => {
    expect(readLines(lines(rows(10_000)), 'text').blocks).toHaveLength(1);
  });
});
