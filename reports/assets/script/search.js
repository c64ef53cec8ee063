// Search of the whole site: databases, agencies and pages by name. Rule: the index is asked for at the first use, as a
// script, so that it also comes from a folder; names from it go in as text.
import { plain, put, wordsOf } from './words.js';

const SHOWN = 12;

/** Adds the index as a script; without it (an old folder) nothing is found. */
function loadIndex(src, done) {
  if (window.CSDL_SEARCH !== undefined) return done();
  const script = document.createElement('script');
  script.src = src;
  script.onload = done;
  script.onerror = done;
  document.head.append(script);
}

/** How well an entry fits: 0 best; -1 not at all. Every word must be in its name or its other names. */
function rank(entry, request, words) {
  if (!words.every((word) => entry.all.includes(word))) return -1;
  if (entry.name.startsWith(request)) return 0;
  if (words.every((word) => entry.name.includes(` ${word}`) || entry.name.startsWith(word))) return 1;
  return words.every((word) => entry.name.includes(word)) ? 2 : 3;
}

function findIn(entries, text) {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  return entries
    .map((entry, index) => ({ entry, index, rank: rank(entry, words.join(' '), words) }))
    .filter((one) => one.rank >= 0)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map((one) => one.entry);
}

export function startSearch() {
  const form = document.querySelector('form.seek');
  if (form === null) return;
  const box = form.querySelector('input');
  const list = form.querySelector('ul');
  const output = form.querySelector('output');
  const src = new URL(form.dataset.index, document.baseURI);
  let entries = null;
  form.hidden = false;

  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    output.textContent = '';
  };
  const item = ({ text, href, note }) => {
    const link = document.createElement('a');
    link.href = new URL(`../${href}`, src).href;
    link.textContent = text;
    const small = document.createElement('small');
    small.textContent = note;
    link.append(' ', small);
    const line = document.createElement('li');
    line.append(link);
    return line;
  };
  const show = () => {
    if (entries === null) return;
    const found = findIn(entries, box.value);
    list.replaceChildren(...found.slice(0, SHOWN).map(item));
    list.hidden = found.length === 0;
    output.textContent =
      box.value.trim() === ''
        ? ''
        : put(found.length === 0 ? form.dataset.none : form.dataset.count, {
            n: Math.min(found.length, SHOWN),
            total: found.length,
          });
  };
  box.addEventListener('focus', () => {
    if (entries === null)
      loadIndex(src.href, () => {
        const { kinds, entries: rows } = window.CSDL_SEARCH ?? { kinds: [], entries: [] };
        entries = rows.map(([kind, text, href, more]) => ({
          text,
          href,
          note: kinds[kind],
          name: plain(text),
          all: plain(`${text} ${kinds[kind]} ${more}`),
        }));
        show();
      });
  });
  box.addEventListener('input', show);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    list.querySelector('a')?.click();
  });
  form.addEventListener('focusout', ({ relatedTarget }) => {
    if (!form.contains(relatedTarget)) close();
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      close();
      box.focus();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const stops = [box, ...list.querySelectorAll('a')];
    stops[stops.indexOf(document.activeElement) + step]?.focus();
    event.preventDefault();
  });
}
