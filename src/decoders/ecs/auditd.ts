import type { Verdict } from '../../core/verdict.ts';
import { EMIT, reject, skip } from '../../core/verdict.ts';
import { ID_UNSET, type NetworkConnected, TTY_UNKNOWN } from '../../events/host-events.ts';
import { addressOf } from '../address.ts';
import type { ActorCache } from '../audit/actors.ts';
import { buildEvent, type DirectoryDescriptors } from '../audit/build.ts';
import { NAMETYPE, newPathItem, newPending, type Pending, placePath, setArgument } from '../audit/pending.ts';
import { STANDALONE } from '../audit/standalone.ts';
import { isAtForm, OP, opOf } from '../audit/syscalls.ts';
import { splitCommandLine } from '../command-line.ts';
import type { EmitEvent } from '../contract.ts';
import type { JsonMeta, JsonObject } from '../json-lines/record.ts';
import { objectAt, textAt, textsAt, valueAt } from '../json-lines/values.ts';
import { firstId, idAt, modeAt, PARENT, stampAt } from './document.ts';

const UNUSED = skip('auditbeat: syscall or record type not used');
const FAILED = skip('auditbeat: syscall that failed');
const NO_TIME = reject('auditbeat: event without time or sequence');
const PART = skip('auditbeat: event of no use here');
const NO_ADDRESS = skip('auditbeat: socket call without an address');

const X86_64 = 0xc000003e;
/** x86_64 numbers of the calls that the audit decoder knows, by the names that auditbeat writes whatever the machine is. */
const NUMBERS: Readonly<Record<string, number>> = {
  execve: 59,
  execveat: 322,
  clone: 56,
  fork: 57,
  vfork: 58,
  clone3: 435,
  exit: 60,
  exit_group: 231,
  open: 2,
  openat: 257,
  openat2: 437,
  creat: 85,
  rename: 82,
  renameat: 264,
  renameat2: 316,
  link: 86,
  linkat: 265,
  symlink: 88,
  symlinkat: 266,
  unlink: 87,
  unlinkat: 263,
  chmod: 90,
  fchmod: 91,
  fchmodat: 268,
  fchmodat2: 452,
  connect: 42,
  setxattr: 188,
  lsetxattr: 189,
  fsetxattr: 190,
  truncate: 76,
  truncate64: 76,
};
const NAMETYPES: Readonly<Record<string, number>> = {
  NORMAL: NAMETYPE.normal,
  PARENT: NAMETYPE.parent,
  CREATE: NAMETYPE.create,
  DELETE: NAMETYPE.delete,
};
const EINPROGRESS = -115;
const ARGUMENTS_MAX = 4096;
const PATHS_MAX = 64;

/** True for what auditbeat's auditd module (or the auditd_manager integration) makes of an audit event. */
export const isAuditd = (record: JsonObject): boolean =>
  objectAt(record, 'auditd')?.data !== undefined || record['auditd.data.syscall'] !== undefined;

/** What is kept between the events of one host. */
export interface AuditdMemory {
  readonly dirs: DirectoryDescriptors;
  readonly actors: ActorCache;
}

/**
 * One audit event as auditbeat tells it: its records joined, names for numbers, an unset id left out. It is put together again
 * as the audit decoder would have it and means what it means there. Ids of a call's own process are always in it, so a missing
 * login or session is an unset one; effective ids are left out where they are the real ones; a negative exit is its name.
 *
 * Source: beats, auditbeat/module/auditd/audit_linux.go; go-libaudit, aucoalesce/coalesce.go and auparse/auparse.go.
 * Emits what the audit decoder emits. Trust: as there. Lost on the way: the name of an abstract socket, arguments that the
 * kernel had to split (their joined title stands in).
 */
export function decodeAuditd(
  record: JsonObject,
  meta: JsonMeta,
  host: string,
  { dirs, actors }: AuditdMemory,
  emit: EmitEvent,
): Verdict {
  const time = stampAt(record, '@timestamp');
  const sequence = idAt(record, 'auditd', 'sequence');
  if (Number.isNaN(time) || sequence < 0) return NO_TIME;
  const p = newPending(time, sequence, '');
  p.source = meta.ref.source;
  p.offset = meta.ref.offset;
  p.length = meta.ref.length;
  const call = textAt(record, 'auditd', 'data', 'syscall');
  const type = textAt(record, 'auditd', 'message_type').toUpperCase();
  if (call === '' || STANDALONE.has(type)) return standalone(record, type, p, host, emit);
  const number = NUMBERS[call];
  if (number === undefined) return UNUSED;
  p.op = opOf(X86_64, number);
  const failed = textAt(record, 'auditd', 'result') === 'fail';
  if (failed && p.op !== OP.connect) return FAILED;
  readCall(record, p, number, failed, actors);
  if (p.op === OP.connect) return connected(record, p, host, emit);
  readPaths(record, p);
  const joined = p.op === OP.exec && readArguments(record, p);
  const event = buildEvent(p, host, dirs);
  if (typeof event === 'string') return PART;
  emit(joined && event.kind === 'process.started' ? { ...event, argvJoined: true } : event);
  return EMIT;
}

function readCall(record: JsonObject, p: Pending, number: number, failed: boolean, actors: ActorCache): void {
  const data = (key: string) => textAt(record, 'auditd', 'data', key);
  p.hasSyscall = true;
  p.arch = X86_64;
  p.number = number;
  p.atForm = isAtForm(X86_64, number);
  p.success = !failed;
  const exit = data('exit');
  p.exit = exit === 'EINPROGRESS' ? EINPROGRESS : /^\d{1,10}$/.test(exit) ? Number(exit) : failed ? -1 : 0;
  p.a0 = low32(data('a0'));
  p.a1 = low32(data('a1'));
  p.a2 = low32(data('a2'));
  const flags = data('oflag');
  if (/^[0-7]{1,12}$/.test(flags)) p.oflag = Number.parseInt(flags, 8);
  const uid = idAt(record, 'user', 'id');
  const euid = idAt(record, 'user', 'effective', 'id');
  const tty = data('tty');
  p.actor = actors.of({
    pid: idAt(record, 'process', 'pid'),
    ppid: firstId(record, PARENT),
    uid,
    euid: euid < 0 ? uid : euid,
    auid: idOrUnset(record, 'user', 'audit', 'id'),
    ses: idOrUnset(record, 'auditd', 'session'),
    tty: tty === '' ? TTY_UNKNOWN : tty === '(none)' ? '' : tty,
    comm: commText(textAt(record, 'process', 'name')),
    exe: textAt(record, 'process', 'executable'),
  });
  p.cwd = textAt(record, 'process', 'working_directory');
  p.userName = textAt(record, 'user', 'name');
}

function idOrUnset(record: JsonObject, ...path: readonly string[]): number {
  const id = idAt(record, ...path);
  return id < 0 ? ID_UNSET : id;
}

/** What the kernel prints in hexadecimal: names with blanks, quotes, control characters or bytes beyond ASCII. */
const HEX_NAME = /^(?:[0-9A-F]{2}){1,15}$/;
const IN_HEX = /[^\x21\x23-\x7e]/;

/** auditbeat decodes the names of files, but hands on the command's name as the kernel printed it. */
function commText(name: string): string {
  if (!HEX_NAME.test(name)) return name;
  const text = Buffer.from(name, 'hex').toString('utf8');
  return IN_HEX.test(text) ? text : name;
}

/** Low 32 bits of a hexadecimal argument; 0 when it is not one. */
function low32(text: string): number {
  return /^[0-9a-f]{1,16}$/i.test(text) ? Number.parseInt(text.slice(-8), 16) : 0;
}

function readPaths(record: JsonObject, p: Pending): void {
  const paths = valueAt(record, 'auditd', 'paths');
  if (!Array.isArray(paths)) return;
  (paths as readonly unknown[]).slice(0, PATHS_MAX).forEach((value, index) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const from = value as JsonObject;
    const at = idAt(from, 'item');
    const item = newPathItem();
    item.item = at >= 0 && at < PATHS_MAX ? at : index;
    item.name = textAt(from, 'name');
    item.named = item.name !== '';
    item.inode = idAt(from, 'inode');
    const device = /^([0-9a-f]{1,6}):([0-9a-f]{1,6})$/i.exec(textAt(from, 'dev'));
    item.dev =
      device === null ? 0 : Number.parseInt(device[1] as string, 16) * 256 + Number.parseInt(device[2] as string, 16);
    item.mode = modeAt(from, 'mode');
    item.ouid = idAt(from, 'ouid');
    item.nametype = NAMETYPES[textAt(from, 'nametype') || textAt(from, 'objtype')] ?? NAMETYPE.unknown;
    placePath(p, item);
  });
}

/** True when the arguments are made of the joined title. */
function readArguments(record: JsonObject, p: Pending): boolean {
  const list = textsAt(record, ARGUMENTS_MAX, 'process', 'args');
  p.argc = idAt(record, 'auditd', 'data', 'argc');
  const words = list.length > 0 ? list : splitCommandLine(textAt(record, 'process', 'title'), '');
  words.forEach((word, index) => {
    setArgument(p, index, word);
  });
  return list.length === 0 && words.length > 1;
}

function connected(record: JsonObject, p: Pending, host: string, emit: EmitEvent): Verdict {
  const at = addressOf(textAt(record, 'destination', 'ip') || textAt(record, 'auditd', 'data', 'socket', 'addr'));
  const path = textAt(record, 'destination', 'path') || textAt(record, 'auditd', 'data', 'socket', 'path');
  if (at === null && path === '') return NO_ADDRESS;
  const port = firstId(record, [
    ['destination', 'port'],
    ['auditd', 'data', 'socket', 'port'],
  ]);
  if (at !== null && port <= 0) return NO_ADDRESS;
  const where = at === null ? { family: 'unix' as const, address: path, port: 0 } : { ...at, port };
  const event = buildConnected(p, host, where);
  emit(event);
  return EMIT;
}

function buildConnected(
  p: Pending,
  host: string,
  where: Pick<NetworkConnected, 'family' | 'address' | 'port'>,
): NetworkConnected {
  return {
    kind: 'network.connected',
    time: p.time as NetworkConnected['time'],
    order: p.serial,
    host,
    ref: { source: p.source, offset: p.offset, length: p.length, next: null },
    actor: p.actor,
    ...where,
    outcome: p.success ? 'established' : p.exit === EINPROGRESS ? 'in-progress' : 'failed',
  };
}

const setText = (text: string) => (text === 'unset' ? '' : text);

const NO_DIRECTORIES: DirectoryDescriptors = { get: () => undefined, set: () => {} };

/** Sessions, services, the audit system's own records. Their fields are data, but for what ECS has places for. */
function standalone(record: JsonObject, name: string, p: Pending, host: string, emit: EmitEvent): Verdict {
  if (!STANDALONE.has(name)) return UNUSED;
  p.record = name;
  const fields = new Map<string, string>();
  const put = (key: string, text: string) => {
    if (text !== '') fields.set(key, text);
  };
  for (const key of ['acct', 'cmd', 'unit']) put(key, textAt(record, 'auditd', 'data', key));
  // The kernel's own record of a login names no program.
  if (name !== 'LOGIN') put('exe', textAt(record, 'process', 'executable'));
  put('pid', textAt(record, 'process', 'pid'));
  // A login is told by the call that made it: the ids of the call are those from before.
  put('auid', setText(textAt(record, 'auditd', 'data', 'auid') || textAt(record, 'user', 'audit', 'id')));
  put('ses', setText(textAt(record, 'auditd', 'data', 'ses') || textAt(record, 'auditd', 'session')));
  put('addr', textAt(record, 'source', 'ip') || textAt(record, 'auditd', 'data', 'addr'));
  p.fields = fields;
  const event = buildEvent(p, host, NO_DIRECTORIES);
  if (typeof event === 'string') return PART;
  emit(event);
  return EMIT;
}
