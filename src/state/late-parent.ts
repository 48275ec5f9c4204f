import type { Taint } from './taint.ts';

/** Of a process: whose child it is, what runs in it, what it started. */
interface Related<T> {
  parent: T | null;
  parentGuessed: boolean;
  controlled: Taint | null;
  readonly recentChildren: readonly T[];
}

const DEPTH_MAX = 6;

/**
 * A process was known as the parent of another before a record of its own told whose child it is (a fork that starts something
 * before it becomes another program). What runs in its parent runs in it, and in what it started meanwhile.
 */
export function joinParent<T extends Related<T>>(process: T, parent: T | null, guessed: boolean): void {
  process.parent = parent;
  process.parentGuessed = guessed && parent !== null;
  if (parent !== null && parent.controlled !== null) takeControl(process, parent, 0);
}

function takeControl<T extends Related<T>>(process: T, parent: T, depth: number): void {
  if (process.controlled !== null || depth > DEPTH_MAX) return;
  process.controlled = parent.controlled;
  for (const child of process.recentChildren) takeControl(child, parent, depth + 1);
}

/** No record says whose child it is, and all else that is told of both says this. */
export function giveBack<T extends Related<T>>(process: T, parent: T): void {
  process.parent = parent;
  process.parentGuessed = true;
  process.controlled ??= parent.controlled;
}

/** Why a link that leans on such a parent is inferred. */
export const DESCENT_GUESSED = 'no record names its parent: found by number, program, login and time';

const DESCENT_MAX = 32;

/** Whether the records themselves say that a process descends from the one with this number, or a parent in between is a guess. */
export function isDescentGuessed<
  T extends { readonly pid: number; readonly parent: T | null; readonly parentGuessed: boolean },
>(process: T, ancestor: number): boolean {
  let each: T | null = process;
  for (let depth = 0; each !== null && each.pid !== ancestor && depth < DESCENT_MAX; depth++) {
    if (each.parentGuessed) return true;
    each = each.parent;
  }
  return false;
}
