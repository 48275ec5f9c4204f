import { flatText } from '../../core/text-pool.ts';
import type { Untrusted } from '../../core/untrusted.ts';
import type { Delivery, Hop, Leg, Message } from './contract.ts';
import { deliveriesOf } from './deliveries.ts';
import { Generations } from './generations.ts';
import { isFilterId, type Life } from './life.ts';
import type { Lives } from './lives.ts';
import { isDeliveryId, isLocalRelay, mayBeHost } from './next-hop.ts';
import {
  agree,
  differ,
  isEarlier,
  isKnownId,
  isLikelier,
  isServed,
  keyOf,
  recipientsMeet,
  SKEW_MS,
  someOf,
} from './same-message.ts';

interface Handoff {
  readonly life: Life;
  readonly delivery: Delivery;
}

export interface JourneysData {
  handoffs: ReturnType<Generations<string, Handoff[]>['snapshot']>;
  byMessageId: ReturnType<Generations<string, Life | Life[]>['snapshot']>;
  children: ReturnType<Generations<string, Life[]>['snapshot']>;
  refused: number;
}

const PER_KEY_MAX = 64;
const HOPS_MAX = 8;
const LEGS_MAX = 32;
/** A client may take so long to hand one message over. */
const TRANSACTION_MS = 1_800_000;

/**
 * One message under several ids: handed from queue to queue, through filters, from host to host, and to delivery software.
 *
 * Surest first, a leg is joined to the one before it: by the MTA's own word (forwarded, handed back by a filter); by the id
 * that the next one gave in its answer; by Message-ID. Anybody can write any Message-ID, and a server may answer what it
 * likes: so two Message-IDs never join, and one joins only where time, sender, recipients and size agree as far as they
 * are known, and where the hosts name each other or the message lies on one host. What does not agree stays apart.
 *
 * Bounds: as many keys as messages are kept, 64 legs a key, 8 hops, 32 legs a journey.
 */
export class Journeys {
  readonly #lives: Lives;
  /** By the id that the next one gave. */
  readonly #handoffs: Generations<string, Handoff[]>;
  readonly #byMessageId: Generations<string, Life | Life[]>;
  /** By host and queue id that another came out of. */
  readonly #children: Generations<string, Life[]>;
  #refused = 0;

  constructor(lives: Lives, messagesMax: number) {
    this.#lives = lives;
    this.#handoffs = new Generations(messagesMax);
    this.#byMessageId = new Generations(messagesMax);
    this.#children = new Generations(messagesMax);
  }

  get evicted(): number {
    return this.#refused;
  }

  identified(life: Life): void {
    if (!isKnownId(life.messageId)) return;
    const known = this.#byMessageId.touch(life.messageId);
    if (known === undefined) this.#byMessageId.add(life.messageId, life);
    if (known === undefined || known === life) {
      life.namesakes = life;
      return;
    }
    const list = Array.isArray(known) ? known : [known];
    if (!Array.isArray(known)) {
      // A later line may have given it another id.
      if (known.messageId === life.messageId) known.namesakes = list;
      this.#byMessageId.set(life.messageId, list);
    }
    life.namesakes = list;
    if (!list.includes(life)) this.#push(list, life);
  }

  cameOutOf(life: Life): void {
    this.#add(this.#children, keyOf(life.host, life.originQueueId), life);
  }

  handed(life: Life, delivery: Delivery): void {
    if (delivery.next === '' || delivery.next === life.queueId) return;
    const list = this.#handoffs.touch(delivery.next);
    if (list === undefined) this.#handoffs.set(delivery.next, [{ life, delivery }]);
    else if (!list.some(each => each.life === life)) this.#push(list, { life, delivery });
  }

  /**
   * A delivery under an id that only the Message-ID joins to the one before: no other may be taken for the same. Many
   * messages with one Message-ID stay as many.
   */
  claim(life: Life, delivery: Delivery): void {
    if (this.#byOrigin(life) !== null || this.#byAnswer(life) !== null) return;
    const before = this.#byId(life)?.message as Life | undefined;
    if (before === undefined) return;
    before.claims ??= new Map();
    if (!before.claims.has(delivery.mailbox)) before.claims.set(delivery.mailbox, nameOf(life));
  }

  /** Lives of this Message-ID. */
  alike(messageId: Untrusted): readonly Life[] {
    const known = isKnownId(messageId) ? this.#byMessageId.peek(messageId) : undefined;
    return known === undefined ? NONE : listOf(known);
  }

  /** A life of this Message-ID on the same host that lay in a mailbox for `layMs` when this one began. */
  inMailboxBefore(life: Message, layMs: number): { message: Message; delivery: Delivery } | null {
    for (const message of this.alike(life.messageId)) {
      if (message === life || message.host !== life.host) continue;
      for (const delivery of deliveriesOf(message)) {
        const isKept = delivery.status === 'delivered' && delivery.channel === 'mailbox';
        if (isKept && delivery.time + layMs <= life.firstTime) return { message, delivery };
      }
    }
    return null;
  }

  before(life: Life): Hop | null {
    if (life.origin === 'notification') return null;
    return this.#byOrigin(life) ?? this.#byAnswer(life) ?? this.#byId(life);
  }

  root(life: Life): Life {
    let root = life;
    for (let i = 0; i < HOPS_MAX; i++) {
      const hop = this.before(root);
      if (hop === null || hop.message === life) break;
      root = hop.message as Life;
    }
    return root;
  }

  /** Lives of this Message-ID that come right after this one. */
  after(life: Life): readonly Life[] {
    return this.alike(life.messageId).filter(each => each !== life && this.before(each)?.message === life);
  }

  /** What filters found that were given the message under this id. */
  filtered(life: Life): readonly Life[] {
    if (this.#children.size === 0) return NONE;
    return (this.#children.peek(keyOf(life.host, life.queueId)) ?? []).filter(each => isFilterId(each.queueId));
  }

  /** All legs of the message from its first queue id on; each comes after the one it came from. */
  legs(life: Life): Leg[] {
    const found: Leg[] = [{ message: this.root(life), from: null }];
    for (let i = 0; i < found.length; i++) {
      const leg = (found[i] as Leg).message as Life;
      for (const next of this.#after(leg)) {
        if (found.length >= LEGS_MAX || found.some(each => each.message === next)) continue;
        const from = this.before(next);
        if (from?.message === leg) found.push({ message: next, from });
      }
    }
    if (!found.some(each => each.message === life)) found.push({ message: life, from: this.before(life) });
    return found;
  }

  snapshot(): JourneysData {
    return {
      handoffs: this.#handoffs.snapshot(),
      byMessageId: this.#byMessageId.snapshot(),
      children: this.#children.snapshot(),
      refused: this.#refused,
    };
  }

  restore(from: JourneysData): void {
    this.#handoffs.restore(from.handoffs);
    this.#byMessageId.restore(from.byMessageId);
    this.#children.restore(from.children);
    this.#refused = from.refused;
  }

  /** What may come after a leg; `before` decides. Oldest first. */
  #after(leg: Life): Life[] {
    const found = [...(this.#children.peek(keyOf(leg.host, leg.queueId)) ?? []), ...this.alike(leg.messageId)];
    for (const { next } of someOf(leg)) if (next !== '') found.push(...this.#lives.everywhere(next));
    return found.sort(
      (a, b) => a.firstTime - b.firstTime || (keyOf(a.host, a.queueId) < keyOf(b.host, b.queueId) ? -1 : 1),
    );
  }

  #byOrigin(life: Life): Hop | null {
    if (life.originQueueId === '' || life.originQueueId === life.queueId) return null;
    const message = this.#lives.peek(life.host, life.originQueueId);
    if (message === undefined || message.firstTime > life.firstTime + SKEW_MS || differ(message, life)) return null;
    const what = isFilterId(life.queueId)
      ? 'the filter names the queue id that it was given'
      : `it is ${life.origin}, and the log names the queue id that it came out of`;
    return { message, strength: 'observed', why: what };
  }

  #byAnswer(life: Life): Hop | null {
    if (this.#handoffs.size === 0) return null;
    let best: (Hop & { away: number }) | null = null;
    for (const { life: giver, delivery } of this.#handoffs.peek(life.queueId) ?? []) {
      if (giver === life || differ(giver, life)) continue;
      const { time, relay } = delivery;
      if (time < life.firstTime - SKEW_MS || time > life.firstTime + TRANSACTION_MS) continue;
      const local = isLocalRelay(relay);
      if (local && giver.host !== life.host) continue;
      const same = isKnownId(life.messageId) && giver.messageId === life.messageId;
      const certain = same || local || mayBeHost(relay, life.host);
      if (!certain && !recipientsMeet(giver, life)) continue;
      const strength = certain ? 'observed' : 'inferred';
      const why = `the answer that ${giver.queueId} got names ${isDeliveryId(life.queueId) ? 'this session' : 'this queue id'}${same ? ', and both have the same Message-ID' : ''}`;
      const away = Math.abs(time - life.firstTime) + (certain ? 0 : TRANSACTION_MS * 2);
      if (best === null || away < best.away) best = { message: giver, strength, why, away };
    }
    return best;
  }

  #byId(life: Life): Hop | null {
    // Most messages are the only one of their id.
    if (life.namesakes === life) return null;
    const namesakes = life.namesakes === null ? this.alike(life.messageId) : listOf(life.namesakes);
    let best: Life | null = null;
    for (const other of namesakes) {
      if (
        other === life ||
        isTaken(other, life) ||
        !isEarlier(other, life) ||
        !agree(other, life) ||
        isServed(other, life)
      )
        continue;
      if (best === null || isLikelier(other, best)) best = other;
    }
    if (best === null) return null;
    const where = best.host === life.host ? 'on the same host' : `on ${best.host}`;
    const why = `the same Message-ID ${where} shortly before, with nothing that speaks against it (sender, recipient, size)`;
    return { message: best, strength: 'inferred', why };
  }

  #add(map: Generations<string, Life[]>, key: string, life: Life): void {
    const list = map.touch(key);
    if (list === undefined) map.set(flatText(key), [life]);
    else if (!list.includes(life)) this.#push(list, life);
  }

  /** The oldest goes first. */
  #push<T>(list: T[], item: T): void {
    list.push(item);
    if (list.length <= PER_KEY_MAX) return;
    list.shift();
    this.#refused += 1;
  }
}

/** Ids are used again: the time tells which life of one is meant. */
const nameOf = (life: Life): string => `${keyOf(life.host, life.queueId)}\u0000${life.firstTime}`;

function isTaken(other: Life, life: Life): boolean {
  if (other.claims === null) return false;
  for (const { mailbox } of someOf(life)) {
    const by = other.claims.get(mailbox);
    if (by !== undefined && by !== nameOf(life)) return true;
  }
  return false;
}

const NONE: readonly Life[] = [];

const listOf = (lives: Life | Life[]): readonly Life[] => (Array.isArray(lives) ? lives : [lives]);
