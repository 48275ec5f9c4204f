import type { Change, Finding } from '../events/finding.ts';

/** What a finding is told by: a `Story`, or what an analytic put together itself. */
export interface Told extends Pick<Finding, 'steps' | 'links' | 'factors' | 'missing'> {
  /** What would have raised or lowered the score. */
  readonly changes: readonly Change[];
}

/** What only the analytic knows: which story it is, how much it weighs, and what it says to people. */
export type Said = Pick<
  Finding,
  'analytic' | 'host' | 'key' | 'severity' | 'title' | 'story' | 'entities' | 'measures' | 'next'
>;

/** The finding of a story that an analytic tells. */
export const toFinding = ({ steps, links, factors, missing, changes }: Told, said: Said): Finding => ({
  ...said,
  steps,
  links,
  factors,
  missing,
  wouldChange: changes,
  exercise: false,
});
