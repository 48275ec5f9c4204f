/** A value that is kept by pairs; the map itself writes in which generation it was used last. */
export interface Aged {
  generation: number;
}

export interface PairGenerationsData<V> {
  all: Map<string, Map<string, V>>;
  now: number;
  young: number;
  old: number;
  evicted: number;
}

/**
 * What `Generations` is, for keys of two texts, such as a mailbox and who writes to it. One text made of both would have to be put
 * together, hashed and kept for each question; the two are there already and known by their hashes. Both must be fit to be kept
 * (core/text-pool.ts). All pairs together have the cap, however they are spread.
 *
 * Each value says itself to which generation it belongs, so that one look finds it: looking into two large maps for what mostly is
 * in neither costs more than going through all values once whenever a generation ends.
 */
export class PairGenerations<V extends Aged> {
  evicted = 0;
  #all = new Map<string, Map<string, V>>();
  #now = 0;
  #young = 0;
  #old = 0;
  /** What was asked for last: several questions about one mailbox follow each other. */
  #first: string | null = null;
  #own: Map<string, V> | undefined;
  readonly #halfMax: number;

  constructor(pairsMax: number) {
    this.#halfMax = Math.max(1, pairsMax >> 1);
  }

  get size(): number {
    return this.#young + this.#old;
  }

  /** Reads without touching. */
  peek(first: string, second: string): V | undefined {
    return this.#of(first)?.get(second);
  }

  /** Reads and marks as used now. */
  touch(first: string, second: string): V | undefined {
    const value = this.#of(first)?.get(second);
    if (value === undefined || value.generation === this.#now) return value;
    value.generation = this.#now;
    this.#old -= 1;
    this.#grow();
    return value;
  }

  /** Takes a pair in that is not there yet. */
  add(first: string, second: string, value: V): void {
    value.generation = this.#now;
    const own = this.#of(first);
    if (own !== undefined) own.set(second, value);
    else {
      this.#own = new Map([[second, value]]);
      this.#all.set(first, this.#own);
    }
    this.#grow();
  }

  delete(first: string, second: string): boolean {
    const own = this.#of(first);
    const value = own?.get(second);
    if (own === undefined || value === undefined) return false;
    own.delete(second);
    if (value.generation === this.#now) this.#young -= 1;
    else this.#old -= 1;
    return true;
  }

  snapshot(): PairGenerationsData<V> {
    return { all: this.#all, now: this.#now, young: this.#young, old: this.#old, evicted: this.evicted };
  }

  restore(data: PairGenerationsData<V>): void {
    this.#all = new Map([...data.all].map(([first, own]) => [first, new Map(own)]));
    this.#now = data.now;
    this.#young = data.young;
    this.#old = data.old;
    this.evicted = data.evicted;
    this.#first = null;
  }

  #of(first: string): Map<string, V> | undefined {
    if (first === this.#first) return this.#own;
    this.#first = first;
    this.#own = this.#all.get(first);
    return this.#own;
  }

  #grow(): void {
    this.#young += 1;
    if (this.#young < this.#halfMax) return;
    this.evicted += this.#old;
    this.#forget();
    this.#now += 1;
    this.#old = this.#young;
    this.#young = 0;
  }

  /** Only the generation that ends now stays. */
  #forget(): void {
    // By forEach: an iterator makes a pair of each entry.
    this.#all.forEach((own, first) => {
      own.forEach((value, second) => {
        if (value.generation !== this.#now) own.delete(second);
      });
      if (own.size === 0) this.#all.delete(first);
    });
    this.#first = null;
  }
}
