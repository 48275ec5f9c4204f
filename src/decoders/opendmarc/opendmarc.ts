import { EMIT, skip, type Verdict } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { MailJudged } from '../../events/mail-events.ts';
import { FilterLine } from '../judged.ts';
import { SPF_RESULTS } from '../policyd-spf/results.ts';
import { queueIdEnd } from '../postfix/said.ts';
import type { ProgramDecoder, SyslogMeta } from '../syslog-contract.ts';

/**
 * OpenDMARC: whether the domain of From: is borne out.
 *
 *   line := queue-id ": " domain SP ("pass" | "fail" | "none")
 *         | queue-id ": SPF(" ("mailfrom" | "helo") "): " who SP result
 *
 * Source: opendmarc.conf(5), recordings of 1.4.2. Emits: mail.judged about dmarc or spf. Trust: queue id and result are ours,
 * the domain is the message's claim; the result is the last word. Skips: everything else.
 */
export const opendmarcDecoder: ProgramDecoder = Object.freeze({
  id: 'opendmarc',
  programs: ['opendmarc'],
  decode(text: string, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
    const end = queueIdEnd(text);
    const blank = text.lastIndexOf(' ');
    if (end === 0 || blank < end + 2) return OF_NO_USE;
    const line = new FilterLine(meta, emit, { queueId: text.slice(0, end), messageId: '' });
    const result = text.slice(blank + 1);
    const rest = text.slice(end + 2, blank);
    if (rest.startsWith('SPF(')) {
      const verdict = SPF_RESULTS.get(result.toLowerCase());
      const colon = rest.indexOf('): ');
      if (verdict === undefined || colon < 0) return OF_NO_USE;
      line.judged('spf', verdict, result.toLowerCase(), { name: rest.slice(colon + 3) });
      return EMIT;
    }
    const verdict = RESULTS.get(result);
    if (verdict === undefined || rest.includes(' ')) return OF_NO_USE;
    line.judged('dmarc', verdict, result, { name: rest });
    return EMIT;
  },
} satisfies ProgramDecoder);

const RESULTS: ReadonlyMap<string, MailJudged['verdict']> = new Map([
  ['pass', 'pass'],
  ['fail', 'fail'],
  ['none', 'neutral'],
]);
const OF_NO_USE = skip('opendmarc message of no use here');
