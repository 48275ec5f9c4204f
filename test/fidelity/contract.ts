import type { Measured } from './comparison.ts';

/** One row of docs/fidelity.md. */
export interface FidelitySource {
  /** Stable, such as `laurel`. */
  readonly id: string;
  /** What is read, in a few words. */
  readonly title: string;
  /** `others`: records of other projects, read in place where they are present. `own`: recordings of this project. */
  readonly origin: 'others' | 'own';
  /** What says how it must be read. */
  readonly against: string;
  /** Why it cannot be measured here; false when it can. */
  readonly skip: false | string;
  measure(): Measured | Promise<Measured>;
}
