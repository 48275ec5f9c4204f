import type { Verdict } from '../../core/verdict.ts';
import { EMIT, skip } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import { mailBase } from '../mail-base.ts';
import { MAIL_PHASE, type ProgramDecoder, type SyslogMeta } from '../syslog-contract.ts';
import { decodeDelivery } from './delivery.ts';
import { isHex } from './parts.ts';
import { OF_NO_USE, type SmtpdSaid } from './said.ts';
import { decodeSession } from './session.ts';

/**
 * OpenSMTPD.
 *
 *   line := session SP ("smtp" | "mda" | "mta") SP ["event="] what …        session := 16 hexadecimal digits; see session.ts, delivery.ts
 *         | "info: OpenSMTPD " version " starting"
 *
 * Source: OpenSMTPD 6.4 to 7.5 (smtp_session.c, mda.c, mta.c), recordings of 6.8.0. The queue id of these events is the message's id of 8
 * digits, with which the ids of its envelopes begin. No Message-ID is logged. Emits: mail.connected, mail.disconnected, mail.received,
 * mail.queued, mail.delivered, mail.deferred, mail.bounced, mail.rejected, mail.notice, mailbox.login.
 * Trust: ids, addresses of sockets and results are ours. Names, addresses of people, commands and what remote servers say are outsiders' words.
 * Skips: connections to other hosts, TLS, routes, and what is no line of a session: other programs are called smtpd as well.
 */
export const opensmtpdDecoder: ProgramDecoder = Object.freeze({
  id: 'opensmtpd',
  programs: ['smtpd', 'opensmtpd'],
  decode(text: string, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
    if (!isHex(text, 0, 16) || text.charCodeAt(16) !== 0x20) return decodeDaemon(text, meta, emit);
    const agent = text.slice(17, 20);
    const part = agent === 'smt' ? 'smtp' : agent;
    let from = 17 + part.length;
    if ((part !== 'smtp' && part !== 'mda' && part !== 'mta') || !text.startsWith(`${part} `, 17)) return NOT_MINE;
    from += text.startsWith(' event=', from) ? 7 : 1;
    const blank = text.indexOf(' ', from);
    const at = blank < 0 ? text.length : blank;
    const said: SmtpdSaid = { text, session: text.slice(0, 16), event: text.slice(from, at), at, meta, emit };
    return part === 'smtp' ? decodeSession(said) : decodeDelivery(said, part);
  },
} satisfies ProgramDecoder);

const NOT_MINE = skip('smtpd message that is none of OpenSMTPD sessions');

function decodeDaemon(text: string, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
  if (text.startsWith('smtp-out: ') || text.startsWith('smtp-in: ') || text.startsWith('warn: ')) return OF_NO_USE;
  if (!text.startsWith('info: OpenSMTPD ') || !text.endsWith(' starting')) return NOT_MINE;
  const notice = { what: 'started' as const, clientAddress: '', count: 1, text };
  emit({ kind: 'mail.notice', ...mailBase(meta, MAIL_PHASE.notice, ''), ...notice });
  return EMIT;
}
