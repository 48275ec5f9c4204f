import type { Verdict } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { ProgramDecoder, SyslogMeta } from '../syslog-contract.ts';
import { bounceDecoder } from './bounce.ts';
import { cleanupDecoder } from './cleanup.ts';
import { deliveryDecoder } from './delivery.ts';
import { masterDecoder } from './master.ts';
import { pickupDecoder } from './pickup.ts';
import { postscreenDecoder } from './postscreen.ts';
import { queueDecoder } from './queue.ts';
import { NO_FATE, queueIdEnd } from './said.ts';
import { smtpdDecoder } from './smtpd.ts';

/**
 * Postfix, whose daemon's name was cut off: rsyslog ends a program's name at the first "/" unless told otherwise, so that in
 * its RFC 5424 form `postfix/smtpd[9]` stands as APP-NAME `postfix` and PROCID 9. Which daemon it was shows in how its line
 * begins, and the line is read as that daemon's.
 *
 *   smtpd := "connect from " | "disconnect from " | [id] "client=" ...    cleanup := id "message-id=" | id action " header "
 *   qmgr  := id "from=<" | id "removed"        pickup := id "uid="        bounce := id ("sender " | "postmaster ") ...
 *   agent := id "to=<" ... relay: "local", "virtual" and service names are the agent's own; "[" address "]:" port is smtp
 *
 * Source: rsyslog, parser.permitSlashInProgramName; the daemons' sources as in their decoders. Emits: what theirs emit.
 * Trust: as theirs. Who wrote the line is inferred from its words, which an outsider cannot begin.
 */
export const unnamedDecoder: ProgramDecoder = Object.freeze({
  id: 'postfix.unnamed',
  programs: ['postfix'],
  decode(text: string, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
    const said = text.charCodeAt(0) === 0x20 ? text.slice(1) : text;
    const found = daemonOf(said);
    if (found === null) return NO_FATE;
    const [decoder, daemon] = found;
    return decoder.decode(said, { ...meta, program: `postfix/${daemon}` }, emit);
  },
});

type Daemon = readonly [ProgramDecoder, string];

const SMTPD: Daemon = [smtpdDecoder, 'smtpd'];
const CLEANUP: Daemon = [cleanupDecoder, 'cleanup'];
const QMGR: Daemon = [queueDecoder, 'qmgr'];
const BOUNCE: Daemon = [bounceDecoder, 'bounce'];
const PICKUP: Daemon = [pickupDecoder, 'pickup'];
const POSTSCREEN: Daemon = [postscreenDecoder, 'postscreen'];
const MASTER: Daemon = [masterDecoder, 'master'];

/** How a line begins behind its queue id, if it has one. The first that fits. */
const OF_A_MESSAGE: readonly (readonly [string, Daemon])[] = [
  ['client=', SMTPD],
  ['message-id=', CLEANUP],
  ['resent-message-id=', CLEANUP],
  ['from=<', QMGR],
  ['removed', QMGR],
  ['skipped, ', QMGR],
  ['uid=', PICKUP],
  ['sender ', BOUNCE],
  ['postmaster ', BOUNCE],
  ['milter-reject: END-OF-MESSAGE ', CLEANUP],
];
const OF_NO_MESSAGE: readonly (readonly [string, Daemon])[] = [
  ['NOQUEUE: reject: RCPT from [', POSTSCREEN],
  ['CONNECT from ', POSTSCREEN],
  ['DISCONNECT ', POSTSCREEN],
  ['PREGREET ', POSTSCREEN],
  ['PASS ', POSTSCREEN],
  ['DNSBL rank ', POSTSCREEN],
  ['HANGUP after ', POSTSCREEN],
  ['daemon started', MASTER],
  ['terminating on signal', MASTER],
];

function daemonOf(text: string): Daemon | null {
  const end = queueIdEnd(text);
  if (end > 0) {
    const at = end + 2;
    if (text.startsWith('to=<', at)) return agentOf(text, at);
    for (const [begins, daemon] of OF_A_MESSAGE) if (text.startsWith(begins, at)) return daemon;
    const check = text.indexOf(': ', at);
    if (check > 0 && (text.startsWith('header ', check + 2) || text.startsWith('body ', check + 2))) return CLEANUP;
    return SMTPD;
  }
  for (const [begins, daemon] of OF_NO_MESSAGE) if (text.startsWith(begins)) return daemon;
  // What is left and is read at all is smtpd's, or a warning that every daemon words alike.
  return SMTPD;
}

/** The relay of a local agent is its own name; one with a port was reached by smtp(8), one with a socket's path by lmtp(8). */
function agentOf(text: string, at: number): Daemon {
  const relay = text.indexOf(', relay=', at);
  const stop = relay < 0 ? -1 : text.indexOf(', ', relay + 8);
  const name = stop < 0 ? '' : text.slice(relay + 8, stop);
  if (name === 'none') return [deliveryDecoder, 'error'];
  if (name === 'local' || name === 'virtual') return [deliveryDecoder, name];
  const open = name.indexOf('[');
  if (open < 0) return [deliveryDecoder, 'pipe'];
  return [deliveryDecoder, name.includes('/', open) || name.endsWith(']:24') ? 'lmtp' : 'smtp'];
}
