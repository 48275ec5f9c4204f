import { fnv1a } from '../../core/hash.ts';

interface Entry<V> {
  readonly bytes: Uint8Array;
  readonly value: V;
  readonly next: Entry<V> | undefined;
}

/**
 * Looks repeated tokens up by their bytes, so that a name that occurs a million times becomes a string once. A hit compares
 * the bytes, never the hash alone. When `keysMax` names are known the rest are made anew each time: slower, never wrong.
 */
export class ByteIntern<V> {
  readonly #make: (text: string) => V;
  readonly #keysMax: number;
  readonly #entries = new Map<number, Entry<V>>();
  #size = 0;
  #last: Entry<V> | undefined;

  constructor(make: (text: string) => V, keysMax: number) {
    this.#make = make;
    this.#keysMax = keysMax;
  }

  lookup(buffer: Buffer, start: number, end: number): V {
    const last = this.#last;
    if (last !== undefined && sameBytes(last.bytes, buffer, start, end)) return last.value;
    const hash = fnv1a(buffer, start, end);
    const chain = this.#entries.get(hash);
    for (let entry = chain; entry !== undefined; entry = entry.next) {
      if (!sameBytes(entry.bytes, buffer, start, end)) continue;
      this.#last = entry;
      return entry.value;
    }
    const value = this.#make(buffer.toString('utf8', start, end));
    if (this.#size >= this.#keysMax) return value;
    this.#size += 1;
    const entry = { bytes: Uint8Array.prototype.slice.call(buffer, start, end), value, next: chain };
    this.#entries.set(hash, entry);
    this.#last = entry;
    return value;
  }
}

function sameBytes(known: Uint8Array, buffer: Buffer, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let i = 0; i < known.length; i++) if (known[i] !== buffer[start + i]) return false;
  return true;
}
