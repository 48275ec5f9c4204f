import { dirName, isWithin, resolvePath } from '../core/paths.ts';
import { type HostEvent, ID_UNSET, type JobStarted, type ProcessStarted } from '../events/host-events.ts';
import { acquire, handedTo, isVoid, stepOf } from './carry.ts';
import { targetsNamed } from './copy-targets.ts';
import type { HostState } from './host.ts';
import type { Carry, ProcessState } from './processes.ts';
import { CLASS, isOfSite, isSystemPath, programName } from './programs.ts';
import type { LineCommand } from './shell-lines.ts';
import { commandsOrdered, type SudoOrder } from './sudo-orders.ts';
import { extendTaint, type Taint } from './taint.ts';
import { tellStaged } from './tell.ts';
import { argumentPaths, onlyAsks } from './tool-words.ts';
import { outputsOf, putAt } from './unseen-moves.ts';

const WHY = 'sudo wrote that it was run, and its words name this; no execution is recorded here';

/**
 * Rules that record no executions (watches of files alone) leave what sudo(8) writes itself, to the system log and to the audit
 * system, as the record of what was run as root. Of what it tells counts what concerns data of a mail store whose reading is recorded.
 */
export function onOrdered(host: HostState, event: JobStarted): void {
  const order = orderIn(host, event);
  if (order === null || !host.orders.note(order) || !host.has('store:read')) return;
  run(host, order, 0, []);
}

function orderIn(host: HostState, { scheduler, by, user, time, order, ref, pid }: JobStarted): SudoOrder | null {
  if (scheduler !== 'sudo' || by === undefined || by.words.length === 0) return null;
  if (host.has('process.started')) return null;
  const auid = by.auid === ID_UNSET ? host.setting.identity.uidOf(by.user) : by.auid;
  if (auid < 0) return null;
  const uid = user === '' || user === 'root' ? 0 : host.setting.identity.uidOf(user);
  const { words, folder, tty, ses } = by;
  return { time, order, ref, pid, auid, ses, tty, uid, folder, words, commands: commandsOrdered(words) };
}

/** With the last login of that account, where no record names it. There may be thousands: asked only of what concerns mail. */
function withLogin(host: HostState, order: SudoOrder): SudoOrder {
  if (order.ses !== ID_UNSET) return order;
  const name = host.userName(order.auid);
  const found = [...host.sessions.entries].findLast(([, { user }]) => user === name);
  return found === undefined ? order : { ...order, ses: found[0] };
}

/** A process that no record saw start, and that reads a mail store, is what sudo wrote: its words are known. */
export function takeWords(host: HostState, process: ProcessState, { time }: HostEvent): void {
  if (process.execSeen || host.has('process.started')) return;
  const given = host.orders.giveTo(process, time);
  const words = given?.order.commands[given.at]?.words;
  if (given === undefined || words === undefined) return;
  process.execSeen = true;
  process.execTime = given.order.time;
  process.execRef = given.order.ref;
  process.argv = words;
  process.cwd = given.order.folder;
}

/** Where it puts what it read, by its words; and who stands behind it in the pipeline of its line. */
export function followOrder(host: HostState, process: ProcessState, taint: Taint, event: HostEvent): void {
  const given = host.orders.givenTo(process);
  if (given === undefined) return;
  const command = given.order.commands[given.at] as LineCommand;
  puts(host, process, command, taint, event);
  const carry = {
    taint,
    time: event.time,
    strength: 'inferred',
    why: 'stands in one pipeline with the reader',
  } as const;
  run(host, given.order, given.at + 1, [{ pipeline: command.pipeline, carry }]);
}

interface Piped {
  readonly pipeline: number;
  readonly carry: Carry;
}

/** Each command from this one on takes what it is given: files that its words name, its input, the output of the one before. */
function run(host: HostState, order: SudoOrder, from: number, before: readonly Piped[]): void {
  const piped = [...before];
  for (const command of order.commands.slice(from)) {
    const input = piped.filter(each => each.pipeline === command.pipeline).map(each => each.carry);
    if (input.length === 0 && !namesMail(host, order, command)) continue;
    const process = processOf(host, withLogin(host, order), command);
    const event = startOf(host, order, process);
    const given = [...input, ...namedFor(host, process, command, event)];
    for (const carry of given) {
      acquire(host, process, carry, event);
      puts(host, process, command, carry.taint, event);
      if ((process.classBits & (CLASS.transfer | CLASS.sender)) !== 0 && !onlyAsks(process))
        handedTo(host, process, carry, WHY, event);
      piped.push({ pipeline: command.pipeline, carry });
    }
  }
}

function processOf(host: HostState, order: SudoOrder, { words }: LineCommand): ProcessState {
  const { auid, ses, uid, tty, time, folder } = order;
  const [program = ''] = words;
  const exe = program.includes('/') ? resolvePath(program, folder) : `/usr/bin/${program}`;
  const actor = { pid: -1, ppid: -1, uid, euid: uid, auid, ses, tty, comm: programName(exe), exe };
  return {
    ...host.process(actor, time, true),
    pid: order.pid,
    execSeen: true,
    execTime: time,
    execRef: order.ref,
    workedAs: exe,
    program: exe,
    argv: words,
    cwd: folder,
  };
}

function startOf(host: HostState, { time, order, ref }: SudoOrder, process: ProcessState): ProcessStarted {
  const { pid, uid, auid, ses, tty, comm, exe, argv, cwd } = process;
  return {
    kind: 'process.started',
    time,
    order,
    host: host.host,
    ref,
    actor: { pid, ppid: -1, uid, euid: uid, auid, ses, tty, comm, exe },
    file: { path: exe, node: -1, mode: -1, ownerUid: -1 },
    interpreter: '',
    argv,
    argvCut: false,
    argvJoined: true,
    cwd,
    userName: '',
  };
}

const namesMail = (host: HostState, order: SudoOrder, command: LineCommand): boolean =>
  pathsGiven(processOf(host, order, command), command).some(path => mailAt(host, path).length > 0);

/** The files that its words name for it to read. */
function pathsGiven(process: ProcessState, { inputs }: LineCommand): readonly string[] {
  const outputs = [...outputsOf(process), ...targetsNamed(process)];
  const named = argumentPaths(process).filter(path => !outputs.includes(path));
  return [...named, ...inputs.map(each => resolvePath(each, process.cwd))];
}

/** Data of a mail store in the files that its words name, or in a folder above one. */
function namedFor(host: HostState, process: ProcessState, command: LineCommand, event: ProcessStarted): Carry[] {
  const found: Carry[] = [];
  for (const path of pathsGiven(process, command)) {
    for (const taint of mailAt(host, path)) {
      const onward = extendTaint(taint, stepOf(event, 'process.started', process, 'is given', path, 'inferred', WHY));
      if (onward !== null) found.push({ taint: onward, time: event.time, strength: 'inferred', why: WHY });
    }
  }
  return found;
}

const FOLDERS_UP = 3;

const mailAt = (host: HostState, path: string): readonly Taint[] =>
  taintsAt(host, path).filter(taint => taint.origin.kind === 'mailstore' && !isVoid(host, taint));

/** Of the file itself, or of a folder that was copied whole. */
function taintsAt(host: HostState, path: string): readonly Taint[] {
  for (let at = path, i = 0; at.length > 1 && i < FOLDERS_UP; at = dirName(at), i++) {
    const known = host.files.byName(at);
    if (known !== undefined) return known.taints;
  }
  return [];
}

/** What it writes by its words holds what it had read, unless records tell of files there. */
function puts(host: HostState, process: ProcessState, { outputs }: LineCommand, taint: Taint, event: HostEvent): void {
  const paths = [...outputsOf(process), ...outputs.map(path => resolvePath(path, process.cwd))];
  for (const [i, path] of paths.entries()) {
    if (isSystemPath(path) && !isOfSite(path)) continue;
    if (host.has('file:written') && host.areas.has(path)) continue;
    if (host.files.byName(path)?.taints.some(held => !isVoid(host, held)) === true) continue;
    const onward = putAt(host, process, path, taint, event, WHY);
    // Of a folder only the folder is told, whatever was put into it.
    if (onward !== null && !paths.slice(0, i).some(held => isWithin(path, held)))
      tellStaged(host, process, path, onward, event);
  }
}
