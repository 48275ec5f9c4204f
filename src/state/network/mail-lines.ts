import { BoundedMap } from '../../core/bounded-map.ts';
import type { MailDelivery, MailEvent } from '../../events/mail-events.ts';
import type { AddressBook } from './addresses.ts';
import type { Flow } from './contract.ts';

interface Line {
  readonly host: string;
  readonly time: number;
}

const PEERS_MAX = 4096;
const PER_PEER_MAX = 16;
/** Mail logs stamp whole seconds, and clocks differ. */
const NEAR_MS = 3000;
/** A line about a transmission stands at its end, and that of a connection that failed when all servers were tried. */
const LATE_MS = 120_000;
const SMTP_PORTS = new Set([25, 465, 587, 2525]);

export interface MailLineData {
  came: ReturnType<BoundedMap<string, Line[]>['snapshot']>;
  went: ReturnType<BoundedMap<string, Line[]>['snapshot']>;
}

/**
 * Addresses out of mail logs: the client that an MTA says came to it is a flow's source, so the flow's destination is that
 * MTA's address; the relay to which it says it gave a message is a flow's destination, so the source is its own.
 */
export class MailLines {
  readonly #addresses: AddressBook;
  /** By client address. */
  readonly #came = new BoundedMap<string, Line[]>(PEERS_MAX);
  /** By relay address. */
  readonly #went = new BoundedMap<string, Line[]>(PEERS_MAX);

  constructor(addresses: AddressBook) {
    this.#addresses = addresses;
  }

  take(event: MailEvent): void {
    if (event.kind === 'mail.connected') note(this.#came, event.clientAddress, event);
    else if ('relay' in event) note(this.#went, wentTo(event), event);
  }

  vote(flow: Flow): void {
    if (!flow.established || !SMTP_PORTS.has(flow.destinationPort)) return;
    const server = onlyHost(this.#came.peek(flow.sourceAddress), flow.startTime - NEAR_MS, flow.startTime + NEAR_MS);
    if (server !== '') this.#addresses.vote(flow.destinationAddress, server, flow.startTime);
    const client = onlyHost(this.#went.peek(flow.destinationAddress), flow.startTime - 1000, flow.endTime + NEAR_MS);
    if (client !== '') this.#addresses.vote(flow.sourceAddress, client, flow.startTime);
  }

  /** Whether this host's MTA says that it gave mail to this address, or tried to, about then. */
  wentTo(host: string, address: string, from: number, to: number): boolean {
    const lines = this.#went.peek(address) ?? [];
    return lines.some(line => line.host === host && line.time >= from - NEAR_MS && line.time <= to + LATE_MS);
  }

  snapshot(): MailLineData {
    return { came: this.#came.snapshot(), went: this.#went.snapshot() };
  }

  restore(from: MailLineData): void {
    this.#came.restore(from.came);
    this.#went.restore(from.went);
  }
}

function note(map: BoundedMap<string, Line[]>, peer: string, event: MailEvent): void {
  if (peer === '' || peer.startsWith('127.') || peer === '::1') return;
  const lines = map.touch(peer) ?? [];
  if (lines.length === 0) map.set(peer, lines);
  if (lines.length >= PER_PEER_MAX) lines.shift();
  lines.push({ host: event.host, time: event.time });
}

/** The one host with a line in this time, '' when there are none or several. */
function onlyHost(lines: readonly Line[] | undefined, from: number, to: number): string {
  let host = '';
  for (const line of lines ?? []) {
    if (line.time < from || line.time > to || line.host === host) continue;
    if (host !== '') return '';
    host = line.host;
  }
  return host;
}

/**
 * The server that mail was given to, or that was tried: of a connection that failed Postfix says `relay=none` and names
 * the server in its reason, `connect to name[address]:port: ...`.
 */
function wentTo(event: MailDelivery): string {
  if (event.kind === 'mail.delivered' && event.channel !== 'relay') return '';
  return relayAddress(event.relay) || (event.text.startsWith('connect to ') ? relayAddress(event.text) : '');
}

/** `name[address]:port` */
function relayAddress(relay: string): string {
  const open = relay.lastIndexOf('[');
  const close = relay.indexOf(']', open);
  return open < 0 || close < 0 ? '' : relay.slice(open + 1, close).toLowerCase();
}
