import { describe, expect, test } from 'vitest';
import { Fault } from '../../../config/fault.ts';
import { fromLegacy } from '../../../connectors/document/formats/legacy-vietnamese.ts';
import { readDocuments } from '../../../connectors/document/formats/read-document.ts';

const TEXT = [
  'Bộ Mẫu đã hoàn thành xây dựng phần mềm và kết nối thử nghiệm với hệ thống chung.',
  'Tỉnh Ví Dụ chưa đồng bộ dữ liệu; đề nghị đơn vị quản lý trả lời trước ngày 31/12/2030.',
  'Đơn vị được giao tiếp tục rà soát, cập nhật, làm sạch những bản ghi còn thiếu.',
];

/** The text in an encoding, by turning its table round. */
function encode(text: string, encoding: 'tcvn3' | 'vni'): Uint8Array {
  const table = new Map<string, string>();
  const codes = Array.from({ length: 0x5e }, (_, at) => String.fromCharCode(0xa1 + at));
  for (const code of codes) table.set(fromLegacy(code, encoding), code);
  if (encoding === 'vni')
    for (const letter of 'aeiouyAEIOUY\u00f4\u00f6\u00d4\u00d6')
      for (const code of codes) {
        const made = fromLegacy(letter + code, encoding);
        if (made.length === 1 && /[A-Z\u00d4\u00d6]/.test(letter) === /[\u00c0-\u00dc]/.test(code))
          table.set(made, letter + code);
      }
  const small = (letter: string): string | undefined => table.get(letter.toLowerCase());
  const out = text.split('').map((letter) => table.get(letter) ?? small(letter) ?? letter);
  return Buffer.from(out.join(''), 'latin1');
}

async function read(bytes: Uint8Array): Promise<{ text: string; notes: string[] }> {
  const [first] = await readDocuments(bytes, 'x.txt');
  const blocks = first?.document.blocks ?? [];
  return {
    text: blocks.map((block) => (block.kind === 'paragraph' ? block.text.text : 'table')).join('\n'),
    notes: first?.document.notes.map((note) => note.code) ?? [],
  };
}

const whole = TEXT.join('\n');

describe('text in', () => {
  const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();
  const little = Buffer.from(whole, 'utf16le');
  test.each([
    ['UTF-8', Buffer.from(whole), []],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${whole}`), []],
    ['UTF-16 LE with a mark', Buffer.from(`\ufeff${whole}`, 'utf16le'), []],
    ['UTF-16 BE with a mark', swapped(Buffer.from(`\ufeff${whole}`, 'utf16le')), []],
    ['UTF-16 LE', little, []],
    ['UTF-16 BE', swapped(little), []],
    ['UTF-8, letters and marks apart', Buffer.from(whole.normalize('NFD')), ['nfd']],
    ['TCVN3', encode(whole, 'tcvn3'), ['legacy_encoding']],
    ['VNI', encode(whole, 'vni'), ['legacy_encoding']],
    [
      'TCVN3 taken for Latin-1 on the way',
      Buffer.from(Buffer.from(encode(whole, 'tcvn3')).toString('latin1')),
      ['legacy_encoding'],
    ],
    [
      'VNI taken for Latin-1 on the way',
      Buffer.from(Buffer.from(encode(whole, 'vni')).toString('latin1')),
      ['legacy_encoding'],
    ],
  ] as [string, Uint8Array, string[]][])('%s', async (_, bytes, notes) => {
    expect(await read(bytes)).toEqual({ text: whole, notes });
  });

  test('windows-1258', async () => {
    // Letters of the code page, marks of the tone after them.
    const codes: Record<string, number> = {
      '\u0300': 0xcc,
      '\u0309': 0xd2,
      '\u0303': 0xde,
      '\u0301': 0xec,
      '\u0323': 0xf2,
      ă: 0xe3,
      â: 0xe2,
      ê: 0xea,
      ô: 0xf4,
      ơ: 0xf5,
      ư: 0xfd,
      đ: 0xf0,
      Đ: 0xd0,
    };
    const apart = whole.normalize('NFD').replace(/[aeo]\u0323?\u0302|[aA]\u0306|[ou]\u031b/g, (two) => {
      const dot = two.includes('\u0323') ? '\u0323' : '';
      return two.replace('\u0323', '').normalize('NFC') + dot;
    });
    const bytes = Buffer.from(apart.split('').map((unit) => codes[unit] ?? unit.charCodeAt(0)));
    expect(await read(bytes)).toEqual({ text: whole, notes: ['legacy_encoding'] });
  });

  test.each([
    [
      'French in Latin-1',
      Buffer.from('Les données ont été intégrées à la fenêtre où être prêt, déjà reçu, forêt.', 'latin1'),
    ],
    ['a few letters of TCVN3', Buffer.from([0x42, 0xe9, 0x20, 0x4d, 0xc9, 0x75])],
    [
      'Russian in windows-1251',
      Buffer.from('cff0e8e2e5f220ece8f020e4e0ededfbe520f1e8f1f2e5ece020eff0eee5eaf220f0e5f8e5ede8e5', 'hex'),
    ],
  ])('%s is refused', async (_, bytes) => {
    const error = await read(bytes).catch((e: unknown) => e);
    expect(error instanceof Fault && error.code).toBe('document/legacy-encoding-unknown');
  });

  test('Unicode with a few foreign words stays as it is', async () => {
    const text = `${whole} Café, Zürich, São Paulo.`;
    expect((await read(Buffer.from(text))).text).toBe(text);
  });
});
