import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../../config/load.ts';
import { packageRoot } from '../../../config/package-root.ts';
import { writeSamples } from '../../../pipeline/database/samples.ts';
import { locateData } from '../../../pipeline/stages/locate-data.ts';
import { type Measurement, measureContract } from '../../../pipeline/stages/measure-contract.ts';
import { suggestContract } from '../../../pipeline/stages/suggest-contract.ts';
import { readContract } from '../../../scoring/quality/contract/read-contract.ts';
import { discoverRules } from '../../../scoring/quality/discover-rules.ts';
import { temporaryFolder } from '../../support/folders.ts';

const folder = join(packageRoot, 'config', 'contracts');
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
const rules = await discoverRules();
const { config } = loadConfig(undefined, {});
/** Not part of the project: it is looked for beside it. */
const schemaPath = join(packageRoot, '..', 'shared', 'data', 'odcs-json-schema-v3.1.0.json');
const signal = new AbortController().signal;
const samples = temporaryFolder();

beforeAll(async () => {
  await writeSamples(samples);
});

describe('worked contracts', () => {
  test('there are three, for databases of the catalogue', () => {
    expect(files).toEqual(['bao-hiem-that-nghiep.yaml', 'nguoi-co-cong.yaml', 'nguoi-lao-dong.yaml']);
  });

  test.each(files)('%s: no problem, not even a warning, and nothing measured unless somebody says where', (file) => {
    const { contract, problems } = readContract(join(folder, file), file, rules);
    expect(problems).toEqual([]);
    expect(config.databases.map((d) => d.database_id)).toContain(contract?.databaseId);
    expect(contract?.servers).toEqual([]);
    expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/^servers/m);
  });

  const measured = async (file: string): Promise<Measurement> => {
    const { contract } = readContract(join(folder, file), file, rules);
    if (contract === null) throw new Error(`${file} is broken`);
    const tables = locateData(contract, samples, '.');
    const { thresholds } = config.scoring.quality;
    return measureContract({
      contract,
      tables,
      rules,
      thresholds,
      now: '2026-06-29T23:59:59',
      scratch: temporaryFolder(),
      signal,
    });
  };

  test.each(files)(
    '%s: every rule has an answer over the invented records, and the faults put in are found',
    async (file) => {
      const { rules: found, index } = await measured(file);
      expect(
        found
          .filter(({ state }) => state !== 'met' && state !== 'unmet')
          .map(({ result }) => [result.rule_id, result.problem]),
      ).toEqual([]);
      expect(index).toMatchObject({ index: 99.9, state: 'known', identifiers_met: false });
      expect(found.filter(({ state }) => state === 'unmet').length).toBeGreaterThan(6);
    },
  );

  test('counts are those of the faults that were put in', async () => {
    const { rules: found } = await measured('nguoi-co-cong.yaml');
    const failed = (id: string) => found.find(({ result }) => result.rule_id === id)?.result.failed;
    // One of 2 000, 500, 240, 300, 450, 640, 150 and 330 of 6 000 rows, by the remainder of the row's number.
    expect(failed('doi_tuong.ma_ho_so.duplicateValues')).toBe(3);
    expect(failed('ncc_so_dinh_danh_trong')).toBe(12);
    expect(failed('ncc_so_dinh_danh')).toBe(25);
    expect(failed('ncc_ho_ten_ma_cu')).toBe(20);
    expect(failed('ncc_loai')).toBe(10);
    expect(failed('ncc_ma_tinh')).toBe(40);
    expect(failed('ncc_muc_tro_cap_mo_ho')).toBe(19);
  });

  test('invented records are the same every time', async () => {
    const again = temporaryFolder();
    await writeSamples(again);
    for (const file of readdirSync(samples))
      expect(readFileSync(join(again, file)).equals(readFileSync(join(samples, file))), file).toBe(true);
  });
});

describe.skipIf(!existsSync(schemaPath))(
  'the JSON schema of ODCS v3.1.0 (skipped where it does not lie beside the project)',
  () => {
    const validate = (text: string): unknown => {
      const ajv = new Ajv2019({ strict: false, validateFormats: false });
      const check = ajv.compile(JSON.parse(readFileSync(schemaPath, 'utf8')) as object);
      return check(parse(text)) ? [] : check.errors;
    };

    test.each(files)('accepts %s', (file) => {
      expect(validate(readFileSync(join(folder, file), 'utf8'))).toEqual([]);
    });

    test('accepts what is proposed', async () => {
      for (const file of readdirSync(samples)) {
        const text = await suggestContract({
          path: join(samples, file),
          rules,
          now: '2026-06-29T23:59:59',
          scratch: temporaryFolder(),
          signal,
        });
        expect(validate(text), file).toEqual([]);
      }
    });

    test('and refuses what we refuse: two operators, an unknown key', () => {
      const text = readFileSync(join(folder, 'nguoi-lao-dong.yaml'), 'utf8');
      expect(
        validate(text.replace('mustBeGreaterThan: 1000', 'mustBeGreaterThan: 1000, mustBeLessThan: 9')),
      ).not.toEqual([]);
      expect(validate(text.replace('criticalDataElement', 'criticalElement'))).not.toEqual([]);
    });
  },
);
