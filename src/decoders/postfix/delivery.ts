import type { Verdict } from '../../core/verdict.ts';
import { EMIT, reject, skip } from '../../core/verdict.ts';
import type { MailDelivery } from '../../events/mail-events.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { decimalOf, pathBefore } from './parts.ts';
import { base, isQueueId, MALFORMED, NO_FATE, postfixDecoder, type Said } from './said.ts';

/**
 * Postfix delivery agents and the queue manager: what became of one recipient.
 *
 *   line   := queue-id ": to=<" path ">, " ["orig_to=<" path ">, "] "relay=" relay ", " ["conn_use=" n ", "] "delay=" s ", "
 *             ["delays=" s "/" s "/" s "/" s ", "] ["dsn=" d.d.d ", "] "status=" word [" (" text ")"]
 *   relay  := "local" | "virtual" | "none" | service | name "[" address "]" [":" port] | host "[" socket "]"
 *   status := "sent" | "deferred" | "bounced" | "expired" | "deliverable" | "undeliverable" | "SOFTBOUNCE"
 *
 * Source: Postfix global/log_adhoc.c and the agents' manual pages. Older releases leave out delays and dsn.
 * Emits: mail.delivered, mail.deferred, mail.bounced, mail.expired; for "forwarded as ID" also mail.received of that id.
 * Trust: queue id, relay of a local agent, delay and status are ours. The paths are the sender's words, and are closed
 * with regard to quoting; the text after a remote status is the remote server's.
 * Skips: address verification probes, and whatever else these daemons say. Rejects: a `to=` line that does not go on as above.
 */
const AGENTS = ['local', 'lmtp', 'smtp', 'virtual', 'pipe', 'error', 'retry', 'discard', 'relay'];

export const deliveryDecoder = postfixDecoder({
  id: 'postfix.delivery',
  daemons: AGENTS,
  decode(said) {
    if (said.queueId !== '' && said.text.startsWith('to=<', said.at)) return decodeDelivery(said);
    return NO_FATE;
  },
});

const PROBE = skip('postfix address probe');
const UNKNOWN_STATUS = reject('postfix delivery with an unknown status');
const AFTER_TO = [', relay=', ', orig_to=<'];
const AFTER_ORIG = [', relay='];

/** Also for the queue manager, which gives fates in its own name. */
export function decodeDelivery(said: Said): Verdict {
  const { text } = said;
  const to = pathBefore(text, said.at + 3, AFTER_TO);
  if (to === null) return MALFORMED;
  let p = to.end + 2;
  let original = '';
  if (text.startsWith('orig_to=<', p)) {
    const path = pathBefore(text, p + 8, AFTER_ORIG);
    if (path === null) return MALFORMED;
    original = path.address;
    p = path.end + 2;
  }
  const relayEnd = text.indexOf(', ', p);
  if (relayEnd < 0) return MALFORMED;
  const relay = text.slice(p + 6, relayEnd);
  let delay = -1;
  let dsn = '';
  p = relayEnd + 2;
  while (!text.startsWith('status=', p)) {
    const comma = text.indexOf(', ', p);
    if (comma < 0) return MALFORMED;
    if (text.startsWith('delay=', p)) delay = decimalOf(text, p + 6, comma);
    else if (text.startsWith('dsn=', p)) dsn = text.slice(p + 4, comma);
    else if (!text.startsWith('delays=', p) && !text.startsWith('conn_use=', p)) return MALFORMED;
    p = comma + 2;
  }
  p += 7;
  const blank = text.indexOf(' ', p);
  const status = text.slice(p, blank < 0 ? undefined : blank);
  const from = blank < 0 ? text.length : blank + 1;
  const open = text.charCodeAt(from) === 0x28 ? from + 1 : from;
  const close = open > from && text.charCodeAt(text.length - 1) === 0x29 ? text.length - 1 : text.length;
  return emitFate(said, to.address, original, relay, delay, dsn, status, text.slice(open, close));
}

function emitFate(
  said: Said,
  recipient: string,
  originalRecipient: string,
  relay: string,
  delaySeconds: number,
  dsn: string,
  status: string,
  text: string,
): Verdict {
  if (status === 'deliverable' || status === 'undeliverable') return PROBE;
  const kind = KINDS.get(status);
  if (kind === undefined) return UNKNOWN_STATUS;
  const { meta, queueId } = said;
  const agent = meta.program.slice(meta.program.lastIndexOf('/') + 1);
  const { time, order, host, ref, program, pid } = base(said, MAIL_PHASE.fate);
  const channel = kind === 'mail.delivered' ? channelOf(agent, relay, text) : 'unknown';
  said.emit({
    kind,
    time,
    order,
    host,
    ref,
    program,
    pid,
    queueId,
    recipient,
    originalRecipient: originalRecipient === recipient ? '' : originalRecipient,
    relay,
    channel,
    delaySeconds,
    dsn,
    text,
  });
  if (kind === 'mail.delivered' && agent === 'local' && text.startsWith('forwarded as '))
    emitForwarded(said, text.slice(13));
  if (kind === 'mail.bounced' && agent === 'local' && text.startsWith('mail forwarding loop')) {
    const at = base(said, MAIL_PHASE.notice);
    said.emit({ kind: 'mail.notice', ...at, what: 'loop', clientAddress: '', count: 1, text });
  }
  return EMIT;
}

const KINDS: ReadonlyMap<string, MailDelivery['kind']> = new Map([
  ['sent', 'mail.delivered'],
  ['deferred', 'mail.deferred'],
  ['SOFTBOUNCE', 'mail.deferred'],
  ['bounced', 'mail.bounced'],
  ['expired', 'mail.expired'],
  ['force-expired', 'mail.expired'],
]);

/** Services of pipe(8) that put a message into a mailbox here. */
const MAILBOX_SERVICES = new Set(['dovecot', 'dovecot-lda', 'cyrus', 'maildrop', 'procmail', 'courier']);

function channelOf(agent: string, relay: string, text: string): MailDelivery['channel'] {
  switch (agent) {
    case 'local':
      if (text.startsWith('delivered to command')) return 'command';
      if (text.startsWith('delivered to file: /dev/null')) return 'discard';
      if (text.startsWith('delivered to ')) return 'mailbox';
      return text.startsWith('forwarded as ') ? 'relay' : 'unknown';
    case 'virtual':
      return 'mailbox';
    case 'lmtp':
      // A content filter may listen on LMTP: it queues the message again, a mailbox server does not.
      return text.includes('queued as ') ? 'relay' : 'mailbox';
    case 'pipe':
      return MAILBOX_SERVICES.has(relay) ? 'mailbox' : 'command';
    case 'discard':
      return 'discard';
    case 'smtp':
    case 'relay':
      return 'relay';
    default:
      return 'unknown';
  }
}

function emitForwarded(said: Said, id: string): void {
  if (!isQueueId(id, 0, id.length)) return;
  const at = base(said, MAIL_PHASE.received);
  said.emit({
    kind: 'mail.received',
    ...at,
    queueId: id,
    clientName: '',
    clientAddress: '',
    saslUser: '',
    originQueueId: said.queueId,
  });
}
