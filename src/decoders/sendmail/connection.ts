import type { Verdict } from '../../core/verdict.ts';
import { EMIT } from '../../core/verdict.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { sessionOf } from './arrival.ts';
import { type Peer, peerBefore, peerIn } from './parts.ts';
import { base, emitNotice, MALFORMED, OF_NO_USE, type SendmailSaid } from './said.ts';

/**
 * Clients come and go, log in or fail to, and break the protocol; the daemon starts, stops, and complains.
 *
 *   connect := "connect from " peer
 *   empty   := peer " did not issue MAIL/EXPN/VRFY/ETRN during connection to " daemon
 *   broken  := "lost input channel from " peer " to " daemon " after " command
 *   login   := "AUTH=server, relay=" peer ", authid=" id ", mech=" word ", bits=" n
 *   failed  := "AUTH failure (" mech "): " text [", user=" text] ", relay=" peer
 *   odd     := peer ": " ("VRFY" | "EXPN" | "ETRN" | "possible SMTP attack" | "Possible SMTP RCPT flood" | "probable open proxy" | "SMTP violation") …
 *   silent  := "timeout waiting for input from " peer " during " text
 *   daemon  := "starting daemon (" … | "stopping daemon, reason=" … | "restarting " … | "rejecting connections on daemon " …
 *   error   := "SYSERR(" user "): " text
 *   warning := "Authentication-Warning: " host ": " text
 *
 * Source: srvrsmtp.c, main.c, daemon.c, auth_warning() in main.c, err.c. A warning that a user set the sender with -f names the real user.
 */
export function decodeConnection(said: SendmailSaid): Verdict {
  const { text, at } = said;
  if (text.startsWith('connect from ', at)) {
    const peer = peerIn(text, at + 13, text.length);
    if (peer === null) return OF_NO_USE;
    const { name: clientName, address: clientAddress } = peer;
    said.emit({ kind: 'mail.connected', ...base(said, MAIL_PHASE.connected), clientName, clientAddress });
    return EMIT;
  }
  if (text.startsWith('lost input channel from ', at)) {
    const peer = peerBefore(text, at + 24, ' to ');
    return peer === null ? OF_NO_USE : gone(said, peer, 'lost');
  }
  if (text.startsWith('AUTH=server, relay=', at)) return decodeLogin(said);
  if (text.startsWith('AUTH failure (', at)) {
    const relay = text.lastIndexOf(', relay=');
    const peer = relay < 0 ? null : peerIn(text, relay + 8, text.length);
    return peer === null ? MALFORMED : noticed(said, peer);
  }
  if (text.startsWith('timeout waiting for input from ', at)) {
    const peer = peerBefore(text, at + 31, ' during ');
    return peer === null ? OF_NO_USE : noticed(said, peer);
  }
  for (const word of ODD) {
    const peer = peerBefore(text, at, `: ${word}`);
    if (peer !== null) return noticed(said, peer);
  }
  const empty = text.indexOf(EMPTY, at);
  if (empty > at) {
    const peer = peerIn(text, at, empty);
    if (peer !== null) return gone(said, peer, 'nothing asked');
  }
  return decodeDaemon(said);
}

const EMPTY = ' did not issue MAIL/EXPN/VRFY/ETRN during connection to ';
const ODD = [
  'VRFY ',
  'EXPN ',
  'ETRN ',
  'vrfy ',
  'expn ',
  'possible SMTP attack',
  'Possible SMTP RCPT flood',
  'probable open proxy',
  'SMTP violation',
];

function gone(said: SendmailSaid, peer: Peer, how: 'nothing asked' | 'lost'): Verdict {
  const nothing = how === 'nothing asked';
  said.emit({
    kind: 'mail.disconnected',
    ...base(said, MAIL_PHASE.disconnected),
    clientName: peer.name,
    clientAddress: peer.address,
    recipients: nothing ? 0 : -1,
    recipientsRejected: -1,
    dataCommands: nothing ? 0 : -1,
    lost: !nothing,
  });
  return EMIT;
}

function noticed(said: SendmailSaid, peer: Peer): Verdict {
  emitNotice(said, 'warning', peer.address, said.text.slice(said.at));
  return EMIT;
}

/** What the session brings after it names this process alone. */
function decodeLogin(said: SendmailSaid): Verdict {
  const { text, meta } = said;
  const mech = text.lastIndexOf(', mech=');
  const authid = text.lastIndexOf(', authid=', mech);
  if (authid < said.at) return MALFORMED;
  const peer = peerIn(text, said.at + 19, authid);
  if (peer === null) return OF_NO_USE;
  const end = text.indexOf(', ', mech + 2);
  said.emit({
    kind: 'mailbox.login',
    ...base(said, MAIL_PHASE.connected, 0, ''),
    outcome: 'accepted',
    protocol: 'submission',
    user: text.slice(authid + 9, mech),
    clientAddress: peer.address,
    serverAddress: '',
    method: text.slice(mech + 7, end < 0 ? undefined : end),
    tls: false,
    session: meta.pid >= 0 ? sessionOf(meta.pid) : '',
    mailPid: -1,
  });
  return EMIT;
}

function decodeDaemon(said: SendmailSaid): Verdict {
  const { text, at } = said;
  const what = text.startsWith('starting daemon (', at)
    ? 'started'
    : text.startsWith('stopping daemon, reason=', at)
      ? 'stopped'
      : text.startsWith('SYSERR(', at)
        ? isLoop(text, at)
          ? 'loop'
          : 'warning'
        : WARNINGS.some(start => text.startsWith(start, at))
          ? 'warning'
          : null;
  if (what === null) return OF_NO_USE;
  emitNotice(said, what, '', text.slice(at));
  return EMIT;
}

const WARNINGS = [
  'Authentication-Warning: ',
  'rejecting connections on daemon ',
  'rejecting new messages: ',
  'restarting ',
  'low on space (',
];

/** Only what follows the name of the user who ran into it, as a whole. */
function isLoop(text: string, at: number): boolean {
  const colon = text.indexOf('): ', at);
  return (
    colon > 0 && (text.startsWith('Too many hops ', colon + 3) || text.endsWith('mail loops back to me (MX problem?)'))
  );
}
