import { BoundedMap } from '../../core/bounded-map.ts';
import { isLoopback } from '../../core/loopback.ts';
import { TextPool } from '../../core/text-pool.ts';
import type {
  AttachmentSeen,
  MailDelivery,
  MailEvent,
  MailIdentified,
  MailJudged,
  MailQueued,
  MailReceived,
  MailSubmitted,
} from '../../events/mail-events.ts';
import type { StoreComparison } from './comparison.ts';
import type { Delivery, Hop, Judgement, Leg, MailIdentity, MailState, Message, MessageAttachment } from './contract.ts';
import { deliveryCount, deliveryTo, putDelivery } from './deliveries.ts';
import type { LearnedDomains } from './domains.ts';
import { Journeys } from './journeys.ts';
import { learnDomain, learnPair } from './learn-domains.ts';
import { isLink, type Life, newLife, show, touchLife, whichLife } from './life.ts';
import { Lives } from './lives.ts';
import { isDeliveryId } from './next-hop.ts';
import { between, type Delivered, nearest, RecentLists } from './recent.ts';
import { Retold } from './retold.ts';
import { keyOf } from './same-message.ts';
import { Sessions } from './sessions.ts';
import type { MailData } from './state-data.ts';
import { compareStored } from './store-comparison.ts';
import { isStoreId } from './store-id.ts';
import { StoredMail } from './stored.ts';
import {
  ATTACHMENTS_MAX,
  addAttachment,
  arrive,
  attach,
  attempt,
  expire,
  identify,
  judged,
  newDelivery,
  originOf,
  queue,
  STATUS,
} from './updates.ts';
import { isWireId } from './wire-id.ts';

export interface MailStateOptions {
  readonly identity: MailIdentity;
  /** Shared with the identity: see LearnedDomains. */
  readonly domains: LearnedDomains;
  readonly messagesMax?: number;
}

const MESSAGES_MAX = 100_000;
const MAILBOXES_MAX = 100_000;
const RECIPIENTS_MAX = 5_000;
/** Filters look at a message when it comes in. */
const FILTERED_MS = 600_000;
/** Deliveries kept a mailbox. */
const BOX_MAX = 1024;

/**
 * Assembles messages from the lines of all hosts, by (host, queue id), in whatever order the lines come within the lateness.
 *
 * Bounds: 100 000 messages (those not heard of for longest go), 1 024 deliveries a mailbox and 100 000 in all, 512 an agent process, 20 000
 * arrivals a host and 100 000 in all, 5 000 recipients and 64 attachments a message. Evictions are counted.
 */
export function createMailState(options: MailStateOptions): MailState {
  return new Mail(options);
}

class Mail implements MailState {
  readonly #identity: MailIdentity;
  readonly #domains: LearnedDomains;
  readonly #lives: Lives;
  readonly #mailboxes = new BoundedMap<string, { delivered: number; lastTime: number }>(MAILBOXES_MAX);
  readonly #boxes = new RecentLists<Delivered>(BOX_MAX, 100_000);
  readonly #agents = new RecentLists<Delivered>(512, 100_000);
  readonly #submitted = new RecentLists<Message>(20_000, 100_000);
  readonly #received = new RecentLists<Message>(20_000, 100_000);
  readonly #stored: StoredMail;
  readonly #sessions = new Sessions();
  readonly #journeys: Journeys;
  readonly #retold: Retold;
  readonly #texts = new TextPool();
  #refused = 0;

  constructor(options: MailStateOptions) {
    this.#identity = options.identity;
    this.#domains = options.domains;
    this.#stored = new StoredMail(options.identity);
    const messagesMax = options.messagesMax ?? MESSAGES_MAX;
    this.#lives = new Lives(messagesMax);
    this.#journeys = new Journeys(this.#lives, messagesMax);
    this.#retold = new Retold(this.#lives, this.#journeys);
  }

  get localDomains(): ReadonlySet<string> {
    return this.#domains.local;
  }

  get mailboxes(): ReadonlyMap<string, { delivered: number; lastTime: number }> {
    return this.#mailboxes.entries;
  }

  push(event: MailEvent): void {
    if (event.kind === 'mail.connected') return this.#sessions.connected(event);
    if (event.kind === 'mailbox.login') return this.#sessions.loggedIn(event);
    if (event.queueId === '') return this.#withoutId(event);
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
        return isStoreId(event.queueId) ? this.#stored.onAttachment(event) : this.#on(event, this.#attach);
      case 'mail.judged':
        return this.#on(event, this.#judge);
      case 'mail.stored':
        return this.#stored.onStored(event);
      case 'mail.removed':
        return this.#on(event, this.#remove);
      case 'mail.delivered':
      case 'mail.deferred':
      case 'mail.bounced':
      case 'mail.expired':
        return this.#on(event, this.#deliver);
      case 'mail.disconnected':
      case 'mail.rejected':
      case 'mailbox.logout':
      case 'mail.notice':
        return;
      default:
        event satisfies never;
    }
  }

  message(host: string, queueId: string): Message | undefined {
    return isStoreId(queueId) ? this.#stored.message(host, queueId) : this.#lives.peek(host, queueId);
  }

  before(message: Message): Hop | null {
    return this.#journeys.before(message as Life);
  }

  rootOf(message: Message): Message {
    return this.#journeys.root(message as Life);
  }

  journeyOf(message: Message): readonly Leg[] {
    return this.#journeys.legs(message as Life);
  }

  judgementsOf(message: Message): readonly Judgement[] {
    const all = this.journeyOf(message).flatMap(leg => leg.message.judgements);
    return all.sort((a, b) => a.time - b.time);
  }

  attachmentsLogged(message: Message): readonly MessageAttachment[] {
    const filtered = this.#journeys.filtered(message as Life);
    if (filtered.length === 0) return message.attachments;
    const found = [...message.attachments];
    for (const { attachments } of filtered) for (const each of attachments) addAttachment(found, each, ATTACHMENTS_MAX);
    return found;
  }

  attachmentsOf(message: Message): readonly MessageAttachment[] {
    const found = [...message.attachments];
    const add = (from: Message): void => {
      if (from === message) return;
      for (const each of from.attachments) addAttachment(found, each, ATTACHMENTS_MAX);
    };
    for (const leg of this.journeyOf(message)) add(leg.message);
    for (const copy of this.#stored.copiesOf(message.messageId)) add(copy);
    return found;
  }

  storeComparison(mailbox: string, from: number, to: number): StoreComparison | null {
    const stored = this.#stored.owners.has(mailbox) ? this.#stored.deliveredTo(mailbox) : null;
    return stored === null ? null : compareStored(this.#boxes.get(mailbox), stored, from, to, BOX_MAX);
  }

  get storeOwners(): ReadonlyMap<string, number> {
    return this.#stored.owners;
  }

  deliveredTo(mailbox: string, from: number, to: number, max: number): readonly Delivered[] {
    const list = this.#boxes.get(mailbox);
    const within = ({ delivery }: Delivered) => delivery.time >= from && delivery.time <= to;
    const found: Delivered[] = list
      .filter(each => !each.delivery.retold && within(each))
      .map(({ message, delivery }) => ({ message: this.#retold.mainOf(message as Life), delivery }))
      .reverse();
    const stored = this.#stored.deliveredTo(mailbox);
    if (stored.length > 0) {
      const logged = new Set(list.map(({ message }) => message.messageId));
      logged.delete('');
      found.push(...stored.filter(each => within(each) && !logged.has(each.message.messageId)));
    }
    found.sort((a, b) => b.delivery.time - a.delivery.time);
    return found.slice(0, max);
  }

  deliveryByAgent(
    host: string,
    pid: number,
    time: number,
    toleranceMs: number,
    mailbox = '',
  ): (Delivered & { alike: number }) | undefined {
    const list = this.#agents.get(keyOf(host, String(pid)));
    return nearest(list, { time, toleranceMs, mailbox }, message => this.#retold.mainOf(message as Life));
  }

  submittedBetween(host: string, from: number, to: number, uid: number): readonly Message[] {
    const found = between(this.#submitted.get(host), from, to);
    return uid < 0 ? found : found.filter(message => message.submittedByUid === uid);
  }

  inMailboxBefore(message: Message, layMs: number): { message: Message; delivery: Delivery } | null {
    return this.#journeys.inMailboxBefore(message, layMs);
  }

  receivedBetween(host: string, from: number, to: number): readonly Message[] {
    return between(this.#received.get(host), from, to);
  }

  evictions(): number {
    const lists = this.#boxes.evicted + this.#agents.evicted + this.#submitted.evicted + this.#received.evicted;
    return (
      this.#lives.evicted +
      this.#mailboxes.evicted +
      lists +
      this.#domains.evicted +
      this.#stored.evicted +
      this.#sessions.evicted +
      this.#journeys.evicted +
      this.#refused
    );
  }

  snapshot(): MailData {
    return {
      lives: this.#lives.data,
      mailboxes: this.#mailboxes.snapshot(),
      boxes: this.#boxes.data,
      agents: this.#agents.data,
      submitted: this.#submitted.data,
      received: this.#received.data,
      domains: this.#domains.snapshot(),
      stored: this.#stored.snapshot(),
      sessions: this.#sessions.snapshot(),
      journeys: this.#journeys.snapshot(),
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
    this.#stored.restore(from.stored);
    this.#sessions.restore(from.sessions);
    this.#journeys.restore(from.journeys);
    this.#refused = from.refused;
  }

  /** Finds or begins the life that the event belongs to. */
  #on<E extends MailEvent>(event: E, apply: (this: Mail, life: Life, event: E) => void): void {
    let life: Life | undefined = this.#lives.touch(event.host, event.queueId);
    if (life !== undefined) {
      const which = whichLife(life, event);
      if (which === 'earlier') return;
      if (which === 'new') life = undefined;
    }
    if (life === undefined) {
      life = newLife(event, this.#texts);
      this.#lives.set(event.host, life.queueId, life);
    }
    touchLife(life, event.time);
    apply.call(this, life, event);
  }

  #receive(life: Life, event: MailReceived): void {
    if (event.originQueueId !== '') {
      life.originQueueId = this.#texts.flat(event.originQueueId);
      life.origin = event.origin ?? originOf(event.program);
      this.#journeys.cameOutOf(life);
    }
    if (isLink(event)) {
      if (life.refShows !== 'arrival') show(life, 'arrival', event.ref);
      return;
    }
    const first = Number.isNaN(life.arrivalTime);
    const session = this.#sessions.of(event.host, event.sessionId);
    const saslUser = event.saslUser || session?.saslUser || '';
    life.clientName = this.#texts.keep(event.clientName || session?.name || '');
    life.clientAddress = this.#texts.keep(event.clientAddress || session?.address || '');
    if (saslUser !== '') life.saslUser = this.#texts.keep(saslUser);
    arrive(life, event);
    if (session?.local === true) life.submitted = true;
    if (!first) return;
    this.#received.add(event.host, life);
    if (life.submitted || isLoopback(life.clientAddress)) this.#submitted.add(event.host, life);
  }

  #submit(life: Life, event: MailSubmitted): void {
    // Of a message that came over the network, the uid told of later is that of whomever its sender claims to be.
    if (event.afterArrival === true && !life.submitted) return;
    const first = !life.submitted;
    life.submitted = true;
    // Exim tells the account's name, where others tell its number.
    const uid = event.uid < 0 && event.user !== '' ? this.#identity.uidOf(event.user) : event.uid;
    if (uid >= 0) life.submittedByUid = uid;
    if (event.user !== '') life.submittedByUser = this.#texts.keep(event.user);
    if (!life.senderKnown && event.sender !== '') life.sender = this.#texts.keep(event.sender);
    if (event.afterArrival !== true) {
      arrive(life, event);
      life.takenByPid = event.pid;
    }
    if (first) this.#submitted.add(event.host, life);
  }

  #queue(life: Life, event: MailQueued): void {
    queue(life, event, this.#texts);
  }

  #identify(life: Life, event: MailIdentified): void {
    identify(life, event, this.#texts);
    this.#journeys.identified(life);
  }

  #judge(life: Life, event: MailJudged): void {
    if (!judged(life, event, 'queue-id')) this.#refused += 1;
  }

  /** A filter that knows no queue id may know the Message-ID: it speaks of the latest such message that is there. */
  #withoutId(event: MailEvent): void {
    if (event.kind !== 'mail.judged' && event.kind !== 'attachment.seen') return;
    let life: Life | undefined;
    for (const each of this.#journeys.alike(event.messageId)) {
      const isHere = each.host === event.host && !isDeliveryId(each.queueId);
      if (isHere && Math.abs(event.time - each.firstTime) <= FILTERED_MS) life = each;
    }
    if (life === undefined) return;
    const kept = event.kind === 'mail.judged' ? judged(life, event, 'message-id') : attach(life, event);
    if (!kept) this.#refused += 1;
  }

  #attach(life: Life, event: AttachmentSeen): void {
    if (!attach(life, event)) this.#refused += 1;
  }

  #remove(life: Life, event: MailEvent): void {
    life.removed = true;
    life.removedTime = event.time;
  }

  #deliver(life: Life, event: MailDelivery): void {
    if (event.recipient === '') return expire(life);
    const agent = event.program.slice(event.program.lastIndexOf('/') + 1);
    if (event.kind === 'mail.delivered') learnDomain(this.#domains, this.#identity, event, agent);
    const status = STATUS[event.kind];
    let delivery = deliveryTo(life, event.recipient);
    const wasDelivered = delivery?.status === 'delivered';
    if (delivery === undefined) {
      if (deliveryCount(life) >= RECIPIENTS_MAX) {
        this.#refused += 1;
        return;
      }
      delivery = newDelivery(event, status, agent, this.#identity.mailboxOf(event.recipient), this.#texts);
      putDelivery(life, delivery);
    } else if (!attempt(delivery, event, status, agent, this.#texts)) return;
    const delivered = { message: life, delivery };
    if (event.pid >= 0) this.#agents.add(keyOf(event.host, String(event.pid)), delivered);
    if (status !== 'delivered' || wasDelivered) return;
    this.#journeys.handed(life, delivery);
    if (isDeliveryId(life.queueId) || isDeliveryId(delivery.next))
      learnPair(this.#domains, this.#retold.pairsOf(life, delivery));
    if (event.channel !== 'mailbox' && event.channel !== 'command' && !isWireId(event.queueId)) return;
    this.#boxes.add(delivery.mailbox, delivered);
    delivery.retold = this.#retold.isRetold(life, delivery);
    if (delivery.retold) return;
    const counts = this.#mailboxes.touch(delivery.mailbox);
    if (counts === undefined) this.#mailboxes.set(delivery.mailbox, { delivered: 1, lastTime: event.time });
    else {
      counts.delivered += 1;
      counts.lastTime = Math.max(counts.lastTime, event.time);
    }
  }
}
