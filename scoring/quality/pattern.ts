/**
 * A pattern of a contract (ECMA-262, flag u), read into a tree of code point sets. What another engine could answer
 * otherwise is refused, never handed on: look-around, back references, modifiers. All that depends on an engine's own
 * tables (\d \w \s . \p{…}) becomes plain ranges here, so every engine sees the same set.
 */
import { complement, type Ranges, unicodeProperty, union } from './code-points.ts';

export type PatternNode =
  | { readonly is: 'set'; readonly ranges: Ranges }
  | { readonly is: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly is: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly is: 'repeat'; readonly item: PatternNode; readonly min: number; readonly max: number | null }
  | { readonly is: 'start' }
  | { readonly is: 'end' }
  | { readonly is: 'boundary'; readonly negated: boolean };

/** Why a pattern is not run. The words are fixed; the pattern itself stands in the contract. */
export class PatternRefused extends Error {
  readonly reason: string;
  readonly at: number;
  constructor(reason: string, at = 0) {
    super(`pattern refused: ${reason} (character ${at + 1})`);
    this.reason = reason;
    this.at = at;
  }
}

const DIGITS: Ranges = [[0x30, 0x39]];
const WORD: Ranges = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
/** White space and line ends of ECMA-262. */
export const WHITE_SPACE: Ranges = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const LINE_ENDS: Ranges = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
const CLASSES: Readonly<Record<string, Ranges>> = { d: DIGITS, w: WORD, s: WHITE_SPACE };
const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };
const PUNCTUATION = /^[!-/:-@[-`{-~]$/;

/** RE2 repeats at most 1000 times; beyond that, and beyond this many sets written out, a pattern is an attack. */
const MOST_REPEATS = 1000;
const MOST_SETS = 50_000;

/** @throws PatternRefused */
export function parsePattern(source: string): PatternNode {
  if (source.length > 10_000) throw new PatternRefused('too long');
  const parser = new Parser(source);
  const node = parser.choice(0);
  if (!parser.atEnd) throw new PatternRefused('unmatched )', parser.at);
  if (weight(node) > MOST_SETS) throw new PatternRefused('its repeats multiply to too much');
  return node;
}

class Parser {
  readonly #text: string[];
  readonly #names = new Set<string>();
  at = 0;

  constructor(source: string) {
    this.#text = Array.from(source);
  }

  get atEnd(): boolean {
    return this.at >= this.#text.length;
  }

  #peek(ahead = 0): string {
    return this.#text[this.at + ahead] ?? '';
  }

  #refuse(reason: string): never {
    throw new PatternRefused(reason, this.at);
  }

  #take(text: string): boolean {
    if (!Array.from(text).every((c, i) => this.#peek(i) === c)) return false;
    this.at += Array.from(text).length;
    return true;
  }

  choice(depth: number): PatternNode {
    if (depth > 100) this.#refuse('nested too deep');
    const options = [this.#sequence(depth)];
    while (this.#take('|')) options.push(this.#sequence(depth));
    return options.length === 1 && options[0] !== undefined ? options[0] : { is: 'choice', options };
  }

  #sequence(depth: number): PatternNode {
    const items: PatternNode[] = [];
    while (!this.atEnd && this.#peek() !== '|' && this.#peek() !== ')') items.push(this.#quantified(depth));
    return items.length === 1 && items[0] !== undefined ? items[0] : { is: 'sequence', items };
  }

  #quantified(depth: number): PatternNode {
    const item = this.#atom(depth);
    const bounds = this.#quantifier();
    if (bounds === undefined) return item;
    if (item.is === 'start' || item.is === 'end' || item.is === 'boundary') this.#refuse('nothing to repeat');
    // Lazy or greedy is the same to the question whether it matches.
    this.#take('?');
    if (this.#quantifier() !== undefined) this.#refuse('nothing to repeat');
    return { is: 'repeat', item, ...bounds };
  }

  #quantifier(): { min: number; max: number | null } | undefined {
    if (this.#take('*')) return { min: 0, max: null };
    if (this.#take('+')) return { min: 1, max: null };
    if (this.#take('?')) return { min: 0, max: 1 };
    if (this.#peek() !== '{') return undefined;
    const found = /^\{(\d{1,9})(,(\d{0,9}))?\}/.exec(this.#text.slice(this.at, this.at + 24).join(''));
    if (found === null) this.#refuse('an open { that is no quantifier');
    this.at += found[0].length;
    const min = Number(found[1]);
    const max = found[2] === undefined ? min : found[3] === '' ? null : Number(found[3]);
    if (max !== null && max < min) this.#refuse('numbers out of order in { }');
    if (min > MOST_REPEATS || (max ?? 0) > MOST_REPEATS) this.#refuse(`more than ${MOST_REPEATS} repeats`);
    return { min, max };
  }

  #atom(depth: number): PatternNode {
    const c = this.#peek();
    if (c === '(') return this.#group(depth);
    if (c === '[') return { is: 'set', ranges: this.#bracket() };
    if (c === '\\') return this.#escaped();
    if (c === '*' || c === '+' || c === '?' || c === '{') this.#refuse('nothing to repeat');
    if (c === ']' || c === '}') this.#refuse(`a lone ${c}`);
    this.at++;
    if (c === '^') return { is: 'start' };
    if (c === '$') return { is: 'end' };
    if (c === '.') return { is: 'set', ranges: complement(LINE_ENDS) };
    return { is: 'set', ranges: single(codeOf(c, this)) };
  }

  #group(depth: number): PatternNode {
    this.at++;
    if (this.#take('?')) {
      if (this.#peek() === '=' || this.#peek() === '!') this.#refuse('look-ahead');
      if (this.#peek() === '<' && (this.#peek(1) === '=' || this.#peek(1) === '!')) this.#refuse('look-behind');
      if (this.#take('<')) {
        this.#nameOfGroup();
      } else if (!this.#take(':')) this.#refuse('a modifier');
    }
    const inside = this.choice(depth + 1);
    if (!this.#take(')')) this.#refuse('an open (');
    return inside;
  }

  /** A name says nothing to a match, so it is only held to its rules; the same one twice not every engine takes. */
  #nameOfGroup(): void {
    const from = this.at;
    while (/^[\p{ID_Continue}$]$/u.test(this.#peek())) this.at++;
    const name = this.#text.slice(from, this.at).join('');
    if (!/^[\p{ID_Start}$_]/u.test(name) || !this.#take('>')) this.#refuse('a bad name of a group');
    if (this.#names.has(name)) this.#refuse('two groups of one name');
    this.#names.add(name);
  }

  #escaped(): PatternNode {
    const next = this.#peek(1);
    if (next === 'b' || next === 'B') {
      this.at += 2;
      return { is: 'boundary', negated: next === 'B' };
    }
    if (/^[1-9]$/.test(next) || next === 'k') this.#refuse('a back reference');
    return { is: 'set', ranges: this.#escapedSet() };
  }

  /** After a backslash, in or out of brackets: what it stands for. */
  #escapedSet(): Ranges {
    this.at++;
    const c = this.#peek();
    const named = CLASSES[c.toLowerCase()];
    if (named !== undefined) {
      this.at++;
      return c === c.toLowerCase() ? named : complement(named);
    }
    if (c === 'p' || c === 'P') return this.#property();
    return single(this.#escapedCode());
  }

  #property(): Ranges {
    const negated = this.#peek() === 'P';
    const found = /^[pP]\{([A-Za-z0-9_]+(=[A-Za-z0-9_]+)?)\}/.exec(this.#text.slice(this.at, this.at + 80).join(''));
    const ranges = found?.[1] === undefined ? undefined : unicodeProperty(found[1]);
    if (found === null || ranges === undefined) this.#refuse('an unknown Unicode property');
    this.at += found[0].length;
    return negated ? complement(ranges) : ranges;
  }

  #escapedCode(): number {
    const c = this.#peek();
    const rest = this.#text.slice(this.at, this.at + 12).join('');
    const control = CONTROLS[c];
    if (control !== undefined) return this.#step(1, control);
    if (c === '0' && !/^[0-9]$/.test(this.#peek(1))) return this.#step(1, 0);
    const letter = /^c([A-Za-z])/.exec(rest)?.[1];
    if (letter !== undefined) return this.#step(2, letter.charCodeAt(0) % 32);
    const short = /^x([0-9A-Fa-f]{2})/.exec(rest)?.[1];
    if (short !== undefined) return this.#step(3, Number.parseInt(short, 16));
    const pair = /^u([dD][89abAB][0-9A-Fa-f]{2})\\u([dD][c-fC-F][0-9A-Fa-f]{2})/.exec(rest);
    if (pair?.[1] !== undefined && pair[2] !== undefined)
      return this.#step(
        11,
        0x10000 + ((Number.parseInt(pair[1], 16) - 0xd800) << 10) + Number.parseInt(pair[2], 16) - 0xdc00,
      );
    const four = /^u([0-9A-Fa-f]{4})/.exec(rest)?.[1];
    if (four !== undefined) return this.#step(5, Number.parseInt(four, 16));
    const braces = /^u\{([0-9A-Fa-f]{1,6})\}/.exec(rest);
    if (braces?.[1] !== undefined) return this.#step(braces[0].length, Number.parseInt(braces[1], 16));
    if (PUNCTUATION.test(c)) return this.#step(1, c.charCodeAt(0));
    this.#refuse('an unknown escape');
  }

  #step(characters: number, code: number): number {
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) this.#refuse('a code that is no character');
    this.at += characters;
    return code;
  }

  #bracket(): Ranges {
    this.at++;
    const negated = this.#take('^');
    let ranges: Ranges = [];
    while (!this.#take(']')) {
      const from = this.#member();
      if (this.#peek() === '-' && this.#peek(1) !== ']') {
        this.at++;
        const to = this.#member();
        const [low, high] = [onlyOne(from), onlyOne(to)];
        if (low === undefined || high === undefined) this.#refuse('a range between sets');
        if (high < low) this.#refuse('a range out of order');
        ranges = union(ranges, [[low, high]]);
      } else ranges = union(ranges, from);
    }
    if (negated) ranges = complement(ranges);
    if (ranges.length === 0) this.#refuse('a set with nothing in it');
    return ranges;
  }

  #member(): Ranges {
    if (this.atEnd) this.#refuse('an open [');
    if (this.#peek() === '\\') {
      if (this.#peek(1) === 'b') {
        this.at += 2;
        return single(8);
      }
      return this.#escapedSet();
    }
    const c = this.#peek();
    this.at++;
    return single(codeOf(c, this));
  }
}

const single = (code: number): Ranges => [[code, code]];

function codeOf(character: string, parser: Parser): number {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xd800 && code <= 0xdfff) throw new PatternRefused('half a surrogate pair', parser.at);
  return code;
}

function onlyOne(ranges: Ranges): number | undefined {
  const [range] = ranges;
  return ranges.length === 1 && range !== undefined && range[0] === range[1] ? range[0] : undefined;
}

/** How many ranges it has with its repeats written out. */
function weight(node: PatternNode): number {
  switch (node.is) {
    case 'set':
      return node.ranges.length;
    case 'sequence':
      return node.items.reduce((sum, item) => sum + weight(item), 1);
    case 'choice':
      return node.options.reduce((sum, item) => sum + weight(item), 1);
    case 'repeat':
      return weight(node.item) * Math.max(1, node.max ?? node.min + 1);
    default:
      return 1;
  }
}
