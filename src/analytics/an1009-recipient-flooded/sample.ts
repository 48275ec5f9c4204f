import { isLoopback } from '../../core/loopback.ts';
import { domainOf } from '../../core/mail-address.ts';
import { flatText } from '../../core/text-pool.ts';
import type { MailDelivery } from '../../events/mail-events.ts';
import type { Ref } from '../../events/ref.ts';
import type { Delivery, Message, MessageAttachment } from '../../state/mail/contract.ts';
import { isDeliveryId } from '../../state/mail/next-hop.ts';
import type { World } from '../../state/world.ts';
import { originalSender } from './rewritten.ts';
import { writerOf } from './shape.ts';

/** One message that reached, or was meant for, one mailbox. */
export interface Sample {
  readonly time: number;
  /** When the message arrived at its host: its first line, or the delivery's time less its delay where that is earlier. */
  readonly arrived: number;
  readonly host: string;
  readonly queueId: string;
  readonly messageId: string;
  /** Envelope sender, out of what a forwarder or its own server wrapped it into; '' for the null sender, '?' when no line told it. */
  readonly sender: string;
  readonly senderKnown: boolean;
  /** Whose mail it is: the sender, but for bounce addresses that are made anew for each message. */
  readonly writer: string;
  readonly address: string;
  readonly client: string;
  readonly sizeBytes: number;
  /**
   * How it came in. `internal`: by a verified own client, in a name of ours or none; `relayed`: by such a client, in the name of others.
   * `claimed`: the sender's address is ours, nothing else is.
   */
  readonly route: 'submitted' | 'authenticated' | 'internal' | 'relayed' | 'claimed' | 'outside';
  readonly submitterUid: number;
  /** A notification about a message that was handed in from inside. */
  readonly ownNotification: boolean;
  /** More than one recipient: a list or a newsletter, not one target. */
  readonly sharedBy: number;
  readonly attachments: readonly string[];
  /** Each with the name of its algorithm before it. */
  readonly attachmentHashes: readonly string[];
  /** Into a mailbox, to the next host that keeps it, or turned away because the mailbox is full. */
  readonly outcome: 'box' | 'relay' | 'full';
  /** Given on, to another host or to a service that may hand it in again: it counts only where no mailbox is seen. */
  readonly passedOn: boolean;
  /** Told by a local delivery program of a message without Message-ID: nothing can join it to what the MTA logged. */
  readonly unlinked: boolean;
  readonly ref: Ref;
}

/** Handed in by a program or a person of ours, or by an own machine. */
export const isFromInside = ({ route }: Sample): boolean =>
  route === 'submitted' || route === 'authenticated' || route === 'internal';

/** Attachments of one message that are counted. */
const ATTACHMENTS_MAX = 4;

/** Of a network that nobody reaches from outside (RFC 1918, RFC 4193). */
export const isPrivate = (address: string): boolean =>
  /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./.test(address) || /^f[cd][0-9a-f]{2}:/i.test(address);

/** A host or a domain of ours. */
export function isOwnName(name: string, world: World): boolean {
  const lower = name.toLowerCase();
  if (lower === '' || lower === 'unknown') return false;
  for (let at = 0; at >= 0; at = lower.indexOf('.', at + 1)) {
    if (world.mail.localDomains.has(lower.slice(at === 0 ? 0 : at + 1))) return true;
  }
  return false;
}

function routeOf(root: Message, original: string, world: World): Sample['route'] {
  if (root.submitted) return 'submitted';
  if (root.saslUser !== '') return 'authenticated';
  // Loopback is nobody's proof: a proxy or a tunnel brings the whole world from there.
  const isOurs = isOwnName(domainOf(original), world);
  if (!isLoopback(root.clientAddress) && isOwnName(root.clientName, world))
    return isOurs || root.sender === '' ? 'internal' : 'relayed';
  return isOurs ? 'claimed' : 'outside';
}

/** Most messages carry nothing: one list does for them all. */
const NONE: readonly string[] = [];
const orNone = (texts: readonly string[]): readonly string[] => (texts.length === 0 ? NONE : texts);

const hashOf = ({ sha256, sha1 }: MessageAttachment): string =>
  sha256 !== '' ? `sha256 ${sha256}` : sha1 === undefined ? '' : `sha1 ${sha1}`;

/** What is known of the message that an event tells of. */
export interface Told {
  readonly message: Message | undefined;
  /** Where it came in, before filters and other hosts of ours. */
  readonly root: Message | undefined;
  readonly delivery: Delivery | undefined;
}

/** The sample that a delivery makes, or null when it puts nothing into anybody's mailbox. */
export function sampleOf(event: MailDelivery, { message, root, delivery }: Told, world: World): Sample | null {
  const outcome = outcomeOf(event);
  if (outcome === null) return null;
  const sender = root === undefined ? '' : root.sender;
  const known = root?.senderKnown === true || sender !== '';
  // Samples are kept for a day: their texts are those that the message keeps, where they are the same.
  const original = keptAs(sender, originalSender(sender));
  const route = root === undefined ? 'outside' : routeOf(root, original, world);
  if (outcome === 'relay') {
    // Our own people's mail to others, filters on loopback, and what an alias sends away are not floods of a mailbox of ours.
    if (event.originalRecipient !== '' || route === 'submitted' || route === 'authenticated') return null;
    if (event.relay.includes('[127.') || event.relay.includes('[::1]') || event.text.startsWith('forwarded as '))
      return null;
  }
  const envelope = known ? original : '?';
  const address = addressOf(event, delivery);
  const carried = root === undefined ? [] : world.mail.attachmentsLogged(root).slice(0, ATTACHMENTS_MAX);
  return {
    time: event.time,
    arrived: Math.min(
      event.time - Math.max(0, event.delaySeconds) * 1000,
      message?.firstTime ?? event.time,
      root?.firstTime ?? event.time,
    ),
    host: event.host,
    // Delivery software has ids of its own, which no queue knows.
    queueId: root !== undefined && isDeliveryId(event.queueId) ? root.queueId : (message?.queueId ?? event.queueId),
    messageId: root?.messageId ?? '',
    sender: envelope,
    writer: keptAs(envelope, writerOf(envelope, address)),
    senderKnown: known,
    address,
    client: root?.clientAddress ?? '',
    sizeBytes: root?.sizeBytes ?? -1,
    route,
    submitterUid: root?.submittedByUid ?? -1,
    ownNotification: root !== undefined && isOwnNotification(root, world),
    sharedBy: Math.max(root?.recipientCount ?? 1, 1),
    attachments: orNone(carried.map(each => each.name)),
    attachmentHashes: orNone(carried.map(hashOf).filter(each => each !== '')),
    outcome,
    passedOn: outcome === 'relay' || (event.channel === 'command' && event.program.endsWith('/pipe')),
    unlinked: isUnlinked(event, message, root),
    ref: event.ref,
  };
}

/** A text made of one that is kept: itself where nothing changed. */
const keptAs = (kept: string, made: string): string => (made === kept ? kept : flatText(made));

function addressOf({ recipient, originalRecipient }: MailDelivery, delivery: Delivery | undefined): string {
  if (originalRecipient !== '') return flatText(originalRecipient.toLowerCase());
  if (delivery === undefined) return flatText(recipient.toLowerCase());
  return keptAs(delivery.recipient, delivery.recipient.toLowerCase());
}

function isUnlinked(event: MailDelivery, message: Message | undefined, root: Message | undefined): boolean {
  const local = event.program.endsWith('/lda') || event.program.endsWith('/deliver');
  return local && message === root && (root?.messageId === '' || root?.messageId === '<>');
}

function outcomeOf(event: MailDelivery): Sample['outcome'] | null {
  if (event.recipient === '') return null;
  if (event.kind === 'mail.delivered') {
    if (event.channel === 'mailbox' || event.channel === 'command') return 'box';
    return event.channel === 'relay' ? 'relay' : null;
  }
  // X.2.2: the mailbox is full. The flood goes on, it only finds no room.
  return event.dsn.endsWith('.2.2') && event.kind !== 'mail.expired' ? 'full' : null;
}

function isOwnNotification(message: Message, world: World): boolean {
  if (message.origin !== 'notification') return false;
  const about = world.mail.message(message.host, message.originQueueId);
  return about !== undefined && (about.submitted || about.saslUser !== '');
}
