import type { Group } from './groups.ts';

/** What a worker is given as it begins, as JSON in a file. */
export interface Task {
  readonly group: Group;
  /** Instrumented text by file from the root. */
  readonly code: Readonly<Record<string, string>>;
  /** The highest id. */
  readonly size: number;
  /** Ids to be tried. */
  readonly ids: readonly number[];
  /** Of those, the ones that are evaluated as a module is loaded. */
  readonly atLoad: readonly number[];
  /** Constants of modules that can be broken at any time, by number: those that come of each, and its own ids. */
  readonly dependents: readonly (readonly number[])[];
  readonly constants: readonly (readonly number[])[];
  /** Ids of constants that tests use by themselves: every test may notice them. */
  readonly inTests: readonly number[];
  /** For a process of one mutant's own: the tests to run. */
  readonly checks: readonly Place[];
  /** How many run beside each other over one replay of a recording. */
  readonly batch: number;
  /** No mutant is begun after this. */
  readonly untilMs: number;
}

/** A test by its file, from the root, and its place there. */
export interface Place {
  readonly file: string;
  readonly at: number;
}

/**
 * What a worker says. `alive`: it comes on. `alone`: these tests may notice a mutant that needs a process of its own. `trying`: these are on from now on, one of them may never come to an end. `answer`: what became of one.
 * `broken`: a test fails with nothing broken. `done`: all that there was time for are answered.
 */
export type Message =
  | { readonly kind: 'alive' }
  | { readonly kind: 'trying'; readonly ids: readonly number[] }
  | ({ readonly kind: 'answer' } & Answer)
  | { readonly kind: 'alone'; readonly id: number; readonly checks: readonly Place[] }
  | { readonly kind: 'broken'; readonly why: string }
  | { readonly kind: 'done' };

export interface Answer {
  readonly id: number;
  readonly outcome: Outcome;
  /** The test that failed. */
  readonly by: string;
}

/**
 * `killed`: a test fails. `hung`: it did not end in time, which a test run would notice too. `survived`: all pass. `unreached`: no
 * test comes to the place. `untried`: the time was over.
 */
export type Outcome = 'killed' | 'hung' | 'survived' | 'unreached' | 'untried';
