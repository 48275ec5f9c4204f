/**
 * Writes a recorded case as journal entries in the export format, as journald keeps what it is sent:
 *
 *   node lab/export/journald.ts CASE >case.export
 *
 * Audit records become entries of the audit transport, field by field as systemd's journald-audit.c maps them; what auditd's
 * ENRICHED format adds is left out, since the kernel does not send it. Syslog lines become entries of the syslog transport,
 * with the writer's uid, command and file where the audit log of the same host shows them, else as Debian installs them.
 * `journald.sh` lets systemd-journal-remote and journalctl make of it what they print.
 */
import { pathToFileURL } from 'node:url';
import { type AuditRecord, decoded, fieldsOf, type RecordedEvidence, readCase, type SyslogRecord } from './case.ts';

type Entry = ReadonlyMap<string, string>;

const BOOT = '5f0c0b7e6a1d4c2f9a3e8d7c6b5a4930';
const MACHINE = 'c3d2e1f00f1e2d3c4b5a69788796a5b4';

/** Names by which journald writes the types; it writes others as `AUDIT1336`. */
const TYPES: Readonly<Record<string, number>> = {
  USER_AUTH: 1100,
  USER_ACCT: 1101,
  USER_MGMT: 1102,
  CRED_ACQ: 1103,
  CRED_DISP: 1104,
  USER_START: 1105,
  USER_END: 1106,
  USER_LOGIN: 1112,
  USER_LOGOUT: 1113,
  CRED_REFR: 1110,
  SERVICE_START: 1130,
  SERVICE_STOP: 1131,
  SYSCALL: 1300,
  PATH: 1302,
  CONFIG_CHANGE: 1305,
  SOCKADDR: 1306,
  CWD: 1307,
  EXECVE: 1309,
  BPRM_FCAPS: 1321,
  PROCTITLE: 1327,
  BPF: 1334,
  LOGIN: 1006,
  USER_CMD: 1123,
  CRYPTO_KEY_USER: 2404,
  CRYPTO_SESSION: 2407,
  ANOM_PROMISCUOUS: 1700,
  DAEMON_END: 1201,
  USER_ERR: 1109,
};

const KERNEL_FIELDS: Readonly<Record<string, string>> = {
  pid: '_PID',
  ppid: '_PPID',
  uid: '_UID',
  euid: '_EUID',
  fsuid: '_FSUID',
  gid: '_GID',
  egid: '_EGID',
  fsgid: '_FSGID',
  tty: '_TTY',
  ses: '_AUDIT_SESSION',
  auid: '_AUDIT_LOGINUID',
  comm: '_COMM',
  exe: '_EXE',
  path: '_AUDIT_FIELD_PATH',
  dev: '_AUDIT_FIELD_DEV',
  name: '_AUDIT_FIELD_NAME',
};
const TEXTS = new Set(['comm', 'exe', 'name']);

function auditEntry(record: AuditRecord, host: string): Entry | null {
  const type = TYPES[record.type];
  // Below 1100 are orders to the kernel, which journald does not keep.
  if (type === undefined) throw new Error(`audit type without a number here: ${record.type}`);
  if (type < 1100 || (type >= 1200 && type < 1300)) return null;
  const entry = new Map<string, string>([
    ['__REALTIME_TIMESTAMP', `${record.time}000`],
    ['_BOOT_ID', BOOT],
    ['_MACHINE_ID', MACHINE],
    ['_HOSTNAME', host],
    ['_TRANSPORT', 'audit'],
    ['_SOURCE_REALTIME_TIMESTAMP', `${record.time}000`],
    ['_AUDIT_TYPE', String(type)],
    ['_AUDIT_TYPE_NAME', record.type],
    ['_AUDIT_ID', String(record.serial)],
    ['SYSLOG_FACILITY', '4'],
    ['SYSLOG_IDENTIFIER', 'audit'],
    ['PRIORITY', '5'],
    ['MESSAGE', `${record.type} ${record.body}`],
  ]);
  for (const [key, value] of fieldsOf(record.body.split(" msg='")[0] as string))
    if (KERNEL_FIELDS[key] !== undefined)
      entry.set(KERNEL_FIELDS[key] as string, TEXTS.has(key) ? decoded(record.body, key) : value);
  return entry;
}

interface Known {
  readonly uid: string;
  readonly exe: string;
  readonly comm: string;
}

const POSTFIX_OWN = new Set([
  'smtpd',
  'cleanup',
  'qmgr',
  'pickup',
  'smtp',
  'anvil',
  'trivial-rewrite',
  'bounce',
  'tlsmgr',
]);

/** Who wrote a line, as Debian installs these programs. */
function installed(line: SyslogRecord, evidence: RecordedEvidence): Known {
  const name = line.program.slice(line.program.lastIndexOf('/') + 1);
  const postfix = [...evidence.names].find(([, user]) => user === 'postfix')?.[0] ?? 0;
  if (line.program === 'postfix/postfix-script') return { uid: '0', exe: '/usr/sbin/postlog', comm: 'postlog' };
  if (line.program.startsWith('postfix/'))
    return { uid: POSTFIX_OWN.has(name) ? String(postfix) : '0', exe: `/usr/lib/postfix/sbin/${name}`, comm: name };
  const lower = line.program.toLowerCase();
  return { uid: '0', exe: lower === 'login' ? '/usr/bin/login' : `/usr/sbin/${lower}`, comm: lower };
}

/** uid, file and command of a process id at a moment, by the last program that the audit log shows it to start. */
function recordedWriter(line: SyslogRecord, evidence: RecordedEvidence): Known | null {
  let found: Known | null = null;
  for (const record of evidence.audit) {
    if (record.time > line.time + 1000) break;
    if (record.type !== 'SYSCALL') continue;
    const fields = fieldsOf(record.body);
    if (fields.get('pid') !== String(line.pid)) continue;
    found = { uid: fields.get('uid') ?? '0', exe: decoded(record.body, 'exe'), comm: decoded(record.body, 'comm') };
  }
  return found;
}

function syslogEntry(line: SyslogRecord, evidence: RecordedEvidence): Entry {
  const writer = recordedWriter(line, evidence) ?? installed(line, evidence);
  return new Map<string, string>([
    ['__REALTIME_TIMESTAMP', `${line.time}000`],
    ['_BOOT_ID', BOOT],
    ['_MACHINE_ID', MACHINE],
    ['_HOSTNAME', line.host],
    ['_TRANSPORT', 'syslog'],
    ['_SOURCE_REALTIME_TIMESTAMP', `${line.time}000`],
    ['PRIORITY', '6'],
    ['SYSLOG_FACILITY', line.program.startsWith('postfix/') ? '2' : '10'],
    ['SYSLOG_IDENTIFIER', line.program],
    ['SYSLOG_PID', String(line.pid)],
    ['_PID', String(line.pid)],
    ['_UID', writer.uid],
    ['_COMM', writer.comm],
    ['_EXE', writer.exe],
    ['MESSAGE', line.text],
  ]);
}

/** Entries of a recorded case, in the order of their times. */
export function journalEntries(folder: string): Entry[] {
  const evidence = readCase(folder);
  const entries = [
    ...evidence.audit.map(record => auditEntry(record, evidence.host)).filter(entry => entry !== null),
    ...evidence.syslog.map(line => syslogEntry(line, evidence)),
  ];
  const time = (entry: Entry) => Number(entry.get('__REALTIME_TIMESTAMP'));
  return entries.sort((a, b) => time(a) - time(b));
}

/** The export format: text as `NAME=value`, anything with control characters with its length in front. */
export function exportFormat(entries: readonly Entry[]): Buffer {
  const pieces: Buffer[] = [];
  for (const entry of entries) {
    for (const [name, value] of entry) {
      const bytes = Buffer.from(value);
      if (bytes.every(byte => byte >= 32 || byte === 9)) pieces.push(Buffer.from(`${name}=${value}\n`));
      else {
        const size = Buffer.alloc(8);
        size.writeBigUInt64LE(BigInt(bytes.length));
        pieces.push(Buffer.from(`${name}\n`), size, bytes, Buffer.from('\n'));
      }
    }
    pieces.push(Buffer.from('\n'));
  }
  return Buffer.concat(pieces);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.stdout.write(exportFormat(journalEntries(process.argv[2] as string)));
