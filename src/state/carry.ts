import { isLoopback, isUnspecified } from '../core/loopback.ts';
import { type EpochMs, HOUR_MS, MINUTE_MS } from '../core/time.ts';
import type { FileId, HostEvent, NetworkConnected } from '../events/host-events.ts';
import { ancestry } from './ancestry.ts';
import { addCarry } from './carries.ts';
import { onlyStarts } from './elevation.ts';
import { noteOnFile, taintFile } from './files.ts';
import type { HostState } from './host.ts';
import { isOwnLock } from './lock-files.ts';
import { opensMailbox } from './opens-mailbox.ts';
import { settingsOfTheMoment } from './own-settings.ts';
import { pipelineOf } from './pipelines.ts';
import { type Carry, isTypedAt, type ProcessState, programOf, tellOnce } from './processes.ts';
import { CLASS, isSystemPath, MAIL_PORTS, MAILBOX_PORTS } from './programs.ts';
import { EARLIER_WRITES_MS } from './recent-writes.ts';
import { spreadByArguments } from './spread-by-arguments.ts';
import { stepOf } from './step-of.ts';
import { extendTaint, firstTaint, named, type Taint, type TaintOrigin, type TaintStep } from './taint.ts';
import { tellExecuted, tellStaged, tellTransferred } from './tell.ts';
import { isToldToServe, waitsAt } from './told-to-serve.ts';
import { copiesHere, isSendingTool, onlyAsks, sendsItself } from './tool-words.ts';
import { cameWithWhatRuns, isWhatRuns } from './what-runs.ts';

/** It was assumed because some telemetry was absent, and that telemetry has turned up since. */
export function isVoid(host: HostState, taint: Taint): boolean {
  return taint.assumes !== '' && host.has(taint.assumes);
}

/** How long a process that read tainted content is thought to still hold it. Programs that live long and touch much, less. */
export function isFresh(host: HostState, process: ProcessState, carry: Carry, now: EpochMs): boolean {
  if (isVoid(host, carry.taint)) return false;
  const age = now - carry.time;
  // A name alone shortens nothing: what lies where its user can write may be called anything.
  if (process.trusted && process.classBits & CLASS.desktop) return false;
  if (process.trusted && process.classBits & (CLASS.viewer | CLASS.browser | CLASS.messenger | CLASS.mailClient))
    return age <= 30_000;
  if (isTypedAt(process)) return age <= MINUTE_MS;
  return age <= HOUR_MS;
}

export { stepOf };

export function describe(process: ProcessState): string {
  return named(programOf(process), process.pid);
}

export interface OriginFacts {
  readonly kind: TaintOrigin['kind'];
  readonly basis: TaintOrigin['basis'];
  readonly strength: TaintOrigin['strength'];
  readonly person: string;
  readonly key: string;
  readonly storePath?: string;
  readonly agentPid?: number;
  readonly agentTime?: number;
  readonly queueId?: string;
  readonly orderedBy?: TaintStep | undefined;
  readonly beside?: TaintStep | undefined;
  readonly box?: string;
  readonly classBits?: number;
  readonly url?: string;
  readonly isPlain?: boolean;
}

export function originOf(host: HostState, process: ProcessState, time: EpochMs, facts: OriginFacts): TaintOrigin {
  return {
    id: `${host.host} ${facts.kind} ${facts.basis} ${facts.key}`,
    kind: facts.kind,
    host: host.host,
    time,
    person: facts.person,
    uid: process.uid,
    program: programOf(process),
    pid: process.pid,
    strength: facts.strength,
    basis: facts.basis,
    storePath: facts.storePath ?? '',
    agentPid: facts.agentPid ?? -1,
    agentTime: facts.agentTime ?? 0,
    box: facts.box ?? '',
    classBits: facts.classBits ?? process.classBits,
    ...(facts.orderedBy ? { orderedBy: facts.orderedBy } : {}),
    ...(facts.beside ? { beside: facts.beside } : {}),
    ...(facts.queueId ? { queueId: facts.queueId } : {}),
    ...(facts.url ? { url: facts.url, isPlain: facts.isPlain ?? false } : {}),
  };
}

export { firstTaint };

/**
 * The process now holds this content. What stands in one pipeline with it and waits for a program on its standard input,
 * or has already connected, is judged at once: records of a pipeline's stages come in any order.
 */
export function acquire(host: HostState, process: ProcessState, carry: Carry, event: HostEvent): void {
  if (!addCarry(process, carry)) return;
  if (!host.has('file:written')) spreadByArguments(host, process, carry, event);
  const { kind } = carry.taint.origin;
  taintEarlierWrites(host, process, process, carry, event);
  if ((process.classBits & CLASS.shell) === 0)
    for (const child of process.recentChildren) taintEarlierWrites(host, child, process, carry, event);
  const stages = pipelineOf(process);
  for (const stage of stages)
    if (stage.start >= process.start - 500) taintEarlierWrites(host, stage, process, carry, event);
  for (const stage of stages) {
    if (kind !== 'mailstore' && stage.readsProgramFromInput && stage.start >= process.start - 500)
      feedProgram(host, stage, process, carry.taint, event);
    if (kind !== 'mailstore') continue;
    const why = 'stands in one pipeline with the reader';
    if (onlyAsks(stage)) continue;
    if (stage.execSeen && stage.classBits & (CLASS.sender | CLASS.transfer)) handedTo(host, stage, carry, why, event);
    for (const connection of stage.connections) transferFrom(host, stage, process, carry, connection.event, why);
  }
  // What xargs, find, env or a script's interpreter started hands its output to the same pipeline, or back to it.
  const { parent } = process;
  if (
    parent !== null &&
    parent.execSeen &&
    (parent.classBits & (CLASS.shell | CLASS.scheduler | CLASS.desktop | CLASS.mailClient | CLASS.browser)) === 0 &&
    (process.classBits & CLASS.mta) === 0
  ) {
    acquire(host, parent, { ...carry, strength: 'inferred', why: `its child had it: ${carry.why}` }, event);
  }
  if (kind === 'mailstore' && !host.has('network:outbound') && sendsUnseen(host, process))
    handedTo(host, process, carry, 'a program that sends what it reads to another host has read it', event);
  if (kind === 'mailstore')
    for (const connection of process.connections) {
      if (connection.pid === process.pid)
        transferFrom(
          host,
          process,
          process,
          carry,
          connection.event,
          'the same process read the store and has the connection',
        );
      else if ((process.classBits & CLASS.shell) === 0)
        transferFrom(
          host,
          connection.process,
          process,
          carry,
          connection.event,
          'the reader started the process that has the connection',
        );
    }
}

/** Its words say that it sends; where no starts are recorded, and so no words, what it is. */
const sendsUnseen = (host: HostState, process: ProcessState): boolean =>
  sendsItself(process) || (!host.has('process.started') && isSendingTool(process));

/** Output is often opened before the input is read: `tar cf out dir`, `cmd < in > out`, a compressor that was started first. */
function taintEarlierWrites(
  host: HostState,
  writer: ProcessState,
  reader: ProcessState,
  carry: Carry,
  event: HostEvent,
): void {
  if (writer.trusted && writer.classBits & CLASS.desktop) return;
  // What a server noted for itself before anybody asked it for anything holds nothing of what it reads for them.
  if (writer === reader && isToldToServe(writer)) return;
  const isRelay = onlyStarts(writer);
  for (const write of writer.writes) {
    // What its shell opened for it, `sudo cat x > y`, is its output; what it opens itself is not.
    if (event.time - write.time > EARLIER_WRITES_MS || (isRelay && write.time > writer.execTime)) continue;
    const strength = writer === reader ? carry.strength : 'inferred';
    const why =
      writer === reader
        ? 'the process had the file open for writing while it read the content'
        : 'written by a process of the same pipeline or a child';
    writeTaint(
      host,
      writer,
      write.file,
      carry.taint,
      stepOf(write, 'file.written', writer, 'writes', write.file.path, strength, why),
      event,
    );
  }
}

const CURATORS = CLASS.versionControl | CLASS.compiler;

/**
 * Version control or a compiler at work; or a package manager, or what it started to unpack, that puts files where programs
 * are installed: unpacked elsewhere (`dpkg -x`, `rpm2cpio`) a package is an archive like any other. What a maintainer script
 * starts is none of that: the script is content of the package, though the tools in its hand are installed ones.
 */
function isCurating(process: ProcessState, path: string): boolean {
  if (process.trusted && process.classBits & CURATORS) return true;
  if (!isSystemPath(path) && !path.startsWith('/var/lib/') && !path.startsWith('/etc/')) return false;
  for (const elder of ancestry(process, 4)) {
    if (!elder.trusted) return false;
    if (elder.classBits & CLASS.packageManager) return true;
  }
  return false;
}

/** The file takes on a taint; for data of a mail store this is staging, and is told once. */
export function writeTaint(
  host: HostState,
  process: ProcessState,
  file: FileId,
  taint: Taint,
  step: TaintStep,
  event: HostEvent,
): void {
  const curated = isCurating(process, file.path);
  const unpacks = (process.classBits & CLASS.archiver) !== 0 || (process.classBits & CLASS.packageManager) !== 0;
  const marks = { curated, archived: unpacks && !curated };
  const onward = extendTaint(taint, step, marks);
  if (onward === null) return;
  const state = host.files.remember(file, event.time);
  if (!taintFile(state, onward)) return;
  noteOnFile(state, step);
  if (taint.origin.kind !== 'mailstore' || isOwnLock(process, file.path, step, event)) return;
  if (tellOnce(process, `stage ${taint.origin.id}`)) tellStaged(host, process, file.path, onward, event);
}

const FED = {
  'standard-input': {
    verb: 'takes its program from the pipeline of',
    why: 'children of one parent that started together',
  },
  substituted: {
    verb: 'has for its program, as far as can be told, what was printed by',
    why: 'its shell started it with a program in its words next after the fetch',
  },
} as const;

/** An interpreter gets its program from a pipeline stage that holds tainted content. */
export function feedProgram(
  host: HostState,
  interpreter: ProcessState,
  feeder: ProcessState,
  taint: Taint,
  event: HostEvent,
  how: keyof typeof FED = 'standard-input',
): void {
  const { verb, why } = FED[how];
  const step = stepOf(event, 'process.input', interpreter, verb, describe(feeder), 'inferred', why);
  const onward = extendTaint(taint, step);
  if (onward !== null) tellExecuted(host, interpreter, onward, '', how, 'inferred', event);
}

/** A client or fetcher from a system place that talks to a mail server, as its user set it up: its ordinary work. */
export function isOwnMailTraffic(process: ProcessState, event: NetworkConnected): boolean {
  return (
    process.trusted &&
    (process.classBits & (CLASS.mailClient | CLASS.fetcher | CLASS.mta | CLASS.storeService)) !== 0 &&
    MAIL_PORTS.has(event.port) &&
    (isLoopback(event.address) || settingsOfTheMoment(process) === '')
  );
}

/** Tells that data of a mail store left with this connection, once for each process, box and destination. */
export function transferFrom(
  host: HostState,
  sender: ProcessState,
  reader: ProcessState,
  carry: Carry,
  event: HostEvent & { kind: 'network.connected' },
  why: string,
): void {
  if (event.family === 'unix' || event.port === 53 || isOwnMailTraffic(sender, event) || onlyStarts(sender)) return;
  if (isUnspecified(event.address)) return;
  if (sender.told?.has(ASKS_HERE) && isLoopback(event.address) && MAILBOX_PORTS.has(event.port)) return;
  if (isWhatRuns(host, sender, reader, carry)) return;
  const destination = event.family === 'ipv6' ? `[${event.address}]:${event.port}` : `${event.address}:${event.port}`;
  const strength = sender === reader && carry.strength === 'observed' ? 'observed' : 'inferred';
  if (!tellOnce(sender, `out ${carry.taint.origin.id} ${destination} ${strength}`)) return;
  const onward = extendTaint(
    carry.taint,
    stepOf(event, 'network.connected', sender, 'connects to', destination, strength, why),
  );
  if (onward === null) return;
  tellTransferred(host, sender, onward, { strength, why }, event, { destination });
}

/** What is told once of a program that asks the server of this host for mail: that it has that mail is no transfer. */
export const ASKS_HERE = 'asks the server of this host';

/** A sender or transfer tool was started with data of a mail store: its arguments, its input or its pipeline hold it. */
export function handedTo(host: HostState, process: ProcessState, carry: Carry, why: string, event: HostEvent): void {
  if (
    opensMailbox(process) ||
    copiesHere(process) ||
    process.told?.has(ASKS_HERE) ||
    cameWithWhatRuns(host, process, carry.taint)
  )
    return;
  if (!tellOnce(process, `handed ${carry.taint.origin.id}`)) return;
  const onward = extendTaint(
    carry.taint,
    stepOf(
      { time: process.execTime, order: event.order, ref: process.execRef ?? event.ref },
      'process.started',
      process,
      process.execSeen ? 'is started with it:' : 'has it, and no record tells its words',
      process.argv.slice(0, 12).join(' '),
      'inferred',
      why,
    ),
  );
  if (onward === null) return;
  // A tool that waits for whoever comes to take it reaches out to nobody.
  const servedAt = process.execSeen ? waitsAt(process.argv, process.exe) : '';
  tellTransferred(host, process, onward, { strength: 'inferred', why }, event, { servedAt });
}
