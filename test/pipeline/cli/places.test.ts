/** CSDL_CONFIG and CSDL_OUT stand for --config and --out, and a backup is verified where it lies. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { csdl, jsonOf } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { Project } from '../../support/project.ts';

const project = new Project();
const environment = { CSDL_CONFIG: project.config, CSDL_OUT: project.out };
const COUNT = 'SELECT count(*)::INTEGER AS n FROM database';

beforeAll(async () => {
  await project.run();
});

test('the variables are used where nothing is said, and what is said counts more', async () => {
  expect(jsonOf(await csdl(['sql', COUNT, '--json'], { environment }))).toEqual([{ n: 6 }]);
  const elsewhere = await csdl(['sql', COUNT, '--out', join(project.folder, 'none')], { environment });
  expect(elsewhere.stderr).toContain(`there is no publication in ${join(project.folder, 'none')}`);
  expect((await csdl(['check'], { environment })).stdout).toContain(`Files of ${project.config} that were changed:`);
  expect((await csdl(['check'], { environment: { CSDL_CONFIG: '' } })).stdout).toContain(
    'All files are the ones shipped',
  );
});

test('a backup is verified without being put back', async () => {
  const to = join(temporaryFolder(), 'monday');
  expect((await csdl(['backup', '--to', to], { environment })).exit).toBe(0);
  const said = await csdl(['verify', to, '--json']);
  expect([said.exit, jsonOf(said)]).toMatchObject([0, { folder: to, intact: true }]);
  writeFileSync(join(to, 'store', 'store.duckdb'), 'nothing');
  expect((await csdl(['verify', to])).stderr).toContain('backup/damaged');
});
