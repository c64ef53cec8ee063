/** Shape of the options: which database or files, which queries, and what each column of the one row says. */
import { isIP } from 'node:net';
import { z } from 'zod';
import { grade, slug, speaker } from '../../../config/schema/parts.ts';
import { queryProblem } from './statement-text.ts';

const portNumber = z
  .union([z.number(), z.string()])
  .transform(Number)
  .pipe(z.number('must be a port').int('must be a port').min(1).max(65_535));

/** Names and addresses only: a path would be a local socket, and everything else an option of the driver. */
const hostName = z
  .string()
  .transform((text) => text.toLowerCase().replace(/^\[(.*)\]$/, '$1'))
  .refine(
    (text) => isIP(text) !== 0 || /^[a-z0-9](?:[a-z0-9_.-]{0,251}[a-z0-9])?$/.test(text),
    'must be a host name or address',
  );

const tls = z.strictObject({
  /** PEM files, relative to sources.yaml: the authority that signed the server's certificate, if not a public one. */
  ca: z.string().min(1).optional(),
  /** Certificate and key of the client, where the server asks for them. */
  cert: z.string().min(1).optional(),
  key: z.string().min(1).optional(),
});

const postgres = z
  .strictObject({
    host: hostName,
    port: portNumber.default(5432),
    database: z.string().min(1).max(63),
    user: z.string().min(1).max(63),
    /** Not needed where the certificate of the client is enough. */
    password: z.string().optional(),
    /** Always on and always verified, name included; `off` only on this machine itself. */
    tls: z.union([tls, z.literal('off')]).default({}),
    /** Seconds for reaching the server and being let in. */
    connect_seconds: z.number().int().min(1).max(120).default(10),
  })
  .refine((p) => p.tls !== 'off' || isLoopback(p.host), {
    path: ['tls'],
    message: 'may be off only for localhost, 127.0.0.1 or [::1]',
  })
  .refine((p) => p.tls === 'off' || (p.tls.cert === undefined) === (p.tls.key === undefined), {
    path: ['tls'],
    message: '`cert` and `key` are given together',
  });
export type PostgresOptions = z.output<typeof postgres>;

export const FILE_KINDS = ['parquet', 'csv', 'json', 'ndjson', 'duckdb'] as const;
const fileName = z
  .string()
  .min(1)
  .refine((path) => !/[*?[\]{}\0]/.test(path), 'names one file: no *, ?, [ ] or { }')
  .refine((path) => !/^[a-z][a-z0-9+.-]+:/i.test(path), 'must be a file, not an address')
  .refine(
    (path) => FILE_KINDS.some((kind) => path.toLowerCase().endsWith(`.${kind}`)),
    `must end in .${FILE_KINDS.join(', .')}`,
  );

const columnName = z.string().min(1).max(128);
const literal = z.strictObject({ literal: z.union([z.string().max(200), z.number(), z.boolean()]) });
/** A column by its name, or a number as it stands. */
const amount = z.union([columnName, z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)]);

const fact = z
  .strictObject({
    database: slug.optional(),
    agency: slug.optional(),
    attribute: z.string().min(1),
    number: amount.optional(),
    /** The whole, of a ratio. */
    of: amount.optional(),
    low: amount.optional(),
    high: amount.optional(),
    /** A column that holds a state of the attribute's scale, or a word that `words` turns into one. */
    state: columnName.optional(),
    words: z.record(z.string().max(200), z.string().min(1).max(200)).default({}),
    /** A column that holds a day or an instant. */
    time: columnName.optional(),
    /** When it was true; without it, when the database was asked. */
    observed_at: columnName.optional(),
    unit: z.string().min(1).max(60).optional(),
    stage: z.string().min(1).max(60).optional(),
    role: z.string().min(1).max(60).optional(),
    target: z.string().min(1).max(200).optional(),
    extent: z.string().min(1).max(60).optional(),
    /** Each a column by its name, or `{literal: …}`. */
    flags: z.record(z.string(), z.union([columnName, literal])).default({}),
  })
  .refine((f) => (f.database === undefined) !== (f.agency === undefined), 'a fact is of one `database` or one `agency`')
  .refine(
    (f) => [f.number, f.of, f.low, f.high, f.state, f.time].some((part) => typeof part === 'string'),
    'a fact takes its value from the row: name a column in `number`, `of`, `low`, `high`, `state` or `time`',
  );
export type FactOptions = z.output<typeof fact>;

const query = z.strictObject({
  id: slug,
  sql: z
    .string()
    .min(1)
    .max(20_000)
    .superRefine((sql, context) => {
      const problem = queryProblem(sql);
      if (problem !== null) context.addIssue({ code: 'custom', message: problem });
    }),
  facts: z.array(fact).min(1).max(200),
});
export type QueryOptions = z.output<typeof query>;

export const options = z
  .strictObject({
    /** What the evidence is called in reports. */
    title: z.string().min(1).max(200),
    postgres: postgres.optional(),
    /** Name in SQL → file, relative to sources.yaml. */
    files: z
      .record(z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be snake_case: a-z, 0-9 and _'), fileName)
      .refine((files) => Object.keys(files).length > 0, 'at least one file is needed')
      .optional(),
    /** Longest time of one query on PostgreSQL; for files the budget of the source is the limit. */
    statement_seconds: z.number().int().min(1).max(3600).default(60),
    grade: grade.default('E3'),
    said_by: speaker.default('owner'),
    queries: z.array(query).min(1).max(500),
  })
  .refine((o) => (o.postgres === undefined) !== (o.files === undefined), 'give either `postgres` or `files`')
  .refine((o) => new Set(o.queries.map((q) => q.id)).size === o.queries.length, {
    path: ['queries'],
    message: 'two queries have the same id',
  });
export type Options = z.output<typeof options>;

/** True for what cannot leave this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** `host:port` as sources.yaml declares it. */
export function address({ host, port }: Pick<PostgresOptions, 'host' | 'port'>): string {
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}
