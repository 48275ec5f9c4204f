import type { Verdict } from '../../core/verdict.ts';
import { EMIT } from '../../core/verdict.ts';
import { pathEnd } from '../postfix/parts.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { type Peer, peerAt, wordEnd } from './parts.ts';
import { base, type EximSaid, emitNotice, MALFORMED } from './said.ts';

/**
 * A client was refused.
 *
 *   line     := "H=" peer *(" " field) [" F=<" path ">"] " " ["temporarily "] "rejected " stage [": " text]          from ACLs
 *             | "H=" peer … " dropped by '" word "' ACL" [": " text]
 *             | ["temporarily "] "rejected " ("EHLO" | "HELO" | "MAIL" …) " from " peer ": " text
 *             | "SMTP protocol synchronization error (" text "): rejected " ("connection from" | quoted) " H=" peer " input=" quoted
 *             | ("refused connection from" | "temporarily refused connection from") " " peer …
 *             | "unqualified " word " rejected: <" path "> H=" peer
 *             | "F=" address " H=" peer … " rejected by local_scan(): " text
 *   stage    := "RCPT " address | "MAIL" … | "after DATA" | "DATA" | "connection in " … | "EXPN" … | "VRFY" … | "by local_scan()"
 *
 * Source: smtp_handle_acl_fail() and its neighbours in smtp_in.c, receive.c. Exim does not log the code it answers with: a refusal for
 * now has the undetermined enhanced code 4.0.0 here, one for good 5.0.0 (RFC 3463).
 */
export function decodeRefusal(said: EximSaid): Verdict | null {
  const { text, at } = said;
  if (text.startsWith('H=', at) || text.startsWith('U=', at) || text.startsWith('F=', at)) return decodeAcl(said);
  if (text.startsWith('rejected ', at) || text.startsWith('temporarily rejected ', at)) return decodeFrom(said);
  if (text.startsWith('refused connection from ', at)) return decodeConnection(said, at + 24);
  if (text.startsWith('temporarily refused connection from ', at)) return decodeConnection(said, at + 36);
  if (text.startsWith('Connection from ', at)) return decodeConnection(said, at + 16);
  if (text.startsWith('SMTP protocol synchronization error', at) || text.startsWith('unqualified ', at))
    return decodeTrailing(said);
  return null;
}

interface Refused {
  readonly peer: Peer | null;
  readonly sender: string;
  readonly recipient: string;
  readonly stage: string;
  readonly text: string;
  readonly forNow: boolean;
}

function emitRefused(said: EximSaid, refused: Refused): Verdict {
  said.emit({
    kind: 'mail.rejected',
    ...base(said, MAIL_PHASE.rejected),
    clientName: refused.peer === null ? 'local' : refused.peer.name,
    clientAddress: refused.peer?.address ?? '',
    sender: refused.sender,
    recipient: refused.recipient,
    code: 0,
    dsn: refused.forNow ? '4.0.0' : '5.0.0',
    stage: refused.stage,
    text: refused.text,
  });
  return EMIT;
}

const VERBS = [' temporarily rejected ', ' rejected ', ' dropped by ', ' sender verify '];

function decodeAcl(said: EximSaid): Verdict | null {
  const { text, at } = said;
  const hostAt = text.startsWith('H=', at) ? at : text.indexOf(' H=', at);
  // What the client says follows its address: the sender's path, or the verb where there is none.
  const senderAt = text.startsWith('F=', at) ? at : text.indexOf(' F=', at) + 1;
  const sender = senderAt > 0 || text.startsWith('F=', at) ? pathAt(text, senderAt + 2) : { value: '', end: at };
  const from = Math.max(sender.end, hostAt);
  let verb = '';
  let verbAt = -1;
  for (const each of VERBS) {
    const found = text.indexOf(each, from);
    if (found >= 0 && (verbAt < 0 || found < verbAt)) {
      verb = each;
      verbAt = found;
    }
  }
  if (verbAt < 0) return null;
  const limit = senderAt > hostAt ? senderAt : verbAt;
  const peer = hostAt < 0 ? null : peerAt(text, text.startsWith('H=', at) ? hostAt + 2 : hostAt + 3, limit);
  if (hostAt >= 0 && peer === null) return MALFORMED;
  const rest = verbAt + verb.length;
  if (verb === ' sender verify ') {
    emitNotice(said, 'warning', peer?.address ?? '', text.slice(verbAt + 1));
    return EMIT;
  }
  if (verb === ' dropped by ') {
    const reason = reasonAfter(text, rest);
    return emitRefused(said, {
      peer,
      sender: sender.value,
      recipient: '',
      stage: 'connect',
      text: reason,
      forNow: false,
    });
  }
  const forNow = verb === ' temporarily rejected ';
  return emitRefused(said, { peer, sender: sender.value, ...stageAt(text, rest), forNow });
}

/** `F=<path>`, or a bare address in releases before 4.60. */
function pathAt(text: string, at: number): { value: string; end: number } {
  if (text.charCodeAt(at) === 0x3c) {
    const close = pathEnd(text, at);
    if (close > 0) return { value: text.slice(at + 1, close), end: close + 1 };
  }
  const end = wordEnd(text, at);
  return { value: text.slice(at, end), end };
}

/** `RCPT <a@b>: text`, `after DATA: text`, `connection in "connect" ACL: text`. */
function stageAt(text: string, at: number): { stage: string; recipient: string; text: string } {
  if (text.startsWith('RCPT ', at)) {
    const path = pathAt(text, at + 5);
    const bare = path.value.endsWith(':') ? path.value.slice(0, -1) : path.value;
    return { stage: 'RCPT', recipient: bare, text: reasonAfter(text, path.end - (bare === path.value ? 0 : 1)) };
  }
  for (const stage of [
    'MAIL',
    'after DATA',
    'DATA',
    'EXPN',
    'VRFY',
    'ETRN',
    'EHLO',
    'HELO',
    'AUTH',
    'STARTTLS',
    'QUIT',
  ]) {
    if (text.startsWith(stage, at))
      return { stage: stage === 'after DATA' ? 'DATA' : stage, recipient: '', text: reasonAfter(text, at) };
  }
  const stage = text.startsWith('connection', at) ? 'connect' : text.startsWith('by local_scan()', at) ? 'DATA' : '';
  return { stage, recipient: '', text: reasonAfter(text, at) };
}

function reasonAfter(text: string, at: number): string {
  const colon = text.indexOf(': ', at);
  return colon < 0 ? text.slice(at) : text.slice(colon + 2);
}

/** `rejected EHLO from host [address]: text`, `rejected MAIL FROM:<a@b> H=host [address]: text`. */
function decodeFrom(said: EximSaid): Verdict {
  const { text, at } = said;
  const forNow = text.startsWith('temporarily ', at);
  const stageStart = text.indexOf('rejected ', at) + 9;
  let p = stageStart;
  let sender = '';
  if (text.startsWith('MAIL FROM:<', p)) {
    const path = pathAt(text, p + 10);
    sender = path.value;
    p = path.end;
  }
  const quoted = text.charCodeAt(stageStart) === 0x22;
  const marks = quoted ? [text.lastIndexOf(' from ')] : [text.indexOf(' from ', p), text.indexOf(' H=', p)];
  const mark = Math.min(...marks.filter(each => each >= 0));
  if (!Number.isFinite(mark)) return MALFORMED;
  const from = mark + (text.startsWith(' from ', mark) ? 6 : 3);
  const host = text.startsWith('H=', from) ? from + 2 : from;
  const colon = text.indexOf(']: ', host);
  const portEnd = text.indexOf(': ', colon < 0 ? host : colon);
  const peer = peerAt(text, host, portEnd < 0 ? text.length : portEnd + 1);
  if (peer === null) return MALFORMED;
  const word = quoted ? stageStart + 1 : stageStart;
  const stage = text.slice(word, Math.min(wordEnd(text, word), word + 16)).replaceAll('"', '');
  return emitRefused(said, { peer, sender, recipient: '', stage, text: reasonAfter(text, peer.end), forNow });
}

function decodeConnection(said: EximSaid, at: number): Verdict {
  const colon = said.text.indexOf(': ', at);
  const peer = peerAt(said.text, at, colon < 0 ? said.text.length : colon);
  if (peer === null) return MALFORMED;
  const text = said.text.slice(said.at);
  const forNow = said.text.startsWith('temporarily ', said.at);
  return emitRefused(said, { peer, sender: '', recipient: '', stage: 'connect', text, forNow });
}

/** The client's own words stand before or behind ` H=` or ` from H=`; input that was read stands last. */
function decodeTrailing(said: EximSaid): Verdict {
  const { text, at } = said;
  const input = text.indexOf(' next input="', at);
  const limit = input >= 0 ? input : text.indexOf(' input="', at);
  const end = limit < 0 ? text.length : limit;
  const mark = text.lastIndexOf('H=', end - 1);
  const peer = mark < 0 ? null : peerAt(text, mark + 2, end);
  if (peer === null) return MALFORMED;
  const stage = text.startsWith('unqualified sender ', at)
    ? 'MAIL'
    : text.startsWith('unqualified recipient ', at)
      ? 'RCPT'
      : text.startsWith('unqualified ', at)
        ? 'VRFY'
        : 'connect';
  return emitRefused(said, {
    peer,
    sender: '',
    recipient: '',
    stage,
    text: text.slice(at, mark).trimEnd(),
    forNow: false,
  });
}
