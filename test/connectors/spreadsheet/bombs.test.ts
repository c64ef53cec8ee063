import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../../config/fault.ts';
import type { SpreadsheetLimits } from '../../../connectors/spreadsheet/workbook/fault.ts';
import { readWorkbook } from '../../../connectors/spreadsheet/workbook/read-workbook.ts';
import { workbookFile } from '../../support/workbook-files.ts';
import { zip } from '../../support/zip-files.ts';

const MB = 1_000_000;

/** Code, seconds, and how far memory rose while it was read. */
async function tried(
  bytes: Uint8Array,
  limits: Partial<SpreadsheetLimits>,
): Promise<{ code: string; seconds: number; rise: number }> {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 5);
  const start = performance.now();
  let code = 'read';
  try {
    await readWorkbook(bytes, limits);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    code = error.code.replace('spreadsheet/', '');
  }
  clearInterval(timer);
  most = Math.max(most, process.memoryUsage.rss());
  return { code, seconds: (performance.now() - start) / 1_000, rise: most - before };
}

const sheet = (body: string): Uint8Array => workbookFile({ parts: { 'xl/worksheets/sheet1.xml': body } });
const data = (rows: string): Uint8Array => sheet(`<worksheet><sheetData>${rows}</sheetData></worksheet>`);
const many = (n: number, make: (i: number) => string): string => Array.from({ length: n }, (_, i) => make(i)).join('');
/** A megabyte pressed to a twentieth: no part stands out. */
const part = Buffer.concat(Array.from({ length: 20 }, () => Buffer.from(randomBytes(25_000).toString('hex'))));
/** Text that is pressed to a tenth, as real text is. */
const noise = (n: number): string => many(n, (i) => `${(i * 2_654_435_761) % 4_294_967_296} hồ sơ `);

describe('too much is refused or passed over, at once and in little memory', () => {
  const CASES: Readonly<
    Record<string, readonly [codes: readonly string[], bytes: () => Uint8Array, limits?: Partial<SpreadsheetLimits>]>
  > = {
    '100 000 empty rows': [['read'], () => data(many(100_000, (i) => `<row r="${i + 1}"/>`))],
    '100 000 rows of twenty cells with borders and nothing in them': [
      ['read'],
      () => data(many(100_000, (i) => `<row r="${i + 1}">${many(20, () => '<c s="1"/>')}</row>`)),
    ],
    '20 001 rows with something in them': [
      ['too-large'],
      () => data(many(20_001, (i) => `<row r="${i + 1}"><c><v>1</v></c></row>`)),
    ],
    'half a million cells': [
      ['too-large'],
      () => data(many(10_000, (i) => `<row r="${i + 1}">${many(50, (j) => `<c><v>${i * j}</v></c>`)}</row>`)),
    ],
    'a part that inflates a thousand times': [['bomb'], () => sheet('A'.repeat(60 * MB))],
    'four megabytes that say they are a gigabyte': [
      ['bomb'],
      () => zip([{ name: 'xl/workbook.xml', data: randomBytes(4 * MB), declared: 1_000 * MB }]),
    ],
    'many parts that are 26 MB together, of 20 allowed': [
      ['bomb', 'too-large'],
      () => zip(Array.from({ length: 26 }, (_, i) => ({ name: `xl/x${i}.xml`, data: part }))),
      { inflated: 20 * MB },
    ],
    'a part that says it is small': [
      ['bomb', 'broken'],
      () => zip([{ name: 'xl/workbook.xml', data: new Uint8Array(20 * MB), declared: 500 }]),
    ],
    'shared strings without end': [
      ['too-large', 'bomb'],
      () =>
        workbookFile({
          parts: { 'xl/sharedStrings.xml': `<sst>${many(500_000, (i) => `<si><t>${i}</t></si>`)}</sst>` },
        }),
    ],
    'one shared string of 6 MB': [
      ['read'],
      () => workbookFile({ parts: { 'xl/sharedStrings.xml': `<sst><si><t>${noise(300_000)}</t></si></sst>` } }),
    ],
    'one long text in every cell': [
      ['too-large'],
      () =>
        workbookFile({
          parts: {
            'xl/sharedStrings.xml': `<sst><si><t>${noise(1_500)}</t></si></sst>`,
            'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${many(10_000, (i) => `<row r="${i + 1}"><c t="s"><v>0</v></c></row>`)}</sheetData></worksheet>`,
          },
        }),
    ],
    'a tag without end': [['broken', 'bomb'], () => sheet(`<worksheet a="${noise(500_000)}"/>`)],
    'a comment without end': [['broken', 'bomb'], () => sheet(`<worksheet><!-- ${noise(500_000)} --></worksheet>`)],
    'an element with 100 000 attributes': [
      ['broken'],
      () => sheet(`<worksheet ${many(100_000, (i) => `a${i}="" `)}/>`),
    ],
    'a million elements inside one another': [['broken', 'bomb'], () => sheet(`<worksheet>${'<a>'.repeat(300_000)}`)],
    'entities of entities': [
      ['broken'],
      () =>
        workbookFile({
          parts: {
            'xl/sharedStrings.xml': `<!DOCTYPE s [<!ENTITY a0 "aaaaaaaaaa">${many(30, (i) => `<!ENTITY a${i + 1} "&a${i};&a${i};">`)}]><sst><si><t>&a30;</t></si></sst>`,
          },
        }),
    ],
    'a hundred thousand merged cells': [
      ['too-large', 'bomb'],
      () =>
        sheet(
          `<worksheet><sheetData/><mergeCells>${many(100_000, (i) => `<mergeCell ref="A${i + 1}:B${i + 1}"/>`)}</mergeCells></worksheet>`,
        ),
    ],
    'a thousand sheets': [['too-large'], () => workbookFile({ sheets: Array.from({ length: 1_000 }, () => ({})) })],
    '3 000 parts': [
      ['bomb'],
      () => zip(Array.from({ length: 3_000 }, (_, i) => ({ name: `xl/${i}.xml`, data: Buffer.from('x') }))),
    ],
    'a long formula in every cell': [
      ['read', 'bomb'],
      () => data(many(2_000, (i) => `<row r="${i + 1}"><c><f>${'A1+'.repeat(2_000)}${i}</f><v>1</v></c></row>`)),
    ],
  };

  test.each(Object.entries(CASES))('%s', { timeout: 60_000 }, async (_name, [codes, bytes, limits = {}]) => {
    const file = bytes();
    const result = await tried(file, limits);
    expect(codes).toContain(result.code);
    expect(result.seconds).toBeLessThan(10);
    expect(result.rise).toBeLessThan(500 * MB);
  });
});
