import { describe, expect, test } from 'vitest';
import { taskStatement } from '../../../../connectors/contract.ts';
import { readAgencyCounts } from '../../../../connectors/document/tables/agency-counts.ts';
import { readTasks } from '../../../../connectors/document/tables/tasks.ts';
import { documentOf, names, table } from '../../../support/document-names.ts';

const HEADER = 'TT|Nhiệm vụ|Văn bản giao|Cơ quan chủ trì|Thời hạn|Cơ quan quá hạn|Tình hình|Khó khăn';

function read(...blocks: Parameters<typeof documentOf>) {
  const document = documentOf(...blocks);
  const { counts } = readAgencyCounts(document, names, { document: 'd', asOf: '2026-06-29' });
  const counted = counts.map((count) => count.statement);
  const reading = readTasks(document, names, { document: 'd', day: '2026-06-29' }, counted);
  for (const { statement } of reading.tasks) taskStatement.parse(statement);
  return { ...reading, tasks: reading.tasks.map((task) => task.statement) };
}

describe('rows of a task table', () => {
  test('one statement a numbered row, with what it was read from', () => {
    const { tasks, statuses, rejections } = read(
      table(
        HEADER,
        '7.|Hoàn thiện: CSDL về tôn giáo|Quyết định số 5/QĐ-X|Bộ Dân tộc và Tôn giáo|30/9/2026|Bộ Dân tộc và Tôn giáo|Đã hoàn thành 3/19 tiêu chí|Thiếu kinh phí',
      ),
    );
    expect(rejections).toEqual([]);
    expect(tasks).toEqual([
      {
        type: 'task',
        document: 'd',
        no: 7,
        title: 'Hoàn thiện: CSDL về tôn giáo',
        legal_basis: 'Quyết định số 5/QĐ-X',
        lead_agencies: ['bo-dan-toc-va-ton-giao'],
        deadline: '2026-09-30',
        deadline_raw: '30/9/2026',
        overdue_agencies: ['bo-dan-toc-va-ton-giao'],
        list: 'overdue',
        statuses: [
          { agency: 'bo-dan-toc-va-ton-giao', status: 'Đã hoàn thành 3/19 tiêu chí', difficulty: 'Thiếu kinh phí' },
        ],
        database_ids: ['ton-giao'],
        evidence: { table: '1', row: 7, line: 2 },
      },
    ]);
    expect(
      statuses.map(({ column, database_ids, agency, shared_n }) => [column, database_ids, agency, shared_n]),
    ).toEqual([
      ['tinh_hinh', ['ton-giao'], 'bo-dan-toc-va-ton-giao', 1],
      ['kho_khan', ['ton-giao'], 'bo-dan-toc-va-ton-giao', 1],
    ]);
  });

  test('an agency before the title is taken off and used', () => {
    const { tasks } = read(
      table(
        HEADER,
        '1|EVN - Hoàn thiện: Hệ thống Quản lý thông tin khách hàng|||||| ',
        '2|A|B|Bộ Y tế|1/7/2026|Bộ Y tế||',
      ),
    );
    expect(tasks[0]).toMatchObject({
      title: 'Hoàn thiện: Hệ thống Quản lý thông tin khách hàng',
      lead_agencies: ['tap-doan-dien-luc-viet-nam'],
      database_ids: ['quan-ly-thong-tin-khach-hang-dien'],
    });
  });

  test('rows without cells of their own are parts of the row above: one text for all their databases', () => {
    const { tasks, statuses } = read(
      table(
        HEADER,
        '1|CSDL người khuyết tật|Nghị quyết A|Bộ Y tế|31/12/2025|Bộ Y tế|Đang làm sạch|',
        '2|CSDL quản lý trẻ em||||||',
        '3|CSDL an toàn thực phẩm|^|^|^|^|^|^',
        '4|Việc khác|Nghị quyết B|Bộ Tài chính|31/12/2025|Bộ Tài chính||',
      ),
    );
    for (const task of tasks.slice(0, 3)) {
      expect(task).toMatchObject({ deadline: '2025-12-31', lead_agencies: ['bo-y-te'], legal_basis: 'Nghị quyết A' });
      expect(task.statuses).toEqual([{ agency: 'bo-y-te', status: 'Đang làm sạch' }]);
    }
    expect(tasks.map((task) => task.evidence.inherited_from)).toEqual([undefined, 1, 1, undefined]);
    expect(tasks[3]?.statuses).toEqual([{ agency: 'bo-tai-chinh' }]);
    expect(
      statuses.map(({ database_ids, shared_n, inherited_from }) => [database_ids[0], shared_n, inherited_from]),
    ).toEqual([
      ['nguoi-khuyet-tat', 3, undefined],
      ['tre-em', 3, 1],
      ['an-toan-thuc-pham', 3, 1],
    ]);
  });

  test('an agency printed in the middle of rows with leads of one kind holds for all of them', () => {
    const { tasks } = read(
      table(
        HEADER,
        '1|Việc A|VB 1|Bộ Công an|1/2/2026|Bộ Công an|Đang làm|',
        '2|Việc B|VB 2|Các bộ, ngành|1/2/2026|||',
        '3|Việc C|VB 3|Các bộ, cơ quan|1/3/2026|Tạp chí Cộng sản||',
        '4|Việc D|VB 4|Các cơ quan|1/3/2026|||',
      ),
    );
    expect(tasks.map((task) => task.overdue_agencies.join())).toEqual([
      'bo-cong-an',
      'tap-chi-cong-san',
      'tap-chi-cong-san',
      'tap-chi-cong-san',
    ]);
    expect(tasks.map((task) => task.statuses[0]?.inferred ?? false)).toEqual([false, true, false, true]);
    expect(tasks[1]?.evidence.inherited_from).toBe(3);
  });

  test('sub-rows give each agency its own text', () => {
    const { tasks, statuses } = read(
      table(
        HEADER,
        '5|Việc chung|VB|Các bộ, ngành|1/4/2026|02/40 cơ quan đang thực hiện quá hạn||',
        '|||||Bộ Y tế|Đang trình|',
        'Son La|Chưa làm|Thiếu người',
      ),
    );
    expect(tasks).toHaveLength(1);
    expect(tasks[0]).toMatchObject({
      assigned_agencies_n: 40,
      overdue_agencies: ['bo-y-te', 'son-la'],
      lead_raw: 'Các bộ, ngành',
    });
    expect(tasks[0]?.statuses).toEqual([
      { agency: 'bo-y-te', status: 'Đang trình' },
      { agency: 'son-la', status: 'Chưa làm', difficulty: 'Thiếu người' },
    ]);
    expect(statuses.map((text) => text.agency)).toEqual(['bo-y-te', 'son-la', 'son-la']);
  });

  test('a name the registry does not have is kept as printed', () => {
    const { tasks } = read(table(HEADER, '1|Việc|VB|Bộ Y tế|1/4/2026|Bộ Y tế, Hội Người cao tuổi|Đang làm|'));
    expect(tasks[0]).toMatchObject({ overdue_agencies: ['bo-y-te'], overdue_raw: ['Hội Người cao tuổi'] });
  });

  test('an agency lost at a page break is named when the counts leave only one', () => {
    const counts = table(
      'TT|Đơn vị|Được giao|Đã hoàn thành|Đang thực hiện|Quá hạn',
      '1|Lào Cai|5|2|2|1',
      '2|Sơn La|4|2|1|1',
    );
    const tasks = table(HEADER, '1|Việc|VB|Các bộ|1/4/2026|02/9 cơ quan|Đang xin ý kiến|', '|||||Sơn La|Chưa làm|');
    const { tasks: found, rejections } = read(counts, tasks);
    expect(found[0]?.overdue_agencies).toEqual(['lao-cai', 'son-la']);
    expect(found[0]?.statuses[0]).toEqual({ agency: 'lao-cai', status: 'Đang xin ý kiến', inferred: true });
    expect(rejections).toEqual([]);
    expect(read(tasks).rejections.map((rejected) => rejected.code)).toEqual(['agency_not_named']);
  });

  test('numbers like 1.1 keep their label and get a number of their own; their parent takes nothing from above', () => {
    const { tasks } = read(
      table(
        'TT|Nhiệm vụ|Cơ quan chủ trì|Thời hạn',
        '1|Việc A|Bộ Y tế|1/4/2026',
        '2|Các việc sau|^|^',
        '2.1|Việc B|Bộ Nội vụ|Tháng 5/2026',
        '3|Việc C|Bộ Tư pháp|Quý III/2026',
      ),
    );
    expect(
      tasks.map(({ no, evidence, deadline, lead_agencies }) => [no, evidence.row, deadline, lead_agencies[0]]),
    ).toEqual([
      [1, 1, '2026-04-01', 'bo-y-te'],
      [2, 2, null, undefined],
      [4, '2.1', '2026-05-31', 'bo-noi-vu'],
      [3, 3, '2026-09-30', 'bo-tu-phap'],
    ]);
  });
});

describe('what stands over a table', () => {
  const header = 'TT|Nhiệm vụ|Cơ quan thực hiện|Thời hạn';
  const row = '1|Việc A|Bộ Y tế, Sơn La|1/4/2026';

  test('a list of late tasks makes its agencies overdue; a list of tasks does not', () => {
    expect(read('DANH SÁCH NHIỆM VỤ CHẬM MUỘN', table(header, row)).tasks[0]).toMatchObject({
      list: 'overdue',
      overdue_agencies: ['bo-y-te', 'son-la'],
    });
    expect(read('DANH MỤC NHIỆM VỤ NĂM 2026', table(header, row)).tasks[0]).toMatchObject({
      list: 'assigned',
      overdue_agencies: [],
    });
    const { tasks } = read(
      'PHỤ LỤC 1',
      'NHIỆM VỤ QUÁ HẠN',
      table(header, row),
      'PHỤ LỤC 2',
      'NHIỆM VỤ MỚI GIAO',
      table(header, row),
    );
    expect(tasks.map((task) => task.list)).toEqual(['overdue', 'assigned']);
  });

  test('the progress of a row decides for the row', () => {
    const { tasks } = read(
      'NHIỆM VỤ QUÁ HẠN',
      table(`${header}|Tiến độ`, `${row}|Đã hoàn thành`, `2${row.slice(1)}|Đang làm, quá hạn`),
    );
    expect(tasks.map((task) => task.list)).toEqual(['assigned', 'overdue']);
  });

  test('headings inside the table are programme and group; one over it may give the deadline', () => {
    const { tasks } = read(
      'b) Nhiệm vụ tháng 9/2026:',
      table(
        'TT|Nhiệm vụ|Cơ quan chủ trì',
        '#Chương trình A',
        '#Nhóm 1 (1 nhiệm vụ)',
        '1|Việc|Bộ Y tế',
        '#Nhóm 2',
        '2|Việc|Bộ Y tế',
      ),
    );
    expect(
      tasks.map(({ source_program, group, deadline, deadline_raw }) => [source_program, group, deadline, deadline_raw]),
    ).toEqual([
      ['Chương trình A', 'Nhóm 1', '2026-09-30', 'tháng 9/2026'],
      ['Chương trình A', 'Nhóm 2', '2026-09-30', 'tháng 9/2026'],
    ]);
  });
});

describe('databases of a title', () => {
  const ids = (title: string, lead: string): string[] | undefined =>
    read(table('TT|Nhiệm vụ|Cơ quan chủ trì|Thời hạn', `1|${title}|${lead}|1/4/2026`)).tasks[0]?.database_ids;

  test('named inside it, they must belong to an agency of the task', () => {
    const title = 'Kết nối dữ liệu giữa CSDL quốc gia về dân cư với CSDL quốc tịch; CSDL thi hành án dân sự';
    expect(ids(title, 'Bộ Công an, Bộ Tư pháp')).toEqual(['dan-cu', 'quoc-tich', 'thi-hanh-an-dan-su']);
    expect(ids('Nâng cấp hạ tầng, kết nối với CSDL quốc gia về dân cư', 'Các bộ, ngành')).toEqual([]);
  });
});

describe('tables that cannot be trusted', () => {
  test('shifted columns give a rejection and no facts', () => {
    const { tasks, statuses, rejections } = read(
      table(
        HEADER,
        '1|VB số 3/QĐ-A|Bộ Y tế|31/12/2025|Bộ Y tế|Đang làm||Việc A',
        '2|VB số 4/QĐ-A|Bộ Y tế|30/6/2026|Bộ Y tế|Đang làm||Việc B',
      ),
    );
    expect([tasks, statuses]).toEqual([[], []]);
    expect(rejections.map((rejected) => rejected.code)).toEqual(['shifted_columns']);
  });

  test('a single shifted row is refused alone', () => {
    const good = (n: number): string => `${n}|Việc ${n} là việc tốt|VB|Bộ Y tế|1/4/2026|Bộ Y tế||`;
    const { tasks, rejections } = read(table(HEADER, good(1), '2|Việc|Bộ Y tế|1/4/2026|Bộ Y tế|Đang làm||', good(3)));
    expect(tasks.map((task) => task.no)).toEqual([1, 3]);
    expect(rejections.map((rejected) => rejected.code)).toEqual(['shifted_columns']);
  });

  test('ten thousand rows are read in a bounded time', () => {
    const rows = Array.from(
      { length: 10_000 },
      (_, at) => `${at + 1}|Hoàn thiện việc thứ ${at}|VB|Bộ Y tế|1/4/2026|Bộ Y tế||`,
    );
    const start = performance.now();
    expect(read(table(HEADER, ...rows)).tasks).toHaveLength(10_000);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
