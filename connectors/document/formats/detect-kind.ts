/** What kind of file bytes are, seen from the bytes. */
import { documentFault } from './limits.ts';

export type Kind = 'zip' | 'pdf' | 'html' | 'text';

const SAVE_AS = 'save it as .docx, .pdf, .html or text';

/** Beginnings of files that are something else, with what to call them. */
const OTHER: readonly (readonly [string, string])[] = [
  ['{\\rtf', 'an RTF document'],
  ['Rar!', 'a RAR archive'],
  ['7z\xbc\xaf', 'a 7-Zip archive'],
  ['\x1f\x8b', 'a gzip file'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['GIF8', 'a picture'],
  ['II*\0', 'a picture'],
  ['MM\0*', 'a picture'],
];

/** What a file is, from its first bytes. Throws for what is no document, or one that is not read here. */
export function detectKind(bytes: Uint8Array): Kind {
  if (bytes.length === 0) throw documentFault('empty', 'the file is empty', 'send the file again');
  const start = latin(bytes, 0, 1_024);
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return 'zip';
  if (start.includes('%PDF-')) return 'pdf';
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) throw oldOffice(bytes);
  for (const [magic, name] of OTHER)
    if (start.startsWith(magic)) throw documentFault('unsupported', `the file is ${name}, not a document`, SAVE_AS);
  return looksLikeHtml(latin(bytes, 0, 8_192).replace(/\0/g, '')) ? 'html' : 'text';
}

function looksLikeHtml(start: string): boolean {
  const text = start.replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '').trimStart();
  if (!text.startsWith('<')) return false;
  if (/<(?:!doctype\s+html|html|head|body)[\s>]/i.test(text)) return true;
  if (text.startsWith('<?xml'))
    throw documentFault('unsupported', 'the file is XML of a kind that is not read here', SAVE_AS);
  return /^(?:<!--[^<>]{0,2000}-->\s*)?<(?:table|div|p|h[1-6]|ul|ol|article|section|main|meta|style|span|center)[\s>]/i.test(
    text,
  );
}

function oldOffice(bytes: Uint8Array): Error {
  const names = Buffer.from('EncryptedPackage', 'utf16le');
  if (Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4_000_000)).includes(names))
    return documentFault('encrypted', 'the document is protected with a password', 'save it without a password');
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4_000_000));
  if (['Workbook', 'Book'].some((name) => start.includes(Buffer.from(`${name}\0`, 'utf16le'))))
    return documentFault(
      'legacy-xls',
      'the file is in the Excel format of before 2007',
      'open it in Excel and save it as .xlsx',
    );
  return documentFault(
    'legacy-doc',
    'the file is in the Word format of before 2007',
    'open it in Word and save it as .docx',
  );
}

function latin(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, to)).toString('latin1');
}
