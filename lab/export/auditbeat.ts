/**
 * Writes a recorded case as Elastic documents, one a line: a conversion, not a recording.
 *
 *   node lab/export/auditbeat.ts CASE TARGET        TARGET/auditbeat.ndjson.gz   audit events as auditbeat's auditd module tells them
 *   node lab/export/auditbeat.ts CASE TARGET hits   the same as hits of an Elasticsearch index, with the mail log as filebeat ships it
 *
 * An event's records are joined, numbers become names, unset ids are left out, effective ids that are the real ones as well; the
 * arguments and names that the kernel printed in hexadecimal are read, but not the command's name.
 *
 * Source: beats, auditbeat/module/auditd/audit_linux.go; go-libaudit, aucoalesce/coalesce.go and auparse/auparse.go, sockaddr.go;
 * filebeat, exported fields of log and host.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parseSockaddr } from '../../src/decoders/audit/sockaddr.ts';
import { type AuditRecord, decoded, eventsOf, fieldsOf, type RecordedEvidence, readCase } from './case.ts';

/** x86_64 syscall numbers of the recordings (arch/x86/entry/syscalls/syscall_64.tbl). */
const SYSCALLS: Readonly<Record<string, string>> = {
  2: 'open',
  42: 'connect',
  44: 'sendto',
  56: 'clone',
  57: 'fork',
  58: 'vfork',
  59: 'execve',
  60: 'exit',
  76: 'truncate',
  82: 'rename',
  85: 'creat',
  86: 'link',
  87: 'unlink',
  88: 'symlink',
  90: 'chmod',
  91: 'fchmod',
  105: 'setuid',
  231: 'exit_group',
  257: 'openat',
  263: 'unlinkat',
  264: 'renameat',
  265: 'linkat',
  266: 'symlinkat',
  268: 'fchmodat',
  316: 'renameat2',
  319: 'memfd_create',
  322: 'execveat',
  435: 'clone3',
  437: 'openat2',
  452: 'fchmodat2',
};
const ACTIONS: Readonly<Record<string, readonly [string, string, string]>> = {
  execve: ['executed', 'process', 'start'],
  execveat: ['executed', 'process', 'start'],
  open: ['opened-file', 'file', 'info'],
  openat: ['opened-file', 'file', 'info'],
  openat2: ['opened-file', 'file', 'info'],
  creat: ['opened-file', 'file', 'creation'],
  rename: ['renamed', 'file', 'change'],
  renameat: ['renamed', 'file', 'change'],
  renameat2: ['renamed', 'file', 'change'],
  unlink: ['deleted', 'file', 'deletion'],
  unlinkat: ['deleted', 'file', 'deletion'],
  connect: ['connected-to', 'network', 'connection'],
};
const UNSET = '4294967295';
type Tree = Record<string, unknown>;

/** What auditbeat makes of the records of one event; null where the reassembler or its filter gives none. */
function auditbeatDocument(records: readonly AuditRecord[], evidence: RecordedEvidence): Tree | null {
  const first = records[0] as AuditRecord;
  const call = records.find(each => each.type === 'SYSCALL');
  const base = call ?? first;
  if (/^(?:DAEMON_|PROCTITLE|EOE)/.test(first.type) && call === undefined) return null;
  const fields = fieldsOf(base.body.replace(/ msg='/, ' '));
  const data: Tree = {};
  for (const [key, value] of fields)
    if (!NOT_DATA.has(key) && !/(?:uid|gid)$/.test(key) && !['', '?', '(null)'].includes(value)) data[key] = value;
  const failed = ['no', 'failed', '0'].includes(fields.get('success') ?? fields.get('res') ?? 'yes');
  const name = SYSCALLS[fields.get('syscall') ?? ''] ?? fields.get('syscall') ?? '';
  if (call !== undefined) {
    data.arch = 'x86_64';
    data.syscall = name;
    if (failed) data.exit = ERRORS[String(fields.get('exit'))] ?? data.exit;
  }
  for (const each of records) {
    if (each === base || JOINED_APART.has(each.type)) continue;
    for (const [key, value] of fieldsOf(each.body.replace(/ msg='/, ' ')))
      if (!(key in data) && !['', '?', '(null)'].includes(value)) data[key] = value === UNSET ? 'unset' : value;
  }
  const document: Tree = {
    '@timestamp': new Date(first.time).toISOString(),
    event: eventOf(name, failed),
    auditd: {
      message_type: first.type.toLowerCase(),
      sequence: first.serial,
      result: failed ? 'fail' : 'success',
      data,
      ...(set(fields.get('ses')) === undefined ? {} : { session: fields.get('ses') }),
      ...pathsOf(records),
    },
    user: userOf(fields, evidence.names),
    process: processOf(base, records, data),
    ...addressOf(records, data, name),
    host: { name: evidence.host, hostname: evidence.host },
    agent: { type: 'auditbeat', version: '8.17.0', name: evidence.host },
    service: { type: 'auditd' },
    ecs: { version: '8.0.0' },
  };
  return document;
}

const NOT_DATA = new Set(['success', 'res', 'ses', 'items', 'pid', 'ppid', 'comm', 'exe', 'key', 'subj', 'msg', 'op_']);
const JOINED_APART = new Set(['SYSCALL', 'PATH', 'SOCKADDR', 'EXECVE', 'CWD', 'PROCTITLE', 'EOE']);
const ERRORS: Readonly<Record<string, string>> = {
  '-115': 'EINPROGRESS',
  '-111': 'ECONNREFUSED',
  '-2': 'ENOENT',
  '-13': 'EACCES',
};

const set = (value: string | undefined) => (value === undefined || value === UNSET ? undefined : value);

function eventOf(name: string, failed: boolean): Tree {
  const [action, category, type] = ACTIONS[name] ?? ['', '', ''];
  const event: Tree = { module: 'auditd', kind: 'event', outcome: failed ? 'failure' : 'success' };
  return action === '' ? event : { ...event, action, category: [category], type: [type] };
}

function userOf(fields: ReadonlyMap<string, string>, names: ReadonlyMap<number, string>): Tree {
  const user: Tree = {};
  const put = (at: string, key: string) => {
    const id = set(fields.get(key));
    if (id === undefined) return;
    const one: Tree = { id };
    const name = names.get(Number(id));
    if (name !== undefined) one.name = name;
    if (at === '') Object.assign(user, one);
    else user[at] = one;
  };
  put('', 'uid');
  put('audit', 'auid');
  put('saved', 'suid');
  put('filesystem', 'fsuid');
  if (fields.get('euid') !== fields.get('uid')) put('effective', 'euid');
  return user;
}

function processOf(base: AuditRecord, records: readonly AuditRecord[], data: Tree): Tree {
  const fields = fieldsOf(base.body);
  const process: Tree = {};
  const pid = fields.get('pid');
  const ppid = fields.get('ppid');
  if (pid !== undefined) process.pid = Number(pid);
  if (ppid !== undefined) process.parent = { pid: Number(ppid) };
  const name = fields.get('comm');
  if (name !== undefined) process.name = name;
  const exe = decoded(base.body, 'exe');
  if (exe !== '') process.executable = exe;
  const cwd = records.find(each => each.type === 'CWD');
  if (cwd !== undefined) process.working_directory = decoded(cwd.body, 'cwd');
  const title = records.find(each => each.type === 'PROCTITLE');
  if (title !== undefined) process.title = decoded(title.body, 'proctitle').replaceAll('\0', ' ');
  const execve = records.find(each => each.type === 'EXECVE');
  if (execve === undefined) return process;
  data.argc = fieldsOf(execve.body).get('argc');
  const args = Array.from({ length: Number(data.argc) }, (_, index) => argument(execve.body, `a${index}`));
  if (args.every(each => each !== null)) process.args = args;
  return process;
}

function argument(body: string, key: string): string | null {
  return new RegExp(`(?:^| )${key}=`).test(body) ? decoded(body, key) : null;
}

function pathsOf(records: readonly AuditRecord[]): Tree {
  const paths = records.filter(each => each.type === 'PATH');
  if (paths.length === 0) return {};
  return {
    paths: paths.map(({ body }) => {
      const fields = fieldsOf(body);
      const path: Tree = Object.fromEntries([...fields].filter(([, value]) => !['', '(null)'].includes(value)));
      const name = decoded(body, 'name');
      if (name !== '') path.name = name;
      return path;
    }),
  };
}

function addressOf(records: readonly AuditRecord[], data: Tree, name: string): Tree {
  const saddr = records.find(each => each.type === 'SOCKADDR');
  const address = saddr === undefined ? null : parseSockaddr(fieldsOf(saddr.body).get('saddr') ?? '');
  if (address === null) return {};
  // A name that begins with a NUL is cut to nothing.
  const path = address.family === 'unix' && !address.address.startsWith('@') ? address.address : '';
  const socket: Tree =
    address.family === 'unix'
      ? { address_family: 'unix', ...(path === '' ? {} : { path }) }
      : { address_family: address.family, addr: address.address, port: String(address.port) };
  data.socket = socket;
  if (!['connect', 'sendto', 'sendmsg'].includes(name)) return {};
  if (address.family === 'unix') return path === '' ? {} : { destination: { path }, network: { direction: 'egress' } };
  return { destination: { ip: address.address, port: String(address.port) }, network: { direction: 'egress' } };
}

/** One line of a log file as filebeat's filestream input ships it. */
export function filebeatDocument(line: string, path: string, offset: number, read: number, host: string): Tree {
  return {
    '@timestamp': new Date(read).toISOString(),
    message: line,
    log: { file: { path }, offset },
    input: { type: 'filestream' },
    host: { name: host, hostname: host },
    agent: { type: 'filebeat', version: '9.0.0', name: host },
    ecs: { version: '8.0.0' },
  };
}

/** The audit events of a case as auditbeat tells them. */
export function auditbeatDocuments(evidence: RecordedEvidence): Tree[] {
  return eventsOf(evidence.audit)
    .map(records => auditbeatDocument(records, evidence))
    .filter(each => each !== null);
}

/** The syslog lines of a case as filebeat ships them, half a second after they were written. */
export function filebeatDocuments(evidence: RecordedEvidence): Tree[] {
  let offset = 0;
  return evidence.syslog.map(each => {
    const at = new Date(each.time);
    const day = String(at.getUTCDate()).padStart(2);
    const pid = each.pid < 0 ? '' : `[${each.pid}]`;
    const stamp = `${MONTHS[at.getUTCMonth()]} ${day} ${at.toISOString().slice(11, 19)}`;
    const line = `${stamp} ${each.host} ${each.program}${pid}: ${each.text}`;
    offset += line.length + 1;
    return filebeatDocument(line, '/var/log/mail.log', offset, each.time + 500, evidence.host);
  });
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function write(target: string, name: string, documents: readonly Tree[]): void {
  mkdirSync(target, { recursive: true });
  const content = documents.map(each => `${JSON.stringify(each)}\n`).join('');
  writeFileSync(join(target, `${name}.gz`), gzipSync(content, { level: 9 }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [folder = '', target = '', form = ''] = process.argv.slice(2);
  const evidence = readCase(folder);
  const documents = auditbeatDocuments(evidence);
  if (form === '') write(target, 'auditbeat.ndjson', documents);
  else {
    const all = [...documents, ...filebeatDocuments(evidence)].sort((a, b) => (stampOf(a) < stampOf(b) ? -1 : 1));
    const hits = all.map((_source, index) => ({ _index: 'logs-2026.11.21', _id: String(index + 1), _source }));
    write(target, 'hits.ndjson', hits);
  }
}

function stampOf(document: Tree): string {
  return String(document['@timestamp']);
}
