import type { Verdict } from '../../core/verdict.ts';
import { EMIT, skip } from '../../core/verdict.ts';
import type { MailJudged } from '../../events/mail-events.ts';
import { replyOf } from '../postfix/parts.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { bare, outside, type Peer, peerBefore, peerIn } from './parts.ts';
import { base, MALFORMED, OF_NO_USE, type SendmailSaid } from './said.ts';

/**
 * A client was refused, by a rule set, by a filter, or by the server itself.
 *
 *   rule   := "ruleset=" name ", arg1=" text [", arg2=" text] ", relay=" peer (", reject=" reply | ", discard" | ", quarantine=" text | ", status=" …)
 *   filter := "Milter: " ("from=" path | "to=" path | "helo=" name | "data" | "cmd=data") (", reject=" reply | ", discard")
 *           | "Milter: connect: host=" name ", addr=" address ", " ("reject=" reply | "rejecting commands" | "temp failing commands" …)
 *   early  := "rejecting " what " from " name " [" address "] due to " text
 *   judged := "milter=" name [", action=" word] (", reject" ["=" reply] | ", discard" | ", tempfail" | ", quarantine=" text)
 *   server := path "... " text
 *
 * Source: rscheck() in parseaddr.c, smtp() in srvrsmtp.c, milter.c, usrerr() in err.c. arg1 and arg2 are the client's words; a
 * relay that is followed by a verdict ends them. Headers that a filter adds are the message's own text and are stepped over.
 */
export function decodeRefusal(said: SendmailSaid): Verdict | null {
  const { text, at } = said;
  if (text.startsWith('ruleset=', at)) return decodeRuleset(said);
  if (text.startsWith('Milter: ', at)) return decodeMilter(said);
  if (text.startsWith('milter=', at)) return decodeJudged(said);
  if (text.startsWith('Milter ', at)) return FILTER;
  if (text.startsWith('rejecting ', at)) return decodeEarly(said);
  const dots = text.startsWith('<', at) ? outside(text, at, '... ') : -1;
  if (dots < 0) return null;
  const reason = text.slice(dots + 4);
  return emitRefused(said, null, { recipient: bare(text.slice(at, dots)), stage: 'RCPT', reply: reason });
}

const FILTER = skip('sendmail: what a filter did to a message');

interface Refused {
  readonly sender?: string;
  readonly recipient?: string;
  readonly stage: string;
  /** `550 5.7.1 text`, `text`. */
  readonly reply: string;
}

function emitRefused(said: SendmailSaid, peer: Peer | null, refused: Refused): Verdict {
  const { code, dsn, text } = replyOf(refused.reply, 0, refused.reply.length);
  said.emit({
    kind: 'mail.rejected',
    ...base(said, MAIL_PHASE.rejected),
    clientName: peer?.name ?? '',
    clientAddress: peer?.address ?? '',
    sender: refused.sender ?? '',
    recipient: refused.recipient ?? '',
    code,
    dsn,
    stage: refused.stage,
    text,
  });
  return EMIT;
}

const STAGES: Readonly<Record<string, string>> = {
  check_relay: 'connect',
  check_mail: 'MAIL',
  check_rcpt: 'RCPT',
  check_data: 'DATA',
  check_vrfy: 'VRFY',
  check_expn: 'EXPN',
  check_etrn: 'ETRN',
};

const VERDICTS = [', reject=', ', discard', ', quarantine='];

function decodeRuleset(said: SendmailSaid): Verdict {
  const { text, at } = said;
  const comma = text.indexOf(', arg1=', at);
  if (comma < 0) return MALFORMED;
  const stage = STAGES[text.slice(at + 8, comma)] ?? '';
  let relayAt = outside(text, comma + 7, ', relay=');
  for (let tried = 0; relayAt >= 0 && tried < 8; tried++) {
    for (const verdict of VERDICTS) {
      const found = text.indexOf(verdict, relayAt + 8);
      if (found < 0) continue;
      const peer = peerIn(text, relayAt + 8, found);
      const local = peer === null && text.slice(relayAt + 8, found).endsWith('localhost');
      if (peer === null && !local) continue;
      const end = outside(text, comma + 7, ', arg2=');
      const argument = bare(text.slice(comma + 7, end >= 0 && end < relayAt ? end : relayAt));
      if (verdict === ', quarantine=') return judge(said, '', 'quarantined', 'quarantine');
      const reply = verdict === ', reject=' ? text.slice(found + verdict.length) : 'discard';
      const whom = stage === 'RCPT' ? { recipient: argument } : stage === 'MAIL' ? { sender: argument } : {};
      return emitRefused(said, peer, { ...whom, stage, reply });
    }
    relayAt = text.indexOf(', relay=', relayAt + 8);
  }
  return OF_NO_USE;
}

function decodeMilter(said: SendmailSaid): Verdict {
  const { text } = said;
  const from = said.at + 8;
  if (text.startsWith('connect: host=', from)) {
    const addressAt = text.lastIndexOf(', addr=');
    if (addressAt < from) return OF_NO_USE;
    const end = text.indexOf(', ', addressAt + 7);
    if (end < 0) return MALFORMED;
    const what = text.slice(end + 2);
    if (!what.startsWith('reject') && !what.startsWith('temp failing')) return OF_NO_USE;
    const peer = peerIn(`[${text.slice(addressAt + 7, end)}]`, 0, end - addressAt - 5);
    const reply = what.startsWith('reject=') ? what.slice(7) : what;
    return emitRefused(said, peer, { stage: 'connect', reply });
  }
  const mark = outside(text, from, ', reject=');
  const reply = mark < 0 ? 'discard' : text.slice(mark + 9);
  const end = mark < 0 ? (text.endsWith(', discard') ? text.length - 9 : -1) : mark;
  if (end < 0) return FILTER;
  const word = text.slice(from, end);
  if (word === 'data' || word === 'cmd=data') return emitRefused(said, null, { stage: 'DATA', reply });
  if (word.startsWith('to=')) return emitRefused(said, null, { recipient: bare(word.slice(3)), stage: 'RCPT', reply });
  if (word.startsWith('from=')) return emitRefused(said, null, { sender: bare(word.slice(5)), stage: 'MAIL', reply });
  return word.startsWith('helo=') ? emitRefused(said, null, { stage: 'HELO', reply }) : FILTER;
}

/** A filter's verdict on a message that has an id. Refusals have a `Milter: ` line as well, which names the recipient. */
function decodeJudged(said: SendmailSaid): Verdict {
  const { text } = said;
  const comma = text.indexOf(', ', said.at);
  if (comma < 0 || said.id === '') return FILTER;
  const name = text.slice(said.at + 7, comma);
  let at = comma;
  if (text.startsWith(', action=', at)) {
    at = text.indexOf(', ', at + 9);
    if (at < 0) return FILTER;
  }
  if (text.startsWith(', quarantine=', at)) return judge(said, name, 'quarantined', 'quarantine');
  if (text === `${text.slice(0, at)}, discard`) return judge(said, name, 'discarded', 'discard');
  if (text === `${text.slice(0, at)}, tempfail`) return judge(said, name, 'deferred', 'tempfail');
  if (text === `${text.slice(0, at)}, reject`) return judge(said, name, 'rejected', 'reject');
  if (!text.startsWith(', reject=', at)) return FILTER;
  const forNow = text.charCodeAt(at + 9) === 0x34;
  return judge(said, name, forNow ? 'deferred' : 'rejected', 'reject');
}

function judge(said: SendmailSaid, name: string, action: MailJudged['action'], word: string): Verdict {
  said.emit({
    kind: 'mail.judged',
    ...base(said, MAIL_PHASE.identified),
    messageId: '',
    about: 'message',
    verdict: 'fail',
    said: word,
    name,
    part: '',
    score: null,
    action,
  });
  return EMIT;
}

/** `rejecting commands from host [address] due to pre-greeting traffic after 0 seconds`. */
function decodeEarly(said: SendmailSaid): Verdict {
  const { text, at } = said;
  const from = text.indexOf(' from ', at);
  const peer = from < 0 ? null : peerBefore(text, from + 6, ' due to ');
  return peer === null ? OF_NO_USE : emitRefused(said, peer, { stage: 'connect', reply: text.slice(at) });
}
