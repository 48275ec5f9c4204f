import { isLoopback } from '../../core/loopback.ts';
import type { Verdict } from '../../core/verdict.ts';
import { EMIT } from '../../core/verdict.ts';
import type { MailDelivery } from '../../events/mail-events.ts';
import { isDigit } from '../postfix/parts.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { addressesOf, bare, intervalOf, numberIn, outside, type Peer, peerIn, queueIdEnd } from './parts.ts';
import { base, MALFORMED, type SendmailSaid } from './said.ts';

/**
 * What became of some recipients of an envelope.
 *
 *   line    := "to=" list [" [more]"] [", ctladdr=" address [" (" uid "/" gid ")"]] ", delay=" time [", xdelay=" time]
 *              [", mailer=" name] ", pri=" n [", relay=" host [" [" address "]"] | ", quarantine=" text] [", dsn=" code]
 *              [", ntries=" n] [", stage=" word] [", reply=" text] ", stat=" text
 *
 * Source: logdelivery() in deliver.c. Mailers are the administrator's words: `local`, `prog`, `*file*`, `esmtp`, `relay` … are
 * those of the distributed configuration. What stands before reply= is ours, so the fate is taken from dsn= where there is one;
 * reply= and stat= hold a remote server's words. Without a mailer nothing was delivered: the message was refused while it came in.
 */
export function decodeFate(said: SendmailSaid): Verdict {
  const { text, at } = said;
  const fields = fieldsOf(text, at);
  if (fields === null) return MALFORMED;
  const addresses = addressesOf(fields.list, RECIPIENTS_MAX);
  if (addresses.length === 0) return MALFORMED;
  const undelivered = fields.mailer === '' && fields.dsn === '';
  const refused = undelivered && !isWaiting(fields.stat) && fields.stat !== 'discarded';
  addresses.forEach((address, nth) => {
    if (refused) emitRefused(said, nth, recipientOf(address, fields), fields);
    else emitFate(said, nth, address, fields);
  });
  emitSubmitter(said, fields);
  emitHandOver(said, fields);
  return EMIT;
}

const RECIPIENTS_MAX = 1000;

interface Fields {
  readonly list: string;
  /** Address that the delivery is done for, '' when it is the recipient's own business; its ids, -1 when not said. */
  readonly ctladdr: string;
  readonly uid: number;
  readonly delaySeconds: number;
  readonly mailer: string;
  readonly relay: string;
  readonly peer: Peer | null;
  readonly dsn: string;
  readonly reply: string;
  readonly stat: string;
}

function fieldsOf(text: string, at: number): Fields | null {
  const control = outside(text, at, ', ctladdr=');
  const delayAt = outside(text, at, ', delay=');
  if (delayAt < 0) return null;
  const listEnd = control >= 0 && control < delayAt ? control : delayAt;
  let list = text.slice(at + 3, listEnd);
  if (list.endsWith(' [more]')) list = list.slice(0, -7);
  const { ctladdr, uid } = controlOf(listEnd === delayAt ? '' : text.slice(control + 10, delayAt));
  const fields = {
    list,
    ctladdr,
    uid,
    delaySeconds: -1,
    mailer: '',
    relay: '',
    peer: null as Peer | null,
    dsn: '',
    reply: '',
  };
  for (let p = delayAt; ; ) {
    const equals = text.indexOf('=', p);
    if (equals < 0) return null;
    const key = text.slice(p + 2, equals);
    if (key === 'stat') return { ...fields, stat: text.slice(equals + 1) };
    if (key === 'reply' || key === 'status' || key === 'quarantine') {
      // A remote server's or a filter's words: the stat that counts is the last.
      const stat = text.lastIndexOf(', stat=');
      if (stat < equals) return null;
      if (key === 'reply') fields.reply = text.slice(equals + 1, stat);
      return { ...fields, stat: text.slice(stat + 7) };
    }
    let end = text.indexOf(', ', equals);
    // `...` stands for what a line too long had to lose.
    if (end < 0) return null;
    const value = text.slice(equals + 1, end);
    if (key === 'delay') fields.delaySeconds = intervalOf(value);
    else if (key === 'mailer') fields.mailer = value;
    else if (key === 'dsn') fields.dsn = isDsn(value) ? value : '';
    else if (key === 'relay') {
      fields.relay = value;
      fields.peer = peerIn(text, equals + 1, end);
    } else if (!KNOWN.has(key)) {
      end = text.indexOf(', stat=', p);
      if (end < 0) return null;
    }
    p = end;
  }
}

const KNOWN = new Set(['xdelay', 'pri', 'ntries', 'stage', 'tls_verify', 'auth']);

/** `<a@b> (1002/1002)`, `a@b (1002/1002)`, `a@b`. */
function controlOf(text: string): { ctladdr: string; uid: number } {
  if (!text.endsWith(')')) return { ctladdr: bare(text), uid: -1 };
  const open = text.lastIndexOf(' (');
  const slash = text.indexOf('/', open);
  const uid = open < 0 || slash < 0 ? -1 : numberIn(text, open + 2, slash);
  return uid < 0 ? { ctladdr: bare(text), uid } : { ctladdr: bare(text.slice(0, open)), uid };
}

function isDsn(text: string): boolean {
  return text.length >= 5 && text.length <= 9 && isDigit(text.charCodeAt(0)) && text.charCodeAt(1) === 0x2e;
}

function emitFate(said: SendmailSaid, nth: number, address: string, fields: Fields): void {
  const kind = kindOf(fields);
  said.emit({
    kind,
    ...base(said, MAIL_PHASE.fate, nth),
    recipient: recipientOf(address, fields),
    originalRecipient: '',
    relay: relayOf(fields),
    channel: kind === 'mail.delivered' ? channelOf(fields) : 'unknown',
    delaySeconds: fields.delaySeconds,
    dsn: fields.dsn,
    text: isAddressee(address) ? fields.stat : address,
  });
}

const isAddressee = (address: string): boolean => {
  const first = address.charCodeAt(address.startsWith('"') ? 1 : 0);
  return first !== 0x7c && first !== 0x2f;
};

/** A command or a file is delivered to for somebody: the controlling address says for whom. */
const recipientOf = (address: string, { ctladdr }: Fields): string =>
  isAddressee(address) || ctladdr === '' ? bare(address) : ctladdr;

function kindOf({ dsn, stat }: Fields): MailDelivery['kind'] {
  switch (dsn.charCodeAt(0)) {
    case 0x32:
      return isWaiting(stat) ? 'mail.deferred' : 'mail.delivered';
    case 0x34:
      return 'mail.deferred';
    case 0x35:
      return 'mail.bounced';
    default:
      return isWaiting(stat)
        ? 'mail.deferred'
        : stat === 'discarded' || stat === 'Sent' || stat.startsWith('Sent (')
          ? 'mail.delivered'
          : 'mail.bounced';
  }
}

const isWaiting = (stat: string): boolean =>
  stat === 'queued' ||
  stat.startsWith('quarantined') ||
  stat.startsWith('Deferred') ||
  stat.startsWith('Transient parse');

/** Mailers that are no programs of the administrator's: into a box, to another host, to nothing. */
function channelOf({ mailer, peer, stat }: Fields): MailDelivery['channel'] {
  if (mailer === 'local' || mailer === '*file*' || mailer.startsWith('cyrus')) return 'mailbox';
  if (mailer === 'discard' || (mailer === '' && stat === 'discarded')) return 'discard';
  if (peer !== null || RELAYS.has(mailer)) return 'relay';
  return mailer === '' ? 'unknown' : 'command';
}

const RELAYS = new Set(['smtp', 'esmtp', 'smtp8', 'dsmtp', 'relay']);

/** `mail.example.net. [203.0.113.10]` as `mail.example.net[203.0.113.10]`. */
function relayOf({ relay, peer, mailer }: Fields): string {
  if (peer === null) return relay === '' ? mailer : relay;
  const name = peer.name.endsWith('.') ? peer.name.slice(0, -1) : peer.name;
  return `${name}[${peer.address}]`;
}

function emitRefused(said: SendmailSaid, nth: number, recipient: string, { stat }: Fields): void {
  said.emit({
    kind: 'mail.rejected',
    ...base(said, MAIL_PHASE.rejected, nth),
    clientName: '',
    clientAddress: '',
    sender: '',
    recipient,
    code: 0,
    dsn: '',
    stage: 'DATA',
    text: stat,
  });
}

/**
 * The uid for which a message is handed on. It is the submitter's only where the envelope's own from= line says that a user of
 * this host handed it in: of any other message it is that of the account that the envelope sender names, whoever wrote that.
 * The state of mail knows which it is.
 */
function emitSubmitter(said: SendmailSaid, { ctladdr, uid, mailer, peer }: Fields): void {
  if (uid < 0 || said.id === '' || peer === null || !RELAYS.has(mailer)) return;
  said.emit({
    kind: 'mail.submitted',
    ...base(said, MAIL_PHASE.queued),
    uid,
    user: '',
    sender: ctladdr,
    afterArrival: true,
  });
}

/** `stat=Sent (6ALCX0sp000406 Message accepted for delivery)` from this host itself: there the message has that id. */
function emitHandOver(said: SendmailSaid, { peer, stat }: Fields): void {
  if (said.id === '' || peer === null || !isLoopback(peer.address) || !stat.startsWith('Sent (')) return;
  const end = queueIdEnd(stat, 6);
  if (end < 0 || !stat.startsWith(' Message accepted for delivery)', end)) return;
  emitLink(said, stat.slice(6, end), {});
}

/** The message of `id` came out of this line's. */
export function emitLink(
  said: SendmailSaid,
  id: string,
  how: { origin?: 'forwarded' | 'notification' },
  nth = 0,
): void {
  said.emit({
    kind: 'mail.received',
    ...base(said, MAIL_PHASE.received, nth, id),
    clientName: '',
    clientAddress: '',
    saslUser: '',
    originQueueId: said.id,
    ...how,
  });
}
