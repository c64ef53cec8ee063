import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readCsv } from '../../config/csv-file.ts';
import { cellDuration, cellList, cellText } from '../../config/schema/parts.ts';
import { temporaryFolder } from '../support/folders.ts';
import { changed, problemOf, problemsOf } from '../support/settings.ts';

const schema = z.strictObject({ id: z.string().min(1), name: z.string(), note: cellText });

function read(content: string | Buffer, shape: z.ZodObject = schema) {
  const path = join(temporaryFolder(), 'file.csv');
  writeFileSync(path, content);
  return readCsv(path, 'file.csv', shape);
}

describe('readCsv', () => {
  test('BOM, CRLF, quoted commas, quotes and line feeds, blank lines', () => {
    const { rows, problems } = read(
      '\ufeffid,name,note\r\na,"một, hai",\r\n\r\nb,"nói ""vâng""",x\r\nc,"hai\r\ndòng",y\r\n',
    );
    expect(problems).toEqual([]);
    expect(rows.map((r) => r.value)).toEqual([
      { id: 'a', name: 'một, hai', note: null },
      { id: 'b', name: 'nói "vâng"', note: 'x' },
      { id: 'c', name: 'hai\r\ndòng', note: 'y' },
    ]);
    expect(rows.slice(0, 2).map((r) => r.line)).toEqual([2, 4]);
  });

  test('text in NFD is read as NFC, and cells are trimmed', () => {
    const name = 'Cơ sở dữ liệu hộ tịch';
    const [row] = read(`id,name,note\na,  ${name.normalize('NFD')} ,\n`).rows;
    expect(row?.value).toEqual({ id: 'a', name: name.normalize('NFC'), note: null });
  });

  test('columns may stand in any order', () => {
    expect(read('note,id,name\nx,a,n\n').rows[0]?.value).toEqual({ id: 'a', name: 'n', note: 'x' });
  });

  test('an unknown column names the nearest; a missing one is named; both once, on line 1', () => {
    expect(read('id,nmae,note\na,n,\nb,n,\n').problems).toEqual([
      expect.objectContaining({ line: 1, key: 'nmae', code: 'config/unknown-key', hint: 'did you mean "name"?' }),
      expect.objectContaining({ line: 1, key: 'name', code: 'config/missing' }),
    ]);
  });

  test('a column that stands twice is reported', () => {
    expect(read('id,name,note,name\na,n,,m\n').problems).toEqual([
      expect.objectContaining({ line: 1, key: 'name', code: 'config/duplicate-key' }),
    ]);
  });

  test.each([
    ['a row with too many cells', 'id,name,note\na,n,\nb,n,,extra\n', 3],
    ['a quote that never closes', 'id,name,note\na,"n,\nb,n,\n', null],
    ['a quote inside a bare cell', 'id,name,note\na,n "q" m,\n', 2],
  ])('%s is broken CSV', (_what, text, line) => {
    const { rows, problems } = read(text);
    expect(rows).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.code).toBe('config/broken-csv');
    if (line !== null) expect(problems[0]?.line).toBe(line);
  });

  test('an empty file lacks every column', () => {
    expect(read('').problems.map((p) => p.code)).toEqual(['config/missing', 'config/missing', 'config/missing']);
  });

  test('a problem in a row carries its line and column name', () => {
    expect(read('id,name,note\na,n,\n,n,\n').problems).toEqual([
      expect.objectContaining({ file: 'file.csv', line: 3, key: 'id' }),
    ]);
  });

  test('lists and durations', () => {
    expect(cellList.parse(' a; b ;;c')).toEqual(['a', 'b', 'c']);
    expect(cellList.parse('')).toEqual([]);
    for (const good of ['P1D', 'P1W', 'P1M', 'PT6H', 'P1Y2M', ''])
      expect(cellDuration.safeParse(good).success).toBe(true);
    for (const bad of ['P', '1D', 'P1', 'PT', 'daily']) expect(cellDuration.safeParse(bad).success, bad).toBe(false);
  });
});

describe('the registry files', () => {
  test.each(['2026-02-31', '31/02/2026', '2026-02-30'])('%s in deadlines.csv does not exist', (bad) => {
    expect(problemOf({ 'deadlines.csv': changed('deadlines.csv', '2025-08-31', bad) })).toMatchObject({
      file: 'deadlines.csv',
      line: 2,
      key: 'due',
      code: 'config/invalid-value',
      message: `"${bad}": not a date (write YYYY-MM-DD, a day that exists)`,
    });
  });

  test('a wrong word of a closed list names the line and the nearest', () => {
    const text = changed('databases.csv', 'bảo hiểm,quoc_gia', 'bảo hiểm,quocgia');
    expect(
      problemOf({ 'databases.csv': text, 'deadlines.csv': 'database_id,due,precision,basis,what,document,row\n' }),
    ).toMatchObject({
      line: 2,
      key: 'kind',
      hint: 'did you mean "quoc_gia"?',
    });
  });

  test('an id that is not kebab-case is refused', () => {
    expect(
      problemsOf({ 'agencies.csv': changed('agencies.csv', '\nbo-ngoai-giao,', '\nBo Ngoai Giao,') }).map(
        (p) => p.message,
      ),
    ).toContainEqual(expect.stringContaining('must be kebab-case'));
  });
});
