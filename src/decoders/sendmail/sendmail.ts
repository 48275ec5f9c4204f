import type { Verdict } from '../../core/verdict.ts';
import { EMIT, skip } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import { MAIL_PHASE, type ProgramDecoder, type SyslogMeta } from '../syslog-contract.ts';
import { decodeArrival } from './arrival.ts';
import { decodeConnection } from './connection.ts';
import { decodeFate, emitLink } from './fate.ts';
import { outside, queueIdEnd } from './parts.ts';
import { decodeRefusal } from './refusal.ts';
import { base, OF_NO_USE, type SendmailSaid } from './said.ts';

/**
 * Sendmail: the daemon, the submission program that users run, and the runners of both queues.
 *
 *   line := [(queue-id | "NOQUEUE") ": "] entry              see arrival.ts, fate.ts, refusal.ts, connection.ts
 *   made := queue-id ": " new-id ": " ("DSN" | "return to sender" | "sender notify" | "postmaster notify" | "clone") ": " text
 *   over := queue-id ": done; delay=" time ", ntries=" n     above log level 9
 *
 * Source: Sendmail 8.17 (headers.c, deliver.c, savemail.c, srvrsmtp.c, milter.c, parseaddr.c, err.c) and its Installation and
 * Operation Guide, 2.1; recordings of 8.17.1. A message that a user hands in has two ids: the submission program's and, when the
 * daemon has taken it over, the daemon's, which the former's last line names. Emits: mail.submitted, mail.received, mail.identified,
 * mail.queued, mail.delivered, mail.deferred, mail.bounced, mail.expired, mail.rejected, mail.removed, mail.connected,
 * mail.disconnected, mail.judged, mail.notice, mailbox.login.
 * Trust: queue ids, addresses of sockets, users before `@localhost`, mailers and dsn= are ours. Names, addresses of people, message
 * ids, arguments of rule sets and what remote servers say are outsiders' words. See fate.ts for the uid behind ctladdr=.
 * Skips: envelopes without recipients, TLS, queue runs, headers that filters touch.
 */
export const sendmailDecoder: ProgramDecoder = Object.freeze({
  id: 'sendmail',
  programs: ['sendmail', 'sm-mta', 'sm-msp-queue', 'sm-msp', 'sm-acceptingconnections', 'sm-que', 'sendmail-client'],
  decode(text: string, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
    let at = 0;
    let id = '';
    if (text.startsWith('NOQUEUE: ')) at = 9;
    else {
      const end = queueIdEnd(text, 0);
      if (end > 0 && text.startsWith(': ', end)) {
        id = text.slice(0, end);
        at = end + 2;
      }
    }
    if (at >= text.length) return EMPTY;
    const said: SendmailSaid = { text, id, at, meta, emit };
    if (id !== '') {
      if (text.startsWith('from=', at)) return decodeArrival(said);
      if (text.startsWith('to=', at)) return decodeFate(said);
      const verdict = decodeOwn(said);
      if (verdict !== null) return verdict;
    }
    return decodeRefusal(said) ?? decodeConnection(said);
  },
} satisfies ProgramDecoder);

const EMPTY = skip('sendmail message without text');

/** What the daemon does with a message of its own accord. */
function decodeOwn(said: SendmailSaid): Verdict | null {
  const { text, at } = said;
  if (text.startsWith('done; delay=', at)) {
    said.emit({ kind: 'mail.removed', ...base(said, MAIL_PHASE.removed) });
    return EMIT;
  }
  if (text.startsWith('split: ', at)) return decodeSplit(said);
  const end = queueIdEnd(text, at);
  if (end < 0 || !text.startsWith(': ', end)) return null;
  const made = text.slice(at, end);
  if (text.startsWith('clone: owner=', end + 2)) {
    emitLink(said, made, { origin: 'forwarded' });
    return EMIT;
  }
  if (!NOTIFICATIONS.some(word => text.startsWith(word, end + 2))) return OF_NO_USE;
  emitLink(said, made, { origin: 'notification' });
  const unknown = { sizeBytes: -1, recipientCount: -1 };
  said.emit({ kind: 'mail.queued', ...base(said, MAIL_PHASE.queued, 0, made), sender: '', ...unknown });
  const reason = text.slice(outside(text, end + 2, ': ') + 2);
  // Nobody who has not got it by now will.
  if (reason.startsWith('Cannot send message ')) emitExpired(said, reason);
  return EMIT;
}

const NOTIFICATIONS = ['DSN: ', 'return to sender: ', 'sender notify: ', 'postmaster notify: '];

function emitExpired(said: SendmailSaid, text: string): void {
  said.emit({
    kind: 'mail.expired',
    ...base(said, MAIL_PHASE.fate),
    recipient: '',
    originalRecipient: '',
    relay: '',
    channel: 'unknown',
    delaySeconds: -1,
    dsn: '',
    text,
  });
}

const SPLIT_MAX = 64;

/** `split: count=2, ids=6ALCX0nH000458; 6ALCX0nH000459`: the other recipients' envelopes. */
function decodeSplit(said: SendmailSaid): Verdict {
  const { text } = said;
  const equals = text.lastIndexOf('=');
  let nth = 0;
  for (let p = equals + 1; p < text.length && nth < SPLIT_MAX; p++) {
    const end = queueIdEnd(text, p);
    if (end < 0) continue;
    emitLink(said, text.slice(p, end), {}, nth);
    nth += 1;
    p = end;
  }
  return nth === 0 ? OF_NO_USE : EMIT;
}
