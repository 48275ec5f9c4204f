type Pairs<V> = Map<string, Map<string, V>>;

interface Half<V> {
  readonly pairs: Pairs<V>;
  size: number;
}

export interface PairGenerationsData<V> {
  young: Half<V>;
  old: Half<V>;
  evicted: number;
}

/**
 * What `Generations` is, for keys of two texts, such as a mailbox and who writes to it. One text made of both would have to be put
 * together, hashed and kept for each question; the two are there already and known by their hashes. Both must be fit to be kept
 * (core/text-pool.ts). All pairs together have the cap, however they are spread.
 */
export class PairGenerations<V> {
  evicted = 0;
  #young: Half<V> = newHalf();
  #old: Half<V> = newHalf();
  readonly #halfMax: number;

  constructor(pairsMax: number) {
    this.#halfMax = Math.max(1, pairsMax >> 1);
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /** Reads without touching. */
  peek(first: string, second: string): V | undefined {
    return this.#young.pairs.get(first)?.get(second) ?? this.#old.pairs.get(first)?.get(second);
  }

  /** Reads and marks as used now. */
  touch(first: string, second: string): V | undefined {
    const young = this.#young.pairs.get(first)?.get(second);
    if (young !== undefined) return young;
    const old = this.#old.pairs.get(first)?.get(second);
    if (old === undefined) return undefined;
    this.set(first, second, old);
    return old;
  }

  set(first: string, second: string, value: V): void {
    if (this.#old.size > 0) take(this.#old, first, second);
    const { pairs } = this.#young;
    const own = pairs.get(first);
    if (own === undefined) {
      pairs.set(first, new Map([[second, value]]));
      this.#young.size += 1;
    } else {
      const before = own.size;
      own.set(second, value);
      this.#young.size += own.size - before;
    }
    if (this.#young.size < this.#halfMax) return;
    this.evicted += this.#old.size;
    this.#old = this.#young;
    this.#young = newHalf();
  }

  delete(first: string, second: string): boolean {
    return take(this.#young, first, second) || take(this.#old, first, second);
  }

  snapshot(): PairGenerationsData<V> {
    return { young: this.#young, old: this.#old, evicted: this.evicted };
  }

  restore(data: PairGenerationsData<V>): void {
    this.#young = copyOf(data.young);
    this.#old = copyOf(data.old);
    this.evicted = data.evicted;
  }
}

const newHalf = <V>(): Half<V> => ({ pairs: new Map(), size: 0 });

const copyOf = <V>({ pairs, size }: Half<V>): Half<V> => ({
  pairs: new Map([...pairs].map(([first, own]) => [first, new Map(own)])),
  size,
});

function take<V>(half: Half<V>, first: string, second: string): boolean {
  if (half.pairs.get(first)?.delete(second) !== true) return false;
  half.size -= 1;
  return true;
}
