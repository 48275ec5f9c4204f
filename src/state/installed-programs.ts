import { BoundedMap } from '../core/bounded-map.ts';
import { dirName } from '../core/paths.ts';
import type { EpochMs } from '../core/time.ts';
import type { HostState } from './host.ts';
import { ancestry, type ProcessState } from './processes.ts';
import { CLASS, isSystemPath } from './programs.ts';
import type { TaintOrigin } from './taint.ts';

const PROGRAMS_MAX = 8192;
const DIRECTORIES_MAX = 4096;

/** What of a host's installed programs was there before a package came: from their runs, and from writes into their places. */
export class InstalledPrograms {
  /** Program or script in a system place -> when it was first seen to run. */
  readonly #firstRun = new BoundedMap<string, EpochMs>(PROGRAMS_MAX);
  /** Directories in system places into which writes are recorded: who puts a program there is seen. */
  readonly #covered = new BoundedMap<string, true>(DIRECTORIES_MAX);

  ran(process: ProcessState): void {
    this.#ranAt(process.exe, process.execTime);
    if (process.script !== '') this.#ranAt(process.script, process.execTime);
  }

  written(path: string): void {
    if (!isSystemPath(path)) return;
    const directory = dirName(path);
    if (this.#covered.peek(directory) === undefined) this.#covered.set(directory, true);
  }

  ranBefore(path: string, time: EpochMs): boolean {
    return (this.#firstRun.peek(path) ?? Number.POSITIVE_INFINITY) < time;
  }

  /** Whether a program put there would have been recorded. */
  covers(path: string): boolean {
    return this.#covered.peek(dirName(path)) !== undefined;
  }

  get evicted(): number {
    return this.#firstRun.evicted + this.#covered.evicted;
  }

  snapshot(): unknown {
    return { firstRun: this.#firstRun.snapshot(), covered: this.#covered.snapshot() };
  }

  restore(data: unknown): void {
    const from = data as {
      firstRun: { evicted: number; entries: [string, EpochMs][] };
      covered: { evicted: number; entries: [string, true][] };
    };
    this.#firstRun.restore(from.firstRun);
    this.#covered.restore(from.covered);
  }

  #ranAt(path: string, time: EpochMs): void {
    if (isSystemPath(path) && this.#firstRun.peek(path) === undefined) this.#firstRun.set(path, time);
  }
}

/**
 * Where a program came from that runs while foreign content has a hand in it: `brought` by that very content, `installed`
 * before it came, the package `manager` itself or its helper, `unknown` where neither an earlier run nor writes into its
 * directory are recorded. A `tool` does as it is told: shells, interpreters without an installed script, transfer tools.
 * `elsewhere` is all that lies outside system places.
 */
export type Standing = 'brought' | 'installed' | 'manager' | 'unknown' | 'tool' | 'elsewhere';

const TOLD = CLASS.shell | CLASS.interpreter | CLASS.transfer | CLASS.fetcher;

/** `since`: when the content was first run. */
export function standingOf(host: HostState, process: ProcessState, origin: TaintOrigin, since: EpochMs): Standing {
  const path = process.script || process.exe;
  const brought = (each: string) =>
    host.files.byName(each)?.taints.some(taint => taint.origin.id === origin.id) === true;
  if (brought(path) || brought(process.exe)) return 'brought';
  if (!isSystemPath(path)) return 'elsewhere';
  if (isOfManager(process)) return 'manager';
  if (process.script === '' ? (process.classBits & TOLD) !== 0 : (host.classOf(path) & TOLD) !== 0) return 'tool';
  return host.installed.ranBefore(path, since) || host.installed.covers(path) ? 'installed' : 'unknown';
}

/** The package manager, or what it started without a maintainer script in between: a script of a package is nobody's installed program. */
function isOfManager(process: ProcessState): boolean {
  for (const elder of ancestry(process, 6)) {
    if (!elder.trusted) return false;
    if (elder.classBits & CLASS.packageManager) return true;
  }
  return false;
}
