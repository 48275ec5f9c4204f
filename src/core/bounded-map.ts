/**
 * A map with a cap. When it is full the entry touched longest ago goes, and `evicted` counts it. Order of touching is the
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

  set(key: K, value: V): V | undefined {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size <= this.keysMax) return undefined;
    const oldest = this.entries.keys().next().value as K;
    const gone = this.entries.get(oldest);
    this.entries.delete(oldest);
    this.evicted += 1;
    return gone;
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
