/** The list of tables beside the editor, with the sentences the publication has for each table and column. */
import type { ConsoleWords } from '../page-data.ts';
import type { Cell } from './cell.ts';
import { make, part } from './dom.ts';
import type { Result } from './engine.ts';
import { put } from './show.ts';

interface Listed {
  name: string;
  comment: string;
  columns: { name: string; type: string; comment: string }[];
}

export interface TableListActions {
  /** A name was chosen: it goes where the cursor is. */
  insert(name: string): void;
  /** The first rows of a table are asked for. */
  look(table: string): void;
}

export class TableList {
  readonly #place = part('cac-bang', HTMLDivElement);
  readonly #filter = part('tim-bang', HTMLInputElement);
  readonly #found = part('tim-thay', HTMLParagraphElement);
  readonly #words: ConsoleWords['tables'];
  #tables: { text: string; element: HTMLElement }[] = [];

  constructor(words: ConsoleWords['tables'], actions: TableListActions) {
    this.#words = words;
    this.#filter.addEventListener('input', () => this.#select());
    this.#place.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      const { name, table } = button?.dataset ?? {};
      if (name !== undefined) actions.insert(name);
      if (table !== undefined) actions.look(table);
    });
  }

  /** @param result rows of `tables.sql` */
  show(result: Result): void {
    this.#tables = gather(result.rows).map((table) => ({
      text: plain([table.name, table.comment, ...table.columns.flatMap((c) => [c.name, c.comment])].join(' ')),
      element: this.#entry(table),
    }));
    this.#place.replaceChildren(...this.#tables.map((table) => table.element));
    this.#filter.disabled = false;
    this.#select();
  }

  #select(): void {
    const words = plain(this.#filter.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { text, element } of this.#tables) {
      element.hidden = !words.every((word) => text.includes(word));
      if (!element.hidden) count += 1;
    }
    this.#found.textContent = put(this.#words.found, { n: count });
  }

  #entry(table: Listed): HTMLElement {
    const columns = table.columns.map((column) =>
      make(
        'li',
        {},
        make('button', { type: 'button', class: 'name', 'data-name': column.name }, column.name),
        ' ',
        make('span', { class: 'type' }, column.type.toLowerCase()),
        make('span', { class: 'says' }, column.comment),
      ),
    );
    return make(
      'details',
      {},
      make('summary', {}, make('code', {}, table.name), ' ', make('span', { class: 'says' }, table.comment)),
      make('button', { type: 'button', class: 'look', 'data-table': table.name }, this.#words.look),
      make('ul', { 'aria-label': put(this.#words.columns, { table: table.name }) }, ...columns),
    );
  }
}

function gather(rows: readonly (readonly Cell[])[]): Listed[] {
  const tables = new Map<string, Listed>();
  for (const row of rows) {
    const [name = '', column = '', type = '', comment = '', says = ''] = row.map((cell) => String(cell ?? ''));
    const table = tables.get(name) ?? { name, comment: says, columns: [] };
    table.columns.push({ name: column, type, comment });
    tables.set(name, table);
  }
  return [...tables.values()];
}

/** Typed without marks as well as with them. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase();
}
