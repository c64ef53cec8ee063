/** Small invented documents, as an office sends them, over the registry of support/project.ts. */

export interface DocumentRow {
  task: string;
  agency: string;
  status: string;
  difficulty?: string;
  deadline?: string;
}

export const ROWS: readonly DocumentRow[] = [
  {
    task: 'Xây dựng Cơ sở dữ liệu hồ sơ một',
    agency: 'Bộ Nội vụ',
    status: 'Đã hoàn thành 7/19 tiêu chí. Đã kết nối một chiều với C12.',
    difficulty: 'Chưa được bố trí kinh phí',
  },
  { task: 'Xây dựng Cơ sở dữ liệu hồ sơ ba', agency: 'Bộ Y tế', status: 'Chưa kết nối với C12.' },
];

export interface DocumentInput {
  /** dd/mm/yyyy */
  day?: string;
  number?: string;
  title?: string;
  rows?: readonly DocumentRow[];
}

/** A list of overdue tasks as text, cells between tabs. */
export function taskList(input: DocumentInput = {}): string {
  const { day = '15/6/2026', number, title = 'DANH MỤC NHIỆM VỤ QUÁ HẠN', rows = ROWS } = input;
  const header = [
    'STT',
    'Tên nhiệm vụ',
    'Văn bản giao',
    'Cơ quan chủ trì',
    'Thời hạn',
    'Cơ quan đang thực hiện quá hạn',
    'Tình hình thực hiện',
    'Khó khăn',
  ];
  const cells = rows.map((row, i) => [
    String(i + 1),
    row.task,
    'Nghị quyết số 52/NQ-CP',
    row.agency,
    row.deadline ?? '31/3/2026',
    row.agency,
    row.status,
    row.difficulty ?? '',
  ]);
  return [
    ...(number === undefined ? [] : [`Số: ${number}`, '']),
    title,
    '',
    `(Số liệu tính đến ngày ${day})`,
    '',
    ...[header, ...cells].map((line) => line.join('\t')),
    '',
  ].join('\n');
}
