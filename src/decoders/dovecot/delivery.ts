import { EMIT, skip, type Verdict } from '../../core/verdict.ts';
import type { MailDelivery } from '../../events/mail-events.ts';
import { mailBase } from '../mail-base.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { type DovecotSaid, MALFORMED, OF_NO_USE } from './said.ts';

/**
 * Dovecot's delivery (lmtp, lda, deliver), with Sieve or without: what became of one message for one user.
 *
 *   line   := ["sieve: "] "msgid=" id ": " [action " action: "] what
 *   id     := "<" … ">" | "unspecified" | "" ;   deliver_log_format may put other fields between id and what
 *   what   := "saved mail to " box | "stored mail into mailbox '" box "'" | "forwarded to <" address ">"
 *           | "Marked message to be discarded …" | "rejected message from <" address "> (" how ")"
 *           | "save failed to " box ": " why | "failed to store into mailbox '" box "': " why
 *
 * Source: Dovecot settings manual (deliver_log_format), Pigeonhole; recordings of 2.3.19 and 2.4.1.
 * The queue id of these events is `dovecot.` and the session id, which the MTA has in the answer it logs
 * (`250 2.0.0 <user> SESSION Saved`). Emits: mail.identified, and mail.delivered (into the mailbox, to another address, to
 * nothing) or mail.bounced. Trust: session, user and box are ours; the message id is the sender's word, and the first `: `
 * that one of the words above follows ends it.
 * Skips: answers sent by vacation (the MTA logs them), mail_log's own lines, connections.
 */
export function decodeDelivered(said: DovecotSaid): Verdict {
  const { text } = said;
  const at = text.startsWith('sieve: ') ? 7 : 0;
  if (!text.startsWith('msgid=', at)) return OF_NO_USE;
  const found = whatOf(text, at + 6);
  if (found === null) return text.includes('vacation action: ', at) ? ANSWER : OF_NO_USE;
  const messageId = idOf(text, at + 6, found.idEnd);
  const rest = text.slice(found.at);
  if (said.prefix.user === '') return MALFORMED;
  switch (found.what) {
    case 'saved mail to ':
    case 'stored mail into mailbox ':
      return fate(said, messageId, 'mail.delivered', 'mailbox', said.prefix.user, '', '', rest);
    case 'Marked message to be discarded':
      return fate(said, messageId, 'mail.delivered', 'discard', said.prefix.user, '', '', rest);
    case 'forwarded to <': {
      const end = rest.lastIndexOf('>');
      if (end < 14) return MALFORMED;
      return fate(said, messageId, 'mail.delivered', 'relay', rest.slice(14, end), said.prefix.user, '', rest);
    }
    case 'rejected message from <':
      return fate(said, messageId, 'mail.bounced', 'unknown', said.prefix.user, '', '', rest);
    case 'save failed to ':
    case 'failed to store into mailbox ':
      return fate(said, messageId, 'mail.bounced', 'unknown', said.prefix.user, '', fullOf(rest), rest);
  }
}

const ANSWER = skip('dovecot automatic answer');

const WORDS = [
  'saved mail to ',
  'stored mail into mailbox ',
  'forwarded to <',
  'Marked message to be discarded',
  'rejected message from <',
  'save failed to ',
  'failed to store into mailbox ',
] as const;

const ACTIONS = ['', 'fileinto action: ', 'redirect action: ', 'discard action: ', 'reject action: ', 'keep action: '];

/** The first `: ` after which one of the words stands, with an action before it or none. */
function whatOf(text: string, from: number): { what: (typeof WORDS)[number]; at: number; idEnd: number } | null {
  for (let colon = text.indexOf(': ', from); colon >= 0; colon = text.indexOf(': ', colon + 2)) {
    for (const action of ACTIONS) {
      if (!text.startsWith(action, colon + 2)) continue;
      const at = colon + 2 + action.length;
      const what = WORDS.find(word => text.startsWith(word, at));
      if (what !== undefined) return { what, at, idEnd: colon };
    }
  }
  return null;
}

/** The id in its brackets; other fields of a configured format are cut off. '' for `unspecified` and nothing. */
function idOf(text: string, from: number, to: number): string {
  if (text.charCodeAt(from) !== 0x3c) return '';
  const close = text.indexOf('>', from);
  return close < 0 || close > to ? text.slice(from, to) : text.slice(from, Math.min(to, close + 1));
}

/** Enhanced status of a full mailbox (RFC 3463 X.2.2), which LMTP answers with; '' for other failures. */
const fullOf = (why: string): string => (why.includes('Quota exceeded') ? '5.2.2' : '');

function fate(
  said: DovecotSaid,
  messageId: string,
  kind: MailDelivery['kind'],
  channel: MailDelivery['channel'],
  recipient: string,
  originalRecipient: string,
  dsn: string,
  text: string,
): Verdict {
  const { meta, prefix, emit } = said;
  const id = queueIdOf(prefix.session, prefix.pid);
  emit({ kind: 'mail.identified', ...mailBase(meta, MAIL_PHASE.identified, id), messageId, resent: false });
  emit({
    kind,
    ...mailBase(meta, MAIL_PHASE.fate, id),
    recipient,
    originalRecipient,
    relay: '',
    channel,
    delaySeconds: -1,
    dsn,
    text,
  });
  return EMIT;
}

/** Sessions have ids since 2.0; where a configured prefix leaves them out, nothing joins the lines. */
const queueIdOf = (session: string, pid: number): string =>
  session !== '' ? `dovecot.${session}` : pid >= 0 ? `dovecot.pid${pid}` : '';
