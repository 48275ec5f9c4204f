import type { MailEvent } from '../../events/mail-events.ts';
import type { SmtpSeen } from '../../events/network-events.ts';

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
