import { EMIT } from '../../core/verdict.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { base, isQueueId, MALFORMED, NO_FATE, postfixDecoder } from './said.ts';

/**
 * Postfix bounce, defer and trace: a notification about a message became a message.
 *
 *   line := queue-id ": " ("sender" | "postmaster") " " ("non-delivery" | "delay" | "delivery status") " notification: " queue-id
 *
 * Source: Postfix bounce/bounce_notify_service.c and its neighbours. Emits: mail.received of the new id, whose origin is the old.
 * Trust: both ids are ours. Skips: everything else. Rejects: a notification without an id.
 */
export const bounceDecoder = postfixDecoder({
  id: 'postfix.bounce',
  daemons: ['bounce', 'defer', 'trace'],
  decode(said) {
    const { text, at } = said;
    if (said.queueId === '' || (!text.startsWith('sender ', at) && !text.startsWith('postmaster ', at))) return NO_FATE;
    const mark = text.indexOf(' notification: ', at);
    if (mark < 0) return NO_FATE;
    const id = text.slice(mark + 15);
    if (!isQueueId(id, 0, id.length)) return MALFORMED;
    said.emit({
      kind: 'mail.received',
      ...base(said, MAIL_PHASE.received),
      queueId: id,
      clientName: '',
      clientAddress: '',
      saslUser: '',
      originQueueId: said.queueId,
    });
    return EMIT;
  },
});
