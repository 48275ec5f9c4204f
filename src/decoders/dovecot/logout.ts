import { EMIT, type Verdict } from '../../core/verdict.ts';
import { mailBase } from '../mail-base.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { numberOf } from './prefix.ts';
import { type DovecotSaid, OF_NO_USE } from './said.ts';

/**
 * Dovecot's imap, pop3, managesieve (2.4: sieve) and submission: a session ended, and how much went over it.
 *
 *   line := ("Disconnected" | "Logged out" | "Connection closed" | "Server shutting down") … counts
 *   imap := "in=" n " out=" n … ["body_count=" n …]  |  "bytes=" in "/" out
 *   pop3 := "top=" n "/" bytes ", retr=" n "/" bytes ", del=" n "/" n ", size=" bytes
 *   managesieve := "bytes=" in "/" out
 *
 * Source: Dovecot settings manual (imap_logout_format, pop3_logout_format), recordings of 2.3.19 and 2.4.1.
 * Emits: mailbox.logout. Trust: all of it is ours.
 */
export function decodeLogout(said: DovecotSaid): Verdict {
  const { text, prefix, meta, emit } = said;
  if (prefix.user === '' || !ENDS.some(word => text.startsWith(word))) return OF_NO_USE;
  const pop3 = pairAt(text, 'retr=');
  const top = pairAt(text, 'top=');
  const both = pairAt(text, 'bytes=');
  const sent = pop3.second >= 0 ? pop3.second + Math.max(0, top.second) : -1;
  const named = numberAt(text, ' out=');
  emit({
    kind: 'mailbox.logout',
    ...mailBase(meta, MAIL_PHASE.disconnected, ''),
    protocol: prefix.service === 'sieve' ? 'managesieve' : prefix.service,
    user: prefix.user,
    session: prefix.session,
    bytesIn: Math.max(numberAt(text, ' in='), both.first),
    bytesOut: Math.max(named, both.second, sent),
    messagesRead: Math.max(numberAt(text, ' body_count='), pop3.first),
  });
  return EMIT;
}

const ENDS = ['Disconnected', 'Logged out', 'Connection closed', 'Server shutting down', 'Client has quit'];

/** The number behind the last such key, -1 when there is none. */
function numberAt(text: string, key: string): number {
  const at = text.lastIndexOf(key);
  if (at < 0) return -1;
  return leading(text, at + key.length);
}

/** Two numbers with a slash between, behind a key that a blank or nothing precedes. */
function pairAt(text: string, key: string): { first: number; second: number } {
  const at = text.lastIndexOf(` ${key}`);
  if (at < 0) return NOTHING;
  const from = at + 1 + key.length;
  const slash = text.indexOf('/', from);
  if (slash < 0) return NOTHING;
  return { first: numberOf(text.slice(from, slash)), second: leading(text, slash + 1) };
}

const NOTHING = { first: -1, second: -1 };

function leading(text: string, from: number): number {
  let end = from;
  while (end < text.length && text.charCodeAt(end) >= 0x30 && text.charCodeAt(end) <= 0x39) end += 1;
  return end - from > 15 || end === from ? -1 : Number(text.slice(from, end));
}
