/** Asks over the real hub as a source would, and looks at every failure: it must be a Fault that gives nothing away. */
import { expect } from 'vitest';
import { Fault } from '../../config/fault.ts';
import { silentLog } from '../../config/log.ts';
import { httpAccess } from '../../connectors/http/access.ts';
import { createHttpHub, type HttpHub, type HttpHubOptions } from '../../connectors/http/hub.ts';
import type { HttpAnswer, HttpGet, HttpPort, Meter } from '../../connectors/ports.ts';

export const SECRET = 'a-secret-that-nobody-may-see';

export interface Asking {
  access?: Record<string, unknown>;
  get?: HttpGet;
  hub?: Partial<HttpHubOptions>;
  signal?: AbortSignal;
}

export interface Asked {
  meter: Meter;
  /** Pauses between tries, in ms; they are not really waited for. */
  pauses: number[];
}

export const NETWORK = { concurrency: 16, per_host: 4, per_host_per_second: 1000 };

export function testHub(given: Partial<HttpHubOptions> = {}): HttpHub {
  return createHttpHub({
    hosts: ['127.0.0.1', 'localhost'],
    network: NETWORK,
    environment: {},
    now: () => new Date(),
    ...given,
  });
}

/** A port for a connector under test: pauses are not waited for. */
export function testPort(given: Partial<HttpHubOptions> = {}, signal = new AbortController().signal): HttpPort {
  const hub = testHub({ sleep: async () => undefined, ...given });
  return hub.port({ signal, meter: { tries: 0, bytes: 0 }, log: silentLog });
}

/** @returns the answer, with what it took */
export async function ask(url: string, asking: Asking = {}): Promise<HttpAnswer & Asked> {
  const took: Asked = { meter: { tries: 0, bytes: 0 }, pauses: [] };
  const answer = await asked(url, asking, took);
  return { ...answer, ...took };
}

/** @returns the fault, checked to hold no address and no secret, with what it took */
export async function fault(
  url: string,
  asking: Asking = {},
): Promise<Asked & { code: string; message: string; hint: string; cause: unknown }> {
  const took: Asked = { meter: { tries: 0, bytes: 0 }, pauses: [] };
  const error = await asked(url, asking, took).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Fault);
  const { code, message, hint = '', cause } = error as Fault;
  const told = `${message} ${hint}`;
  const { hostname, port, pathname } = new URL(url);
  for (const private_ of [hostname, port, SECRET, pathname.length > 1 ? pathname : '', 'http://', 'https://']) {
    if (private_ !== '') expect(told).not.toContain(private_);
  }
  expect(hint).not.toBe('');
  expect(code).toMatch(/^source\/[a-z-]+$/);
  return { code, message, hint, cause, ...took };
}

async function asked(
  url: string,
  { access = {}, get = {}, hub: given, signal }: Asking,
  took: Asked,
): Promise<HttpAnswer> {
  const hub = testHub({
    random: () => 0.5,
    sleep: async (ms) => {
      took.pauses.push(ms);
    },
    ...given,
  });
  const port = hub.port({ signal: signal ?? new AbortController().signal, meter: took.meter, log: silentLog });
  try {
    return await port.client(httpAccess.parse(access), (client) => client.get(url, get));
  } finally {
    await hub.close();
    expect(hub.held().clients).toBe(0);
  }
}
