import type { Verdict } from '../../core/verdict.ts';
import { EMIT, skip } from '../../core/verdict.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { decodeConnect, emitDisconnected, UNCOUNTED } from './clients.ts';
import { clientAt, isDigit } from './parts.ts';
import { decodeRefusal } from './refusal.ts';
import { base, emitNotice, isQueueId, MALFORMED, NO_FATE, postfixDecoder, type Said } from './said.ts';

/**
 * Postfix smtpd: clients come, hand messages in, are refused, and leave.
 *
 *   connect    := "connect from " client
 *   disconnect := "disconnect from " client *(" " command "=" ok ["/" tried])
 *   broken     := ["NOQUEUE: " | queue-id ": "] ("lost connection" | "timeout" | "too many errors") " after " stage " from " client
 *   message    := queue-id ": client=" client *(", " key "=" value)      key: sasl_method, sasl_username, orig_queue_id ...
 *   abuse      := "improper command pipelining after " verb " from " client [": " data]
 *   client     := name "[" address "]" [":" port]
 *   refusal    := see refusal.ts
 *
 * Source: Postfix smtpd/smtpd.c, smtpd_proxy.c; command counts since 3.0.
 * Trust: the address is the accepted socket's. The name is the client's DNS, verified both ways or "unknown". Command
 * counts are ours. sasl_username was authenticated; sasl_sender and orig_* are a peer's words.
 * Skips: TLS chatter, table reloads, proxy acceptance.
 */
export const smtpdDecoder = postfixDecoder({
  id: 'postfix.smtpd',
  daemons: ['smtpd'],
  decode(said) {
    const { text, at } = said;
    if (text.startsWith('connect from ', at)) return decodeConnect(said, at + 13);
    if (text.startsWith('disconnect from ', at)) return decodeDisconnect(said);
    if (text.startsWith('client=', at)) return said.queueId === '' ? BEFORE_QUEUE : decodeClient(said);
    if (BROKEN.some(word => text.startsWith(word, at))) return decodeBroken(said);
    if (text.startsWith('improper command pipelining after ', at)) {
      const from = text.indexOf(' from ', at);
      const client = from < 0 ? null : clientAt(text, from + 6);
      if (client === null) return MALFORMED;
      emitNotice(said, 'warning', client.address, 1, text.slice(at));
      return EMIT;
    }
    return decodeRefusal(said) ?? NO_FATE;
  },
});

const BEFORE_QUEUE = skip('postfix client before a content filter');
const BROKEN = ['lost connection after ', 'timeout after ', 'too many errors after '];

function decodeDisconnect(said: Said): Verdict {
  const { text } = said;
  const client = clientAt(text, said.at + 16);
  if (client === null) return MALFORMED;
  if (client.end >= text.length) emitDisconnected(said, client, UNCOUNTED, false);
  else {
    const rcpt = countOf(text, client.end, ' rcpt=');
    const data = countOf(text, client.end, ' data=').ok + countOf(text, client.end, ' bdat=').ok;
    const counts = { recipients: rcpt.ok, recipientsRejected: rcpt.tried - rcpt.ok, dataCommands: data };
    emitDisconnected(said, client, counts, false);
  }
  return EMIT;
}

/** ` rcpt=1/3`: one of three was accepted; ` rcpt=2`: both were. */
function countOf(text: string, from: number, key: string): { ok: number; tried: number } {
  const at = text.indexOf(key, from);
  if (at < 0) return { ok: 0, tried: 0 };
  let p = at + key.length;
  let ok = 0;
  for (; isDigit(text.charCodeAt(p)); p++) ok = ok * 10 + text.charCodeAt(p) - 0x30;
  if (text.charCodeAt(p) !== 0x2f) return { ok, tried: ok };
  let tried = 0;
  for (p += 1; isDigit(text.charCodeAt(p)); p++) tried = tried * 10 + text.charCodeAt(p) - 0x30;
  return { ok, tried: Math.max(ok, tried) };
}

function decodeBroken(said: Said): Verdict {
  const { text, at } = said;
  const from = text.indexOf(' from ', at);
  const client = from < 0 ? null : clientAt(text, from + 6);
  if (client === null) return MALFORMED;
  emitDisconnected(said, client, UNCOUNTED, true);
  return EMIT;
}

function decodeClient(said: Said): Verdict {
  const { text, at } = said;
  const client = clientAt(text, at + 7);
  if (client === null) return MALFORMED;
  const origin = valueOf(text, client.end, ', orig_queue_id=');
  const { time, order, host, ref, program, pid, queueId } = base(said, MAIL_PHASE.received);
  said.emit({
    kind: 'mail.received',
    time,
    order,
    host,
    ref,
    program,
    pid,
    queueId,
    clientName: client.name,
    clientAddress: client.address,
    saslUser: valueOf(text, client.end, ', sasl_username='),
    originQueueId: isQueueId(origin, 0, origin.length) ? origin : '',
  });
  return EMIT;
}

/** The value of the first such key; sasl_username precedes what a peer may have put into sasl_sender and orig_client. */
function valueOf(text: string, from: number, key: string): string {
  const at = text.indexOf(key, from);
  if (at < 0) return '';
  const comma = text.indexOf(', ', at + key.length);
  return text.slice(at + key.length, comma < 0 ? undefined : comma);
}
