/** Reads one log through the connector, on a private engine, as of 29/6/2026 at half past midnight. */
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { QueryPort } from '../../connectors/ports.ts';
import connector from '../../connectors/sources/sync-log/sync-log.ts';
import { createQuerySessions, type QuerySessions } from '../../pipeline/database/query-session.ts';
import { collectAll } from './collect-context.ts';
import { folderWith } from './folders.ts';
import { afterEachFile } from './left-behind.ts';
import { at, COLUMNS } from './sync-logs.ts';

let sessions: QuerySessions | undefined;
afterEachFile(async () => {
  await sessions?.close();
  sessions = undefined;
});
export const query: QueryPort = {
  session: (files, work) => {
    sessions ??= createQuerySessions();
    return sessions.port(new AbortController().signal).session(files, work);
  },
};
export const registry = {
  databases: [
    { database_id: 'a', sync_schedule: 'P1D' },
    { database_id: 'b', sync_schedule: null },
  ],
} as never;
export const now = (): Date => new Date('2026-06-29T17:30:00Z');

export interface Result {
  document: Record<string, unknown> | undefined;
  windows: Record<
    string,
    { value_number: number; value_total: number; flags: Record<string, unknown>; observed_at: string }
  >;
  statements: Record<string, unknown>[];
  rejections: [string, string][];
}

export async function readLog(options: object, given: object = {}): Promise<Result> {
  const all = { partner: 'c12', columns: COLUMNS, ...options };
  const pieces = await collectAll(connector, all, { query, registry, now, ...given });
  const statements = pieces.flatMap((p) => (p.kind === 'statement' ? [p.statement as Record<string, unknown>] : []));
  const windows = statements.filter((s) => s.attribute === 'c12.sync.window');
  return {
    document: statements[0],
    windows: Object.fromEntries(windows.map((w) => [w.subject_id, w])) as Result['windows'],
    statements,
    rejections: pieces.flatMap((p): [string, string][] => (p.kind === 'rejection' ? [[p.code, p.message]] : [])),
  };
}

/** A log in one file, written at a local time. */
export function delivered(name: string, text: string | Buffer, written = '2026-06-29 23:00:00'): string {
  const folder = folderWith({ [name]: text });
  utimesSync(join(folder, name), new Date(at(written)), new Date(at(written)));
  return folder;
}

export const HEADER = 'db,way,started,finished,sent,accepted,rejected,backlog,reason\n';
export const row = (started: string, finished: string, counts = '10,10,0', db = 'a', way = 'out'): string =>
  `${db},${way},${started},${finished},${counts},0,\n`;
