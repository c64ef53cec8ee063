import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { bundleHash, keepBundle, readBundle } from '../../pipeline/bundle.ts';
import { readScoringSql } from '../../scoring/read.ts';
import { folderWith, temporaryFolder } from '../support/folders.ts';
import { variable } from '../support/settings.ts';

const bundle = () => ({ config: loadConfig(undefined, {}).config, scoring: readScoringSql() });

test('a bundle comes back as it was, in the order of the files', () => {
  const folder = temporaryFolder();
  const given = bundle();
  const back = readBundle(folder, keepBundle(folder, given));
  const sources = given.config.sources.sources.map((s) => ({ ...s, options: {} }));
  const wanted = { ...given, config: { ...given.config, sources: { ...given.config.sources, sources } } };
  expect(back).toEqual(JSON.parse(JSON.stringify(wanted)));
  expect(Object.keys(back.config.scoring.pillars)).toEqual(Object.keys(given.config.scoring.pillars));
  expect(Object.keys(back.config.attributes.attributes)).toEqual(Object.keys(given.config.attributes.attributes));
});

test('equal settings and SQL have one hash and are kept once; a change is another bundle', () => {
  const folder = temporaryFolder();
  const first = keepBundle(folder, bundle());
  expect(keepBundle(folder, bundle())).toBe(first);
  const changed = bundle();
  changed.config.scoring.min_coverage += 1;
  expect(bundleHash(changed)).not.toBe(first);
  const sql = bundle();
  sql.scoring.macros += '\n-- changed';
  expect(keepBundle(folder, sql)).not.toBe(first);
  expect(readdirSync(folder)).toHaveLength(2);
});

test('options of sources, which may hold secrets, are not kept', () => {
  const settings = folderWith({
    'sources.yaml': `sources:\n  - {id: a, connector: baseline, options: {path: "${variable('KEY')}"}}\n`,
  });
  const { config } = loadConfig(settings, { KEY: 'hunter2' });
  const folder = temporaryFolder();
  const hash = keepBundle(folder, { config, scoring: readScoringSql() });
  expect(gunzipSync(readFileSync(join(folder, `${hash}.json.gz`))).toString()).not.toContain('hunter2');
});

test('one that is not there, or was cut off, is an error that names it', () => {
  const folder = temporaryFolder();
  expect(() => readBundle(folder, 'nothing')).toThrow(/nothing.*are not in/);
  writeFileSync(join(folder, 'cut.json.gz'), 'no gzip');
  expect(() => readBundle(folder, 'cut')).toThrow();
});
