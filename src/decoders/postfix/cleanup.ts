import type { Verdict } from '../../core/verdict.ts';
import { EMIT, skip } from '../../core/verdict.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { attachmentNameIn, declaredTypeIn } from './attachment.ts';
import { clientAt, pathEnd } from './parts.ts';
import { decodeRefusal, emitDiscard } from './refusal.ts';
import { base, MALFORMED, NO_FATE, postfixDecoder, type Said } from './said.ts';

/**
 * Postfix cleanup: the message's own id, what a milter decided, and what header and body checks saw.
 *
 *   id      := queue-id ": " ["resent-"] "message-id=" text
 *   content := queue-id ": " action ": " ("header" | "body") " " line " from " ("local" | client) "; from=<" path "> to=<" path
 *              "> proto=" word " helo=<" name ">" [": " reason]
 *   action  := "reject" | "warning" | "info" | "hold" | "discard" | "filter" | "redirect" | "replace" | "prepend" | "bcc" | "strip"
 *   milter  := see refusal.ts
 *
 * Source: Postfix cleanup/cleanup_message.c. `line` is cut at 200 bytes and its line feeds are printed as "?".
 * Emits: mail.identified, mail.rejected, mail.delivered into nothing (discard), attachment.seen for a header that names one.
 * Trust: the message id and `line` are the sender's words; `reason` is the administrator's.
 */
export const cleanupDecoder = postfixDecoder({
  id: 'postfix.cleanup',
  daemons: ['cleanup'],
  decode(said) {
    const { text, at, queueId } = said;
    if (queueId === '') return NO_FATE;
    const resent = text.startsWith('resent-message-id=', at);
    if (resent || text.startsWith('message-id=', at)) {
      const { time, order, host, ref, program, pid } = base(said, MAIL_PHASE.identified);
      const messageId = bracketed(text.slice(at + (resent ? 18 : 11)));
      said.emit({ kind: 'mail.identified', time, order, host, ref, program, pid, queueId, messageId, resent });
      return EMIT;
    }
    return decodeContent(said) ?? decodeRefusal(said) ?? NO_FATE;
  },
});

/** One blank or none between the angle brackets and the text's ends; the brackets stay, as they are part of the id. */
const bracketed = (text: string): string => text.trim();

const CHECKED = skip('postfix content check');

function decodeContent(said: Said): Verdict | null {
  const { text, at } = said;
  const colon = text.indexOf(': ', at);
  if (colon < 0 || colon - at > 20) return null;
  const header = text.startsWith('header ', colon + 2) || text.startsWith('mime header ', colon + 2);
  if (!header && !text.startsWith('body ', colon + 2)) return null;
  const action = text.slice(at, colon);
  // The line is the sender's: the envelope that cleanup adds is the last that looks like one.
  const tail = text.lastIndexOf('; from=<');
  const from = tail < 0 ? -1 : text.lastIndexOf(' from ', tail);
  const lineEnd = from > colon ? from : text.length;
  const line = text.slice(text.indexOf(' ', colon + 2) + 1, lineEnd);
  let verdict: Verdict = CHECKED;
  if (header) {
    const name = attachmentNameIn(line);
    if (name !== '') {
      const declaredType = declaredTypeIn(line);
      said.emit({
        kind: 'attachment.seen',
        ...base(said, MAIL_PHASE.attachment),
        name,
        declaredType,
        sizeBytes: -1,
        sha256: '',
        messageId: '',
        realType: '',
      });
      verdict = EMIT;
    }
  }
  if (action !== 'reject' && action !== 'discard') return verdict;
  const sender = pathAfter(text, tail, '; from=<');
  const recipient = pathAfter(text, text.indexOf('> to=<', tail), '> to=<');
  if (action === 'discard') emitDiscard(said, recipient, line);
  else {
    const client = from > colon ? clientAt(text, from + 6) : null;
    if (tail < 0) return MALFORMED;
    said.emit({
      kind: 'mail.rejected',
      ...base(said, MAIL_PHASE.rejected),
      clientName: client === null ? 'local' : client.name,
      clientAddress: client === null ? '' : client.address,
      sender,
      recipient,
      code: 0,
      dsn: '',
      stage: header ? 'header' : 'body',
      text: line,
    });
  }
  return EMIT;
}

function pathAfter(text: string, at: number, mark: string): string {
  if (at < 0) return '';
  const open = at + mark.length - 1;
  const end = pathEnd(text, open);
  return end < 0 ? '' : text.slice(open + 1, end);
}
