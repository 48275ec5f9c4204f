import { isLoopback } from '../../core/loopback.ts';
import type { Untrusted } from '../../core/untrusted.ts';
import type { Delivery, Message } from './contract.ts';
import { deliveriesOf, deliveryCount } from './deliveries.ts';
import { isFilterId, type Life } from './life.ts';
import { isDeliveryId, mayBeHost } from './next-hop.ts';
import { isStoreId } from './store-id.ts';

/** Clocks of hosts differ, and stamps have whole seconds. */
export const SKEW_MS = 60_000;
/** No queue keeps a message for longer than this (Postfix maximal_queue_lifetime, Sendmail and Exim alike: four or five days). */
const QUEUE_MS = 6 * 86_400_000;
/** Each host adds headers, and a filter adds some: the same message never gets smaller than by line ends, nor larger than this. */
const SMALLER_BYTES_MAX = 256;
const LARGER_BYTES_MAX = 16_384;

/** Recipients that are looked at to compare messages. */
const RECIPIENTS_MAX = 64;

export function someOf(message: Message): Delivery[] {
  const found: Delivery[] = [];
  for (const each of deliveriesOf(message)) {
    if (found.length >= RECIPIENTS_MAX) break;
    found.push(each);
  }
  return found;
}

export const keyOf = (host: string, id: string): string => `${host}\u0000${id}`;

export const isKnownId = (id: Untrusted): boolean => id !== '' && id !== '<>';

export const differ = (a: Message, b: Message): boolean =>
  isKnownId(a.messageId) && isKnownId(b.messageId) && a.messageId !== b.messageId;

/** Ids of programs beside the MTA: a message goes from its queue to them, and never on by their ids. */
const isAside = (queueId: string): boolean => isDeliveryId(queueId) || isFilterId(queueId) || isStoreId(queueId);

/** `life` may be what became of `other`: it began while that one was in its queue, and not before it. */
export function isEarlier(other: Life, life: Life): boolean {
  if (other.host === life.host) return goesOnHere(other, life);
  if (isAside(other.queueId)) return false;
  const end = Number.isNaN(other.removedTime) ? other.firstTime + QUEUE_MS : other.removedTime;
  if (life.firstTime > end + SKEW_MS) return false;
  if (isDeliveryId(life.queueId)) return isNamed(other, life) && life.firstTime >= other.firstTime - SKEW_MS;
  // It came from there itself, or lies in a mailbox already.
  if (isLoopback(life.clientAddress) || mayBeHost(other.clientName, life.host) || isAtItsEnd(other)) return false;
  return isNamed(other, life) ? life.firstTime >= other.firstTime - SKEW_MS : life.firstTime > other.firstTime;
}

/**
 * On one host there is one clock, and a message goes on by itself only to delivery software, filters and stores. Others begin
 * anew when they are handed in again: by a filter behind Postfix's pipe(8), or by delivery software that redirects. Nothing
 * else with the same Message-ID is the same message: whoever floods a mailbox may well send one Message-ID throughout.
 */
function goesOnHere(other: Life, life: Life): boolean {
  const first = other.firstTime;
  if (isAside(life.queueId)) {
    const end = Number.isNaN(other.removedTime) ? first + QUEUE_MS : other.removedTime;
    return !isAside(other.queueId) && life.firstTime >= first - 1000 && life.firstTime <= end + SKEW_MS;
  }
  if (!isHandedIn(life)) return false;
  return someOf(other).some(each => {
    if (each.status !== 'delivered' || life.firstTime < first || Math.abs(life.firstTime - each.time) > SKEW_MS)
      return false;
    if (isDeliveryId(other.queueId)) return each.channel === 'relay';
    return isPipe(each) && !someOf(life).some(own => isPipe(own) && own.relay === each.relay);
  });
}

const isHandedIn = (life: Life): boolean => life.submitted || isLoopback(life.clientAddress);

/** Postfix's pipe(8) to a service that is no mailbox. */
export const isPipe = (delivery: Delivery): boolean => delivery.agent === 'pipe' && delivery.channel === 'command';

const isAtItsEnd = (other: Life): boolean =>
  deliveryCount(other) > 0 && someOf(other).every(each => each.status === 'delivered' && each.channel === 'mailbox');

/** One of the hosts names the other: as its client, or as the relay it gave a message to. */
function isNamed(other: Life, life: Life): boolean {
  if (mayBeHost(life.clientName, other.host)) return true;
  for (const { relay } of someOf(other)) if (mayBeHost(relay, life.host)) return true;
  return false;
}

/** Sender, size and recipients, as far as both are known. */
export function agree(other: Life, life: Life): boolean {
  if (other.senderKnown && life.senderKnown && other.sender.toLowerCase() !== life.sender.toLowerCase()) return false;
  if (other.sizeBytes >= 0 && life.sizeBytes >= 0) {
    const more = life.sizeBytes - other.sizeBytes;
    if (more < -SMALLER_BYTES_MAX || more > LARGER_BYTES_MAX) return false;
  }
  return recipientsMeet(other, life);
}

/** True also where one has no recipients yet, or too many to compare. */
export function recipientsMeet(before: Message, after: Message): boolean {
  const counts = [deliveryCount(before), deliveryCount(after)] as const;
  if (Math.min(...counts) === 0 || Math.max(...counts) > RECIPIENTS_MAX) return true;
  const given = new Set(namesGiven(before));
  return namesTaken(after).some(name => given.has(name));
}

/** For whom a message went on: delivery software gives on only what it redirects. */
const namesGiven = (message: Message): string[] =>
  someOf(message)
    .filter(each => !isDeliveryId(message.queueId) || each.channel === 'relay')
    .flatMap(namesOf);

/** For whom a message came: what delivery software redirects came for its user, whom it names as the original recipient. */
const namesTaken = (message: Message): string[] =>
  someOf(message).flatMap(each =>
    isDeliveryId(message.queueId) && each.channel === 'relay' ? [each.originalRecipient.toLowerCase()] : namesOf(each),
  );

/** A delivery's recipient in all ways that another program may name it: folded, as written, before an alias, the account alone. */
function namesOf({ mailbox, recipient, originalRecipient }: Delivery): string[] {
  const names = [mailbox, recipient.toLowerCase(), localOf(mailbox)];
  if (originalRecipient !== '') names.push(originalRecipient.toLowerCase());
  return names;
}

const localOf = (address: string): string =>
  address.slice(0, address.includes('@') ? address.lastIndexOf('@') : undefined);

/** Of several that fit: one that came from outside, then the first. */
export function isLikelier(a: Life, b: Life): boolean {
  const handedIn = isHandedIn(a);
  if (handedIn !== isHandedIn(b)) return !handedIn;
  if (a.firstTime !== b.firstTime) return a.firstTime < b.firstTime;
  return keyOf(a.host, a.queueId) < keyOf(b.host, b.queueId);
}

/** Another id is known to have taken what went to this recipient. */
export function isServed(other: Life, life: Life): boolean {
  const names = new Set(namesTaken(life));
  return someOf(other).some(
    each =>
      each.next !== '' &&
      each.next !== life.queueId &&
      (names.size === 0 || namesOf(each).some(name => names.has(name))),
  );
}
