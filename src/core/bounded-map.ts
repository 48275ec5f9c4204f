/**
 * A map with a cap. When it is full the entries touched longest ago go, and `evicted` counts them. Order of touching is the
 * only order it keeps, so equal histories give equal contents.
 */
export class BoundedMap<K, V> {
  readonly keysMax: number;
  readonly entries = new Map<K, V>();
  evicted = 0;

  constructor(keysMax: number) {
    this.keysMax = keysMax;
  }

  get size(): number {
    return this.entries.size;
  }

  /** Reads without touching. */
  peek(key: K): V | undefined {
    return this.entries.get(key);
  }

  /** Reads and marks as used now. */
  touch(key: K): V | undefined {
    const value = this.entries.get(key);
    if (value === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, value);
    return value;
  }

  /** `onEvict` is told of each entry that has to go for it. */
  set(key: K, value: V, onEvict?: (gone: V) => void): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size > this.keysMax) this.#evict(onEvict);
  }

  /** An eighth at once: finding the oldest costs more than dropping it. */
  #evict(onEvict?: (gone: V) => void): void {
    let surplus = (this.keysMax >> 3) + 1;
    for (const [oldest, gone] of this.entries) {
      this.entries.delete(oldest);
      onEvict?.(gone);
      this.evicted += 1;
      surplus -= 1;
      if (surplus === 0) return;
    }
  }

  delete(key: K): boolean {
    return this.entries.delete(key);
  }

  values(): MapIterator<V> {
    return this.entries.values();
  }

  snapshot(): { evicted: number; entries: [K, V][] } {
    return { evicted: this.evicted, entries: [...this.entries] };
  }

  restore(data: { evicted: number; entries: [K, V][] }): void {
    this.evicted = data.evicted;
    this.entries.clear();
    for (const [key, value] of data.entries) this.entries.set(key, value);
  }
}
