import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { statement } from '../../../connectors/contract.ts';
import { csdl } from '../../support/cli.ts';
import { taskList } from '../../support/documents.ts';
import { folderWith } from '../../support/folders.ts';
import { Project } from '../../support/project.ts';

const project = new Project();
const folder = folderWith({
  'a.txt': taskList({ number: '12/BC-BNV' }),
  'b.txt': taskList({ day: '31/5/2026' }),
  'empty.pdf': '',
});
const path = (name: string): string => join(folder, name);
const extract = (...argv: string[]) => csdl(['extract', ...argv, '--config', project.config]);
const lines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('csdl extract --json', () => {
  test('a line a fact, `type` first; the document before its facts; each line is of the form of the contract', async () => {
    const said = await extract(path('a.txt'), path('b.txt'), '--json');
    expect([said.exit, said.stderr]).toEqual([0, '']);
    const read = lines(said.stdout);
    expect(read.every((line) => Object.keys(line)[0] === 'type')).toBe(true);
    expect(read.filter((line) => line.type === 'document')).toHaveLength(2);
    expect(read[0]).toMatchObject({ type: 'document', number: '12/BC-BNV' });
    for (const line of read) if (line.type !== 'rejection') expect(() => statement.parse(line)).not.toThrow();
    const facts = read.filter((line) => line.type === 'observation');
    expect(facts).toContainEqual(
      expect.objectContaining({
        subject_id: 'ho-so-mot',
        attribute: 'checklist.met',
        value_number: 7,
        value_total: 19,
        confidence: expect.any(Number),
        evidence: expect.objectContaining({ row: 1, quote: expect.stringContaining('7/19') }),
      }),
    );
    expect(read.filter((line) => line.type === 'task')[0]).toMatchObject({
      deadline: '2026-03-31',
      deadline_raw: '31/3/2026',
    });
  });

  test('without texts: no quotes, no reports, no title but the name of the database', async () => {
    const { stdout } = await extract(path('a.txt'), '--json', '--without-texts');
    expect(stdout).not.toMatch(/Đã hoàn thành|kinh phí|"quote"/);
    expect(lines(stdout).find((line) => line.type === 'task')).toMatchObject({
      title: 'Cơ sở dữ liệu hồ sơ một',
      statuses: [{ agency: 'bo-noi-vu', status: 'reported', difficulty: 'reported' }],
    });
  });

  test('facts below --min-confidence are of grade E1', async () => {
    const grades = async (least: string) =>
      lines((await extract(path('a.txt'), '--json', '--min-confidence', least)).stdout)
        .filter((line) => line.type === 'observation')
        .map((line) => line.grade);
    expect(new Set(await grades('0'))).toEqual(new Set([undefined]));
    expect(await grades('1')).toContain('E1');
  });
});

describe('csdl extract on a terminal', () => {
  test('figures of each document and the list of its facts', async () => {
    const { exit, stdout } = await extract(path('a.txt'));
    expect(exit).toBe(0);
    expect(stdout).toMatch(/a\.txt: DANH MỤC NHIỆM VỤ QUÁ HẠN/);
    expect(stdout).toContain('2 tasks');
    expect(stdout).toMatch(/checklist\.met +1\n/);
    expect(stdout).toMatch(/Cơ sở dữ liệu hồ sơ một +c12\.connection +one_way/);
  });

  test.each([
    ['an empty file', 'empty.pdf', 'document/empty'],
    ['a file that is not there', 'nowhere.docx', 'usage/no-file'],
    ['a folder', '', 'usage/no-file'],
  ])('%s: exit 2, what is wrong and what to do; the others are read', async (_what, name, code) => {
    const said = await extract(path(name), path('a.txt'), '--json');
    expect(said.exit).toBe(2);
    expect(said.stderr).toContain(code);
    expect(said.stderr).toContain('→');
    expect(lines(said.stdout).slice(0, 2)).toMatchObject([
      { type: 'rejection', code, evidence: {} },
      { type: 'document' },
    ]);
  });

  test.each([
    ['no file', [], 'missing required argument'],
    ['a confidence beyond 1', ['x', '--min-confidence', '80'], 'from 0 to 1'],
    ['a day that does not exist', ['x', '--received', '2026-02-30'], 'a day that exists'],
  ])('%s: exit 2', async (_what, argv, words) => {
    const said = await extract(...argv);
    expect(said.exit).toBe(2);
    expect(said.stderr).toContain(words);
  });
});

describe('csdl extract --review', () => {
  test('writes the page; its ids are those the store gives the same facts', async () => {
    const page = path('review.html');
    project.write({
      'sources.yaml':
        'as_of: 2026-06-29\nsources:\n  - {id: hop-thu, connector: document, required: true, trust: {grade: E2, said_by: [owner]}, options: {path: a.txt}}\n',
      'a.txt': readFileSync(path('a.txt'), 'utf8'),
    });
    expect((await extract(join(project.config, 'a.txt'), '--review', page)).exit).toBe(0);
    const ids = [...readFileSync(page, 'utf8').matchAll(/data-id="([0-9a-f]{32})"/g)].map((found) => found[1]);
    await project.run();
    const stored = await project.store("SELECT id FROM observation WHERE source_id = 'hop-thu'");
    expect(ids.length).toBeGreaterThan(2);
    expect(ids.sort()).toEqual(stored.map((row) => String(row.id)).sort());
  });

  test('no page where nothing could be read', async () => {
    await extract(path('empty.pdf'), '--review', path('none.html'));
    expect(existsSync(path('none.html'))).toBe(false);
  });
});
