/**
 * Bytes of a text to its characters. What is not Unicode is taken only when it is clearly Vietnamese in one of the old
 * encodings: a text read in the wrong one looks plausible to a program and gives wrong facts.
 */
import type { Note } from '../layouts/line.ts';
import { fromLegacy, type LegacyEncoding } from './legacy-vietnamese.ts';
import { documentFault } from './limits.ts';

export interface DecodedText {
  text: string;
  notes: Note[];
}

/** Share of well-formed syllables from which a reading is taken for Vietnamese, and how far behind the next must be. */
const SURE = 0.9;
const MARGIN = 0.15;
/** Below this many different words with marks there is nothing to go by. */
const FEWEST = 6;
/** Characters looked at; enough for the statistics of any text. */
const SAMPLE = 400_000;

/** Text of a file without markup knowledge. Throws `document/binary` and `document/legacy-encoding-unknown`. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const wide = utf16(bytes);
  if (wide !== null) return fromUnicode(decode(wide, bytes) ?? refuse());
  if (looksBinary(bytes)) throw binary();
  const utf8 = decode('utf-8', bytes);
  if (utf8 !== null) return fromUnicode(utf8);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const latin = buffer.toString('latin1');
  const ansi = (text: string): string => decode('windows-1258', Buffer.from(text, 'latin1')) ?? '';
  const found = best(latin, { tcvn3: tcvn3Of, vni: vniOf, 'windows-1258': ansi });
  if (found === null || found === 'unicode') return refuse();
  const text = found === 'windows-1258' ? ansi(latin) : fromLegacy(latin, found);
  return { text: text.normalize('NFC'), notes: [legacyNote(found)] };
}

/** Characters that are already Unicode: composed, and out of an old font if they were typed with one. */
export function fromUnicode(text: string): DecodedText {
  const notes: Note[] = [];
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let out = start === 0 ? text : text.slice(1);
  const legacy = legacyOf(out);
  if (legacy !== null) {
    out = fromLegacy(out, legacy);
    notes.push(legacyNote(legacy));
  }
  if (/[a-z\u00e2\u00ea\u00f4\u0103\u01a1\u01b0][\u0300-\u0323]/i.test(out)) {
    out = out.normalize('NFC');
    notes.push({ code: 'nfd', message: 'letters and their marks were separate characters and have been put together' });
  }
  if (/[^\P{Cc}\n\r\t\f]|[\u202a-\u202e\u2066-\u2069]/u.test(out))
    notes.push({ code: 'control_characters', message: 'control or direction characters were taken out of the text' });
  return { text: out, notes };
}

/** The old font a Unicode text was typed with, when it clearly was. */
export function legacyOf(text: string): LegacyEncoding | null {
  if (!/[\u00a1-\u00fe]/.test(text)) return null;
  const found = best(text, { tcvn3: tcvn3Of, vni: vniOf });
  return found === 'tcvn3' || found === 'vni' ? found : null;
}

function tcvn3Of(text: string): string {
  return fromLegacy(text, 'tcvn3');
}

function vniOf(text: string): string {
  return fromLegacy(text, 'vni');
}

function best<E extends string>(text: string, readings: Record<E, (text: string) => string>): E | 'unicode' | null {
  const words = markedWords(text);
  if (words.length < FEWEST) return null;
  const scores: [E | 'unicode', number][] = [['unicode', share(words)]];
  for (const encoding of Object.keys(readings) as E[])
    scores.push([encoding, share(words.map((word) => readings[encoding](word).normalize('NFC')))]);
  scores.sort((a, b) => b[1] - a[1]);
  const [first, second] = scores;
  if (first === undefined || second === undefined) return null;
  return first[1] >= SURE && first[1] - second[1] >= MARGIN ? first[0] : null;
}

/** Different words with a character outside ASCII, of a sample of the text. */
function markedWords(text: string): string[] {
  const words = new Set<string>();
  for (const [word] of text.slice(0, SAMPLE).matchAll(/[A-Za-z\u0080-\uffff]{1,12}/g)) {
    if (/[\u0080-\uffff]/.test(word)) words.add(word);
    if (words.size >= 2_000) break;
  }
  return [...words];
}

const SYLLABLE =
  /^(?:ngh|ng|nh|th|tr|ph|kh|gh|gi|ch|qu|[bcdghklmnprstvxq])?(?:uye|uya|uyu|ieu|yeu|uoi|uou|oai|oay|oeo|uay|uao|[aeiouy]{1,2})(?:ch|ng|nh|[cmnpt])?$/;

/** The share of the words that are a Vietnamese syllable with its marks. */
function share(words: readonly string[]): number {
  const good = words.filter((word) => {
    const spread = word
      .normalize('NFD')
      .replace(/^\u0111/, 'd')
      .replace(/^\u0110/, 'D');
    const tones = spread.match(/[\u0300\u0301\u0303\u0309\u0323]/g)?.length ?? 0;
    if (tones > 1) return false;
    const letters = spread.replace(/[\u0300-\u0323]/g, '');
    return /^(?:[A-Z]?[a-z]*|[A-Z]+)$/.test(letters) && SYLLABLE.test(letters.toLowerCase());
  });
  return words.length === 0 ? 0 : good.length / words.length;
}

function utf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  // Without a mark: ASCII characters (spaces, digits, line ends) have their zero always on the same side.
  const sample = bytes.subarray(0, 4_000);
  const zeros = [0, 0];
  for (let at = 0; at < sample.length; at++) if (sample[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const many = sample.length * 0.2;
  if (odd > many && even < odd / 20) return 'utf-16le';
  if (even > many && odd < even / 20) return 'utf-16be';
  return null;
}

function looksBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 100_000);
  let control = 0;
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127) control++;
  return control > Math.max(8, sample.length * 0.01);
}

function decode(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function legacyNote(encoding: string): Note {
  return { code: 'legacy_encoding', message: `the text was in the ${encoding} encoding and has been converted` };
}

function binary(): Error {
  return documentFault('binary', 'the file is not a document', 'send the document as .docx, .pdf, .html or text');
}

function refuse(): never {
  throw documentFault(
    'legacy-encoding-unknown',
    'the text is not Unicode and its encoding is not certain',
    'open it where it was written and save it as UTF-8 or .docx',
  );
}
