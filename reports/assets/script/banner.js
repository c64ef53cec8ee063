// Whether tonight's publication was withheld, how old the newest one is, and where `csdl serve` has its console.
import { isEnglish, put } from './words.js';

/** A day of status.js as the page writes days. */
const dayText = (day) => {
  const [y, m, d] = String(day ?? '')
    .slice(0, 10)
    .split('-')
    .map(Number);
  if (!(y && m && d)) return '–';
  const inWords = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
  return isEnglish ? inWords.format(Date.UTC(y, m - 1, d)) : `${d}/${m}/${y}`;
};

function addBanner(text) {
  const box = document.getElementById('thong-bao');
  if (box === null || text === '') return;
  const line = document.createElement('p');
  line.className = 'banner';
  line.textContent = text;
  box.append(line);
}

/** Puts what status.js beside the site says above the page. */
export function startBanner() {
  const { stale, withheld, asOf, published } = document.body.dataset;
  const daysSince = (from) => Math.floor((Date.now() - Date.parse(from ?? '')) / 86400000);
  const status = window.CSDL_STATUS;
  if (status && status.published === false)
    addBanner(
      put(withheld, {
        date: dayText(status.as_of),
        reason: String(status.message ?? ''),
        last: dayText(status.last_published_as_of),
      }),
    );
  if (daysSince(published) > 2) addBanner(put(stale, { n: daysSince(asOf) }));
}

/** Adds the link to the console for SQL where the server says that it has one. */
export function startConsoleLink() {
  const served = window.CSDL_CONSOLE;
  const near = document.querySelector('script[src$="status.js"]');
  if (!served || near === null) return;
  for (const place of document.querySelectorAll('.utility, .foot-menu ul')) {
    const link = document.createElement('a');
    link.href = new URL(served.href, near.src).href;
    link.textContent = served.text;
    if (place.tagName === 'UL') place.appendChild(document.createElement('li')).append(link);
    else place.prepend(link);
  }
}
