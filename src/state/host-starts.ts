import { ID_UNSET, PEOPLE_UID, type ProcessStarted, TTY_UNKNOWN } from '../events/host-events.ts';
import { ancestry } from './ancestry.ts';
import { handedByArguments } from './argument-handover.ts';
import { acquire, describe, firstTaint, handedTo, originOf, stepOf } from './carry.ts';
import { seenAtWork } from './clients-seen.ts';
import { judgeDecoded } from './decoded-shells.ts';
import { actingUid, joinStarter } from './elevation.ts';
import { judgeEvaluated } from './evaluated-names.ts';
import type { ExecutionPlan } from './execution.ts';
import { inferSaved } from './given-away.ts';
import type { HostState } from './host.ts';
import { startersOf, stores } from './host-network.ts';
import { imagesAtStart } from './image-content.ts';
import { judgeInlineFetch } from './inline-fetch.ts';
import { judgeContents, judgeFetch, judgeInput, judgeLaunch, judgeViewerChild } from './judge-contents.ts';
import { knownPlanOf } from './known-plans.ts';
import { leftByWords } from './left-by-words.ts';
import { mailSettingsMade } from './mail-settings.ts';
import { readsMemory } from './memory-reads.ts';
import { agentAbove, queueIdOf } from './message-agents.ts';
import { takeParts } from './message-parts.ts';
import { judgeNewOrder } from './new-order.ts';
import { notify } from './notify.ts';
import { orderedUnseen } from './ordered-by-sudo.ts';
import { isHandedOut, leaveHelper } from './own-client.ts';
import { joinRemote } from './own-remote.ts';
import { packerName } from './packers.ts';
import { judgePipedMail } from './piped-mail.ts';
import { holdersBeside } from './pipelines.ts';
import { append, idOf, inLogin, type ProcessState, programOf } from './processes.ts';
import {
  appletOf,
  CLASS,
  classOfPath,
  isCalledSendmail,
  isMailLibexec,
  isMultiCall,
  isSystemPath,
  SENDMAIL,
} from './programs.ts';
import { judgeReaderChild } from './read-then-start.ts';
import { smtpInArguments } from './smtp-words.ts';
import { joinLines } from './sourced.ts';
import { judgeUnit, noteOrder } from './started-units.ts';
import { takesOver } from './taken-over.ts';
import { tellExecuted } from './tell.ts';
import { onlyAsks, onlyPrints } from './tool-words.ts';
import { noteCopiedOut, noteUnpacked } from './unpacked-packages.ts';
import { inferCopies, inferMoves } from './unseen-moves.ts';

export function onStarted(host: HostState, event: ProcessStarted): void {
  const process = host.process(event.actor, event.time, true);
  host.copies.started(event);
  const plan = knownPlanOf(asOriginal(host, event), host.classOf);
  host.learnName(event.actor.uid, event.userName, event.cwd, event.argv[0]);
  become(host, process, event, plan);
  if (process.controlled !== null) leaveHelper(process, host.files.find(event.file));
  host.noteStarted(process);
  host.habits.ran(process);
  if (inLogin(process) !== true) host.mark('process:unattended');
  if (event.file.mode < 0 || (event.file.mode & SET_ID) === 0) host.mark('process:ordinary');
  if (event.cwd !== '') host.mark('process:placed');
  host.installed.ran(process, event.file.mode >= 0 && (event.file.mode & SET_UID) !== 0);
  noteTerminal(host, process);
  host.tables.started(process, event);
  adopt(host, process, event);
  joinStarter(host, process, event);
  host.installed.ordered(process);
  host.mounts.started(process, actingUid(process));
  host.opened.started(host, process, actingUid(process));
  imagesAtStart(host, process, event);
  joinLines(host, process, event);
  joinRemote(host, process, event);
  noteClients(host, process, event);
  inheritInput(host, process, plan, event);
  inferMoves(host, process, event);
  inferCopies(host, process, event);
  inferSaved(host, process, event);
  handedByArguments(host, process, event);
  noteUnpacked(host, process, event);
  noteCopiedOut(host, process, event);
  takeParts(host, process, event);
  readsMemory(host, process, event);
  judgeContents(host, process, plan, event);
  judgeInput(host, process, plan, event);
  if (plan.inline) judgeInlineFetch(host, process, event);
  judgeViewerChild(host, process, plan, event);
  judgeReaderChild(host, process, plan, event);
  judgeNewOrder(host, process, plan, event);
  if (plan.fromInput) judgePipedMail(host, process, plan, event);
  judgeDecoded(host, process, plan, event);
  if (host.files.commands.size > 0) judgeEvaluated(host, process, event);
  judgeLaunch(host, process, event);
  noteOrder(host, process, event);
  judgeUnit(host, process, plan, event);
  judgeFetch(host, process, event);
  takesOver(host, process, event);
  leftByWords(host, process, event);
  announce(host, process, event);
  const ordered = orderedUnseen(host, process, event);
  if (ordered !== null) onOrdered(host, ordered, event);
}

/** What another program was told to start, and no record will tell of. */
function onOrdered(host: HostState, process: ProcessState, by: ProcessStarted): void {
  const { exe, uid, argv, cwd } = process;
  const event = {
    ...by,
    actor: { ...by.actor, exe, uid, euid: uid },
    argv,
    cwd,
    file: { path: exe, node: -1, mode: -1, ownerUid: 0 },
  };
  host.noteStarted(process);
  host.installed.ordered(process);
  host.opened.started(host, process, actingUid(process));
  handedByArguments(host, process, event);
  takesOver(host, process, event);
  announce(host, process, event);
}

/** The set-user-ID and set-group-ID bits, inode(7). */
const SET_ID = 0o6000;
const SET_UID = 0o4000;

/** A copy of an interpreter runs what it is given as the interpreter does. */
function asOriginal(host: HostState, event: ProcessStarted): ProcessStarted {
  const exe = event.actor.exe || event.file.path;
  const original = host.copies.originalOf(exe);
  return original === exe ? event : { ...event, actor: { ...event.actor, exe: original } };
}

/** busybox is what it is called as; a copy of a program is what it was copied from; what is called as sendmail sends, too. */
function imageClass(host: HostState, exe: string, argv: readonly string[]): number {
  const original = host.copies.originalOf(exe);
  const own = host.classOf(isMultiCall(original) ? appletOf(original, argv).applet : original);
  return isCalledSendmail(argv) ? own | host.classOf(SENDMAIL) : own;
}

const IMAGES_MAX = 8;

/** The process takes on its new image. */
function become(host: HostState, process: ProcessState, event: ProcessStarted, plan: ExecutionPlan): void {
  if (process.program !== '' && !host.has('file:written')) host.lines.leaves(process);
  if (process.program !== '' && process.images.length < IMAGES_MAX)
    process.images = append(process.images, process.program, IMAGES_MAX);
  process.execSeen = true;
  process.actor = null;
  process.execTime = event.time;
  process.execRef = event.ref;
  process.exe = event.actor.exe || event.file.path;
  process.workedAs = process.exe;
  process.argv = event.argv;
  process.cwd = event.cwd;
  process.script = plan.script;
  process.readsProgramFromInput = plan.fromInput;
  process.told = null;
  process.storeReads = null;
  process.lastStoreRead = null;
  process.ownRead = null;
  process.classBits = imageClass(host, process.exe, event.argv) | (plan.script === '' ? 0 : host.classOf(plan.script));
  const inPlace = isInPlace(event, plan);
  process.trusted = inPlace && event.file.ownerUid <= 0;
  process.scriptOfRoot = isScriptOfRoot(event, plan);
  process.scriptOfPerson = isScriptOfPerson(event, plan);
  process.handedOut = inPlace && plan.script === '' && isHandedOut(event) && !host.installed.wasPutByUser(process.exe);
  process.program = programOf(process);
}

/**
 * Lies where ordinary users cannot write, and, as far as the record tells, is writable by none but its owner; when that is
 * root, the program is trusted. A script must lie there too; a program given inline or on standard input is nobody's known
 * program.
 */
function isInPlace(event: ProcessStarted, plan: ExecutionPlan): boolean {
  const { file } = event;
  if (!isSystemPath(event.actor.exe || file.path)) return false;
  if (file.mode >= 0 && (file.mode & 0o022) !== 0) return false;
  if (plan.inline || plan.fromInput) return false;
  if (event.argv.length === 0 && classOfPath(file.path) & (CLASS.shell | CLASS.interpreter)) return false;
  return plan.script === '' || isSystemPath(plan.script);
}

const isScriptOfRoot = ({ file: { path, ownerUid, mode } }: ProcessStarted, { script }: ExecutionPlan): boolean =>
  path === script && ownerUid === 0 && (mode & 0o022) === 0;

const isScriptOfPerson = ({ file, actor }: ProcessStarted, { script }: ExecutionPlan): boolean =>
  file.path === script && file.ownerUid >= PEOPLE_UID && file.ownerUid !== actor.uid;

/** The first process of a session that has a terminal has the one that the login gave. */
function noteTerminal(host: HostState, process: ProcessState): void {
  const { ses, tty } = process;
  if (ses < 0 || ses === ID_UNSET || tty === '' || tty === TTY_UNKNOWN || host.terminals.peek(ses) !== undefined)
    return;
  host.terminals.set(ses, { tty, top: ancestry(process).at(-1)?.pid ?? -1 });
}

const ADOPTION_MS = 10_000;

const ADOPTION_PIDS = 64;

/** A program that delivers, or one of the system that a delivery agent pipes a message into: vacation(1) answers in a child that it leaves. */
const handlesMessage = ({ trusted, classBits, parent }: ProcessState): boolean =>
  trusted &&
  ((classBits & CLASS.delivery) !== 0 ||
    ((classBits & (CLASS.shell | CLASS.interpreter | CLASS.sender)) === 0 &&
      parent !== null &&
      parent.trusted &&
      (parent.classBits & CLASS.delivery) !== 0));

/**
 * A delivery program's child whose parent ended first is pid 1's by the time it starts its program. It is given back to the
 * program that handled a message as the same user, outside any login, moments before and a few pids lower.
 */
function adopt(host: HostState, process: ProcessState, event: ProcessStarted): void {
  const { uid } = process;
  if (handlesMessage(process)) {
    host.agents.set(uid, process);
    return;
  }
  if (process.ppid !== 1 || uid <= 0) return;
  const agent = host.agents.peek(uid);
  if (
    agent === undefined ||
    event.time - agent.start > ADOPTION_MS ||
    agent.ses !== process.ses ||
    agent.auid !== process.auid
  )
    return;
  if (process.pid <= agent.pid || process.pid - agent.pid > ADOPTION_PIDS) return;
  process.parent = agent;
}

/** The MTA's own delivery process above a program it handed a message to: its pid stands in the mail log. */
function loggedAgent(process: ProcessState): ProcessState {
  return ancestry(process, 6).find(elder => elder.trusted && isMailLibexec(elder.exe)) ?? process;
}

function noteClients(host: HostState, process: ProcessState, event: ProcessStarted): void {
  if ((process.classBits & (CLASS.mailClient | CLASS.browser | CLASS.messenger)) === 0 || onlyPrints(process)) return;
  const activity = host.clientActivity(process.uid);
  seenAtWork(host, process, event, 'is started by', host.userName(process.uid) || `uid ${process.uid}`);
  if (process.classBits & CLASS.mailClient) activity.mailClient = event.time;
  if (process.classBits & CLASS.browser) activity.browser = event.time;
  if (process.classBits & CLASS.messenger) activity.messenger = event.time;
}

/** What a delivery agent starts gets the message on its standard input, and so does what that starts in turn. */
function inheritInput(host: HostState, process: ProcessState, plan: ExecutionPlan, event: ProcessStarted): void {
  const { parent } = process;
  if (parent === null) return;
  const agent = agentAbove(host, process, event);
  if (agent !== null && (process.classBits & (CLASS.delivery | CLASS.mta | CLASS.storeService)) === 0) {
    const step = stepOf(
      event,
      'process.started',
      agent,
      'hands the message on standard input to',
      describe(process),
      'inferred',
      'delivery agents pipe the message to the commands they start',
    );
    const person = host.userName(process.uid);
    const taint = firstTaint(
      originOf(host, process, event.time, {
        kind: 'mail',
        basis: 'delivery-pipe',
        strength: 'observed',
        person,
        key: `${idOf(agent)} ${idOf(process)}`,
        agentPid: loggedAgent(agent).pid,
        agentTime: event.time,
        queueId: queueIdOf(agent),
      }),
      step,
    );
    acquire(host, process, { taint, time: event.time, strength: 'inferred', why: step.why }, event);
    if (plan.fromInput) tellExecuted(host, process, taint, '', 'standard-input', 'inferred', event);
    return;
  }
  if ((parent.classBits & CLASS.shell) === 0) return;
  for (const carry of parent.carries) {
    if (carry.taint.origin.basis !== 'delivery-pipe') continue;
    acquire(host, process, { ...carry, time: event.time, strength: 'inferred' }, event);
    if (plan.fromInput) tellExecuted(host, process, carry.taint, '', 'standard-input', 'inferred', event);
  }
}

/** Senders and transfer tools are told of, with what a mail store's readers handed them. */
function announce(host: HostState, process: ProcessState, event: ProcessStarted): void {
  const { classBits } = process;
  if (classBits & CLASS.sender || smtpInArguments(process) !== '') {
    process.isSender = true;
    notify(host, process, event, { kind: 'sender.started', event });
  }
  if (packerName(process) !== '') notify(host, process, event, { kind: 'packer.started' });
  for (const { path, name, value } of mailSettingsMade(process))
    notify(host, process, event, {
      kind: 'redirect.written',
      path,
      owner: '',
      setting: { name, value },
    });
  if ((classBits & (CLASS.sender | CLASS.transfer)) === 0) return;
  if (classBits & CLASS.transfer)
    notify(host, process, event, {
      kind: 'transfer.started',
      event,
    });
  for (const carry of stores(host, process, event.time))
    handedTo(host, process, carry, 'named in its arguments or opened for it', event);
  for (const stage of holdersBeside(process)) {
    if (onlyAsks(process)) return;
    for (const carry of stores(host, stage, event.time))
      handedTo(host, process, carry, 'stands in one pipeline with the reader', event);
  }
  if (classBits & CLASS.sender)
    for (const elder of startersOf(process))
      if (writesToChild(elder))
        for (const carry of stores(host, elder, event.time))
          handedTo(host, process, carry, 'started by the program that read the store', event);
}

/**
 * A program or script of no package writes into what it starts, popen(3). A shell hands on what its line says, and that is a
 * pipeline.
 */
export const writesToChild = ({ classBits, execSeen, trusted }: ProcessState): boolean =>
  execSeen && !trusted && (classBits & CLASS.shell) === 0;
