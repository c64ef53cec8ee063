/** The page of the console: wires the editor, the engine and what shows a result. One query runs at a time. */
import { csvLine } from '../../csv-line.ts';
import type { ConsoleData } from '../page-data.ts';
import { make, part } from './dom.ts';
import { Engine, MAX_ROWS, type Result, Stopped } from './engine.ts';
import { plainError } from './plain-error.ts';
import { ResultChart } from './result-chart.ts';
import { ResultTable } from './result-table.ts';
import { put } from './show.ts';
import { TableList } from './table-list.ts';

/** How an address that carries a query goes on. */
const LINK = '#sql=';
const data = JSON.parse(part('du-lieu', HTMLScriptElement).text) as ConsoleData;
const { words } = data;
const editor = part('cau-lenh', HTMLTextAreaElement);
const run = part('chay', HTMLButtonElement);
const stop = part('dung', HTMLButtonElement);
const save = part('tai-csv', HTMLButtonElement);
const forExcel = part('cho-excel', HTMLInputElement);
const status = part('tinh-trang', HTMLParagraphElement);
const trouble = part('loi', HTMLDivElement);
const newer = part('ban-moi', HTMLParagraphElement);
const saving = part('luu', HTMLDivElement);

const engine = new Engine(data);
const table = new ResultTable(words.result);
const chart = new ResultChart(words);
const list = new TableList(words.tables, {
  insert: (name) => {
    editor.setRangeText(name, editor.selectionStart, editor.selectionEnd, 'end');
    editor.focus();
  },
  look: (name) => ask(`FROM ${name} LIMIT 100`),
});
let shown: Result | undefined;
let isRunning = false;

function show(result: Result | undefined): void {
  shown = result;
  table.show(result);
  chart.show(result);
  saving.hidden = result === undefined || result.columns.length === 0;
}

function busy(now: boolean): void {
  isRunning = now;
  run.disabled = now;
  stop.disabled = !now;
}

/** Puts a query into the editor and runs it. */
function ask(sql: string): void {
  editor.value = sql;
  // On a phone the examples stand far below.
  editor.scrollIntoView({ block: 'nearest' });
  void start();
}

async function start(): Promise<void> {
  const sql = editor.value.trim();
  if (sql === '' || isRunning) return;
  busy(true);
  trouble.hidden = true;
  status.textContent = words.states.running;
  // The part of an address behind # is never sent to a server; a link keeps the query and runs nothing by itself.
  history.replaceState(null, '', LINK + encodeURIComponent(sql));
  try {
    const result = await engine.run(sql);
    show(result);
    status.textContent = summary(result);
  } catch (error) {
    show(undefined);
    status.textContent = error instanceof Stopped ? words.states.stopping : '';
    if (!(error instanceof Stopped)) explain(error);
  } finally {
    busy(false);
    newer.hidden = !engine.isNewer;
  }
}

function summary(result: Result): string {
  const count = result.rows.length;
  const ms = Math.max(1, Math.round(result.ms));
  if (count === 0) return put(words.result.empty, { ms });
  return put(result.isCapped ? words.result.capped : words.result.rows, { n: count, max: MAX_ROWS, ms });
}

function explain(error: unknown): void {
  const { kind, detail } = plainError(error);
  trouble.replaceChildren(
    make('p', {}, words.errors[kind] ?? words.errors.other ?? ''),
    make('pre', { tabindex: 0 }, detail),
  );
  trouble.hidden = false;
}

/** The query of a link; one that was cut in the middle of a letter stays as it came. */
function linkedQuery(): string {
  const text = location.hash.slice(LINK.length);
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The result as a file: ISO days, decimal points; with a mark of order and blocked formulas when it is for Excel. */
function download(): void {
  if (shown === undefined) return;
  const isForExcel = forExcel.checked;
  const lines = [shown.columns.map((column) => column.name), ...shown.rows].map((row) => csvLine(row, isForExcel));
  const blob = new Blob([`${isForExcel ? '\ufeff' : ''}${lines.join('\r\n')}\r\n`], { type: 'text/csv;charset=utf-8' });
  const link = make('a', { href: URL.createObjectURL(blob), download: 'csdl.csv' });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

run.addEventListener('click', () => void start());
stop.addEventListener('click', () => engine.stop());
save.addEventListener('click', download);
editor.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    void start();
  }
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && isRunning) engine.stop();
});
part('mau', HTMLUListElement).addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  const example = data.examples.find((one) => one.id === button?.dataset.example);
  if (example !== undefined && !isRunning) ask(example.sql.trim());
});

if (location.hash.startsWith(LINK)) editor.value = linkedQuery();
status.textContent = words.states.opening;
busy(true);
try {
  list.show(await engine.run(data.tables));
  status.textContent = words.states.ready;
} catch (error) {
  status.textContent = error instanceof Stopped ? words.states.stopping : '';
  if (!(error instanceof Stopped)) explain(error);
} finally {
  busy(false);
  newer.hidden = !engine.isNewer;
}
