/** Waits for a connector no longer than its signal allows, even where the connector itself does not listen to it. */

/** Waits for `work`, or for the signal, whichever comes first. @throws the reason of the signal */
export async function unlessStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // What is no longer waited for may still fail; nobody is left to hear of it.
  work.catch(() => undefined);
  let stop = (): void => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** What a connector yields, until the signal stops it. @throws the reason of the signal */
export async function* stoppable<T>(pieces: AsyncIterable<T>, signal: AbortSignal): AsyncIterable<T> {
  const iterator = pieces[Symbol.asyncIterator]();
  let ended = false;
  // One ear for all pieces, of which there may be a million: it ends the waiting that is going on.
  let giveUp = (_reason: unknown): void => {};
  const stop = (): void => giveUp(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    while (true) {
      const result = await new Promise<IteratorResult<T>>((resolve, reject) => {
        giveUp = reject;
        if (signal.aborted) stop();
        // What is no longer waited for may still come or fail; nobody is left to hear of it.
        iterator.next().then(resolve, reject);
      });
      if (result.done === true) {
        ended = true;
        return;
      }
      yield result.value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    // A connector that hangs would keep its own end waiting for ever: it is told, not waited for.
    if (!ended) void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}
