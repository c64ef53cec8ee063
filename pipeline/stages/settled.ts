/** Works side by side, all of which have ended before anything else happens. */

/** @throws the first failure, in the order given, once every part has ended */
export async function settled<T extends readonly unknown[]>(works: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const ended = await Promise.allSettled(works);
  for (const part of ended) if (part.status === 'rejected') throw part.reason;
  return ended.map((part) => (part as PromiseFulfilledResult<unknown>).value) as unknown as T;
}
