import { TextPool } from '../../core/text-pool.ts';
import type { AttachmentSeen, MailStored } from '../../events/mail-events.ts';
import type { Delivery, MailIdentity, Message } from './contract.ts';
import { putDelivery } from './deliveries.ts';
import { Generations } from './generations.ts';
import { newLife, show } from './life.ts';
import { type Delivered, type RecentData, RecentLists } from './recent.ts';
import { attachmentOf, attachmentsEqual } from './updates.ts';

const MESSAGES_MAX = 200_000;
const COPIES_MAX = 8;
const ATTACHMENTS_MAX = 64;

export interface StoredData {
  lives: ReturnType<Generations<string, Message>['snapshot']>;
  byMessageId: ReturnType<Generations<string, readonly Message[]>['snapshot']>;
  boxes: RecentData<Delivered>;
  owners: Map<string, number>;
  refused: number;
}

/**
 * Messages as they lie in mail stores. Each is a life of its own: it stands beside what an MTA logged of the same message,
 * and is found by message id. Bounds: 200 000 messages, 8 copies a message id, 1 024 a mailbox, 64 attachments a message.
 */
export class StoredMail {
  readonly #identity: MailIdentity;
  readonly #lives = new Generations<string, Message>(MESSAGES_MAX);
  readonly #byMessageId = new Generations<string, readonly Message[]>(MESSAGES_MAX);
  readonly #boxes = new RecentLists<Delivered>(1024, MESSAGES_MAX);
  #owners = new Map<string, number>();
  readonly #texts = new TextPool();
  #refused = 0;

  constructor(identity: MailIdentity) {
    this.#identity = identity;
  }

  /** Messages put into each folded mailbox, as stores hold them. */
  get owners(): ReadonlyMap<string, number> {
    return this.#owners;
  }

  get evicted(): number {
    return this.#lives.evicted + this.#byMessageId.evicted + this.#boxes.evicted + this.#refused;
  }

  message(host: string, queueId: string): Message | undefined {
    return this.#lives.peek(`${host}\u0000${queueId}`);
  }

  /** What stores hold of a message id, at most COPIES_MAX. */
  copiesOf(messageId: string): readonly Message[] {
    return messageId === '' ? [] : (this.#byMessageId.peek(messageId) ?? []);
  }

  /** Messages delivered into a folded mailbox, oldest first. */
  deliveredTo(mailbox: string): readonly Delivered[] {
    return this.#boxes.get(mailbox);
  }

  onStored(event: MailStored): void {
    const key = `${event.host}\u0000${event.queueId}`;
    if (this.#lives.touch(key) !== undefined) return;
    const life: Message = newLife(event, this.#texts);
    life.messageId = this.#texts.flat(event.messageId);
    life.sender = this.#texts.keep(event.sender);
    life.senderKnown = event.senderKnown;
    life.sizeBytes = event.sizeBytes;
    show(life, 'identified', event.ref);
    life.stored = { box: event.box, folder: event.folder, owner: event.owner, timeFrom: event.timeFrom };
    this.#lives.set(this.#texts.flat(key), life);
    if (event.messageId !== '') {
      const copies = this.#byMessageId.touch(event.messageId) ?? [];
      if (copies.length < COPIES_MAX) this.#byMessageId.set(life.messageId, [...copies, life]);
      else this.#refused += 1;
    }
    if (!event.delivered || event.owner === '') return;
    const delivery = this.#deliveryOf(event);
    putDelivery(life, delivery);
    this.#boxes.add(delivery.mailbox, { message: life, delivery });
    if (this.#owners.size < MESSAGES_MAX || this.#owners.has(delivery.mailbox))
      this.#owners.set(delivery.mailbox, (this.#owners.get(delivery.mailbox) ?? 0) + 1);
  }

  onAttachment(event: AttachmentSeen): void {
    const life = this.message(event.host, event.queueId);
    if (life === undefined) return;
    const attachment = attachmentOf(event);
    if (life.attachments.some(each => attachmentsEqual(each, attachment))) return;
    if (life.attachments.length >= ATTACHMENTS_MAX) this.#refused += 1;
    else life.attachments = [...life.attachments, attachment];
  }

  snapshot(): StoredData {
    return {
      lives: this.#lives.snapshot(),
      byMessageId: this.#byMessageId.snapshot(),
      boxes: this.#boxes.data,
      owners: this.#owners,
      refused: this.#refused,
    };
  }

  restore(from: StoredData): void {
    this.#lives.restore(from.lives);
    this.#byMessageId.restore(from.byMessageId);
    this.#boxes.restore(from.boxes);
    this.#owners = new Map(from.owners);
    this.#refused = from.refused;
  }

  #deliveryOf(event: MailStored): Delivery {
    return {
      recipient: event.recipient === '' ? event.owner : event.recipient,
      originalRecipient: '',
      mailbox: this.#identity.mailboxOf(event.owner),
      status: 'delivered',
      channel: 'mailbox',
      relay: '',
      agentPid: -1,
      agent: event.program,
      time: event.time,
      delaySeconds: -1,
      attempts: 1,
      next: '',
      retold: false,
      ref: event.ref,
    };
  }
}
