/** The rows of a result, a page at a time: drawing a hundred thousand rows would stop the browser. */
import type { ConsoleWords } from '../page-data.ts';
import type { Cell, Column } from './cell.ts';
import { make, part } from './dom.ts';
import type { Result } from './engine.ts';
import { NONE, put, showCell } from './show.ts';

const PAGE_ROWS = 100;

export class ResultTable {
  readonly #words: ConsoleWords['result'];
  readonly #place = part('bang', HTMLDivElement);
  readonly #pager = part('trang', HTMLDivElement);
  readonly #where = part('trang-so', HTMLSpanElement);
  readonly #before = part('trang-truoc', HTMLButtonElement);
  readonly #after = part('trang-sau', HTMLButtonElement);
  #result: Result | undefined;
  #page = 0;

  constructor(words: ConsoleWords['result']) {
    this.#words = words;
    this.#before.addEventListener('click', () => this.#turn(-1));
    this.#after.addEventListener('click', () => this.#turn(1));
  }

  show(result: Result | undefined): void {
    this.#result = result;
    this.#page = 0;
    this.#draw();
  }

  #turn(by: number): void {
    this.#page += by;
    this.#draw();
    this.#place.scrollTo(0, 0);
  }

  #draw(): void {
    const { rows = [], columns = [] } = this.#result ?? {};
    const pages = Math.ceil(rows.length / PAGE_ROWS);
    const from = this.#page * PAGE_ROWS;
    this.#pager.hidden = pages < 2;
    this.#before.disabled = this.#page === 0;
    this.#after.disabled = this.#page >= pages - 1;
    const shown = rows.slice(from, from + PAGE_ROWS);
    this.#where.textContent = put(this.#words.pages, { from: from + 1, to: from + shown.length, total: rows.length });
    this.#place.replaceChildren(...(this.#result === undefined ? [] : [this.#table(columns, shown)]));
  }

  #table(columns: readonly Column[], rows: readonly (readonly Cell[])[]): HTMLElement {
    const numeric = columns.map((column) => column.kind === 'number');
    const head = columns.map((column, i) =>
      make('th', { scope: 'col', class: numeric[i] ? 'num' : false }, column.name),
    );
    const body = rows.map((row) =>
      make(
        'tr',
        {},
        ...columns.map((column, i) => {
          const text = showCell(row[i] ?? null, column, this.#words);
          return make('td', { class: numeric[i] ? 'num' : text === NONE ? 'blank' : false }, text);
        }),
      ),
    );
    return make(
      'table',
      // A plan is a drawing over several lines.
      { class: columns.some((column) => column.name === 'explain_value') ? 'answer plan' : 'answer' },
      make('caption', { class: 'unseen' }, this.#words.table),
      make('thead', {}, make('tr', {}, ...head)),
      make('tbody', {}, ...body),
    );
  }
}
