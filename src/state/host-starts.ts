import { baseName, dirName } from '../core/paths.ts';
import { DAY_MS } from '../core/time.ts';
import type { ProcessStarted } from '../events/host-events.ts';
import { acquire, argumentPaths, describe, feedProgram, firstTaint, isVoid, originOf, stepOf } from './carry.ts';
import { type ExecutionPlan, planOf } from './execution.ts';
import type { HostState } from './host.ts';
import { stores } from './host-network.ts';
import type { ExecutionRoute } from './notices.ts';
import { ancestry, type Carry, pipelineOf, type ProcessState, programOf, tellOnce } from './processes.ts';
import { CLASS, classOfPath, isMailLibexec, isSystemPath, programName } from './programs.ts';
import { onStoreRead } from './store-reads.ts';
import { extendTaint, type Taint } from './taint.ts';
import { tellExecuted } from './tell.ts';

export function onStarted(host: HostState, event: ProcessStarted): void {
  const process = host.process(event.actor, event.time);
  const plan = planOf(event);
  become(process, event, plan);
  adopt(host, process, event);
  noteClients(host, process, event);
  inheritInput(host, process, plan, event);
  handedByArguments(host, process, event);
  judgeContents(host, process, plan, event);
  judgeInput(host, process, plan, event);
  judgeViewerChild(host, process, plan, event);
  announce(host, process, event);
}

/** The process takes on its new image. */
function become(process: ProcessState, event: ProcessStarted, plan: ExecutionPlan): void {
  if (process.execSeen || process.exe !== event.actor.exe) {
    const before = programOf(process);
    if (before !== '' && process.execSeen && process.images.length < 8) process.images.push(before);
  }
  process.execSeen = true;
  process.actor = null;
  process.execTime = event.time;
  process.execRef = event.ref;
  process.exe = event.actor.exe || event.file.path;
  process.argv = event.argv;
  process.cwd = event.cwd;
  process.script = plan.script;
  process.readsProgramFromInput = plan.fromInput;
  process.told = null;
  process.storeReads = null;
  process.lastStoreRead = null;
  const named = event.argv[0] ?? '';
  process.classBits =
    classOfPath(process.exe) |
    (plan.script === '' ? 0 : classOfPath(plan.script)) |
    (programName(process.exe) === 'busybox' ? classOfPath(named) : 0);
  process.trusted = isTrusted(event, plan);
}

/**
 * Lies where ordinary users cannot write, and, as far as the record tells, belongs to root and is writable by no other.
 * A script must lie there too; a program given inline or on standard input is nobody's known program.
 */
function isTrusted(event: ProcessStarted, plan: ExecutionPlan): boolean {
  const { file } = event;
  if (!isSystemPath(event.actor.exe || file.path)) return false;
  if (file.ownerUid > 0 || (file.mode >= 0 && (file.mode & 0o022) !== 0)) return false;
  if (plan.inline || plan.fromInput) return false;
  return plan.script === '' || isSystemPath(plan.script);
}

const ADOPTION_MS = 10_000;
const ADOPTION_PIDS = 64;

/**
 * A delivery program's child whose parent ended first is pid 1's by the time it starts its program. It is given back to the
 * delivery program that ran as the same user, outside any login, moments before and a few pids lower.
 */
function adopt(host: HostState, process: ProcessState, event: ProcessStarted): void {
  const { uid } = process;
  if (process.classBits & CLASS.delivery && process.trusted) {
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
  if ((process.classBits & (CLASS.mailClient | CLASS.browser | CLASS.messenger)) === 0) return;
  const activity = host.clientActivity(process.uid);
  if (process.classBits & CLASS.mailClient) activity.mailClient = event.time;
  if (process.classBits & CLASS.browser) activity.browser = event.time;
  if (process.classBits & CLASS.messenger) activity.messenger = event.time;
}

/** What a delivery agent starts gets the message on its standard input, and so does what that starts in turn. */
function inheritInput(host: HostState, process: ProcessState, plan: ExecutionPlan, event: ProcessStarted): void {
  const { parent } = process;
  if (parent === null) return;
  const isAgent = parent.trusted && (parent.classBits & CLASS.delivery) !== 0;
  if (isAgent && (process.classBits & (CLASS.delivery | CLASS.mta | CLASS.storeService)) === 0) {
    const step = stepOf(
      event,
      'process.started',
      parent,
      'hands the message on standard input to',
      describe(process),
      'inferred',
      'delivery agents pipe the message to the commands they start',
    );
    const person = host.setting.identity.userName(process.uid);
    const taint = firstTaint(
      originOf(host, process, event.time, {
        kind: 'mail',
        basis: 'delivery-pipe',
        strength: 'observed',
        person,
        key: `${parent.id} ${process.id}`,
        agentPid: loggedAgent(parent).pid,
        agentTime: event.time,
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

/** Tainted files and mail stores named in the arguments: handed over, though no read may have been recorded. */
function handedByArguments(host: HostState, process: ProcessState, event: ProcessStarted): void {
  if (process.classBits & (CLASS.shell | CLASS.desktop | CLASS.packageManager)) return;
  const anyFiles = host.files.byPath.size > 0;
  const readsRecorded = host.has('store:read');
  for (const path of argumentPaths(process)) {
    const known = anyFiles && host.files.mayKnow(baseName(path)) ? host.files.byName(path) : undefined;
    if (known !== undefined) {
      for (const taint of known.taints) {
        if (
          isVoid(host, taint) ||
          (taint.origin.kind === 'mailstore' && (path === process.script || path === process.exe))
        )
          continue;
        const step = stepOf(event, 'process.started', process, 'is given', path, 'inferred', 'named in its arguments');
        const onward = extendTaint(taint, step);
        if (onward !== null)
          acquire(
            host,
            process,
            { taint: onward, time: event.time, strength: 'inferred', why: `${path} is named in its arguments` },
            event,
          );
      }
    }
    if (!readsRecorded && path.startsWith('/')) {
      const place = host.place(path);
      const inside = place.box !== '' ? place : host.place(`${path}/cur`);
      if (inside.box !== '' && holdsContent(process) && tellOnce(process, `named ${inside.box}`))
        onStoreRead(host, process, event, { path, node: -1, mode: -1, ownerUid: -1 }, inside, 'inferred');
    }
    if (known === undefined && path.startsWith('/') && !host.has('file:written')) fromPlace(host, process, path, event);
  }
}

/** Programs that take in what they are given, rather than list, move or delete it. */
function holdsContent(process: ProcessState): boolean {
  const name = programName(process.exe);
  return (
    (process.classBits & (CLASS.archiver | CLASS.transfer | CLASS.sender | CLASS.interpreter)) !== 0 ||
    name === 'cp' ||
    name === 'cat' ||
    name === 'dd' ||
    name === 'install' ||
    name === 'grep' ||
    name === 'tee' ||
    name === 'head' ||
    name === 'tail'
  );
}

/** On hosts that record no file creation, an archive given by its path from where attachments and downloads lie. */
function fromPlace(host: HostState, process: ProcessState, path: string, event: ProcessStarted): void {
  if ((process.classBits & CLASS.archiver) === 0 || !host.place(path).attachmentPlace) return;
  const taint = placeTaint(host, process, path, event);
  acquire(
    host,
    process,
    { taint, time: event.time, strength: 'inferred', why: 'its path is where attachments and downloads lie' },
    event,
  );
}

function placeTaint(host: HostState, process: ProcessState, path: string, event: ProcessStarted): Taint {
  const activity = host.clientActivity(process.uid);
  const isMail = activity.mailClient > Math.max(activity.browser, activity.messenger);
  const classBits = isMail
    ? CLASS.mailClient
    : activity.messenger > activity.browser
      ? CLASS.messenger
      : activity.browser > Number.NEGATIVE_INFINITY
        ? CLASS.browser
        : 0;
  const step = stepOf(
    event,
    'file.placed',
    process,
    'finds, where attachments and downloads are kept and with no record of who put it there,',
    path,
    'inferred',
    'the place says so',
  );
  return firstTaint(
    originOf(host, process, event.time, {
      kind: isMail ? 'mail' : 'download',
      basis: 'place',
      strength: 'inferred',
      person: host.setting.identity.userName(process.uid),
      key: `${path} ${process.uid}`,
      classBits,
    }),
    step,
  );
}

/** Is anything that this process runs tainted? */
function judgeContents(host: HostState, process: ProcessState, plan: ExecutionPlan, event: ProcessStarted): void {
  let direct = true;
  for (const { path, how } of plan.contents) {
    const known = direct ? (host.files.find(event.file) ?? host.files.byName(path)) : host.files.byName(path);
    const strength = direct || event.interpreter !== '' ? 'observed' : 'inferred';
    direct = false;
    if (known !== undefined && known.taints.length > 0) {
      for (const taint of known.taints)
        if (!isVoid(host, taint)) executed(host, process, taint, path, how, strength, event);
      continue;
    }
    if (isSystemPath(path) || !path.startsWith('/')) continue;
    const held = inTaintedDirectory(host, process, path, event);
    if (held !== null) executed(host, process, held, path, how, 'inferred', event);
    else if (host.place(path).attachmentPlace)
      executed(host, process, placeTaint(host, process, path, event), path, how, 'inferred', event);
  }
  if (plan.codeDirectory !== '') judgeCodeDirectory(host, process, plan, event);
  judgeMemory(host, process, event);
}

function executed(
  host: HostState,
  process: ProcessState,
  taint: Taint,
  path: string,
  how: ExecutionRoute,
  strength: 'observed' | 'inferred',
  event: ProcessStarted,
): void {
  if (taint.origin.kind === 'mailstore') return;
  const step = stepOf(
    event,
    'process.started',
    process,
    'runs',
    path || 'it',
    strength,
    strength === 'observed' ? 'same file' : 'the path in its arguments is that file',
  );
  const onward = extendTaint(taint, step);
  if (onward !== null) tellExecuted(host, process, onward, path, how, strength, event);
}

function inTaintedDirectory(host: HostState, process: ProcessState, path: string, event: ProcessStarted): Taint | null {
  if (host.directories.size === 0) return null;
  let directory = dirName(path);
  for (let depth = 0; depth < 6 && directory !== '/'; depth++) {
    const held = host.directories.peek(directory);
    const broad = directory === '/tmp' || directory === '/home' || directory.split('/').length <= 3;
    if (
      held !== undefined &&
      !isVoid(host, held.taint) &&
      event.time - held.time <= 3 * DAY_MS &&
      held.uid === process.uid &&
      (!broad || depth === 0)
    )
      return held.taint.origin.kind === 'mailstore' ? null : held.taint;
    directory = dirName(directory);
  }
  return null;
}

const CODE_FILES = [
  'package.json',
  'setup.py',
  'pyproject.toml',
  'Makefile',
  'makefile',
  'GNUmakefile',
  'configure',
  '__main__.py',
  '.vscode/tasks.json',
];

function judgeCodeDirectory(host: HostState, process: ProcessState, plan: ExecutionPlan, event: ProcessStarted): void {
  for (const name of CODE_FILES) {
    const path = `${plan.codeDirectory}/${name}`;
    const known = host.files.byName(path);
    if (known === undefined) continue;
    for (const taint of known.taints) executed(host, process, taint, path, 'build', 'inferred', event);
  }
}

/** Content without a name: memfd, /proc/self/fd, a deleted file. The holder of tainted content runs something out of memory. */
function judgeMemory(host: HostState, process: ProcessState, event: ProcessStarted): void {
  const path = event.file.path;
  const nameless =
    path.startsWith('/memfd:') ||
    path.startsWith('/proc/self/fd/') ||
    path.startsWith('/dev/fd/') ||
    /^\/proc\/\d+\/fd\//.test(path) ||
    event.actor.exe.startsWith('/memfd:');
  if (!nameless) return;
  for (const elder of ancestry(process, 3)) {
    for (const carry of elder.carries)
      executed(host, process, carry.taint, event.actor.exe || path, 'memory', 'inferred', event);
  }
  const { controlled } = process;
  if (controlled !== null) executed(host, process, controlled, event.actor.exe || path, 'memory', 'observed', event);
}

/** An interpreter whose program comes on standard input: from a redirected file, or from a pipeline. */
function judgeInput(host: HostState, process: ProcessState, plan: ExecutionPlan, event: ProcessStarted): void {
  if (!plan.fromInput) return;
  for (const carry of process.carries) {
    if (carry.taint.origin.kind === 'mailstore' || event.time - carry.time > 2000) continue;
    executed(host, process, carry.taint, '', 'standard-input', carry.strength, event);
  }
  for (const stage of pipelineOf(process)) {
    if (stage.start > process.start + 500) continue;
    for (const carry of stage.carries)
      if (carry.taint.origin.kind !== 'mailstore') feedProgram(host, process, stage, carry.taint, event);
    if (stage.classBits & CLASS.transfer && isFetch(stage))
      feedProgram(host, process, stage, fetchTaint(host, stage, event), event);
  }
}

export function isFetch(process: ProcessState): boolean {
  return (
    process.argv.some(word => word.startsWith('http://') || word.startsWith('https://') || word.startsWith('ftp://')) ||
    (programName(process.exe) === 'curl' && process.argv.length > 1)
  );
}

function fetchTaint(host: HostState, fetcher: ProcessState, event: ProcessStarted): Taint {
  const url = fetcher.argv.find(word => word.includes('://')) ?? '';
  const step = stepOf(
    { time: fetcher.execTime, order: event.order, ref: fetcher.execRef },
    'process.started',
    fetcher,
    'fetches',
    url || 'from outside',
    'observed',
    'its arguments',
  );
  return firstTaint(
    originOf(host, fetcher, fetcher.execTime, {
      kind: 'download',
      basis: 'fetched',
      strength: 'observed',
      person: host.setting.identity.userName(fetcher.uid),
      key: `${fetcher.id} ${url}`,
    }),
    step,
  );
}

/** A program that shows tainted content starts a shell or interpreter with a program of its own. */
function judgeViewerChild(host: HostState, process: ProcessState, plan: ExecutionPlan, event: ProcessStarted): void {
  const { parent } = process;
  if (
    parent === null ||
    (parent.classBits & CLASS.viewer) === 0 ||
    (process.classBits & (CLASS.shell | CLASS.interpreter)) === 0
  )
    return;
  if (plan.script !== '' && isSystemPath(plan.script)) return;
  const carry: Carry | undefined = parent.carries.find(held => held.taint.origin.kind !== 'mailstore');
  if (carry !== undefined) executed(host, process, carry.taint, '', 'spawned-by-viewer', 'inferred', event);
}

/** Senders and transfer tools are told of, with what a mail store's readers handed them. */
function announce(host: HostState, process: ProcessState, event: ProcessStarted): void {
  const { classBits } = process;
  if (classBits & CLASS.sender)
    host.setting.notify({ kind: 'sender.started', time: event.time, host: host.host, process, ref: event.ref, event });
  if ((classBits & (CLASS.sender | CLASS.transfer)) === 0) return;
  if (classBits & CLASS.transfer)
    host.setting.notify({
      kind: 'transfer.started',
      time: event.time,
      host: host.host,
      process,
      ref: event.ref,
      event,
    });
  for (const carry of stores(host, process, event.time))
    handed(host, process, carry, 'named in its arguments or opened for it', event);
  for (const stage of pipelineOf(process)) {
    for (const carry of stores(host, stage, event.time))
      handed(host, process, carry, 'stands in one pipeline with the reader', event);
  }
}

function handed(host: HostState, process: ProcessState, carry: Carry, why: string, event: ProcessStarted): void {
  if (!tellOnce(process, `handed ${carry.taint.origin.id}`)) return;
  const onward = extendTaint(
    carry.taint,
    stepOf(
      event,
      'process.started',
      process,
      'is started with it:',
      process.argv.slice(0, 12).join(' '),
      'inferred',
      why,
    ),
  );
  if (onward === null) return;
  host.setting.notify({
    kind: 'store.transferred',
    time: event.time,
    host: host.host,
    process,
    ref: event.ref,
    taint: onward,
    strength: 'inferred',
    why,
    destination: '',
  });
}
