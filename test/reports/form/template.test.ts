import { describe, expect, test } from 'vitest';
import { buildForm } from '../../../config/form/form.ts';
import { BODY_ROW } from '../../../config/form/places.ts';
import type { Prefill } from '../../../reports/form/prefill.ts';
import { templateFile } from '../../../reports/form/template.ts';
import { elementsOf } from '../../../reports/xlsx/patch/edits.ts';
import {
  formOf,
  inputOf,
  labels,
  NONE,
  PERIOD,
  secondReading,
  sheetAt,
  shipped,
  structureOf,
  template,
  textsOf,
  validations,
  WORKSHEET_ORDER,
  withDatabases,
} from '../../support/forms.ts';

const KNOWN: Prefill = {
  status: new Map([
    [
      'bao-hiem-that-nghiep',
      {
        criteria_met: 13,
        software: 'deployed',
        extent: 'central_only',
        records: 4_800_000,
        unit: 'dữ liệu hồ sơ',
        precision: 'khoang',
        stage: 'thu_thap',
        expected: 5_000_000,
        c12_connection: 'one_way',
        c12_sync: 'requested',
        synced_on: '2026-06-01',
        cleaning: 'no_persons',
        security: 'awaiting_result',
        blocked_by: 'c12',
        waiting_for: 'Bộ Y tế',
        waiting_since: '2025-11-07',
      },
    ],
  ]),
  criteria: new Map([
    [
      'bao-hiem-that-nghiep',
      new Map([
        ['tc01', 'met'],
        ['tc04', 'na_requested'],
        ['tc10', 'not_applicable'],
      ]),
    ],
  ]),
  localities: [{ database: 'hoi-quy-to-chuc-phi-chinh-phu', role: 'deployed', done: 20, total: 34, unit: 'tỉnh' }],
};
const form = formOf('bo-noi-vu');
const file = templateFile(inputOf(form, KNOWN));

describe('the workbook', () => {
  test('its structure', async () => {
    const small = { ...form, databases: form.databases.slice(0, 2), columns: form.columns };
    const two = buildForm(
      { ...shipped, databases: shipped.databases.filter((d) => small.databases.some((s) => s.id === d.database_id)) },
      labels,
      {
        agencyId: 'bo-noi-vu',
        period: PERIOD,
      },
    );
    const structure = structureOf(await secondReading(templateFile(inputOf(two, KNOWN))));
    await expect(`${JSON.stringify(structure, null, 1)}\n`).toMatchFileSnapshot('../../golden/reports/form.json');
  });

  test('the same input gives the same bytes', () => {
    expect(Buffer.from(templateFile(inputOf(form, KNOWN))).equals(Buffer.from(file))).toBe(true);
  });

  test('elements stand in the order of the standard, cells and rows in ascending order', async () => {
    for (const [path, xml] of await textsOf(file)) {
      if (!path.startsWith('xl/worksheets/')) continue;
      const order = elementsOf(xml, (_name, depth) => depth === 1).map((one) => WORKSHEET_ORDER.indexOf(one.name));
      expect(order, path).not.toContain(-1);
      expect(order, path).toEqual([...order].sort((a, b) => a - b));
      const rows = elementsOf(xml, (name) => name === 'row').map((one) => Number(one.attributes.r));
      expect(rows, path).toEqual([...new Set(rows)].sort((a, b) => a - b));
      const cells = elementsOf(xml, (name) => name === 'c').map((one) => one.attributes.r);
      expect(new Set(cells).size, path).toBe(cells.length);
    }
  });

  test('no macro, no outside link, no password; every sheet is protected', async () => {
    const parts = await textsOf(file);
    expect([...parts.keys()].filter((path) => /vba|external|macro/i.test(path))).toEqual([]);
    for (const [path, xml] of parts) {
      expect(xml, path).not.toMatch(/TargetMode="External"|macroEnabled|password=|hashValue=/);
      if (path.startsWith('xl/worksheets/')) expect(xml, path).toContain('<sheetProtection sheet="1"');
    }
  });

  test('every drop-down is a name that is there and covers its words', async () => {
    const parts = await textsOf(file);
    const names = new Map(
      elementsOf(parts.get('xl/workbook.xml') ?? '', (name) => name === 'definedName').map(
        ({ attributes, openEnd, end }) => [
          attributes.name,
          (parts.get('xl/workbook.xml') ?? '').slice(openEnd, end - '</definedName>'.length),
        ],
      ),
    );
    const used = [...parts.values()].flatMap((xml) =>
      [...xml.matchAll(/<formula1>(ds_\w+)<\/formula1>/g)].map(([, name = '']) => name),
    );
    expect(new Set(used).size).toBeGreaterThan(12);
    for (const name of used) {
      const list = form.lists[name.slice(3) as keyof typeof form.lists];
      expect(names.get(name), name).toMatch(new RegExp(`^'_danh_muc'!\\$[A-Z]+\\$2:\\$[A-Z]+\\$${list.length + 1}$`));
    }
  });

  test('what is typed is open and checked, all else is locked', async () => {
    const workbook = await secondReading(file);
    for (const [i, key] of (['status', 'criteria', 'evidence', 'localities', 'difficulties'] as const).entries()) {
      const sheet = sheetAt(workbook, i);
      const checks = validations(sheet);
      for (const column of form.columns[key]) {
        const cell = sheet.getCell(BODY_ROW[key], column.at);
        const isTyped = column.kind !== 'fixed' && column.kind !== 'shown';
        expect(cell.protection?.locked === false, `${key}.${column.key}`).toBe(isTyped);
        expect(checks[cell.address] !== undefined, `${key}.${column.key}`).toBe(isTyped);
      }
    }
  });

  test('values are states in words, real numbers and real days', async () => {
    const sheet = sheetAt(await secondReading(file), 0);
    const no = form.databases.find((one) => one.id === 'bao-hiem-that-nghiep')?.no ?? 0;
    const value = (key: string): unknown =>
      sheet.getCell(BODY_ROW.status + no - 1, form.columns.status.find((one) => one.key === key)?.at ?? 1).value;
    expect(value('records')).toBe(4_800_000);
    expect(value('waiting_since')).toEqual(new Date('2025-11-07T00:00:00Z'));
    expect(value('c12_connection')).toBe('Đã kết nối 1 chiều');
    expect(value('precision')).toBe('Khoảng');
    expect(value('cleaning')).toBe('Không có thông tin công dân');
    expect(value('change')).toBeNull();
  });

  test('what was granted is printed and cannot be typed over', async () => {
    const sheet = sheetAt(await secondReading(file), 1);
    const column = form.columns.criteria.find((one) => one.database === 'bao-hiem-that-nghiep')?.at ?? 1;
    const cell = sheet.getCell(BODY_ROW.criteria + 9, column);
    expect([cell.value, cell.protection?.locked]).toEqual(['Không áp dụng', undefined]);
    expect(sheet.getCell(BODY_ROW.criteria + 3, column).value).toBe('Đề nghị không áp dụng');
  });

  test('without a publication it lists the databases and nothing else', async () => {
    const workbook = await secondReading(template('bo-noi-vu', null));
    const sheet = sheetAt(workbook, 0);
    expect(sheet.getCell(BODY_ROW.status, 3).value).toBe(form.databases[0]?.name);
    for (const column of form.columns.status.filter((one) => one.kind !== 'fixed' && one.kind !== 'shown'))
      expect(sheet.getCell(BODY_ROW.status, column.at).value, column.key).toBeNull();
  });

  test('texts keep to the limits of Excel', async () => {
    for (const [path, xml] of await textsOf(template('bo-cong-an'))) {
      for (const { attributes } of elementsOf(xml, (name) => name === 'dataValidation')) {
        for (const [key, most] of [
          ['promptTitle', 32],
          ['prompt', 255],
          ['errorTitle', 32],
          ['error', 255],
        ] as const)
          expect(attributes[key]?.length ?? 0, `${path} ${key}`).toBeLessThanOrEqual(most);
      }
      for (const [, formula = ''] of xml.matchAll(/<f>([^<]*)<\/f>/g)) expect(formula.length).toBeLessThan(8_000);
      for (const { attributes } of elementsOf(xml, (name) => name === 'sheet')) {
        expect(attributes.name?.length).toBeLessThanOrEqual(31);
        expect(attributes.name).not.toMatch(/[\\/?*[\]:]/);
      }
    }
  });
});

describe('hostile texts', () => {
  const NAMES = [
    "=cmd|' /C calc'!A0",
    '+1+1',
    '-2+3',
    '@SUM(1)',
    '\t=1+1',
    '\u202Eabc\u202C gnaoh',
    '_x003D_1+1',
    '</t></si><si><t>x',
    `"&amp;'<>`,
    `${'dài '.repeat(2_500)}`,
    'a\u0000b\u0007c\ud800d',
    '&L&"Arial"&P',
    'hai\ndòng',
  ];
  const agency = {
    ...shipped.agencies.find((one) => one.agency_id === 'bo-noi-vu'),
    name: '=1+1&P',
  } as (typeof shipped.agencies)[number];
  const config = { ...withDatabases('bo-noi-vu', NAMES.length, (i) => NAMES[i] ?? ''), agencies: [agency] };

  test('stay texts, each in its cell', async () => {
    const hostile = buildForm(config, labels, { agencyId: 'bo-noi-vu', period: PERIOD });
    const prefill: Prefill = {
      ...NONE,
      status: new Map(hostile.databases.map((one) => [one.id, { unit: '=HYPERLINK("x")', waiting_for: '@x' }])),
    };
    const bytes = templateFile(inputOf(hostile, prefill));
    const parts = await textsOf(bytes);
    const formulas = [...parts.values()].flatMap((xml) =>
      [...xml.matchAll(/<f>([^<]*)<\/f>/g)].map(([, text = '']) => text),
    );
    expect(formulas.every((one) => /^(COUNTA|IF|COUNTIF)\(/.test(one))).toBe(true);
    const workbook = await secondReading(bytes);
    const sheet = sheetAt(workbook, 0);
    for (const { no, name } of hostile.databases) {
      const cell = sheet.getCell(BODY_ROW.status + no - 1, 3);
      expect(typeof cell.value, name.slice(0, 40)).toBe('string');
      expect(String(cell.value)).not.toMatch(/[\u202a-\u202e\ud800-\udfff]/);
      expect([...String(cell.value)].filter((one) => one < ' ' && one !== '\n')).toEqual([]);
      expect(sheet.getCell(BODY_ROW.status + no - 1, 11).value).toBe('=HYPERLINK("x")');
    }
    const printed = hostile.databases.map(({ no }) => sheet.getCell(BODY_ROW.status + no - 1, 3).value);
    for (const name of ['+1+1', '-2+3', '@SUM(1)', '_x003D_1+1', '</t></si><si><t>x', `"&amp;'<>`])
      expect(printed).toContain(name);
    expect(printed).toContain('abc gnaoh');
    expect(sheet.headerFooter.oddFooter).toContain('=1+1&&P');
  });

  test('text that begins like a formula is marked as text, so that editing the cell leaves it so', async () => {
    const hostile = buildForm(config, labels, { agencyId: 'bo-noi-vu', period: PERIOD });
    const styles = (await textsOf(templateFile(inputOf(hostile)))).get('xl/styles.xml') ?? '';
    expect(styles).toContain('quotePrefix="1"');
  });
});

test('18 databases: every sheet has them, and pages are cut between columns', async () => {
  const many = buildForm(
    withDatabases('bo-cong-an', 18, (i) => `Cơ sở dữ liệu thứ ${i + 1} về một lĩnh vực có tên dài`),
    labels,
    {
      agencyId: 'bo-cong-an',
      period: PERIOD,
    },
  );
  const workbook = await secondReading(templateFile(inputOf(many)));
  expect(sheetAt(workbook, 0).getCell(BODY_ROW.status + 17, 2).value).toBe(18);
  expect(many.columns.criteria).toHaveLength(21);
  expect(sheetAt(workbook, 1).getCell(BODY_ROW.criteria - 2, 22).value).toMatch(/^18\. CSDL thứ/);
  expect(sheetAt(workbook, 2).getCell(BODY_ROW.evidence + 53, 2).value).toBe(54);
});
