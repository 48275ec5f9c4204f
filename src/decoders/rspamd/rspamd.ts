import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { JudgedAction } from '../../events/mail-events.ts';
import { FilterLine, scoreOf } from '../judged.ts';
import { isQueueId } from '../postfix/said.ts';
import type { ProgramDecoder, SyslogMeta } from '../syslog-contract.ts';
import { judgeSymbol, symbolsOf } from './symbols.ts';

/**
 * Rspamd: what it made of a message.
 *
 *   line  := ["<" tag ">; "] [module "; "] "rspamd_task_write_log: id: <" id ">" [", qid: <" queue-id ">"] [", ip: " address] [", user: " name]
 *            [", from: <" path ">"] ", (default: " letter " (" action "): [" score "/" limit "] [" symbol *("," symbol) "]), len: " …
 *   letter := "F" | "T" (reject) | "S" (skipped the rest) …
 *
 * Source: Rspamd documentation, logging (log_format) and its default configuration; recordings of 3.4. Emits: mail.judged for
 * the whole, and one for each symbol that says something of malware, of dangerous attachments, or of DKIM, SPF and DMARC.
 * Trust: queue id, action, score and symbols are ours. Id and path are the sender's words, and nothing in this format quotes
 * them: a line in which the words around the queue id or the action stand twice is not believed.
 * Skips: everything but the line of a task. Rejects: a task line that breaks off or can be read in two ways.
 */
export const rspamdDecoder: ProgramDecoder = Object.freeze({
  id: 'rspamd',
  programs: ['rspamd', 'rspamd_proxy'],
  decode(text: string, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
    const start = text.indexOf('rspamd_task_write_log: id: <');
    if (start < 0 || start > 120) return OF_NO_USE;
    const from = start + 28;
    const open = text.indexOf(OPEN, from);
    if (open < 0) return MALFORMED;
    const queue = text.indexOf('>, qid: <', from);
    if (text.indexOf(OPEN, open + 1) >= 0 || (queue >= 0 && text.indexOf('>, qid: <', queue + 1) >= 0))
      return AMBIGUOUS;
    const idEnd = endOfId(text, from, open);
    const queueId = queue >= 0 && queue < open ? text.slice(queue + 9, text.indexOf('>', queue + 9)) : '';
    const verdict = text.slice(open + OPEN.length);
    const action = between(verdict, ' (', '): [');
    const scores = between(verdict, '): [', '] [');
    if (action === null || scores === null) return MALFORMED;
    const id = text.slice(from, idEnd);
    const line = new FilterLine(meta, emit, {
      queueId: isQueueId(queueId, 0, queueId.length) ? queueId : '',
      messageId: id === 'undef' || id === '' ? '' : `<${id}>`,
    });
    const done = ACTIONS.get(action) ?? 'unknown';
    line.judged('spam', VERDICTS.get(action) ?? 'neutral', ACTIONS.has(action) ? action : 'other', {
      score: scoreOf(scores.slice(0, Math.max(0, scores.indexOf('/')))),
      action: done,
    });
    for (const symbol of symbolsOf(verdict)) judgeSymbol(line, symbol, done);
    return EMIT;
  },
} satisfies ProgramDecoder);

const OF_NO_USE = skip('rspamd message of no use here');
const MALFORMED = reject('rspamd task line breaks off or has an unknown shape');
const AMBIGUOUS = reject('rspamd task line that can be read in two ways');
const OPEN = ', (default: ';

/** Actions by their names in Rspamd's configuration. */
const ACTIONS: ReadonlyMap<string, JudgedAction> = new Map([
  ['no action', 'none'],
  ['greylist', 'deferred'],
  ['add header', 'tagged'],
  ['rewrite subject', 'tagged'],
  ['soft reject', 'deferred'],
  ['reject', 'rejected'],
  ['quarantine', 'quarantined'],
  ['discard', 'discarded'],
]);
const VERDICTS = new Map<string, 'pass' | 'fail'>([
  ['no action', 'pass'],
  ['add header', 'fail'],
  ['rewrite subject', 'fail'],
  ['reject', 'fail'],
  ['quarantine', 'fail'],
  ['discard', 'fail'],
]);

function endOfId(text: string, from: number, to: number): number {
  let end = to;
  for (const next of ['>, qid: <', '>, ip: ', '>, user: ', '>, from: <']) {
    const at = text.indexOf(next, from);
    if (at >= 0 && at < end) end = at;
  }
  return end === to && text.charCodeAt(to - 1) === 0x3e ? to - 1 : end;
}

function between(text: string, before: string, after: string): string | null {
  const from = text.indexOf(before);
  const to = from < 0 ? -1 : text.indexOf(after, from + before.length);
  return to < 0 ? null : text.slice(from + before.length, to);
}
