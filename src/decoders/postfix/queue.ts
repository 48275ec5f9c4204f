import { EMIT, skip } from '../../core/verdict.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { decodeDelivery } from './delivery.ts';
import { decimalOf, pathBefore } from './parts.ts';
import { base, MALFORMED, NO_FATE, postfixDecoder, type Said } from './said.ts';

/**
 * Postfix queue manager (qmgr, and oqmgr under its old name): a message is active, expired or gone.
 *
 *   active  := queue-id ": from=<" path ">, size=" bytes ", nrcpt=" n " (queue active)"
 *   expired := queue-id ": from=<" path ">, status=" ("expired" | "force-expired") ", returned to sender"
 *   removed := queue-id ": removed"
 *   fate    := as the delivery agents say it, with relay=none
 *
 * Source: Postfix qmgr/qmgr_active.c, qmgr_message.c. Emits: mail.queued, mail.expired, mail.removed, and fates.
 * Trust: size and nrcpt are ours, the path is the sender's word. Skips: "skipped, still being delivered" and the like.
 */
export const queueDecoder = postfixDecoder({
  id: 'postfix.queue',
  daemons: ['qmgr', 'oqmgr', 'nqmgr'],
  decode(said) {
    const { text, at } = said;
    if (said.queueId === '') return NO_FATE;
    if (text.startsWith('from=<', at)) return decodeActive(said);
    if (text.startsWith('to=<', at)) return decodeDelivery(said);
    if (text === `${said.queueId}: removed`) {
      said.emit({ kind: 'mail.removed', ...base(said, MAIL_PHASE.removed) });
      return EMIT;
    }
    return text.startsWith('skipped, ', at) ? STILL_AT_WORK : NO_FATE;
  },
});

const STILL_AT_WORK = skip('postfix message still being delivered');
const AFTER_FROM = [', size=', ', status='];

function decodeActive(said: Said) {
  const { text } = said;
  const from = pathBefore(text, said.at + 5, AFTER_FROM);
  if (from === null) return MALFORMED;
  let p = from.end + 2;
  if (text.startsWith('status=', p)) {
    if (!text.startsWith('expired', p + 7) && !text.startsWith('force-expired', p + 7)) return MALFORMED;
    said.emit({
      kind: 'mail.expired',
      ...base(said, MAIL_PHASE.fate),
      recipient: '',
      originalRecipient: '',
      relay: '',
      channel: 'unknown',
      delaySeconds: -1,
      dsn: '',
      text: text.slice(p),
    });
    return EMIT;
  }
  const comma = text.indexOf(', nrcpt=', p);
  if (comma < 0) return MALFORMED;
  const sizeBytes = decimalOf(text, p + 5, comma);
  p = comma + 8;
  const blank = text.indexOf(' ', p);
  const recipientCount = decimalOf(text, p, blank < 0 ? text.length : blank);
  if (sizeBytes < 0 || recipientCount < 0) return MALFORMED;
  const { time, order, host, ref, program, pid, queueId } = base(said, MAIL_PHASE.queued);
  const sender = from.address;
  said.emit({ kind: 'mail.queued', time, order, host, ref, program, pid, queueId, sender, sizeBytes, recipientCount });
  return EMIT;
}
