/** The totals a publication tells, read back from one form each: pages, Word, Excel, tables. Rule: nothing is shared but names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { wordParts } from '../../pipeline/cli/report-check.ts';
import { visibleText } from '../reports/fixture-site.ts';
import { wordText } from '../reports/official/official-parts.ts';

/** What a form tells; a form that does not tell a total leaves it out. */
export type Totals = Record<string, number>;
/** Agency name → its columns: assigned, overdue, criteria, connection, confirmed, silent. */
export type ByAgency = Record<string, number[]>;
export interface Told {
  totals: Totals;
  byAgency: ByAgency;
  /** The row of sums, as it is printed. */
  sums: number[];
}

/** "07", "4.800", "−1" as numbers. */
const numberIn = (text: string | undefined): number => Number((text ?? 'NaN').replaceAll('.', '').replace('−', '-'));
/** Levels by the name they have in sentences. */
const LEVELS = [
  ['level_1', 'Đang xây dựng'],
  ['level_2', 'Đã tạo lập dữ liệu'],
  ['level_3', 'Đã kết nối với Trung tâm dữ liệu quốc gia'],
] as const;

/** Sentences of the first page; the report in Word has the same. */
function sentences(text: string): Totals {
  const one = (pattern: RegExp, at = 1): number => numberIn(pattern.exec(text)?.[at]);
  const late = /(\d+) CSDL của (\d+) cơ quan đang quá hạn/;
  const totals: Totals = {
    overdue: one(late),
    overdue_agencies: one(late, 2),
    silent: one(/Chưa có thông tin: (\d+) CSDL/),
    criteria: one(/(\d+) CSDL báo cáo số tiêu chí đã hoàn thành/),
    connected: one(/(\d+) CSDL báo cáo đã kết nối:/),
    confirmed: one(/Đã được C12 xác nhận: (\d+)/),
  };
  for (const [name, words] of LEVELS) totals[name] = one(new RegExp(`${words}: (\\d+) CSDL[;.]`));
  return totals;
}

/** Rows of the table by ministry as texts: number, name, six counts around the comparison, troubles. */
function ministries(rows: readonly string[][]): Pick<Told, 'byAgency' | 'sums'> {
  const counts = (row: readonly string[]): number[] => [2, 3, 5, 6, 7, 8].map((column) => numberIn(row[column]));
  const last = rows.at(-1) ?? [];
  return {
    byAgency: Object.fromEntries(rows.slice(0, -1).map((row) => [row[1] ?? '', counts(row)])),
    sums: counts(last),
  };
}

/** Cells of the rows of a table of a page. */
function htmlRows(table: string): string[][] {
  const body = table.slice(table.indexOf('<tbody'));
  return [...body.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = '']) => visibleText(cell).trim()),
  );
}

export class Site {
  readonly #folder: string;
  constructor(out: string) {
    this.#folder = join(out, 'site');
  }

  page(path: string): string {
    return readFileSync(join(this.#folder, path), 'utf8');
  }

  /** Attributes of the rows of databases of a page; an umbrella row is no database. */
  #databases(path: string): { level: string; tags: string[]; agency: string }[] {
    return [...this.page(path).matchAll(/<tr id="db-[^>]*>/g)].flatMap(([row]) => {
      const of = (name: string): string => new RegExp(`data-${name}="([^"]*)"`).exec(row)?.[1] ?? '';
      return row.includes('row-umbrella')
        ? []
        : [{ level: of('level'), tags: of('tags').split(' '), agency: of('agency') }];
    });
  }

  /** The first page. */
  overview(): Told {
    const html = this.page('index.html');
    const [table = ''] = /<table class="[^"]*ministries[\s\S]*?<\/table>/.exec(html) ?? [];
    const rows = htmlRows(table);
    // The row of sums spans the number and the name.
    const sums = rows.at(-1) ?? [];
    const whole = sums.length < 10 ? [...rows.slice(0, -1), ['', ...sums]] : rows;
    return { totals: sentences(visibleText(html).replace(/ ([,;.:)])/g, '$1')), ...ministries(whole) };
  }

  /** The list of all databases, counted row by row. */
  list(path = 'databases/index.html'): Totals {
    const rows = this.#databases(path);
    const tagged = (tag: string): number => rows.filter((row) => row.tags.includes(tag)).length;
    const level = (name: string): number => rows.filter((row) => row.level === name).length;
    return {
      databases: rows.length,
      overdue: tagged('qua-han'),
      criteria: tagged('bao-cao-tieu-chi'),
      connected: tagged('da-ket-noi'),
      confirmed: tagged('da-xac-nhan'),
      waiting: tagged('dang-cho'),
      silent: tagged('chua-co-thong-tin'),
      level_1: level('1'),
      level_2: level('2'),
      level_3: level('3'),
      level_4: level('4'),
      level_5: level('5'),
    };
  }

  /** What the list says of its own selections, beside their links. */
  presets(): Totals {
    const names = {
      overdue: 'qua-han',
      criteria: 'bao-cao-tieu-chi',
      connected: 'da-ket-noi',
      confirmed: 'da-xac-nhan',
      waiting: 'dang-cho',
      silent: 'chua-co-thong-tin',
    };
    const html = this.page('databases/index.html');
    return Object.fromEntries(
      Object.entries(names).map(([name, id]) => [
        name,
        numberIn(new RegExp(`<a id="${id}"[^>]*>[^<]*<span class="count-no">([^<]*)<`).exec(html)?.[1]),
      ]),
    );
  }

  /** Pages of tasks, conflicts and annexes: rows, and the number in their titles. */
  others(): Totals {
    const tasks = this.page('tasks.html');
    const conflicts = this.page('conflicts.html');
    const annex = this.page('phu-luc/nhiem-vu-qua-han.html');
    const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;
    const tables = conflicts.slice(0, conflicts.indexOf('<h2 class="apart">'));
    const rows = count(tables, /<\/tr>/g) - count(tables, /<\/thead>/g);
    return {
      tasks: count(tasks, /<tr id="nhiem-vu-\d/g),
      tasks_in_title: numberIn(/\((\d+) nhiệm vụ\)/.exec(tasks)?.[1]),
      tasks_in_annex: numberIn(/\((\d+) nhiệm vụ\)/.exec(annex)?.[1]),
      contradictions: rows,
      contradictions_in_title: numberIn(/class="intro">(\d+) /.exec(conflicts)?.[1]),
      findings: rows + count(conflicts, /<li class="finding-/g),
    };
  }
}

/** The report on all databases as it is sent. */
export async function wordTotals(out: string): Promise<Told> {
  const xml =
    (await wordParts(readFileSync(join(out, 'exports', 'word', 'bao-cao.docx')))).get('word/document.xml') ?? '';
  const table = xml.slice(xml.lastIndexOf('<w:tbl>'));
  const rows = [...table.matchAll(/<w:tr[ >][\s\S]*?<\/w:tr>/g)].map(([row]) =>
    [...row.matchAll(/<w:tc>[\s\S]*?<\/w:tc>/g)].map(([cell]) => wordText(cell).trim()),
  );
  const text = wordText(xml);
  return {
    totals: {
      ...sentences(text),
      tasks_in_annex: numberIn(/\((\d+) nhiệm vụ\)/.exec(text)?.[1]),
    },
    // Its first row is the head.
    ...ministries(rows.slice(1)),
  };
}

/** The workbook: figures and levels of its first sheet, rows and sums of its second. */
export async function excelTotals(out: string): Promise<Told> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(join(out, 'exports', 'csdl.xlsx'));
  const [first, second] = workbook.worksheets;
  const figures = [
    'databases',
    'overdue',
    'overdue_agencies',
    'tasks',
    'criteria',
    'connected',
    'confirmed',
    'waiting',
    'contradictions',
    'silent',
  ];
  const cell = (row: number): number => Number(first?.getCell(row, 3).value);
  const totals: Totals = Object.fromEntries(figures.map((name, i) => [name, cell(7 + i)]));
  for (const level of [5, 4, 3, 2, 1]) totals[`level_${level}`] = cell(22 + 5 - level);
  const [, last = '5'] = /:[A-Z]+(\d+)$/.exec(String(second?.autoFilter)) ?? [];
  const counts = (row: number): number[] =>
    [3, 4, 8, 9, 10, 11].map((column) => Number(second?.getCell(row, column).value));
  const byAgency: ByAgency = {};
  for (let row = 6; row <= Number(last); row++) byAgency[String(second?.getCell(row, 2).value)] = counts(row);
  return { totals, byAgency, sums: counts(Number(last) + 1) };
}

type Row = Record<string, unknown>;

/** Totals of the exported tables, whichever way their rows were read. */
function tableTotals(rowsOf: (table: string) => Row[]): Told {
  const readiness = rowsOf('readiness');
  const isEmpty = (value: unknown): boolean => value === null || value === '';
  const distinct = (rows: Row[], name: string): number =>
    new Set(rows.map((row) => row[name]).filter((value) => !isEmpty(value))).size;
  const names = new Map(rowsOf('agency').map((row) => [row.agency_id, String(row.name)]));
  const columns = [
    'databases',
    'overdue',
    'criteria_reported',
    'connection_reported',
    'connection_confirmed',
    'not_reported',
  ];
  const summary = rowsOf('agency_summary');
  const counts = (row: Row): number[] => columns.map((name) => Number(row[name]));
  const findings = rowsOf('finding').filter((row) => row.state !== 'resolved');
  const totals: Totals = {
    databases: readiness.length,
    overdue: distinct(rowsOf('overdue'), 'database_id'),
    overdue_agencies: distinct(rowsOf('overdue'), 'agency_id'),
    criteria: readiness.filter((row) => !isEmpty(row.criteria_met)).length,
    silent: readiness.filter((row) => isEmpty(row.level_reported)).length,
    waiting: distinct(rowsOf('waiting'), 'database_id'),
    findings: findings.length,
    contradictions: findings.filter((row) => String(row.is_contradiction) === 'true').length,
  };
  for (const level of [1, 2, 3, 4, 5])
    totals[`level_${level}`] = readiness.filter((row) => String(row.level_reported) === String(level)).length;
  return {
    totals,
    byAgency: Object.fromEntries(summary.map((row) => [names.get(row.agency_id) ?? '', counts(row)])),
    sums: columns.map((name) => summary.reduce((sum, row) => sum + Number(row[name]), 0)),
  };
}

export function jsonTotals(out: string): Told {
  return tableTotals(
    (table) => (JSON.parse(readFileSync(join(out, 'exports', `${table}.json`), 'utf8')) as { rows: Row[] }).rows,
  );
}

export function csvTotals(out: string): Told {
  return tableTotals(
    (table) => parse(readFileSync(join(out, 'exports', `${table}.csv`), 'utf8'), { bom: true, columns: true }) as Row[],
  );
}
