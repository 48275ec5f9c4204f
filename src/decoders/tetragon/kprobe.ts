import type { EpochMs } from '../../core/time.ts';
import { EMIT, skip, type Verdict } from '../../core/verdict.ts';
import type { Actor } from '../../events/host-events.ts';
import { addressOf } from '../address.ts';
import type { EmitEvent } from '../contract.ts';
import { fileOf } from '../json-lines/actor.ts';
import { type JsonMeta, type JsonObject, PHASE } from '../json-lines/record.ts';
import { numberAt, objectAt, textAt } from '../json-lines/values.ts';

const OTHER = skip('tetragon: a function of no use here');
const DENIED = skip('tetragon: the call failed or was denied');
const NO_ARGUMENT = skip('tetragon: the policy leaves out the argument that says what');

const ARGUMENTS_MAX = 16;
const MAY_WRITE = 2;
const O_ACCMODE = 3;
const O_CREAT = 0o100;
const O_EXCL = 0o200;
const O_TRUNC = 0o1000;
const PROT_WRITE = 2;

/** Prefixes under which a kernel keeps its system calls, by machine. */
const PREFIXES = ['__x64_', '__ia32_', '__arm64_', '__se_', '__'];

interface Seen {
  readonly args: readonly JsonObject[];
  readonly base: {
    readonly time: EpochMs;
    readonly host: string;
    readonly ref: JsonMeta['ref'];
    readonly actor: Actor;
  };
  readonly meta: JsonMeta;
  readonly emit: EmitEvent;
}

/**
 * A function that a tracing policy watches, or an LSM hook. What its arguments hold, the policy chose: names are looked for by
 * their kind. Paths of `file` and `path` arguments are the kernel's, absolute (without their first slash in early releases);
 * those of system calls are what the program said, relative to a directory that the record does not tell.
 *
 * Source: tetragon.proto, ProcessKprobe, ProcessLsm, KprobeArgument; tetragon's examples/tracingpolicy and docs, use cases
 * filename access and network. Emits: file.opened, file.renamed, file.linked, file.symlinked, file.deleted, file.mode-changed,
 * network.connected. A connection is told when it is asked for: how it ended is not known.
 */
export function decodeCall(
  event: JsonObject,
  name: string,
  base: Seen['base'],
  meta: JsonMeta,
  emit: EmitEvent,
): Verdict {
  const back = objectAt(event, 'return');
  const code = back === undefined ? 0 : numberAt(back, numberAt(back, 0, 'long_arg'), 'int_arg');
  if (code < 0) return DENIED;
  const list = Array.isArray(event.args) ? (event.args as readonly unknown[]).slice(0, ARGUMENTS_MAX) : [];
  const args = list.filter(
    (each): each is JsonObject => typeof each === 'object' && each !== null && !Array.isArray(each),
  );
  const seen: Seen = { args, base, meta, emit };
  switch (plainName(name)) {
    case 'security_file_permission':
      return opened(seen, (numbers(seen)[0] ?? 0) & MAY_WRITE ? 'write' : 'read');
    case 'security_mmap_file':
      return opened(seen, (numbers(seen)[0] ?? 0) & PROT_WRITE ? 'write' : 'read');
    case 'security_file_open':
    case 'fd_install':
    case 'sys_read':
    case 'vfs_read':
      return opened(seen, 'read');
    case 'sys_write':
    case 'vfs_write':
      return opened(seen, 'write');
    case 'security_path_truncate':
    case 'sys_truncate':
      return opened(seen, 'write', true);
    case 'sys_open':
      return called(seen, numbers(seen)[0] ?? -1);
    case 'sys_openat':
      return called(seen, numbers(seen)[1] ?? -1);
    case 'sys_rename':
    case 'sys_renameat':
    case 'sys_renameat2':
    case 'security_path_rename':
      return moved(seen, 'file.renamed');
    case 'sys_link':
    case 'sys_linkat':
      return moved(seen, 'file.linked');
    case 'sys_symlink':
    case 'sys_symlinkat':
      return moved(seen, 'file.symlinked');
    case 'sys_unlink':
    case 'sys_unlinkat':
    case 'security_path_unlink':
      return gone(seen);
    case 'sys_chmod':
    case 'sys_fchmodat':
    case 'security_path_chmod':
      return modeSet(seen);
    case 'tcp_connect':
    case 'security_socket_connect':
    case 'sys_connect':
      return connected(seen);
    default:
      return OTHER;
  }
}

function plainName(name: string): string {
  for (const prefix of PREFIXES) if (name.startsWith(`${prefix}sys_`)) return name.slice(prefix.length);
  return name;
}

/** Absolute paths out of `file` and `path` arguments first; else what a system call was given. */
function paths({ args }: Seen): string[] {
  const found: string[] = [];
  for (const each of args) {
    const held = objectAt(each, 'file_arg') ?? objectAt(each, 'path_arg') ?? objectAt(each, 'linux_binprm_arg');
    const path = held === undefined ? '' : textAt(held, 'path');
    if (path !== '') found.push(path.startsWith('/') ? path : `/${path}`);
  }
  if (found.length > 0) return found;
  return args.map(each => textAt(each, 'string_arg')).filter(text => text !== '');
}

function numbers({ args }: Seen): number[] {
  return args
    .map(each => numberAt(each, numberAt(each, numberAt(each, Number.NaN, 'long_arg'), 'uint_arg'), 'int_arg'))
    .filter(value => Number.isSafeInteger(value));
}

const PERMISSIONS = /^[-dlbcps]([-r][-w][-xsS][-r][-w][-xsS][-r][-w][-xtT])$/;

/** `-rw-r--r--` as mode bits, -1 when it is not there. */
function permissionOf({ args }: Seen): number {
  for (const each of args) {
    const held = objectAt(each, 'file_arg') ?? objectAt(each, 'path_arg');
    const found = held === undefined ? null : PERMISSIONS.exec(textAt(held, 'permission').slice(0, 16));
    if (found !== null) return bitsOf(found[1] as string);
  }
  return -1;
}

function bitsOf(text: string): number {
  let mode = 0;
  for (let i = 0; i < text.length; i++) mode = mode * 2 + ('-ST'.includes(text.charAt(i)) ? 0 : 1);
  return mode;
}

function opened(seen: Seen, access: 'read' | 'write', truncated = false): Verdict {
  const [path] = paths(seen);
  if (path === undefined) return NO_ARGUMENT;
  const { base, meta, emit } = seen;
  const order = meta.arrival(access === 'read' ? PHASE.read : PHASE.written);
  const file = fileOf(path, '', permissionOf(seen));
  emit({ kind: 'file.opened', ...base, order, file, access, created: false, truncated, fd: -1 });
  return EMIT;
}

/** A system call with open flags. That it made the file is sure only where it would have failed otherwise. */
function called(seen: Seen, flags: number): Verdict {
  const [path] = paths(seen);
  if (path === undefined || flags < 0) return NO_ARGUMENT;
  const { base, meta, emit } = seen;
  const mode = flags & O_ACCMODE;
  const access = mode === 0 ? 'read' : mode === 1 ? 'write' : 'readwrite';
  const created = (flags & O_CREAT) !== 0 && (flags & O_EXCL) !== 0;
  const order = meta.arrival(access === 'read' ? PHASE.read : PHASE.written);
  const file = fileOf(path);
  emit({ kind: 'file.opened', ...base, order, file, access, created, truncated: (flags & O_TRUNC) !== 0, fd: -1 });
  return EMIT;
}

function moved(seen: Seen, kind: 'file.renamed' | 'file.linked' | 'file.symlinked'): Verdict {
  const [from, to] = paths(seen);
  if (from === undefined || to === undefined) return NO_ARGUMENT;
  const { base, meta, emit } = seen;
  emit({ kind, ...base, order: meta.arrival(PHASE.moved), from: fileOf(from), to: fileOf(to) });
  return EMIT;
}

function gone(seen: Seen): Verdict {
  const path = paths(seen).at(-1);
  if (path === undefined) return NO_ARGUMENT;
  seen.emit({ kind: 'file.deleted', ...seen.base, order: seen.meta.arrival(PHASE.ended), file: fileOf(path) });
  return EMIT;
}

function modeSet(seen: Seen): Verdict {
  const [path] = paths(seen);
  if (path === undefined) return NO_ARGUMENT;
  const mode = numbers(seen).at(-1) ?? -1;
  const order = seen.meta.arrival(PHASE.modeChanged);
  seen.emit({
    kind: 'file.mode-changed',
    ...seen.base,
    order,
    file: fileOf(path),
    mode: mode < 0 ? -1 : mode % 0o10000,
  });
  return EMIT;
}

function connected({ args, base, meta, emit }: Seen): Verdict {
  const order = meta.arrival(PHASE.connected);
  for (const each of args) {
    const sock = objectAt(each, 'sock_arg') ?? objectAt(each, 'sockaddr_arg');
    const at = sock === undefined ? null : addressOf(textAt(sock, 'daddr') || textAt(sock, 'addr'));
    const port = sock === undefined ? -1 : numberAt(sock, numberAt(sock, -1, 'port'), 'dport');
    if (at !== null && port > 0 && port < 65_536) {
      emit({ kind: 'network.connected', ...base, order, ...at, port, outcome: 'in-progress' });
      return EMIT;
    }
    const local = objectAt(each, 'sockaddrun_arg');
    const address = local === undefined ? '' : textAt(local, 'path');
    if (address !== '') {
      emit({ kind: 'network.connected', ...base, order, family: 'unix', address, port: 0, outcome: 'in-progress' });
      return EMIT;
    }
  }
  return NO_ARGUMENT;
}
