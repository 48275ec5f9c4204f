import { ID_UNSET, PEOPLE_UID, type ProcessStarted } from '../events/host-events.ts';
import { isLauncher } from './execution.ts';
import type { HostState } from './host.ts';
import { giveBack } from './late-parent.ts';
import { inLogin, type ProcessState } from './processes.ts';
import { CLASS, programName } from './programs.ts';
import { commandOption, leavesBehind } from './shell-words.ts';

const ELEVATORS = new Set(['sudo', 'doas', 'pkexec']);
const RELAYS = new Set([...ELEVATORS, 'su', 'runuser', 'sshd', 'sshd-session', 'login']);

/** It starts what a person asked for and looks on: the files that it writes itself are lists of sessions, never what that read. */
export const onlyStarts = ({ trusted, exe }: ProcessState): boolean => trusted && RELAYS.has(programName(exe));

/** Opens a session for another account within a login: whose login it is, and from where, the first one says. */
export const opensWithin = (path: string): boolean => WITHIN.has(programName(path));
const WITHIN = new Set([...ELEVATORS, 'su', 'runuser']);

const STARTS_MS = 10_000;
const PIDS = 64;

/**
 * Programs that start others through a child that executes nothing, so that no record says whose child the other is.
 *
 * sudo(8) with a terminal of its own (`use_pty` in sudoers(5)): the command is given back to the sudo of its login session that
 * began moments before and whose last words are the command's. Desktop launchers (`gio launch`, glib's gspawn): what they
 * start has lost its parent by the time it is a program; it is given back to the launcher of its session.
 */
export function joinStarter(host: HostState, process: ProcessState, event: ProcessStarted): void {
  if (process.ses === ID_UNSET || process.ses < 0) return;
  if ((process.trusted && ELEVATORS.has(programName(process.exe))) || isLauncher(process.exe)) {
    host.starters.set(process.ses, process);
    return;
  }
  if (joinBackground(host, process, event)) return;
  const starter = host.starters.peek(process.ses);
  if (starter === undefined || event.time - starter.execTime > STARTS_MS || starter.auid !== process.auid) return;
  if (process.pid <= starter.pid || process.pid - starter.pid > PIDS) return;
  const orphan = process.ppid === 1 && process.uid === starter.uid && isLauncher(starter.exe);
  if (!orphan && !(isUnseen(process.parent) && endsWith(starter.argv, event.argv))) return;
  giveBack(process, starter);
}

const AT_ONCE_MS = 2000;

/**
 * `sh -c 'command &'` ends as soon as it has started the command, which is pid 1's by the time it is a program: it is given back to
 * the shell of its session whose line holds its words.
 */
function joinBackground(host: HostState, process: ProcessState, event: ProcessStarted): boolean {
  if (process.ppid !== 1 || event.argv.length === 0) return false;
  const shell = host.recent.findLast(
    each =>
      each !== process &&
      each.ses === process.ses &&
      each.uid === process.uid &&
      process.pid > each.pid &&
      process.pid - each.pid <= PIDS &&
      event.time - each.execTime <= AT_ONCE_MS &&
      startsBehind(each, event.argv),
  );
  if (shell === undefined) return false;
  giveBack(process, shell);
  return true;
}

/** Its line leaves something in the background, and holds these words in this order. */
function startsBehind({ classBits, argv }: ProcessState, words: readonly string[]): boolean {
  const at = (classBits & CLASS.shell) === 0 ? -1 : commandOption(argv);
  const line = at < 0 ? '' : (argv[at + 1] ?? '');
  if (!leavesBehind(line)) return false;
  let from = 0;
  for (const word of words) {
    const found = line.indexOf(word, from);
    if (found < 0) return false;
    from = found + word.length;
  }
  return true;
}

/** Known only as somebody's parent. */
function isUnseen(process: ProcessState | null): boolean {
  return process !== null && !process.execSeen && process.parent === null && process.pid !== 1;
}

/** The last words of `line` are the command. The first of these may be found by the search path: its name is enough. */
export function endsWith(line: readonly string[], command: readonly string[]): boolean {
  const at = line.length - command.length;
  if (at < 1 || command.length === 0) return false;
  return command.every((word, i) => {
    const said = line[at + i] as string;
    return said === word || (i === 0 && programName(said) === programName(word));
  });
}

/**
 * Whoever logged in, whatever account the program then took on (sudo, doveadm); the account itself outside a login. A login of
 * root or of a service that took on a person's account (su, runuser, a desktop that root started) acts as that person.
 */
export function actingUid(process: ProcessState): number {
  const { auid, uid } = process;
  if (inLogin(process) !== true || auid < 0 || auid === ID_UNSET) return uid;
  return auid < PEOPLE_UID && uid >= PEOPLE_UID ? uid : auid;
}
