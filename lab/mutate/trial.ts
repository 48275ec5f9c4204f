import type { Place } from './protocol.ts';

/** What a test or the replay of a recording needs, to be tried with mutants. */
export interface Trial {
  /** Milliseconds that it took with nothing broken. */
  readonly cost: number;
  /** By mutant, what it is to it: INSIDE, OUTSIDE, SEEN. */
  readonly reached: Uint8Array;
  /** Tries these, and says which it notices. */
  readonly tryWith: (ids: readonly number[], report: Report) => Promise<void>;
}

export interface Report {
  /** These are on from now on. */
  readonly onTrying: (ids: readonly number[]) => void;
  readonly onNoticed: (id: number, by: string, hung: boolean) => void;
  /** This test may notice it, in a process of its own. */
  readonly onMaybeAlone: (id: number, check: Place) => void;
}
