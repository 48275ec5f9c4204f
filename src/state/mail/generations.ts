/**
 * A bounded map in two generations. What is written or read goes to the young one; when that holds half of `keysMax`, it
 * becomes the old one, and what was not asked for since then is forgotten and counted. Every operation is constant in time:
 * a JavaScript Map finds its first key slowly once many keys before it were deleted, so nothing here looks for one.
 *
 * A key is kept as it is given: a text must be one that is fit to be kept (core/text-pool.ts). Most are kept elsewhere as
 * well, and a copy of each here would be as much memory again.
 */
export class Generations<K, V> {
  evicted = 0;
  #young = new Map<K, V>();
  #old = new Map<K, V>();
  readonly #halfMax: number;

  constructor(keysMax: number) {
    this.#halfMax = Math.max(1, keysMax >> 1);
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /** Reads without touching. */
  peek(key: K): V | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  /** Reads and marks as used now. */
  touch(key: K): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old === undefined) return undefined;
    this.set(key, old);
    return old;
  }

  set(key: K, value: V): void {
    this.#old.delete(key);
    this.add(key, value);
  }

  /** Takes a key in that is not there yet. */
  add(key: K, value: V): void {
    this.#young.set(key, value);
    if (this.#young.size < this.#halfMax) return;
    this.evicted += this.#old.size;
    this.#old = this.#young;
    this.#young = new Map();
  }

  delete(key: K): boolean {
    return this.#young.delete(key) || this.#old.delete(key);
  }

  snapshot(): { young: Map<K, V>; old: Map<K, V>; evicted: number } {
    return { young: this.#young, old: this.#old, evicted: this.evicted };
  }

  restore(data: { young: Map<K, V>; old: Map<K, V>; evicted: number }): void {
    this.#young = new Map(data.young);
    this.#old = new Map(data.old);
    this.evicted = data.evicted;
  }
}
