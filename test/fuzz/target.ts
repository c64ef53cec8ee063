/** What is fuzzed: a boundary where bytes come in, inputs for it, and what must hold of every answer. */
import type fc from 'fast-check';
import { Fault } from '../../config/fault.ts';

export interface Target {
  /** Texts are many and short; files are few and long. */
  kind: 'text' | 'file';
  /** Milliseconds one input may take; more, twice in a row, is a failure. */
  limitMs: number;
  inputs: fc.Arbitrary<unknown>;
  /** @throws what the parser throws; a `Broken` where its answer cannot be right */
  feed(input: unknown): unknown;
  /** Whether an error is one of those that the parser says it throws. */
  isRefusal(error: unknown): boolean;
}

/** An answer that cannot be right. */
export class Broken extends Error {}

export function must(holds: boolean, what: string): void {
  if (!holds) throw new Broken(what);
}

interface Described<T> {
  inputs: fc.Arbitrary<T>;
  feed: (input: T) => unknown;
  /** Errors beside `Fault` that the parser says it throws. */
  refuses?: readonly (new (
    ...given: never[]
  ) => Error)[];
  limitMs?: number;
}

const describe =
  (kind: Target['kind'], usualMs: number) =>
  <T>({ inputs, feed, refuses = [], limitMs = usualMs }: Described<T>): Target => ({
    kind,
    limitMs,
    inputs,
    feed: (input) => feed(input as T),
    isRefusal: (error) => error instanceof Fault || refuses.some((kind) => error instanceof kind),
  });

export const text = describe('text', 1_000);
export const file = describe('file', 5_000);

/** Targets of one room by name; made when asked for, since what they stand on takes time to load. */
export type Targets = Readonly<Record<string, () => Target | Promise<Target>>>;
