/** A constant of a module, which can be set. */
interface Slot {
  /** As it is with nothing broken. */
  readonly value: unknown;
  readonly set: (value: unknown) => void;
  /** Its value under the mutant that is on. */
  readonly make: () => unknown;
}

/** The constants of modules that a mutant changes: while it is on they hold other values. */
export class Bound {
  readonly #slots = new Map<number, Slot>();
  readonly #dependents: readonly (readonly number[])[];
  /** By mutant, the constant that it is part of, or -1. */
  readonly #constant: Int32Array;
  /** By constant, the mutants that change it, its own and those of what it is computed from. */
  readonly #mutants: number[][];
  /** By mutant, what it makes of each constant, in the order of loading. */
  readonly #broken = new Map<number, Map<number, unknown>>();

  constructor(size: number, dependents: readonly (readonly number[])[], ids: readonly (readonly number[])[]) {
    this.#dependents = dependents;
    this.#constant = new Int32Array(size + 1).fill(-1);
    this.#mutants = dependents.map(() => []);
    ids.forEach((own, key) => {
      for (const id of own) {
        this.#constant[id] = key;
        for (const each of dependents[key] ?? []) this.#mutants[each]?.push(id);
      }
    });
  }

  add(key: number, slot: Slot): void {
    this.#slots.set(key, slot);
    this.#broken.clear();
  }

  mutantsOf(key: number): readonly number[] {
    return this.#mutants[key] ?? [];
  }

  /** What the mutant makes of the constant. `make` turns it on and off again, where that has not been seen. */
  brokenBy(id: number, key: number, make: () => void): unknown {
    if (!this.#broken.has(id)) make();
    return this.#broken.get(id)?.get(key);
  }

  enter(id: number): void {
    const key = this.#constant[id] as number;
    if (key < 0) return;
    const known = this.#broken.get(id);
    if (known !== undefined) {
      for (const [each, value] of known) this.#slots.get(each)?.set(value);
      return;
    }
    const made = new Map<number, unknown>();
    const from = new Set(this.#dependents[key]);
    // Slots are in the order of loading: what one is computed from comes before it.
    for (const [each, slot] of this.#slots) {
      if (!from.has(each)) continue;
      const value = slot.make();
      slot.set(value);
      made.set(each, value);
    }
    this.#broken.set(id, made);
  }

  leave(id: number): void {
    const key = this.#constant[id] as number;
    if (key < 0) return;
    for (const each of this.#dependents[key] ?? []) {
      const slot = this.#slots.get(each);
      slot?.set(slot.value);
    }
  }
}
