import type { ProcessState } from './processes.ts';

const DEPTH_MAX = 6;

/**
 * A process was known as the parent of another before a record of its own told whose child it is (a fork that starts something
 * before it becomes another program). What runs in its parent runs in it, and in what it started meanwhile.
 */
export function joinParent(process: ProcessState, parent: ProcessState | null): void {
  process.parent = parent;
  if (parent !== null && parent.controlled !== null) takeControl(process, parent, 0);
}

function takeControl(process: ProcessState, parent: ProcessState, depth: number): void {
  if (process.controlled !== null || depth > DEPTH_MAX) return;
  process.controlled = parent.controlled;
  for (const child of process.recentChildren) takeControl(child, parent, depth + 1);
}
