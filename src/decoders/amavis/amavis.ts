import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { ProgramDecoder, SyslogMeta } from '../syslog-contract.ts';
import { decodePart, decodePath } from './parts.ts';
import { decodeResult } from './result.ts';

/**
 * Amavis: what it made of a message, and the parts that it found in it.
 *
 *   line   := "(" am-id ") " (result | part | path | …)      am-id: child and count, such as 00314-02
 *   result := see result.ts        log level 0
 *   part, path := see parts.ts     log level 1 and 2
 *
 * Source: amavisd's default log template ($log_templ) and documentation (README.customize), recordings of 2.13. Emits:
 * mail.judged, attachment.seen, mail.received (what was handed back came out of what was handed over).
 * Trust: am-id, Queue-ID, mail_id, types by content and what was done are ours; addresses, Message-ID and names are the
 * sender's words. Skips: everything else. Rejects: a result that breaks off.
 */
export const amavisDecoder: ProgramDecoder = Object.freeze({
  id: 'amavis',
  programs: ['amavis', 'amavisd', 'amavisd-new'],
  accepts: (program: string) => program.endsWith('/amavisd') || program.endsWith('/amavisd-new'),
  decode(text: string, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
    const close = text.indexOf(') ');
    if (text.charCodeAt(0) !== 0x28 || close < 2 || close > 32) return OF_NO_USE;
    const id = text.slice(1, close);
    if (!isAmavisId(id)) return OF_NO_USE;
    const at = close + 2;
    if (text.startsWith('Passed ', at) || text.startsWith('Blocked ', at))
      return decodeResult(text, at, id, meta, emit) ? EMIT : MALFORMED;
    if (text.startsWith('p.path ', at)) return decodePath(text, at + 7, id, meta, emit) ? EMIT : OF_NO_USE;
    if (text.charCodeAt(at) === 0x70) return decodePart(text, at, id, meta, emit) ? EMIT : OF_NO_USE;
    return OF_NO_USE;
  },
} satisfies ProgramDecoder);

const OF_NO_USE = skip('amavis message of no use here');
const MALFORMED = reject('amavis result breaks off or has an unknown shape');

/** Digits, `-` and, for a message that was taken in parts, letters. */
function isAmavisId(id: string): boolean {
  for (let i = 0; i < id.length; i++) {
    const code = id.charCodeAt(i);
    const letter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
    if (!letter && code !== 0x2d && code !== 0x2f && !(code >= 0x30 && code <= 0x39)) return false;
  }
  return true;
}
