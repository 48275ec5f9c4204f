import type { Verdict } from '../../core/verdict.ts';
import { EMIT } from '../../core/verdict.ts';
import type { MailDelivery } from '../../events/mail-events.ts';
import { durationOf } from '../exim/parts.ts';
import { isAddress, replyOf } from '../postfix/parts.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { isHex, pathOf, wordOf } from './parts.ts';
import { base, MALFORMED, OF_NO_USE, type SmtpdSaid } from './said.ts';

/**
 * What became of one envelope: a message for one recipient.
 *
 *   mda := session " mda delivery evpid=" id " from=<" address "> to=<" address "> " ["rcpt=<" address "> "] "user=" name " delay=" time
 *          " result=" ("Ok" | "TempFail" | "PermFail") " stat=" text
 *   mta := session " mta delivery evpid=" id " from=<" address "> to=<" address "> rcpt=<" (address | "-") "> source=" quoted " relay=" quoted
 *          " delay=" time " result=" quoted " stat=" quoted
 *
 * Source: mda_log() in mda.c, mta_log() in mta.c. `to` is the address after aliases and forwards, `rcpt` the one that came in. `user` is the
 * account that the delivery runs as, which virtual users share: it is no mailbox. A mailbox and a command of a user's .forward look alike.
 */
export function decodeDelivery(said: SmtpdSaid, agent: 'mda' | 'mta'): Verdict {
  if (said.event !== 'delivery') return OF_NO_USE;
  const { text, at } = said;
  const id = wordOf(text, at, 'evpid');
  if (id.length !== 16 || !isHex(id, 0, 16)) return MALFORMED;
  const from = pathOf(text, at, 'from');
  const to = from === null ? null : pathOf(text, from.end, 'to');
  if (to === null) return MALFORMED;
  const rcpt = pathOf(text, to.end, 'rcpt');
  const tail = rcpt?.end ?? to.end;
  // What a remote server says stands last.
  const resultAt = text.indexOf(' result=', tail);
  const statAt = text.indexOf(' stat=', Math.max(tail, resultAt));
  if (statAt < 0) return MALFORMED;
  const kind = kindOf(unquoted(resultAt < 0 ? '' : text.slice(resultAt + 8, statAt)), text.slice(statAt + 6));
  if (kind === null) return MALFORMED;
  const stat = unquoted(text.slice(statAt + 6));
  const { dsn } = replyOf(stat, 0, stat.length);
  const original = rcpt === null || rcpt.value === '-' || rcpt.value === to.value ? '' : rcpt.value;
  said.emit({
    kind,
    ...base(said, MAIL_PHASE.fate, id.slice(0, 8)),
    recipient: to.value,
    originalRecipient: original,
    relay: agent === 'mta' ? relayOf(text, tail) : '',
    channel: kind !== 'mail.delivered' ? 'unknown' : agent === 'mta' ? 'relay' : 'mailbox',
    delaySeconds: durationOf(wordOf(text, tail, 'delay')),
    dsn,
    text: stat,
  });
  return EMIT;
}

/** Before 6.6, local deliveries have no result of their own. */
function kindOf(result: string, stat: string): MailDelivery['kind'] | null {
  if (result === 'Ok' || (result === '' && stat === 'Delivered')) return 'mail.delivered';
  if (result === 'TempFail') return 'mail.deferred';
  return result === 'PermFail' ? 'mail.bounced' : null;
}

function unquoted(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

/** `relay="203.0.113.10 (mail.example.net)"` as `mail.example.net[203.0.113.10]`. */
function relayOf(text: string, at: number): string {
  const from = text.indexOf(' relay="', at);
  const end = from < 0 ? -1 : text.indexOf('"', from + 8);
  if (end < 0) return '';
  const relay = text.slice(from + 8, end);
  const open = relay.indexOf(' (');
  if (open < 0 || !relay.endsWith(')')) return relay;
  const address = relay.slice(0, open).replace('[', '').replace(']', '');
  return isAddress(address) ? `${relay.slice(open + 2, -1)}[${address}]` : relay;
}
