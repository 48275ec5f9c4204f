import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import { FilterLine, upTo } from '../judged.ts';
import { isQueueId } from '../postfix/said.ts';
import type { ProgramDecoder, SyslogMeta } from '../syslog-contract.ts';

/**
 * ClamAV: clamd, clamav-milter, and clamsmtp in front of it.
 *
 *   clamd    := object ": " name ["(" md5 ":" bytes ")"] " FOUND"       object: a path, `stream(…)`, `instream(…)`, `fd[n]`
 *   milter   := ("Clean message " | "Message ") queue-id " from " path " to " path " with subject '" … "' message-id '" id "' date '" … "'"
 *               [" infected by " name]
 *   clamsmtp := n ": from=" address *(", to=" address) ", status=" ("CLEAN" | "VIRUS:" name)
 *
 * Source: ClamAV manuals (clamd.conf, clamav-milter.conf LogInfected Full and Basic), clamsmtpd.conf(5); recordings of 1.4.6
 * and 1.10. Emits: mail.judged. The subject is never kept. Trust: queue id and name found are ours; object, addresses and id
 * are others' words. The name stands behind the last mark, so that a subject or date cannot stand in for it; where the mark
 * of the message id stands twice, the id is left out. Skips: everything else.
 */
export const clamavDecoder: ProgramDecoder = Object.freeze({
  id: 'clamav',
  programs: ['clamd', 'clamav-milter', 'clamsmtpd', 'clamsmtp'],
  decode(text: string, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
    if (text.startsWith('Clean message ')) return decodeMilter(text, 14, meta, emit);
    if (text.startsWith('Message ')) return decodeMilter(text, 8, meta, emit);
    if (text.endsWith(' FOUND')) return decodeFound(text, meta, emit);
    const status = text.lastIndexOf(', status=');
    return status > 0 && text.includes(': from=') ? decodeClamsmtp(text, status + 9, meta, emit) : OF_NO_USE;
  },
} satisfies ProgramDecoder);

const OF_NO_USE = skip('clamav message of no use here');
const MALFORMED = reject('clamav message breaks off or has an unknown shape');
const NO_MESSAGE = { queueId: '', messageId: '' };

function decodeMilter(text: string, at: number, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
  const blank = text.indexOf(' from ', at);
  if (blank < 0) return OF_NO_USE;
  const id = text.slice(at, blank);
  const clean = at === 14;
  const mark = text.lastIndexOf(' infected by ');
  if (!clean && mark < blank) return MALFORMED;
  const message = { queueId: isQueueId(id, 0, id.length) ? id : '', messageId: messageIdIn(text, blank) };
  const line = new FilterLine(meta, emit, message);
  if (clean) line.judged('malware', 'pass', 'clean');
  else line.judged('malware', 'fail', 'infected', { name: text.slice(mark + 13) });
  return EMIT;
}

function messageIdIn(text: string, from: number): string {
  const at = text.indexOf("' message-id '", from);
  if (at < 0 || text.indexOf("' message-id '", at + 1) >= 0) return '';
  const end = text.indexOf("' date '", at + 14);
  const id = end < 0 ? '' : text.slice(at + 14, end);
  return id === 'UNKNOWN' ? '' : id;
}

function decodeFound(text: string, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
  const at = text.lastIndexOf(': ');
  if (at <= 0) return MALFORMED;
  const name = upTo(text, at + 2, '( ');
  if (name === '') return MALFORMED;
  new FilterLine(meta, emit, NO_MESSAGE).judged('malware', 'fail', 'FOUND', { name, part: text.slice(0, at) });
  return EMIT;
}

function decodeClamsmtp(text: string, at: number, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
  const line = new FilterLine(meta, emit, NO_MESSAGE);
  if (text.startsWith('VIRUS:', at)) line.judged('malware', 'fail', 'VIRUS', { name: text.slice(at + 6) });
  else if (text.startsWith('CLEAN', at)) line.judged('malware', 'pass', 'CLEAN');
  else return OF_NO_USE;
  return EMIT;
}
