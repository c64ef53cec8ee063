/**
 * XML as it streams by: elements, attributes, text. Small and strict on purpose: what workbooks never have (a document
 * type, entities of its own, tags that do not pair, endless tags, deep nesting) ends the reading, and no character is
 * looked at twice.
 */

export interface XmlHandler {
  /** `name` without its prefix; attributes with theirs. */
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Why the text is no XML that is read; worded by the caller. */
export class XmlProblem extends Error {}

/** Elements in elements; the formats of a workbook need about a dozen. */
const DEEPEST = 100;
/** Attributes of one element. */
const MOST_ATTRIBUTES = 200;
/** Characters of one tag, comment or instruction. */
const LONGEST_TAG = 64_000;

const OPEN = /<([^\s/>"'=<]+)((?:\s+[^\s=>"'/<]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const CLOSE = /<\/([^\s>"'=<]+)\s*>/y;
const ATTRIBUTE = /\s+([^\s=>"'/<]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const NONE: Readonly<Record<string, string>> = {};

export class XmlScanner {
  readonly #handler: XmlHandler;
  readonly #open: string[] = [];
  #rest = '';
  #roots = 0;
  #begun = false;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  /** @throws XmlProblem */
  write(piece: string): void {
    const text = this.#begun ? this.#rest + piece : (this.#rest + piece).replace(/^\ufeff/, '');
    this.#begun ||= text !== '';
    let at = 0;
    while (at < text.length) {
      const next = text.charCodeAt(at) === 60 ? this.#markup(text, at) : this.#text(text, at);
      if (next < 0) break;
      at = next;
    }
    this.#rest = text.slice(at);
    if (this.#rest.length > LONGEST_TAG) throw new XmlProblem('has an endless or a broken tag');
  }

  /** @throws XmlProblem where elements are still open or none ever was */
  end(): void {
    if (this.#rest !== '' || this.#open.length > 0 || this.#roots === 0) throw new XmlProblem('ends in the middle');
  }

  /** Text up to the next tag. An entity cut by the end of the piece waits for the next one; -1: nothing to give yet. */
  #text(text: string, at: number): number {
    const tag = text.indexOf('<', at);
    let end = tag < 0 ? text.length : tag;
    if (tag < 0) {
      const cut = text.lastIndexOf('&');
      if (cut >= at && !text.includes(';', cut) && end - cut < 12) end = cut;
      if (end === at) return -1;
    }
    if (this.#open.length === 0) {
      if (text.slice(at, end).trim() !== '') throw new XmlProblem('has text outside its root');
    } else this.#handler.text?.(decoded(text.slice(at, end)));
    return end;
  }

  /** What begins with `<`; -1 where its end has not come yet. */
  #markup(text: string, at: number): number {
    const second = text.charCodeAt(at + 1);
    if (second === 33) return this.#declaration(text, at);
    if (second === 63) return after(text, at + 2, '?>');
    if (second === 47) return this.#closing(text, at);
    OPEN.lastIndex = at;
    const found = OPEN.exec(text);
    if (found === null) return -1;
    const [whole, name = '', attributes = '', closed] = found;
    if (this.#open.length === 0 && ++this.#roots > 1) throw new XmlProblem('has more than one root');
    if (this.#open.length >= DEEPEST) throw new XmlProblem('is nested too deeply');
    const local = withoutPrefix(name);
    this.#handler.open(local, attributes === '' ? NONE : attributesOf(attributes));
    if (closed === '/') this.#handler.close?.(local);
    else this.#open.push(name);
    return at + whole.length;
  }

  #closing(text: string, at: number): number {
    CLOSE.lastIndex = at;
    const found = CLOSE.exec(text);
    if (found === null) return -1;
    const [whole, name = ''] = found;
    if (this.#open.pop() !== name) throw new XmlProblem('has tags that do not pair');
    this.#handler.close?.(withoutPrefix(name));
    return at + whole.length;
  }

  #declaration(text: string, at: number): number {
    if (text.startsWith('<!--', at)) return after(text, at + 4, '-->');
    if (text.startsWith('<![CDATA[', at)) {
      const end = after(text, at + 9, ']]>');
      if (end > 0) this.#handler.text?.(text.slice(at + 9, end - 3));
      return end;
    }
    // The beginning of a comment or of CDATA may be cut.
    if (text.length - at < 9 && ('<!--'.startsWith(text.slice(at)) || '<![CDATA['.startsWith(text.slice(at))))
      return -1;
    throw new XmlProblem('declares a document type or entities');
  }
}

function after(text: string, from: number, mark: string): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? -1 : found + mark.length;
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = Object.create(null);
  let count = 0;
  ATTRIBUTE.lastIndex = 0;
  for (let found = ATTRIBUTE.exec(text); found !== null; found = ATTRIBUTE.exec(text)) {
    const name = found[1] as string;
    if (++count > MOST_ATTRIBUTES) throw new XmlProblem('has an element with too many attributes');
    if (attributes[name] !== undefined) throw new XmlProblem('has an element with an attribute twice');
    attributes[name] = decoded(found[2] ?? found[3] ?? '');
  }
  return attributes;
}

function withoutPrefix(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five entities of XML and characters by number; any other is nobody's. */
function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&\s]{0,12});?/g, (whole, name: string) => {
    const named = NAMED[name];
    const code = /^#x[0-9a-f]{1,6}$/i.test(name)
      ? Number.parseInt(name.slice(2), 16)
      : /^#\d{1,7}$/.test(name)
        ? Number(name.slice(1))
        : Number.NaN;
    if (!whole.endsWith(';') || (named === undefined && !(code > 0 && code <= 0x10ffff)))
      throw new XmlProblem('has an entity that is not known');
    return named ?? String.fromCodePoint(code);
  });
}
