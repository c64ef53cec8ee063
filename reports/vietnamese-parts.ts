/**
 * Marks what is Vietnamese on a page of another language (`lang="vi"`), so that it is read aloud, hyphenated and compared as
 * Vietnamese. Rule: found by its letters in the finished page, so that no template has to know which of its texts are data.
 */

const VIETNAMESE = /[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]/i;
/** Numbers of documents (278/2025/NĐ-CP) have such letters in every language. */
const NUMBERS = /\S*\d\S*/g;
/** English words that are no Vietnamese syllables: a text with one of them is a sentence around Vietnamese names. */
const ENGLISH =
  /\b(?:and|by|[Dd]atabases?|days?|for|from|line|of|overdue|promised|reports?|row|since|stated?s?|the|until|with|January|February|March|April|May|June|July|August|September|October|November|December)\b/;
const ENGLISH_WORDS = new RegExp(`(${ENGLISH.source})`);
/** Elements that hold text alone. */
const TEXT_ONLY = new Set(['title', 'option', 'text', 'tspan', 'textarea']);

/** @param html a page whose texts and attributes are escaped, as templates leave them */
export function markVietnamese(html: string): string {
  return html.replace(
    /<([a-z][a-z0-9]*)([^<>]*)>([^<>]*)(?=<(\/?)([a-z0-9]*))|(<\/[^<>]*>)([^<>]*)/gi,
    (whole, name: string | undefined, rest: string, text: string, slash, next, closing: string, after: string) => {
      if (name === undefined) return isVietnamese(after) ? closing + markedText(after) : whole;
      if (!isVietnamese(text)) return whole;
      const isAlone = slash === '/' && next === name;
      if (isAlone && !ENGLISH.test(text)) return /\slang=/.test(rest) ? whole : `<${name}${rest} lang="vi">${text}`;
      return TEXT_ONLY.has(name.toLowerCase()) ? whole : `<${name}${rest}>${markedText(text)}`;
    },
  );
}

function isVietnamese(text: string): boolean {
  return VIETNAMESE.test(text.replace(NUMBERS, ''));
}

function markedText(text: string): string {
  return ENGLISH.test(text) ? text.split(ENGLISH_WORDS).map(markedNames).join('') : around(text);
}

/** Of a part of an English sentence, what stands between its first and its last Vietnamese word. */
function markedNames(text: string): string {
  // Words stand at even places, what separates them between.
  const words = text.split(/(\s+)/);
  const first = words.findIndex(isVietnamese);
  if (first === -1) return text;
  const last = words.length - 1 - [...words].reverse().findIndex(isVietnamese);
  // With the abbreviation that a name begins with (a syllable without marks may follow it), and a number or day at the end.
  const begin = [first - 2, first - 4].find((at) => words[at]?.endsWith('CSDL') === true) ?? first;
  const end = /\p{L}$/u.test(words[last] ?? '') && /^\d/.test(words[last + 2] ?? '') ? last + 2 : last;
  const name = around(words.slice(begin, end + 1).join(''));
  return words.slice(0, begin).join('') + name + words.slice(end + 1).join('');
}

function around(text: string): string {
  const [, before = '', inner = '', behind = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  return `${before}<span lang="vi">${inner}</span>${behind}`;
}
