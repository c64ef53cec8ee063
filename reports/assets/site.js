// Only adds to pages that are complete without it: banner, sorting, filters. Rule: text from outside goes in as text, never as markup.
(() => {
  const vi = new Intl.Collator('vi', { numeric: true, sensitivity: 'base' });

  // Whether tonight's publication was withheld, and how old the newest one is.
  const banner = (text) => {
    const box = document.getElementById('thong-bao');
    if (box === null || text === '') return;
    const line = document.createElement('p');
    line.className = 'banner';
    line.textContent = text;
    box.append(line);
  };
  const isEnglish = document.documentElement.lang === 'en';
  const inWords = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
  const dayText = (day) => {
    const [y, m, d] = String(day ?? '')
      .slice(0, 10)
      .split('-')
      .map(Number);
    if (!(y && m && d)) return '–';
    return isEnglish ? inWords.format(Date.UTC(y, m - 1, d)) : `${d}/${m}/${y}`;
  };
  const put = (text, values) =>
    text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
  const { stale, withheld, asOf, published } = document.body.dataset;
  const status = window.CSDL_STATUS;
  if (status && status.published === false) {
    banner(
      put(withheld ?? '', {
        date: dayText(status.as_of),
        reason: String(status.message ?? ''),
        last: dayText(status.last_published_as_of),
      }),
    );
  }
  // Where `csdl serve` answers, it says in status.js where the console for SQL is.
  const served = window.CSDL_CONSOLE;
  const near = document.querySelector('script[src$="status.js"]');
  if (served && near) {
    for (const place of document.querySelectorAll('.utility, .foot-menu ul')) {
      const link = document.createElement('a');
      link.href = new URL(served.href, near.src).href;
      link.textContent = served.text;
      if (place.tagName === 'UL') place.appendChild(document.createElement('li')).append(link);
      else place.prepend(link);
    }
  }
  const days = (from) => Math.floor((Date.now() - Date.parse(from ?? '')) / 86400000);
  if (days(published) > 2) banner(put(stale ?? '', { n: days(asOf) }));

  // Sorting: Vietnamese order for words, numbers by data-value; rows that are no database stay at the end.
  const key = (row, column, kind) => {
    const cell = row.cells[column];
    if (cell === undefined) return kind === 'n' ? -Infinity : '';
    const raw = cell.dataset.value ?? cell.textContent.trim();
    if (kind !== 'n') return raw;
    if (/^\d{4}-\d\d-\d\d/.test(raw)) return Number(raw.slice(0, 10).replaceAll('-', ''));
    const shown = isEnglish ? raw.replaceAll(',', '') : raw.replaceAll('.', '').replace(',', '.');
    const number = Number(cell.dataset.value !== undefined ? raw : shown);
    return raw === '' || Number.isNaN(number) ? -Infinity : number;
  };
  const isLast = (row) => row.classList.contains('row-umbrella');
  for (const table of document.querySelectorAll('table.sortable')) {
    const heads = [...table.tHead.rows[0].cells];
    for (const [column, head] of heads.entries()) {
      const kind = head.dataset.key;
      if (kind === undefined) continue;
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'sort';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const down =
          head.getAttribute('aria-sort') === 'ascending' ||
          (kind === 'n' && !head.hasAttribute('aria-sort') && column > 0);
        for (const other of heads) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const body = table.tBodies[0];
        const rows = [...body.rows].map((row, place) => ({ row, place, key: key(row, column, kind) }));
        const sign = down ? -1 : 1;
        rows.sort(
          (a, b) =>
            isLast(a.row) - isLast(b.row) ||
            sign * (kind === 'n' ? a.key - b.key || 0 : vi.compare(a.key, b.key)) ||
            a.place - b.place,
        );
        body.append(...rows.map((one) => one.row));
      });
    }
  }

  // Filters of the list of databases; the address keeps them, so that a link can carry a selection.
  const form = document.getElementById('loc');
  const list = document.getElementById('danh-sach');
  if (!(form instanceof HTMLFormElement) || list === null) return;
  form.hidden = false;
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase();
  const rows = [...list.tBodies[0].rows].map((row) => ({
    row,
    text: plain(row.dataset.search ?? ''),
    tags: (row.dataset.tags ?? '').split(' '),
    listed: (row.dataset.listed ?? '').split(' '),
  }));
  const FIELDS = ['ten', 'co-quan', 'muc', 'van-ban', 'loc'];
  const field = (name) => form.elements.namedItem(name);
  const total = rows.filter((one) => !isLast(one.row)).length;
  const show = () => {
    const [name, agency, level, listed, tag] = FIELDS.map((one) => field(one).value);
    const words = plain(name).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const one of rows) {
      const { dataset } = one.row;
      const fits =
        words.every((word) => one.text.includes(word)) &&
        (agency === '' || dataset.agency === agency) &&
        (level === '' || dataset.level === level) &&
        (listed === '' || one.listed.includes(listed)) &&
        (tag === '' || one.tags.includes(tag));
      one.row.hidden = !fits || (isLast(one.row) && (level !== '' || tag !== ''));
      if (!one.row.hidden && !isLast(one.row)) count += 1;
    }
    form.querySelector('.found').textContent = put(form.dataset.count ?? '', { n: count, total });
    for (const link of document.querySelectorAll('.presets a'))
      link.toggleAttribute('aria-current', link.hash === `#${tag === '' ? 'tat-ca' : tag}`);
  };
  const write = () => {
    const parts = FIELDS.flatMap((name) =>
      field(name).value === '' ? [] : [`${name}=${encodeURIComponent(field(name).value)}`],
    );
    history.replaceState(null, '', parts.length === 0 ? '#tat-ca' : `#${parts.join('&')}`);
    show();
  };
  const read = () => {
    const hash = decodeURIComponent(location.hash.slice(1));
    const values = {};
    if (hash.includes('='))
      for (const part of location.hash.slice(1).split('&'))
        values[part.split('=')[0]] = decodeURIComponent(part.split('=').slice(1).join('='));
    else if (/^muc-(\d|khong)$/.test(hash)) values.muc = hash.slice(4);
    else if (/^(nq\d+|key12|de_an_06|other)$/.test(hash)) values['van-ban'] = hash;
    else if (hash !== 'tat-ca') values.loc = hash;
    for (const name of FIELDS) field(name).value = values[name] ?? '';
    for (const select of form.querySelectorAll('select')) if (select.selectedIndex < 0) select.selectedIndex = 0;
    show();
  };
  form.addEventListener('input', write);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(write));
  window.addEventListener('hashchange', read);
  read();
})();
