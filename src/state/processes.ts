import type { EpochMs } from '../core/time.ts';
import { type Actor, type FileId, ID_UNSET, type NetworkConnected, TTY_UNKNOWN } from '../events/host-events.ts';
import type { Ref } from '../events/ref.ts';
import { forkedFrom, leftBy, subshellOf } from './forks.ts';
import { joinParent } from './late-parent.ts';
import { CLASS, isSystemPath, type ProgramClass } from './programs.ts';
import { commandOption } from './shell-words.ts';
import type { Taint } from './taint.ts';

/** Data of a taint held by a process: it read it (observed) or was handed it (inferred). */
export interface Carry {
  readonly taint: Taint;
  readonly time: EpochMs;
  readonly strength: 'observed' | 'inferred';
  readonly why: string;
}

export interface Connection {
  readonly time: EpochMs;
  readonly event: NetworkConnected;
  readonly pid: number;
  readonly process: ProcessState;
}

/** A process waits on an address of the network, and whoever connects may take what it reads. */
export interface Serving {
  readonly at: string;
  readonly time: EpochMs;
  readonly order: number;
  readonly ref: Ref;
  /** A record shows the address being taken, or only being looked up for it. */
  readonly isBound: boolean;
}

/**
 * A process as far as the evidence shows it. It is named by host, pid and the time it was first seen. Plain data: it is
 * snapshotted with everything that refers to it.
 */
export interface ProcessState {
  /** See `idOf`. */
  id: string;
  readonly host: string;
  readonly pid: number;
  readonly start: EpochMs;
  /** When it was forked, as the source tells it (`Actor.startTime`); NaN when it does not. */
  began: number;
  ppid: number;
  parent: ProcessState | null;
  lastSeen: EpochMs;
  /** The actor of its last record: when the next one is the same object, nothing about it changed. */
  actor: Actor | null;
  ended: boolean;
  /** An execve of it was seen: `argv`, `cwd`, `script` and `trusted` are known. */
  execSeen: boolean;
  execTime: EpochMs;
  execRef: Ref | null;
  exe: string;
  comm: string;
  argv: readonly string[];
  /** No record names its parent: it was found by number, program, login and time. */
  parentGuessed: boolean;
  cwd: string;
  uid: number;
  euid: number;
  auid: number;
  ses: number;
  tty: string;
  /** The script that an interpreter runs, absolute, '' when there is none; it was handed to execve itself, and only root can write to it. */
  script: string;
  scriptOfRoot: boolean;
  /** The script that it runs belongs to a person, who can write something else into it, and runs as another account. */
  scriptOfPerson: boolean;
  classBits: ProgramClass;
  /** Executable (and script) lie in system places and, where the record says so, belong to root and are not writable by others. */
  trusted: boolean;
  /** It would be trusted but that it belongs to the user who runs it; see own-client.ts. */
  handedOut: boolean;
  /** What it runs since its last execve, as people know it; '' before the first. */
  program: string;
  /** Earlier images of this process, oldest first: `bash`, `nohup`. */
  images: readonly string[];
  controlled: Taint | null;
  carries: readonly Carry[];
  /** It is an interpreter that takes its program from standard input. */
  readsProgramFromInput: boolean;
  /** Box -> how many reads. */
  storeReads: Map<string, number> | null;
  connections: readonly Connection[];
  /** Where it waits for other hosts to come; see serving.ts. */
  serves: Serving | null;
  /** Files it lately opened for writing: output is often opened before the input is read. */
  writes: readonly { readonly file: FileId; readonly time: EpochMs; readonly order: number; readonly ref: Ref }[];
  recentChildren: readonly ProcessState[];
  /** Last file it read in a mail store: links what a client saves to the message it came from. */
  lastStoreRead: { path: string; time: EpochMs; agentPid: number; agentTime: number; ref: Ref } | null;
  /** Last file that a client read of its own installation; see own-client.ts. */
  ownRead: { readonly name: string; readonly time: EpochMs } | null;
  /** It (or what it ran) was told already, by key: keeps notices to one each. */
  told: Set<string> | null;
  /** It was told of as one that sends mail, under whatever image. */
  isSender: boolean;
  workedAs: string; // see at-work.ts
}

export const CHILDREN_MAX = 24;
export const PROCESSES_MAX = 16384;

export class ProcessTable {
  readonly host: string;
  byPid = new Map<number, ProcessState>();
  evicted = 0;
  /** Whose record came last: a process mostly does several things in a row. Only saves work. */
  #latest: ProcessState | null = null;
  readonly #classOf: (path: string) => ProgramClass;

  constructor(host: string, classOf: (path: string) => ProgramClass) {
    this.host = host;
    this.#classOf = classOf;
  }

  get(pid: number): ProcessState | undefined {
    return this.byPid.get(pid);
  }

  /**
   * The process behind a record's actor: known, newly seen, or a new one under a reused pid. A record without a pid is of a
   * process of its own, joined with nothing. `starts`: the record shows it starting a program.
   */
  ensure(actor: Actor, time: EpochMs, starts = false): ProcessState {
    const latest = this.#latest;
    if (latest !== null && latest.actor === actor && !latest.ended) {
      latest.lastSeen = time;
      return latest;
    }
    if (actor.pid < 0) return this.#nameless(actor, time);
    const known = this.byPid.get(actor.pid);
    if (known !== undefined && !known.ended && (known.actor === actor || this.#sameLife(known, actor))) {
      known.lastSeen = time;
      this.#latest = known;
      if (known.actor === actor) return known;
      known.actor = actor;
      if (actor.startTime !== undefined) known.began = actor.startTime;
      if (known.exe !== actor.exe && actor.exe !== '') {
        if (!known.execSeen) this.#joinFork(known, time);
        known.exe = actor.exe;
        known.classBits = this.#classOf(actor.exe) | this.#classOf(known.script);
      }
      if (known.ppid !== actor.ppid && actor.ppid > 0) {
        const guessed = known.ppid < 0 && known.parent !== null && known.parent.pid !== actor.ppid;
        known.ppid = actor.ppid;
        if (known.parent === null || guessed) joinParent(known, this.#parentOf(actor, time), false);
      }
      if (known.uid === -1 && !known.execSeen) fill(known, actor, this.#classOf(actor.exe));
      if (actor.uid < 0 || actor.ses < 0 || actor.tty === TTY_UNKNOWN) {
        takeKnown(known, actor);
        return known;
      }
      known.uid = actor.uid;
      known.euid = actor.euid;
      known.auid = actor.auid;
      known.ses = actor.ses;
      known.tty = actor.tty;
      known.comm = actor.comm;
      return known;
    }
    return this.#create(actor, time, starts);
  }

  /** A process known only as somebody's parent. */
  placeholder(pid: number, time: EpochMs): ProcessState | null {
    if (pid <= 0) return null;
    const known = this.byPid.get(pid);
    if (known !== undefined) return known;
    const process = blank(this.host, pid, time);
    this.#put(pid, process, time);
    return process;
  }

  /** Its parent: not the one that had this pid before, where the source tells them apart. */
  #parentOf(actor: Actor, time: EpochMs): ProcessState | null {
    if (actor.ppid < 0) return forkedFrom(this.byPid, actor, time);
    const known = this.byPid.get(actor.ppid);
    const parent = known ?? this.#subshell(actor.ppid, actor, time);
    const began = actor.parentStartTime;
    if (parent === null || began === undefined) return parent;
    if (!beganAt(parent, began)) {
      const other = blank(this.host, actor.ppid, time);
      other.began = began;
      this.#put(actor.ppid, other, time);
      return other;
    }
    parent.began = began;
    return parent;
  }

  /** Until its first program it ran its parent's: a parent of which no record tells is a fork of that too. */
  #joinFork({ exe, uid, parent: fork }: ProcessState, time: EpochMs): void {
    if (exe === '' || fork === null || fork.execSeen || fork.exe !== '') return;
    const elder = forkedFrom(this.byPid, { exe, uid, pid: fork.pid }, time);
    if (elder !== null) joinParent(fork, elder, true);
  }

  /** Known by nothing but a child. */
  #subshell(pid: number, child: Actor, time: EpochMs): ProcessState | null {
    const fork = this.placeholder(pid, time);
    if (fork !== null) joinParent(fork, subshellOf(this.byPid, pid, child, time), true);
    return fork;
  }

  #create(actor: Actor, time: EpochMs, starts: boolean): ProcessState {
    const process = blank(this.host, actor.pid, time);
    const left = actor.ppid === 1 && !starts ? leftBy(this.byPid, actor, time) : null;
    const parent = left ?? this.#parentOf(actor, time);
    process.began = actor.startTime ?? Number.NaN;
    process.parent = parent;
    process.parentGuessed = left !== null || (actor.ppid < 0 && parent !== null);
    process.ppid = actor.ppid;
    fill(process, actor, this.#classOf(actor.exe));
    if (parent !== null) {
      process.controlled = parent.controlled;
      parent.recentChildren = append(parent.recentChildren, process, CHILDREN_MAX);
    }
    this.#put(actor.pid, process, time);
    return process;
  }

  #nameless(actor: Actor, time: EpochMs): ProcessState {
    const process = blank(this.host, -1, time);
    fill(process, actor, this.#classOf(actor.exe));
    process.parent = this.placeholder(actor.ppid, time);
    process.controlled = process.parent?.controlled ?? null;
    return process;
  }

  #sameLife(known: ProcessState, actor: Actor): boolean {
    if (actor.startTime !== undefined) {
      if (!beganAt(known, actor.startTime)) return false;
      if (!Number.isNaN(known.began)) return true;
    }
    if (actor.ppid < 0 || known.ppid < 0) return true;
    if (known.ppid === actor.ppid || known.uid === -1 || actor.ppid === 1) return true;
    // A subreaper (systemd --user) adopts orphans just as pid 1 does.
    const adopter = this.byPid.get(actor.ppid);
    return adopter !== undefined && (adopter.classBits & CLASS.scheduler) !== 0;
  }

  #put(pid: number, process: ProcessState, time: EpochMs): void {
    this.byPid.set(pid, process);
    this.#latest = null;
    if (this.byPid.size > PROCESSES_MAX) this.#sweep(time);
  }

  /** Drops about half: what ended, then what was seen longest ago. What is tainted counts as younger. Amortised to a constant a process. */
  #sweep(now: EpochMs): void {
    const ages = new Float64Array(this.byPid.size);
    let i = 0;
    for (const process of this.byPid.values()) ages[i++] = rank(process, now);
    const limit = ages.slice().sort()[PROCESSES_MAX >> 1] as number;
    i = 0;
    for (const process of this.byPid.values()) {
      if ((ages[i++] as number) >= limit) continue;
      this.byPid.delete(process.pid);
      process.recentChildren = EMPTY;
      this.evicted += 1;
    }
  }
}

/** Beginnings are whole seconds worked out in two places: they may be one apart. */
const BEGAN_APART_MS = 2000;

/** False only when the process is known to have begun at another time. */
const beganAt = (process: ProcessState, began: number): boolean => !(Math.abs(process.began - began) >= BEGAN_APART_MS);

function rank(process: ProcessState, now: number): number {
  if (process.ended) return process.lastSeen - now - 1e15;
  return process.controlled !== null || process.carries.length > 0 ? process.lastSeen : process.lastSeen - 1e13;
}

function fill(process: ProcessState, actor: Actor, classBits: ProgramClass): void {
  if (actor.exe !== '') {
    process.exe = actor.exe;
    process.classBits = classBits;
    process.trusted = isSystemPath(actor.exe);
  }
  process.comm = actor.comm;
  process.uid = actor.uid;
  process.euid = actor.euid;
  process.auid = actor.auid;
  process.ses = actor.ses;
  process.tty = actor.tty;
  if (actor.ppid >= 0) process.ppid = actor.ppid;
}

/** What a poorer record leaves unsaid stays as an earlier one said it. */
function takeKnown(process: ProcessState, actor: Actor): void {
  if (actor.uid >= 0) process.uid = actor.uid;
  if (actor.euid >= 0) process.euid = actor.euid;
  if (actor.auid >= 0) process.auid = actor.auid;
  if (actor.ses >= 0) process.ses = actor.ses;
  if (actor.tty !== TTY_UNKNOWN) process.tty = actor.tty;
  if (actor.comm !== '') process.comm = actor.comm;
}

function blank(host: string, pid: number, time: EpochMs): ProcessState {
  return {
    id: '',
    host,
    pid,
    start: time,
    began: Number.NaN,
    ppid: -1,
    parent: null,
    parentGuessed: false,
    lastSeen: time,
    actor: null,
    ended: false,
    execSeen: false,
    execTime: time,
    execRef: null,
    exe: '',
    comm: '',
    argv: EMPTY,
    cwd: '',
    uid: -1,
    euid: -1,
    auid: ID_UNSET,
    ses: ID_UNSET,
    tty: '',
    script: '',
    classBits: 0,
    trusted: false,
    scriptOfRoot: false,
    scriptOfPerson: false,
    handedOut: false,
    program: '',
    images: EMPTY,
    controlled: null,
    carries: EMPTY,
    readsProgramFromInput: false,
    storeReads: null,
    connections: EMPTY,
    serves: null,
    writes: EMPTY,
    recentChildren: EMPTY,
    lastStoreRead: null,
    ownRead: null,
    told: null,
    isSender: false,
    workedAs: '',
  };
}

/** The lists of a process that nobody wrote to: most processes have nothing in any of theirs. */
const EMPTY: readonly never[] = [];

/** A list of a process with one more item at its end, the oldest gone when it was full. */
export function append<T>(list: readonly T[], item: T, max: number): readonly T[] {
  // Told by its length, for after a restore the shared empty list is another one.
  if (list.length === 0) return [item];
  const own = list as T[];
  if (own.length >= max) own.shift();
  own.push(item);
  return own;
}

/** Names the process on its host. Made when it is first asked for: of most processes it never is. */
export function idOf(process: ProcessState): string {
  if (process.id === '') process.id = `${process.pid}@${process.start}`;
  return process.id;
}

/** A shell in which somebody types: without script and program (`sh -c`), at a terminal as far as the source tells. */
export function isTypedAt(process: ProcessState): boolean {
  if (process.tty === '' || process.script !== '' || (process.classBits & CLASS.shell) === 0) return false;
  if (process.execSeen) return commandOption(process.argv) < 0;
  return process.tty !== TTY_UNKNOWN;
}

/** Whether it belongs to a login (a person's session, or a job run for one); null when the source says neither. */
export function inLogin(process: ProcessState): boolean | null {
  if (process.ses >= 0 && (process.ses !== ID_UNSET || process.auid < 0)) return process.ses !== ID_UNSET;
  return process.auid < 0 ? null : process.auid !== ID_UNSET;
}

/** True the first time it is asked for `key` on this process. */
export function tellOnce(process: ProcessState, key: string): boolean {
  process.told ??= new Set();
  if (process.told.has(key) || process.told.size > 256) return false;
  process.told.add(key);
  return true;
}

/** The program as people know it: the script an interpreter runs, else the executable, else the command name. */
export const programOf = ({ script, exe, comm, pid }: ProcessState): string =>
  script || exe || comm || (pid < 0 ? 'an unrecorded process' : `process ${pid}`);

/** Software whose work is to put mail into stores, run from where such software lies. */
export const isMailSoftware = ({ trusted, classBits }: ProcessState): boolean =>
  trusted && (classBits & (CLASS.delivery | CLASS.mta | CLASS.storeService)) !== 0;
