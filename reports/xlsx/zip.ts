/** Packs the parts of a workbook. Rule: the same parts give the same bytes (the time in the archive is fixed). */
import { crc32, deflateRawSync } from 'node:zlib';

/** 1 January 1980, the first day a zip archive knows. */
const DAY = 0x21;

/** @returns the bytes of a zip archive with the parts in the order given */
export function zip(parts: ReadonlyMap<string, string | Uint8Array>): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of parts) {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const path = Buffer.from(name, 'utf8');
    const entry = Buffer.alloc(26);
    entry.writeUInt16LE(20, 0);
    // Bit 11: the name is UTF-8.
    entry.writeUInt16LE(0x0800, 2);
    entry.writeUInt16LE(8, 4);
    entry.writeUInt16LE(0, 6);
    entry.writeUInt16LE(DAY, 8);
    entry.writeUInt32LE(crc32(bytes), 10);
    entry.writeUInt32LE(packed.length, 14);
    entry.writeUInt32LE(bytes.length, 18);
    entry.writeUInt16LE(path.length, 22);
    entry.writeUInt16LE(0, 24);
    files.push(Buffer.from('PK\x03\x04', 'latin1'), entry, path, packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), entry, tail, path);
    offset += 4 + entry.length + path.length + packed.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(parts.size, 8);
  end.writeUInt16LE(parts.size, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}
