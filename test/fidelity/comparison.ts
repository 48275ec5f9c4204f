import { isDeepStrictEqual } from 'node:util';

/** What one source came to. Every record is counted once: exact + left out + differing + unexplained = records. */
export interface Measured {
  readonly records: number;
  /** Read with every field that the expectation names. */
  readonly exact: number;
  /** Understood and of no use here, or of a program that is not read: by the constant reason that a user sees. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** Read otherwise than expected, by why that is so. */
  readonly differs: Readonly<Record<string, number>>;
  /** Neither: what a test fails on. The first twenty, in words. */
  readonly unexplained: readonly string[];
}

/** Why a field is told otherwise than expected; '' when that explains nothing. */
export type Explain = (field: string, told: unknown, expected: unknown) => string;

const UNEXPLAINED_MAX = 20;

/** Compares records one by one and counts. */
export class Comparison {
  #exact = 0;
  readonly #leftOut = new Map<string, number>();
  readonly #differs = new Map<string, number>();
  readonly #unexplained: string[] = [];
  #odd = 0;

  exact(count = 1): void {
    this.#exact += count;
  }

  leftOut(reason: string, count = 1): void {
    this.#leftOut.set(reason, (this.#leftOut.get(reason) ?? 0) + count);
  }

  differs(reason: string, count = 1): void {
    this.#differs.set(reason, (this.#differs.get(reason) ?? 0) + count);
  }

  unexplained(text: string): void {
    this.#odd += 1;
    if (this.#unexplained.length < UNEXPLAINED_MAX) this.#unexplained.push(text);
  }

  /** One record: every field of `expected` must be told so, or it is explained why not. */
  record(where: string, told: object | undefined, expected: object, explain: Explain = () => ''): void {
    if (told === undefined) {
      const reason = explain('', undefined, expected);
      if (reason === '') this.unexplained(`${where}: nothing is told`);
      else this.differs(reason);
      return;
    }
    const reasons = new Set<string>();
    for (const [field, value] of Object.entries(expected)) {
      const said = (told as Record<string, unknown>)[field];
      if (isDeepStrictEqual(said, value)) continue;
      const reason = explain(field, said, value);
      if (reason === '') {
        this.unexplained(`${where}: ${field} is ${JSON.stringify(said)}, expected ${JSON.stringify(value)}`);
        return;
      }
      reasons.add(reason);
    }
    if (reasons.size === 0) this.exact();
    else this.differs([...reasons].sort().join('; '));
  }

  /** Takes over what another one counted. */
  add(other: Comparison): void {
    this.#exact += other.#exact;
    for (const [reason, count] of other.#leftOut) this.leftOut(reason, count);
    for (const [reason, count] of other.#differs) this.differs(reason, count);
    for (const text of other.#unexplained) this.unexplained(text);
    this.#odd += other.#odd - other.#unexplained.length;
  }

  done(): Measured {
    const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0);
    const sorted = (counts: ReadonlyMap<string, number>) =>
      Object.fromEntries([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
    return {
      records: this.#exact + sum(this.#leftOut) + sum(this.#differs) + this.#odd,
      exact: this.#exact,
      leftOut: sorted(this.#leftOut),
      differs: sorted(this.#differs),
      unexplained: this.#unexplained,
    };
  }
}
