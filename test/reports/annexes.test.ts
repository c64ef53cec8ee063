/** The annexes: the forms to the letter, counts from rows, blanks left blank, and whose words are printed. All texts are invented. */
import { expect, test } from 'vitest';
import type { PublicationInput } from '../../scoring/contract.ts';
import { fixture, META, siteOf, viewOf, visibleText } from './fixture-site.ts';

type TaskInput = PublicationInput['task'][number];

/** The fixture with other tasks; each names its agencies with what they wrote. */
function withTasks(
  tasks: (Partial<TaskInput> & { agencies?: { id: string; status?: string; text?: string | null; row?: string }[] })[],
): PublicationInput {
  const data = fixture();
  const [model] = data.task;
  if (model === undefined) throw new Error('no task');
  data.task = [];
  data.task_agency = [];
  data.task_database = [];
  for (const [index, { agencies = [], ...more }] of tasks.entries()) {
    const task = { ...model, task_id: `t${index}`, no: index + 1, lead_raw: null, lead_agencies: 'bo-y-te', ...more };
    data.task.push(task);
    for (const one of agencies)
      data.task_agency.push({
        task_id: task.task_id,
        no: task.no,
        agency_id: one.id,
        state: 'overdue',
        status: one.status ?? 'blank',
        difficulty: 'blank',
        status_text: one.text ?? null,
        difficulty_text: null,
        row: one.row ?? '7',
        inherited: null,
        is_inferred: false,
      });
  }
  return data;
}

test('the agencies: order by unrounded rate, one decimal with a comma, the count in the title', () => {
  const { overdue } = viewOf().annexes;
  expect(overdue.agencies_title + overdue.agencies_title_end).toMatch(/\(0?\d+ cơ quan\)$/);
  const rates = overdue.agencies.map((row) => Number(row.overdue) / Number(row.assigned));
  expect(rates).toEqual([...rates].sort((a, b) => b - a));
  for (const row of overdue.agencies) expect(row.rate).toMatch(/^\d+,\d%$/);
  expect(overdue.agencies.map((row) => row.no)).toEqual(overdue.agencies.map((_, i) => `${i + 1}.`));
});

test('without printed counts the rows are counted and the rest stays blank', () => {
  const data = fixture();
  data.agency_count = [];
  const { overdue } = viewOf(data).annexes;
  expect(overdue.agencies[0]).toMatchObject({ assigned: '', done: '', in_progress: '', rate: '' });
  expect(overdue.agencies[0]?.overdue).not.toBe('');
  expect(overdue.counts_note).not.toBeNull();
});

test('counts of an older list are not given as those of the newest', () => {
  const data = fixture();
  for (const row of data.agency_count) Object.assign(row, { document: 'cu', as_of: '2025-08-05' });
  expect(viewOf(data).annexes.overdue.counts_note).not.toBeNull();
});

test('the tasks: by deadline, one leading agency together, then by name; without a day last', () => {
  const data = withTasks([
    { title: 'Việc ă', deadline: '2025-12-31', lead_agencies: 'bo-y-te' },
    { title: 'Việc không có ngày', deadline: null, deadline_raw: 'Thường xuyên' },
    { title: 'Việc b', deadline: '2025-12-31', lead_agencies: 'bo-noi-vu' },
    { title: 'Việc a', deadline: '2025-12-31', lead_agencies: 'bo-y-te' },
    { title: 'Việc sớm', deadline: '2025-01-05', lead_agencies: 'bo-y-te' },
  ]);
  const rows = viewOf(data).annexes.overdue.tasks;
  expect(rows.map((row) => `${row.no} ${row.title} ${row.deadline}`)).toEqual([
    '1. Việc sớm 05/01/2025',
    '2. Việc b 31/12/2025',
    '3. Việc a 31/12/2025',
    '4. Việc ă 31/12/2025',
    '5. Việc không có ngày Thường xuyên',
  ]);
});

test('a task of several agencies: a row that counts them, and one row each', () => {
  const agencies = [{ id: 'bo-y-te', status: 'reported' }, { id: 'bo-noi-vu' }];
  const rows = (given: number | null) =>
    viewOf(withTasks([{ assigned_agencies_n: given, agencies }])).annexes.overdue.tasks.map(
      (row) => `${row.kind}|${row.no}|${row.agency}|${row.status}`,
    );
  expect(rows(51)).toEqual([
    'parent|1.|02/51 cơ quan đang thực hiện quá hạn|',
    'part||Bộ Y tế|(toàn văn: nguồn, hàng 7)',
    'part||Bộ Nội vụ|',
  ]);
  expect(rows(null)[0]).toBe('parent|1.|02 cơ quan đang thực hiện quá hạn|');
});

test('words are printed where they are kept, for this edition, of databases whose amounts are shown', () => {
  const agencies = [{ id: 'bo-noi-vu', status: 'reported', text: 'Câu ví dụ.' }];
  const data = withTasks([{ agencies }]);
  const status = (input = data, meta = META): string => viewOf(input, meta).annexes.overdue.tasks[0]?.status ?? '';
  expect(status()).toBe('Câu ví dụ.');
  expect(status(data, { ...META, edition: 'chia_se' })).toBe('(toàn văn: nguồn, hàng 7)');
  const about = structuredClone(data);
  about.task_database = [{ task_id: 't0', no: 1, database_id: 'bao-hiem-that-nghiep', given_from: null }];
  expect(status(about)).toBe('Câu ví dụ.');
  const closed = about.database.find((row) => row.database_id === 'bao-hiem-that-nghiep');
  if (closed !== undefined) closed.classification = 'restricted';
  expect(status(about)).toBe('(toàn văn: nguồn, hàng 7)');
});

test.each([
  'Hệ thống ví dụ còn lỗ hổng.',
  'Chưa cập nhật BẢN VÁ.',
  'Máy chủ 10.0.0.1 đã chạy.',
  'Tại http://vi-du.local',
])('a weakness or an address is never printed: %s', (text) => {
  const data = withTasks([{ agencies: [{ id: 'bo-noi-vu', status: 'reported', text }] }]);
  expect(viewOf(data).annexes.overdue.tasks[0]?.status).toBe('(toàn văn: nguồn, hàng 7)');
});

test('a body outside the registry is printed as the document names it', () => {
  const data = withTasks([{ overdue_raw: 'Cơ quan ví dụ', agencies: [{ id: 'bo-y-te' }] }]);
  expect(viewOf(data).annexes.overdue.tasks.map((row) => row.agency)).toEqual([
    '02 cơ quan đang thực hiện quá hạn',
    'Bộ Y tế',
    'Cơ quan ví dụ',
  ]);
});

test('grouped: two levels with counts of their rows, groups in order, names in order, one running number', () => {
  const one = { source_program: 'Nguồn A', legal_basis: 'Văn bản 1' };
  const data = withTasks([
    { ...one, title: 'Đ', group_no: 'Nhóm khác (9 nhiệm vụ)' },
    { ...one, title: 'C', group_no: '3' },
    { ...one, title: 'B', group_no: 'Nhóm 10 - Ví dụ' },
    { ...one, title: 'Ă', group_no: '3', agencies: [{ id: 'bo-y-te' }, { id: 'bo-noi-vu' }] },
    { ...one, title: 'A', group_no: 'Nhóm chung' },
    { source_program: 'Nguồn B (2 nhiệm vụ)', title: 'E', group_no: null },
  ]);
  const { grouped } = viewOf(data).annexes;
  expect(grouped.note).toBeNull();
  expect(grouped.rows.map((row) => row.heading || `${row.no} ${row.title}`)).toEqual([
    'Nguồn A',
    'Nhóm chung (1 nhiệm vụ)',
    '1. A',
    'Nhóm 3 (2 nhiệm vụ)',
    '2. Ă',
    '3. C',
    'Nhóm 10 - Ví dụ (1 nhiệm vụ)',
    '4. B',
    'Nhóm khác (1 nhiệm vụ)',
    '5. Đ',
    'Nguồn B (1 nhiệm vụ)',
    '6. E',
  ]);
  expect(grouped.rows.find((row) => row.title === 'Ă')?.agencies).toBe('Bộ Y tế, Bộ Nội vụ');
});

test('grouped: a list without sources stands by its legal basis, and says so', () => {
  const { grouped } = viewOf(withTasks([{ legal_basis: 'Văn bản 1' }, { legal_basis: 'Văn bản 2' }])).annexes;
  expect(grouped.rows.filter((row) => row.kind === 'source').map((row) => row.heading)).toEqual([
    'Văn bản 1 (1 nhiệm vụ)',
    'Văn bản 2 (1 nhiệm vụ)',
  ]);
  expect(grouped.note).not.toBeNull();
});

test('blocks: ministries, then localities; given alone, given together, both together; nothing is blank and not 0', () => {
  const data = withTasks([
    { agencies: [{ id: 'bo-y-te' }] },
    { lead_agencies: '', lead_raw: 'Các bộ, ngành', agencies: [{ id: 'bo-y-te' }, { id: 'thanh-pho-ha-noi' }] },
  ]);
  const { blocks } = viewOf(data).annexes;
  expect(blocks.blocks.map((block) => block.heading)).toEqual(['Các bộ, ngành:', 'Các địa phương:']);
  expect(blocks.blocks.flatMap((block) => block.rows)).toEqual([
    { no: '1', name: 'Bộ Y tế', own: '1', shared: '1', total: '2' },
    { no: '2', name: expect.stringContaining('Hà Nội'), own: '', shared: '1', total: '1' },
  ]);
  expect([blocks.own.length, blocks.shared.length]).toEqual([1, 1]);
});

test('the pages carry no invented number, day or signature, and repeat their heads on paper', () => {
  const site = siteOf();
  for (const name of ['nhiem-vu-qua-han', 'theo-nguon-giao', 'cham-muon', 'bo-nganh-dia-phuong']) {
    const html = site.get(`phu-luc/${name}.html`) ?? '';
    expect(visibleText(html)).toContain('(Kèm theo Báo cáo số /BC- ngày tháng năm của )');
    expect(html).toContain('<body class="on-paper annex"');
    expect(html).not.toMatch(/Nơi nhận|CỘNG HÒA|Mật/);
  }
  expect(site.get('assets/site.css')).toContain('size: A4 landscape');
});

test('the agencies of a task stand on the page of tasks and on that of each agency', () => {
  const site = siteOf();
  for (const path of ['tasks.html', 'agencies/bo-noi-vu.html'])
    expect(/<tr id="nhiem-vu-5">.*?<\/tr>/s.exec(site.get(path) ?? '')?.[0], path).toContain(
      'bo-noi-vu.html">Bộ Nội vụ',
    );
});

test('numbers that begin anew in a later table still have places of their own', () => {
  const data = withTasks([{ no: 1 }, { no: 1 }]);
  data.overdue = [];
  const ids = [...(siteOf(viewOf(data)).get('tasks.html') ?? '').matchAll(/<tr id="(nhiem-vu-[^"]+)"/g)];
  expect(ids.map((hit) => hit[1])).toEqual(['nhiem-vu-1', 'nhiem-vu-1-lan-2']);
});
