import type { MailDelivery, MailStored } from '../../events/mail-events.ts';

/**
 * A message in a store as the delivery that it is the trace of; null for one whose time is not that of a delivery. What was
 * copied there later shows by its Received header, and then counts as mail that had waited.
 */
export function deliveryOf(event: MailStored): MailDelivery | null {
  if (!event.delivered || event.owner === '' || event.timeFrom === 'date' || event.timeFrom === 'file-time')
    return null;
  const waited = event.arrivedTime >= 0 ? Math.max(0, event.time - event.arrivedTime) / 1000 : -1;
  return {
    kind: 'mail.delivered',
    time: event.time,
    order: event.order,
    host: event.host,
    ref: event.ref,
    program: event.program,
    pid: -1,
    queueId: event.queueId,
    recipient: event.owner,
    originalRecipient: event.recipient,
    relay: '',
    channel: 'mailbox',
    delaySeconds: waited,
    dsn: '',
    text: '',
  };
}
