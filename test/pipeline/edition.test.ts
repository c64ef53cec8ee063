/** What must not leave the house is nowhere in the edition `chia_se`, not in one byte of it, and the internal edition loses nothing. */
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { Labels } from '../../config/labels.ts';
import { loadConfig } from '../../config/load.ts';
import type { RunOutcome } from '../../pipeline/contract.ts';
import { EDITION_TABLES, HIDDEN_TABLES } from '../../pipeline/database/edition-columns.ts';
import { ConsoleFiles } from '../../pipeline/serve/console-files.ts';
import { manifestSchema } from '../../pipeline/stages/publish.ts';
import { CANARIES, canaryProject, NOWHERE, spellings, withDecisions, withRecords } from '../support/canaries.ts';
import { csdl } from '../support/cli.ts';
import { wordsBelow } from '../support/file-words.ts';
import { temporaryFolder, writeInto } from '../support/folders.ts';
import { clockFrom, inFile } from '../support/project.ts';

const project = canaryProject();
const shared = join(project.out, 'chia_se');
let outcome: RunOutcome;
let inside: Map<string, string>;
let outside: Map<string, string>;

const filesWith = (words: ReadonlyMap<string, string>, canary: string): string[] =>
  [...words].filter(([, text]) => spellings(canary).some((one) => text.includes(one))).map(([path]) => path);
const rows = (sql: string) => inFile(join(shared, 'csdl.duckdb'), (database) => database.anyRows(sql));

beforeAll(async () => {
  await withRecords(project);
  await project.run();
  await withDecisions(project);
  outcome = await project.run({ now: clockFrom('2026-06-29T19:00:00Z') });
  inside = await wordsBelow(realpathSync(join(project.out, 'current')));
  outside = await wordsBelow(realpathSync(shared));
}, 120_000);

test('both editions are published, each a whole publication of its own', () => {
  expect(outcome).toMatchObject({ withheld: null, withheld_edition: null });
  const { run_id } = outcome.report;
  expect(readlinkSync(join(project.out, 'current'))).toBe(join('publications', run_id));
  expect(readlinkSync(shared)).toBe(join('publications', `${run_id}-chia_se`));
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(shared, 'manifest.json'), 'utf8')));
  expect(manifest).toMatchObject({ run_id, edition: 'chia_se' });
  expect(new Set(Object.keys(manifest.files))).toEqual(
    new Set([...outside.keys()].filter((f) => f !== 'manifest.json')),
  );
  expect(Object.keys(manifest.files).filter((f) => f.startsWith('exports/observation/'))).toEqual([]);
});

test.each(Object.entries(CANARIES))('%s (%s) is inside and nowhere outside', (canary) => {
  expect(filesWith(inside, canary), 'planted, but not even the internal edition has it').not.toEqual([]);
  expect(filesWith(outside, canary)).toEqual([]);
});

test.each(NOWHERE)('%s, of the records or of where they lie, is in no edition', (canary) => {
  expect([...filesWith(inside, canary), ...filesWith(outside, canary)]).toEqual([]);
});

test('the console of `csdl serve` over the edition says nothing of what the edition leaves out', async () => {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(shared, 'manifest.json'), 'utf8')));
  const served = new ConsoleFiles(new Labels(loadConfig(project.config, {}).config.labels));
  const files = new Map<string, string>();
  for (const name of ['index.html', 'page.css'])
    files.set(name, String((await served.answer(name, { folder: shared, manifest }))?.body));
  expect(files.get('index.html')).toContain('Bản chia sẻ');
  for (const canary of [...Object.keys(CANARIES), ...NOWHERE]) expect(filesWith(files, canary), canary).toEqual([]);
});

test('a title keeps everything but addresses of machines and persons', async () => {
  const [task] = await rows('SELECT title, deadline_raw FROM task WHERE no = 2');
  expect(task).toEqual({
    title: 'Hoàn thành cơ sở dữ liệu hồ sơ một (máy chủ …, …, …; đầu mối …), bước 1.2.3',
    deadline_raw: 'Quý I/2026 (…)',
  });
  expect(outside.get('site/tasks.html')).toContain('máy chủ …, …, …; đầu mối …');
  expect(await rows("SELECT title FROM document WHERE title LIKE 'Văn bản số 1%'")).toEqual([
    { title: 'Văn bản số 1 (…)' },
  ]);
});

test('what was measured on a restricted database is shown without its counts', async () => {
  const measured = await rows(
    "SELECT rule_id, state, numerator, denominator, value, percent_met FROM quality_result WHERE database_id = 'ho-so-mot' ORDER BY rule_id",
  );
  expect(measured.length).toBeGreaterThanOrEqual(2);
  for (const row of measured) expect(row).toMatchObject({ numerator: null, denominator: null, value: null });
});

test('every page says which edition it belongs to', () => {
  const pages = [...outside].filter(([path]) => /^site\/[^/]+\.html$/.test(path));
  expect(pages.length).toBeGreaterThan(5);
  for (const [path, text] of pages) {
    expect(text, path).toContain('Bản chia sẻ');
    expect(text, path).not.toContain('Bản nội bộ');
  }
});

test('security is left out, and is not said to be unknown', async () => {
  expect(await rows("SELECT * FROM observation WHERE attribute LIKE 'security.%'")).toEqual([]);
  expect(await rows("SELECT * FROM observation_current WHERE attribute LIKE 'security.%'")).toEqual([]);
  expect(await rows("SELECT * FROM level_gate WHERE gate LIKE '%security%'")).toEqual([]);
  expect(await rows("SELECT * FROM criterion_status WHERE block = 'an_ninh'")).toEqual([]);
  expect(await rows('SELECT * FROM readiness WHERE security_state IS NOT NULL')).toEqual([]);
  expect(await rows("SELECT * FROM action WHERE action IN ('conclude_security', 'approve_level')")).toEqual([]);
  expect(await rows("SELECT * FROM waiting WHERE holder = 'a05'")).toEqual([]);
  expect(await rows("SELECT * FROM finding WHERE text LIKE '%A05%' OR text LIKE '%an ninh%'")).toEqual([]);
  expect(outside.get('site/databases/ho-so-hai.html')).toContain('Nội dung không có trong bản chia sẻ');
  const criteria = outside.get('site/criteria.html') ?? '';
  expect(criteria).toContain('Tiêu chí 14, 15 không có trong bản chia sẻ.');
  expect(criteria).toContain('id="tieu-chi-16"');
  expect(criteria).not.toContain('tieu-chi-14');
});

test('what may be shown is shown', async () => {
  expect(await rows("SELECT criteria_met, criteria_total FROM readiness WHERE database_id = 'ho-so-mot'")).toEqual([
    { criteria_met: 13, criteria_total: 19 },
  ]);
  expect(
    await rows("SELECT value_number FROM observation WHERE attribute = 'records.count' AND subject_id = 'ho-so-hai'"),
  ).toEqual([{ value_number: 515_253 }]);
  expect(await rows('SELECT holder, days FROM waiting')).toEqual([{ holder: 'c12', days: 120 }]);
  expect(
    await rows("SELECT state FROM observation_current WHERE attribute = 'c12.connection' AND subject_id = 'ho-so-mot'"),
  ).toEqual([{ state: 'one_way' }]);
});

test('csdl sql and csdl export read the edition that is named', async () => {
  const query = "SELECT count(*)::INTEGER AS n FROM observation WHERE attribute = 'security.assessment'";
  const asked = async (...flags: string[]) =>
    (await csdl(['sql', query, '--json', '--out', project.out, ...flags])).stdout;
  expect(JSON.parse(await asked())).toEqual([{ n: 3 }]);
  expect(JSON.parse(await asked('--edition', 'chia_se'))).toEqual([{ n: 0 }]);
  const exported = await csdl([
    'export',
    'readiness',
    '--format',
    'json',
    '--edition',
    'chia_se',
    '--out',
    project.out,
  ]);
  expect(exported.stdout).toContain('"chia_se"');
  const none = await csdl(['sql', query, '--edition', 'chia_se', '--out', temporaryFolder()]);
  expect(none).toMatchObject({ exit: 2 });
  expect(none.stderr).toContain('publication.yaml');
});

test('an edition that cannot be published is reported, and the internal one is published all the same', async () => {
  const other = canaryProject();
  const blocked = join(other.out, 'chia_se');
  writeInto(blocked, { 'in-the-way.txt': 'not a link' });
  const { withheld, withheld_edition, report } = await other.run();
  expect({ withheld, published: report.published }).toEqual({ withheld: null, published: true });
  expect(withheld_edition).toMatch(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(readlinkSync(join(other.out, 'current'))).toContain(report.run_id);
  expect(JSON.parse(readFileSync(join(other.out, 'status.json'), 'utf8'))).toMatchObject({
    published: true,
    message: expect.stringContaining('chia_se was not published'),
  });
}, 60_000);

test('every published table and column was thought of, and none is named that does not exist', async () => {
  const published = await project.query(
    "SELECT table_name AS name, list(column_name) AS columns FROM duckdb_columns() WHERE NOT internal AND table_name <> 'observation_conflict' GROUP BY 1",
  );
  const wrong = published.flatMap(({ name, columns }) => {
    const table = EDITION_TABLES[String(name)];
    const there = (columns as { items: string[] }).items ?? (columns as string[]);
    if (table === undefined) return HIDDEN_TABLES.some((one) => one === name) ? [] : [`${String(name)} is undecided`];
    const named = [table.shown, table.blank, table.hidden, Object.keys(table.as ?? {}).join(' ')].flatMap(
      (names) => names?.split(' ').filter((one) => one !== '') ?? [],
    );
    return [
      ...there.filter((one) => !named.includes(one)).map((one) => `${String(name)}.${one} is undecided`),
      ...named.filter((one) => !there.includes(one)).map((one) => `${String(name)}.${one} does not exist`),
      ...named.filter((one, i) => named.indexOf(one) !== i).map((one) => `${String(name)}.${one} is decided twice`),
    ];
  });
  expect(wrong).toEqual([]);
  const names = new Set(published.map(({ name }) => String(name)));
  expect([...Object.keys(EDITION_TABLES), ...HIDDEN_TABLES].filter((name) => !names.has(name))).toEqual([]);
});
