/** A free slot: no number may be negative. */
const FREE = -1;

/**
 * Gives each number a row of its own, for data kept in arrays beside it. Two halves of fixed size: when one is full the other
 * is emptied and filled next, so at least the `keptMin` numbers claimed last are there. A Map looks up a number that is no
 * small integer by a call out of compiled code, and moves when it grows; this does neither.
 */
export class NumberTable {
  /** Rows are below this. */
  readonly rows: number;
  readonly #keptMin: number;
  readonly #mask: number;
  #keys: Float64Array<ArrayBuffer>;
  /** Where the half begins that is being filled. */
  #young = 0;
  #count = 0;

  constructor(keptMin: number) {
    this.#keptMin = keptMin;
    let slots = 16;
    while (slots < keptMin * 2) slots *= 2;
    this.#mask = slots - 1;
    this.rows = slots * 2;
    this.#keys = new Float64Array(this.rows).fill(FREE);
  }

  /** The row of `key`; -1 when it has none (any more). */
  find(key: number): number {
    const young = this.#slot(this.#young, key);
    if (this.#keys[young] === key) return young;
    const old = this.#slot(this.#other(), key);
    return this.#keys[old] === key ? old : -1;
  }

  /** A row for `key` in the half that is being filled: the one that it has there, else a new one. */
  claim(key: number): number {
    const row = this.#slot(this.#young, key);
    if (this.#keys[row] === key) return row;
    if (this.#count < this.#keptMin) {
      this.#count += 1;
      this.#keys[row] = key;
      return row;
    }
    this.#young = this.#other();
    this.#keys.fill(FREE, this.#young, this.#young + this.#mask + 1);
    this.#count = 0;
    return this.claim(key);
  }

  snapshot(): unknown {
    return { keys: this.#keys, young: this.#young, count: this.#count };
  }

  restore(data: unknown): void {
    const from = data as { keys: Float64Array<ArrayBuffer>; young: number; count: number };
    this.#keys = from.keys;
    this.#young = from.young;
    this.#count = from.count;
  }

  #other(): number {
    return this.#young === 0 ? this.#mask + 1 : 0;
  }

  /** Where `key` stands in the half that begins at `half`, or the free slot where it would: half of its slots are always free. */
  #slot(half: number, key: number): number {
    let slot = hashOf(key) & this.#mask;
    for (;;) {
      const held = this.#keys[half + slot] as number;
      if (held === key || held === FREE) return half + slot;
      slot = (slot + 1) & this.#mask;
    }
  }
}

/** From the low and the high half of a whole number. */
function hashOf(key: number): number {
  const high = Math.floor(key / 4294967296);
  const hash = Math.imul((key | 0) ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
  return hash ^ (hash >>> 15);
}
