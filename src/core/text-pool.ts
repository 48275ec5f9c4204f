/** Longer texts are copied, not remembered. */
const POOLED_MAX = 256;
const SCRATCH_BYTES = 8192;
const SCRATCH = Buffer.allocUnsafe(SCRATCH_BYTES);
/** Engines keep slices of a text shorter than this as copies anyway. */
const SLICED_MIN = 13;

/**
 * Makes texts fit to be kept. A slice of a line keeps the whole line in memory, and each line that names an address makes
 * a text of its own of it: `keep` gives one flat copy for all equal texts, `flat` a copy of what comes but once. What is
 * given back equals what was given. Bounded, in two generations; only saves memory, so it is no part of a snapshot.
 */
export class TextPool {
  readonly #halfMax: number;
  #young = new Map<string, string>();
  #old = new Map<string, string>();

  constructor(textsMax = 65_536) {
    this.#halfMax = Math.max(1, textsMax >> 1);
  }

  /** Texts remembered. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  keep<T extends string>(text: T): T {
    if (text === '' || text.length > POOLED_MAX) return this.flat(text);
    const young = this.#young.get(text);
    if (young !== undefined) return young as T;
    const kept = this.#old.get(text) ?? this.flat(text);
    this.#young.set(kept, kept);
    if (this.#young.size >= this.#halfMax) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    return kept as T;
  }

  flat<T extends string>(text: T): T {
    return flatText(text);
  }
}

/** A copy that keeps nothing else in memory: neither the text that it was cut from nor those that it was put together of. */
export function flatText<T extends string>(text: T): T {
  if (text.length < SLICED_MIN || text.length > SCRATCH_BYTES) return text;
  const bytes = SCRATCH.write(text, 'latin1');
  const copy = SCRATCH.toString('latin1', 0, bytes);
  if (copy === text) return copy as T;
  return Buffer.from(text, 'utf16le').toString('utf16le') as T;
}
