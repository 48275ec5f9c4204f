import type { MailEvent } from '../../events/mail-events.ts';
import type { SmtpSeen } from '../../events/network-events.ts';

/**
 * The queue id in a server's answer to the end of DATA, '' when it says none.
 *
 *   postfix  := "250 2.0.0 Ok: queued as " id          exim := "250 OK id=" id
 *   sendmail := "250 2.0.0 " id " Message accepted for delivery"
 *
 * Source: Postfix smtpd(8), Exim specification chapter 51, Sendmail srvrsmtp.c. It is the server's word, and joins only
 * where the client's address fits as well.
 */
export function queueIdIn(reply: string): string {
  const text = reply.slice(0, 256);
  for (const mark of ['queued as ', ' id=']) {
    const at = text.lastIndexOf(mark);
    if (at >= 0) return wordAt(text, at + mark.length);
  }
  const accepted = text.indexOf(' Message accepted');
  return accepted < 0 ? '' : wordAt(text, text.lastIndexOf(' ', accepted - 1) + 1);
}

function wordAt(text: string, at: number): string {
  let end = at;
  while (end < text.length && isIdChar(text.charCodeAt(end))) end += 1;
  return text.slice(at, end);
}

const isIdChar = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x2d;

/** A transaction that no MTA's log tells of, as the events of a message: it arrived, from whom, for whom, and was taken. */
export function lifeEvents(event: SmtpSeen, life: { readonly host: string; readonly queueId: string }): MailEvent[] {
  const base = {
    time: event.time,
    host: life.host,
    ref: event.ref,
    program: 'wire/smtp',
    pid: -1,
    queueId: life.queueId,
  };
  const at = (phase: number): number => phase * 4294967296 + (event.order % 4294967296);
  const events: MailEvent[] = [
    {
      kind: 'mail.received',
      ...base,
      order: at(1),
      clientName: event.helo,
      clientAddress: event.sourceAddress,
      saslUser: '',
      originQueueId: '',
    },
  ];
  if (event.messageId !== '')
    events.push({ kind: 'mail.identified', ...base, order: at(2), messageId: event.messageId, resent: false });
  events.push({
    kind: 'mail.queued',
    ...base,
    order: at(3),
    sender: event.sender,
    sizeBytes: -1,
    recipientCount: event.recipients.length,
  });
  event.recipients.forEach((recipient, index) => {
    if (recipient === '') return;
    events.push({
      kind: 'mail.delivered',
      ...base,
      order: at(4 + index),
      recipient,
      originalRecipient: '',
      relay: `[${event.destinationAddress}]:${event.destinationPort}`,
      channel: 'relay',
      delaySeconds: -1,
      dsn: '2.0.0',
      text: event.lastReply,
    });
  });
  return events;
}
