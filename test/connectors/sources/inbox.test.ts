import { existsSync, readdirSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../../config/load.ts';
import { type Collected, type DocumentStatement, statement } from '../../../connectors/contract.ts';
import inbox from '../../../connectors/sources/inbox.ts';
import { collectAll } from '../../support/collect-context.ts';
import { taskList } from '../../support/documents.ts';
import { folderWith } from '../../support/folders.ts';
import { Project } from '../../support/project.ts';

const { config: registry } = loadConfig(new Project().config, {});

const collectFrom = (folder: string, options: object = {}): Promise<Collected[]> =>
  collectAll(inbox, { path: '.', ...options }, { folder, registry });

const documents = (pieces: readonly Collected[]): DocumentStatement[] =>
  pieces.flatMap((piece) => {
    const said = piece.kind === 'statement' ? statement.parse(piece.statement) : null;
    return said?.type === 'document' ? [said] : [];
  });
const refusals = (pieces: readonly Collected[]) => pieces.filter((piece) => piece.kind === 'rejection');

describe('inbox', () => {
  test('every document of the folder and of folders in it, by path; what systems leave there is passed over', async () => {
    const folder = folderWith({
      'b.txt': taskList({ day: '1/6/2026' }),
      'a/c.html': `<p>${taskList({ day: '2/6/2026' })}</p>`,
      '.DS_Store': 'x',
      '~$b.docx': 'x',
      'Thumbs.db': 'x',
      'half.docx.part': 'x',
    });
    const pieces = await collectFrom(folder);
    expect(documents(pieces).map((d) => d.file)).toEqual(['a/c.html', 'b.txt']);
    expect(refusals(pieces)).toEqual([]);
  });

  test('equal bytes are one document, under the name received first, with the other names beside it', async () => {
    const folder = folderWith({
      'a.txt': taskList(),
      'copy of a.txt': taskList(),
      'other.txt': taskList({ day: '1/6/2026' }),
    });
    utimesSync(join(folder, 'a.txt'), 1_781_000_000, 1_781_000_000);
    utimesSync(join(folder, 'copy of a.txt'), 1_780_000_000, 1_780_000_000);
    expect(documents(await collectFrom(folder)).map((d) => d.file)).toEqual(['copy of a.txt (= a.txt)', 'other.txt']);
  });

  test('a file that cannot be read is reported with what to do, stays where it is, and the others are read', async () => {
    const files = {
      '1-empty.pdf': '',
      '2-cut.pdf': '%PDF-1.7\n1 0 obj',
      '3-binary.docx': Buffer.from(Array.from({ length: 2000 }, (_, i) => (i * 7919) % 251)),
      '4-good.txt': taskList(),
    };
    const folder = folderWith(files);
    const pieces = await collectFrom(folder);
    expect(documents(pieces).map((d) => d.file)).toEqual(['4-good.txt']);
    expect(refusals(pieces)).toMatchObject([
      { code: 'document/empty', at: '1-empty.pdf', message: expect.stringContaining('; ') },
      { code: expect.stringMatching(/^document\//), at: '2-cut.pdf', message: expect.stringContaining('; ') },
      { code: expect.stringMatching(/^document\//), at: '3-binary.docx', message: expect.stringContaining('; ') },
    ]);
    expect(readdirSync(folder).sort()).toEqual(Object.keys(files));
  });

  test('a link is not followed', async () => {
    const folder = folderWith({ 'a.txt': taskList() });
    symlinkSync('/etc/hosts', join(folder, 'hosts.txt'));
    const pieces = await collectFrom(folder);
    expect(documents(pieces)).toHaveLength(1);
    expect(refusals(pieces)).toMatchObject([{ code: 'document/no-file', at: 'hosts.txt' }]);
  });

  test('a pattern chooses by name; its letters are letters', async () => {
    const folder = folderWith({
      'bc-1.txt': taskList(),
      'BC-2.TXT': taskList({ day: '1/6/2026' }),
      'bc-3.md': taskList({ day: '2/6/2026' }),
    });
    const names = async (pattern: string) => documents(await collectFrom(folder, { pattern })).map((d) => d.file);
    expect(await names('bc-?.txt')).toEqual(['BC-2.TXT', 'bc-1.txt']);
    expect(await names('bc.1.txt')).toEqual([]);
    expect(await names('*')).toHaveLength(3);
  });

  test('editions of a report have one series; another title or another issuer has another', async () => {
    const folder = folderWith({
      '1.txt': taskList({ day: '31/5/2026', number: '10/BC-BNV', title: 'BÁO CÁO TÌNH HÌNH THÁNG 5 NĂM 2026' }),
      '2.txt': taskList({ day: '30/6/2026', number: '12/BC-BNV', title: 'BÁO CÁO TÌNH HÌNH THÁNG 6 NĂM 2026' }),
      '3.txt': taskList({ day: '30/6/2026', number: '12/BC-BYT', title: 'BÁO CÁO TÌNH HÌNH THÁNG 6 NĂM 2026' }),
    });
    const [one, two, three] = documents(await collectFrom(folder)).map((d) => d.series);
    expect(one).toBe(two);
    expect(three).not.toBe(two);
  });

  test('a folder that is not there is a failure of the source, and a problem of the settings', async () => {
    const folder = folderWith({ 'a.txt': 'x' });
    await expect(collectFrom(folder, { path: 'nowhere' })).rejects.toMatchObject({ code: 'source/missing-folder' });
    expect(inbox.check?.(inbox.options.parse({ path: 'nowhere' }), folder)).toContain('nowhere');
    expect(inbox.check?.(inbox.options.parse({ path: '.' }), folder)).toBeNull();
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });
});
