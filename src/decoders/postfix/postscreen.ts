import type { Verdict } from '../../core/verdict.ts';
import { EMIT, skip } from '../../core/verdict.ts';
import { decodeConnect, emitDisconnected, UNCOUNTED } from './clients.ts';
import { addressIn, clientAt } from './parts.ts';
import { decodeRefusal } from './refusal.ts';
import { emitNotice, MALFORMED, NO_FATE, postfixDecoder, type Said } from './said.ts';

/**
 * Postfix postscreen: strangers at the door, before smtpd sees them.
 *
 *   connect    := "CONNECT from " peer " to " peer
 *   disconnect := "DISCONNECT " peer
 *   refusal    := "NOQUEUE: reject: " stage " from " peer ": " reply ["; from=<" path ">, to=<" path ">, proto=" word ", helo=<" name ">"]
 *   test       := ("PREGREET" n "after" s | "HANGUP after" s | "DNSBL rank" n "for" | "COMMAND ... LIMIT" | "BARE NEWLINE"
 *               | "NON-SMTP COMMAND" | "COMMAND PIPELINING") ... peer ...
 *   pass       := ("PASS OLD" | "PASS NEW" | "ALLOWLISTED" | "DENYLISTED" | "ALLOWLIST VETO" and their older spellings) " " peer
 *   peer       := "[" address "]:" port
 *
 * Source: Postfix postscreen/postscreen.c, postscreen_early.c, postscreen_smtpd.c.
 * Emits: mail.connected, mail.disconnected, mail.rejected, mail.notice for a failed test. A client that passes connects to
 * smtpd and is seen again there: whoever counts connections counts the one or the other.
 * Trust: addresses and ports are ours; what stands after a PREGREET or PIPELINING is the client's.
 */
export const postscreenDecoder = postfixDecoder({
  id: 'postfix.postscreen',
  daemons: ['postscreen'],
  decode(said) {
    const { text } = said;
    if (text.startsWith('CONNECT from ')) return decodeConnect(said, 13);
    if (text.startsWith('DISCONNECT ')) return decodeDisconnect(said);
    if (PASSED.some(word => text.startsWith(word))) return PASS;
    if (FAILED.some(word => text.startsWith(word))) {
      const address = addressIn(text, 0);
      if (address === '') return MALFORMED;
      emitNotice(said, 'warning', address, 1, text);
      return EMIT;
    }
    return decodeRefusal(said) ?? NO_FATE;
  },
});

const PASS = skip('postscreen let a client through');
const PASSED = ['PASS ', 'ALLOWLIST', 'WHITELIST', 'DENYLISTED ', 'BLACKLISTED '];
const FAILED = ['PREGREET ', 'HANGUP ', 'DNSBL rank ', 'COMMAND ', 'BARE NEWLINE ', 'NON-SMTP COMMAND '];

function decodeDisconnect(said: Said): Verdict {
  const client = clientAt(said.text, 11);
  if (client === null) return MALFORMED;
  emitDisconnected(said, client, UNCOUNTED, false);
  return EMIT;
}
