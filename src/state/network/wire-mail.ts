import { BoundedMap } from '../../core/bounded-map.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Untrusted } from '../../core/untrusted.ts';
import type { MailEvent } from '../../events/mail-events.ts';
import type { FileTransferred, SmtpSeen } from '../../events/network-events.ts';
import type { Ref } from '../../events/ref.ts';
import type { MailState, Message } from '../mail/contract.ts';
import { nextIdIn } from '../mail/next-hop.ts';
import { wireIdOf } from '../mail/wire-id.ts';
import type { AddressBook } from './addresses.ts';
import { lifeEvents } from './wire-life.ts';

const FLOWS_MAX = 16_384;
const PER_FLOW_MAX = 64;
const FILES_MAX = 64;
const PENDING_MAX = 4096;
/** The MTA's lines about a transaction come within this time of its beginning; only then it is judged whether it has any. */
const WAIT_MS = 60_000;
const BEFORE_MS = 10_000;

/** A file in a message, as the wire showed it. */
export interface WirePart {
  readonly name: Untrusted;
  readonly type: Untrusted;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly time: EpochMs;
  readonly ref: Ref;
}

/** One SMTP transaction. Plain data. */
export interface WireMessage {
  readonly event: SmtpSeen;
  readonly parts: WirePart[];
  /** The life its attachments belong to; null before it is settled and where there is none. */
  life: { readonly host: string; readonly queueId: string } | null;
  settled: boolean;
}

export interface WireMailData {
  byFlow: ReturnType<BoundedMap<string, WireMessage[]>['snapshot']>;
  early: ReturnType<BoundedMap<string, FileTransferred>['snapshot']>;
  pending: WireMessage[];
  covered: Set<string>;
}

export interface WireMailSetting {
  readonly mail: MailState;
  readonly addresses: AddressBook;
  /** Whether a sensor was ever seen to look into a message. */
  readonly looks: (sensor: string) => boolean;
  /** Hosts whose MTA's log is in the evidence. */
  readonly mailHosts: () => readonly string[];
}

/**
 * Mail as the wire shows it. What an MTA here logged too is the same message, found by the queue id in the server's answer
 * or by client and message id: then only its attachments are news. What no MTA's log covers becomes a life of its own.
 */
export class WireMail {
  readonly #setting: WireMailSetting;
  readonly #byFlow = new BoundedMap<string, WireMessage[]>(FLOWS_MAX);
  /** Files whose message has not been seen yet, by file id, else by connection, transaction and number. */
  readonly #early = new BoundedMap<string, FileTransferred>(FLOWS_MAX);
  #pending: WireMessage[] = [];
  /** Servers' addresses whose MTA's log was seen to tell of the same message. */
  #covered = new Set<string>();

  constructor(setting: WireMailSetting) {
    this.#setting = setting;
  }

  get evicted(): number {
    return this.#byFlow.evicted;
  }

  onSmtp(event: SmtpSeen): void {
    if (event.sender === '' && event.recipients.length === 0 && event.messageId === '') return;
    const message: WireMessage = { event, parts: [], life: null, settled: false };
    const key = `${event.host} ${event.flowId}`;
    const messages = this.#byFlow.touch(key) ?? [];
    if (messages.length === 0) this.#byFlow.set(key, messages);
    if (messages.length >= PER_FLOW_MAX) messages.shift();
    messages.push(message);
    for (const id of event.fileIds) {
      const file = this.#early.peek(id);
      if (file === undefined) continue;
      this.#early.delete(id);
      addPart(message, file);
    }
    for (let at = 0; at < FILES_MAX; at++) {
      const early = earlyKey(event, at);
      const file = this.#early.peek(early);
      if (file === undefined) break;
      this.#early.delete(early);
      addPart(message, file);
    }
    this.#pending.push(message);
  }

  /** Attachments of messages that are settled already come out at once. */
  onFile(event: FileTransferred): MailEvent[] {
    if (!isAttachment(event)) return [];
    const messages = this.#byFlow.peek(`${event.host} ${event.flowId}`) ?? [];
    const message = messages.find(({ event: mail }) =>
      event.fileId !== '' && mail.fileIds.length > 0
        ? mail.fileIds.includes(event.fileId)
        : mail.transaction === event.transaction,
    );
    if (message === undefined) {
      this.#keepEarly(event);
      return [];
    }
    const part = addPart(message, event);
    return part === null || message.life === null ? [] : [attachmentEvent(message, message.life, part)];
  }

  #keepEarly(event: FileTransferred): void {
    if (event.fileId !== '') {
      this.#early.set(event.fileId, event);
      return;
    }
    for (let at = 0; at < FILES_MAX; at++) {
      const key = earlyKey(event, at);
      if (this.#early.peek(key) !== undefined) continue;
      this.#early.set(key, event);
      return;
    }
  }

  /** The transactions of one connection, as one sensor numbers connections. */
  inFlow(sensor: string, flowId: string): readonly WireMessage[] {
    return flowId === '' ? [] : (this.#byFlow.peek(`${sensor} ${flowId}`) ?? []);
  }

  /** Settles what has waited long enough at `time`; `Infinity` settles all. */
  advance(time: number): MailEvent[] {
    const first = this.#pending[0];
    if (first === undefined) return [];
    if (first.event.time + WAIT_MS > time && this.#pending.length <= PENDING_MAX) return [];
    const events: MailEvent[] = [];
    const left: WireMessage[] = [];
    for (const message of this.#pending) {
      if (message.event.time + WAIT_MS > time && this.#pending.length <= PENDING_MAX) left.push(message);
      else events.push(...this.#settle(message));
    }
    this.#pending = left;
    return events;
  }

  #settle(message: WireMessage): MailEvent[] {
    message.settled = true;
    const { event } = message;
    const logged = this.#loggedAs(event);
    if (logged !== null) {
      message.life = { host: logged.host, queueId: logged.queueId };
      return this.#attachments(message);
    }
    if (this.isCovered(event) || !isAccepted(event, this.#setting.looks(event.host))) return [];
    const owner = this.#setting.addresses.ownerOf(event.destinationAddress, event.time);
    const host = owner?.host ?? event.destinationAddress;
    message.life = { host, queueId: wireIdOf(event.flowId, event.transaction) };
    const life = lifeEvents(event, message.life);
    const first = life.findIndex(each => each.kind === 'mail.delivered');
    const fates = first < 0 ? life.length : first;
    // What is in a message is known when its delivery is told.
    return [...life.slice(0, fates), ...this.#attachments(message), ...life.slice(fates)];
  }

  #attachments(message: WireMessage): MailEvent[] {
    const { life, event, parts } = message;
    if (life === null) return [];
    const found = parts.map(part => attachmentEvent(message, life, part));
    for (const name of event.attachmentNames) {
      if (parts.some(part => part.name === name)) continue;
      const part = { name, type: '', sizeBytes: -1, sha256: '', time: event.time, ref: event.ref };
      found.push(attachmentEvent(message, life, part));
    }
    return found;
  }

  /** The same message in the log of an MTA here. */
  #loggedAs(event: SmtpSeen): Message | null {
    const { mail, addresses, mailHosts } = this.#setting;
    const said = nextIdIn(event.lastReply);
    for (const host of mailHosts()) {
      const named = said === '' ? undefined : mail.message(host, said);
      const arrived =
        named !== undefined && isNear(named, event) && named.clientAddress === event.sourceAddress
          ? named
          : mail
              .receivedBetween(host, event.time - BEFORE_MS, event.time + WAIT_MS)
              .find(each => each.clientAddress === event.sourceAddress && isSameId(each, event));
      if (arrived === undefined) continue;
      addresses.vote(event.destinationAddress, host, event.time);
      this.#covered.add(event.destinationAddress);
      return arrived;
    }
    const sender = addresses.ownerOf(event.sourceAddress, event.time)?.host ?? '';
    if (sender === '' || event.messageId === '') return null;
    const from = event.time - BEFORE_MS * 60;
    const own = [
      ...mail.receivedBetween(sender, from, event.time + BEFORE_MS),
      ...mail.submittedBetween(sender, from, event.time + BEFORE_MS, -1),
    ];
    return own.find(each => isSameId(each, event)) ?? null;
  }

  /** True when an MTA's log tells, or would tell, of this transaction: at its server, or where it was sent from. */
  isCovered(event: { sourceAddress: string; destinationAddress: string; time: number }): boolean {
    const { mail, addresses, mailHosts } = this.#setting;
    if (this.#covered.has(event.destinationAddress)) return true;
    const hosts = mailHosts();
    const server = addresses.ownerOf(event.destinationAddress, event.time);
    if (server !== null && hosts.includes(server.host)) return true;
    // What our own machines send is told by what is known of them, not as somebody's arriving mail.
    if (addresses.ownerOf(event.sourceAddress, event.time) !== null) return true;
    return hosts.some(host =>
      mail
        .receivedBetween(host, event.time - BEFORE_MS, event.time + WAIT_MS)
        .some(each => each.clientAddress === event.sourceAddress),
    );
  }

  snapshot(): WireMailData {
    return {
      byFlow: this.#byFlow.snapshot(),
      early: this.#early.snapshot(),
      pending: this.#pending,
      covered: this.#covered,
    };
  }

  restore(from: WireMailData): void {
    this.#byFlow.restore(from.byFlow);
    this.#early.restore(from.early);
    this.#pending = [...from.pending];
    this.#covered = from.covered;
  }
}

const earlyKey = (event: SmtpSeen | FileTransferred, at: number): string =>
  `${event.host} ${event.flowId} ${event.transaction} ${at}`;

const isNear = (message: Message, event: SmtpSeen): boolean => Math.abs(message.firstTime - event.time) <= WAIT_MS * 10;

const isSameId = (message: Message, event: SmtpSeen): boolean =>
  event.messageId !== '' && bare(message.messageId) === bare(event.messageId);

const bare = (id: string): string => (id.startsWith('<') && id.endsWith('>') ? id.slice(1, -1) : id);

/**
 * A message went over, and was not refused: an answer that was not seen is no refusal. A sensor that looks into messages
 * has seen one; of the others the answer alone tells, and a farewell (221) is no answer to a message.
 */
function isAccepted(event: SmtpSeen, looks: boolean): boolean {
  const { lastReply } = event;
  if (event.recipients.length === 0 || !(lastReply === '' || lastReply.startsWith('2'))) return false;
  return looks ? event.dataSeen || nextIdIn(lastReply) !== '' : !lastReply.startsWith('221');
}

/** Text and containers without a name are the message itself, not something attached to it. */
function isAttachment(event: FileTransferred): boolean {
  const service = event.service.toUpperCase();
  if (service !== 'SMTP' && service !== 'MIME') return false;
  return event.name !== '' || !/^(?:text|multipart|message)\/|^$/.test(event.type);
}

function addPart(message: WireMessage, event: FileTransferred): WirePart | null {
  if (message.parts.length >= FILES_MAX) return null;
  const { name, type, sizeBytes, sha256, time, ref } = event;
  const part = { name, type, sizeBytes, sha256, time, ref };
  message.parts.push(part);
  return part;
}

function attachmentEvent(
  message: WireMessage,
  life: { readonly host: string; readonly queueId: string },
  part: WirePart,
): MailEvent {
  return {
    kind: 'attachment.seen',
    time: part.time,
    order: message.event.order,
    host: life.host,
    ref: part.ref,
    program: 'wire/smtp',
    pid: -1,
    queueId: life.queueId,
    name: part.name,
    declaredType: '',
    sizeBytes: part.sizeBytes,
    sha256: part.sha256,
    messageId: message.event.messageId,
    realType: part.type,
  };
}
