/** A map for results that are asked for over and over: emptied when it is full, so that strangers cannot fill the memory. */
export class BoundedMap<K, V> extends Map<K, V> {
  readonly #most: number;

  constructor(most: number) {
    super();
    this.#most = most;
  }

  /** What is asked for again comes soon or not at all: none of it is worth more than another. */
  override set(key: K, value: V): this {
    if (this.size >= this.#most) this.clear();
    return super.set(key, value);
  }
}
