import type { Verdict } from '../../core/verdict.ts';
import { EMIT, skip } from '../../core/verdict.ts';
import type { MailDelivery } from '../../events/mail-events.ts';
import { isDigit, pathEnd } from '../postfix/parts.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { durationOf, peerAt, quotedAt, wordEnd } from './parts.ts';
import { base, type EximSaid, MALFORMED } from './said.ts';

/**
 * What became of one recipient.
 *
 *   delivered := ("=>" | "->" | ">>") " " whom *(" " field)
 *   deferred  := "==" " " whom *(" " field) " defer (" errno ")" [": " error] [" H=" peer] [": " text]
 *   failed    := "**" " " whom *(" " field) [" H=" peer] *(" "? ": " text)
 *   whom      := (address | local-part | pipe | file | ":blackhole:") [" (" parent ")"] [" <" top-address ">"]
 *   field     := "F=<" path ">" | "P=<" path ">" | "Q=" queue | "R=" router | "T=" transport | "S=" bytes | "H=" peer | "X=" … | "C=" quoted | "QT=" time | "DT=" time …
 *
 * Source: delivery_log(), deferral_log(), failure_log() and string_log_address() in deliver.c. Local deliveries show the local
 * part alone and the address it came from in angle brackets.
 */
export function decodeFate(said: EximSaid, flag: string): Verdict {
  const { text } = said;
  const whom = whomAt(text, said.at + 3);
  if (whom === null) return MALFORMED;
  const fields = fieldsAt(text, whom.end);
  const kind = kindOf(flag, text, fields.end);
  const channel = kind === 'mail.delivered' ? channelOf(whom.text, fields) : 'unknown';
  const message = kind === 'mail.delivered' ? fields.confirmation : reasonAt(text, fields.end);
  said.emit({
    kind,
    ...base(said, MAIL_PHASE.fate),
    ...recipientOf(whom),
    relay: fields.peer === '' ? fields.transport : fields.peer,
    channel,
    delaySeconds: fields.delaySeconds,
    dsn: dsnOf(kind, message, text, fields.end),
    text: message,
  });
  return EMIT;
}

/** Deliveries that -N or a debugging run only pretended. */
export const NOT_DONE = skip('exim delivery that was not done (-N)');

interface Whom {
  readonly text: string;
  readonly parent: string;
  readonly top: string;
  readonly end: number;
}

function whomAt(text: string, at: number): Whom | null {
  const first = text.charCodeAt(at);
  // A command or a file may hold blanks: the address in brackets that a field follows ends it.
  const free = first === 0x7c || first === 0x2f || text.startsWith('save ', at) || text.startsWith('"|', at);
  let end = free ? freeEnd(text, at) : wordEnd(text, at);
  if (end <= at) return null;
  // `** user@host: text`: the colon is no part of the address.
  if (!free && text.charCodeAt(end - 1) === 0x3a && text.charCodeAt(at) !== 0x3a) end -= 1;
  const own = text.slice(at, end);
  let parent = '';
  let top = '';
  if (text.startsWith(' (', end)) {
    const close = text.indexOf(')', end);
    if (close < 0) return null;
    parent = text.slice(end + 2, close).split(', ')[0] as string;
    end = close + 1;
  }
  if (text.startsWith(' <', end)) {
    const close = pathEnd(text, end + 1);
    if (close < 0) return null;
    top = text.slice(end + 2, close);
    end = close + 1;
  }
  return { text: own, parent, top, end };
}

const AFTER_TOP = ['> R=', '> T=', '> F=<', '> P=<', '> Q=', '>: ', '> :', '> defer ('];

function freeEnd(text: string, at: number): number {
  let close = -1;
  for (const mark of AFTER_TOP) {
    const found = text.indexOf(mark, at);
    if (found >= 0 && (close < 0 || found < close)) close = found;
  }
  if (close < 0) return wordEnd(text, at);
  const open = text.lastIndexOf(' <', close);
  const parent = text.lastIndexOf(' (', open);
  return parent > at && text.charCodeAt(open - 1) === 0x29 ? parent : open;
}

/** The person meant: for a command, a file or a bare local part it is the address that led there. */
function recipientOf({ text, parent, top }: Whom): { recipient: string; originalRecipient: string } {
  if (text.includes('@') && !text.startsWith('|') && !text.startsWith('/'))
    return { recipient: text, originalRecipient: top === text ? '' : top };
  const first = text.charCodeAt(0);
  if (first === 0x7c || first === 0x2f || first === 0x3a || first === 0x22 || text.startsWith('save '))
    return parent === '' ? { recipient: top, originalRecipient: '' } : { recipient: parent, originalRecipient: top };
  // `clerk <clerk@example.org>`, `clerk <clerk+list@example.org>`: the same person; `clerk <office@example.org>`: another address.
  const local = localOf(top);
  const same = local === text || (local.startsWith(text) && !isNameChar(local.charCodeAt(text.length)));
  return same ? { recipient: top, originalRecipient: '' } : { recipient: text, originalRecipient: top };
}

function localOf(address: string): string {
  const local = address.slice(0, Math.max(0, address.lastIndexOf('@')));
  return local.startsWith('"') && local.endsWith('"') && local.length > 2 ? local.slice(1, -1) : local;
}

const isNameChar = (code: number): boolean => isDigit(code) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);

interface Fields {
  router: string;
  transport: string;
  peer: string;
  confirmation: string;
  delaySeconds: number;
  /** Where the fields end: at a colon, at ` defer (`, or at the end of the text. */
  end: number;
}

function fieldsAt(text: string, at: number): Fields {
  const fields: Fields = { router: '', transport: '', peer: '', confirmation: '', delaySeconds: -1, end: text.length };
  let p = at;
  while (p < text.length) {
    if (text.charCodeAt(p) === 0x3a || text.startsWith(' : ', p) || text.startsWith(' defer (', p)) break;
    const start = p + 1;
    if (text.startsWith('H=', start)) {
      const remote = remoteAt(text, start + 2);
      fields.peer = remote.name;
      p = remote.end;
    } else if (text.startsWith('F=<', start) || text.startsWith('P=<', start)) {
      const close = pathEnd(text, start + 2);
      p = close < 0 ? wordEnd(text, start) : close + 1;
    } else if (text.startsWith('C="', start) || text.startsWith('DN="', start)) {
      const quoted = quotedAt(text, text.indexOf('"', start));
      if (text.charCodeAt(start) === 0x43) fields.confirmation = quoted.value;
      p = quoted.end;
    } else {
      p = wordEnd(text, start);
      if (text.charCodeAt(p - 1) === 0x3a) p -= 1;
      takeField(fields, text, start, p);
    }
    if (p < start) break;
  }
  fields.end = Math.min(p, text.length);
  return fields;
}

/** `name [address]:port*` as `name[address]:port`; a local transport names a host without an address. */
function remoteAt(text: string, at: number): { name: string; end: number } {
  const word = wordEnd(text, at);
  const open = text.startsWith(' DS [', word) ? word + 3 : word;
  const close = text.startsWith(' [', open) ? text.indexOf(']', open) : -1;
  const peer = close < 0 ? null : peerAt(text, at, close + 1);
  if (peer === null) return { name: text.slice(at, word), end: word };
  const name = `${text.slice(at, word)}[${peer.address}]${text.slice(close + 1, peer.end)}`;
  return { name, end: text.charCodeAt(peer.end) === 0x2a ? peer.end + 1 : peer.end };
}

function takeField(fields: Fields, text: string, start: number, end: number): void {
  if (text.startsWith('R=', start) && fields.router === '') fields.router = text.slice(start + 2, end);
  else if (text.startsWith('T=', start) && fields.transport === '') fields.transport = text.slice(start + 2, end);
  else if (text.startsWith('QT=', start)) fields.delaySeconds = durationOf(text.slice(start + 3, end));
}

function kindOf(flag: string, text: string, at: number): MailDelivery['kind'] {
  if (flag === '==') return 'mail.deferred';
  if (flag !== '**') return 'mail.delivered';
  return text.includes('retry timeout exceeded', at) ? 'mail.expired' : 'mail.bounced';
}

function channelOf(whom: string, fields: Fields): MailDelivery['channel'] {
  if (whom === ':blackhole:' || whom === '/dev/null') return 'discard';
  if (whom.startsWith('|') || whom.startsWith('"|')) return 'command';
  if (whom.startsWith('/') || whom.startsWith('save ')) return 'mailbox';
  if (fields.peer !== '') return 'relay';
  // An automatic reply is shown as `>address`.
  return whom.startsWith('>') || fields.transport === '' ? 'unknown' : 'mailbox';
}

/** The words after the fields: the error's and the remote server's. */
function reasonAt(text: string, at: number): string {
  let p = at;
  if (text.startsWith(' defer (', p)) p = Math.max(p, text.indexOf(')', p) + 1);
  while (p < text.length && (text.charCodeAt(p) === 0x3a || text.charCodeAt(p) === 0x20)) p += 1;
  return text.slice(p);
}

/** ERRNO_EXIMQUOTA (-22): the mailbox is full. Source: macros.h. */
const QUOTA = ' defer (-22)';

/** The enhanced code that a remote server gave, or what Exim's own number says; '' when there is none. */
function dsnOf(kind: MailDelivery['kind'], message: string, text: string, at: number): string {
  if (kind === 'mail.delivered') return dsnAfterCode(message, 0);
  if (text.startsWith(QUOTA, at)) return '4.2.2';
  if (kind === 'mail.bounced' && message.startsWith('mailbox is full')) return '5.2.2';
  const remote = message.indexOf('SMTP error from remote mail server');
  if (remote < 0) return '';
  // The recipient of RCPT stands in brackets before the server's answer.
  for (let colon = message.indexOf(': ', remote); colon >= 0; colon = message.indexOf(': ', colon + 2)) {
    const dsn = dsnAfterCode(message, colon + 2);
    if (dsn !== '') return dsn;
  }
  return '';
}

function dsnAfterCode(text: string, at: number): string {
  const code = text.charCodeAt(at);
  if (
    (code !== 0x32 && code !== 0x34 && code !== 0x35) ||
    !isDigit(text.charCodeAt(at + 1)) ||
    !isDigit(text.charCodeAt(at + 2))
  )
    return '';
  const from = at + 4;
  let end = from;
  let dots = 0;
  while (end < text.length && end - from < 9) {
    if (text.charCodeAt(end) === 0x2e) dots += 1;
    else if (!isDigit(text.charCodeAt(end))) break;
    end += 1;
  }
  return dots === 2 && text.charCodeAt(from) === code ? text.slice(from, end) : '';
}
