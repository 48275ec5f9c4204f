import { EMIT, skip, type Verdict } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import { FilterLine, upTo } from '../judged.ts';
import type { ProgramDecoder, SyslogMeta } from '../syslog-contract.ts';
import { SPF_RESULTS } from './results.ts';

/**
 * policyd-spf (Python): whether the client may use the sender's domain.
 *
 *   line := [instance] ": prepend Received-SPF: " result " (" word ") identity=" … "; client-ip=" address "; helo=" name "; envelope-from=" path "; receiver=" …
 *         | [instance] ": " ("550" | "451") … " SPF " result " - " … "; identity=" …
 *
 * Source: policyd-spf(1), RFC 7208 9.1, recordings of 3.0.4. Emits: mail.judged about spf, before there is a queue id.
 * Trust: result and address are ours; helo and path are the client's words, and stand behind the result.
 */
export const policydSpfDecoder: ProgramDecoder = Object.freeze({
  id: 'policyd-spf',
  programs: ['policyd-spf', 'policy-spf'],
  decode(text: string, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
    const identity = text.indexOf(' identity=');
    if (identity < 0) return OF_NO_USE;
    const head = text.slice(0, identity);
    const prepended = head.indexOf('Received-SPF: ');
    const refused = head.indexOf(' SPF ');
    const at = prepended >= 0 ? prepended + 14 : refused >= 0 ? refused + 5 : -1;
    const result = at < 0 ? '' : upTo(head, at, ' ').toLowerCase();
    const verdict = SPF_RESULTS.get(result);
    if (verdict === undefined) return OF_NO_USE;
    const line = new FilterLine(meta, emit, { queueId: '', messageId: '' });
    line.judged('spf', verdict, result, {
      name: domainIn(text, identity),
      action: prepended >= 0 ? 'none' : 'rejected',
    });
    return EMIT;
  },
} satisfies ProgramDecoder);

const OF_NO_USE = skip('policyd-spf message of no use here');

/** The domain that was checked: of the path, or the greeting where the path is empty. */
function domainIn(text: string, from: number): string {
  const path = text.indexOf('; envelope-from=', from);
  if (text.startsWith(' identity=mailfrom', from) && path >= 0) {
    const end = text.lastIndexOf('; receiver=');
    const address = text.slice(path + 16, end > path ? end : undefined);
    return address.slice(address.lastIndexOf('@') + 1);
  }
  const helo = text.indexOf('; helo=', from);
  return helo < 0 ? '' : upTo(text, helo + 7, ';');
}
