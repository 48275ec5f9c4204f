import { EMIT, skip } from '../../core/verdict.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { base, NO_FATE, postfixDecoder } from './said.ts';

/**
 * Postfix postsuper: an administrator's hand on the queue.
 *
 *   line := queue-id ": " ("removed" | "placed on hold" | "released from hold" | "requeued" | "expired") | "Deleted: " n " message" ...
 *
 * Source: Postfix postsuper/postsuper.c. Emits: mail.removed. Trust: all of it is ours. Skips: what leaves the message in the queue, and the sums.
 */
export const postsuperDecoder = postfixDecoder({
  id: 'postfix.postsuper',
  daemons: ['postsuper'],
  decode(said) {
    if (said.queueId === '') return NO_FATE;
    if (said.text !== `${said.queueId}: removed`) return STAYS;
    said.emit({ kind: 'mail.removed', ...base(said, MAIL_PHASE.removed) });
    return EMIT;
  },
});

const STAYS = skip('postsuper left the message in the queue');
