import { beforeAll, describe, expect, test } from 'vitest';
import type { SheetKey } from '../../../config/form/columns.ts';
import { address, BODY_ROW } from '../../../config/form/places.ts';
import type { FormReading } from '../../../config/form/reading.ts';
import { readForm } from '../../../connectors/spreadsheet/form/read-form.ts';
import { formReader } from '../../../connectors/spreadsheet/form/typed-cell.ts';
import type { Prefill } from '../../../reports/form/prefill.ts';
import { replyParts } from '../../../reports/form/reply.ts';
import { elementsOf } from '../../../reports/xlsx/patch/edits.ts';
import { zip } from '../../../reports/xlsx/zip.ts';
import { filled } from '../../support/filled-form.ts';
import {
  formOf,
  labels,
  NONE,
  partsOf,
  secondReading,
  sheetAt,
  shipped,
  template,
  textsOf,
  validations,
  WORKSHEET_ORDER,
} from '../../support/forms.ts';

const form = formOf('bo-noi-vu');
const reader = formReader(shipped, labels);
const PREFILL: Prefill = {
  ...NONE,
  status: new Map(
    form.databases.map((one) => [
      one.id,
      {
        criteria_met: 13,
        software: 'operating',
        records: 4_800_000,
        unit: 'hồ sơ',
        precision: 'khoang',
        stage: 'nhap_csdl',
        c12_connection: 'one_way',
        blocked_by: 'a05',
        waiting_since: '2026-02-02',
      },
    ]),
  ),
};
const given = template('bo-noi-vu', PREFILL);

const at = (key: string, no: number, sheet: SheetKey = 'status'): string =>
  address(form.columns[sheet].find((one) => one.key === key)?.at ?? 1, BODY_ROW[sheet] + no - 1);

const ANSWERS = {
  0: {
    [at('change', 1)]: 'Không thay đổi',
    [at('change', 2)]: 'Có thay đổi',
    [at('criteria_met', 2)]: 25,
    [at('waiting_since', 2)]: 'không rõ',
    [at('change', 3)]: 'Có thay đổi',
    [at('criteria_met', 3)]: 14,
    [at('records', 3)]: '1.041',
    [at('waiting_for', 4)]: '=HYPERLINK("x")',
    [at('change', 4)]: 'Có thay đổi',
  },
  2: { [at('database', 1, 'evidence')]: 'không có CSDL này', [at('number', 1, 'evidence')]: '12/QĐ-BNV' },
} as const;

async function replyTo(file: Uint8Array): Promise<{ reading: FormReading; file: Uint8Array }> {
  const reading = await readForm(file, reader);
  return { reading, file: zip(replyParts({ parts: await partsOf(file), reading, form, labels })) };
}

describe('the reply', () => {
  let sent: Uint8Array;
  let reading: FormReading;
  let reply: Uint8Array;

  beforeAll(async () => {
    sent = await filled(given, ANSWERS);
    ({ reading, file: reply } = await replyTo(sent));
  });

  test('every refused cell is coloured where it stands and says why and what to do', async () => {
    const refused = reading.cells.filter((one) => one.verdict === 'refused');
    expect(refused.length).toBeGreaterThan(3);
    const workbook = await secondReading(reply);
    for (const cell of refused) {
      const there = workbook.getWorksheet(cell.sheetName)?.getCell(cell.address);
      expect(JSON.stringify(there?.fill), cell.address).toContain('F7C59F');
      expect(JSON.stringify(there?.note), cell.address).toContain('Cách sửa:');
    }
  });

  test('no other cell is coloured, and all keep value, format, lock and check', async () => {
    const [before, after] = [await secondReading(sent), await secondReading(reply)];
    const refused = new Set(
      reading.cells.filter((one) => one.verdict === 'refused').map((one) => `${one.sheetName}!${one.address}`),
    );
    for (const [i, sheet] of before.worksheets.entries()) {
      const now = sheetAt(after, i);
      expect(now.name).toBe(sheet.name);
      expect(now.state).toBe(sheet.state);
      expect(validations(now)).toEqual(validations(sheet));
      expect(now.pageSetup).toEqual(sheet.pageSetup);
      expect(now.model.merges).toEqual(sheet.model.merges);
      sheet.eachRow((row) =>
        row.eachCell({ includeEmpty: true }, (cell) => {
          const same = now.getCell(cell.address);
          expect(same.value, `${sheet.name}!${cell.address}`).toEqual(cell.value);
          expect(same.numFmt).toBe(cell.numFmt);
          expect(same.protection).toEqual(cell.protection);
          if (!refused.has(`${sheet.name}!${cell.address}`)) expect(same.fill, cell.address).toEqual(cell.fill);
        }),
      );
    }
    const conditions = async (file: Uint8Array): Promise<string[]> =>
      [...(await textsOf(file)).values()].flatMap(
        (xml) => xml.match(/<conditionalFormatting.*?<\/conditionalFormatting>/g) ?? [],
      );
    expect(await conditions(reply)).toEqual(await conditions(sent));
  });

  test('the sheet of results counts what the reading counts', async () => {
    const workbook = await secondReading(reply);
    const sheet = workbook.worksheets.at(-1);
    expect(sheet?.name).toBe('Kết quả tiếp nhận');
    const rows = new Map<string, unknown[]>();
    sheet?.eachRow((row) => {
      const values = row.values as unknown[];
      // The counts stand above the list of refused cells.
      if (!rows.has(String(values[3]))) rows.set(String(values[3]), values);
    });
    for (const key of ['status', 'criteria', 'evidence', 'localities', 'difficulties'] as const)
      expect(rows.get(form.sheetNames[key])?.slice(5, 7), key).toEqual([
        reading.counts[key].accepted,
        reading.counts[key].refused,
      ]);
  });

  test('the text to paste is plain, in the wording of the tracking system, and locked', async () => {
    const sheet = sheetAt(await secondReading(reply), 0);
    const column = (form.columns.status.at(-1)?.at ?? 0) + 1;
    const cell = (no: number) => sheet.getCell(BODY_ROW.status + no - 1, column);
    expect(sheet.getCell(BODY_ROW.status - 2, column).value ?? sheet.getCell(BODY_ROW.status - 3, column).value).toBe(
      'Nội dung đề xuất cập nhật lên Hệ thống theo dõi',
    );
    expect(cell(1).value).toBe(
      'Đã hoàn thành 13/19 tiêu chí theo quy định của Bộ Công an. Phần mềm: Vận hành chính thức. Dữ liệu đã tạo lập: khoảng 4,8 triệu hồ sơ (đã nhập vào CSDL). Tiến độ kết nối C12: Đã kết nối 1 chiều. Khó khăn: chờ kết quả đánh giá an ninh, an toàn (từ ngày 2/2/2026).',
    );
    // What was refused is not pasted.
    expect(cell(2).value).not.toContain('25/19');
    expect(cell(3).value).toContain('14/19');
    expect(cell(3).value).not.toContain('1,041');
    expect(cell(4).value).toMatch(/^Đã hoàn thành/);
    expect(cell(5).value).toBeNull();
    for (const no of [1, 2, 3, 4])
      expect([typeof cell(no).value, cell(no).protection?.locked]).toEqual(['string', undefined]);
  });

  test('parts keep the order of the standard, and one sheet is chosen', async () => {
    const parts = await textsOf(reply);
    let chosen = 0;
    for (const [path, xml] of parts) {
      if (!path.startsWith('xl/worksheets/sheet')) continue;
      const order = elementsOf(xml, (_name, depth) => depth === 1).map((one) => WORKSHEET_ORDER.indexOf(one.name));
      expect(order, path).toEqual([...order].sort((a, b) => a - b));
      chosen += xml.match(/tabSelected="1"/g)?.length ?? 0;
      for (const row of elementsOf(xml, (name) => name === 'row')) {
        const cells = elementsOf(xml.slice(row.start, row.end), (name) => name === 'c').map(
          (one) => one.attributes.r ?? '',
        );
        const columns = cells.map((one) => one.replace(/\d+$/, '').padStart(3, ' '));
        expect(columns, path).toEqual([...new Set(columns)].sort());
      }
    }
    expect(chosen).toBe(1);
    const types = parts.get('[Content_Types].xml') ?? '';
    for (const path of parts.keys())
      if (/\.(xml|vml)$/.test(path) && path !== '[Content_Types].xml')
        expect(types.includes(`PartName="/${path}"`) || path.endsWith('.vml'), path).toBe(true);
    expect(types).toContain('Extension="vml"');
  });

  test('a reply that comes back is answered like the form itself: marks do not pile up', async () => {
    const again = await replyTo(reply);
    expect(again.reading.cells).toEqual(reading.cells);
    const [first, second] = [await textsOf(reply), await textsOf(again.file)];
    expect([...second.keys()].sort()).toEqual([...first.keys()].sort());
    const comments = (parts: Map<string, string>): string[] =>
      [...parts].filter(([path]) => path.includes('comments')).map(([, xml]) => xml);
    expect(comments(second)).toEqual(comments(first));
    const shapes = (parts: Map<string, string>): number =>
      [...parts.values()].reduce((n, xml) => n + (xml.match(/<v:shape /g)?.length ?? 0), 0);
    expect(shapes(second)).toBe(shapes(first));
  });

  test('a cell put right loses its mark in the next reply', async () => {
    const right = await replyTo(
      await filled(reply, { 0: { [at('criteria_met', 2)]: 15, [at('waiting_since', 2)]: '28/6/2026' } }),
    );
    const cell = sheetAt(await secondReading(right.file), 0).getCell(at('criteria_met', 2));
    expect(cell.note).toBeUndefined();
    expect(JSON.stringify(cell.fill ?? '')).not.toContain('F7C59F');
    expect(cell.protection?.locked).toBe(false);
  });
});

test('a form nobody filled in has nothing refused and nothing to paste', async () => {
  const { reading, file } = await replyTo(given);
  expect(reading.cells.filter((one) => one.verdict === 'refused')).toEqual([]);
  const sheet = sheetAt(await secondReading(file), 0);
  expect(sheet.getCell(BODY_ROW.status, (form.columns.status.at(-1)?.at ?? 0) + 1).value).toBeNull();
});

test("somebody's own note on a refused cell stays, ours is put under it", async () => {
  const { commentsXml } = await import('../../../reports/xlsx/patch/comments-patch.ts');
  const before =
    '<comments xmlns="x"><authors><author>Lan</author></authors><commentList><comment ref="F12" authorId="0"><text><t>hỏi lại</t></text></comment></commentList></comments>';
  const { xml, gone } = commentsXml(before, 'Tiếp nhận', [{ column: 6, row: 12, address: 'F12', text: 'sai' }]);
  expect(xml).toMatch(/hỏi lại.*sai/);
  expect(xml.match(/<comment /g)).toHaveLength(1);
  expect([...gone]).toEqual([]);
});
