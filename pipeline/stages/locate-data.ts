/**
 * Where the tables of a contract lie: what the operator named, else the contract's own servers. A contract may be written by
 * others: it names only files beside or below itself, never a path of its own choosing, and never a server's address.
 */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { EXIT, Fault } from '../../config/fault.ts';
import { didYouMean } from '../../config/nearest.ts';
import type { DataLocation, Table } from '../../scoring/quality/check.ts';
import type { Contract, ContractTable } from '../../scoring/quality/contract/contract.ts';

const ENDINGS: readonly (readonly [RegExp, 'parquet' | 'csv' | 'json' | 'arrow'])[] = [
  [/\.(arrow|arrows|feather|ipc)$/i, 'arrow'],
  [/\.(parquet|pq)$/i, 'parquet'],
  [/\.(csv|tsv)(\.(gz|zst))?$/i, 'csv'],
  [/\.(json|ndjson|jsonl)(\.(gz|zst))?$/i, 'json'],
];
const DATABASE = /\.(duckdb|ddb|db)$/i;

/** One path for all tables, or one a table. */
export type DataChoice = string | Readonly<Record<string, string>>;

/** @throws Fault `usage/…` where it is not clear what is meant */
export function locateData(contract: Contract, choice: DataChoice, folder: string): Table[] {
  if (typeof choice === 'string')
    return contract.tables.map((table) => at(table, locate(choice, table, contract, folder)));
  const known = contract.tables.map((table) => table.id);
  for (const name of Object.keys(choice))
    if (!known.includes(name))
      throw new Fault('usage/unknown-table', `the contract has no table "${name}"`, {
        exit: EXIT.usage,
        hint: didYouMean(name, known) ?? undefined,
      });
  return contract.tables.map((table) => {
    const path = choice[table.id];
    return at(table, path === undefined ? { kind: 'parquet', paths: [] } : fileLocation(resolve(folder, path), table));
  });
}

/** Tables where the contract's servers say; null when it has none that can be used here. */
export function locateByServers(contract: Contract, contractPath: string): Table[] | null {
  const home = dirname(contractPath);
  const server = contract.servers.find(({ type }) => type === 'local' || type === 'duckdb');
  const written = server?.type === 'duckdb' ? server.database : server?.path;
  if (server === undefined || written === undefined) return null;
  return contract.tables.map((table) => {
    const path = written.replace(/\{(object|table|model|physicalName)\}/g, () => table.physicalName);
    const inside = within(home, path);
    if (server.type === 'duckdb')
      return at(table, {
        kind: 'duckdb',
        path: inside,
        ...(server.schema === undefined ? {} : { schema: server.schema }),
        table: table.physicalName,
      });
    const location =
      existsSync(inside) && statSync(inside).isDirectory()
        ? folderLocation(inside, table)
        : fileLocation(inside, table, server.format);
    return at(
      table,
      location.kind === 'csv' && server.delimiter !== undefined
        ? { ...location, delimiter: server.delimiter }
        : location,
    );
  });
}

/** Tables on a server whose address the operator gave. */
export function locateOnServer(contract: Contract, server: string, schema: string | undefined): Table[] {
  return contract.tables.map((table) =>
    at(table, { kind: 'postgres', server, ...(schema === undefined ? {} : { schema }), table: table.physicalName }),
  );
}

const at = (table: ContractTable, location: DataLocation): Table => ({
  id: table.id,
  columns: table.columns,
  location,
});

function locate(path: string, table: ContractTable, contract: Contract, folder: string): DataLocation {
  refuseRemote(path);
  const whole = resolve(folder, path);
  if (DATABASE.test(whole)) return { kind: 'duckdb', path: whole, table: table.physicalName };
  if (existsSync(whole) && statSync(whole).isDirectory()) return folderLocation(whole, table);
  if (contract.tables.length > 1)
    throw new Fault(
      'usage/which-table',
      `the contract has ${contract.tables.length} tables, and ${basename(path)} is one file`,
      {
        exit: EXIT.usage,
        hint: `name a folder with one file a table, or --data ${table.id}=PATH for each`,
      },
    );
  return fileLocation(whole, table);
}

/** @throws Fault `usage/remote-data` */
export function refuseRemote(path: string): void {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path))
    throw new Fault('usage/remote-data', `data at ${path.slice(0, path.indexOf(':'))}:// cannot be read`, {
      exit: EXIT.usage,
      hint: 'name a file, a folder, a DuckDB file or postgresql://…; nothing is downloaded',
    });
}

/** A file or glob by its ending. @throws Fault `usage/unknown-format` */
export function fileLocation(path: string, table: Pick<ContractTable, 'physicalName'>, format?: string): DataLocation {
  if (DATABASE.test(path)) return { kind: 'duckdb', path, table: table.physicalName };
  const kind =
    ENDINGS.find(([ending]) => ending.test(path))?.[1] ??
    (['parquet', 'csv', 'json', 'arrow'] as const).find((k) => k === format?.toLowerCase());
  if (kind === undefined)
    throw new Fault('usage/unknown-format', `${basename(path)}: not a kind of file that can be read`, {
      exit: EXIT.usage,
      hint: 'Parquet, CSV, JSON, Arrow or DuckDB files, by their ending',
    });
  if (kind === 'arrow') return { kind, paths: [path] };
  if (/\*/.test(path)) return { kind, paths: [path], ...(/\/[^/]*=[^/]*\//.test(path) ? { partitioned: true } : {}) };
  return { kind, paths: [path] };
}

/** TABLE.parquet, TABLE.csv …, or a folder TABLE of Parquet files, perhaps in folders name=value. */
function folderLocation(folder: string, table: ContractTable): DataLocation {
  const names = [table.physicalName, table.id].filter((name) => !/[/\\]|^\.\.?$/.test(name));
  for (const name of names) {
    for (const ending of ['parquet', 'csv', 'csv.gz', 'tsv', 'json', 'ndjson', 'jsonl', 'arrow', 'arrows', 'feather']) {
      const path = join(folder, `${name}.${ending}`);
      if (existsSync(path)) return fileLocation(path, table);
    }
    const inner = join(folder, name);
    if (existsSync(inner) && statSync(inner).isDirectory())
      return { kind: 'parquet', paths: [join(inner, '**', '*.parquet')], partitioned: true };
  }
  // Its checks will say that the table could not be read.
  return { kind: 'parquet', paths: [] };
}

/** @throws Fault where the path leads out of the folder, by itself or over a link */
function within(folder: string, path: string): string {
  const whole = resolve(folder, path);
  const steps = (from: string, to: string): string => relative(from, to);
  const outside = (way: string): boolean => way === '..' || way.startsWith('../') || isAbsolute(way);
  const real = existsSync(whole) ? realpathSync(whole) : whole;
  if (
    isAbsolute(path) ||
    /^[a-z][a-z0-9+.-]*:/i.test(path) ||
    outside(steps(folder, whole)) ||
    (existsSync(whole) && outside(steps(realpathSync(folder), real)))
  )
    throw new Fault('contract/outside', 'a server of the contract names data outside its own folder', {
      exit: EXIT.usage,
      hint: 'name the place in sources.yaml (measure) or with --data',
    });
  return whole;
}
