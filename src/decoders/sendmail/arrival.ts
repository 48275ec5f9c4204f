import type { Verdict } from '../../core/verdict.ts';
import { EMIT, skip } from '../../core/verdict.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { bare, numberIn, outside, peerIn } from './parts.ts';
import { base, MALFORMED, type SendmailSaid } from './said.ts';

/**
 * An envelope came in.
 *
 *   line  := "from=" path ", size=" n ", class=" n ", nrcpts=" n [", msgid=" id] *(", " key "=" word) ", relay=" relay
 *   key   := "bodytype" | "proto" | "daemon" | "tls_verify" | "auth" …
 *   relay := user "@localhost" | "localhost" | "[RESPONSE]" | peer
 *
 * Source: logsender() in headers.c. `user@localhost` without an address is written only for a program of this host that ran
 * sendmail(8) itself: the user is the kernel's. A client on the network always has its address behind its name, whatever it
 * says. The relay ends the line, so the last one counts. An envelope without recipients never became a message.
 */
export function decodeArrival(said: SendmailSaid): Verdict {
  const { text, at } = said;
  const sizeAt = outside(text, at, ', size=');
  const relayAt = text.lastIndexOf(', relay=');
  if (sizeAt < 0 || relayAt < sizeAt) return MALFORMED;
  const sender = bare(text.slice(at + 5, sizeAt));
  const classAt = text.indexOf(', class=', sizeAt + 7);
  const countAt = text.indexOf(', nrcpts=', sizeAt + 7);
  if (classAt < 0 || countAt < classAt || countAt >= relayAt) return MALFORMED;
  const sizeBytes = numberIn(text, sizeAt + 7, classAt);
  const comma = text.indexOf(', ', countAt + 9);
  const recipientCount = numberIn(text, countAt + 9, comma);
  if (sizeBytes < 0 || recipientCount < 0) return MALFORMED;
  if (recipientCount === 0) return NO_MESSAGE;
  const tailAt = trailing(text, comma, relayAt);
  const origin = emitOrigin(said, sender, relayAt + 8, authenticated(text, tailAt, relayAt));
  if (!origin) return MALFORMED;
  const messageId = text.startsWith(', msgid=', comma) ? text.slice(comma + 8, tailAt) : '';
  // Cut where it is long or holds blanks: a piece of an id identifies nothing.
  if (messageId.startsWith('<') && messageId.endsWith('>'))
    said.emit({ kind: 'mail.identified', ...base(said, MAIL_PHASE.identified), messageId, resent: false });
  said.emit({ kind: 'mail.queued', ...base(said, MAIL_PHASE.queued), sender, sizeBytes, recipientCount });
  return EMIT;
}

const NO_MESSAGE = skip('sendmail envelope without recipients');

/** False when the relay is of an unknown shape. */
function emitOrigin(said: SendmailSaid, sender: string, at: number, session: boolean): boolean {
  const { text, meta } = said;
  const relay = text.slice(at);
  if (relay === '[RESPONSE]') return true;
  if (relay === 'localhost' || (relay.endsWith('@localhost') && !relay.includes('['))) {
    const user = relay.slice(0, Math.max(0, relay.length - 10));
    said.emit({ kind: 'mail.submitted', ...base(said, MAIL_PHASE.submitted), uid: -1, user, sender });
    return true;
  }
  const peer = peerIn(text, at, text.length);
  if (peer === null) return false;
  said.emit({
    kind: 'mail.received',
    ...base(said, MAIL_PHASE.received),
    clientName: peer.name,
    clientAddress: peer.address,
    saslUser: '',
    originQueueId: '',
    ...(session && meta.pid >= 0 ? { sessionId: sessionOf(meta.pid) } : {}),
  });
  return true;
}

/** One process serves one connection: its number is the session's. */
export const sessionOf = (pid: number): string => `sendmail.${pid}`;

const TRAILING = ['bodytype', 'proto', 'daemon', 'tls_verify', 'auth', 'auth_authen', 'auth_author'];

/** Where the fields that stand between the message id and the relay begin: what comes before them is the sender's word. */
function trailing(text: string, from: number, relayAt: number): number {
  let at = relayAt;
  for (let tried = 0; tried < 8; tried++) {
    const before = text.lastIndexOf(', ', at - 1);
    if (before < from) return at;
    const equals = text.indexOf('=', before);
    if (equals < 0 || equals > at || !TRAILING.includes(text.slice(before + 2, equals))) return at;
    at = before;
  }
  return at;
}

/** `proto=ESMTPA`, `ESMTPSA`: the client had logged in, which a line of its own told (RFC 3848). */
function authenticated(text: string, from: number, relayAt: number): boolean {
  const at = text.lastIndexOf(', proto=', relayAt);
  if (at < from) return false;
  const end = text.indexOf(', ', at + 2);
  return text.slice(at + 8, end).endsWith('A');
}
