import { isWithin } from '../core/paths.ts';
import type { ProcessState } from './processes.ts';

/**
 * One run of Watchpost itself, as it wrote it down: on which host, as which process of which program, from when to when it
 * read what. Only the state directory that the user names tells of runs; evidence never does.
 */
export interface OwnRun {
  readonly host: string;
  readonly pid: number;
  /** Path of the running executable, links resolved. */
  readonly exe: string;
  /** Epoch ms. */
  readonly startTime: number;
  readonly endTime: number;
  /** Files and folders that it was told to read, as absolute paths, with and without links resolved. */
  readonly roots: readonly string[];
}

/** Stamps of the kernel and of the run are of one clock; rounding and the way to the first line of code lie between. */
const TOLERANCE_MS = 2000;
const RUNS_MAX = 10_000;

/** Recognises Watchpost's own reads: by process, program, time and place together. A program of the same name has none of them. */
export class OwnRuns {
  readonly #byProcess = new Map<string, OwnRun[]>();

  constructor(runs: readonly OwnRun[]) {
    for (const run of runs.slice(-RUNS_MAX)) {
      const key = keyOf(run.host, run.pid);
      const known = this.#byProcess.get(key);
      if (known === undefined) this.#byProcess.set(key, [run]);
      else known.push(run);
    }
  }

  isOwn(host: string, process: ProcessState, time: number, path: string): boolean {
    if (this.#byProcess.size === 0) return false;
    const runs = this.#byProcess.get(keyOf(host, process.pid));
    return (
      runs?.some(
        run =>
          process.exe === run.exe &&
          time >= run.startTime - TOLERANCE_MS &&
          time <= run.endTime + TOLERANCE_MS &&
          run.roots.some(root => isWithin(path, root)),
      ) ?? false
    );
  }
}

/** Logs name a host by its first label or in full. */
const keyOf = (host: string, pid: number): string => `${host.toLowerCase().split('.', 1)[0]} ${pid}`;
