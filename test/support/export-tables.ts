/** Tables as the formats get them, made by hand, and what a format wrote of them. */
import type { Column, ColumnType, TableExport, TableFormat, Value } from '../../reports/exports/table.ts';

export const META = {
  run_id: '2026-06-29_x',
  as_of: '2026-06-29',
  edition: 'noi_bo',
  published_at: '2026-06-29T16:00:00.000Z',
  program_version: '0.1.0',
};

/** A table of the given columns; rows are cut into batches of two, so that several are written. */
export function tableOf(
  columns: Readonly<Record<string, ColumnType>>,
  rows: readonly (readonly Value[])[],
): TableExport {
  const list: Column[] = Object.entries(columns).map(([name, type]) => ({ name, type, comment: `cột ${name}` }));
  async function* batches() {
    for (let start = 0; start < rows.length; start += 2) {
      const piece = rows.slice(start, start + 2);
      yield { rows: piece.length, values: list.map((_, i) => piece.map((row) => row[i] ?? null)) };
    }
  }
  return { name: 'thu', comment: 'bảng thử', columns: list, meta: META, batches: batches() };
}

export async function written(format: TableFormat, table: TableExport): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of format.write(table)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

/** What a source may try: formulas, markup, controls, direction marks, escapes, length, halves of pairs. */
export const HOSTILE: readonly string[] = [
  "=cmd|' /C calc'!A0",
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '\t=1+1',
  '\r\n=1+1',
  '＝1+1',
  '%0a=1',
  '"quoted", and, commas\r\nnew line',
  '</script><script>alert(1)</script>',
  ']]> & <b> "x" \'y\'',
  'a\u202Egpj.exe\u2066b\u200F',
  'null\u0000bell\u0007esc\u001b[31m',
  '_x0041_',
  'half \ud800 pair \udc00',
  '\ufeff=1',
  'x'.repeat(10_000),
  '=ế'.repeat(20_000),
  '',
  ' ',
  '\\n"} 1\n# EOF\nother 2',
];
