import { BoundedMap } from '../../core/bounded-map.ts';
import type {
  AttachmentSeen,
  MailDelivery,
  MailEvent,
  MailIdentified,
  MailQueued,
  MailReceived,
  MailSubmitted,
} from '../../events/mail-events.ts';
import type { Delivery, MailIdentity, MailState, Message } from './contract.ts';
import type { LearnedDomains } from './domains.ts';
import { type Life, newLife, touchLife, whichLife } from './life.ts';
import { type Delivered, RecentLists } from './recent.ts';

export interface MailStateOptions {
  readonly identity: MailIdentity;
  /** Shared with the identity: see LearnedDomains. */
  readonly domains: LearnedDomains;
  readonly messagesMax?: number;
}

const MESSAGES_MAX = 100_000;
const MAILBOXES_MAX = 100_000;
const RECIPIENTS_MAX = 5_000;
const ATTACHMENTS_MAX = 64;

/**
 * Assembles messages from the lines of all hosts, by (host, queue id), in whatever order the lines come within the lateness.
 *
 * Bounds: 100 000 messages (the oldest go), 1 024 deliveries a mailbox and 100 000 in all, 32 an agent process, 20 000
 * arrivals a host and 100 000 in all, 5 000 recipients and 64 attachments a message. Evictions are counted.
 */
export function createMailState(options: MailStateOptions): MailState {
  return new Mail(options);
}

interface MailData {
  lives: ReturnType<BoundedMap<string, Life>['snapshot']>;
  mailboxes: ReturnType<BoundedMap<string, { delivered: number; lastTime: number }>['snapshot']>;
  boxes: ReturnType<RecentLists<Delivered>['snapshot']>;
  agents: ReturnType<RecentLists<Delivered>['snapshot']>;
  submitted: ReturnType<RecentLists<Message>['snapshot']>;
  received: ReturnType<RecentLists<Message>['snapshot']>;
  domains: ReturnType<LearnedDomains['snapshot']>;
  refused: number;
}

class Mail implements MailState {
  readonly #identity: MailIdentity;
  readonly #domains: LearnedDomains;
  readonly #lives: BoundedMap<string, Life>;
  readonly #mailboxes = new BoundedMap<string, { delivered: number; lastTime: number }>(MAILBOXES_MAX);
  readonly #boxes = new RecentLists<Delivered>(1024, 100_000);
  readonly #agents = new RecentLists<Delivered>(32, 100_000);
  readonly #submitted = new RecentLists<Message>(20_000, 100_000);
  readonly #received = new RecentLists<Message>(20_000, 100_000);
  #refused = 0;

  constructor(options: MailStateOptions) {
    this.#identity = options.identity;
    this.#domains = options.domains;
    this.#lives = new BoundedMap(options.messagesMax ?? MESSAGES_MAX);
  }

  get localDomains(): ReadonlySet<string> {
    return this.#domains.local;
  }

  get mailboxes(): ReadonlyMap<string, { delivered: number; lastTime: number }> {
    return this.#mailboxes.entries;
  }

  push(event: MailEvent): void {
    if (event.queueId === '') return;
    switch (event.kind) {
      case 'mail.received':
        return this.#on(event, this.#receive);
      case 'mail.submitted':
        return this.#on(event, this.#submit);
      case 'mail.identified':
        return this.#on(event, this.#identify);
      case 'mail.queued':
        return this.#on(event, this.#queue);
      case 'attachment.seen':
        return this.#on(event, this.#attach);
      case 'mail.removed':
        return this.#on(event, this.#remove);
      case 'mail.delivered':
      case 'mail.deferred':
      case 'mail.bounced':
      case 'mail.expired':
        return this.#on(event, this.#deliver);
      case 'mail.connected':
      case 'mail.disconnected':
      case 'mail.rejected':
      case 'mail.notice':
        return;
      default:
        event satisfies never;
    }
  }

  message(host: string, queueId: string): Message | undefined {
    return this.#lives.peek(keyOf(host, queueId));
  }

  deliveredTo(mailbox: string, from: number, to: number, max: number): readonly Delivered[] {
    const list = this.#boxes.get(mailbox);
    const found: Delivered[] = [];
    for (let i = list.length - 1; i >= 0; i--) {
      const each = list[i] as Delivered;
      if (each.delivery.time >= from && each.delivery.time <= to) found.push(each);
    }
    found.sort((a, b) => b.delivery.time - a.delivery.time);
    return found.slice(0, max);
  }

  deliveryByAgent(host: string, pid: number, time: number, toleranceMs: number, mailbox = ''): Delivered | undefined {
    let best: Delivered | undefined;
    let distance = toleranceMs;
    for (const each of this.#agents.get(keyOf(host, String(pid)))) {
      const away = Math.abs(each.delivery.time - time);
      if (away > distance || (away === distance && best !== undefined)) continue;
      if (mailbox !== '' && each.delivery.mailbox !== mailbox) continue;
      best = each;
      distance = away;
    }
    return best;
  }

  submittedBetween(host: string, from: number, to: number, uid: number): readonly Message[] {
    const found = between(this.#submitted.get(host), from, to);
    return uid < 0 ? found : found.filter(message => message.submittedByUid === uid);
  }

  receivedBetween(host: string, from: number, to: number): readonly Message[] {
    return between(this.#received.get(host), from, to);
  }

  evictions(): number {
    const lists = this.#boxes.evicted + this.#agents.evicted + this.#submitted.evicted + this.#received.evicted;
    return this.#lives.evicted + this.#mailboxes.evicted + lists + this.#domains.evicted + this.#refused;
  }

  snapshot(): MailData {
    return {
      lives: this.#lives.snapshot(),
      mailboxes: this.#mailboxes.snapshot(),
      boxes: this.#boxes.snapshot(),
      agents: this.#agents.snapshot(),
      submitted: this.#submitted.snapshot(),
      received: this.#received.snapshot(),
      domains: this.#domains.snapshot(),
      refused: this.#refused,
    };
  }

  restore(data: unknown): void {
    const from = data as MailData;
    this.#lives.restore(from.lives);
    this.#mailboxes.restore(from.mailboxes);
    this.#boxes.restore(from.boxes);
    this.#agents.restore(from.agents);
    this.#submitted.restore(from.submitted);
    this.#received.restore(from.received);
    this.#domains.restore(from.domains);
    this.#refused = from.refused;
  }

  /** Finds or begins the life that the event belongs to. */
  #on<E extends MailEvent>(event: E, apply: (this: Mail, life: Life, event: E) => void): void {
    const key = keyOf(event.host, event.queueId);
    let life = this.#lives.peek(key);
    if (life !== undefined) {
      const which = whichLife(life, event);
      if (which === 'earlier') return;
      if (which === 'new') life = undefined;
    }
    if (life === undefined) {
      life = newLife(event);
      this.#lives.set(key, life);
    }
    touchLife(life, event.time);
    apply.call(this, life, event);
  }

  #receive(life: Life, event: MailReceived): void {
    if (event.originQueueId !== '') {
      life.originQueueId = event.originQueueId;
      life.origin = originOf(event.program);
    }
    // A link alone (a notification, a forwarded copy) is no arrival from a client.
    if (event.clientAddress === '' && event.clientName === '' && event.originQueueId !== '') {
      this.#arrive(life, event);
      return;
    }
    const first = Number.isNaN(life.arrivalTime);
    life.clientName = event.clientName;
    life.clientAddress = event.clientAddress;
    if (event.saslUser !== '') life.saslUser = event.saslUser;
    this.#arrive(life, event);
    if (!first) return;
    this.#received.add(event.host, life);
    if (isLoopback(event.clientAddress)) this.#submitted.add(event.host, life);
  }

  #submit(life: Life, event: MailSubmitted): void {
    const first = !life.submitted;
    life.submitted = true;
    life.submittedByUid = event.uid;
    if (!life.senderKnown) life.sender = event.sender;
    this.#arrive(life, event);
    if (first) this.#submitted.add(event.host, life);
  }

  #arrive(life: Life, event: MailReceived | MailSubmitted): void {
    if (event.time >= life.arrivalTime) return;
    life.arrivalTime = event.time;
    life.refs.arrival = event.ref;
  }

  #identify(life: Life, event: MailIdentified): void {
    if (event.resent && life.messageId !== '') return;
    life.messageId = event.messageId;
    life.refs.identified = event.ref;
  }

  #queue(life: Life, event: MailQueued): void {
    life.sender = event.sender;
    life.senderKnown = true;
    life.sizeBytes = event.sizeBytes;
    life.recipientCount = event.recipientCount;
    if (life.refs.queued === null) life.refs.queued = event.ref;
  }

  #attach(life: Life, event: AttachmentSeen): void {
    if (life.attachments.length >= ATTACHMENTS_MAX) {
      this.#refused += 1;
      return;
    }
    const { name, declaredType, sizeBytes, sha256, ref } = event;
    life.attachments.push({ name, declaredType, sizeBytes, sha256, ref });
  }

  #remove(life: Life, event: MailEvent): void {
    life.removed = true;
    life.removedTime = event.time;
  }

  #deliver(life: Life, event: MailDelivery): void {
    if (event.recipient === '') {
      // The queue manager gave the message up: whoever has not got it will not.
      for (const delivery of life.deliveries.values()) if (delivery.status === 'deferred') delivery.status = 'expired';
      return;
    }
    const agent = event.program.slice(event.program.lastIndexOf('/') + 1);
    if (event.kind === 'mail.delivered') this.#learn(event, agent);
    const status = event.kind.slice(5) as Delivery['status'];
    let delivery = life.deliveries.get(event.recipient);
    const wasDelivered = delivery?.status === 'delivered';
    if (delivery === undefined) {
      if (life.deliveries.size >= RECIPIENTS_MAX) {
        this.#refused += 1;
        return;
      }
      delivery = {
        recipient: event.recipient,
        originalRecipient: event.originalRecipient,
        mailbox: this.#identity.mailboxOf(event.recipient),
        status,
        channel: event.channel,
        relay: event.relay,
        agentPid: event.pid,
        agent,
        time: event.time,
        delaySeconds: event.delaySeconds,
        attempts: 1,
        ref: event.ref,
      };
      life.deliveries.set(event.recipient, delivery);
    } else {
      delivery.attempts += 1;
      if (event.time < delivery.time || (wasDelivered && status !== 'delivered')) return;
      delivery.status = status;
      delivery.channel = event.channel;
      delivery.relay = event.relay;
      delivery.agentPid = event.pid;
      delivery.agent = agent;
      delivery.time = event.time;
      delivery.delaySeconds = event.delaySeconds;
      delivery.ref = event.ref;
    }
    if (event.pid >= 0) this.#agents.add(keyOf(event.host, String(event.pid)), { message: life, delivery });
    if (status !== 'delivered' || wasDelivered || (event.channel !== 'mailbox' && event.channel !== 'command')) return;
    this.#boxes.add(delivery.mailbox, { message: life, delivery });
    const counts = this.#mailboxes.touch(delivery.mailbox);
    if (counts === undefined) this.#mailboxes.set(delivery.mailbox, { delivered: 1, lastTime: event.time });
    else {
      counts.delivered += 1;
      counts.lastTime = Math.max(counts.lastTime, event.time);
    }
  }

  #learn(event: MailDelivery, agent: string): void {
    const domain = event.recipient.slice(event.recipient.lastIndexOf('@') + 1).toLowerCase();
    if (domain === '' || domain.length === event.recipient.length) return;
    if (agent === 'local') this.#domains.learn(domain, 'account');
    else if (event.channel === 'mailbox') this.#domains.learn(domain, 'virtual');
  }
}

const keyOf = (host: string, id: string): string => `${host}\u0000${id}`;

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

function originOf(program: string): Message['origin'] {
  if (program.endsWith('/bounce') || program.endsWith('/defer') || program.endsWith('/trace')) return 'notification';
  return program.endsWith('/local') ? 'forwarded' : 're-injected';
}

/** Lists are in the order in which arrivals were told, which strays from the order of time by the lateness at most. */
const TOLD_LATE_MS = 600_000;

function between(list: readonly Message[], from: number, to: number): Message[] {
  const found: Message[] = [];
  for (let i = list.length - 1; i >= 0; i--) {
    const message = list[i] as Message;
    if (message.firstTime < from - TOLD_LATE_MS) break;
    if (message.firstTime >= from && message.firstTime <= to) found.push(message);
  }
  return found.sort((a, b) => a.firstTime - b.firstTime || (a.queueId < b.queueId ? -1 : 1));
}
