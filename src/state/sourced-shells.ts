import { BoundedMap } from '../core/bounded-map.ts';
import { type EpochMs, MINUTE_MS } from '../core/time.ts';
import type { Actor } from '../events/host-events.ts';
import type { ProcessState } from './processes.ts';
import type { Taint } from './taint.ts';

/**
 * A shell at which somebody types takes the lines of a file as if they were typed: `. FILE`, or a file with which it starts. While
 * they run, the content is at work; when they are done, the shell does its person's work again. No record tells the end: nobody types
 * the next command at once, so a pause without a program of theirs still at work is taken for it.
 */
export interface Sourcing {
  readonly shell: ProcessState;
  readonly taint: Taint;
  readonly path: string;
  /** Read at the shell's start: its person's own lines stand in it too. */
  readonly isStart: boolean;
  readonly since: EpochMs;
  last: EpochMs;
  /** It was told that its lines started something. */
  worked: boolean;
  /** A file with a list's name: what the shell has started since, one name for each program; null once it is no list, and for other files. */
  started: string[] | null;
}

const SHELLS_MAX = 1024;
const AT_ONCE_MS = 2000;
const PROGRAM_MS = MINUTE_MS;
const LONGEST_MS = 10 * MINUTE_MS;

export class SourcedShells {
  readonly #byPid = new BoundedMap<number, Sourcing>(SHELLS_MAX);

  get size(): number {
    return this.#byPid.size;
  }

  /** To be called before anything is made of a record of `actor`: what it does itself, or starts. */
  pass({ pid, ppid }: Actor, time: EpochMs): void {
    this.#turn(pid, time);
    if (ppid !== pid) this.#turn(ppid, time);
  }

  set(sourcing: Sourcing): void {
    this.#byPid.set(sourcing.shell.pid, sourcing);
  }

  drop({ pid }: ProcessState): void {
    this.#byPid.delete(pid);
  }

  of(shell: ProcessState): Sourcing | undefined {
    const found = this.#byPid.peek(shell.pid);
    return found?.shell === shell ? found : undefined;
  }

  inSession(ses: number): Sourcing | undefined {
    return [...this.#byPid.values()].findLast(({ shell }) => shell.ses === ses);
  }

  #turn(pid: number, time: EpochMs): void {
    const found = this.#byPid.peek(pid);
    if (found === undefined) return;
    if (isAtWork(found, time)) {
      found.last = time;
      return;
    }
    if (found.shell.controlled === found.taint) found.shell.controlled = null;
    this.#byPid.delete(pid);
  }

  get evicted(): number {
    return this.#byPid.evicted;
  }

  snapshot() {
    return this.#byPid.snapshot();
  }

  restore(from: ReturnType<SourcedShells['snapshot']>): void {
    this.#byPid.restore(from);
  }
}

/** What its lines started may go on, as far as no record tells that it ended. */
export function isAtWork({ shell, taint, since, last, isStart }: Sourcing, time: EpochMs): boolean {
  if (time - last <= AT_ONCE_MS) return true;
  if (isStart || time - since > LONGEST_MS) return false;
  return shell.recentChildren.some(
    child =>
      child.start >= since &&
      child.controlled?.origin.id === taint.origin.id &&
      (child.ended ? time - child.lastSeen <= AT_ONCE_MS : time - child.start <= PROGRAM_MS),
  );
}
