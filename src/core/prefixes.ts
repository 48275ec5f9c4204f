/** Characters that a prefix may hold; a text leaves the table at any other. */
const ALPHABET = 128;
/** Of a node with one way on: the character in the high half, the node that follows in the low one. */
const CHARACTER_SHIFT = 16;
const NODE_MASK = 0xffff;

/**
 * Tells which of many prefixes a text has in one walk over its beginning, however many there are: each prefix carries
 * bits, and those of all that fit come back together. Instead of rows of `startsWith`, which cost a comparison each and,
 * as constant texts, swell the optimised code of every function that holds them.
 *
 * Most nodes have one way on, and those of one prefix lie side by side: a walk stays within a line or two of memory. Only
 * where prefixes part there is a row with a place for each character.
 */
export class Prefixes {
  /** By node: its only way on; minus the number of its row where there are several, 0 where it ends. */
  readonly #way: Int32Array;
  readonly #bits: Int32Array;
  /** Row `row` holds, by character, the node that follows; 0 for none. */
  readonly #rows: Uint16Array;

  constructor(groups: readonly (readonly [bits: number, prefixes: readonly string[]])[]) {
    const ways: Map<number, number>[] = [new Map()];
    const bits: number[] = [0];
    for (const [each, prefixes] of groups)
      for (const prefix of prefixes) {
        let node = 0;
        for (let i = 0; i < prefix.length; i++) {
          const c = prefix.charCodeAt(i);
          let next = (ways[node] as Map<number, number>).get(c);
          if (next === undefined) {
            next = ways.length;
            (ways[node] as Map<number, number>).set(c, next);
            ways.push(new Map());
            bits.push(0);
          }
          node = next;
        }
        bits[node] = (bits[node] as number) | each;
      }
    this.#bits = Int32Array.from(bits);
    this.#way = new Int32Array(ways.length);
    this.#rows = new Uint16Array((ways.filter(way => way.size > 1).length + 1) * ALPHABET);
    let row = 0;
    for (const [node, way] of ways.entries()) {
      if (way.size > 1) this.#way[node] = -++row;
      for (const [c, next] of way)
        if (way.size > 1) this.#rows[row * ALPHABET + c] = next;
        else this.#way[node] = (c << CHARACTER_SHIFT) | next;
    }
  }

  /** Bits of all prefixes that `text` has at `from`; 0 for none. */
  of(text: string, from = 0): number {
    let node = 0;
    let bits = 0;
    for (let i = from; i < text.length; i++) {
      const c = text.charCodeAt(i);
      const way = this.#way[node] as number;
      if (way > 0) {
        if (way >>> CHARACTER_SHIFT !== c) break;
        node = way & NODE_MASK;
      } else {
        if (way === 0 || c >= ALPHABET) break;
        node = this.#rows[-way * ALPHABET + c] as number;
        if (node === 0) break;
      }
      bits |= this.#bits[node] as number;
    }
    return bits;
  }
}
