import { BoundedMap } from '../core/bounded-map.ts';
import { baseName, dirName } from '../core/paths.ts';
import { DAY_MS, type EpochMs, HOUR_MS } from '../core/time.ts';
import type { Ref } from '../events/ref.ts';
import { ancestry } from './ancestry.ts';
import { JOB_TABLES } from './path-marks.ts';
import { idOf, inLogin, type ProcessState } from './processes.ts';
import { CLASS, isSystemPath } from './programs.ts';
import { putByWords } from './put-by-words.ts';

const PROGRAMS_MAX = 8192;
const DIRECTORIES_MAX = 4096;
const BY_HAND_MAX = 4096;
const STAND_INS_MAX = 1024;
const ORDERED_MAX = 16;
/** Long enough for a weekly line to run for the first time. */
const TABLE_NEW_MS = 8 * DAY_MS;
/** Where no package puts anything: Filesystem Hierarchy Standard, 3.13 and 4.9. */
const LOCAL = ['/usr/local/', '/opt/'];

/** A script of somebody's own bears the name of an installed program, and started that program in the end. */
export interface StandIn {
  /** The installed program. */
  readonly of: string;
  readonly time: EpochMs;
  /** It takes on another account's rights: who starts it has to show who they are. */
  readonly raises: boolean;
}

/** The command with which somebody logged in put a program in its place. Plain data. */
export interface PutThere {
  readonly time: EpochMs;
  readonly pid: number;
  readonly command: string;
  readonly auid: number;
  readonly ref: Ref | null;
}

export const isLocalPlace = (path: string): boolean => LOCAL.some(each => path.startsWith(each));

/** What of a host's installed programs was there before a package came: from their runs, and from writes into their places. */
export class InstalledPrograms {
  /** Program or script in a system place -> when it was first seen to run. */
  readonly #firstRun = new BoundedMap<string, EpochMs>(PROGRAMS_MAX);
  /** The same of what lies elsewhere: people's own. */
  readonly #elsewhere = new BoundedMap<string, EpochMs>(PROGRAMS_MAX);
  /** Directories in system places into which writes are recorded: who puts a program there is seen. */
  readonly #covered = new BoundedMap<string, true>(DIRECTORIES_MAX);
  /** Files in system places that somebody who is not root was seen to put there. */
  readonly #byUser = new BoundedMap<string, true>(PROGRAMS_MAX);

  /** Program or script in a system place or below /etc that somebody logged in put there, outside a package manager. */
  readonly #byHand = new BoundedMap<string, PutThere>(BY_HAND_MAX);
  /** When somebody logged in last wrote a table of jobs. */
  #tableTime = Number.NEGATIVE_INFINITY;

  /** Process that ran a script -> the program for which that script stands in. */
  readonly #standIns = new BoundedMap<string, StandIn>(STAND_INS_MAX);

  ran(process: ProcessState, raises = false): void {
    this.#ranAt(process.exe, process.execTime);
    if (process.script !== '') this.#ranAt(process.script, process.execTime);
    const wrapper = wrapperOf(process);
    if (wrapper !== null) this.#standIns.set(idOf(wrapper), { of: process.exe, time: process.execTime, raises });
  }

  /** By the id of the process that ran the script. */
  standIn(run: string): StandIn | undefined {
    return this.#standIns.peek(run);
  }

  written(path: string, process: ProcessState, time: EpochMs): void {
    if (!isTable(path) && !path.startsWith('/etc/') && !isSystemPath(path)) return;
    if (isByHand(process)) this.#put(path, process, time);
    if (!isSystemPath(path)) return;
    const directory = dirName(path);
    if (this.#covered.peek(directory) === undefined) this.#covered.set(directory, true);
  }

  /** The same by the words of a command that runs as root, whether or not writes there are recorded. */
  ordered(process: ProcessState): void {
    const { uid, trusted, execTime } = process;
    if (uid !== 0 || !trusted) return;
    const paths = putByWords(process).filter(path => path.startsWith('/etc/') || isSystemPath(path) || isTable(path));
    if (paths.length === 0 || !isByHand(process)) return;
    for (const path of paths.slice(0, ORDERED_MAX)) this.#put(path, process, execTime);
  }

  /**
   * Whether the program of a job lies in a system place only because somebody put it, or its line in a table of jobs, there while the
   * log was kept: no package and no long-standing administration vouches for it.
   */
  isNewByHand(path: string, now: EpochMs): boolean {
    if (this.#byHand.peek(whole(path)) !== undefined) return true;
    return (
      now - this.#tableTime <= TABLE_NEW_MS && isLocalPlace(path) && !this.ranBefore(path, this.#tableTime as EpochMs)
    );
  }

  /** Who put it there by hand, undefined for nobody. */
  putThere(path: string): PutThere | undefined {
    return this.#byHand.peek(whole(path));
  }

  /** By somebody who is not root: no client keeps its own installation up to date so. */
  putByUser(path: string): void {
    if (isSystemPath(path)) this.#byUser.set(path, true);
  }

  wasPutByUser(path: string): boolean {
    return this.#byUser.peek(path) !== undefined;
  }

  ranBefore(path: string, time: EpochMs): boolean {
    const runs = isSystemPath(path) ? this.#firstRun : this.#elsewhere;
    return (runs.peek(path) ?? Number.POSITIVE_INFINITY) < time;
  }

  /** Whether a program put there would have been recorded. */
  covers(path: string): boolean {
    return this.#covered.peek(dirName(path)) !== undefined;
  }

  get evicted(): number {
    const maps = [this.#firstRun, this.#elsewhere, this.#covered, this.#byHand, this.#byUser, this.#standIns];
    return maps.reduce((sum, { evicted }) => sum + evicted, 0);
  }

  snapshot(): unknown {
    return {
      firstRun: this.#firstRun.snapshot(),
      elsewhere: this.#elsewhere.snapshot(),
      covered: this.#covered.snapshot(),
      byHand: this.#byHand.snapshot(),
      byUser: this.#byUser.snapshot(),
      standIns: this.#standIns.snapshot(),
      tableTime: this.#tableTime,
    };
  }

  restore(data: unknown): void {
    const from = data as {
      firstRun: { evicted: number; entries: [string, EpochMs][] };
      elsewhere: { evicted: number; entries: [string, EpochMs][] };
      covered: { evicted: number; entries: [string, true][] };
      byHand: { evicted: number; entries: [string, PutThere][] };
      byUser: { evicted: number; entries: [string, true][] };
      standIns: { evicted: number; entries: [string, StandIn][] };
      tableTime: number;
    };
    this.#firstRun.restore(from.firstRun);
    this.#elsewhere.restore(from.elsewhere);
    this.#covered.restore(from.covered);
    this.#byHand.restore(from.byHand);
    this.#byUser.restore(from.byUser);
    this.#standIns.restore(from.standIns);
    this.#tableTime = from.tableTime;
  }

  #put(path: string, { pid, argv, exe, auid, execRef: ref }: ProcessState, time: EpochMs): void {
    if (isTable(path)) this.#tableTime = time;
    if (!path.startsWith('/etc/') && !isSystemPath(path)) return;
    const held = this.#byHand.peek(whole(path));
    // Who brought it there is told, not who changed its mode or its date afterwards.
    if (held !== undefined && time - held.time <= HOUR_MS) return;
    this.#byHand.set(whole(path), { time, pid, command: (argv.join(' ') || exe).slice(0, 256), auid, ref });
  }

  #ranAt(path: string, time: EpochMs): void {
    const runs = isSystemPath(path) ? this.#firstRun : this.#elsewhere;
    if (runs.peek(path) === undefined) runs.set(path, time);
  }
}

const isTable = (path: string): boolean => JOB_TABLES.some(each => path.startsWith(each));

/** /bin, /sbin and /lib are links into /usr on most systems: a file there has two names. */
const whole = (path: string): string => (/^\/(?:s?bin|lib(?:32|64|x32)?)\//.test(path) ? `/usr${path}` : path);

const isByHand = (process: ProcessState): boolean =>
  inLogin(process) === true &&
  !ancestry(process).some(each => each.trusted && (each.classBits & (CLASS.packageManager | CLASS.scheduler)) !== 0);

/** What sends mail is started by whoever wraps it in order to send mail. */
const SENDS = CLASS.sender | CLASS.mailClient;

/** The process, this one before or the one above, that ran a script of this program's name from where no installed program lies. */
function wrapperOf(process: ProcessState): ProcessState | null {
  const { trusted, script, exe, classBits, parent, images } = process;
  if (!trusted || script !== '' || (classBits & SENDS) !== 0) return null;
  if (standsFor(images.at(-1) ?? '', exe)) return process;
  return parent !== null && standsFor(parent.script, exe) ? parent : null;
}

const standsFor = (script: string, exe: string): boolean =>
  script !== exe && script !== '' && baseName(script) === baseName(exe) && !isSystemPath(script);
