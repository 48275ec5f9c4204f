import type { Verdict } from '../../core/verdict.ts';
import { EMIT, skip } from '../../core/verdict.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { clientAt, replyOf, tailOf } from './parts.ts';
import { base, MALFORMED, type Said } from './said.ts';

/**
 * An access decision of smtpd, postscreen or cleanup's milters.
 *
 *   line   := ["NOQUEUE: " | queue-id ": "] action ": " stage " from " client ": " reply ["; " tail]
 *   action := "reject" | "milter-reject" | "proxy-reject" | "discard" | "milter-discard" | "hold" | "milter-hold" | "filter"
 *           | "redirect" | "bcc" | "prepend" | "warn" | "info" | "reject_warning" | "trigger" ...
 *   reply  := [code " "] [dsn " "] text
 *   tail   := "from=<" path "> to=<" path "> proto=" word " helo=<" name ">"      with or without commas; any may be absent
 *
 * Source: Postfix smtpd/smtpd_check.c, smtpd.c, postscreen/postscreen_smtpd.c, cleanup/cleanup_milter.c.
 * Emits: mail.rejected; for the discards, which tell the client that all is well, mail.delivered into nothing.
 * Trust: stage, code and the address are ours; name, text, paths and greeting are the client's words. The tail is taken
 * only where it reaches the end of the line.
 */
export function decodeRefusal(said: Said): Verdict | null {
  const { text, at } = said;
  const colon = text.indexOf(': ', at);
  if (colon < 0 || colon - at > 20) return null;
  const action = text.slice(at, colon);
  const effect = EFFECTS.get(action);
  if (effect === undefined) return null;
  if (effect === 'none') return NOT_REFUSED;
  const from = text.indexOf(' from ', colon + 2);
  if (from < 0) return MALFORMED;
  const stage = text.slice(colon + 2, from);
  if (stage.length > 32 || stage.includes(' ')) return MALFORMED;
  const client = clientAt(text, from + 6);
  if (client === null || !text.startsWith(': ', client.end)) return MALFORMED;
  const tail = tailOf(text, client.end);
  const reply = replyOf(text, client.end + 2, tail === null ? text.length : tail.at);
  const sender = tail === null ? '' : tail.sender;
  const recipient = tail === null ? '' : tail.recipient;
  if (effect === 'discard') {
    emitDiscard(said, recipient, reply.text);
    return EMIT;
  }
  const { time, order, host, ref, program, pid, queueId } = base(said, MAIL_PHASE.rejected);
  said.emit({
    kind: 'mail.rejected',
    time,
    order,
    host,
    ref,
    program,
    pid,
    queueId,
    clientName: client.name,
    clientAddress: client.address,
    sender,
    recipient,
    code: reply.code,
    dsn: reply.dsn,
    stage,
    text: reply.text,
  });
  return EMIT;
}

export function emitDiscard(said: Said, recipient: string, text: string): void {
  said.emit({
    kind: 'mail.delivered',
    ...base(said, MAIL_PHASE.fate),
    recipient,
    originalRecipient: '',
    relay: '',
    channel: 'discard',
    delaySeconds: -1,
    dsn: '',
    text,
  });
}

const NOT_REFUSED = skip('postfix action that refuses nothing');

const EFFECTS: ReadonlyMap<string, 'reject' | 'discard' | 'none'> = new Map([
  ['reject', 'reject'],
  ['milter-reject', 'reject'],
  ['proxy-reject', 'reject'],
  ['discard', 'discard'],
  ['milter-discard', 'discard'],
  ['hold', 'none'],
  ['milter-hold', 'none'],
  ['filter', 'none'],
  ['redirect', 'none'],
  ['bcc', 'none'],
  ['prepend', 'none'],
  ['warn', 'none'],
  ['info', 'none'],
  ['permit', 'none'],
  ['reject_warning', 'none'],
  ['trigger', 'none'],
  ['proxy-accept', 'none'],
]);
