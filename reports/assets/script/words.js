// Words as people type them: without marks, in Vietnamese order, as part of an address, and as the page writes them. Rule: pure.

/** The page's own words are English (names stay Vietnamese): numbers and days are written the English way. */
export const isEnglish = globalThis.document?.documentElement.lang === 'en';

/** The number a cell shows, in the way its page writes numbers. */
export const shownNumber = (text) =>
  Number(isEnglish ? text.replaceAll(',', '') : text.replaceAll('.', '').replace(',', '.'));

/** Vietnamese order; numbers inside a text by their size. */
export const viOrder = new Intl.Collator('vi', { numeric: true, sensitivity: 'base' });

/** Lower case without diacritics, so that "dat dai" finds "Đất đai". */
export const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase();

/** The words of a request, each to be found by itself. */
export const wordsOf = (text) => plain(text).split(/\s+/).filter(Boolean);

/** A name as a part of an address: "Bộ Y tế" → "bo-y-te". */
export const slug = (text) =>
  plain(text)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

/** A label with its {places} filled in. */
export const put = (text, values) =>
  (text ?? '').replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
