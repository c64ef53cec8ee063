/** What becomes of a night when sources fail, refuse or say strange things. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Log, silentLog } from '../../config/log.ts';
import { clockFrom, DAY, FACTS, fact, ndjson, Project, type Statement, sourceFiles } from '../support/project.ts';

const status = (project: Project): unknown => JSON.parse(readFileSync(join(project.out, 'status.json'), 'utf8'));
const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('five required sources and an optional one', () => {
  const required = ['mot', 'hai', 'ba', 'bon', 'nam'];
  const project = new Project(
    sourceFiles([
      ...required.map((id, i) => ({ id, content: ndjson(FACTS.slice(i, i + 1), { id }) })),
      { id: 'khac', content: ndjson([fact('im-lang', 'software.state', { state: 'building' })]), required: false },
    ]),
  );
  const current = join(project.out, 'current');

  beforeAll(async () => {
    expect((await project.run()).withheld).toBeNull();
  });

  test('four of five and no optional one are enough: published, recorded, and yesterday’s facts keep speaking', async () => {
    rmSync(join(project.config, 'khac.ndjson'));
    project.write({ 'mot.ndjson': '' });
    const { report, withheld } = await project.run({ asOf: '2026-06-30', now: clockFrom('2026-06-30T16:00:00Z') });
    expect(withheld).toBeNull();
    expect(report.sources.filter((s) => s.state === 'failed').map((s) => [s.id, s.error_code, s.observations])).toEqual(
      [
        ['mot', 'source/empty-file', 0],
        ['khac', 'source/missing-file', 0],
      ],
    );
    expect(await project.query("SELECT state, error_code FROM source_health WHERE source_id = 'khac'")).toEqual([
      { state: 'failed', error_code: 'source/missing-file' },
    ]);
    expect(
      await project.query(
        "SELECT level_reported, criteria_met FROM readiness WHERE database_id IN ('im-lang', 'ho-so-mot') ORDER BY 1, 2",
      ),
    ).toEqual([
      { level_reported: 1, criteria_met: null },
      { level_reported: 3, criteria_met: 13 },
    ]);
  });

  test('three of five are too few: nothing is published, the last stays byte for byte, and status says why', async () => {
    const before = [
      readlinkSync(current),
      hashOf(join(current, 'manifest.json')),
      hashOf(join(current, 'csdl.duckdb')),
    ];
    const publications = readdirSync(join(project.out, 'publications'));
    project.write({ 'hai.ndjson': '' });
    const { report, withheld } = await project.run({ asOf: '2026-07-01', now: clockFrom('2026-07-01T16:00:00Z') });
    expect(report).toMatchObject({ published: false, as_of: '2026-07-01' });
    expect(withheld).toBe('only 3 of 5 required sources answered (failed: mot, hai)');
    expect([
      readlinkSync(current),
      hashOf(join(current, 'manifest.json')),
      hashOf(join(current, 'csdl.duckdb')),
    ]).toEqual(before);
    expect(readdirSync(join(project.out, 'publications'))).toEqual(publications);
    expect(status(project)).toMatchObject({
      published: false,
      as_of: '2026-07-01',
      last_published_as_of: '2026-06-30',
      message: expect.stringContaining('mot, hai'),
    });
    expect(await project.store('SELECT state FROM run ORDER BY started_at DESC LIMIT 1')).toEqual([
      { state: 'withheld' },
    ]);
    // The history of figures belongs to what was published.
    expect(await project.store("SELECT count(*) AS n FROM score_history WHERE as_of = '2026-07-01'")).toEqual([
      { n: '0' },
    ]);
  });
});

/** Right in form, odd in content: as documents are. */
const ODD: readonly Statement[] = [
  {
    type: 'agency_count',
    agency: 'bo-noi-vu',
    assigned: 1,
    done: 1,
    in_progress: 0,
    overdue: 0,
    adds_up: true,
    as_of: DAY,
    evidence: { row: '3a' },
  },
  {
    type: 'task',
    no: 2,
    title: '',
    legal_basis: '',
    lead_agencies: [],
    deadline: null,
    deadline_raw: 'không nêu',
    overdue_agencies: [],
    statuses: [],
    database_ids: [],
    evidence: { row: 'I.1', line: 3 },
  },
  { type: 'document_check', kind: 'list_count', where: 'Bảng 1', printed: 'hai mươi', counted: 19 },
  fact('ho-so-mot', 'commitment', {
    value_text: '\u001b[31mđỏ\u001b[0m <script>alert(1)</script>',
    target: "o'clock; DROP TABLE x",
    flags: { due: '2026-12-31', with: '{db}' },
  }),
  fact('ho-so-hai', 'records.count', { value_number: 9_007_199_254_740_991, unit: 'bản ghi' }),
  fact('ho-so-hai', 'units.ratio', { value_number: 0, value_total: 0, unit: 'xã', role: 'data_entered' }),
];

test('rejections stop nothing and stand in the publication with their reason; nor does what a document prints oddly', async () => {
  const wrong = [
    fact('ho-so-mott', 'c12.sync', { state: 'full' }),
    fact('ho-so-mot', 'checklist.met', { value_number: 25, value_total: 19 }),
  ];
  const project = new Project({ 'nguon-mot.ndjson': `${ndjson([...FACTS, ...wrong, ...ODD])}{"broken` });
  const { report, withheld } = await project.run();
  expect(withheld).toBeNull();
  expect(report).toMatchObject({ observations: 13, rejections: 3, sources: [{ state: 'ok', rejections: 3 }] });
  expect(await project.query('SELECT source_id, code FROM rejection')).toEqual([
    { source_id: 'nguon-mot', code: 'unknown_database' },
    { source_id: 'nguon-mot', code: 'ratio_out_of_range' },
    { source_id: 'nguon-mot', code: 'truncated_line' },
  ]);
  expect(readFileSync(join(project.out, 'status.js'), 'utf8')).not.toContain('<');
});

test('what fails after the links were set does not take the publication back', async () => {
  const project = new Project(sourceFiles([{ id: 'mot', content: ndjson(FACTS.slice(0, 1), { id: 'mot' }) }]));
  const log: Log = {
    ...silentLog,
    with: () => log,
    info(event) {
      if (event === 'publish.done') throw new Error('the log is full');
    },
  };
  await expect(project.run({ log })).rejects.toThrow('the log is full');
  expect(status(project)).toMatchObject({
    published: true,
    last_published_as_of: DAY,
    message: expect.stringContaining('what came afterwards failed'),
  });
});
