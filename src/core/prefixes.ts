/** Characters that a prefix may hold; a text leaves the table at any other. */
const ALPHABET = 128;

/**
 * Tells which of many prefixes a text has in one walk over its beginning, however many there are: each prefix carries
 * bits, and those of all that fit come back together. Instead of rows of `startsWith`, which cost a comparison each and,
 * as constant texts, swell the optimised code of every function that holds them.
 */
export class Prefixes {
  /** Row `node` holds, by character, the node that follows; 0 for none. */
  readonly #next: Uint16Array;
  readonly #bits: number[] = [0];

  constructor(groups: readonly (readonly [bits: number, prefixes: readonly string[]])[]) {
    let nodesMax = 1;
    for (const [, prefixes] of groups) for (const prefix of prefixes) nodesMax += prefix.length;
    this.#next = new Uint16Array(nodesMax * ALPHABET);
    for (const [bits, prefixes] of groups) for (const prefix of prefixes) this.#add(prefix, bits);
  }

  #add(prefix: string, bits: number): void {
    let node = 0;
    for (let i = 0; i < prefix.length; i++) {
      const at = node * ALPHABET + prefix.charCodeAt(i);
      if (this.#next[at] === 0) {
        this.#next[at] = this.#bits.length;
        this.#bits.push(0);
      }
      node = this.#next[at] as number;
    }
    this.#bits[node] = (this.#bits[node] as number) | bits;
  }

  /** Bits of all prefixes that `text` has at `from`; 0 for none. */
  of(text: string, from = 0): number {
    let node = 0;
    let bits = 0;
    for (let i = from; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c >= ALPHABET) break;
      node = this.#next[node * ALPHABET + c] as number;
      if (node === 0) break;
      bits |= this.#bits[node] as number;
    }
    return bits;
  }
}
