const BITS = 1 << 18;

/**
 * Cheap and sometimes wrong: says of a number that it is surely not in a set, or may be. A Map finds a number that is no
 * small integer by a call out of compiled code; most questions end here instead. Takes `addsMax` numbers; then it is full
 * and is to be filled anew from the set.
 */
export class NumberSieve {
  readonly addsMax: number;
  readonly #bits = new Uint32Array(BITS >> 5);
  #added = 0;

  constructor(addsMax: number) {
    this.addsMax = addsMax;
  }

  get isFull(): boolean {
    return this.#added >= this.addsMax;
  }

  add(value: number): void {
    const bit = bitOf(value);
    const word = bit >>> 5;
    this.#bits[word] = (this.#bits[word] as number) | (1 << (bit & 31));
    this.#added += 1;
  }

  /** False is certain. */
  mayHold(value: number): boolean {
    const bit = bitOf(value);
    return (((this.#bits[bit >>> 5] as number) >>> (bit & 31)) & 1) === 1;
  }

  refill(values: Iterable<number>): void {
    this.#bits.fill(0);
    this.#added = 0;
    for (const value of values) this.add(value);
  }
}

/** One of BITS places, from the low and the high half of a whole number. */
function bitOf(value: number): number {
  const high = Math.floor(value / 4294967296);
  return Math.imul((value | 0) ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1) >>> 14;
}
