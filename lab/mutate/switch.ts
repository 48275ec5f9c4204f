import { Bound } from './bound.ts';

/** A run of an analytic would go on otherwise. */
export const INSIDE = 1;
/** Something else would: a module that is loaded, or a test that calls a part by itself. */
export const OUTSIDE = 2;
/** The place was reached, and made no difference. */
export const SEEN = 4;

type Comparison = (a: number, b: number) => boolean;
const LT: Comparison = (a, b) => a < b;
const LE: Comparison = (a, b) => a <= b;
const EQ = (a: unknown, b: unknown): boolean => a === b;
const NE = (a: unknown, b: unknown): boolean => a !== b;
const GT: Comparison = (a, b) => a > b;
const GE: Comparison = (a, b) => a >= b;

/**
 * What instrumented code calls. Exactly one mutant is on at a time, or none; everything else behaves as written. Operands are
 * evaluated as they would be, once and in their order; what is broken is only what they come to.
 */
export class Switch {
  /** While it is set: by mutant, whether its place was reached since the last `clear`, and came to something else (INSIDE, OUTSIDE, SEEN). */
  isLearning = false;
  reached = new Uint8Array(0);
  /** The true run of an analytic is being asked. */
  inside = false;
  /** Conditions that may still be met before it counts as running in a circle. */
  fuel = Number.POSITIVE_INFINITY;
  readonly #bound: Bound;
  #active = 0;

  /** `dependents` and `ids`: by number of a constant, the constants that come of it and its own mutants. */
  constructor(size = 0, dependents: readonly (readonly number[])[] = [], ids: readonly (readonly number[])[] = []) {
    this.reached = new Uint8Array(size + 1);
    this.#bound = new Bound(size, dependents, ids);
  }

  get active(): number {
    return this.#active;
  }

  set active(id: number) {
    if (id === this.#active) return;
    this.#bound.leave(this.#active);
    this.#active = id;
    const { isLearning } = this;
    this.isLearning = false;
    this.#bound.enter(id);
    this.isLearning = isLearning;
  }

  clear(): void {
    this.reached.fill(0);
  }

  #on(id: number): boolean {
    this.fuel -= 1;
    if (this.fuel < 0) throw new RunsInACircle();
    return this.#active === id;
  }

  #saw(id: number, differs: boolean): void {
    const place = differs ? (this.inside ? INSIDE : OUTSIDE) : SEEN;
    this.reached[id] = (this.reached[id] as number) | place;
  }

  /** A constant of a module that can be broken now has this value, and is set by `set` to what `make` makes of it. */
  load(key: number, value: unknown, set: (value: unknown) => void, make: () => unknown): void {
    // A copy of a module, made for a mutant that is on: what is in it is used with that one only.
    if (this.#active === 0) this.#bound.add(key, { value, set, make });
  }
  use(key: number, value: unknown): unknown {
    if (this.isLearning) for (const id of this.#bound.mutantsOf(key)) this.#saw(id, true);
    return value;
  }
  true(id: number, value: unknown): unknown {
    if (this.isLearning) this.#saw(id, value !== true);
    return this.#on(id) ? true : value;
  }
  false(id: number, value: unknown): unknown {
    if (this.isLearning) this.#saw(id, value !== false);
    return this.#on(id) ? false : value;
  }
  not(id: number, value: unknown): unknown {
    if (this.isLearning) this.#saw(id, true);
    return this.#on(id) ? !value : value;
  }
  all(id: number, test: unknown): unknown {
    if (typeof test !== 'function') return this.more(id, test as number);
    if (this.#on(id))
      return (...args: readonly unknown[]) => {
        test(...args);
        return true;
      };
    if (!this.isLearning) return test;
    this.#saw(id, false);
    return (...args: readonly unknown[]) => {
      const value: unknown = test(...args);
      if (!value) this.#saw(id, true);
      return value;
    };
  }
  more(id: number, value: number): number {
    if (this.isLearning) this.#saw(id, true);
    return this.#on(id) ? value + 1 : value;
  }
  lt(id: number, a: number, b: number, left: number, right: number): boolean {
    if (this.#isPlain(id, left, right)) return a < b;
    return this.#compare(LT, LE, id, a, b, left, right);
  }
  le(id: number, a: number, b: number, left: number, right: number): boolean {
    if (this.#isPlain(id, left, right)) return a <= b;
    return this.#compare(LE, LT, id, a, b, left, right);
  }
  gt(id: number, a: number, b: number, left: number, right: number): boolean {
    if (this.#isPlain(id, left, right)) return a > b;
    return this.#compare(GT, GE, id, a, b, left, right);
  }
  ge(id: number, a: number, b: number, left: number, right: number): boolean {
    if (this.#isPlain(id, left, right)) return a >= b;
    return this.#compare(GE, GT, id, a, b, left, right);
  }
  eq(id: number, a: unknown, b: unknown, left: number, right: number): boolean {
    if (this.#isPlain(id, left, right)) return a === b;
    return this.#compare(EQ, NE, id, a as number, b as number, left, right);
  }
  ne(id: number, a: unknown, b: unknown, left: number, right: number): boolean {
    if (this.#isPlain(id, left, right)) return a !== b;
    return this.#compare(NE, EQ, id, a as number, b as number, left, right);
  }

  /** Most of the time: nothing in this comparison is broken, and nobody asks what it would come to. */
  #isPlain(id: number, left: number, right: number): boolean {
    const isOff = this.#on(0) || (this.#active !== id && this.#active !== left && this.#active !== right);
    return isOff && !this.isLearning;
  }

  /**
   * `id` 0: the comparison itself is not broken. `left`, `right`: above 0 the mutant of a number that stands there, below 0 the
   * constant -1 less, 0 anything else.
   */
  #compare(is: Comparison, broken: Comparison, id: number, a: number, b: number, left: number, right: number): boolean {
    if (this.isLearning) {
      const truth = is(a, b);
      if (id > 0) this.#saw(id, broken(a, b) !== truth);
      if (left !== 0) this.#sawSide(left, a, value => is(value, b) !== truth);
      if (right !== 0) this.#sawSide(right, b, value => is(a, value) !== truth);
    }
    const on = this.#active;
    if (on === 0) return is(a, b);
    if (on === id) return broken(a, b);
    return is(on === left ? a + 1 : a, on === right ? b + 1 : b);
  }

  #sawSide(ref: number, value: number, differs: (value: number) => boolean): void {
    if (ref > 0) return this.#saw(ref, differs(value + 1));
    for (const id of this.#bound.mutantsOf(-1 - ref)) {
      const broken = this.#bound.brokenBy(id, -1 - ref, () => {
        this.active = id;
        this.active = 0;
      });
      this.#saw(id, typeof broken !== 'number' || differs(broken));
    }
  }
}

/** Far more conditions were met than with nothing broken. */
export class RunsInACircle extends Error {}
