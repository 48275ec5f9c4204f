import { HOUR_MS } from '../core/time.ts';
import { type Actor, ID_UNSET, TTY_UNKNOWN } from '../events/host-events.ts';
import { mayInstall } from './package-verbs.ts';
import { CLASS, programName } from './programs.ts';

/** What is known of a process where it is asked whether another one is its fork. */
interface Begun {
  readonly ended: boolean;
  readonly execSeen: boolean;
  readonly execTime: number;
  readonly exe: string;
  readonly argv: readonly string[];
  readonly classBits: number;
  readonly uid: number;
  readonly ses: number;
  readonly tty: string;
  readonly parent: Begun | null;
}

interface ByPid<T> {
  get(pid: number): T | undefined;
}

/** A fork gets a number a few higher than that of the program it came from, moments after that one began. */
const FORK_PIDS = 16;
const FORK_MS = 10_000;
const LEFT_MS = HOUR_MS;

/**
 * A process that was never seen to run a program of its own runs its parent's: where the record does not say whose child it
 * is, the one that began that program moments before and a few pids lower.
 */
export function forkedFrom<T extends Begun>(
  byPid: ByPid<T>,
  { pid, exe, uid }: Pick<Actor, 'pid' | 'exe' | 'uid'>,
  time: number,
): T | null {
  if (exe === '') return null;
  return begunBefore(byPid, pid, time, each => each.exe === exe && (uid < 0 || each.uid < 0 || uid === each.uid));
}

/**
 * A program that goes on in a child and ends itself, as daemons do, leaves that child to pid 1. Where no fork is recorded the child is
 * known by its own deeds only: never seen to run a program of its own, in the same login, with the same program as one that began
 * a few pids lower. It may sleep a while before it does anything.
 */
export function leftBy<T extends Begun>(byPid: ByPid<T>, { pid, exe, uid, ses }: Actor, time: number): T | null {
  if (exe === '' || uid < 0 || ses < 0 || ses === ID_UNSET) return null;
  for (let lower = pid - 1; lower > 1 && lower >= pid - FORK_PIDS; lower--) {
    const elder = byPid.get(lower);
    if (elder === undefined || !elder.execSeen || elder.exe !== exe || elder.uid !== uid || elder.ses !== ses) continue;
    return time - elder.execTime <= LEFT_MS ? elder : null;
  }
  return null;
}

/**
 * Known by nothing but a child: a fork that runs no program of its own, `( … ) &` in a script. It is a script's or shell's
 * that began moments before in the same login and a few pids lower, until a record says whose it is.
 */
export function subshellOf<T extends Begun & { readonly parent: T | null }>(
  byPid: ByPid<T>,
  pid: number,
  child: Actor,
  time: number,
): T | null {
  const { uid, ses, tty } = child;
  if (uid < 0 || ses < 0 || tty === TTY_UNKNOWN) return null;
  const isOfLogin = (each: T) => each.uid === uid && each.ses === ses && each.tty === tty;
  const runsLines = ({ classBits }: T) => (classBits & (CLASS.shell | CLASS.interpreter)) !== 0;
  const shell = begunBefore(byPid, pid, time, each => runsLines(each) && isOfLogin(each));
  // A script in the background has subshells of its own; at a terminal the shell above began long ago.
  return shell ?? (tty === '' ? null : installerOf(byPid, pid, time, isOfLogin));
}

/**
 * A package manager at work starts a program after the other, and its hooks by such a fork (apt.conf(5), DPkg::Post-Invoke): it is still the
 * parent of what was started last, however long ago it began itself.
 */
function installerOf<T extends Begun & { readonly parent: T | null }>(
  byPid: ByPid<T>,
  pid: number,
  time: number,
  isOfLogin: (each: T) => boolean,
): T | null {
  for (let lower = pid - 1; lower > 0 && lower >= pid - FORK_PIDS; lower--) {
    const each = byPid.get(lower);
    if (each === undefined || !each.execSeen || !isOfLogin(each) || time - each.execTime > FORK_MS) continue;
    const elder = each.parent;
    if (elder === null || elder.ended || !isOfLogin(elder) || (elder.classBits & CLASS.packageManager) === 0) continue;
    if (mayInstall(programName(elder.exe), elder.argv)) return elder;
  }
  return null;
}

/** The nearest of the processes numbered a few lower that run a program and fit, where it began that moments before. */
function begunBefore<T extends Begun>(
  byPid: ByPid<T>,
  pid: number,
  time: number,
  fits: (elder: T) => boolean,
): T | null {
  for (let lower = pid - 1; lower > 0 && lower >= pid - FORK_PIDS; lower--) {
    const elder = byPid.get(lower);
    if (elder === undefined || elder.ended || !elder.execSeen || !fits(elder)) continue;
    return time - elder.execTime <= FORK_MS ? elder : null;
  }
  return null;
}
