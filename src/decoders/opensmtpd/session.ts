import type { Verdict } from '../../core/verdict.ts';
import { EMIT } from '../../core/verdict.ts';
import { isAddress, replyOf } from '../postfix/parts.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { isHex, numberOf, pathOf, wordOf } from './parts.ts';
import { base, MALFORMED, OF_NO_USE, type SmtpdSaid } from './said.ts';

/**
 * A client's session.
 *
 *   line := session " smtp " what
 *   what := "connected address=" (address | "local") " host=" (name | "<unknown>")
 *         | "message msgid=" id " size=" bytes " nrcpt=" n " proto=" word
 *         | "envelope evpid=" id id " from=<" address "> to=<" address ">"
 *         | "authentication user=" name " result=" ("ok" | "permfail" | "tempfail")
 *         | "failed-command command=" quoted " result=" quoted
 *         | "disconnected reason=" word                                          before 6.6: "closed"
 *
 * Source: smtp_session.c. `local` is the socket that sendmail(1) and smtpctl(8) of this host write to: no uid is logged. The
 * session names the client, so lines that name only the session are joined by it.
 */
export function decodeSession(said: SmtpdSaid): Verdict {
  switch (said.event) {
    case 'connected':
      return decodeConnected(said);
    case 'message':
      return decodeMessage(said);
    case 'envelope':
      return decodeEnvelope(said);
    case 'authentication':
      return decodeLogin(said);
    case 'failed-command':
      return decodeFailed(said);
    case 'disconnected':
    case 'closed':
      return decodeDisconnected(said);
    default:
      return OF_NO_USE;
  }
}

function decodeConnected(said: SmtpdSaid): Verdict {
  const { text, at, session } = said;
  const address = wordOf(text, at, 'address');
  const local = address === 'local';
  const clientAddress = local ? '' : plain(address);
  if (!local && clientAddress === '') return MALFORMED;
  const host = wordOf(text, at, 'host');
  said.emit({
    kind: 'mail.connected',
    ...base(said, MAIL_PHASE.connected, ''),
    clientName: local ? 'local' : host === '<unknown>' ? '' : host,
    clientAddress,
    sessionId: session,
  });
  return EMIT;
}

/** `[2001:db8::1]`, `IPv6:2001:db8::1`, `192.0.2.1`: the address, '' for what is none. */
function plain(text: string): string {
  const inside = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const address = inside.toLowerCase().startsWith('ipv6:') ? inside.slice(5) : inside;
  return isAddress(address) ? address : '';
}

function decodeMessage(said: SmtpdSaid): Verdict {
  const { text, at, session } = said;
  const id = wordOf(text, at, 'msgid');
  if (id.length !== 8 || !isHex(id, 0, 8)) return MALFORMED;
  const from = pathOf(text, at, 'from');
  // Numbers follow the addresses where a line has them: those are the client's words.
  const tail = from === null ? at : (pathOf(text, from.end, 'to')?.end ?? from.end);
  const sizeBytes = numberOf(wordOf(text, tail, 'size'));
  const recipientCount = Math.max(numberOf(wordOf(text, tail, 'nrcpt')), numberOf(wordOf(text, tail, 'ndest')));
  if (sizeBytes < 0) return MALFORMED;
  said.emit({
    kind: 'mail.received',
    ...base(said, MAIL_PHASE.received, id),
    clientName: '',
    clientAddress: '',
    saslUser: '',
    originQueueId: '',
    sessionId: session,
  });
  said.emit({
    kind: 'mail.queued',
    ...base(said, MAIL_PHASE.queued, id),
    sender: from?.value ?? '',
    ...(from === null ? { senderKnown: false as const } : {}),
    sizeBytes,
    recipientCount,
  });
  return EMIT;
}

/** Who sent it; once for each recipient. Sizes are in the line of the message. */
function decodeEnvelope(said: SmtpdSaid): Verdict {
  const { text, at } = said;
  const id = wordOf(text, at, 'evpid');
  const from = pathOf(text, at, 'from');
  if (id.length !== 16 || !isHex(id, 0, 16) || from === null) return MALFORMED;
  said.emit({
    kind: 'mail.queued',
    ...base(said, MAIL_PHASE.queued, id.slice(0, 8)),
    sender: from.value,
    sizeBytes: -1,
    recipientCount: -1,
  });
  return EMIT;
}

function decodeLogin(said: SmtpdSaid): Verdict {
  const { text, at, session } = said;
  const result = text.lastIndexOf(' result=');
  if (!text.startsWith(' user=', at) || result < at) return MALFORMED;
  said.emit({
    kind: 'mailbox.login',
    ...base(said, MAIL_PHASE.connected, ''),
    outcome: text.startsWith(' result=ok', result) ? 'accepted' : 'failed',
    protocol: 'submission',
    user: text.slice(at + 6, result),
    clientAddress: '',
    serverAddress: '',
    method: '',
    tls: false,
    session,
    mailPid: -1,
  });
  return EMIT;
}

const STAGES = ['RCPT', 'MAIL', 'DATA', 'EHLO', 'HELO', 'AUTH', 'STARTTLS'];

/** The command is the client's; what we answered stands behind the last ` result=`. */
function decodeFailed(said: SmtpdSaid): Verdict {
  const { text, at } = said;
  const commandAt = text.indexOf(' command="', at);
  const resultAt = text.lastIndexOf('" result="');
  if (commandAt < 0 || resultAt < commandAt || !text.endsWith('"')) return MALFORMED;
  const command = text.slice(commandAt + 10, resultAt);
  const blank = command.indexOf(' ');
  const verb = (blank < 0 ? command : command.slice(0, blank)).slice(0, 10).toUpperCase();
  if (!STAGES.includes(verb)) {
    const notice = { what: 'warning' as const, clientAddress: '', count: 1, text: text.slice(at + 1) };
    said.emit({ kind: 'mail.notice', ...base(said, MAIL_PHASE.notice, ''), ...notice });
    return EMIT;
  }
  const open = command.indexOf('<');
  const close = command.lastIndexOf('>');
  const path = open >= 0 && close > open ? command.slice(open + 1, close) : '';
  const reply = replyOf(text, resultAt + 10, text.length - 1);
  said.emit({
    kind: 'mail.rejected',
    ...base(said, MAIL_PHASE.rejected, ''),
    clientName: '',
    clientAddress: '',
    sender: verb === 'MAIL' ? path : '',
    recipient: verb === 'RCPT' ? path : '',
    ...reply,
    stage: verb,
  });
  return EMIT;
}

function decodeDisconnected(said: SmtpdSaid): Verdict {
  const reason = wordOf(said.text, said.at, 'reason');
  if (reason === '') return MALFORMED;
  const address = plain(wordOf(said.text, said.at, 'address'));
  said.emit({
    kind: 'mail.disconnected',
    ...base(said, MAIL_PHASE.disconnected, ''),
    clientName: '',
    clientAddress: address,
    recipients: -1,
    recipientsRejected: -1,
    dataCommands: -1,
    lost: reason !== 'quit',
  });
  return EMIT;
}
