import PDFDocument from 'pdfkit';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../../config/fault.ts';
import { openArchive } from '../../../connectors/document/formats/archive-gate.ts';
import type { Limits } from '../../../connectors/document/formats/limits.ts';
import { readDocuments } from '../../../connectors/document/formats/read-document.ts';
import { type BlockSource, docxFile, htmlFile, pdfFile, textFile } from '../../support/document-files.ts';
import { zip } from '../../support/zip-files.ts';

/** What a delivery is refused for, `read` when it is not. */
async function refusal(bytes: Uint8Array, limits: Partial<Limits> = {}): Promise<string> {
  try {
    await readDocuments(bytes, 'x', limits);
    return 'read';
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    expect(error.hint).toBeTruthy();
    return error.code;
  }
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const BLOCKS: BlockSource[] = [
  'Danh mục mẫu của ví dụ',
  { header: ['STT', 'Tên nhiệm vụ', 'Thời hạn'], rows: [{ cells: ['1', 'Xây dựng dữ liệu mẫu', '31/12/2030'] }] },
];
const rowsOf = (n: number): BlockSource[] => [
  {
    header: ['STT', 'Tên nhiệm vụ', 'Thời hạn'],
    rows: Array.from({ length: n }, (_, at) => ({ cells: [`${at + 1}`, `Nhiệm vụ mẫu ${at + 1}`, '31/12/2030'] })),
  },
];

async function picturePdf(): Promise<Uint8Array> {
  const doc = new PDFDocument();
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise((resolve) => doc.on('end', resolve));
  const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  doc.image(Buffer.from(dot, 'base64'), 0, 0, { width: 500 });
  doc.end();
  await done;
  return Buffer.concat(chunks);
}

function noise(n: number): Uint8Array {
  const bytes = new Uint8Array(n);
  let state = 12_345;
  for (let at = 0; at < n; at++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    bytes[at] = state >>> 16;
  }
  return bytes;
}

const half = (bytes: Uint8Array): Uint8Array => bytes.slice(0, Math.floor(bytes.length / 2));

describe('refused, with what to do about it', () => {
  const cases: Record<string, [string, () => Promise<Uint8Array> | Uint8Array]> = {
    'a file of 0 bytes': ['document/empty', () => new Uint8Array(0)],
    'blank lines only': ['document/empty', () => utf8('\n \n\n')],
    noise: ['document/binary', () => noise(50_000)],
    'an old Word document': [
      'document/legacy-doc',
      () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), noise(5_000)]),
    ],
    'a Word document with a password': [
      'document/encrypted',
      () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
    ],
    'an RTF document': ['document/unsupported', () => utf8('{\\rtf1 abc}')],
    'a spreadsheet without a sheet': [
      'spreadsheet/broken',
      () => zip([{ name: 'xl/workbook.xml', data: utf8('<workbook/>') }]),
    ],
    'a Word document cut off': ['document/broken', async () => half(await docxFile(BLOCKS))],
    'a Word document whose text ends early': [
      'document/broken',
      () => zip([{ name: 'word/document.xml', data: utf8('<w:document><w:body><w:p><w:r><w:t>abc</w:t>') }]),
    ],
    'a Word document that is changed inside': [
      'document/broken',
      () => {
        const bytes = zip([{ name: 'word/document.xml', data: utf8('<w:document></w:document>') }]);
        bytes[14] = (bytes[14] ?? 0) ^ 1;
        const central = Buffer.from(bytes).indexOf('PK\x01\x02');
        bytes[central + 16] = (bytes[central + 16] ?? 0) ^ 1;
        return bytes;
      },
    ],
    'a PDF cut off': ['document/broken', async () => half(await pdfFile(BLOCKS))],
    'a PDF of nothing': ['document/broken', () => utf8('%PDF-1.7\n%%EOF')],
    'a PDF with a password': ['document/encrypted', () => pdfFile(BLOCKS, { userPassword: 'x' })],
    'a PDF of pictures': ['document/scanned', picturePdf],
    'an archive with a password': ['document/encrypted', () => zip([{ name: 'a.txt', data: utf8('abc'), flags: 1 }])],
    'an archive that climbs': ['document/archive-path', () => zip([{ name: '../a.txt', data: utf8('abc') }])],
    'an archive from the root': ['document/archive-path', () => zip([{ name: '/etc/a.txt', data: utf8('abc') }])],
    'an archive on a drive': ['document/archive-path', () => zip([{ name: 'c:/a.txt', data: utf8('abc') }])],
    'an archive with a link': ['document/archive-path', () => zip([{ name: 'a', data: utf8('/etc'), mode: 0o120777 }])],
    'an archive that inflates a thousand times': [
      'document/archive-bomb',
      () => zip([{ name: 'a.txt', data: new Uint8Array(20_000_000) }]),
    ],
    'an archive that lies about it': [
      'document/broken',
      () => zip([{ name: 'a.txt', data: new Uint8Array(20_000_000), declared: 500 }]),
    ],
    'an archive of too many files': [
      'document/archive-bomb',
      () => zip(Array.from({ length: 2_001 }, (_, at) => ({ name: `${at}.txt`, data: utf8('a') }))),
    ],
    'an archive in an archive': [
      'document/unsupported',
      () => zip([{ name: 'b.zip', data: zip([{ name: 'a.txt', data: utf8('abc') }]) }]),
    ],
    'an empty archive': ['document/empty', () => zip([])],
    'a table of 20 001 rows in HTML': ['document/too-many-rows', () => htmlFile(rowsOf(20_001))],
    'a table of 20 001 rows in text': ['document/too-many-rows', () => textFile(rowsOf(20_001))],
    'HTML nested without end': ['document/broken', () => utf8(`<html><body>${'<div>'.repeat(200_000)}a`)],
  };
  test.each(Object.keys(cases))('%s', async (name) => {
    const [code, make] = cases[name] as [string, () => Promise<Uint8Array> | Uint8Array];
    expect(await refusal(await make())).toBe(code);
  });

  test('a file above the limit', async () => {
    expect(await refusal(utf8('abcdef'), { bytes: 5 })).toBe('document/too-large');
  });
});

describe('read in spite of it', () => {
  test('a table of 10 000 rows, in every format', async () => {
    const blocks = rowsOf(10_000);
    for (const bytes of [htmlFile(blocks), await docxFile(blocks), textFile(blocks)]) {
      const [read] = await readDocuments(bytes, 'x');
      const table = read?.document.blocks.find((block) => block.kind === 'table');
      expect(table?.kind === 'table' && table.rows.length).toBe(10_000);
    }
  });

  test('direction and null characters are taken out, with a note', async () => {
    const [read] = await readDocuments(utf8('Bộ \u202eMẫu\u202c đã\0 báo cáo\u200f xong.\n'), 'x');
    const block = read?.document.blocks[0];
    expect(block?.kind === 'paragraph' && block.text.text).toBe('Bộ Mẫu đã báo cáo xong.');
    expect(read?.document.notes.map((note) => note.code)).toEqual(['control_characters']);
  });

  test('every file of an archive, the unreadable ones noted', async () => {
    const bytes = zip([
      { name: 'thư mục/', data: utf8('') },
      { name: 'thư mục/a.docx', data: await docxFile(BLOCKS) },
      { name: 'b.html', data: htmlFile(BLOCKS) },
      { name: 'c.bin', data: noise(2_000) },
      { name: '__MACOSX/._b', data: noise(200) },
    ]);
    const read = await readDocuments(bytes, 'gói.zip');
    expect(read.map(({ name, document }) => [name, document.format])).toEqual([
      ['gói.zip/thư mục/a.docx', 'docx'],
      ['gói.zip/b.html', 'html'],
    ]);
    const notes = read[0]?.document.notes ?? [];
    expect(notes.map((note) => note.code)).toEqual(['member_unreadable']);
    expect(notes[0]?.message).toContain('c.bin');
  });

  test('spans without measure', async () => {
    const html =
      '<table><tr><th>STT<th>Tên<th>Hạn<tr><td rowspan=999999999>1<td colspan=999999999>Việc mẫu<tr><td>Việc';
    const [read] = await readDocuments(utf8(html), 'x');
    const table = read?.document.blocks[0];
    expect(table?.kind === 'table' && table.header.length).toBe(3);
    expect(table?.kind === 'table' && table.rows.length).toBe(2);
  });
});

test('damaged files are read or refused, never anything else', async () => {
  const files = [await docxFile(BLOCKS), await pdfFile(BLOCKS), htmlFile(BLOCKS), textFile(BLOCKS)];
  const damage = noise(4_000);
  for (const file of files)
    for (let round = 0; round < 25; round++) {
      const bytes = Uint8Array.from(file);
      for (let at = 0; at < 12; at++) {
        const place =
          (damage[(round * 40 + at * 3) % 3_990] ?? 0) * 65_536 +
          (damage[(round * 40 + at * 3 + 1) % 3_990] ?? 0) * 256;
        bytes[(place + round * 31 + at) % bytes.length] = damage[(round * 40 + at * 3 + 2) % 3_990] ?? 0;
      }
      await refusal(bytes);
      await refusal(bytes.slice(0, Math.floor((bytes.length * (round + 1)) / 26)));
    }
});

test('the gate gives every file of an archive, and counts what it inflates', async () => {
  const bytes = zip([
    { name: 'a/b.txt', data: utf8('một') },
    { name: 'c.txt', data: utf8('hai') },
  ]);
  const budget = { left: 8 };
  const archive = await openArchive(bytes, {}, { left: 100 });
  expect([...archive.keys()]).toEqual(['a/b.txt', 'c.txt']);
  expect(new TextDecoder().decode(await archive.get('a/b.txt')?.read())).toBe('một');
  const tight = await openArchive(zip([{ name: 'a', data: utf8('1234567') }]), {}, budget);
  await tight.get('a')?.read();
  await expect(tight.get('a')?.read()).rejects.toThrow('more than is allowed');
});
