import { EMIT, skip, type Verdict } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import { FilterLine, upTo } from '../judged.ts';
import { isQueueId, queueIdEnd } from '../postfix/said.ts';
import type { ProgramDecoder, SyslogMeta } from '../syslog-contract.ts';

/**
 * OpenDKIM as verifier: whether a message bears a good signature, and whose.
 *
 *   line   := queue-id ": " what
 *   what   := "DKIM verification successful" | "bad signature data" | "no signature data" | "key retrieval failed (s=" … ", d=" domain ")" …
 *           | "signature=" b " domain=" domain " selector=" word " result=" DQUOTE word DQUOTE
 *
 * Source: opendkim.conf(5) (SyslogSuccess, LogResults), recordings of 2.11.0. Emits: mail.judged about dkim. Trust: queue id
 * and result are ours, the domain is the signature's own claim, true where the verification succeeded.
 * Skips: signing of own mail, whose hosts are internal, and everything else.
 */
export const opendkimDecoder: ProgramDecoder = Object.freeze({
  id: 'opendkim',
  programs: ['opendkim'],
  decode(text: string, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
    const end = queueIdEnd(text);
    if (end === 0 || !isQueueId(text, 0, end)) return OF_NO_USE;
    const at = end + 2;
    const line = new FilterLine(meta, emit, { queueId: text.slice(0, end), messageId: '' });
    if (text.startsWith('DKIM verification successful', at))
      line.judged('dkim', 'pass', 'DKIM verification successful');
    else if (text.startsWith('bad signature data', at)) line.judged('dkim', 'fail', 'bad signature data');
    else if (text.startsWith('no signature data', at)) line.judged('dkim', 'neutral', 'no signature data');
    else if (text.startsWith('key retrieval failed', at)) {
      const d = text.indexOf('d=', at);
      line.judged('dkim', 'error', 'key retrieval failed', { name: d < 0 ? '' : upTo(text, d + 2, ',) ') });
    } else if (text.startsWith('signature=', at)) {
      const domain = text.indexOf(' domain=', at);
      const result = text.lastIndexOf(' result="');
      if (domain < 0 || result < 0) return OF_NO_USE;
      const good = text.startsWith('no signature error"', result + 9);
      line.judged('dkim', good ? 'pass' : 'fail', good ? 'no signature error' : 'signature error', {
        name: upTo(text, domain + 8, ' '),
      });
    } else return OF_NO_USE;
    return EMIT;
  },
} satisfies ProgramDecoder);

const OF_NO_USE = skip('opendkim message of no use here');
