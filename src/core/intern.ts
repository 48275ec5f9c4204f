import { ByteTable } from './byte-table.ts';

/**
 * Turns repeated byte strings into one JavaScript string each. A hit compares the bytes, not only the hash; what comes but
 * once (names of messages, of temporary files) is not kept. When either cap is reached the whole table begins anew: strings
 * already handed out stay valid.
 */
export class InternTable {
  readonly #texts: ByteTable<string>;

  constructor(entriesMax = 65_536, arenaBytesMax = 8 * 1024 * 1024) {
    this.#texts = new ByteTable<string>(entriesMax, arenaBytesMax);
  }

  /** The text of bytes `start` to `end` read as Latin-1. */
  latin1(bytes: Buffer, start: number, end: number): string {
    if (end <= start) return '';
    const known = this.#texts.find(bytes, start, end);
    if (known !== undefined) return known;
    const text = bytes.toString('latin1', start, end);
    this.#texts.keep(bytes, start, end, text);
    return text;
  }
}
