import { sameBytes, viewOf } from './words.ts';

/** Longer texts are not worth remembering. */
const TEXT_BYTES_MAX = 512;
/** A text whose neighbourhood is this crowded is made anew each time: equal hashes can be chosen on purpose. */
const PROBES_MAX = 32;
const SEEN_MASK = 0x3fff;
/** Numbers of one slot: hash, start in the arena, length (0 in a free slot), one unused. They share a cache line. */
const SLOT_SHIFT = 2;

/**
 * Turns repeated byte strings into one JavaScript string each. A hit compares the bytes, not only the hash. When either
 * cap is reached the whole table is dropped and begins anew: strings already handed out stay valid.
 */
export class InternTable {
  readonly entriesMax: number;
  readonly arenaBytesMax: number;
  resets = 0;
  readonly #mask: number;
  readonly #slots: Int32Array;
  readonly #texts: string[];
  readonly #arena: Buffer;
  readonly #arenaWords: DataView;
  /** Hashes of texts seen lately, each at its own place. */
  readonly #seen = new Int32Array(SEEN_MASK + 1);
  #arenaUsed = 0;
  #count = 0;
  /** The block asked about last, and its bytes four at a time. */
  #block: Buffer | null = null;
  #words: DataView;

  constructor(entriesMax = 65_536, arenaBytesMax = 8 * 1024 * 1024) {
    this.entriesMax = entriesMax;
    this.arenaBytesMax = arenaBytesMax;
    let slots = 1024;
    while (slots < entriesMax * 2) slots *= 2;
    this.#mask = slots - 1;
    this.#slots = new Int32Array(slots << SLOT_SHIFT);
    this.#texts = new Array<string>(slots).fill('');
    this.#arena = Buffer.allocUnsafeSlow(arenaBytesMax);
    this.#arenaWords = viewOf(this.#arena);
    this.#words = this.#arenaWords;
  }

  /** The text of bytes `start` to `end` read as Latin-1. */
  latin1(bytes: Buffer, start: number, end: number): string {
    const length = end - start;
    if (length <= 0) return '';
    if (length > TEXT_BYTES_MAX) return bytes.toString('latin1', start, end);
    if (bytes !== this.#block) {
      this.#block = bytes;
      this.#words = viewOf(bytes);
    }
    const words = this.#words;
    const slots = this.#slots;
    const hash = hashOf(words, start, end);
    let slot = hash & this.#mask;
    for (let probes = 0; ; probes++) {
      const at = slot << SLOT_SHIFT;
      const held = slots[at + 2] as number;
      if (held === 0) break;
      if (
        slots[at] === hash &&
        held === length &&
        sameBytes(this.#arenaWords, slots[at + 1] as number, words, start, length)
      )
        return this.#texts[slot] as string;
      if (probes === PROBES_MAX) return bytes.toString('latin1', start, end);
      slot = (slot + 1) & this.#mask;
    }
    // What comes but once (names of messages, of temporary files) would push out what comes again.
    const seen = hash & SEEN_MASK;
    if (this.#seen[seen] !== hash) {
      this.#seen[seen] = hash;
      return bytes.toString('latin1', start, end);
    }
    if (this.#count >= this.entriesMax || this.#arenaUsed + length > this.arenaBytesMax) {
      this.#reset();
      slot = hash & this.#mask;
    }
    bytes.copy(this.#arena, this.#arenaUsed, start, end);
    const text = bytes.toString('latin1', start, end);
    const at = slot << SLOT_SHIFT;
    slots[at] = hash;
    slots[at + 1] = this.#arenaUsed;
    slots[at + 2] = length;
    this.#texts[slot] = text;
    this.#arenaUsed += length;
    this.#count += 1;
    return text;
  }

  #reset(): void {
    this.#slots.fill(0);
    this.#texts.fill('');
    this.#arenaUsed = 0;
    this.#count = 0;
    this.resets += 1;
  }
}

/** Four bytes a step. Never leaves the run: only for finding a slot. */
export function hashOf(words: DataView, start: number, end: number): number {
  let hash = end - start;
  let i = start;
  for (; i + 4 <= end; i += 4) {
    hash = Math.imul(hash ^ words.getInt32(i, true), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; i < end; i++) hash = Math.imul(hash ^ words.getUint8(i), 0x01000193);
  return hash ^ (hash >>> 13);
}
