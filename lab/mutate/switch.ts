/** Reached by a run of an analytic. */
export const INSIDE = 1;
/** Reached otherwise: as modules are loaded, or by a test that calls a part by itself. */
export const OUTSIDE = 2;

/**
 * What instrumented code calls. Exactly one mutant is on at a time, or none; everything else behaves as written. Operands are
 * evaluated once and in their order.
 */
export class Switch {
  active = 0;
  /** Whose place was reached since the last `clear`, by INSIDE or OUTSIDE or both: what no test reaches, no test can notice. */
  reached = new Uint8Array(0);
  /** The true run of an analytic is being asked. */
  inside = false;
  /** Conditions that may still be met before it counts as running in a circle. */
  fuel = Number.POSITIVE_INFINITY;

  constructor(size = 0) {
    this.reached = new Uint8Array(size + 1);
  }

  clear(): void {
    this.reached.fill(0);
  }

  on(id: number): boolean {
    this.reached[id] = (this.reached[id] as number) | (this.inside ? INSIDE : OUTSIDE);
    this.fuel -= 1;
    if (this.fuel < 0) throw new RunsInACircle();
    return this.active === id;
  }
  off(id: number): boolean {
    return !this.on(id);
  }
  not(id: number, value: unknown): unknown {
    return this.on(id) ? !value : value;
  }
  all(id: number, test: unknown): unknown {
    return this.on(id) ? () => true : test;
  }
  more(id: number, value: number): number {
    return this.on(id) ? value + 1 : value;
  }
  lt(id: number, a: number, b: number): boolean {
    return this.on(id) ? a <= b : a < b;
  }
  le(id: number, a: number, b: number): boolean {
    return this.on(id) ? a < b : a <= b;
  }
  gt(id: number, a: number, b: number): boolean {
    return this.on(id) ? a >= b : a > b;
  }
  ge(id: number, a: number, b: number): boolean {
    return this.on(id) ? a > b : a >= b;
  }
  eq(id: number, a: unknown, b: unknown): boolean {
    return this.on(id) ? a !== b : a === b;
  }
  ne(id: number, a: unknown, b: unknown): boolean {
    return this.on(id) ? a === b : a !== b;
  }
}

/** Far more conditions were met than with nothing broken. */
export class RunsInACircle extends Error {}
