import type { ProcessState } from './processes.ts';
import type { TaintOrigin } from './taint.ts';

/**
 * Where the program that decides to send came from, when it came from outside and is run as it came. What a compiler, version
 * control or a package manager made of it was taken in on purpose; a guess by the place alone says nothing of it.
 */
export function broughtIn({ controlled }: ProcessState): TaintOrigin | null {
  if (controlled === null || controlled.curated || controlled.origin.kind === 'mailstore') return null;
  return controlled.origin.basis === 'place' ? null : controlled.origin;
}
