/** Editions of a list: which is the newest, which came before, what differs; texts kept or dropped. All names are invented. */
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { taskStatement } from '../../connectors/contract.ts';
import { Normaliser } from '../../pipeline/stages/normalise.ts';
import { Night, registryRow, shipped } from '../support/night.ts';

interface Doc {
  id: string;
  /** Day of the list; `month` when only the month is printed. */
  stated: string;
  month?: boolean;
  source?: string;
  collected?: string;
  storeText?: boolean;
  lines: Record<string, unknown>[];
}

const open: Night[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

const config = structuredClone(shipped);
config.databases = [
  registryRow({ database_id: 'a', agency_id: 'bo-y-te' }),
  registryRow({ database_id: 'b', agency_id: 'bo-y-te' }),
  registryRow({ database_id: 'c', agency_id: 'bo-noi-vu' }),
  registryRow({ database_id: 'chung', agency_id: 'bo-noi-vu', row_kind: 'umbrella' }),
  registryRow({ database_id: 'chung-1', agency_id: 'bo-noi-vu', part_of: 'chung' }),
  registryRow({ database_id: 'chung-2', agency_id: 'bo-noi-vu', part_of: 'chung' }),
];
config.deadlines = [];

function task(no: number, databases: string[], more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'task',
    no,
    title: `Nhiệm vụ ${no}`,
    legal_basis: 'Văn bản số 1',
    lead_agencies: ['bo-y-te'],
    deadline: '2025-01-31',
    deadline_raw: '31/01/2025',
    overdue_agencies: ['bo-y-te'],
    statuses: [],
    database_ids: databases,
    evidence: { row: no },
    ...more,
  };
}

/** The night on which these documents are known, as of a day. */
async function nightOf(docs: Doc[], asOf = '2026-06-29'): Promise<Night> {
  const results = docs.map((doc) => {
    const normaliser = new Normaliser({
      config,
      runId: 'run',
      sourceId: doc.source ?? 'hop-thu',
      collectedAt: new Date(doc.collected ?? '2026-06-29T12:00:00Z'),
      storeText: doc.storeText ?? false,
    });
    const head = {
      type: 'document',
      id: doc.id,
      title: `Danh sách ${doc.id}`,
      ...(doc.month === true ? {} : { date: doc.stated }),
      stated_at: doc.stated,
      grade: 'E2',
      said_by: 'owner',
      sha256: createHash('sha256').update(doc.id).digest('hex'),
    };
    normaliser.add({ kind: 'statement', at: '', statement: head });
    for (const line of doc.lines)
      normaliser.add({ kind: 'statement', at: '', statement: { document: doc.id, evidence: {}, ...line } });
    expect(normaliser.result.rejections).toEqual([]);
    return normaliser.result;
  });
  const made = await Night.over(config, asOf, {
    observations: [],
    // The store shows nothing that was stated after the day.
    statements: results.flatMap((one) => one.statements),
  });
  open.push(made);
  return made;
}

const OLDER: Doc = { id: 'cu', stated: '2026-04-30', month: true, lines: [task(1, ['a']), task(2, ['b', 'c'])] };
const NEWER: Doc = { id: 'moi', stated: '2026-06-15', lines: [task(1, ['b']), task(2, ['chung'])] };
const pairs = (rows: Record<string, unknown>[]) => rows.map((row) => `${row.database_id} ${row.change}`).sort();

describe('editions of the overdue list', () => {
  test('the newest feeds the tasks, the one before is the previous period', async () => {
    const night = await nightOf([OLDER, NEWER]);
    expect((await night.rows('publication.task')).map((row) => row.document)).toEqual(['moi', 'moi']);
    expect(await night.rows('publication.list_edition', 'place = 2')).toMatchObject([
      { document: 'cu', day_known: false, tasks_n: 2, databases_overdue_n: 3, agencies_overdue_n: 2 },
    ]);
    expect(await night.rows('publication.list_edition', 'place = 1')).toMatchObject([
      { document: 'moi', day_known: true, databases_overdue_n: 3, agencies_overdue_n: 2, agencies_listed_n: 1 },
    ]);
    expect(pairs(await night.rows('publication.overdue_change'))).toEqual([
      'a left',
      'b stayed',
      'c left',
      'chung-1 entered',
      'chung-2 entered',
    ]);
    const summary = await night.query(
      'SELECT agency_id, overdue, overdue_before, overdue_left, overdue_entered FROM publication.agency_summary WHERE overdue_before > 0 ORDER BY 1',
    );
    expect(summary).toEqual([
      { agency_id: 'bo-noi-vu', overdue: 2, overdue_before: 1, overdue_left: 1, overdue_entered: 2 },
      { agency_id: 'bo-y-te', overdue: 1, overdue_before: 2, overdue_left: 1, overdue_entered: 0 },
    ]);
  });

  test('a database is overdue by its list though the agency named with it is not known', async () => {
    const unknown = task(2, ['b'], { overdue_agencies: [] });
    const night = await nightOf([{ id: 'mot', stated: '2026-06-15', lines: [task(1, ['a']), unknown] }]);
    expect((await night.rows('publication.overdue')).map((row) => row.database_id)).toEqual(['a', 'b']);
    expect(await night.rows('publication.list_edition')).toMatchObject([{ tasks_n: 2, databases_overdue_n: 2 }]);
  });

  test('only a document without a day and dated to the end of a month is of a month', async () => {
    const dated = (id: string, stated: string, month: boolean): Doc => ({ id, stated, month, lines: [task(1, ['a'])] });
    const night = await nightOf([
      dated('thang', '2026-02-28', true),
      dated('cuoi-thang', '2026-03-31', false),
      dated('khong-so', '2026-04-29', true),
    ]);
    const rows = await night.query('SELECT document, day_known FROM publication.list_edition ORDER BY stated_on');
    expect(rows.map((row) => `${row.document} ${row.day_known}`)).toEqual([
      'thang false',
      'cuoi-thang true',
      'khong-so true',
    ]);
  });

  test('lists of different sources are editions of one another', async () => {
    const night = await nightOf([OLDER, { ...NEWER, source: 'nguon-khac' }]);
    expect((await night.rows('publication.task')).map((row) => row.document)).toEqual(['moi', 'moi']);
    expect(await night.rows('publication.overdue_change')).toHaveLength(5);
  });

  test('as of a day before the second edition there is no previous period', async () => {
    const night = await nightOf([OLDER, NEWER], '2026-05-15');
    expect((await night.rows('publication.task')).map((row) => row.document)).toEqual(['cu', 'cu']);
    expect(await night.rows('publication.overdue_change')).toEqual([]);
    expect(await night.rows('publication.agency_summary', 'overdue_before IS NOT NULL')).toEqual([]);
  });

  test('a newer list of what was assigned, or of overdue tasks without a database, replaces nothing', async () => {
    const assigned = { id: 'giao', stated: '2026-06-20', lines: [task(1, ['a', 'b'], { overdue_agencies: [] })] };
    const others = { id: 'viec-khac', stated: '2026-06-25', lines: [task(1, [])] };
    const night = await nightOf([OLDER, NEWER, assigned, others]);
    expect([...new Set((await night.rows('publication.task')).map((row) => row.document))]).toEqual(['moi']);
    expect(await night.rows('publication.overdue_change', 'place = 1')).toHaveLength(5);
    expect(
      (await night.query('SELECT document, place FROM publication.list_edition ORDER BY stated_on')).map(
        (row) => `${row.document} ${row.place}`,
      ),
    ).toEqual(['cu 2', 'moi 1', 'giao null', 'viec-khac null']);
  });

  test.skipIf(!('list' in taskStatement.shape))(
    'an assigned task is never an overdue one, whoever is named with it',
    async () => {
      const night = await nightOf([
        {
          id: 'mot',
          stated: '2026-06-15',
          lines: [task(1, ['a'], { list: 'assigned', overdue_agencies: ['bo-y-te'] })],
        },
      ]);
      expect(await night.rows('publication.overdue')).toEqual([]);
      expect(await night.rows('publication.task')).toEqual([]);
    },
  );

  test('without any database in any list the newest list still gives the tasks', async () => {
    const night = await nightOf([{ id: 'mot', stated: '2026-06-15', lines: [task(1, []), task(2, [])] }]);
    expect(await night.rows('publication.task')).toHaveLength(2);
  });

  test('a database that comes back after an edition without it has returned', async () => {
    const night = await nightOf([
      { id: 'mot', stated: '2026-02-28', lines: [task(1, ['a', 'b'])] },
      { id: 'hai', stated: '2026-04-30', lines: [task(1, ['b'])] },
      { id: 'ba', stated: '2026-06-15', lines: [task(1, ['a', 'b'])] },
    ]);
    expect(pairs(await night.rows('publication.overdue_change', 'place = 1'))).toEqual(['a returned', 'b stayed']);
    expect(pairs(await night.rows('publication.overdue_change', 'place = 2'))).toEqual(['a left', 'b stayed']);
  });

  test('a document read anew replaces its rows and is no edition of its own', async () => {
    const again: Doc = {
      ...NEWER,
      collected: '2026-06-29T13:00:00Z',
      lines: [task(1, ['b'], { title: 'Đọc lại' }), task(2, ['chung'], { title: 'Đọc lại' })],
    };
    const night = await nightOf([OLDER, NEWER, again]);
    expect((await night.rows('publication.task')).map((row) => row.title)).toEqual(['Đọc lại', 'Đọc lại']);
    expect(await night.rows('publication.list_edition')).toHaveLength(2);
  });

  test('tasks of each agency are counted in both editions', async () => {
    const night = await nightOf([
      { ...OLDER, lines: [...OLDER.lines, task(3, [], { overdue_agencies: ['bo-noi-vu', 'bo-y-te'] })] },
      NEWER,
    ]);
    expect(
      await night.query(
        'SELECT agency_id, place, tasks_overdue_n FROM publication.agency_edition WHERE tasks_overdue_n > 0 ORDER BY ALL',
      ),
    ).toEqual([
      { agency_id: 'bo-noi-vu', place: 2, tasks_overdue_n: 1 },
      { agency_id: 'bo-y-te', place: 1, tasks_overdue_n: 2 },
      { agency_id: 'bo-y-te', place: 2, tasks_overdue_n: 3 },
    ]);
  });
});

describe('what agencies wrote', () => {
  const told: Doc = {
    id: 'mot',
    stated: '2026-06-15',
    lines: [
      task(1, ['a'], {
        overdue_agencies: ['bo-y-te', 'bo-noi-vu', 'bo-tai-chinh'],
        statuses: [
          { agency: 'bo-y-te', status: 'Câu ví dụ về tình hình.', difficulty: '' },
          { agency: 'bo-noi-vu', status: 'reported', difficulty: 'blank' },
        ],
      }),
    ],
  };
  const columns =
    'SELECT agency_id, status, difficulty, status_text, difficulty_text, row, overdue FROM publication.task_agency ORDER BY 1';

  test('is kept when the source keeps texts', async () => {
    const night = await nightOf([{ ...told, storeText: true }]);
    const rest = { difficulty: 'blank', difficulty_text: null, row: '1', overdue: true };
    expect(await night.query(columns)).toEqual([
      { agency_id: 'bo-noi-vu', status: 'reported', status_text: null, ...rest },
      { agency_id: 'bo-tai-chinh', status: 'blank', status_text: null, ...rest },
      { agency_id: 'bo-y-te', status: 'reported', status_text: 'Câu ví dụ về tình hình.', ...rest },
    ]);
  });

  test('is not stored anywhere when it does not', async () => {
    const night = await nightOf([told]);
    expect((await night.query(columns)).map((row) => `${row.agency_id} ${row.status} ${row.status_text}`)).toEqual([
      'bo-noi-vu reported null',
      'bo-tai-chinh blank null',
      'bo-y-te reported null',
    ]);
    expect(JSON.stringify(await night.rows('raw.statement'))).not.toContain('Câu ví dụ');
  });

  test('a source that begins to keep texts replaces the rows it had without', async () => {
    const night = await nightOf([told, { ...told, collected: '2026-06-29T13:00:00Z', storeText: true }]);
    expect(await night.rows('publication.task')).toHaveLength(1);
    expect(await night.rows('publication.task_agency', 'status_text IS NOT NULL')).toHaveLength(1);
  });
});
