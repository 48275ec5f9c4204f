import { isLoopback } from '../core/loopback.ts';
import type { HostEvent, NetworkConnected, NetworkListened } from '../events/host-events.ts';
import { findElder } from './ancestry.ts';
import { isVoid } from './carry.ts';
import { isWebAccount } from './context.ts';
import { onlyStarts } from './elevation.ts';
import type { HostState } from './host.ts';
import { inLogin, isMailSoftware, type ProcessState, tellOnce } from './processes.ts';
import { CLASS } from './programs.ts';
import { extendTaint } from './taint.ts';
import { tellTransferred } from './tell.ts';

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

/**
 * The server that a process is: itself, or the one that forked it for a client; and one that moves data between a connection
 * and the programs that it starts: socat(1) `EXEC:`, ncat(1) `-e`. What a service of the system hands out is its work; it
 * belongs to no login.
 */
function serverOf(process: ProcessState): ProcessState | null {
  let level: ProcessState | null = process;
  for (let depth = 0; depth < FORKS_MAX && level !== null; depth++) {
    if (level.serves !== null && (level.exe === process.exe || (level.classBits & CLASS.transfer) !== 0))
      return isServiceOfSystem(level) ? null : level;
    level = level.parent;
  }
  return null;
}

const isServiceOfSystem = (process: ProcessState): boolean =>
  process.trusted &&
  (inLogin(process) !== true ||
    onlyStarts(process) ||
    isMailSoftware(process) ||
    (process.classBits & CLASS.webServer) !== 0);

/** Data of a mail store that the process holds are told as handed out, once for each box. */
export function tellServed(host: HostState, process: ProcessState, event: HostEvent): void {
  if (process.carries.length === 0) return;
  tellOnTheWeb(host, process, event);
  const server = serverOf(process);
  if (server === null || server.serves === null) return;
  const { at, time, order, ref, isBound } = server.serves;
  for (const { taint } of process.carries) {
    if (taint.origin.kind !== 'mailstore' || isVoid(host, taint)) continue;
    if (!tellOnce(process, `served ${taint.origin.id}`)) continue;
    const why = isBound
      ? 'the process that holds it waits there for other hosts; who came, no record tells'
      : 'the process that holds it looked this address up as servers do before they wait there; who came, no record tells';
    const onward = extendTaint(taint, {
      time,
      order,
      kind: 'network.listened',
      program: server.program || server.exe,
      pid: server.pid,
      verb: 'waits for other hosts at',
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
