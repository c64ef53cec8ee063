/** What a connector gets when a test runs it alone: a still clock, nothing remembered, and no way out unless given one. */
import { silentLog } from '../../config/log.ts';
import type { CollectContext, Collected, Connector } from '../../connectors/contract.ts';
import { temporaryFolder } from './folders.ts';

const refuse = (what: string) => (): never => {
  throw new Error(`this test gave its connector no ${what}`);
};

export interface TestContext extends CollectContext {
  /** What the connector remembered. */
  remembered: Map<string, string>;
}

export function collectContext(given: Partial<CollectContext> = {}): TestContext {
  const remembered = new Map<string, string>();
  return {
    sourceId: 's',
    folder: '.',
    log: silentLog,
    signal: new AbortController().signal,
    query: { session: refuse('engine') },
    http: { client: refuse('network') },
    now: () => new Date('2026-06-29T18:00:00Z'),
    asOf: '2026-06-29',
    hosts: [],
    meter: { tries: 0, bytes: 0 },
    memory: { get: (key) => remembered.get(key), set: (key, value) => void remembered.set(key, value) },
    scratch: temporaryFolder,
    registry: undefined as never,
    remembered,
    ...given,
  };
}

/** Everything a connector yields, options parsed as the pipeline does. */
export async function collectAll<O>(
  connector: Connector<O>,
  options: unknown,
  given: Partial<CollectContext> = {},
): Promise<Collected[]> {
  const pieces: Collected[] = [];
  for await (const piece of connector.collect(connector.options.parse(options), collectContext(given))) {
    pieces.push(piece);
  }
  return pieces;
}
