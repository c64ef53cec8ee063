/** CSDL_CONFIG and CSDL_OUT stand for --config and --out, and a backup is verified where it lies. */
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
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
  expect((await csdl(['check'], { environment })).stdout).toContain(
    `Files of ${project.config} that differ from the shipped ones:`,
  );
  expect((await csdl(['check'], { environment: { CSDL_CONFIG: '' } })).stdout).toContain(
    'All files are the ones shipped',
  );
});

test('an update may replace what is the same as the shipped files, and what is left means the same without it', async () => {
  const config = join(temporaryFolder(), 'settings');
  await csdl(['init', config]);
  const unchanged = async (): Promise<string[]> =>
    (await csdl(['check', '--unchanged', '--config', config])).stdout
      .split('\n')
      .map((path) => path.slice(config.length + 1));
  const all = await unchanged();
  expect(all).toEqual(
    expect.arrayContaining(['scoring.yaml', 'labels/en.yaml', 'sources.yaml', 'baseline/2026-06-29.ndjson']),
  );
  expect(all.filter((file) => file.startsWith('contracts/'))).toEqual([]);

  appendFileSync(join(config, 'labels', 'en.yaml'), '# ours\n');
  appendFileSync(join(config, 'baseline', '2026-06-29.ndjson'), '\n');
  const fewer = await unchanged();
  expect(fewer).toContain('scoring.yaml');
  expect(fewer.filter((file) => /^(labels\/en\.yaml|sources\.yaml|baseline\/)/.test(file))).toEqual([]);
  expect((await csdl(['check', '--config', config])).stdout).toContain(
    'differ from the shipped ones: baseline/2026-06-29.ndjson, labels/en.yaml.',
  );
  rmSync(join(config, 'sources.yaml'));
  expect((await csdl(['check', '--config', config])).stdout).toContain('NOT READ: baseline/');
});

test('a backup is verified without being put back', async () => {
  const to = join(temporaryFolder(), 'monday');
  expect((await csdl(['backup', '--to', to], { environment })).exit).toBe(0);
  const said = await csdl(['verify', to, '--json']);
  expect([said.exit, jsonOf(said)]).toMatchObject([0, { folder: to, intact: true }]);
  writeFileSync(join(to, 'store', 'store.duckdb'), 'nothing');
  expect((await csdl(['verify', to])).stderr).toContain('backup/damaged');
});
