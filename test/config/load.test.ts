import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigFault, Fault } from '../../config/fault.ts';
import { CSV_FILES, loadConfig, shippedFolder, tryLoadConfig, YAML_FILES } from '../../config/load.ts';
import { tryPlan } from '../../pipeline/stages/plan.ts';
import { folderWith, temporaryFolder } from '../support/folders.ts';
import { changed, lineOf, load, problemOf, problemsOf, shippedText } from '../support/settings.ts';

describe('shipped settings', () => {
  test('load without a problem, by themselves and as a plan', async () => {
    expect(tryLoadConfig(undefined, {}).problems).toEqual([]);
    const { plan, problems } = await tryPlan(undefined, {});
    expect(problems).toEqual([]);
    expect(plan?.sources.length).toBeGreaterThan(0);
    expect(plan?.loaded.config.databases.length).toBe(107);
  });

  test.each([...YAML_FILES.map((f) => `${f}.yaml`), ...CSV_FILES.map((f) => `${f}.csv`), 'labels/vi.yaml'])(
    '%s loads from a folder of its own, and everything else from the program',
    (file) => {
      const { loaded, problems } = load({ [file]: shippedText(file) });
      expect(problems.filter((p) => p.code !== 'config/unusable-source')).toEqual([]);
      expect(loaded?.origin.filter((o) => !o.shipped).map((o) => o.file)).toEqual([file]);
    },
  );

  test('an empty folder is the shipped folder: every file falls back, and paths of sources start there', () => {
    const { loaded, problems } = load({});
    expect(problems).toEqual([]);
    expect(loaded?.origin.every((o) => o.shipped)).toBe(true);
    expect(loaded?.folder).toBe(shippedFolder);
    expect(loaded?.config).toEqual(loadConfig(undefined, {}).config);
  });

  test('paths of sources start at the folder of the own sources.yaml', () => {
    const folder = folderWith({ 'sources.yaml': shippedText('sources.yaml') });
    expect(tryLoadConfig(folder, {}).loaded?.folder).toBe(folder);
  });
});

describe('loadConfig', () => {
  test('throws one fault with every problem, exit 2', () => {
    const folder = folderWith({ 'scoring.yaml': changed('scoring.yaml', 'min_coverage: 60', 'min_coverage: 600') });
    const thrown = catching(() => loadConfig(folder, {}));
    expect(thrown).toBeInstanceOf(ConfigFault);
    expect((thrown as ConfigFault).problems).toHaveLength(1);
    expect((thrown as ConfigFault).exit).toBe(2);
    expect((thrown as ConfigFault).message).toBe('1 problem in the configuration');
  });

  test('a folder that is not there is a usage fault', () => {
    const thrown = catching(() => loadConfig(join(temporaryFolder(), 'nowhere'), {}));
    expect(thrown).toMatchObject({ code: 'usage/no-config', exit: 2 });
    expect(thrown).toBeInstanceOf(Fault);
  });

  test('a file in the place of the folder is a usage fault', () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, '');
    expect(catching(() => loadConfig(path, {}))).toMatchObject({ code: 'usage/no-config' });
  });

  test('a folder in the place of a file is reported', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'scoring.yaml'));
    mkdirSync(join(folder, 'databases.csv'));
    expect(tryLoadConfig(folder, {}).problems.map((p) => [p.file, p.code])).toEqual(
      expect.arrayContaining([
        ['scoring.yaml', 'config/unreadable'],
        ['databases.csv', 'config/unreadable'],
      ]),
    );
  });

  test.each([
    ['waiver.yaml', 'waivers.yaml'],
    ['databases.yml', null],
    ['agency.csv', null],
    ['Scoring.yaml', 'scoring.yaml'],
  ])('a strange file %s is reported, with the nearest right name', (file, near) => {
    const problem = problemOf({ [file]: '' });
    expect(problem).toMatchObject({ file, code: 'config/unknown-file', line: null });
    if (near !== null) expect(problem.hint).toBe(`did you mean "${near}"?`);
  });

  test('other files (notes, a backup) are nobody’s business', () => {
    expect(problemsOf({ 'README.md': 'x', 'databases.csv.bak': 'x', 'notes/agencies.csv': 'x' })).toEqual([]);
  });

  test('problems of several files and several lines come at once', () => {
    const scoring = changed('scoring.yaml', 'min_coverage: 60', 'min_coverage: many').replace(
      'c12_sync: {weight: 4',
      'c12_sync: {wieght: 4',
    );
    const deadlines = changed('deadlines.csv', '2025-08-31', '2025-08-32');
    const problems = problemsOf({
      'scoring.yaml': scoring,
      'deadlines.csv': deadlines,
      'waivers.yaml': 'waivers: [\n',
      'agencies.csv': changed('agencies.csv', 'agency_id,', 'agencyid,'),
    });
    const codes = problems.map((p) => `${p.file} ${p.line} ${p.code}`);
    expect(codes).toEqual(
      expect.arrayContaining([
        `scoring.yaml ${lineOf(scoring, 'min_coverage')} config/invalid-type`,
        `scoring.yaml ${lineOf(scoring, 'wieght')} config/unknown-key`,
        `deadlines.csv 2 config/invalid-value`,
        'agencies.csv 1 config/unknown-key',
        'agencies.csv 1 config/missing',
      ]),
    );
    expect(codes.some((c) => /^waivers\.yaml \d+ config\/broken-yaml$/.test(c))).toBe(true);
  });

  test('problems inside one file do not hide those between the files', () => {
    const problems = problemsOf({
      'deadlines.csv': changed('deadlines.csv', '\nbao-hiem,', '\nbao-hiemm,').replace('2025-08-31', '31/08/2025'),
      'databases.csv': `${shippedText('databases.csv')}bao-hiem,Lặp,chuyen_nganh,database,,bo-tai-chin,other,unknown,,unknown,unknown,,,,,\n`,
    });
    expect(problems.map((p) => p.code)).toEqual(
      expect.arrayContaining(['config/invalid-value', 'config/duplicate-id', 'config/unknown-agency']),
    );
  });
});

function catching(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
