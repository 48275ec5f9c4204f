/**
 * Programs in whose name audit records stand in syslog and in the journal.
 *
 *   audisp-syslog(8)       audispd: [node=N ]type=SYSCALL msg=audit(S.MS:ID): …      (0x1D replaced by a blank)
 *   the kernel             kernel: [ 12.345678] audit: type=1300 audit(S.MS:ID): …   while no daemon takes records
 *   a tailed audit.log     audit: type=SYSCALL msg=audit(S.MS:ID): …                 under the tag that rsyslog was told
 *
 * Source: audit-userspace audisp/plugins/syslog, Linux kernel/audit.c (kauditd_printk_skb), both as recorded here; rsyslog
 * imfile's `Tag`. What audisp-syslog writes with `interpret` has names for numbers and no part of a second: it is not read.
 */
const DISPATCHERS: ReadonlySet<string> = new Set([
  'audispd',
  'audisp-syslog',
  'audit',
  'auditd',
  'audit_log',
  'tag_audit_log',
]);

export type AuditCarrier = 'dispatcher' | 'kernel';

/** How `program` carries audit records; null when it does not. */
export function auditCarrier(program: string): AuditCarrier | null {
  if (program === 'kernel') return 'kernel';
  return DISPATCHERS.has(program) ? 'dispatcher' : null;
}

/** The audit record in a message of such a program, as auditd would have written it; null for any other message. */
export function recordIn(carrier: AuditCarrier, message: string): string | null {
  if (carrier === 'kernel') return kernelRecord(message);
  const text = message.charCodeAt(0) === 0x20 ? message.slice(1) : message;
  return text.startsWith('type=') || text.startsWith('node=') ? text : null;
}

const KERNEL_HEAD = 'audit: type=';

/** Types whose names the audit decoder goes by: include/uapi/linux/audit.h, audit-userspace lib/audit-records.h. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['1006', 'LOGIN'],
  ['1105', 'USER_START'],
  ['1112', 'USER_LOGIN'],
  ['1123', 'USER_CMD'],
  ['1130', 'SERVICE_START'],
  ['1305', 'CONFIG_CHANGE'],
]);

function kernelRecord(message: string): string | null {
  let start = 0;
  if (message.charCodeAt(0) === 0x5b) {
    const close = message.indexOf('] ');
    if (close < 0 || close > 32) return null;
    start = close + 2;
  }
  if (!message.startsWith(KERNEL_HEAD, start)) return null;
  const rest = message.slice(start + KERNEL_HEAD.length);
  const name = NAMES.get(rest.slice(0, 4));
  return name === undefined || rest.charCodeAt(4) !== 0x20 ? `type=${rest}` : `type=${name}${rest.slice(4)}`;
}

/**
 * The record under the name of the host that the carrier names, unless it names another; '' leaves it as it is. A full name that
 * begins with the carrier's is the same host's (auditd.conf(5) `name_format`).
 */
export function recordOf(host: string, record: string): string {
  if (host === '') return record;
  const named = record.startsWith('node=') ? record.indexOf(' ') : -1;
  if (named >= 0 && !record.startsWith(`node=${host}.`)) return record;
  return `node=${host.replace(/[^!-~]/g, '?')} ${record.slice(named + 1)}`;
}
