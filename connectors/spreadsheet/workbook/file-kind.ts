/** What a file said to be a workbook really is, seen from its bytes; everything but a zip is refused by name. */
import { NO_PASSWORD, spreadsheetFault } from './fault.ts';

const SAVE_AS = 'open it in Excel and save it as "Excel Workbook (.xlsx)"';
/** How far the directory of a compound file is looked for. */
const SEARCHED = 20_000_000;

/** @throws Fault `spreadsheet/<why>` for what is no .xlsx */
export function checkFileKind(bytes: Uint8Array): void {
  if (bytes.length === 0) throw spreadsheetFault('empty', 'the file is empty', 'save the workbook and send it again');
  const start = Buffer.from(bytes.subarray(0, 2_048)).toString('latin1');
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return;
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) throw compoundFile(bytes);
  if (start.startsWith('%PDF-')) throw spreadsheetFault('not-a-workbook', 'the file is a PDF', SAVE_AS);
  // Records of workbooks of before 1997, without a container.
  if (start.charCodeAt(0) === 9 && [0, 2, 4, 8].includes(start.charCodeAt(1)))
    throw spreadsheetFault('legacy-xls', 'the file is in an Excel format of before 1997', SAVE_AS);
  const text = (start.startsWith('\xff\xfe') ? Buffer.from(bytes.subarray(0, 2_048)).toString('utf16le') : start)
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff|\ufeff)/, '')
    .replaceAll('\0', '')
    .trimStart();
  if (/^<\?xml[^>]*>\s*<\?mso-application|urn:schemas-microsoft-com:office:spreadsheet/i.test(text))
    throw spreadsheetFault('not-a-workbook', 'the file is an Excel 2003 XML file', SAVE_AS);
  if (/^<(?:!doctype\s+html|html|table|meta|head|body)[\s>]/i.test(text))
    throw spreadsheetFault('not-a-workbook', 'the file is a web page with the name of a workbook', SAVE_AS);
  if (/^[^\n\r]{0,1500}[,;\t][^\n\r]*/.test(text) && isText(text))
    throw spreadsheetFault('csv', 'the file is text (CSV) with the name of a workbook', SAVE_AS);
  throw spreadsheetFault('not-a-workbook', 'the file is no Excel workbook', SAVE_AS);
}

/** No control character but those of lines; bytes above 127 may be letters. */
function isText(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) return false;
  }
  return true;
}

/** The old container: a workbook of before 2007, or a new one under a password. */
function compoundFile(bytes: Uint8Array): Error {
  const searched = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SEARCHED));
  if (searched.includes(Buffer.from('EncryptedPackage', 'utf16le')))
    return spreadsheetFault('encrypted', 'the workbook is protected with a password', NO_PASSWORD);
  return spreadsheetFault(
    'legacy-xls',
    'the file is in the Excel format of before 2007 (.xls), whatever its name says',
    SAVE_AS,
  );
}

/** Paths of the archive that tell what it is, before anything of it is inflated. */
export function checkParts(names: Iterable<string>): void {
  const all = new Set([...names].map((name) => name.toLowerCase()));
  const has = (pattern: RegExp): boolean => [...all].some((name) => pattern.test(name));
  if (has(/(?:^|\/)vbaproject\.bin$|^xl\/(?:macrosheets|dialogsheets)\//))
    throw spreadsheetFault(
      'macro',
      'the workbook holds macros',
      'save it as "Excel Workbook (.xlsx)", which leaves the macros out; do not enable them',
    );
  if (all.has('content.xml') && all.has('mimetype'))
    throw spreadsheetFault('ods', 'the file is an OpenDocument file (.ods)', SAVE_AS);
  if (all.has('xl/workbook.bin')) throw spreadsheetFault('xlsb', 'the file is a binary workbook (.xlsb)', SAVE_AS);
  if (has(/^(?:word|ppt)\//) && !has(/^xl\//))
    throw spreadsheetFault('not-a-workbook', 'the file is a Word or PowerPoint file', SAVE_AS);
  if (!all.has('[content_types].xml') && !has(/^xl\//))
    throw spreadsheetFault('not-a-workbook', 'the file is a zip archive, not a workbook', 'send the workbook unpacked');
}
