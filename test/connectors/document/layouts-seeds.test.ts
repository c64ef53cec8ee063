// The five source documents, which are not part of the project: their rows are counted, no words of them are kept here.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLines } from '../../../connectors/document/layouts/read-lines.ts';
import { agencyFit, deadlineFit, form } from '../../../connectors/document/layouts/typed.ts';
import type { CellsRow, Document, Table } from '../../../connectors/document/model.ts';

const SEEDS = path.join(import.meta.dirname, '../../../../shared/seeds');
const present = existsSync(SEEDS);

function read(number: string): Document {
  const file = readdirSync(SEEDS).find((name) => name.startsWith(number)) as string;
  const lines = readFileSync(path.join(SEEDS, file), 'utf8').split('\n');
  return readLines(
    lines.map((text, at) => ({ text, line: at + 1 })),
    'text',
  );
}

const tablesOf = (document: Document): Table[] => document.blocks.filter((block) => block.kind === 'table');
const rowsOf = (table: Table): CellsRow[] => table.rows.filter((row) => row.kind === 'cells');
const numbersOf = (table: Table): string[] =>
  rowsOf(table).flatMap((row) => (row.cells[0]?.text ? [row.cells[0].text.replace(/\.$/, '')] : []));
const upTo = (last: number): string[] => Array.from({ length: last }, (_, at) => String(at + 1));
const texts = (table: Table, column: number): string[] => rowsOf(table).map((row) => row.cells[column]?.text ?? '');

describe.skipIf(!present)('the source documents (../shared/seeds)', () => {
  it('000: 73 rows of six full cells under 18 headings', () => {
    const [table, ...others] = tablesOf(read('000')) as [Table];
    expect(others).toEqual([]);
    expect(numbersOf(table)).toEqual(upTo(73));
    expect(rowsOf(table).every((row) => row.cells.length === 6 && row.cells.every((cell) => cell?.text))).toBe(true);
    expect(table.rows.length).toBe(73 + 18);
  });

  it('001: rows 1 to 70 with 1.1 to 1.4, every cell in its column, no text after the table', () => {
    const [table, ...others] = tablesOf(read('001')) as [Table];
    expect(others).toEqual([]);
    const numbers = upTo(70);
    numbers.splice(1, 0, '1.1', '1.2', '1.3', '1.4');
    expect(numbersOf(table)).toEqual(numbers);
    const full = rowsOf(table).filter((row) => row.cells[0]?.text !== '1');
    expect(full.every((row) => row.cells.length === 7 && row.cells.every((cell) => cell?.text))).toBe(true);
    expect(full.every((row) => agencyFit(form(row.cells[3]?.text as string)) !== 'none')).toBe(true);
  });

  it('002: 22 agencies; 56 tasks and 15 sub-rows, none of them with a cell of another column', () => {
    const document = read('002');
    const [agencies, tasks, ...others] = tablesOf(document) as [Table, Table];
    expect(others).toEqual([]);
    expect(numbersOf(agencies)).toEqual(upTo(22));
    expect(numbersOf(tasks)).toEqual(upTo(56));
    const sub = rowsOf(tasks).filter((row) => row.cells[0]?.text === '');
    expect(sub.length).toBe(15);
    expect(sub.every((row) => row.cells[1]?.text === '' && row.cells[5]?.text !== '')).toBe(true);
    expect(texts(tasks, 4).filter((text) => text !== '' && deadlineFit(text) !== 'whole')).toEqual([]);
    expect(JSON.stringify(tasks)).not.toMatch(/<\/?(?:p|ul|li|b|br|a)\b/);
    expect(document.notes.map((note) => note.line)).toEqual([154]);
  });

  it('003: every numbered row of its twelve tables', () => {
    const tables = tablesOf(read('003'));
    const counts = tables.map((table) => rowsOf(table).length);
    expect(counts).toEqual([38, 35, 15, 44, 34, 36, 9, 55, 3, 8, 106, 94]);
    const whole = tables.slice(1, 11).map((table) => numbersOf(table).join() === upTo(rowsOf(table).length).join());
    expect(whole).toEqual(Array(10).fill(true));
    // "2 (Ban ...)" is one of the counts; every other row adds up.
    const sums = rowsOf(tables[0] as Table).map((row) =>
      row.cells.slice(2).map((cell) => Number.parseInt(cell?.text || '0', 10)),
    );
    expect(sums.every(([own, shared, total]) => (own as number) + (shared as number) === total)).toBe(true);
    const deadlines = [
      ...texts(tables[1] as Table, 4),
      ...texts(tables[2] as Table, 4),
      ...texts(tables[3] as Table, 3),
    ];
    expect(deadlines.filter((text) => deadlineFit(form(text)) !== 'whole')).toEqual([]);
    const bodies = [
      [1, 5],
      [2, 5],
      [6, 2],
      [7, 2],
      [8, 2],
      [9, 2],
      [10, 2],
    ].flatMap(([table, column]) => texts(tables[table as number] as Table, column as number));
    expect(bodies.length).toBe(35 + 15 + 9 + 55 + 3 + 8 + 106);
    expect(bodies.filter((text) => agencyFit(form(text)) !== 'whole').length).toBeLessThanOrEqual(4);
  });

  it('004: 66 tasks under two headings, 44 agencies', () => {
    const [tasks, agencies, ...others] = tablesOf(read('004')) as [Table, Table];
    expect(others).toEqual([]);
    expect(numbersOf(tasks)).toEqual(upTo(66));
    expect(tasks.rows.length).toBe(68);
    expect(numbersOf(agencies)).toEqual(upTo(44));
    expect(rowsOf(agencies).every((row) => row.cells.slice(2).every((cell) => /^\d+$/.test(cell?.text ?? '')))).toBe(
      true,
    );
  });
});
