import type {
  AttachmentSeen,
  MailDelivery,
  MailIdentified,
  MailQueued,
  MailReceived,
  MailSubmitted,
} from '../../events/mail-events.ts';
import type { Delivery, Message, MessageAttachment } from './contract.ts';
import type { Life } from './life.ts';

/** What each line of a message's life adds to what is known of it. */
const ATTACHMENTS_MAX = 64;

export function arrive(life: Life, event: MailReceived | MailSubmitted): void {
  if (event.time >= life.arrivalTime) return;
  life.arrivalTime = event.time;
  life.refs.arrival = event.ref;
}

export function identify(life: Life, event: MailIdentified): void {
  if (event.resent && life.messageId !== '') return;
  life.messageId = event.messageId;
  life.refs.identified = event.ref;
}

export function queue(life: Life, event: MailQueued): void {
  if (event.senderKnown !== false) {
    life.sender = event.sender;
    life.senderKnown = true;
  }
  if (event.sizeBytes >= 0) life.sizeBytes = event.sizeBytes;
  if (event.recipientCount >= 0) life.recipientCount = event.recipientCount;
  if (life.refs.queued === null) life.refs.queued = event.ref;
}

/** False when the message already has as many as are kept. */
export function attach(life: Life, event: AttachmentSeen): boolean {
  if (life.attachments.length >= ATTACHMENTS_MAX) return false;
  life.attachments.push(attachmentOf(event));
  return true;
}

export function attachmentOf(event: AttachmentSeen): MessageAttachment {
  const { name, declaredType, realType, sizeBytes, sha256, ref } = event;
  return { name, declaredType, realType, sizeBytes, sha256, ref };
}

export const attachmentsEqual = (a: MessageAttachment, b: MessageAttachment): boolean =>
  a.name === b.name && a.sizeBytes === b.sizeBytes && a.sha256 === b.sha256;

/** The queue manager gave the message up: whoever has not got it will not. */
export function expire(life: Life): void {
  for (const delivery of life.deliveries.values()) if (delivery.status === 'deferred') delivery.status = 'expired';
}

export function newDelivery(event: MailDelivery, status: Delivery['status'], agent: string, mailbox: string): Delivery {
  return {
    recipient: event.recipient,
    originalRecipient: event.originalRecipient,
    mailbox,
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
}

/** A later attempt replaces an earlier one; what was delivered stays so. False when nothing changed but the count. */
export function attempt(delivery: Delivery, event: MailDelivery, status: Delivery['status'], agent: string): boolean {
  delivery.attempts += 1;
  if (event.time < delivery.time || (delivery.status === 'delivered' && status !== 'delivered')) return false;
  delivery.status = status;
  delivery.channel = event.channel;
  delivery.relay = event.relay;
  delivery.agentPid = event.pid;
  delivery.agent = agent;
  delivery.time = event.time;
  delivery.delaySeconds = event.delaySeconds;
  delivery.ref = event.ref;
  return true;
}

export function originOf(program: string): Message['origin'] {
  if (program.endsWith('/bounce') || program.endsWith('/defer') || program.endsWith('/trace')) return 'notification';
  return program.endsWith('/local') ? 'forwarded' : 're-injected';
}
