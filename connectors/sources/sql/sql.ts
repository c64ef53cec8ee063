/**
 * `sql`: status and counts straight from a database (PostgreSQL) or from files (Parquet, CSV, JSON, DuckDB), each by a query
 * of the operator's that gives one row. Only numbers, times and declared words leave the row; nothing else is repeated.
 */
import { createHash } from 'node:crypto';
import { Fault } from '../../../config/fault.ts';
import { stableJson } from '../../../config/stable-json.ts';
import type { CollectContext, Collected, Connector } from '../../contract.ts';
import { isDeclared } from '../../declared-hosts.ts';
import { missingFile } from '../../path-check.ts';
import { type Asker, Unanswered } from './answer.ts';
import { factsOf, rejection } from './facts.ts';
import { withFiles } from './files.ts';
import { fixedSql } from './fixed-sql.ts';
import { address, type Options, options } from './options.ts';
import { withPostgres } from './postgres.ts';

async function* collect(settings: Options, context: CollectContext): AsyncIterable<Collected> {
  const now = context.now();
  const id = `${context.sourceId}-${context.asOf}`;
  const { pieces, failures } = await withDatabase(settings, context, (asker) =>
    askAll(settings, context, asker, now, id),
  );
  const [first] = failures;
  if (first !== undefined && failures.length === settings.queries.length) {
    // What was refused is kept, query by query; the source as a whole said nothing.
    yield* pieces;
    throw new Fault(`source/${first.reason}`, `no query was answered; the first ${first.message}`, {
      hint: first.hint,
    });
  }
  const document = {
    type: 'document',
    id,
    title: settings.title,
    stated_at: now.toISOString(),
    grade: settings.grade,
    said_by: settings.said_by,
    sha256: createHash('sha256').update(stableJson(pieces)).digest('hex'),
  };
  yield { kind: 'statement', statement: document, at: id };
  yield* pieces;
}

interface Asked {
  pieces: Collected[];
  failures: Unanswered[];
}

/** One after the other: a database in service is not to feel the counting. */
async function askAll(
  settings: Options,
  context: CollectContext,
  asker: Asker,
  now: Date,
  document: string,
): Promise<Asked> {
  const { registry, log } = context;
  const result: Asked = { pieces: [], failures: [] };
  for (const query of settings.queries) {
    const started = performance.now();
    try {
      result.pieces.push(...factsOf(query, await asker.ask(query.sql), { document, now, registry }));
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      result.failures.push(error);
      const message = `query ${query.id} ${error.message}; ${error.hint}`;
      result.pieces.push(rejection(query.id, `sql/${error.reason}`, message));
    }
    log.info('sql.query', { query: query.id, ms: Math.round(performance.now() - started) });
  }
  return result;
}

async function withDatabase<T>(
  settings: Pick<Options, 'postgres' | 'files' | 'statement_seconds'>,
  context: CollectContext,
  work: (asker: Asker) => Promise<T>,
): Promise<T> {
  const { postgres, files = {} } = settings;
  if (postgres === undefined) return await withFiles(files, context, work);
  if (!isDeclared(address(postgres), context.hosts))
    throw new Fault('source/undeclared-host', 'the host of `postgres` is not declared', {
      hint: 'add it to `hosts` in sources.yaml',
    });
  return await withPostgres(postgres, { statementSeconds: settings.statement_seconds }, context, work);
}

async function probe(settings: Options, context: CollectContext): Promise<void> {
  try {
    await withDatabase(settings, context, (asker) => asker.ask(fixedSql('reached')));
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    throw new Fault(`source/${error.reason}`, `the database ${error.message}`, { hint: error.hint });
  }
}

function check(settings: Options, folder: string): string | null {
  const { postgres, files = {} } = settings;
  const tls =
    postgres === undefined || postgres.tls === 'off' ? [] : [postgres.tls.ca, postgres.tls.cert, postgres.tls.key];
  for (const path of [...Object.values(files), ...tls]) {
    const problem = path === undefined ? null : missingFile(folder, path);
    if (problem !== null) return problem;
  }
  return null;
}

const connector: Connector<Options> = {
  id: 'sql',
  summary: 'counts and states by SQL, from PostgreSQL or from Parquet, CSV, JSON and DuckDB files: one query, one row',
  options,
  check,
  hosts: ({ postgres }) => (postgres === undefined ? [] : [address(postgres)]),
  probe,
  collect,
};
export default connector;
