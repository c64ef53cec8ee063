/** The connector sql asking the server of the tests; the database is made and dropped with the test file. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import { Fault } from '../../config/fault.ts';
import { loadConfig } from '../../config/load.ts';
import type { Log } from '../../config/log.ts';
import type { CollectContext, Collected } from '../../connectors/contract.ts';
import connector from '../../connectors/sources/sql/sql.ts';
import { collectAll, collectContext } from './collect-context.ts';
import { type TestServer, testServer, url } from './postgres.ts';

export const { config } = loadConfig(undefined, {});
const database = config.databases[0]?.database_id ?? '';
export let server: TestServer;

beforeAll(async () => {
  if (url !== undefined) server = await testServer();
});
afterAll(async () => {
  await server?.close();
});

export interface Given {
  sql?: string | string[];
  fact?: Record<string, unknown>;
  postgres?: Record<string, unknown>;
  options?: Record<string, unknown>;
  context?: Partial<CollectContext>;
}

export function settings({ sql = 'select count(*) as n from thua', fact, postgres, options }: Given) {
  const { host, port, user, password } = server;
  const facts = [{ database, attribute: 'records.count', number: 'n', ...fact }];
  return {
    title: 'Kho',
    postgres: { host, port, database: server.database, user, password, tls: 'off', ...postgres },
    queries: [sql].flat().map((text, i) => ({ id: `q${i}`, sql: text, facts })),
    ...options,
  };
}

export const collect = (given: Given = {}): Promise<Collected[]> =>
  collectAll(connector, settings(given), { hosts: ['127.0.0.1', 'localhost'], registry: config, ...given.context });

/** Each answer in a word: the value of the observation, or the code of the rejection. */
export async function answers(given: Given): Promise<unknown[]> {
  return (await collect(given)).flatMap((piece) => {
    if (piece.kind === 'rejection') return [piece.code];
    const { type, value_number, value_text, value_time } = piece.statement as Record<string, unknown>;
    return type === 'document' ? [] : [value_number ?? value_text ?? value_time];
  });
}

export const faultOf = async (given: Given): Promise<Fault> => {
  const error = await collect(given).catch((cause: unknown) => cause);
  if (!(error instanceof Fault)) throw new Error(`no fault but ${JSON.stringify(error)}`);
  return error;
};

/** Connections of the program at the server. */
export async function backends(): Promise<number> {
  const rows = await server.run(
    "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'csdl-readiness' AND datname = current_database()",
  );
  return Number(rows[0]?.n);
}

/** The server needs a moment to notice that somebody left. */
export async function backendsSettle(): Promise<number> {
  for (let i = 0; i < 50 && (await backends()) > 0; i++) await wait(20);
  return await backends();
}

export function lightly(): CollectContext {
  return collectContext({ hosts: ['127.0.0.1'], registry: config });
}

export function logThat(take: (event: string, fields?: unknown) => unknown): Log {
  const log: Log = {
    info: (event, fields) => void take(event, fields),
    warn: (event, fields) => void take(event, fields),
    with: () => log,
  };
  return log;
}
