import { readFileSync } from 'node:fs';

/** proc_pid_stat(5): utime, stime, cutime and cstime are fields 14 to 17, counted in ticks of sysconf(_SC_CLK_TCK), on Linux 100 a second. */
const TICK_MS = 10;
/** Timers alone cost less than this. */
const WORK_MS = 100;

/**
 * Tells a process that stands still or runs in a circle from one that only waits for a busy machine: by the processor time
 * that it and its ended children took, where the system tells it, and by the clock where it does not.
 */
export class Standstill {
  readonly #pid: number;
  readonly #limitMs: number;
  readonly #now: () => number;
  readonly #computedMs: (pid: number) => number | null;
  readonly #beganMs: number;
  #workedMs = 0;
  #lastWorkMs: number;

  constructor(pid: number, limitMs: number, { now = Date.now, computedMs = computedMsOf } = {}) {
    this.#pid = pid;
    this.#limitMs = limitMs;
    this.#now = now;
    this.#computedMs = computedMs;
    this.#beganMs = now();
    this.#lastWorkMs = this.#beganMs;
  }

  /** Why the process has to be ended; '' when it may go on. */
  look(): string {
    const now = this.#now();
    const worked = this.#computedMs(this.#pid);
    if (worked === null) return now - this.#beganMs > this.#limitMs ? `not done within ${this.#limitMs / 1000} s` : '';
    if (worked - this.#workedMs >= WORK_MS) {
      this.#workedMs = worked;
      this.#lastWorkMs = now;
    }
    if (worked > this.#limitMs) return `not done within ${this.#limitMs / 1000} s of processor time`;
    return now - this.#lastWorkMs > this.#limitMs ? `did nothing for ${this.#limitMs / 1000} s` : '';
  }
}

/** Processor time of a process and of its ended children, in ms; null where there is no /proc, or no such process. */
export function computedMsOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name of the program, in brackets, may hold blanks and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return Number.isFinite(ticks) ? ticks * TICK_MS : null;
  } catch {
    return null;
  }
}
