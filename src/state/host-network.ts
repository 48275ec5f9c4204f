import { isLoopback, isUnspecified } from '../core/loopback.ts';
import type { NetworkConnected } from '../events/host-events.ts';
import { readByConnection } from './asked-mail.ts';
import { isFresh, isOwnMailTraffic, transferFrom } from './carry.ts';
import { seenAtWork } from './clients-seen.ts';
import type { HostState } from './host.ts';
import { letterOut } from './letters-out.ts';
import { readByReaching } from './named-stores.ts';
import { notify } from './notify.ts';
import { holdersBeside } from './pipelines.ts';
import {
  append,
  type Carry,
  type Connection,
  isMailSoftware,
  isTypedAt,
  type ProcessState,
  tellOnce,
} from './processes.ts';
import { CLASS, SMTP_PORTS } from './programs.ts';
import { onListened } from './serving.ts';
import { judgeTakenIn } from './taken-in.ts';
import { onlyAsks, onlyPrints } from './tool-words.ts';

export const DNS = 53;

export function onConnected(host: HostState, event: NetworkConnected): void {
  const process = host.process(event.actor, event.time);
  if (event.family === 'unix' || event.port === DNS) return;
  host.mark('network:outbound');
  addConnection(process, { time: event.time, event, pid: process.pid, process });
  if (process.classBits & (CLASS.browser | CLASS.messenger) && !onlyPrints(process)) {
    host.clientActivity(process.uid).browsed = event.time;
    const { address, family, outcome, port } = event;
    const at = family === 'ipv6' ? `[${address}]:${port}` : `${address}:${port}`;
    if (!isLoopback(address) && outcome !== 'failed') seenAtWork(host, process, event, 'connects to', at);
  }
  judgeTakenIn(host, process, event);
  if (process.controlled !== null && tellOnce(process, `net ${event.address}:${event.port}`)) {
    notify(host, process, event, {
      kind: 'controlled.connected',
      taint: process.controlled,
      event,
    });
  }
  // An MTA connects all day long; of anything else each connection is a send.
  if (
    SMTP_PORTS.has(event.port) &&
    (!isMailSoftware(process) || tellOnce(process, `smtp ${event.address}:${event.port}`))
  ) {
    process.isSender = true;
    notify(host, process, event, { kind: 'smtp.connected', event });
  }
  if (isOwnMailTraffic(process, event)) return;
  if (isUnspecified(event.address)) onListened(host, event);
  readByConnection(host, process, event);
  readByReaching(host, process, event);
  letterOut(host, process, event);
  outward(host, process, event);
}

function outward(host: HostState, process: ProcessState, event: NetworkConnected): void {
  for (const carry of stores(host, process, event.time))
    transferFrom(host, process, process, carry, event, 'the same process read the store and connects');
  for (const stage of holdersBeside(process)) {
    if (onlyAsks(process)) break;
    for (const carry of stores(host, stage, event.time))
      transferFrom(host, process, stage, carry, event, 'stands in one pipeline with the reader');
  }
  for (const elder of startersOf(process))
    for (const carry of stores(host, elder, event.time))
      transferFrom(host, process, elder, carry, event, 'started by the program that read the store');
}

const ELDERS_MAX = 4;

/** Scripts and programs that started `process`, nearest first: what they read it may have got as arguments or input. */
export function startersOf(process: ProcessState): ProcessState[] {
  const found: ProcessState[] = [];
  let elder = process.parent;
  for (let depth = 1; depth < ELDERS_MAX && elder !== null && elder !== process; depth++) {
    if (elder.classBits & CLASS.scheduler || isTypedAt(elder)) break;
    found.push(elder);
    elder = elder.parent;
  }
  return found;
}

const NONE: readonly Carry[] = [];

export function stores(host: HostState, process: ProcessState, now: NetworkConnected['time']): readonly Carry[] {
  if (process.carries.length === 0) return NONE;
  return process.carries.filter(carry => carry.taint.origin.kind === 'mailstore' && isFresh(host, process, carry, now));
}

const CONNECTIONS_MAX = 6;

function addConnection(process: ProcessState, connection: Connection): void {
  let level: ProcessState | null = process;
  for (let depth = 0; depth < 3 && level !== null; depth++) {
    level.connections = append(level.connections, connection, CONNECTIONS_MAX);
    level = level.parent;
  }
}
