// Tables in another order, by their headings or by the list of orders, kept in the address as `sap-xep=table.column.giam`.
// Rule: what has no value stands at the end whichever way; rows that are no database stand behind all others.
import { followAddress, readAddress, writeAddress } from './address.js';
import { shownNumber, slug, viOrder } from './words.js';

const NAME = 'sap-xep';

/** Number behind a cell, null where it has none; a day counts as a number, a negative number means "none". */
function numberOf(cell) {
  const raw = cell.dataset.value ?? cell.textContent.trim();
  if (/^\d{4}-\d\d-\d\d/.test(raw)) return Number(raw.slice(0, 10).replaceAll('-', ''));
  const number = cell.dataset.value === undefined ? shownNumber(raw) : Number(raw);
  return raw === '' || Number.isNaN(number) || number < 0 ? null : number;
}

function cellValue(cell, kind) {
  if (cell === undefined) return null;
  if (kind === 'n') return numberOf(cell);
  const text = cell.dataset.value ?? cell.textContent.trim();
  return text === '' || text === '–' ? null : text;
}

/** One table: its name in addresses, its columns, and how it is put in order. */
function sorted(table, place) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const columns = heads.flatMap((head, index) =>
    head.dataset.key === undefined
      ? []
      : [{ index, head, kind: head.dataset.key, text: head.textContent.trim(), id: slug(head.textContent) }],
  );
  const section = table.closest('[aria-labelledby]');
  const id = table.id || section?.getAttribute('aria-labelledby') || `bang-${place + 1}`;
  const title = section?.querySelector('h2, h3')?.firstChild.textContent.trim() ?? '';
  const order = (spec) => {
    const [name, way] = (spec ?? '').split('.');
    const column = columns.find((one) => one.id === name);
    for (const one of columns) one.head.removeAttribute('aria-sort');
    if (column === undefined) {
      body.append(...rows);
      return;
    }
    column.head.setAttribute('aria-sort', way === 'giam' ? 'descending' : 'ascending');
    const sign = way === 'giam' ? -1 : 1;
    const isLast = (row) => Number(row.classList.contains('row-umbrella'));
    const keyed = rows.map((row, index) => ({ row, index, value: cellValue(row.cells[column.index], column.kind) }));
    keyed.sort(
      (a, b) =>
        isLast(a.row) - isLast(b.row) ||
        Number(a.value === null) - Number(b.value === null) ||
        (a.value === null ? 0 : sign * (column.kind === 'n' ? a.value - b.value : viOrder.compare(a.value, b.value))) ||
        a.index - b.index,
    );
    body.append(...keyed.map((one) => one.row));
  };
  return { id, title, columns, order };
}

/** The orders the address asks for: table → "column.way". */
const asked = (chosen) =>
  new Map(
    (chosen.get(NAME) ?? '')
      .split('~')
      .filter(Boolean)
      .map((spec) => [spec.split('.')[0], spec.split('.').slice(1).join('.')]),
  );

function choose(id, spec) {
  const orders = asked(readAddress().chosen);
  if (spec === '') orders.delete(id);
  else orders.set(id, spec);
  writeAddress({ [NAME]: [...orders].map(([table, order]) => `${table}.${order}`).join('~') });
}

/** Headings become buttons; the list of orders, for screens without headings, is filled. */
export function startSort() {
  const tables = [...document.querySelectorAll('table.sortable')].map(sorted);
  if (tables.length === 0) return;
  const list = document.querySelector('[data-orders]');
  const show = () => {
    const orders = asked(readAddress().chosen);
    for (const table of tables) table.order(orders.get(table.id));
    if (list === null) return;
    const [first] = orders;
    list.value = first === undefined ? '' : `${first[0]}.${first[1]}`;
    if (list.selectedIndex < 0) list.selectedIndex = 0;
  };
  const set = (id, spec) => {
    choose(id, spec);
    show();
  };
  for (const table of tables) {
    for (const { head, kind, id, index } of table.columns) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'sort';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const way = head.getAttribute('aria-sort');
        // Numbers are asked for from the greatest down, but for the number of the row itself.
        const isDown = way === null ? kind === 'n' && index > 0 : way === 'ascending';
        set(table.id, `${id}.${isDown ? 'giam' : 'tang'}`);
      });
    }
    if (list !== null) list.append(...ordersOf(table, tables.length > 1, list.dataset));
  }
  list?.addEventListener('change', () => {
    const [id, ...spec] = list.value.split('.');
    if (list.value === '') for (const table of tables) set(table.id, '');
    else set(id, spec.join('.'));
  });
  followAddress(show);
}

function ordersOf(table, isNamed, { up, down }) {
  const options = table.columns.flatMap(({ id, text }) =>
    [
      ['tang', up],
      ['giam', down],
    ].map(([way, word]) => {
      const option = document.createElement('option');
      option.value = `${table.id}.${id}.${way}`;
      option.textContent = `${text}, ${word}`;
      return option;
    }),
  );
  if (!isNamed) return options;
  const group = document.createElement('optgroup');
  group.label = table.title;
  group.append(...options);
  return [group];
}
