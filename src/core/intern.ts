import { fnv1a } from './hash.ts';

/**
 * Turns repeated byte strings into one JavaScript string each. A hit compares the bytes, not only the hash. When either
 * cap is reached the whole table is dropped and begins anew: strings already handed out stay valid.
 */
export class InternTable {
  readonly entriesMax: number;
  readonly arenaBytesMax: number;
  resets = 0;
  #mask: number;
  #hashes: Uint32Array;
  #starts: Uint32Array;
  #lengths: Int32Array;
  #texts: (string | undefined)[];
  #arena: Buffer;
  #arenaUsed = 0;
  #count = 0;

  constructor(entriesMax = 65_536, arenaBytesMax = 8 * 1024 * 1024) {
    this.entriesMax = entriesMax;
    this.arenaBytesMax = arenaBytesMax;
    let slots = 1024;
    while (slots < entriesMax * 2) slots *= 2;
    this.#mask = slots - 1;
    this.#hashes = new Uint32Array(slots);
    this.#starts = new Uint32Array(slots);
    this.#lengths = new Int32Array(slots).fill(-1);
    this.#texts = new Array<string | undefined>(slots);
    this.#arena = Buffer.allocUnsafe(arenaBytesMax);
  }

  /** The text of bytes `start` to `end` read as Latin-1. */
  latin1(bytes: Buffer, start: number, end: number): string {
    const length = end - start;
    if (length <= 0) return '';
    if (length > 512) return bytes.toString('latin1', start, end);
    const hash = fnv1a(bytes, start, end);
    let slot = hash & this.#mask;
    while (this.#lengths[slot] !== -1) {
      if (this.#hashes[slot] === hash && this.#lengths[slot] === length && this.#same(slot, bytes, start, length)) {
        return this.#texts[slot] as string;
      }
      slot = (slot + 1) & this.#mask;
    }
    if (this.#count >= this.entriesMax || this.#arenaUsed + length > this.arenaBytesMax) {
      this.#reset();
      slot = hash & this.#mask;
    }
    bytes.copy(this.#arena, this.#arenaUsed, start, end);
    const text = bytes.toString('latin1', start, end);
    this.#hashes[slot] = hash;
    this.#starts[slot] = this.#arenaUsed;
    this.#lengths[slot] = length;
    this.#texts[slot] = text;
    this.#arenaUsed += length;
    this.#count += 1;
    return text;
  }

  #same(slot: number, bytes: Buffer, start: number, length: number): boolean {
    const from = this.#starts[slot] as number;
    for (let i = 0; i < length; i++) if (this.#arena[from + i] !== bytes[start + i]) return false;
    return true;
  }

  #reset(): void {
    this.#lengths.fill(-1);
    this.#texts.fill(undefined);
    this.#arenaUsed = 0;
    this.#count = 0;
    this.resets += 1;
  }
}
