import type { Untrusted } from '../../core/untrusted.ts';
import type { Delivery } from './contract.ts';
import { deliveriesOf } from './deliveries.ts';
import type { Journeys } from './journeys.ts';
import type { Life, Told } from './life.ts';
import type { Lives } from './lives.ts';
import { isDeliveryId } from './next-hop.ts';
import { isPipe } from './same-message.ts';

/** An address as an MTA names it, and the account as delivery software names it, of one delivery. */
export interface Pair {
  readonly address: Untrusted;
  readonly account: Untrusted;
}

/**
 * Deliveries told twice: by delivery software and the MTA that handed the message over, by two hosts, by the queue before a
 * filter and the one behind it. The first that is told counts. What was told is kept with the messages.
 */
export class Retold {
  readonly #lives: Lives;
  readonly #journeys: Journeys;

  constructor(lives: Lives, journeys: Journeys) {
    this.#lives = lives;
    this.#journeys = journeys;
  }

  /** True when the message was told to be in this mailbox before, under another of its ids; otherwise notes that it is now. */
  isRetold(life: Life, delivery: Delivery): boolean {
    this.#journeys.claim(life, delivery);
    const root = this.#journeys.root(life);
    const { mailbox } = delivery;
    const legs = root === life ? [life] : [life, root];
    legs.push(...this.#after(life, delivery));
    for (const leg of legs) {
      const by = toldBy(leg, mailbox);
      if (by !== undefined && by !== life && this.#isStill(by, root)) return true;
    }
    for (const leg of legs) note(leg, mailbox, life);
    return false;
  }

  /** What was joined by Message-ID may have turned out to be another message since. */
  #isStill(by: Life, root: Life): boolean {
    return by === root || this.#journeys.root(by) === root;
  }

  /** The leg that an MTA logged, of what delivery software told: it knows the sender. */
  mainOf(life: Life): Life {
    return isDeliveryId(life.queueId) ? ((this.#journeys.before(life)?.message as Life | undefined) ?? life) : life;
  }

  /** What the MTA and the delivery software call the one whom this delivery was for. */
  pairsOf(life: Life, delivery: Delivery): Pair[] {
    const pairs: Pair[] = [];
    if (isDeliveryId(delivery.next)) {
      for (const taken of this.#takers(life, delivery))
        for (const { recipient } of deliveriesOf(taken))
          pairs.push({ address: delivery.recipient, account: recipient });
      return pairs;
    }
    const before = this.#journeys.before(life);
    for (const given of before === null ? [] : deliveriesOf(before.message))
      if (given.next === life.queueId) pairs.push({ address: given.recipient, account: delivery.recipient });
    return pairs;
  }

  #after(life: Life, delivery: Delivery): readonly Life[] {
    if (isDeliveryId(delivery.next)) return this.#takers(life, delivery);
    // What a filter behind pipe(8) handed in again may be delivered before this line is written.
    return isPipe(delivery) ? this.#journeys.after(life) : [];
  }

  #takers(life: Life, delivery: Delivery): Life[] {
    return this.#lives.everywhere(delivery.next).filter(each => this.#journeys.before(each)?.message === life);
  }
}

function toldBy(leg: Life, mailbox: string): Life | undefined {
  const { told } = leg;
  if (typeof told === 'string') return told === mailbox ? leg : undefined;
  for (let each = told; each !== null; each = each.next) if (each.mailbox === mailbox) return each.by;
  return undefined;
}

function note(leg: Life, mailbox: string, by: Life): void {
  const { told } = leg;
  if (leg === by && (told === null || told === mailbox)) {
    leg.told = mailbox;
    return;
  }
  const first: Told | null = typeof told === 'string' ? { mailbox: told, by: leg, next: null } : told;
  leg.told = first;
  for (let each = first; each !== null; each = each.next) {
    if (each.mailbox !== mailbox) continue;
    each.by = by;
    return;
  }
  leg.told = { mailbox, by, next: first };
}
