import type { Verdict } from '../../core/verdict.ts';
import { EMIT } from '../../core/verdict.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { type Peer, peerAt } from './parts.ts';
import { base, type EximSaid, emitNotice, MALFORMED } from './said.ts';

/**
 * Clients come and go, fail to log in, and break the protocol.
 *
 *   connect := "SMTP connection from " peer … "(TCP/IP connection count = " n ")"                   +smtp_connection
 *   closed  := "SMTP connection from " peer … " closed " ("by QUIT" | "by DROP in ACL" | …) | … " lost" …
 *   empty   := "no MAIL in SMTP connection from " peer " D=" time [" C=" command *("," command)]    +smtp_no_mail
 *   broken  := ("unexpected disconnection while reading SMTP command from " | "SMTP command timeout on connection from " | …) peer …
 *   dropped := "SMTP call from " peer " dropped: " text
 *   login   := authenticator " authenticator failed for " peer ": " text ["(set_id=" id ")"]
 *   odd     := "SMTP " ("protocol" | "syntax") " error in " quoted " H=" peer " " text
 *   name    := "no host name found for IP address " address | "no IP address found for host " name " (during SMTP connection from " peer ")"
 *   scanned := "SA: Action: " text "(host=" name " [" address "]) for " address                     sa-exim
 *
 * Source: smtp_in.c, daemon.c, host.c; sa-exim's README.
 */
export function decodeConnection(said: EximSaid): Verdict | null {
  const { text, at } = said;
  if (text.startsWith('SMTP connection from ', at)) return decodeSmtp(said, at + 21);
  if (text.startsWith('no MAIL in SMTP connection from ', at)) return decodeNoMail(said, at + 32);
  if (text.startsWith('SMTP call from ', at)) {
    const dropped = text.indexOf(' dropped: ', at);
    return gone(said, dropped < 0 ? null : peerAt(text, at + 15, dropped), 'dropped');
  }
  for (const start of BROKEN) {
    if (!text.startsWith(start, at)) continue;
    const tail = Math.max(text.lastIndexOf(' F=<'), text.lastIndexOf(' D='));
    return gone(said, peerAt(text, at + start.length, tail < at ? text.length : tail), 'broken');
  }
  const failed = text.indexOf(' authenticator failed for ', at);
  if (failed > at && text.indexOf(' ', at) === failed) return decodeLogin(said, failed + 26);
  if (text.startsWith('SMTP protocol error in "', at) || text.startsWith('SMTP syntax error in "', at)) {
    // The command is the client's and may hold another ` H=`.
    const mark = text.lastIndexOf(' H=');
    return noticed(said, mark < 0 ? null : peerAt(text, mark + 3, text.length));
  }
  if (text.startsWith('no host name found for IP address ', at))
    return noticed(said, peerAt(`[${text.slice(at + 34)}]`, 0, text.length + 2));
  if (text.startsWith('no IP address found for host ', at)) {
    const mark = text.lastIndexOf('(during SMTP connection from ');
    return mark < 0 ? null : noticed(said, peerAt(text, mark + 29, text.length));
  }
  if (text.startsWith('SA: Action: ', at)) {
    const mark = text.lastIndexOf(' (host=');
    return mark < 0 ? null : noticed(said, peerAt(text, mark + 7, text.length));
  }
  return null;
}

const BROKEN = [
  'unexpected disconnection while reading SMTP command from ',
  'SMTP command timeout on connection from ',
  'SMTP command timeout on TLS connection from ',
  'SMTP data timeout (message abandoned) on connection from ',
  'SMTP data timeout (message abandoned) on TLS connection from ',
];

function decodeSmtp(said: EximSaid, at: number): Verdict | null {
  const { text } = said;
  const counted = text.lastIndexOf(' (TCP/IP connection count = ');
  if (counted > at) {
    const peer = peerAt(text, at, counted);
    if (peer === null) return MALFORMED;
    const at2 = base(said, MAIL_PHASE.connected);
    said.emit({ kind: 'mail.connected', ...at2, clientName: peer.name, clientAddress: peer.address });
    return EMIT;
  }
  const closed = text.lastIndexOf(' closed ');
  if (closed > at)
    return gone(said, peerAt(text, at, closed), text.startsWith(' closed by QUIT', closed) ? 'quit' : 'dropped');
  const lost = text.indexOf('] lost', at);
  const lostPort = lost < 0 ? text.lastIndexOf(' lost') : lost + 1;
  return lostPort > at ? gone(said, peerAt(text, at, lostPort), 'broken') : null;
}

function decodeNoMail(said: EximSaid, at: number): Verdict {
  const { text } = said;
  const duration = text.lastIndexOf(' D=');
  const peer = peerAt(text, at, duration < at ? text.length : duration);
  if (peer === null) return MALFORMED;
  said.emit({
    kind: 'mail.disconnected',
    ...base(said, MAIL_PHASE.disconnected),
    clientName: peer.name,
    clientAddress: peer.address,
    recipients: 0,
    recipientsRejected: -1,
    dataCommands: 0,
    lost: !text.endsWith('QUIT'),
  });
  return EMIT;
}

function gone(said: EximSaid, peer: Peer | null, how: 'quit' | 'dropped' | 'broken'): Verdict {
  if (peer === null) return MALFORMED;
  said.emit({
    kind: 'mail.disconnected',
    ...base(said, MAIL_PHASE.disconnected),
    clientName: peer.name,
    clientAddress: peer.address,
    recipients: -1,
    recipientsRejected: -1,
    dataCommands: -1,
    lost: how !== 'quit',
  });
  return EMIT;
}

function decodeLogin(said: EximSaid, at: number): Verdict {
  const { text } = said;
  const from = text.startsWith('H=', at) ? at + 2 : at;
  // The answer's code ends the peer; the name that was tried stands behind it and is the client's.
  const answer = text.indexOf(': 535 ', from);
  const colon = answer < 0 ? text.indexOf(']: ', from) + 1 : answer;
  const peer = peerAt(text, from, colon > from ? colon : text.length);
  return noticed(said, peer);
}

function noticed(said: EximSaid, peer: Peer | null): Verdict {
  if (peer === null) return MALFORMED;
  emitNotice(said, 'warning', peer.address, said.text.slice(said.at));
  return EMIT;
}
