import { EMIT, type Verdict } from '../../core/verdict.ts';
import { mailBase } from '../mail-base.ts';
import { isAddress } from '../postfix/parts.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { numberOf } from './prefix.ts';
import { type DovecotSaid, MALFORMED, OF_NO_USE } from './said.ts';

/**
 * Dovecot's login processes (imap-login, pop3-login, managesieve-login, submission-login).
 *
 *   line     := what [": " | ", "] element *(", " element)
 *   what     := "Login" | "Logged in" | reason " (" why ")" …
 *   why      := "auth failed, " n " attempts" … | "no auth attempts" … | "tried to use disallowed plaintext auth" | …
 *   element  := "user=<" name ">" | "method=" word | "rip=" address | "lip=" address | "mpid=" pid | "TLS" … | "session=<" id ">"
 *
 * Source: Dovecot settings manual (login_log_format_elements), recordings of 2.3.19 and 2.4.1. 2.4 says "Logged in" and
 * "Login aborted". Emits: mailbox.login. Trust: name is the client's word and may hold what looks like the other elements:
 * the last `rip=` is ours, and the name ends at the last `>` before what follows it.
 */
export function decodeLogin(said: DovecotSaid): Verdict {
  const { text, prefix, meta, emit } = said;
  const rip = text.lastIndexOf('rip=');
  if (rip < 0) return OF_NO_USE;
  const start = firstOf(text, ['user=<', 'method=', 'rip=']);
  const what = text.slice(0, start);
  const accepted = what.startsWith('Login: ') || what.startsWith('Logged in: ');
  const failed = !accepted && FAILED.some(word => what.includes(word));
  if (!accepted && !failed && !ENDED.some(word => what.startsWith(word))) return OF_NO_USE;
  const clientAddress = wordAt(text, rip + 4);
  if (!isAddress(clientAddress)) return MALFORMED;
  const { user, method } = whoOf(text, start, rip);
  const mpid = text.indexOf('mpid=', rip);
  const session = text.indexOf('session=<', rip);
  const lip = text.indexOf('lip=', rip);
  const tail = text.slice(rip);
  emit({
    kind: 'mailbox.login',
    ...mailBase(meta, accepted ? MAIL_PHASE.connected : MAIL_PHASE.disconnected, ''),
    outcome: accepted ? 'accepted' : failed ? 'failed' : 'none',
    protocol: prefix.service.slice(0, -6),
    user,
    clientAddress,
    serverAddress: lip < 0 ? '' : wordAt(text, lip + 4),
    method,
    tls: tail.includes(', TLS') || tail.includes(', secured'),
    session: session < 0 ? '' : text.slice(session + 9, endOf(text, '>', session + 9)),
    mailPid: mpid < 0 ? -1 : numberOf(wordAt(text, mpid + 5)),
  });
  return EMIT;
}

/** A client tried and was not let in. */
const FAILED = [
  '(auth failed',
  'auth_failed',
  'tried to use disabled ',
  'tried to use disallowed ',
  'proxy dest auth failed',
  'auth process communication failure',
];
/** How a line begins that ends a connection before a login. */
const ENDED = [
  'Disconnected',
  'Aborted login',
  'Login aborted',
  'Client has quit',
  'Remote closed',
  'Connection closed',
];

function firstOf(text: string, marks: readonly string[]): number {
  let first = text.length;
  for (const mark of marks) {
    const at = text.indexOf(mark);
    if (at >= 0 && at < first) first = at;
  }
  return first;
}

/** User and mechanism, which stand before the last `rip=`. */
function whoOf(text: string, start: number, rip: number): { user: string; method: string } {
  const named = text.startsWith('user=<', start);
  const close = named ? text.lastIndexOf('>', rip) : -1;
  const mark = text.indexOf('method=', close < 0 ? start : close);
  return {
    user: close < start + 6 ? '' : text.slice(start + 6, close),
    method: mark < 0 || mark > rip ? '' : wordAt(text, mark + 7),
  };
}

/** Up to the next comma or blank. */
function wordAt(text: string, from: number): string {
  let end = from;
  while (end < text.length && text.charCodeAt(end) !== 0x2c && text.charCodeAt(end) !== 0x20) end += 1;
  return text.slice(from, end);
}

function endOf(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end;
}
