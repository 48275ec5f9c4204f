import type { Verdict } from '../../core/verdict.ts';
import { EMIT, skip } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import { isDigit } from '../postfix/parts.ts';
import { MAIL_PHASE, type ProgramDecoder, type SyslogMeta } from '../syslog-contract.ts';
import { decodeArrival } from './arrival.ts';
import { decodeConnection } from './connection.ts';
import { decodeFate, NOT_DONE } from './fate.ts';
import { messageIdEnd } from './parts.ts';
import { decodeRefusal } from './refusal.ts';
import { base, type EximSaid, emitNotice, NO_FATE } from './said.ts';

/**
 * Exim through syslog: what its main and reject logs say, a line each.
 *
 *   line  := ["[" n ("/" | "\") n "] "] [stamp " "] ["[" pid "] "] [message-id " "] entry
 *   entry := see arrival.ts, fate.ts, refusal.ts, connection.ts
 *
 * Source: log_vwrite() and write_syslog() in log.c; the specification's chapter 52, Log files. Emits: mail.received, mail.submitted,
 * mail.identified, mail.queued, fates, mail.removed, mail.rejected, mail.connected, mail.disconnected, mail.notice.
 * Trust: message ids, routers, transports, addresses of peers and `U=` of a local message are ours. Names after `H=` that stand
 * without brackets were verified. Greetings, addresses, message ids and all that remote servers say are outsiders' words.
 * Skips: queue runs, freezing, retries, and the later pieces of a message that syslog would not take whole.
 */
export const eximDecoder: ProgramDecoder = Object.freeze({
  id: 'exim',
  programs: ['exim', 'exim4'],
  decode(text: string, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
    let at = 0;
    const piece = pieceAt(text);
    if (piece !== null) {
      if (piece.number > 1) return LATER_PIECE;
      at = piece.end;
    }
    at = stampEnd(text, at);
    return decodeEntry(text, at, meta, emit);
  },
} satisfies ProgramDecoder);

const LATER_PIECE = skip('exim message in pieces, a later one');
const EMPTY = skip('exim entry without text');

/** An entry from where its time stamp ends. */
export function decodeEntry(text: string, from: number, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
  let at = from;
  if (text.charCodeAt(at) === 0x5b) {
    const close = text.indexOf('] ', at);
    if (close > at && close - at < 12 && allDigits(text, at + 1, close)) at = close + 2;
  }
  const end = messageIdEnd(text, at);
  const id = end > 0 ? text.slice(at, end) : '';
  if (end > 0) at = end + 1;
  if (at >= text.length) return EMPTY;
  const said: EximSaid = { text, id, at, meta, emit };
  return (
    (id === '' ? null : decodeMessage(said)) ?? decodeRefusal(said) ?? decodeConnection(said) ?? decodeDaemon(said)
  );
}

function decodeMessage(said: EximSaid): Verdict | null {
  const { text, at } = said;
  if (text === `${text.slice(0, at)}Completed` || text.startsWith('Completed QT=', at)) {
    said.emit({ kind: 'mail.removed', ...base(said, MAIL_PHASE.removed) });
    return EMIT;
  }
  if (text.charCodeAt(at + 2) !== 0x20) return null;
  const flag = text.slice(at, at + 2);
  switch (flag) {
    case '<=':
    case '(=':
      return decodeArrival(said);
    case '=>':
    case '->':
    case '>>':
    case '==':
    case '**':
      return decodeFate(said, flag);
    case '*>':
      return NOT_DONE;
    default:
      return null;
  }
}

/** `exim 4.96 daemon started: pid=125, -q30m, …`. */
function decodeDaemon(said: EximSaid): Verdict {
  const { text, at } = said;
  if (said.id !== '' || !text.startsWith('exim ', at) || !text.includes(' daemon started: ', at)) return NO_FATE;
  emitNotice(said, 'started', '', text.slice(at));
  return EMIT;
}

/** `[1/3] ` or `[1\3] `: a message that syslog takes in pieces only. */
function pieceAt(text: string): { number: number; end: number } | null {
  if (text.charCodeAt(0) !== 0x5b) return null;
  const close = text.indexOf('] ');
  if (close < 4 || close > 9) return null;
  const slash = text.indexOf('/') > 0 && text.indexOf('/') < close ? text.indexOf('/') : text.indexOf('\\');
  if (slash < 2 || slash > close || !allDigits(text, 1, slash) || !allDigits(text, slash + 1, close)) return null;
  return { number: Number(text.slice(1, slash)), end: close + 2 };
}

/** `2026-03-01 09:30:00[.123] [+0100] `, which syslog's own stamp makes superfluous. */
function stampEnd(text: string, at: number): number {
  if (text.charCodeAt(at + 4) !== 0x2d || text.charCodeAt(at + 10) !== 0x20 || text.charCodeAt(at + 13) !== 0x3a)
    return at;
  if (!allDigits(text, at, at + 4) || !allDigits(text, at + 17, at + 19)) return at;
  let p = at + 19;
  if (text.charCodeAt(p) === 0x2e) {
    p += 1;
    while (isDigit(text.charCodeAt(p))) p += 1;
  }
  if (text.charCodeAt(p) !== 0x20) return at;
  p += 1;
  const sign = text.charCodeAt(p);
  if ((sign === 0x2b || sign === 0x2d) && allDigits(text, p + 1, p + 5) && text.charCodeAt(p + 5) === 0x20) p += 6;
  return p;
}

function allDigits(text: string, from: number, to: number): boolean {
  if (to <= from || to > text.length) return false;
  for (let i = from; i < to; i++) if (!isDigit(text.charCodeAt(i))) return false;
  return true;
}
