import { EMIT, skip } from '../../core/verdict.ts';
import { ID_UNSET, type SensorHealth } from '../../events/host-events.ts';
import { numberOf } from '../syslog/host-event.ts';
import { type ProgramDecoder, syslogOrder } from '../syslog-contract.ts';

/**
 * What the kernel's audit, the audit daemon, journald and rsyslog say of records that they threw away.
 *
 *   kernel           ["[" uptime "] "] "audit: audit_lost=" n " audit_rate_limit=" n " audit_backlog_limit=" n
 *   auditd, audispd  "queue " … "is full" … "dropping event"   or   "queue " … "is full - dropping event"
 *   journald         "Suppressed " n " messages from " unit
 *   rsyslogd         … n " messages lost due to rate-limiting" …   or   … "lost " n " messages" … "due to rate-limiting"
 *
 * Source: Linux kernel/audit.c, audit_log_lost(); audit-userspace audisp/queue.c and src/auditd-dispatch.c; systemd
 * journal/journald-server.c; rsyslog runtime/ratelimit.c and plugins/imuxsock. Emits: sensor.health, `lost` for audit records
 * (count: as many as were lost since the host started, where the kernel tells), `rate-limited` for lines of a log (count: how many
 * of them). Trust: names of units are the host's; nobody outside can make these lines. Skips: whatever tells of no loss.
 */
export const lostRecordsDecoder: ProgramDecoder = Object.freeze({
  id: 'lost-records',
  programs: ['kernel', 'auditd', 'audispd', 'systemd-journald', 'journal', 'rsyslogd'],
  decode(text, meta, emit) {
    const said = lossIn(meta.program, text);
    if (said === null) return NO_LOSS;
    const { time, host, ref, lineHash } = meta;
    emit({ kind: 'sensor.health', time, order: syslogOrder(0, lineHash), host, ref, ...said });
    return EMIT;
  },
} satisfies ProgramDecoder);

const NO_LOSS = skip('message that tells of no lost records');

type Loss = Pick<SensorHealth, 'what' | 'count'>;

function lossIn(program: string, text: string): Loss | null {
  if (program === 'kernel') return ofKernel(text);
  if (program === 'rsyslogd') return ofRsyslog(text);
  if (program === 'auditd' || program === 'audispd')
    return text.includes('queue') && text.includes('dropping event') ? { what: 'lost', count: 1 } : null;
  if (!text.startsWith('Suppressed ')) return null;
  const from = text.indexOf(' messages from ');
  return from < 0 ? null : counted('rate-limited', text.slice(11, from));
}

const KERNEL_SAYS = 'audit: audit_lost=';

function ofKernel(text: string): Loss | null {
  const close = text.startsWith('[') ? text.indexOf('] ') + 2 : 0;
  if (!text.startsWith(KERNEL_SAYS, close)) return null;
  const word = text.slice(close + KERNEL_SAYS.length).split(' ', 1)[0] as string;
  return counted('lost', word);
}

function ofRsyslog(text: string): Loss | null {
  if (!text.includes('due to rate-limiting')) return null;
  const words = text.split(' ', 64);
  const at = words.indexOf('messages');
  const before = at > 0 ? (words[at - 1] as string) : '';
  return words.includes('lost') ? counted('rate-limited', before) : null;
}

/** Nothing is lost that is counted as none. */
function counted(what: Loss['what'], word: string): Loss | null {
  const count = numberOf(word);
  return count > 0 && count !== ID_UNSET ? { what, count } : null;
}
