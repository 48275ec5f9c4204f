import { EMIT, type Verdict } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import { mailBase } from '../mail-base.ts';
import { isAddress } from '../postfix/parts.ts';
import { MAIL_PHASE, type ProgramDecoder, type SyslogMeta } from '../syslog-contract.ts';
import { decodeAuth } from './auth.ts';
import { decodeDelivered } from './delivery.ts';
import { decodeLogin } from './login.ts';
import { decodeLogout } from './logout.ts';
import { prefixOf } from './prefix.ts';
import { OF_NO_USE } from './said.ts';

/**
 * Dovecot: deliveries into mailboxes, logins, their ends, and refusals.
 *
 *   line := prefix message        see prefix.ts, delivery.ts, login.ts, logout.ts, auth.ts
 *   pam  := "pam_unix(dovecot:auth): authentication failure; " … "ruser=" user " rhost=" address ["  user=" user]
 *
 * Source: Dovecot 2.2 to 2.4 manuals and recordings. Emits: mail.identified, mail.delivered, mail.bounced, mailbox.login,
 * mailbox.logout. Trust: see each file. Skips: everything else.
 */
export const dovecotDecoder: ProgramDecoder = Object.freeze({
  id: 'dovecot',
  programs: ['dovecot', 'dovecot-auth', 'auth'],
  decode(line: string, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
    if (line.startsWith('pam_unix(dovecot:auth): ')) return decodePamFailure(line, meta, emit);
    const text = line.startsWith('dovecot: ') ? line.slice(9) : line;
    const prefix = prefixOf(text);
    if (prefix === null) return OF_NO_USE;
    const program = `dovecot/${prefix.service}`;
    const said = {
      text: text.slice(prefix.at),
      prefix,
      meta: { ...meta, program, pid: prefix.pid >= 0 ? prefix.pid : meta.pid },
      emit,
    };
    switch (prefix.service) {
      case 'lmtp':
      case 'lda':
      case 'deliver':
        return decodeDelivered(said);
      case 'auth':
      case 'auth-worker':
        return decodeAuth(said);
      case 'imap':
      case 'pop3':
      case 'managesieve':
      case 'sieve':
      case 'submission':
        return decodeLogout(said);
      default:
        return prefix.service.endsWith('-login') ? decodeLogin(said) : OF_NO_USE;
    }
  },
} satisfies ProgramDecoder);

/** The last ` rhost=` is PAM's: an outsider's ruser stands before it. */
function decodePamFailure(text: string, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
  if (!text.startsWith('authentication failure; ', 24)) return OF_NO_USE;
  const rhost = text.lastIndexOf(' rhost=');
  const ruser = text.indexOf(' ruser=');
  if (rhost < 0) return OF_NO_USE;
  const blank = text.indexOf(' ', rhost + 7);
  const address = text.slice(rhost + 7, blank < 0 ? undefined : blank);
  if (!isAddress(address)) return OF_NO_USE;
  emit({
    kind: 'mailbox.login',
    ...mailBase(meta, MAIL_PHASE.notice, '', 0, 'dovecot/auth'),
    outcome: 'failed',
    protocol: '',
    user: ruser < 0 || ruser > rhost ? '' : text.slice(ruser + 7, rhost),
    clientAddress: address,
    serverAddress: '',
    method: '',
    tls: false,
    session: '',
    mailPid: -1,
  });
  return EMIT;
}
