/** The workbook of one night on the shipped facts, read by another program's reader and held against SQL. */
import { readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExportedNight } from '../support/exported-night.ts';

const night = new ExportedNight();
beforeAll(() => night.run(), 120_000);
afterAll(() => night.close());

describe('the workbook', () => {
  const workbook = new ExcelJS.Workbook();
  beforeAll(async () => void (await workbook.xlsx.readFile(night.file('csdl.xlsx'))));

  /** Cells of a list below its headings, and of the row of sums. */
  function list(at: number): { heads: string[]; rows: unknown[][]; sums: unknown[]; sheet: ExcelJS.Worksheet } {
    const sheet = workbook.worksheets[at];
    if (sheet === undefined) throw new Error(`no sheet ${at}`);
    const [, last = '5'] = /:[A-Z]+(\d+)$/.exec(String(sheet.autoFilter)) ?? [];
    const cells = (row: number): unknown[] =>
      Array.from({ length: sheet.columnCount }, (_, i) => sheet.getCell(row, i + 1).value);
    const rows = Array.from({ length: Number(last) - 5 }, (_, i) => cells(6 + i));
    return { heads: cells(5).map(String), rows, sums: cells(Number(last) + 1), sheet };
  }
  const sum = (rows: unknown[][], column: number): number =>
    rows.reduce((total, row) => total + (typeof row[column] === 'number' ? row[column] : 0), 0);
  const one = (sql: string): Promise<number> => night.count(sql);

  test('seven sheets, each frozen, filtered, set up for A4; no formula, no macro, no link', () => {
    expect(workbook.worksheets).toHaveLength(7);
    for (const [i, sheet] of workbook.worksheets.entries()) {
      expect(sheet.pageSetup).toMatchObject({ paperSize: 9, fitToWidth: 1, fitToHeight: 0 });
      if (i > 0) {
        expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 5 });
        expect(String(sheet.autoFilter)).toMatch(/^A5:/);
        expect(sheet.pageSetup.printTitlesRow).toBe('5:5');
      }
      sheet.eachRow((row) => row.eachCell((cell) => expect(cell.type).not.toBe(ExcelJS.ValueType.Formula)));
    }
    expect(
      workbook.worksheets.filter(
        (sheet) => (sheet as unknown as { conditionalFormattings: unknown[] }).conditionalFormattings.length > 0,
      ).length,
    ).toBeGreaterThanOrEqual(5);
    const text = readFileSync(night.file('csdl.xlsx')).toString('latin1');
    for (const part of ['vbaProject', 'externalLink', 'hyperlink', 'activeX']) expect(text).not.toContain(part);
  });

  test('first sheet: each figure is the one SQL counts', async () => {
    const sheet = workbook.worksheets[0];
    const figures = Array.from({ length: 12 }, (_, i) => sheet?.getCell(7 + i, 3).value);
    expect(figures).toEqual([
      await one('SELECT count(*) FROM readiness'),
      await one('SELECT count(DISTINCT database_id) FROM overdue'),
      await one('SELECT count(DISTINCT agency_id) FROM overdue'),
      await one('SELECT count(*) FROM task'),
      await one('SELECT count(*) FROM readiness WHERE criteria_met IS NOT NULL'),
      await one("SELECT count(*) FROM level_gate WHERE gate = 'c12_connected' AND passed"),
      await one("SELECT count(*) FROM level_gate WHERE gate = 'c12_connected' AND confirmed"),
      await one('SELECT count(DISTINCT database_id) FROM waiting'),
      await one('SELECT count(*) FROM finding WHERE is_contradiction'),
      await one('SELECT count(*) FROM readiness WHERE level_reported IS NULL'),
      await one("SELECT count(*) FROM source_health WHERE state = 'ok'"),
      await one("SELECT count(*) FROM source_health WHERE state IN ('partial', 'failed')"),
    ]);
    const levels = await night.query(
      'SELECT l AS level, (SELECT count(*) FROM readiness WHERE level_reported IS NOT DISTINCT FROM l)::INTEGER AS n FROM (VALUES (5), (4), (3), (2), (1), (NULL)) AS v(l)',
    );
    expect(levels.map((_, i) => sheet?.getCell(22 + i, 3).value)).toEqual(levels.map(({ n }) => n));
    expect(sheet?.getCell(28, 3).value).toBe(await one('SELECT count(*) FROM readiness'));
  });

  test('by agency: every sum is of its rows and of SQL', async () => {
    const { rows, sums } = list(1);
    expect(rows).toHaveLength(await one('SELECT count(*) FROM agency_summary'));
    const columns = [
      null,
      null,
      'databases',
      'overdue',
      'overdue_before',
      'overdue_left',
      'overdue_entered',
      'criteria_reported',
      'connection_reported',
      'connection_confirmed',
      'not_reported',
    ];
    for (const [i, column] of columns.entries()) {
      if (column === null) continue;
      expect(sums[i], column).toBe(sum(rows, i));
      expect(sums[i], column).toBe(await one(`SELECT sum(${column})::DOUBLE FROM agency_summary`));
    }
  });

  test('by database: figures as published, empty where nobody answered; days are days', async () => {
    const { rows, sums } = list(2);
    expect(rows).toHaveLength(await one('SELECT count(*) FROM readiness'));
    const answered = 'NOT (coverage = 0 AND floor = 0 AND ceiling = 100)';
    for (const [column, name] of [
      [10, 'floor'],
      [11, 'confirmed'],
      [12, 'ceiling'],
      [13, 'coverage'],
    ] as const)
      expect(Math.round(sum(rows, column) * 10), name).toBe(
        Math.round((await one(`SELECT sum(${name}::DECIMAL(9,1))::DOUBLE FROM readiness WHERE ${answered}`)) * 10),
      );
    expect(sums[5]).toBe(await one('SELECT sum(criteria_met)::DOUBLE FROM readiness'));
    expect(sum(rows, 3)).toBe(await one('SELECT sum(level_reported)::DOUBLE FROM readiness'));
    expect(sum(rows, 15)).toBe(
      await one('SELECT sum(d)::DOUBLE FROM (SELECT max(overdue_days) AS d FROM overdue GROUP BY database_id)'),
    );
    const days = rows.map((row) => row[14]).filter((cell) => cell !== null);
    expect(days.every((cell) => cell instanceof Date)).toBe(true);
    expect(days).toHaveLength(await one('SELECT count(deadline) FROM readiness'));
  });

  test('the matrix: as many marks of each state as there are rows of it, criterion by criterion', async () => {
    const { rows, sums, heads } = list(3);
    expect(heads).toHaveLength(4 + 19);
    const marks: Record<string, string> = {
      met: '●',
      in_progress: '◐',
      unmet: '○',
      deferred: '◌',
      na_requested: '?',
      not_applicable: '×',
    };
    for (const { state, n } of await night.query(
      'SELECT state, count(*)::INTEGER AS n FROM criterion_status GROUP BY state',
    )) {
      const shown = rows
        .flatMap((row) => row.slice(4))
        .filter((cell) => (cell ?? '') === (marks[String(state)] ?? '')).length;
      expect(shown, String(state)).toBe(n);
    }
    const met = await night.query(
      "SELECT c.position, count(*) FILTER (s.state = 'met')::INTEGER AS n FROM criterion AS c JOIN criterion_status AS s USING (criterion) GROUP BY ALL ORDER BY c.position",
    );
    expect(sums.slice(4)).toEqual(met.map(({ n }) => n));
  });

  test('tasks, actions and sources: every row is there', async () => {
    const tasks = list(4).rows;
    expect(new Set(tasks.map((row) => row[0])).size).toBe(await one('SELECT count(DISTINCT no) FROM task'));
    expect(tasks.length).toBeGreaterThanOrEqual(await one('SELECT count(*) FROM task_agency'));
    expect(list(5).rows.map((row) => row[3])).toEqual(
      (await night.query('SELECT text FROM action')).map(({ text }) => text),
    );
    const { rows, sums } = list(6);
    expect(rows).toHaveLength(await one('SELECT count(*) FROM source_health'));
    expect(sums[4]).toBe(await one('SELECT sum(observations)::DOUBLE FROM source_health'));
  });
});
