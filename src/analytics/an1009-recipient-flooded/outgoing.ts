import { isLoopback } from '../../core/loopback.ts';
import { flatText } from '../../core/text-pool.ts';
import { DAY_MS } from '../../core/time.ts';
import type { MailDelivery, MailQueued } from '../../events/mail-events.ts';
import type { Message } from '../../state/mail/contract.ts';
import { Generations } from '../../state/mail/generations.ts';
import { type Aged, PairGenerations } from '../../state/mail/pair-generations.ts';
import type { World } from '../../state/world.ts';

interface Sent {
  times: number[];
  counts: number[];
}

const BOXES_MAX = 20_000;
const PAIRS_MAX = 20_000;
const TIMES_MAX = 400;
/** Bounces of a mailing come back for as long as queues live. */
const BOUNCE_AGE_MS = 5 * DAY_MS;

/**
 * What mailboxes themselves sent: how many recipients (bounces of one's own newsletter are no attack), and to whom (two
 * answering machines that write to each other are a loop). Only mail that was handed in from inside counts, as anybody can
 * write any sender's name.
 */
export class Outgoing {
  readonly #boxes = new Generations<string, Sent>(BOXES_MAX);
  /** By mailbox and address. */
  readonly #pairs = new PairGenerations<Sent & Aged>(PAIRS_MAX);

  get evicted(): number {
    return this.#boxes.evicted + this.#pairs.evicted;
  }

  onQueued(event: MailQueued, world: World): void {
    // Exim tells the number of recipients only when asked to: then each delivery is one.
    if (event.recipientCount < 0) return;
    const message = world.mail.message(event.host, event.queueId);
    const box = message === undefined ? '' : senderBox(message, world);
    if (box !== '') this.#sentBy(box, event.time, event.recipientCount);
  }

  onDelivered(event: MailDelivery, message: Message | undefined, world: World): void {
    const box = message === undefined ? '' : senderBox(message, world);
    if (box === '') return;
    if (message?.recipientCount === -1) this.#sentBy(box, event.time, 1);
    const address = (event.originalRecipient === '' ? event.recipient : event.originalRecipient).toLowerCase();
    if (address === '') return;
    const sent = this.#pairs.touch(box, address);
    if (sent === undefined)
      this.#pairs.add(box, flatText(address), { generation: 0, times: [event.time], counts: [1] });
    else add(sent, event.time, 1);
  }

  /** Recipients that the mailbox wrote to in the days before `time`. */
  recipientsBefore(mailbox: string, time: number): number {
    return sumOf(this.#boxes.peek(mailbox), time - BOUNCE_AGE_MS, time);
  }

  /** Messages from the mailbox to one address in a span of time. */
  repliesTo(mailbox: string, address: string, from: number, to: number): number {
    return sumOf(this.#pairs.peek(mailbox, address), from, to);
  }

  /** The mailbox wrote to the address in the days before: what comes from there is an answer. */
  hasWrittenTo(mailbox: string, address: string, time: number): boolean {
    return this.repliesTo(mailbox, address, time - BOUNCE_AGE_MS, time - 1) > 0;
  }

  #sentBy(box: string, time: number, count: number): void {
    const sent = this.#boxes.touch(box);
    if (sent === undefined) this.#boxes.set(box, { times: [time], counts: [count] });
    else add(sent, time, count);
  }

  snapshot() {
    return { boxes: this.#boxes.snapshot(), pairs: this.#pairs.snapshot() };
  }

  restore(data: ReturnType<Outgoing['snapshot']>): void {
    this.#boxes.restore(data.boxes);
    this.#pairs.restore(data.pairs);
  }
}

/** Whose mailbox sent the message, '' when it came from outside. */
function senderBox(message: Message, world: World): string {
  if (message.submittedByUid >= 0) {
    const user = world.identity.userName(message.submittedByUid);
    if (user !== '') return world.identity.mailboxOf(user);
  }
  const inside = message.submitted || message.saslUser !== '' || isLoopback(message.clientAddress);
  return inside && message.sender !== '' ? world.identity.mailboxOf(message.sender) : '';
}

function add(sent: Sent, time: number, count: number): void {
  sent.times.push(time);
  sent.counts.push(count);
  if (sent.times.length <= TIMES_MAX) return;
  // Pairs of neighbours become one: the sum stays, the time gets coarser.
  const times: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < sent.times.length; i += 2) {
    times.push(sent.times[i] as number);
    counts.push((sent.counts[i] as number) + (sent.counts[i + 1] ?? 0));
  }
  sent.times = times;
  sent.counts = counts;
}

function sumOf(sent: Sent | undefined, from: number, to: number): number {
  if (sent === undefined) return 0;
  let sum = 0;
  for (let i = 0; i < sent.times.length; i++) {
    const time = sent.times[i] as number;
    if (time >= from && time <= to) sum += sent.counts[i] as number;
  }
  return sum;
}
