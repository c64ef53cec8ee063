/**
 * Who may ask now: so many requests at a time over all hosts, so many to one host, and so many to one host within a
 * second. A host of which nothing is heard any more is forgotten, so that thousands of them take no room.
 */
import { setTimeout as wait } from 'node:timers/promises';
import PQueue from 'p-queue';

export interface SlotLimits {
  concurrency: number;
  per_host: number;
  per_host_per_second: number;
}

interface Host {
  queue: PQueue;
  /** When its last requests began: as many as may begin within a second, oldest first. */
  begun: number[];
  usedAt: number;
}

const SECOND = 1000;

export class Slots {
  readonly #limits: SlotLimits;
  readonly #all: PQueue;
  /** In the order of their last use. */
  readonly #hosts = new Map<string, Host>();

  constructor(limits: SlotLimits) {
    this.#limits = limits;
    this.#all = new PQueue({ concurrency: limits.concurrency });
  }

  /** Hosts that are remembered. */
  get size(): number {
    return this.#hosts.size;
  }

  /**
   * Runs `work` when it is its turn. Its place at the host comes first, so that a slow host keeps nobody else waiting.
   * @param host `host:port`
   * @throws the reason of the signal, at once, also while it waits
   */
  async run<T>(host: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const entry = this.#touch(host);
    try {
      return await entry.queue.add(() => this.#inTurn(entry, signal, work), { signal });
    } finally {
      this.#touch(host);
    }
  }

  async #inTurn<T>(entry: Host, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    while (true) {
      const pause = this.#pauseOf(entry);
      if (pause > 0) await wait(pause, undefined, { signal });
      // Others of the same host may have begun while this one waited for its turn among all: then it steps back.
      const outcome = await this.#all.add(
        async (): Promise<{ value: T } | null> => {
          if (this.#pauseOf(entry) > 0) return null;
          this.#begin(entry);
          return { value: await work() };
        },
        { signal },
      );
      if (outcome !== null) return outcome.value;
    }
  }

  /** Milliseconds until the host may be asked again. */
  #pauseOf({ begun }: Host): number {
    const { per_host_per_second } = this.#limits;
    const [oldest] = begun;
    if (begun.length < per_host_per_second || oldest === undefined) return 0;
    return Math.max(0, Math.ceil(oldest + SECOND - performance.now()));
  }

  #begin({ begun }: Host): void {
    begun.push(performance.now());
    if (begun.length > this.#limits.per_host_per_second) begun.shift();
  }

  /** Marks the host as used now, and forgets those that were not for longer than their rate is counted. */
  #touch(name: string): Host {
    const now = performance.now();
    for (const [other, { queue, usedAt }] of this.#hosts) {
      if (now - usedAt <= SECOND) break;
      if (queue.size === 0 && queue.pending === 0) this.#hosts.delete(other);
      else this.#move(other, now);
    }
    return this.#move(name, now);
  }

  /** To the end of the order. */
  #move(name: string, usedAt: number): Host {
    const { per_host: concurrency } = this.#limits;
    const host = this.#hosts.get(name) ?? { queue: new PQueue({ concurrency }), begun: [], usedAt };
    host.usedAt = usedAt;
    this.#hosts.delete(name);
    this.#hosts.set(name, host);
    return host;
  }
}
