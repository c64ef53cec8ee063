/**
 * A small project on disk: a registry of six databases, one or more sources with a handful of facts, and an out
 * folder of its own. Everything else is the shipped settings.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Log } from '../../config/log.ts';
import { silentLog } from '../../config/log.ts';
import { stableJson } from '../../config/stable-json.ts';
import type { RunOutcome } from '../../pipeline/contract.ts';
import { Database } from '../../pipeline/database/database.ts';
import { runNight } from '../../pipeline/run.ts';
import { temporaryFolder, writeInto } from './folders.ts';

export const DAY = '2026-06-29';

/** A clock that stands still for reading and moves one second at every look, as a real one would. */
export function clockFrom(start: string): () => Date {
  let next = Date.parse(start);
  return () => {
    const now = new Date(next);
    next += 1000;
    return now;
  };
}

export type Statement = Readonly<Record<string, unknown>>;

/** NDJSON of a document and what it states; `document` is filled in, evidence says the line. */
export function ndjson(statements: readonly Statement[], document: Statement = {}): string {
  const head = {
    type: 'document',
    id: 'van-ban',
    title: 'Văn bản số 1',
    stated_at: DAY,
    grade: 'E2',
    said_by: 'owner',
    sha256: createHash('sha256')
      .update(stableJson([statements, document]))
      .digest('hex'),
    ...document,
  };
  const lines = statements.map((s, i) => ({ document: head.id, evidence: { line: i + 2 }, ...s }));
  return [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
}

export function fact(subject: string, attribute: string, rest: Statement = {}): Statement {
  const value = typeof rest.state === 'string' ? { value_text: rest.state } : {};
  const { state: _state, ...others } = rest;
  return { type: 'observation', subject_type: 'database', subject_id: subject, attribute, ...value, ...others };
}

/** What the owners said on 29/6/2026, in small: levels 1 to 3, a conflict, an umbrella, a task and a count. */
export const FACTS: readonly Statement[] = [
  fact('ho-so-mot', 'checklist.met', { value_number: 13, value_total: 19 }),
  fact('ho-so-mot', 'records.count', { value_low: 4_750_000, value_high: 4_850_000, unit: 'hồ sơ', stage: 'thu_thap' }),
  fact('ho-so-mot', 'c12.connection', { state: 'one_way' }),
  fact('ho-so-mot', 'c12.sync', { state: 'partial' }),
  fact('ho-so-hai', 'data.created', { state: 'substantial' }),
  fact('ho-so-hai', 'c06.cleaning', { state: 'in_progress' }),
  fact('ho-so-hai', 'c12.connection', { state: 'none', flags: { holder: 'c12', since: '2026-03-01' } }),
  fact('ho-so-ba', 'software.state', { state: 'building' }),
  fact('he-thong-phan-mot', 'software.state', { state: 'operating' }),
  fact('bo-y-te', 'blocked_by', {
    subject_type: 'agency',
    value_text: 'budget',
    target: 'ha-tang',
    flags: { holder: 'budget' },
  }),
  {
    type: 'task',
    no: 1,
    title: 'Hoàn thành cơ sở dữ liệu hồ sơ ba',
    legal_basis: 'Nghị quyết số 71/NQ-CP',
    lead_agencies: ['bo-y-te'],
    deadline: '2026-03-31',
    deadline_raw: '31/3/2026',
    overdue_agencies: ['bo-y-te'],
    statuses: [{ agency: 'bo-y-te', status: 'Đang thực hiện' }],
    database_ids: ['ho-so-ba'],
  },
  {
    type: 'agency_count',
    agency: 'bo-y-te',
    assigned: 10,
    done: 6,
    in_progress: 4,
    overdue: 1,
    rate_raw: '60%',
    adds_up: true,
    as_of: DAY,
  },
];

/** The registry, as CSV. */
export const DATABASES = `database_id,name,kind,row_kind,part_of,agency_id,listed_in,holds_persons,custodian,classification,required_direction,headline_unit,update_frequency,sync_schedule,aliases,note
ho-so-mot,Cơ sở dữ liệu hồ sơ một,quoc_gia,database,,bo-noi-vu,nq71,yes,,unknown,one_way,hồ sơ,P1D,P1D,,
ho-so-hai,Cơ sở dữ liệu hồ sơ hai,chuyen_nganh,database,,bo-noi-vu,nq71;nq11,no,,unknown,unknown,,,,,
ho-so-ba,Cơ sở dữ liệu hồ sơ ba,chuyen_nganh,database,,bo-y-te,nq71,unknown,,unknown,unknown,,,,,
he-thong,Hệ thống chung,he_thong,umbrella,,bo-y-te,other,unknown,,unknown,unknown,,,,,
he-thong-phan-mot,Hệ thống chung – phần một,he_thong,database,he-thong,bo-y-te,other,unknown,,unknown,unknown,,,,,
im-lang,Cơ sở dữ liệu im lặng,chuyen_nganh,database,,bo-tu-phap,other,unknown,,unknown,unknown,,,,,
`;
const DEADLINES = `database_id,due,precision,basis,what,document,row
ho-so-mot,2026-12-31,day,Nghị quyết số 71/NQ-CP,hoàn thành,Báo cáo số 1,1
ho-so-ba,2026-03-31,day,Nghị quyết số 71/NQ-CP,hoàn thành,Báo cáo số 1,2
`;

export interface SourceInput {
  id: string;
  required?: boolean;
  /** Text of its NDJSON file. */
  content: string;
}

/** sources.yaml and the files it names. */
export function sourceFiles(sources: readonly SourceInput[], asOf: string | null = DAY): Record<string, string> {
  const entries = sources.map(
    (s) => `  - {id: ${s.id}, connector: baseline, required: ${s.required ?? true}, options: {path: ${s.id}.ndjson}}\n`,
  );
  return {
    'sources.yaml': `${asOf === null ? '' : `as_of: ${asOf}\n`}sources:\n${entries.join('')}`,
    ...Object.fromEntries(sources.map((s) => [`${s.id}.ndjson`, s.content])),
  };
}

export interface RunInput {
  asOf?: string;
  now?: () => Date;
  signal?: AbortSignal;
  environment?: Record<string, string>;
  log?: Log;
  out?: string;
}

export class Project {
  readonly folder = temporaryFolder();
  readonly config = join(this.folder, 'config');
  readonly out = join(this.folder, 'out');

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.write({
      'databases.csv': DATABASES,
      'deadlines.csv': DEADLINES,
      ...sourceFiles([{ id: 'nguon-mot', content: ndjson(FACTS) }]),
      ...files,
    });
  }

  /** Writes settings; an earlier file of the name is replaced. */
  write(files: Readonly<Record<string, string>>): void {
    writeInto(this.config, files);
  }

  run(input: RunInput = {}): Promise<RunOutcome> {
    return runNight({
      configFolder: this.config,
      out: input.out ?? this.out,
      asOf: input.asOf,
      environment: input.environment ?? {},
      log: input.log ?? silentLog,
      now: input.now ?? clockFrom('2026-06-29T16:00:00Z'),
      signal: input.signal ?? new AbortController().signal,
    });
  }

  /** Rows of a query against the current publication. */
  query(sql: string, out = this.out): Promise<Record<string, unknown>[]> {
    return inFile(join(out, 'csdl.duckdb'), (database) => database.anyRows(sql));
  }

  /** Rows of a query against the store, when no run is going on. */
  store(sql: string): Promise<Record<string, unknown>[]> {
    return inFile(join(this.out, 'store', 'store.duckdb'), (database) => database.anyRows(sql));
  }
}

export async function inFile<T>(path: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await Database.open({ path, readOnly: true });
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

/** Every table of a file, row by row in the order in which they lie there. */
export function dumpTables(path: string, except: readonly string[] = []): Promise<Record<string, unknown[]>> {
  return inFile(path, async (database) => {
    const tables = await database.anyRows(
      "SELECT table_name AS name FROM duckdb_tables() WHERE schema_name = 'main' ORDER BY 1",
    );
    const dump: Record<string, unknown[]> = {};
    for (const { name } of tables) {
      const table = String(name);
      if (!except.includes(table)) dump[table] = await database.anyRows(`FROM "${table}"`);
    }
    return dump;
  });
}
