import { EMIT } from '../../core/verdict.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { decimalOf, pathEnd } from './parts.ts';
import { base, MALFORMED, NO_FATE, postfixDecoder } from './said.ts';

/**
 * Postfix pickup: a local program handed a message in.
 *
 *   line := queue-id ": uid=" n " from=<" path ">" [" orig_id=" queue-id]
 *
 * Source: Postfix pickup/pickup.c. Emits: mail.submitted. Trust: uid is the owner of the file in maildrop, ours; the path
 * is what the submitter claimed. `orig_id` stands on messages that postsuper put back: their submitter is no longer known.
 */
export const pickupDecoder = postfixDecoder({
  id: 'postfix.pickup',
  daemons: ['pickup'],
  decode(said) {
    const { text, at } = said;
    if (said.queueId === '' || !text.startsWith('uid=', at)) return NO_FATE;
    const blank = text.indexOf(' from=<', at);
    if (blank < 0) return MALFORMED;
    const uid = decimalOf(text, at + 4, blank);
    const end = pathEnd(text, blank + 6);
    if (uid < 0 || end < 0) return MALFORMED;
    const sender = text.slice(blank + 7, end);
    const requeued = text.startsWith(' orig_id=', end + 1);
    said.emit({
      kind: 'mail.submitted',
      ...base(said, MAIL_PHASE.submitted),
      uid: requeued ? -1 : uid,
      user: '',
      sender,
    });
    return EMIT;
  },
});
