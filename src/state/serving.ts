import { isLoopback } from '../core/loopback.ts';
import { isWithin } from '../core/paths.ts';
import type { HostEvent, NetworkConnected, NetworkListened } from '../events/host-events.ts';
import { findElder } from './ancestry.ts';
import { isVoid } from './carry.ts';
import { isWebAccount } from './context.ts';
import { actingUid, onlyStarts } from './elevation.ts';
import type { HostState } from './host.ts';
import { inLogin, isMailSoftware, type ProcessState, type Serving, tellOnce } from './processes.ts';
import { CLASS, isSystemPath } from './programs.ts';
import { extendTaint, type TaintOrigin } from './taint.ts';
import { tellTransferred } from './tell.ts';
import { startedOver, waitsAt } from './told-to-serve.ts';

/**
 * bind(2) on an address that other hosts reach. Where no rule records that, connect(2) to the unspecified address tells of it:
 * getaddrinfo(3) so sorts the addresses at which a program is about to listen (AI_PASSIVE, RFC 3484 section 6).
 */
export function onListened(host: HostState, event: NetworkListened | NetworkConnected): void {
  const process = host.process(event.actor, event.time);
  if (event.family === 'unix' || event.port === 0 || isLoopback(event.address)) return;
  const isBound = event.kind === 'network.listened';
  if (process.serves?.isBound === true && !isBound) return;
  const at = event.family === 'ipv6' ? `[${event.address}]:${event.port}` : `${event.address}:${event.port}`;
  process.serves = { at, time: event.time, order: event.order, ref: event.ref, isBound };
  tellServed(host, process, event);
}

const FORKS_MAX = 3;

const TOLD = {
  bound: 'the process that holds it waits there for other hosts; who came, no record tells',
  asked:
    'the process that holds it looked this address up as servers do before they wait there; who came, no record tells',
  words:
    'the words of the process that holds it tell it to wait there for other hosts, so it reaches out to none; who came, no record tells',
} as const;

interface Server extends Omit<Serving, 'isBound'> {
  readonly process: ProcessState;
  readonly how: keyof typeof TOLD;
}

/**
 * The server that a process is: itself, or the one that forked it for a client; and one that moves data between a connection
 * and the programs that it starts: socat(1) `EXEC:`, ncat(1) `-e`. What a service of the system hands out is its work; it
 * belongs to no login.
 */
function serverOf(process: ProcessState): Server | null {
  let level: ProcessState | null = process;
  for (let depth = 0; depth < FORKS_MAX && level !== null; depth++) {
    const server = level.exe === process.exe || (level.classBits & CLASS.transfer) !== 0 ? asServer(level) : null;
    if (server !== null) return server;
    level = level.parent;
  }
  return null;
}

function asServer(process: ProcessState): Server | null {
  const { serves, execSeen, execTime, execRef, argv, exe } = process;
  if (serves !== null) return { ...serves, process, how: serves.isBound ? 'bound' : 'asked' };
  if (!execSeen || execRef === null || onlyStarts(process) || isMailSoftware(process)) return null;
  const at = waitsAt(argv, exe);
  return at === '' ? null : { at, time: execTime, order: 0, ref: execRef, process, how: 'words' };
}

const isServiceOfSystem = (process: ProcessState): boolean =>
  process.trusted &&
  (inLogin(process) !== true ||
    onlyStarts(process) ||
    isMailSoftware(process) ||
    (process.classBits & CLASS.webServer) !== 0);

/** A web server that somebody who logged in started over that very box hands it out as it lies. */
const isOverBox = (process: ProcessState, { box }: TaintOrigin): boolean =>
  inLogin(process) === true && startedOver(process).some(folder => folder !== '/' && isWithin(box, folder));

/**
 * An application of the own, started over its own files, that reads its user's own mail: a webmail of one's own, say. By its words alone
 * nothing tells it from another one.
 */
function isOwnApplication(host: HostState, { how, process }: Server, { person, box }: TaintOrigin): boolean {
  if (how !== 'words' || !isSystemPath(process.exe) || (process.classBits & CLASS.interpreter) === 0) return false;
  if (person === '' || host.userName(actingUid(process)) !== person) return false;
  return startedOver(process).every(
    folder => folder.startsWith('/') && !isWithin(box, folder) && !isWithin(folder, box) && !isTemporary(folder),
  );
}

const isTemporary = (path: string): boolean => /^\/(?:tmp|var\/tmp|dev\/shm|run)(?:\/|$)/.test(path);

/** Data of a mail store that the process holds are told as handed out, once for each box. */
export function tellServed(host: HostState, process: ProcessState, event: HostEvent): void {
  if (process.carries.length === 0) return;
  tellOnTheWeb(host, process, event);
  const server = serverOf(process);
  if (server === null) return;
  const { at, time, order, ref, how } = server;
  for (const { taint } of process.carries) {
    const { origin } = taint;
    if (origin.kind !== 'mailstore' || isVoid(host, taint)) continue;
    if (isServiceOfSystem(server.process) && !isOverBox(server.process, origin)) continue;
    if (how === 'words' && inLogin(server.process) !== true && isSystemPath(server.process.exe)) continue;
    if (isOwnApplication(host, server, origin) || !tellOnce(process, `served ${origin.id}`)) continue;
    const why = TOLD[how];
    const onward = extendTaint(taint, {
      time,
      order,
      kind: how === 'words' ? 'process.started' : 'network.listened',
      program: server.process.program || server.process.exe,
      pid: server.process.pid,
      verb: how === 'words' ? 'is told to wait for other hosts at' : 'waits for other hosts at',
      object: at,
      ref,
      strength: 'inferred',
      why,
    });
    if (onward === null) continue;
    tellTransferred(host, process, onward, { strength: 'inferred', why }, { time: event.time, ref }, { servedAt: at });
  }
}

const ELDERS = 5;

/**
 * What a web server reads it reads for whoever asks. A webmail that reads boxes itself has the right to; where somebody who logged in, and
 * is not the owner, had opened that very box to other accounts, it was opened for this.
 */
function tellOnTheWeb(host: HostState, process: ProcessState, event: HostEvent): void {
  if (inLogin(process) === true || process.uid <= 0 || !isOfWeb(host, process)) return;
  if (process.serves !== null && !isServiceOfSystem(process)) return;
  const user = host.userName(process.uid);
  const why =
    'somebody had opened this box to other accounts, and a web server hands what it reads to whoever asked; who that was, no record tells';
  for (const { taint, strength } of process.carries) {
    const { kind, person, id, box } = taint.origin;
    if (
      kind !== 'mailstore' ||
      person === '' ||
      person === user ||
      !host.opened.has(box) ||
      strength !== 'observed' ||
      isVoid(host, taint)
    )
      continue;
    if (!tellOnce(process, `served ${id}`)) continue;
    const at = addressIn(process);
    if (LOCAL_ONLY.test(at)) continue;
    const onward = extendTaint(taint, {
      time: event.time,
      order: event.order,
      kind: 'network.listened',
      program: process.program || process.exe,
      pid: process.pid,
      verb: 'answers whoever asks',
      object: at === '' ? 'the web site' : `at ${at}`,
      ref: event.ref,
      strength: 'inferred',
      why,
    });
    if (onward === null) continue;
    const servedAt = at || 'the web site';
    tellTransferred(
      host,
      process,
      onward,
      { strength: 'inferred', why },
      { time: event.time, ref: event.ref },
      { servedAt },
    );
  }
}

/** It runs as web servers do, or below one; a job of that account is no work of the server. */
function isOfWeb(host: HostState, process: ProcessState): boolean {
  if (findElder(process, ELDERS, ({ classBits, pid }) => pid > 1 && (classBits & CLASS.scheduler) !== 0) !== undefined)
    return false;
  const isServer = ({ trusted, classBits }: ProcessState): boolean => trusted && (classBits & CLASS.webServer) !== 0;
  return (
    isWebAccount(host.userName(process.uid)) || isServer(process) || findElder(process, ELDERS, isServer) !== undefined
  );
}

const LOCAL_ONLY = /^(?:127\.|\[::1\]|localhost:)/i;

/** An address to wait at, among its words: `-S 0.0.0.0:8080`. */
const addressIn = ({ argv }: ProcessState): string =>
  argv.find(word => /^(?:\[[\da-f:]+\]|\d+(?:\.\d+){3}|localhost):\d+$/i.test(word)) ?? '';
