import { isLoopback } from '../core/loopback.ts';
import type { HostEvent, NetworkConnected, NetworkListened } from '../events/host-events.ts';
import { isVoid } from './carry.ts';
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
