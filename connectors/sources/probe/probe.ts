/**
 * `probe`: is a declared endpoint alive. Each is tried a few times; how many were answered is a measurement of ours (E4), and
 * "none" is one too. Only when this machine itself is cut off from the network does the source fail.
 */
import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import PQueue from 'p-queue';
import { Fault } from '../../../config/fault.ts';
import { stableJson } from '../../../config/stable-json.ts';
import type { CollectContext, Collected, Connector } from '../../contract.ts';
import { isDeclared } from '../../declared-hosts.ts';
import { missingFile } from '../../path-check.ts';
import { address, type Endpoint, endpointOf } from './endpoint.ts';
import { isCutOff } from './no-network.ts';
import { endpointFrom, type Options, options, type TargetOptions } from './options.ts';
import { type Try, tryOnce } from './try-once.ts';

/** Endpoints tried side by side. */
const CONCURRENCY = 16;
const CONTROL_MS = 5_000;

interface Measured {
  target: TargetOptions;
  host: string;
  tries: Try[];
}

async function* collect(settings: Options, context: CollectContext): AsyncIterable<Collected> {
  const now = context.now();
  const measured = await measure(settings, context);
  const document = `${context.sourceId}-${context.asOf}`;
  const observations = measured.map(({ target, tries }) => ({
    type: 'observation',
    document,
    subject_type: 'database',
    subject_id: target.database,
    attribute: 'probe.available',
    target: target.name,
    value_number: tries.filter((one) => one.failedAt === null).length,
    value_total: tries.length,
    flags: flagsOf(tries),
    observed_at: now.toISOString(),
    evidence: { query: target.name },
  }));
  const statement = {
    type: 'document',
    id: document,
    title: settings.title,
    stated_at: now.toISOString(),
    grade: 'E4',
    said_by: 'system',
    sha256: createHash('sha256').update(stableJson(observations)).digest('hex'),
  };
  yield { kind: 'statement', statement, at: document };
  for (const observation of observations) yield { kind: 'statement', statement: observation, at: observation.target };
}

/** @throws Fault `source/no-network` when this machine is cut off */
async function measure(settings: Options, given: CollectContext): Promise<Measured[]> {
  // One of our own: Node takes more than ten that listen for a mistake.
  const context = { ...given, signal: AbortSignal.any([given.signal]) };
  setMaxListeners(CONCURRENCY + 1, context.signal);
  const targets = settings.targets.map((target) => ({ target, endpoint: endpointFrom(target) }));
  for (const { target, endpoint } of targets) declared(endpoint, context, `target "${target.name}"`);
  const control = settings.control === undefined ? null : controlOf(settings.control);
  if (control !== null) declared(control, context, '`control`');
  const queue = new PQueue({ concurrency: CONCURRENCY });
  const measured = await Promise.all(
    targets.map(({ target, endpoint }) => queue.add(() => measureOne(target, endpoint, context))),
  );
  const asked =
    control === null || measured.some(({ tries }) => tries.some((one) => one.failedAt === null))
      ? null
      : await ask(control, context);
  if (isCutOff(measured, asked)) {
    throw new Fault('source/no-network', 'no endpoint answered in any way: this machine seems to be cut off', {
      hint: 'see whether it has a network and a name server; a `control` of your own tells the two apart',
    });
  }
  return measured;
}

async function measureOne(target: TargetOptions, endpoint: Endpoint, context: CollectContext): Promise<Measured> {
  const { signal, meter, log } = context;
  const accepted = target.expect_status;
  const how = {
    timeoutMs: target.timeout_seconds * 1000,
    ca: target.ca === undefined ? undefined : authority(target.ca, context.folder),
    accepts: (status: number) => accepted?.includes(status) ?? status < 500,
  };
  const tries: Try[] = [];
  for (let i = 0; i < target.tries; i++) {
    if (i > 0) await wait(target.pause_seconds * 1000, undefined, { signal });
    tries.push(await tryOnce(endpoint, how, signal, meter));
  }
  const answered = tries.filter((one) => one.failedAt === null).length;
  log.info('probe.target', { database: target.database, target: target.name, answered, of: tries.length });
  return { target, host: endpoint.host, tries };
}

async function ask(control: Endpoint, context: CollectContext): Promise<Try[]> {
  const how = { timeoutMs: CONTROL_MS, ca: undefined, accepts: () => true };
  return [await tryOnce(control, how, context.signal, context.meter)];
}

function flagsOf(tries: readonly Try[]): Record<string, string | number> {
  const failed = tries.findLast((one) => one.failedAt !== null);
  const status = tries.findLast((one) => one.status !== undefined)?.status;
  const expires = tries.findLast((one) => one.expires !== undefined)?.expires;
  const latency = median(tries.filter((one) => one.failedAt === null).map((one) => one.ms));
  return {
    ...(failed?.failedAt == null ? {} : { failed_at: failed.failedAt }),
    ...(status === undefined ? {} : { status }),
    ...(latency === null ? {} : { latency_ms: latency }),
    ...(expires === undefined ? {} : { tls_expires: expires }),
  };
}

/** The middle one; of an even number the smaller of the two in the middle. */
function median(numbers: readonly number[]): number | null {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? null;
}

function controlOf(text: string): Endpoint {
  const found = endpointOf('tcp', text);
  if (typeof found === 'string') throw new Error(`a control that was not checked: ${found}`);
  return found;
}

function declared(endpoint: Endpoint, context: CollectContext, what: string): void {
  if (isDeclared(address(endpoint), context.hosts)) return;
  throw new Fault('source/undeclared-host', `the host of ${what} is not declared`, {
    hint: 'add it to `hosts` in sources.yaml',
  });
}

function authority(path: string, folder: string): Buffer {
  try {
    return readFileSync(resolve(folder, path));
  } catch {
    throw new Fault('source/missing-file', `the file ${path} of \`ca\` cannot be read`, {
      hint: 'correct the path, or let the program read the file',
    });
  }
}

function hosts(settings: Options): string[] {
  const all = settings.targets.map((target) => address(endpointFrom(target)));
  if (settings.control !== undefined) all.push(address(controlOf(settings.control)));
  return [...new Set(all)];
}

const connector: Connector<Options> = {
  id: 'probe',
  summary: 'whether declared endpoints answer: name, connection, certificate and status, a few tries each',
  options,
  check(settings, folder) {
    for (const { ca } of settings.targets) {
      const problem = ca === undefined ? null : missingFile(folder, ca);
      if (problem !== null) return problem;
    }
    return null;
  },
  hosts,
  async probe(settings, context) {
    const once = settings.targets.map((target) => ({ ...target, tries: 1 }));
    await measure({ ...settings, targets: once }, context);
  },
  collect,
};
export default connector;
