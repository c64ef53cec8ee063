/** The thread of the exports writes what the program itself writes, and hands on why it could not. */
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { exportTables } from '../../../pipeline/stages/export.ts';
import { exportTablesBeside } from '../../../pipeline/stages/export-beside.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { Project } from '../../support/project.ts';

const META = {
  run_id: 'x',
  as_of: '2026-06-29',
  edition: 'noi_bo',
  published_at: '2026-06-29T15:00:00.000Z',
  program_version: '0.1.0',
};
const file = join(temporaryFolder(), 'csdl.duckdb');

beforeAll(async () => {
  const project = new Project();
  await project.run();
  copyFileSync(join(project.out, 'csdl.duckdb'), file);
});

test('the same files, byte for byte', async () => {
  const [alone, beside] = [temporaryFolder(), temporaryFolder()];
  await exportTables(file, alone, META);
  await exportTablesBeside(file, beside, META);
  const names = readdirSync(join(alone, 'exports'));
  expect(names.length).toBeGreaterThan(40);
  expect(readdirSync(join(beside, 'exports'))).toEqual(names);
  const differing = names.filter(
    (name) => !readFileSync(join(alone, 'exports', name)).equals(readFileSync(join(beside, 'exports', name))),
  );
  expect(differing).toEqual([]);
});

test('a fault comes back whole, and any other end is an error', async () => {
  const absent = join(temporaryFolder(), 'absent.duckdb');
  const said = (work: Promise<void>) =>
    work.then(
      () => null,
      ({ code, message }) => ({ code, message }),
    );
  const beside = await said(exportTablesBeside(absent, temporaryFolder(), META));
  expect(beside).toEqual(await said(exportTables(absent, temporaryFolder(), META)));
  expect(beside?.code).toMatch(/^[a-z]+\//);
  await expect(exportTablesBeside(file, join(file, 'below'), META)).rejects.toThrow(/ENOTDIR/);
});
