import { baseName } from '../core/paths.ts';
import type { HostEvent } from '../events/host-events.ts';
import { placeTaint } from './argument-handover.ts';
import { isVoid, stepOf } from './carry.ts';
import type { FileState } from './files.ts';
import type { HostState } from './host.ts';
import { inTaintedDirectory } from './judge-contents.ts';
import { isNameless } from './nameless.ts';
import { isOwnCopy } from './own-client.ts';
import type { ProcessState } from './processes.ts';
import { CLASS, classOfPath, isSystemPath } from './programs.ts';
import { unpackedFrom } from './saved-archives.ts';
import { extendTaint, type Taint } from './taint.ts';
import { tellExecuted } from './tell.ts';

const INTERPRETERS = CLASS.shell | CLASS.interpreter;
const CLIENTS = CLASS.mailClient | CLASS.browser | CLASS.messenger;
const DELETED = ' (deleted)';

/**
 * A record of whatever kind names the executable of the process that did it. Where no record tells that this was started (rules that
 * watch some programs, or root's), it is the proof that it runs, and has run since some moment before.
 */
export function judgeAtWork(host: HostState, process: ProcessState, event: HostEvent): void {
  const isInterpreter = (process.classBits & INTERPRETERS) !== 0;
  // A script has its interpreter for an executable, and its own name for a command name.
  const as = isInterpreter && !process.execSeen ? process.comm : process.exe;
  if (process.workedAs === as) return;
  process.workedAs = as;
  if (process.exe !== '' && !isSystemPath(process.exe)) process.trusted = false;
  noteClient(host, process, event);
  if (process.controlled !== null) return;
  if (isInterpreter) {
    if (!process.execSeen) judgeScript(host, process, event);
    return;
  }
  const isDeleted = process.exe.endsWith(DELETED);
  const path = isDeleted ? process.exe.slice(0, -DELETED.length) : process.exe;
  if (!path.startsWith('/') || isSystemPath(path) || isNameless(path)) return;
  // What was put in the place of a running program is not what runs.
  if (isDeleted && !isYoung(host, process)) return;
  const known = host.files.byName(path);
  const taints = known?.taints.filter(taint => isContent(host, taint)) ?? [];
  for (const taint of taints) runs(host, process, taint, path, 'observed', event);
  if (taints.length > 0) return;
  const held = inTaintedDirectory(host, process, path, event) ?? unpackedFrom(host, process, path, event);
  if (held !== null) runs(host, process, held, path, 'inferred', event);
  else if (host.place(path).attachmentPlace && !isOwnCopy(known) && !host.own.has(path) && isYoung(host, process))
    runs(host, process, placeTaint(host, process, path, event), path, 'inferred', event);
}

const isContent = (host: HostState, taint: Taint): boolean => taint.origin.kind !== 'mailstore' && !isVoid(host, taint);

const WHY = 'a record of what it does names it; no record tells of its start';

function runs(
  host: HostState,
  process: ProcessState,
  taint: Taint,
  path: string,
  strength: 'observed' | 'inferred',
  event: HostEvent,
): void {
  const onward = extendTaint(taint, stepOf(event, 'process.started', process, 'runs', path, strength, WHY));
  if (onward !== null) tellExecuted(host, process, onward, path, 'at-work', strength, event);
}

/** As for a client whose start is recorded: that its user had it open tells where a file of unknown origin came from. */
function noteClient(host: HostState, process: ProcessState, { time }: HostEvent): void {
  if ((process.classBits & CLIENTS) === 0 || !process.trusted) return;
  const activity = host.clientActivity(process.uid);
  if (process.classBits & CLASS.mailClient) activity.mailClient = time;
  if (process.classBits & CLASS.browser) activity.browser = time;
  if (process.classBits & CLASS.messenger) activity.messenger = time;
}

/** Its session, or who started it, is younger than the records: so is it, and it was not there before the content came. */
const isYoung = (host: HostState, { ses, parent }: ProcessState): boolean =>
  host.sessions.peek(ses) !== undefined || parent?.execSeen === true;

/** Longer command names are cut by the kernel (TASK_COMM_LEN). */
const COMM_MAX = 15;
const FILES_MAX = 4096;

/** execve(2) gives what begins with `#!` the name of the file, whichever program then reads it. */
function judgeScript(host: HostState, process: ProcessState, event: HostEvent): void {
  const { comm, uid } = process;
  if (comm === '' || comm === baseName(process.exe) || classOfPath(comm) !== 0) return;
  if (comm.length < COMM_MAX && !host.files.mayKnow(comm)) return;
  if (host.files.byPath.size > FILES_MAX) return;
  for (const state of new Set(host.files.byPath.values())) {
    const name = baseName(state.path);
    if (!state.path.startsWith('/') || name.slice(0, COMM_MAX) !== comm) continue;
    const taint = state.taints.find(each => isContent(host, each) && each.origin.uid === uid && isWhole(state));
    if (taint !== undefined) return runs(host, process, taint, state.path, 'inferred', event);
  }
}

/** Its name is its own: a name without an ending may be any command's. */
const isWhole = ({ path }: FileState): boolean => baseName(path).includes('.');
