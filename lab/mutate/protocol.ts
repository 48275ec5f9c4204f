/** What the coordinator asks of a worker: try this mutant. */
export interface Question {
  readonly id: number;
}

/** What a worker answers. `ready` comes once, with id 0, when nothing is broken and every test passes. */
export interface Answer {
  readonly id: number;
  readonly outcome: 'ready' | Outcome;
  /** The test that failed. */
  readonly by: string;
}

/**
 * `killed`: a test fails. `hung`: none ended in time, which a test run would notice too. `survived`: all pass. `unreached`: no
 * test comes to the place. `untried`: the time was over.
 */
export type Outcome = 'killed' | 'hung' | 'survived' | 'unreached' | 'untried';
