import { copyBytes, sameBytes, viewOf } from './words.ts';

export interface ByteMemorySetting {
  /** Runs held at a time: two to this power. */
  readonly slotBits: number;
  /** The longest run that is held: two to this power. */
  readonly roomBits: number;
  /** The bytes that choose a run's slot: where they begin in it, and how many they are, a multiple of 8. */
  readonly hashedFrom: number;
  readonly hashedBytes: number;
}

/**
 * What runs of bytes read lately mean. A run that comes again byte for byte costs one comparison instead of its parsing, and
 * is found without knowing where it ends. Each has one slot and is pushed out by the next one there: hostile input can make
 * this useless and nothing worse. Only saves work; the meaning must be a function of the run's bytes, and is shared.
 */
export class ByteMemory<T> {
  readonly #values: (T | undefined)[];
  readonly #lengths: Int32Array;
  readonly #kept: DataView;
  readonly #shift: number;
  readonly #roomBits: number;
  readonly #from: number;
  readonly #bytes: number;
  #hash = 0;
  /** Where the run that was found last ends. */
  end = 0;

  constructor({ slotBits, roomBits, hashedFrom, hashedBytes }: ByteMemorySetting) {
    this.#values = new Array<T | undefined>(1 << slotBits).fill(undefined);
    this.#lengths = new Int32Array(1 << slotBits);
    this.#kept = viewOf(Buffer.allocUnsafeSlow(1 << (slotBits + roomBits)));
    this.#shift = 32 - slotBits;
    this.#roomBits = roomBits;
    this.#from = hashedFrom;
    this.#bytes = hashedBytes;
  }

  /** The meaning of the run that begins at `start` and ends at or before `end`: that place is then in `this.end`. */
  find(words: DataView, start: number, end: number): T | undefined {
    if (start + this.#from + this.#bytes > end) {
      this.#hash = 0;
      return undefined;
    }
    const hash = hashOf(words, start + this.#from, this.#bytes);
    this.#hash = hash;
    const slot = hash >>> this.#shift;
    const length = this.#lengths[slot] as number;
    if (length === 0 || start + length > end) return undefined;
    if (!sameBytes(this.#kept, slot << this.#roomBits, words, start, length)) return undefined;
    this.end = start + length;
    return this.#values[slot];
  }

  /** What the run that `find` was asked for last means: bytes `start` to `end`. */
  keep(words: DataView, start: number, end: number, value: T): void {
    const slot = this.#hash >>> this.#shift;
    const length = end - start;
    if (length < this.#from + this.#bytes || length > 1 << this.#roomBits) return;
    copyBytes(words, start, this.#kept, slot << this.#roomBits, length);
    this.#lengths[slot] = length;
    this.#values[slot] = value;
  }
}

/** Two lanes, so that no step waits for the one before. */
function hashOf(words: DataView, start: number, bytes: number): number {
  let a = 0;
  let b = 0;
  for (let i = start; i < start + bytes; i += 8) {
    a = Math.imul(a ^ words.getInt32(i, true), 0x9e3779b1);
    b = Math.imul(b ^ words.getInt32(i + 4, true), 0x85ebca6b);
    a ^= a >>> 15;
    b ^= b >>> 13;
  }
  return Math.imul(a ^ (b >>> 16) ^ (b << 16), 0x9e3779b1);
}
