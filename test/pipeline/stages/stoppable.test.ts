import { describe, expect, test } from 'vitest';
import { stoppable, unlessStopped } from '../../../pipeline/stages/stoppable.ts';

async function* pieces(...values: number[]): AsyncIterable<number> {
  for (const value of values) yield value;
}

/** Gives its values and then hangs, whatever it is told. */
const deaf = (values: number[], ended: () => void = () => {}): AsyncIterable<number> => ({
  [Symbol.asyncIterator]() {
    const rest = [...values];
    return {
      next: () => {
        const value = rest.shift();
        return value === undefined ? new Promise<never>(() => {}) : Promise.resolve({ done: false, value });
      },
      return: () => {
        ended();
        return new Promise<never>(() => {});
      },
    };
  },
});

async function taken(from: AsyncIterable<number>, signal: AbortSignal): Promise<number[]> {
  const seen: number[] = [];
  for await (const value of stoppable(from, signal)) seen.push(value);
  return seen;
}

describe('stoppable', () => {
  test('gives everything while nobody stops it', async () => {
    expect(await taken(pieces(1, 2, 3), new AbortController().signal)).toEqual([1, 2, 3]);
  });

  test('stops a source that does not listen, tells it, and does not wait for its end', async () => {
    const stop = new AbortController();
    let told = false;
    const seen = taken(
      deaf([1, 2], () => (told = true)),
      stop.signal,
    );
    setTimeout(() => stop.abort(new Error('time is up')), 5);
    await expect(seen).rejects.toThrow('time is up');
    expect(told).toBe(true);
  });

  test('begins nothing when it is stopped beforehand', async () => {
    await expect(taken(deaf([1]), AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
  });

  test('passes on the error of the source, also where the stop comes at the same time', async () => {
    const broken = async function* (): AsyncIterable<number> {
      yield 1;
      throw new Error('broken');
    };
    await expect(taken(broken(), new AbortController().signal)).rejects.toThrow('broken');
  });

  test('what fails after nobody waits for it any more is no unhandled rejection', async () => {
    const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), 5));
    await expect(unlessStopped(late, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
    await new Promise((resolve) => setTimeout(resolve, 10));
  });
});
