import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { BODY_ROW } from '../../../config/form/places.ts';
import { csdl, jsonOf } from '../../support/cli.ts';
import { filled } from '../../support/filled-form.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { formOf, secondReading, sheetAt } from '../../support/forms.ts';

const out = temporaryFolder();
const forms = temporaryFolder();
const NAME = 'bieu-01-csdl_bo-noi-vu_2026-06-29.xlsx';
const form = formOf('bo-noi-vu');

beforeAll(async () => {
  expect((await csdl(['run', '--out', out, '--quiet'])).exit).toBe(0);
});

describe('csdl template', () => {
  test('writes the form of an agency with what the publication knows', async () => {
    const said = await csdl(['template', '--agency', 'bo-noi-vu', '--out', out, '--to', forms, '--json']);
    expect(said.exit).toBe(0);
    expect(jsonOf(said)).toEqual({
      as_of: '2026-06-29',
      period: '2026-06-29',
      files: [{ agency: 'bo-noi-vu', period: '2026-06-29', databases: form.databases.length, file: join(forms, NAME) }],
    });
    const sheet = sheetAt(await secondReading(readFileSync(join(forms, NAME))), 0);
    const cell = (id: string, key: string): unknown =>
      sheet.getCell(
        BODY_ROW.status + (form.databases.find((one) => one.id === id)?.no ?? 0) - 1,
        form.columns.status.find((one) => one.key === key)?.at ?? 1,
      ).value;
    expect(cell('bao-hiem-that-nghiep', 'criteria_met')).toBe(13);
    expect([cell('bao-hiem-that-nghiep', 'records'), cell('bao-hiem-that-nghiep', 'precision')]).toEqual([
      4_800_000,
      'Khoảng',
    ]);
    expect([cell('nguoi-co-cong', 'records'), cell('nguoi-co-cong', 'precision')]).toEqual([1_041_000, 'Hơn']);
    expect(cell('bao-hiem-that-nghiep', 'blocked_by')).toMatch(/C12/);
    expect(cell('bao-hiem-that-nghiep', 'waiting_since')).toEqual(new Date('2025-11-07T00:00:00Z'));
  });

  test('--all writes one for every agency that has databases; --period takes any day of the week', async () => {
    const folder = join(temporaryFolder(), 'new');
    const said = await csdl(['template', '--all', '--out', out, '--to', folder, '--period', '2026-07-01']);
    expect(said.exit).toBe(0);
    const written = readdirSync(folder);
    expect(written.length).toBeGreaterThan(15);
    expect(written.every((name) => name.endsWith('_2026-07-06.xlsx'))).toBe(true);
  });

  test('without a publication it says so and lists the databases', async () => {
    const folder = temporaryFolder();
    const said = await csdl(['template', '--agency', 'bo-noi-vu', '--out', join(folder, 'none'), '--to', folder]);
    expect(said.exit).toBe(0);
    expect(said.stderr).toContain('there is no publication');
    expect(existsSync(join(folder, NAME))).toBe(true);
  });

  test.each([
    [['--agency', 'bo-noi-vuu'], 'usage/unknown-agency', 'did you mean "bo-noi-vu"?'],
    [['--agency', 'bo-quoc-phong'], 'usage/no-databases', 'agencies with databases'],
    [[], 'usage/which-agency', '--agency ID or --all'],
    [['--all', '--agency', 'bo-y-te'], 'usage/which-agency', 'not both'],
    [['--agency', 'bo-y-te', '--period', '2026-02-30'], '', 'YYYY-MM-DD'],
  ] as const)('%s ends with 2 and says what to do', async (argv, code, words) => {
    const said = await csdl(['template', ...argv, '--out', out, '--to', temporaryFolder()]);
    expect(said.exit).toBe(2);
    expect(said.stderr).toContain(code);
    expect(said.stderr).toContain(words);
  });

  test('help ends with examples', async () => {
    expect((await csdl(['template', '--help'])).stdout).toContain('$ csdl template --all --to forms --json');
  });
});

describe('csdl reply', () => {
  test('writes the reply beside its name and counts what was taken', async () => {
    const folder = temporaryFolder();
    await csdl(['template', '--agency', 'bo-noi-vu', '--out', out, '--to', folder, '--quiet']);
    const sent = await filled(readFileSync(join(folder, NAME)), {
      0: {
        [`E${BODY_ROW.status}`]: 'Không thay đổi',
        [`E${BODY_ROW.status + 1}`]: 'Có thay đổi',
        [`F${BODY_ROW.status + 1}`]: 'mười ba',
      },
    });
    writeFileSync(join(folder, 've.xlsx'), sent);
    const said = await csdl(['reply', join(folder, 've.xlsx'), '--to', join(folder, 'replies'), '--json']);
    expect(said.exit).toBe(0);
    expect(jsonOf(said)).toMatchObject({
      files: [
        {
          agency: 'bo-noi-vu',
          period: '2026-06-29',
          refused: 1,
          unchanged: 1,
          changed: 1,
          reply: join(folder, 'replies', 've-tra-loi.xlsx'),
        },
      ],
    });
    const sheet = sheetAt(await secondReading(readFileSync(join(folder, 'replies', 've-tra-loi.xlsx'))), 0);
    expect(sheet.getCell(`F${BODY_ROW.status + 1}`).note).toBeDefined();
  });

  test('what is no form is refused with its remedy, and the others go on', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.xlsx'), 'not a workbook');
    const said = await csdl([
      'reply',
      join(folder, 'a.xlsx'),
      join(folder, 'b.xlsx'),
      join(forms, NAME),
      '--to',
      folder,
    ]);
    expect(said.exit).toBe(2);
    expect(said.stderr).toContain('usage/no-file');
    expect(said.stderr).toContain('→');
    expect(readdirSync(folder)).toContain('bieu-01-csdl_bo-noi-vu_2026-06-29-tra-loi.xlsx');
  });
});
