import { epochMs } from '../../core/time.ts';
import { untrusted } from '../../core/untrusted.ts';
import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import type { Actor, FileId, FileOpened } from '../../events/host-events.ts';
import { addressOf } from '../address.ts';
import type { EmitEvent } from '../contract.ts';
import { actorOf, commOf, fileOf, withContent } from '../json-lines/actor.ts';
import { CONTAINER_PID, lifeSeen, tellEnded } from '../json-lines/lives.ts';
import { type JsonMeta, type JsonObject, type JsonRecordDecoder, PHASE } from '../json-lines/record.ts';
import { asNumber, asText } from '../json-lines/values.ts';
import { isTracee, type TraceeEvent, traceeEvent, traceeHost, traceeTime } from './record.ts';

const OTHER = skip('tracee event of no use here');
const FAILED = skip('tracee: the call failed');
const THREAD = skip('tracee: a thread ended, its process goes on');
const NO_PATH = reject('tracee file event without a path');
const NO_ADDRESS = skip('tracee connection of another family, or without an address');

const ARGUMENTS_MAX = 4096;
const O_ACCMODE = 3;
const O_CREAT = 0o100;
const O_TRUNC = 0o1000;
/** See FileId.node. */
const INODE_SPAN = 2 ** 40;
const DEVICE_SPAN = 4096;
const MINOR_BITS = 20;

/** Events come in batches, sorted only when told to (`--output sort-events`). */
const LATENESS_MS = 10_000;

/**
 * Tracee's JSON output, in the form of trace.Event (to 0.24) and of v1beta1.Event.
 *
 * `hostProcessId` and `host_pid` are the host's pids; where an event gives a container's alone (`pid` without `host_pid`) the process
 * is not named by it. `processEntityId` and `unique_id` tell processes of one pid apart. Arguments are a list. The second form has
 * no host's name in it.
 *
 * Source: aquasecurity/tracee types/trace/trace.go, api/v1beta1/event.proto and event_data.proto, docs/events/builtin. Emits:
 * process.started, process.exited, file and network events, sensor.alert for signatures and detectors. Trust: names, paths and arguments are
 * the watched programs' words. `bytes` of magic_write, the beginning of what was written, are never read.
 */
export const traceeDecoder: JsonRecordDecoder = Object.freeze({
  id: 'tracee',
  title: 'Tracee events',
  latenessMs: LATENESS_MS,
  claims: isTracee,
  hostOf: traceeHost,
  timeOf: traceeTime,
  decode(record: JsonObject, meta: JsonMeta, emit: EmitEvent): Verdict {
    const event = traceeEvent(record);
    const host = event.host || meta.context.defaultHost;
    const actor = actorFrom(event);
    if (event.pid < 0 && event.containerPid >= 0) meta.lacks(CONTAINER_PID);
    const seen: Seen = { event, meta, emit, base: { time: event.time, host, ref: meta.ref, actor } };
    if (event.finding !== null && event.finding.name !== '') return alerted(seen, event.finding);
    switch (event.name) {
      case 'sched_process_exec':
        return executed(seen);
      case 'sched_process_exit':
        return exited(seen);
      case 'sched_process_fork':
        return forked(seen);
      case 'security_file_open':
        return openedBy(seen, flagsOf(event.data.get('flags')));
      case 'vfs_read':
      case 'vfs_readv':
        return opened(seen, 'read', false);
      case 'vfs_write':
      case 'vfs_writev':
      case 'magic_write':
      case 'file_modification':
        return opened(seen, 'write', false);
      case 'security_inode_rename':
        return moved(seen, 'file.renamed', 'old_path', 'new_path');
      case 'security_inode_symlink':
      case 'security_inode_symlink_event':
        return moved(seen, 'file.symlinked', 'target', 'linkpath');
      case 'security_path_link':
        return moved(seen, 'file.linked', 'old_path', 'new_path');
      case 'security_inode_unlink':
        return removed(seen);
      case 'chmod_common':
        return modeSet(seen);
      case 'net_tcp_connect':
        return connectedTo(
          seen,
          text(event, 'dst') || text(event, 'dst_ip'),
          event.data.get('dst_port'),
          'established',
        );
      case 'security_socket_connect':
        return socketConnected(seen);
      default:
        return OTHER;
    }
  },
} satisfies JsonRecordDecoder);

interface Seen {
  readonly event: TraceeEvent;
  readonly meta: JsonMeta;
  readonly emit: EmitEvent;
  readonly base: {
    readonly time: TraceeEvent['time'];
    readonly host: string;
    readonly ref: JsonMeta['ref'];
    readonly actor: Actor;
  };
}

function actorFrom(event: TraceeEvent): Actor {
  const { pid, ppid, uid, exe, comm } = event;
  return actorOf({ pid, ppid: ppid > 0 ? ppid : -1, uid, euid: -1, exe: untrusted(exe), comm: commOf(comm || exe) });
}

const text = ({ data }: TraceeEvent, name: string): string => asText(data.get(name));

/**
 * File of an event, with its place on the disk where that is told: `dev` is the kernel's number of the device. The mode that comes
 * with an execution is the file's.
 */
function fileIn(event: TraceeEvent, path: string): FileId {
  const dev = asNumber(event.data.get('dev'), -1);
  const inode = asNumber(event.data.get('inode'), -1);
  const known = Number.isSafeInteger(dev) && Number.isSafeInteger(inode) && dev > 0 && inode > 0;
  const device = (Math.floor(dev / 2 ** MINOR_BITS) * 256 + (dev % 2 ** MINOR_BITS)) % DEVICE_SPAN;
  const mode = asNumber(event.data.get('inode_mode'), -1);
  const file = fileOf(path, '', Number.isSafeInteger(mode) && mode > 0 && mode < 0o200000 ? mode : -1);
  return known ? { ...file, node: device * INODE_SPAN + (inode % INODE_SPAN) } : file;
}

function executed(seen: Seen): Verdict {
  const { event, meta, emit, base } = seen;
  const path = text(event, 'pathname');
  const script = scriptOf(seen, path);
  const list = event.data.get('argv');
  const argv = Array.isArray(list)
    ? (list as readonly unknown[]).slice(0, ARGUMENTS_MAX).map(word => asText(word))
    : [];
  const identity = {
    sensor: 'tracee',
    host: base.host,
    pid: event.pid,
    entity: event.entity,
    start: event.start,
    time: event.time,
  };
  if (lifeSeen(meta, identity) === 'next') tellEnded(meta, identity, event.time, 0, emit);
  const exe = untrusted(path || event.exe);
  emit({
    kind: 'process.started',
    ...base,
    order: meta.arrival(PHASE.started),
    actor: { ...base.actor, exe, comm: commOf(event.comm || exe) },
    file: script ?? withContent(fileIn(event, path), text(event, 'sha256')),
    interpreter: untrusted(script === null ? '' : path),
    argv,
    argvCut: Array.isArray(list) && list.length > ARGUMENTS_MAX,
    cwd: untrusted(''),
    userName: '',
  });
  return EMIT;
}

/**
 * `pathname` is the image that runs in the end, `interp` what the kernel was led to by `#!` and `cmdpath` what execve was given: of a
 * script these differ. A loader (`interpreter_pathname`) does not make a script. A relative name is made whole by the open of the
 * same process that went before it, where opens are told.
 */
function scriptOf({ event, meta, base }: Seen, path: string): FileId | null {
  const interp = text(event, 'interp');
  const given = text(event, 'cmdpath');
  if (interp === '' || interp === given || given === '' || given === path) return null;
  if (interp === text(event, 'interpreter_pathname')) return null;
  if (given.startsWith('/')) return fileOf(given);
  const opened = meta.memory.peek(`tracee ${base.host} ${event.pid}`) as { given: string; path: string } | undefined;
  return opened?.given === given ? fileOf(opened.path) : fileOf(given);
}

function exited({ event, meta, emit, base }: Seen): Verdict {
  if (event.data.get('process_group_exit') === false) return THREAD;
  if (event.pid < 0) return OTHER;
  const identity = {
    sensor: 'tracee',
    host: base.host,
    pid: event.pid,
    entity: event.entity,
    start: event.start,
    time: event.time,
  };
  if (lifeSeen(meta, identity) === 'past') return EMIT;
  emit({ kind: 'process.exited', ...base, order: meta.arrival(PHASE.exited) });
  return EMIT;
}

function forked({ event, meta, emit, base }: Seen): Verdict {
  const childPid = asNumber(event.data.get('child_pid'), -1);
  const childNsTid = asNumber(event.data.get('child_tid'), childPid);
  // A thread has its own tid and the pid of its process.
  if (!(childPid > 0) || childNsTid !== childPid) return THREAD;
  emit({ kind: 'process.forked', ...base, order: meta.arrival(PHASE.forked), childPid });
  return EMIT;
}

/** Flags as a number, or as names joined by `|` where Tracee was told to parse arguments. */
function flagsOf(value: unknown): number {
  if (typeof value !== 'string' || /^\d+$/.test(value)) return asNumber(value, 0);
  let flags = 0;
  for (const name of value.slice(0, 512).split('|')) flags |= FLAGS[name] ?? 0;
  return flags;
}

const FLAGS: Readonly<Record<string, number>> = { O_WRONLY: 1, O_RDWR: 2, O_CREAT, O_TRUNC };

function openedBy(seen: Seen, flags: number): Verdict {
  const mode = flags & O_ACCMODE;
  return opened(seen, mode === 0 ? 'read' : mode === 1 ? 'write' : 'readwrite', (flags & O_TRUNC) !== 0);
}

/** Whether an open made the file is not told: O_CREAT is only what was asked for. */
function opened({ event, meta, emit, base }: Seen, access: FileOpened['access'], truncated: boolean): Verdict {
  const path = text(event, 'pathname') || text(event, 'file_path');
  if (path === '') return NO_PATH;
  if (event.result < 0) return FAILED;
  const given = text(event, 'syscall_pathname');
  if (given !== '' && event.pid >= 0) meta.memory.set(`tracee ${base.host} ${event.pid}`, { given, path });
  const order = meta.arrival(access === 'read' ? PHASE.read : PHASE.written);
  emit({ kind: 'file.opened', ...base, order, file: fileIn(event, path), access, created: false, truncated, fd: -1 });
  return EMIT;
}

function moved(
  { event, meta, emit, base }: Seen,
  kind: 'file.renamed' | 'file.linked' | 'file.symlinked',
  from: string,
  to: string,
): Verdict {
  const source = text(event, from);
  const target = text(event, to);
  if (source === '' || target === '') return NO_PATH;
  emit({ kind, ...base, order: meta.arrival(PHASE.moved), from: fileOf(source), to: fileOf(target) });
  return EMIT;
}

function removed({ event, meta, emit, base }: Seen): Verdict {
  const path = text(event, 'pathname');
  if (path === '') return NO_PATH;
  emit({ kind: 'file.deleted', ...base, order: meta.arrival(PHASE.ended), file: fileIn(event, path) });
  return EMIT;
}

function modeSet({ event, meta, emit, base }: Seen): Verdict {
  const path = text(event, 'pathname');
  if (path === '') return NO_PATH;
  const mode = asNumber(event.data.get('mode'), -1);
  const bits = Number.isSafeInteger(mode) && mode >= 0 ? mode % 0o10000 : -1;
  emit({ kind: 'file.mode-changed', ...base, order: meta.arrival(PHASE.modeChanged), file: fileOf(path), mode: bits });
  return EMIT;
}

function connectedTo(
  { meta, emit, base }: Seen,
  ip: string,
  port: unknown,
  outcome: 'established' | 'in-progress',
): Verdict {
  const at = addressOf(ip);
  const number = asNumber(port, -1);
  if (at === null || !Number.isSafeInteger(number) || number <= 0 || number > 65_535) return NO_ADDRESS;
  emit({ kind: 'network.connected', ...base, order: meta.arrival(PHASE.connected), ...at, port: number, outcome });
  return EMIT;
}

/** Told when it is asked for: how it ended is not known. */
function socketConnected(seen: Seen): Verdict {
  const value = seen.event.data.get('remote_addr');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return NO_ADDRESS;
  const address = value as JsonObject;
  const ip = asText(address.sin_addr ?? address.sinAddr ?? address.sin6_addr ?? address.sin6Addr);
  const port = address.sin_port ?? address.sinPort ?? address.sin6_port ?? address.sin6Port;
  if (ip !== '') return connectedTo(seen, ip, port, 'in-progress');
  const path = asText(address.sun_path ?? address.sunPath);
  if (path === '') return NO_ADDRESS;
  const { meta, emit, base } = seen;
  const order = meta.arrival(PHASE.connected);
  emit({ kind: 'network.connected', ...base, order, family: 'unix', address: path, port: 0, outcome: 'in-progress' });
  return EMIT;
}

function alerted(
  { event, meta, emit, base }: Seen,
  finding: { readonly name: string; readonly category: string },
): Verdict {
  const { time, host, ref } = base;
  emit({
    kind: 'sensor.alert',
    time: epochMs(time),
    order: meta.arrival(PHASE.seen),
    host,
    ref,
    flowId: '',
    communityId: '',
    sourceAddress: '',
    sourcePort: -1,
    destinationAddress: '',
    destinationPort: -1,
    signature: untrusted(finding.name),
    category: untrusted(finding.category || event.name),
  });
  return EMIT;
}
