/** Cases as tables: YAML files of test/cases, each entry a database of one night. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Fact, Night, NightInput } from './night.ts';

const row = z.record(z.string(), z.unknown());

/** One case: what is given, and the columns expected of the rows of a table. */
const entry = z.strictObject({
  case: z.string(),
  /** Columns of the registry that matter. */
  database: row.default({}),
  given: z.array(row),
  waived: z.boolean().default(false),
  waiver: z.array(row).default([]),
  table: z.string().optional(),
  /** Columns of the one row. */
  expect: row.optional(),
  /** Several rows, in the order of the table's content. */
  rows: z.array(row).optional(),
  /** Only these rows of the table, as SQL. */
  where: z.string().default('true'),
});
export type CaseEntry = z.output<typeof entry>;

/** Files of a folder of test/cases: name without ending → its cases. */
export function caseFiles(folder: string): Map<string, CaseEntry[]> {
  const path = fileURLToPath(new URL(`../cases/${folder}/`, import.meta.url));
  const files = readdirSync(path)
    .filter((file) => file.endsWith('.yaml'))
    .sort();
  return new Map(
    files.map((file) => [file.replace('.yaml', ''), z.array(entry).parse(parse(readFileSync(path + file, 'utf8')))]),
  );
}

/** All cases of all files in one night, each with a database of its own. */
export interface CaseNight {
  input: NightInput;
  idOf(entry: CaseEntry): string;
}

export function casesAsNight(
  files: ReadonlyMap<string, readonly CaseEntry[]>,
  indicatorOf: (file: string) => string | null,
): CaseNight {
  const ids = new Map<CaseEntry, string>();
  for (const [file, entries] of files)
    for (const [i, e] of entries.entries()) ids.set(e, `${file.replace(/[^a-z0-9]+/g, '-')}-${i}`);
  const all = [...files].flatMap(([file, entries]) => entries.map((e) => ({ file, e, id: ids.get(e) ?? '' })));
  return {
    idOf: (e) => ids.get(e) ?? '',
    input: {
      databases: all.map(({ e, id }) => ({ ...e.database, database_id: id })),
      // Each fact names its own source unless told otherwise: cases do not meet each other.
      facts: all.flatMap(({ e, id }) => e.given.map((fact) => ({ about: id, ...fact }) as unknown as Fact)),
      waivers: all.flatMap(({ file, e, id }) => {
        const indicator = indicatorOf(file);
        return [
          ...(e.waived && indicator !== null ? [{ database: id, indicator }] : []),
          ...e.waiver.map((w) => ({ database: id, ...w })),
        ];
      }),
    },
  };
}

/** Rows of the case's database in `table`, cut down to the columns that are expected. */
export async function rowsOf(
  night: Night,
  table: string,
  databaseColumn: string,
  id: string,
  where: string,
  columns: readonly string[],
): Promise<Record<string, unknown>[]> {
  const rows = await night.rows(table, `${databaseColumn} = '${id}' AND (${where})`);
  return rows.map((r) =>
    Object.fromEntries(columns.map((column) => [column, column in r ? r[column] : `no column ${column}`])),
  );
}
