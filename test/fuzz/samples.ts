/** Real inputs: sentences of the shipped facts, and small files of every kind made by the writers of the tests. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../config/load.ts';
import { asset } from '../../config/package-root.ts';
import type { BlockSource } from '../support/document-files.ts';
import { ROWS, taskList } from '../support/documents.ts';

/** The shipped settings, read once in a process. */
export const { config } = loadConfig(undefined, {});

/** A folder that goes when the fuzzing ends. */
export const scratch = mkdtempSync(join(tmpdir(), 'target-'));
let written = 0;

/** A file to be read by a parser that takes a path; the same few names over and over. */
export function asFile(content: string | Uint8Array, ending: string): string {
  const path = join(scratch, `${written++ % 8}${ending}`);
  writeFileSync(path, content);
  return path;
}

/** Lines of the shipped facts, as their files have them. */
export const factLines: readonly string[] = readdirSync(asset('config', 'baseline'))
  .filter((name) => name.endsWith('.ndjson'))
  .flatMap((name) =>
    readFileSync(asset('config', 'baseline', name), 'utf8')
      .trimEnd()
      .split('\n'),
  );

/** Words of ministries, as printed. */
export const sentences: readonly string[] = [
  ...new Set(
    factLines.flatMap((line) => {
      const { evidence, title } = JSON.parse(line) as { evidence?: { quote?: string }; title?: string };
      return [evidence?.quote, title].filter((text) => text !== undefined);
    }),
  ),
].slice(0, 400);

/** Words on which the rules of reading turn. */
export const WORDS: readonly string[] = [
  ...[
    'đã ',
    'chưa ',
    'đang ',
    'sẽ ',
    'dự kiến ',
    'không ',
    'hoàn thành ',
    'kết nối ',
    'chia sẻ ',
    'đồng bộ ',
    'làm sạch ',
  ],
  ...['C12', 'C06', 'A05', 'CSDLQG về dân cư', 'Trung tâm dữ liệu quốc gia', 'Bộ Nội vụ', 'Bộ Y tế', 'CSDL ', 'trẻ em'],
  ...[
    '13/19 tiêu chí',
    ' tiêu chí',
    'khoảng 4,8 triệu hồ sơ',
    'hơn 1.041.000 bản ghi',
    ' nghìn tỷ ',
    'gần ',
    'trên ',
    '95%',
  ],
  ...[
    'ngày 31/3/2026',
    'tháng 6 năm 2026',
    'quý IV/2025',
    'trước 30/6/2026',
    ' năm 2030',
    '1/1/26',
    '34/34 tỉnh',
    '2 chiều',
  ],
  ...[
    '- ',
    '+ ',
    '1. ',
    '(',
    ')',
    ': ',
    '; ',
    ', ',
    '. ',
    '\n',
    ' và ',
    ' với ',
    ' của ',
    ' để ',
    'theo văn bản số 12/BCA-A05',
  ],
  ...[
    'an toàn thông tin cấp độ 3',
    'phê duyệt',
    'đánh giá lần 2',
    'không có khó khăn',
    'chờ kết quả',
    'kinh phí',
    'phần mềm',
  ],
];

export const blocks: readonly BlockSource[] = [
  'DANH MỤC NHIỆM VỤ QUÁ HẠN',
  '(Số liệu tính đến ngày 15/6/2026)',
  {
    header: ['STT', 'Tên nhiệm vụ', 'Văn bản giao', 'Cơ quan chủ trì', 'Thời hạn', 'Cơ quan quá hạn', 'Tình hình'],
    rows: [
      { heading: 'I. Các bộ' },
      ...ROWS.map((row, i) => ({
        cells: [`${i + 1}`, row.task, 'Nghị quyết số 71/NQ-CP', row.agency, '31/3/2026', row.agency, row.status],
      })),
      {
        cells: [
          '3',
          null,
          null,
          'Bộ Tài chính',
          '30/6/2026',
          'Bộ Tài chính',
          'Đã có 4,8 triệu hồ sơ.\n- Chưa làm sạch',
        ],
      },
    ],
  },
  'Nơi nhận: Văn phòng Chính phủ.',
];

export const documentTexts: readonly string[] = [
  taskList(),
  taskList({ number: '71/BC-BNV', day: '1/7/2025' }),
  readFileSync(asset('test', 'eval', 'held-out', 'a.txt'), 'utf8').slice(0, 6_000),
  readFileSync(asset('test', 'eval', 'held-out', 'b.txt'), 'utf8').slice(0, 6_000),
];
