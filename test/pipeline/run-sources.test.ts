/** What becomes of a night when sources fail, refuse or say strange things. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clockFrom, DAY, FACTS, fact, ndjson, Project, type Statement, sourceFiles } from '../support/project.ts';

const status = (project: Project): unknown => JSON.parse(readFileSync(join(project.out, 'status.json'), 'utf8'));
const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

test('a required source that fails withholds the publication; the old one stays as it is, and status says why', async () => {
  const project = new Project();
  await project.run();
  const current = join(project.out, 'current');
  const before = [readlinkSync(current), hashOf(join(current, 'manifest.json')), hashOf(join(current, 'csdl.duckdb'))];
  project.write({ 'nguon-mot.ndjson': '' });
  const outcome = await project.run({ asOf: '2026-06-30', now: clockFrom('2026-06-30T16:00:00Z') });
  expect(outcome.report).toMatchObject({ published: false, as_of: '2026-06-30' });
  expect(outcome.report.sources).toMatchObject([{ state: 'failed', error_code: 'source/empty-file', observations: 0 }]);
  expect(outcome.withheld).toContain('0 of 1 required sources');
  expect([readlinkSync(current), hashOf(join(current, 'manifest.json')), hashOf(join(current, 'csdl.duckdb'))]).toEqual(
    before,
  );
  expect(readdirSync(join(project.out, 'publications'))).toHaveLength(1);
  expect(status(project)).toMatchObject({
    published: false,
    as_of: '2026-06-30',
    last_published_as_of: DAY,
    message: expect.stringContaining('nguon-mot'),
  });
  expect(await project.store('SELECT state FROM run ORDER BY started_at')).toEqual([
    { state: 'published' },
    { state: 'withheld' },
  ]);
  // The history of figures belongs to what was published.
  expect(await project.store("SELECT count(*) AS n FROM score_history WHERE as_of = '2026-06-30'")).toEqual([
    { n: '0' },
  ]);
});

test('three of five required sources are too few (80 percent): with none published before, nothing is there', async () => {
  const sources = ['mot', 'hai', 'ba', 'bon', 'nam'].map((id, i) => ({
    id,
    content: i < 2 ? '' : ndjson(FACTS.slice(0, 1), { id }),
  }));
  const project = new Project(sourceFiles(sources));
  const { withheld } = await project.run();
  expect(withheld).toContain('only 3 of 5 required sources answered (failed: mot, hai)');
  expect(existsSync(join(project.out, 'current'))).toBe(false);
  expect(status(project)).toMatchObject({ published: false, last_published_as_of: null });
  project.write({ 'hai.ndjson': ndjson(FACTS.slice(0, 1), { id: 'hai' }) });
  expect((await project.run({ now: clockFrom('2026-06-29T20:00:00Z') })).withheld).toBeNull();
});

test('an optional source that fails is recorded, the rest is published, and what it said yesterday keeps speaking', async () => {
  const said = ndjson([fact('im-lang', 'software.state', { state: 'building' })]);
  const project = new Project(
    sourceFiles([
      { id: 'tot', content: ndjson(FACTS) },
      { id: 'khac', content: said, required: false },
    ]),
  );
  await project.run();
  rmSync(join(project.config, 'khac.ndjson'));
  const { report, withheld } = await project.run({ asOf: '2026-06-30', now: clockFrom('2026-06-30T16:00:00Z') });
  expect(withheld).toBeNull();
  expect(report.sources.map((s) => [s.id, s.state])).toEqual([
    ['tot', 'ok'],
    ['khac', 'failed'],
  ]);
  expect(await project.query("SELECT state, error_code FROM source_health WHERE source_id = 'khac'")).toEqual([
    { state: 'failed', error_code: 'source/missing-file' },
  ]);
  expect(await project.query("SELECT level_reported FROM readiness WHERE database_id = 'im-lang'")).toEqual([
    { level_reported: 1 },
  ]);
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
