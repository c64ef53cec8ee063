// The part of the address behind "#": a place of the page, or what is chosen in it (`tu=dat+dai&sap-xep=…`), so that a
// link carries a selection. Rule: one owner; who changes a part leaves the others as they are.

const listeners = [];

const decoded = (text) => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

/** What the address says now: `place` is the name of a place where nothing is chosen. */
export function readAddress() {
  const raw = location.hash.slice(1);
  if (!raw.includes('=')) return { place: decoded(raw), chosen: new Map() };
  const parts = raw.split('&').map((part) => part.split('='));
  return { place: '', chosen: new Map(parts.map(([name, ...value]) => [decoded(name), decoded(value.join('='))])) };
}

/** Called now and whenever the address changes by a link, by hand or by "back". */
export function followAddress(listener) {
  listeners.push(listener);
  listener(readAddress());
}

/**
 * Writes choices into the address without moving the page; an empty value takes a choice out.
 * `inPlace` changes the newest entry of the history instead of adding one: for what changes at every key.
 */
export function writeAddress(values, inPlace) {
  const { chosen } = readAddress();
  for (const [name, value] of Object.entries(values)) {
    if (value === '') chosen.delete(name);
    else chosen.set(name, value);
  }
  const parts = [...chosen].map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%20', '+')}`);
  const next = `${location.pathname}${location.search}${parts.length === 0 ? '' : `#${parts.join('&')}`}`;
  if (next === `${location.pathname}${location.search}${location.hash}`) return;
  if (inPlace) history.replaceState(null, '', next);
  else history.pushState(null, '', next);
}

const tell = () => {
  for (const listener of listeners) listener(readAddress());
};

/** Takes every choice out, and says so to all who follow. */
export function clearAddress() {
  if (location.hash !== '') history.pushState(null, '', `${location.pathname}${location.search}`);
  tell();
}

/** Begins to listen; the last thing a page starts. */
export function startAddress() {
  window.addEventListener('hashchange', tell);
}
