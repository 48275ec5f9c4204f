import type { Taint } from './taint.ts';

/** Of a process: whose child it is, what runs in it, what it started. */
interface Related<T> {
  parent: T | null;
  controlled: Taint | null;
  readonly recentChildren: readonly T[];
}

const DEPTH_MAX = 6;

/**
 * A process was known as the parent of another before a record of its own told whose child it is (a fork that starts something
 * before it becomes another program). What runs in its parent runs in it, and in what it started meanwhile.
 */
export function joinParent<T extends Related<T>>(process: T, parent: T | null): void {
  process.parent = parent;
  if (parent !== null && parent.controlled !== null) takeControl(process, parent, 0);
}

function takeControl<T extends Related<T>>(process: T, parent: T, depth: number): void {
  if (process.controlled !== null || depth > DEPTH_MAX) return;
  process.controlled = parent.controlled;
  for (const child of process.recentChildren) takeControl(child, parent, depth + 1);
}
