import { EMIT, type Verdict } from '../../core/verdict.ts';
import { mailBase } from '../mail-base.ts';
import { isAddress } from '../postfix/parts.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { type DovecotSaid, OF_NO_USE } from './said.ts';

/**
 * Dovecot's authentication service (auth, auth-worker): a database or PAM did not let somebody in.
 *
 *   line  := ["conn " … ": "] ["auth-worker<" n ">: "] db "(" user "," address ["," session] "): " why
 *   2.4   := service "(" user "," address "," … ")<" session ">: " db ": " why
 *   why   := "unknown user" | "Password mismatch" | "pam_authenticate() failed: " … | "invalid credentials" …
 *
 * Source: Dovecot settings manual (auth_verbose), other projects' samples. Emits: mailbox.login with no protocol. Trust: user
 * is the client's word, and may be written to look like the end of the line: address and session are read from the right.
 * Passwords that auth_verbose_passwords adds behind `why` are not read.
 */
export function decodeAuth(said: DovecotSaid): Verdict {
  const { text, prefix, meta, emit } = said;
  const why = lastWhy(text);
  if (why < 0) return OF_NO_USE;
  // 2.4 has the user in the line's prefix, and only the database before the reason.
  const inside = prefix.user.includes(',') ? prefix.user : insideOf(text, why);
  if (inside === '') return OF_NO_USE;
  const { user, address, session } = partsOf(inside);
  if (address === '') return OF_NO_USE;
  emit({
    kind: 'mailbox.login',
    ...mailBase(meta, MAIL_PHASE.notice, ''),
    outcome: 'failed',
    protocol: '',
    user,
    clientAddress: address,
    serverAddress: '',
    method: '',
    tls: false,
    session: session === '' ? prefix.session : session,
    mailPid: -1,
  });
  return EMIT;
}

const WHY = [
  'unknown user',
  'Unknown user',
  'Password mismatch',
  'password mismatch',
  'pam_authenticate() failed: ',
  'invalid credentials',
  'Invalid credentials',
  'Login failed ',
];

/** Position of the last reason that `: ` precedes. */
function lastWhy(text: string): number {
  let last = -1;
  for (const word of WHY) {
    const at = text.lastIndexOf(`: ${word}`);
    if (at > last) last = at;
  }
  return last;
}

/** What stands between the database's parentheses, when they close right before the reason. */
function insideOf(text: string, why: number): string {
  if (text.charCodeAt(why - 1) !== 0x29) return '';
  const open = text.indexOf('(', databaseAt(text, why));
  return open < 0 || open >= why ? '' : text.slice(open + 1, why - 1);
}

/** Behind what a worker puts before: `conn unix:… (pid=1,uid=97): auth-worker<55>: `. */
function databaseAt(text: string, why: number): number {
  if (!text.startsWith('conn ')) return 0;
  const worker = text.indexOf('>: ', 5);
  return worker < 0 || worker > why ? 0 : worker + 3;
}

function partsOf(inside: string): { user: string; address: string; session: string } {
  const last = inside.lastIndexOf(',');
  if (last < 0) return { user: inside, address: '', session: '' };
  const end = inside.slice(last + 1);
  if (isAddress(end)) return { user: inside.slice(0, last), address: end, session: '' };
  const before = inside.lastIndexOf(',', last - 1);
  const address = before < 0 ? '' : inside.slice(before + 1, last);
  if (!isAddress(address)) return { user: inside, address: '', session: '' };
  const session = end.startsWith('<') && end.endsWith('>') ? end.slice(1, -1) : '';
  return { user: inside.slice(0, before), address, session };
}
