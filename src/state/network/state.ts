import { BoundedMap } from '../../core/bounded-map.ts';
import type { EpochMs } from '../../core/time.ts';
import { epochMs } from '../../core/time.ts';
import type { NetworkConnected } from '../../events/host-events.ts';
import type { MailEvent } from '../../events/mail-events.ts';
import type { FlowEnded, HttpSeen, NameResolved, NetworkEvent, TlsNameSeen } from '../../events/network-events.ts';
import type { MailState } from '../mail/contract.ts';
import { SMTP_PORTS } from '../programs.ts';
import { AddressBook, type AddressData } from './addresses.ts';
import { type ContactData, Contacts } from './contacts.ts';
import type {
  AddressOwner,
  Attributed,
  Contact,
  Flow,
  FlowMail,
  HostWatch,
  NameUse,
  NetworkView,
  WantedFile,
  WireFile,
} from './contract.ts';
import { type FlowData, Flows } from './flows.ts';
import { type MailLineData, MailLines } from './mail-lines.ts';
import { NameBook, type NameData } from './names.ts';
import { Watches } from './watches.ts';
import { WireEmpty, type WireEmptyData } from './wire-empty.ts';
import { type WireFileData, WireFiles } from './wire-files.ts';
import { WireMail, type WireMailData } from './wire-mail.ts';

const FLOW_NAMES_MAX = 16_384;
const VISITS_MAX = 32_768;
const SMTP_FLOWS_MAX = 2048;

export interface NetworkSetting {
  readonly mail: MailState;
  /** Address -> host, as configured. */
  readonly hosts: ReadonlyMap<string, string>;
  readonly mailHosts: () => readonly string[];
}

interface Data {
  kinds: Set<string>;
  addresses: AddressData;
  contacts: ContactData;
  flows: FlowData;
  names: NameData;
  flowNames: ReturnType<BoundedMap<string, NameUse>['snapshot']>;
  visits: ReturnType<BoundedMap<string, number>['snapshot']>;
  files: WireFileData;
  mail: WireMailData;
  empty: WireEmptyData;
  lines: MailLineData;
  watches: HostWatch[];
  smtp: Flow[];
  latest: Contact | null;
}

/**
 * What sensors on the wire saw, for all hosts, joined to what hosts saw of themselves: whose address it is, which
 * process's connection, by what name, how many bytes; and the mail and files in it. Nothing here is a verdict.
 *
 * Bounds: 32 768 connections, 8 192 destinations with 32 connections each, 32 768 addresses, 32 768 names of pairs and
 * 2 048 clients with 128 names and 64 files each, 16 384 mail connections. Evictions are counted.
 */
export class NetworkState implements NetworkView {
  readonly #addresses: AddressBook;
  readonly #contacts: Contacts;
  readonly #flows = new Flows();
  readonly #names = new NameBook();
  readonly #flowNames = new BoundedMap<string, NameUse>(FLOW_NAMES_MAX);
  /** First visit of each source to each destination. */
  readonly #visits = new BoundedMap<string, number>(VISITS_MAX);
  readonly #files = new WireFiles();
  readonly #mail: WireMail;
  readonly #empty: WireEmpty;
  readonly #lines: MailLines;
  readonly #watches = new Watches();
  #kinds = new Set<string>();
  #smtp: Flow[] = [];
  #latest: Contact | null = null;

  constructor(setting: NetworkSetting) {
    this.#addresses = new AddressBook(setting.hosts);
    this.#contacts = new Contacts(this.#addresses);
    this.#mail = new WireMail({
      mail: setting.mail,
      addresses: this.#addresses,
      looks: sensor => this.#empty.looks(sensor),
      mailHosts: setting.mailHosts,
    });
    this.#empty = new WireEmpty({
      covered: way => this.#mail.isCovered(way),
      hostOf: (address, time) => this.#addresses.ownerOf(address, time)?.host ?? '',
    });
    this.#lines = new MailLines(this.#addresses);
  }

  get evicted(): number {
    return (
      this.#addresses.evicted +
      this.#contacts.evicted +
      this.#flows.evicted +
      this.#names.evicted +
      this.#files.evicted +
      this.#mail.evicted +
      this.#empty.evicted
    );
  }

  /** A connection that a host's own records show; to be told before what the host's state makes of it. */
  connected(event: NetworkConnected): void {
    if (event.family === 'unix' || event.port <= 0 || isOwn(event.address)) return;
    const contact: Contact = {
      host: event.host,
      pid: event.actor.pid,
      time: event.time,
      address: event.address.toLowerCase(),
      port: event.port,
      failed: event.outcome === 'failed',
      flow: null,
      voted: '',
    };
    this.#latest = contact;
    this.#contacts.addContact(contact);
  }

  /** An MTA's line: who came, and where mail went. It tells whose address is whose. */
  mailLine(event: MailEvent): void {
    this.#lines.take(event);
  }

  /** Takes one record in. What it tells of mail that no MTA's log has told comes back as mail events. */
  push(event: NetworkEvent): MailEvent[] {
    this.#kinds.add(event.kind);
    const due = this.#mail.advance(event.time);
    due.push(...this.#empty.advance(event.time));
    due.push(...this.#take(event));
    return due;
  }

  /** The evidence is at its end: nothing more will tell of what still waits. */
  finish(): MailEvent[] {
    return [...this.#mail.advance(Number.POSITIVE_INFINITY), ...this.#empty.advance(Number.POSITIVE_INFINITY)];
  }

  #take(event: NetworkEvent): readonly MailEvent[] {
    switch (event.kind) {
      case 'flow.ended':
        this.#onFlow(event);
        return [];
      case 'name.resolved':
        this.#onResolved(event);
        return [];
      case 'tls.name-seen':
        this.#onName(event, 'tls');
        return [];
      case 'http.seen':
        this.#onName(event, 'http');
        this.#files.onRequest(event);
        return [];
      case 'smtp.seen':
        this.#mail.onSmtp(event);
        this.#empty.onSmtp(event);
        return [];
      case 'file.transferred':
        this.#files.onFile(event);
        return this.#mail.onFile(event);
      case 'sensor.alert':
        return [];
    }
  }

  #onFlow(event: FlowEnded): void {
    if (isOwn(event.sourceAddress) || isOwn(event.destinationAddress) || event.sourceAddress === '') return;
    const { flow, fresh } = this.#flows.take(event);
    const named = this.#flowNames.peek(`${event.host} ${event.flowId}`);
    const name = named ?? this.#names.nameOf([flow.sourceAddress], flow.destinationAddress, flow.startTime);
    if (name !== null && flow.name === '') {
      flow.name = name.name;
      flow.nameFrom = name.basis;
    }
    if (!fresh) return;
    this.#noteSmtp(flow);
    this.#empty.onFlow(event);
    this.#lines.vote(flow);
    this.#contacts.addFlow(flow);
    const visit = `${flow.sourceAddress} ${flow.destinationAddress}`;
    const before = this.#visits.touch(visit);
    if (before === undefined) this.#visits.set(visit, flow.startTime);
    if (flow.contact !== null) return;
    const owner = this.#addresses.ownerOf(flow.sourceAddress, flow.startTime);
    this.#watches.take(flow, owner, before !== undefined);
  }

  /** What comes to a server of ours is told by the mail in it. */
  #noteSmtp(flow: Flow): void {
    if (!SMTP_PORTS.has(flow.destinationPort) || !flow.established) return;
    if (this.#addresses.ownerOf(flow.destinationAddress, flow.startTime) !== null) return;
    if (this.#smtp.length >= SMTP_FLOWS_MAX) this.#smtp.shift();
    this.#smtp.push(flow);
  }

  #onResolved(event: NameResolved): void {
    const use = { time: event.time, name: event.name.toLowerCase(), basis: 'dns' as const, ref: event.ref };
    if (event.answers.length === 0) this.#names.note(event.sourceAddress, { ...use, address: '' });
    for (const address of event.answers.slice(0, 16)) this.#names.note(event.sourceAddress, { ...use, address });
  }

  #onName(event: TlsNameSeen | HttpSeen, basis: 'tls' | 'http'): void {
    if (event.name === '') return;
    const use = {
      time: event.time,
      name: withoutPort(event.name.toLowerCase()),
      address: event.destinationAddress,
      basis,
      ref: event.ref,
    };
    this.#names.note(event.sourceAddress, use);
    if (event.flowId !== '') this.#flowNames.set(`${event.host} ${event.flowId}`, use);
  }

  seen(kind: string): boolean {
    return this.#kinds.has(kind);
  }

  contactAt(host: string, time: number): Contact | null {
    const latest = this.#latest;
    return latest !== null && latest.host === host && latest.time === time ? latest : null;
  }

  contactOf(event: NetworkConnected): Contact | null {
    const contact = this.contactAt(event.host, event.time);
    return contact !== null && contact.port === event.port && contact.pid === event.actor.pid ? contact : null;
  }

  flowOf(contact: Contact | null): Attributed | null {
    return contact === null ? null : this.#contacts.attributed(contact);
  }

  flowsOf(contact: Contact | null): readonly Attributed[] {
    return contact === null ? [] : this.#contacts.since(contact);
  }

  mailIn(flow: Flow): readonly FlowMail[] {
    return this.#mail.inFlow(flow.sensor, flow.flowId).map(({ event, parts }) => ({
      sender: event.sender,
      recipients: event.recipients,
      messageId: event.messageId,
      lastReply: event.lastReply,
      dataSeen: event.dataSeen,
      attachments: [
        ...parts,
        ...event.attachmentNames
          .filter(name => !parts.some(part => part.name === name))
          .map(name => ({ name, sizeBytes: -1, sha256: '' })),
      ],
      time: event.time,
      ref: event.ref,
    }));
  }

  smtpFlows(): readonly Flow[] {
    return this.#smtp;
  }

  mtaWentTo(host: string, address: string, from: number, to: number): boolean {
    return this.#lines.wentTo(host, address, from, to);
  }

  watch(host: string, from: EpochMs, forMs: number): HostWatch {
    return this.#watches.add({ host, from, until: epochMs(from + forMs), flows: [] });
  }

  hostOf(address: string, time: number): AddressOwner | null {
    return this.#addresses.ownerOf(address, time);
  }

  addressesOf(host: string): readonly string[] {
    return this.#addresses.addressesOf(host);
  }

  nameOf(host: string, address: string, time: number): NameUse | null {
    return this.#names.nameOf(this.addressesOf(host), address, time);
  }

  namesUsed(host: string, from: number, to: number): readonly NameUse[] {
    return this.#names.used(this.addressesOf(host), from, to);
  }

  filesFetched(host: string, wanted: WantedFile, from: number, to: number): readonly WireFile[] {
    return this.#files.fetched(this.addressesOf(host), wanted, from, to);
  }

  snapshot(): unknown {
    return {
      kinds: this.#kinds,
      addresses: this.#addresses.snapshot(),
      contacts: this.#contacts.snapshot(),
      flows: this.#flows.snapshot(),
      names: this.#names.snapshot(),
      flowNames: this.#flowNames.snapshot(),
      visits: this.#visits.snapshot(),
      files: this.#files.snapshot(),
      mail: this.#mail.snapshot(),
      empty: this.#empty.snapshot(),
      lines: this.#lines.snapshot(),
      watches: this.#watches.data,
      smtp: this.#smtp,
      latest: this.#latest,
    } satisfies Data;
  }

  restore(data: unknown): void {
    const from = data as Data;
    this.#kinds = from.kinds;
    this.#addresses.restore(from.addresses);
    this.#contacts.restore(from.contacts);
    this.#flows.restore(from.flows);
    this.#names.restore(from.names);
    this.#flowNames.restore(from.flowNames);
    this.#visits.restore(from.visits);
    this.#files.restore(from.files);
    this.#mail.restore(from.mail);
    this.#empty.restore(from.empty);
    this.#lines.restore(from.lines);
    this.#watches.data = from.watches;
    this.#smtp = from.smtp;
    this.#latest = from.latest;
  }
}

/** Loopback and unspecified: every host has them, so they say nothing about whose a connection is. */
function isOwn(address: string): boolean {
  return address.startsWith('127.') || address === '::1' || address === '0.0.0.0' || address === '::';
}

/** `Host: name:8080` names the port as well. */
function withoutPort(name: string): string {
  const colon = name.lastIndexOf(':');
  return colon > 0 && !name.endsWith(']') && name.indexOf(':') === colon ? name.slice(0, colon) : name;
}
