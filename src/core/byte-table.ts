import { sameBytes, viewOf } from './words.ts';

/** Longer byte strings are not worth remembering. */
const BYTES_MAX = 1024;
/** A place this crowded is not searched further: equal hashes can be chosen on purpose. */
const PROBES_MAX = 32;
const SEEN_MASK = 0x3fff;
/** Numbers of one slot: hash, start in the arena, length (0 in a free slot), one unused. They share a cache line. */
const SLOT_SHIFT = 2;

/**
 * Values by the bytes that they were made of, for what comes again and again and costs something to make. Only what is asked
 * for a second time is kept, and a hit compares the bytes. When either cap is reached the whole table begins anew.
 */
export class ByteTable<V> {
  readonly #entriesMax: number;
  readonly #arenaBytesMax: number;
  readonly #mask: number;
  readonly #slots: Int32Array;
  readonly #values: (V | undefined)[];
  readonly #arena: Buffer;
  readonly #arenaWords: DataView;
  readonly #seen = new Int32Array(SEEN_MASK + 1);
  #arenaUsed = 0;
  #count = 0;
  #block: Buffer | null = null;
  #words: DataView;
  /** Of the last `find` that found nothing: where it may be put, -1 when it may not. */
  #free = -1;
  #hash = 0;

  constructor(entriesMax = 8192, arenaBytesMax = 2 * 1024 * 1024) {
    this.#entriesMax = entriesMax;
    this.#arenaBytesMax = arenaBytesMax;
    let slots = 1024;
    while (slots < entriesMax * 2) slots *= 2;
    this.#mask = slots - 1;
    this.#slots = new Int32Array(slots << SLOT_SHIFT);
    this.#values = new Array<V | undefined>(slots).fill(undefined);
    this.#arena = Buffer.allocUnsafeSlow(arenaBytesMax);
    this.#arenaWords = viewOf(this.#arena);
    this.#words = this.#arenaWords;
  }

  /** What was kept for bytes `start` to `end`. */
  find(bytes: Buffer, start: number, end: number): V | undefined {
    const length = end - start;
    this.#free = -1;
    if (length <= 0 || length > BYTES_MAX) return undefined;
    if (bytes !== this.#block) {
      this.#block = bytes;
      this.#words = viewOf(bytes);
    }
    const slots = this.#slots;
    const hash = hashOf(this.#words, start, end);
    let slot = hash & this.#mask;
    for (let probes = 0; probes < PROBES_MAX; probes++) {
      const at = slot << SLOT_SHIFT;
      const held = slots[at + 2] as number;
      if (held === 0) {
        this.#free = slot;
        this.#hash = hash;
        return undefined;
      }
      if (
        slots[at] === hash &&
        held === length &&
        sameBytes(this.#arenaWords, slots[at + 1] as number, this.#words, start, length)
      )
        return this.#values[slot];
      slot = (slot + 1) & this.#mask;
    }
    return undefined;
  }

  /** Right after a `find` of the same bytes that found nothing: keeps `value` when they come for the second time. */
  keep(bytes: Buffer, start: number, end: number, value: V): void {
    const slot = this.#free;
    if (slot < 0) return;
    this.#free = -1;
    const hash = this.#hash;
    if (this.#seen[hash & SEEN_MASK] !== hash) {
      this.#seen[hash & SEEN_MASK] = hash;
      return;
    }
    const length = end - start;
    if (this.#count >= this.#entriesMax || this.#arenaUsed + length > this.#arenaBytesMax) {
      this.#reset();
      return;
    }
    bytes.copy(this.#arena, this.#arenaUsed, start, end);
    const at = slot << SLOT_SHIFT;
    this.#slots[at] = hash;
    this.#slots[at + 1] = this.#arenaUsed;
    this.#slots[at + 2] = length;
    this.#values[slot] = value;
    this.#arenaUsed += length;
    this.#count += 1;
  }

  #reset(): void {
    this.#slots.fill(0);
    this.#values.fill(undefined);
    this.#arenaUsed = 0;
    this.#count = 0;
  }
}

/** Four bytes a step. Never leaves the run: only for finding a slot. */
function hashOf(words: DataView, start: number, end: number): number {
  let hash = end - start;
  let i = start;
  for (; i + 4 <= end; i += 4) {
    hash = Math.imul(hash ^ words.getInt32(i, true), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; i < end; i++) hash = Math.imul(hash ^ words.getUint8(i), 0x01000193);
  return hash ^ (hash >>> 13);
}
