/** The connector status-api asked about a server of a test, and what becomes of its facts. */
import { expect } from 'vitest';
import { Fault } from '../../config/fault.ts';
import { loadConfig } from '../../config/load.ts';
import type { CollectContext, Collected } from '../../connectors/contract.ts';
import connector from '../../connectors/sources/status-api/status-api.ts';
import { type Normalised, Normaliser } from '../../pipeline/stages/normalise.ts';
import { collectAll, collectContext } from './collect-context.ts';
import { testPort } from './http-asking.ts';

export const { config } = loadConfig(undefined, {});

export interface StatusAsking {
  options?: Record<string, unknown>;
  context?: Partial<CollectContext>;
}

export async function pieces(url: string, { options = {}, context = {} }: StatusAsking = {}): Promise<Collected[]> {
  return await collectAll(connector, { url, ...options }, { http: testPort(), ...context });
}

/** The statements of an answer; the first one is the document. */
export async function statements(url: string, asking: StatusAsking = {}): Promise<Record<string, unknown>[]> {
  return (await pieces(url, asking)).map((piece) => {
    expect(piece.kind).toBe('statement');
    return (piece.kind === 'statement' ? piece.statement : {}) as Record<string, unknown>;
  });
}

export async function rejected(url: string, asking: StatusAsking = {}) {
  return (await pieces(url, asking)).filter((piece) => piece.kind === 'rejection');
}

export function normalised(collected: readonly Collected[]): Normalised {
  const normaliser = new Normaliser({
    config,
    runId: 'run',
    sourceId: 's',
    collectedAt: new Date('2026-06-29T18:00:00Z'),
    trust: { grade: 'E3', said_by: ['owner'] },
  });
  for (const piece of collected) normaliser.add(piece);
  return normaliser.finish();
}

/** The fault of an answer that gives nothing; it names no address. */
export async function refused(url: string, asking: StatusAsking = {}): Promise<{ code: string; message: string }> {
  const error = await pieces(url, asking).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Fault);
  const { code, message, hint = '' } = error as Fault;
  expect(`${message} ${hint}`).not.toContain('127.0.0.1');
  expect(`${message} ${hint}`).not.toContain(new URL(url).port);
  expect(hint).not.toBe('');
  return { code, message };
}

export async function probed(url: string, { options = {}, context = {} }: StatusAsking = {}): Promise<CollectContext> {
  const given = collectContext({ http: testPort(), ...context });
  await connector.probe?.(connector.options.parse({ url, ...options }), given);
  return given;
}
