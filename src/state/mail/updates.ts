import type { TextPool } from '../../core/text-pool.ts';
import type {
  AttachmentSeen,
  MailDelivery,
  MailIdentified,
  MailJudged,
  MailQueued,
  MailReceived,
  MailSubmitted,
} from '../../events/mail-events.ts';
import type { Delivery, Judgement, Message, MessageAttachment } from './contract.ts';
import { deliveriesOf } from './deliveries.ts';
import { type Life, show } from './life.ts';
import { nextIdIn } from './next-hop.ts';

/** What each line of a message's life adds to what is known of it. */
export const ATTACHMENTS_MAX = 64;
const JUDGEMENTS_MAX = 32;

export function arrive(life: Life, event: MailReceived | MailSubmitted): void {
  if (event.time >= life.arrivalTime) return;
  life.arrivalTime = event.time;
  show(life, 'arrival', event.ref);
}

export function identify(life: Life, event: MailIdentified, texts: TextPool): void {
  if (event.resent && life.messageId !== '') return;
  life.messageId = texts.flat(event.messageId);
  // Of a message that is sent again its own id follows: cleanup(8) logs both, each as it meets the header.
  if (!event.resent) life.identified = true;
  show(life, 'identified', event.ref);
}

export function queue(life: Life, event: MailQueued, texts: TextPool): void {
  if (event.senderKnown !== false) {
    life.sender = texts.keep(event.sender);
    life.senderKnown = true;
  }
  if (event.sizeBytes >= 0) life.sizeBytes = event.sizeBytes;
  if (event.recipientCount >= 0) life.recipientCount = event.recipientCount;
  if (life.refShows !== 'queued') show(life, 'queued', event.ref);
}

/** False when the message already has as many as are kept. What is named again is kept once. */
export function attach(life: Life, event: AttachmentSeen): boolean {
  const list = [...life.attachments];
  if (!addAttachment(list, attachmentOf(event), ATTACHMENTS_MAX)) return false;
  life.attachments = list;
  return true;
}

/** Adds an attachment, or what it tells of one that is known: two lines name one, each with half of what there is to know. */
export function addAttachment(list: MessageAttachment[], more: MessageAttachment, max: number): boolean {
  const at = list.findIndex(each => each.name === more.name && isSamePart(each, more));
  if (at >= 0) {
    const known = list[at] as MessageAttachment;
    list[at] = {
      ...known,
      declaredType: known.declaredType || more.declaredType,
      realType: known.realType || more.realType,
      sizeBytes: known.sizeBytes < 0 ? more.sizeBytes : known.sizeBytes,
      sha256: known.sha256 || more.sha256,
      sha1: known.sha1 ?? more.sha1,
    };
    return true;
  }
  if (list.length >= max) return false;
  list.push(more);
  return true;
}

const isSamePart = (a: MessageAttachment, b: MessageAttachment): boolean =>
  (a.sizeBytes < 0 || b.sizeBytes < 0 || a.sizeBytes === b.sizeBytes) &&
  (a.sha256 === '' || b.sha256 === '' || a.sha256 === b.sha256);

/** False when the message already has as many as are kept. */
export function judged(life: Life, event: MailJudged, by: Judgement['by']): boolean {
  if (life.judgements.length >= JUDGEMENTS_MAX) return false;
  const { time, program, about, verdict, said, name, part, score, action, ref } = event;
  life.judgements = [...life.judgements, { time, program, about, verdict, said, name, part, score, action, ref, by }];
  return true;
}

export function attachmentOf(event: AttachmentSeen): MessageAttachment {
  const { name, declaredType, realType, sizeBytes, sha256, sha1, ref } = event;
  return { name, declaredType, realType, sizeBytes, sha256, sha1, ref };
}

export const attachmentsEqual = (a: MessageAttachment, b: MessageAttachment): boolean =>
  a.name === b.name && a.sizeBytes === b.sizeBytes && a.sha256 === b.sha256;

/** The queue manager gave the message up: whoever has not got it will not. */
export function expire(life: Life): void {
  for (const delivery of deliveriesOf(life)) if (delivery.status === 'deferred') delivery.status = 'expired';
}

/** What each kind of line says of a recipient. */
export const STATUS = {
  'mail.delivered': 'delivered',
  'mail.deferred': 'deferred',
  'mail.bounced': 'bounced',
  'mail.expired': 'expired',
} as const;

export function newDelivery(
  event: MailDelivery,
  status: Delivery['status'],
  agent: string,
  mailbox: string,
  texts: TextPool,
): Delivery {
  return {
    recipient: texts.keep(event.recipient),
    originalRecipient: texts.keep(event.originalRecipient),
    mailbox,
    status,
    channel: event.channel,
    relay: texts.keep(event.relay),
    agentPid: event.pid,
    agent: texts.keep(agent),
    time: event.time,
    delaySeconds: event.delaySeconds,
    attempts: 1,
    next: texts.flat(nextOf(event)),
    retold: false,
    ref: event.ref,
  };
}

/** A later attempt replaces an earlier one; what was delivered stays so. False when nothing changed but the count. */
export function attempt(
  delivery: Delivery,
  event: MailDelivery,
  status: Delivery['status'],
  agent: string,
  texts: TextPool,
): boolean {
  delivery.attempts += 1;
  if (event.time < delivery.time || (delivery.status === 'delivered' && status !== 'delivered')) return false;
  delivery.status = status;
  delivery.channel = event.channel;
  delivery.relay = texts.keep(event.relay);
  delivery.agentPid = event.pid;
  delivery.agent = texts.keep(agent);
  delivery.time = event.time;
  delivery.delaySeconds = event.delaySeconds;
  delivery.next = texts.flat(nextOf(event));
  delivery.ref = event.ref;
  return true;
}

const nextOf = (event: MailDelivery): string => (event.kind === 'mail.delivered' ? nextIdIn(event.text) : '');

export function originOf(program: string): Message['origin'] {
  if (program.endsWith('/bounce') || program.endsWith('/defer') || program.endsWith('/trace')) return 'notification';
  return program.endsWith('/local') ? 'forwarded' : 're-injected';
}
