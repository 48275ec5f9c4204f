import { BoundedMap } from '../core/bounded-map.ts';
import { dirName } from '../core/paths.ts';
import type { EpochMs } from '../core/time.ts';
import type { ProcessState } from './processes.ts';
import { isSystemPath } from './programs.ts';

const PROGRAMS_MAX = 8192;
const DIRECTORIES_MAX = 4096;

/** What of a host's installed programs was there before a package came: from their runs, and from writes into their places. */
export class InstalledPrograms {
  /** Program or script in a system place -> when it was first seen to run. */
  readonly #firstRun = new BoundedMap<string, EpochMs>(PROGRAMS_MAX);
  /** Directories in system places into which writes are recorded: who puts a program there is seen. */
  readonly #covered = new BoundedMap<string, true>(DIRECTORIES_MAX);
  /** Files in system places that somebody who is not root was seen to put there. */
  readonly #put = new BoundedMap<string, true>(PROGRAMS_MAX);

  ran(process: ProcessState): void {
    this.#ranAt(process.exe, process.execTime);
    if (process.script !== '') this.#ranAt(process.script, process.execTime);
  }

  written(path: string): void {
    if (!isSystemPath(path)) return;
    const directory = dirName(path);
    if (this.#covered.peek(directory) === undefined) this.#covered.set(directory, true);
  }

  /** By hand: no client keeps its own installation up to date so. */
  putByHand(path: string): void {
    if (isSystemPath(path)) this.#put.set(path, true);
  }

  wasPutByHand(path: string): boolean {
    return this.#put.peek(path) !== undefined;
  }

  ranBefore(path: string, time: EpochMs): boolean {
    return (this.#firstRun.peek(path) ?? Number.POSITIVE_INFINITY) < time;
  }

  /** Whether a program put there would have been recorded. */
  covers(path: string): boolean {
    return this.#covered.peek(dirName(path)) !== undefined;
  }

  get evicted(): number {
    return this.#firstRun.evicted + this.#covered.evicted + this.#put.evicted;
  }

  snapshot(): unknown {
    return { firstRun: this.#firstRun.snapshot(), covered: this.#covered.snapshot(), put: this.#put.snapshot() };
  }

  restore(data: unknown): void {
    const from = data as {
      firstRun: { evicted: number; entries: [string, EpochMs][] };
      covered: { evicted: number; entries: [string, true][] };
      put: { evicted: number; entries: [string, true][] };
    };
    this.#firstRun.restore(from.firstRun);
    this.#covered.restore(from.covered);
    this.#put.restore(from.put);
  }

  #ranAt(path: string, time: EpochMs): void {
    if (isSystemPath(path) && this.#firstRun.peek(path) === undefined) this.#firstRun.set(path, time);
  }
}
