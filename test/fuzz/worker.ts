/**
 * The targets of one room in a process of its own: each is fed until the count or the time is reached, and what fails is told,
 * shrunk. Before each input its number is written down, so that whoever watches sees a parser that does not come back.
 */
import { openSync, writeSync } from 'node:fs';
import fc from 'fast-check';
import { BATCH, type Failure, type Orders, type Told } from './orders.ts';
import type { Target } from './target.ts';
import { ROOMS } from './targets.ts';

const orders = JSON.parse(process.argv[2] ?? '') as Orders;
const { targets = {} } = (await ROOMS[orders.room]?.()) ?? {};
const progress = openSync(orders.progress, 'w');
const mark = Buffer.alloc(8);
let fed = 0;
/** A promise that nobody waited for and that failed. */
let stray: unknown;
process.on('unhandledRejection', (reason) => {
  stray = reason;
});

const tell = (told: Told): Promise<void> => new Promise((done) => process.send?.(told, () => done()));
const inWords = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** @returns the milliseconds of the processor it took, whoever else has the machine; @throws what is no refusal */
async function feed(target: Target, input: unknown): Promise<number> {
  const from = process.cpuUsage();
  try {
    const answer = target.feed(input);
    if (answer instanceof Promise) await answer;
  } catch (error) {
    if (!target.isRefusal(error)) throw error;
  }
  if (stray !== undefined) {
    const message = `unhandled rejection: ${inWords(stray)}`;
    stray = undefined;
    throw new Error(message);
  }
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

async function once(target: Target, input: unknown): Promise<void> {
  fed += 1;
  mark.writeDoubleLE(fed);
  writeSync(progress, mark, 0, 8, 0);
  if (orders.reveal === fed) throw new Error('this one');
  if (orders.reveal !== undefined) return;
  const ms = await feed(target, input);
  // The compiler and the collector of garbage take their time, too: only what is slow twice is slow.
  if (ms > target.limitMs && (await feed(target, input)) > target.limitMs) throw new Error(`took ${Math.round(ms)} ms`);
}

async function batch(target: Target, number: number, size: number): Promise<Failure | undefined> {
  const isRevealed = orders.reveal !== undefined;
  const property = fc.asyncProperty(target.inputs, (input) => once(target, input));
  const details = await fc.check(property, {
    seed: orders.seed + number,
    numRuns: size,
    interruptAfterTimeLimit: isRevealed ? 60_000 : orders.seconds * 1000,
    endOnFailure: isRevealed,
  });
  if (!details.failed || details.counterexample === null || details.counterexample === undefined) return undefined;
  const input = fc.stringify(details.counterexample[0]).slice(0, 2_000);
  return { message: inWords(details.errorInstance), input, batch: number };
}

async function run(name: string, target: Target): Promise<void> {
  const from = performance.now();
  const spent = (): number => (performance.now() - from) / 1000;
  const size = BATCH[target.kind];
  const most = orders.most[target.kind] - orders.from * size;
  let failure: Failure | undefined;
  fed = 0;
  for (let number = orders.batch ?? orders.from; ; number++) {
    failure = await batch(target, number, Math.min(size, most - fed));
    if (failure !== undefined || orders.batch !== undefined || fed >= most || spent() >= orders.seconds) break;
  }
  await tell({ ends: name, inputs: fed, seconds: spent(), failure });
}

let isReached = orders.after === undefined;
for (const [name, make] of Object.entries(targets)) {
  const isWanted = orders.wanted.length === 0 || orders.wanted.some((part) => name.includes(part));
  if (isReached && isWanted) {
    const target = await make();
    await tell({ begins: name, kind: target.kind, limitMs: target.limitMs });
    await run(name, target);
  }
  isReached ||= name === orders.after;
}
process.exit(0);
