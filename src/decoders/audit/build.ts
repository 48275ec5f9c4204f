import { resolvePath } from '../../core/paths.ts';
import { epochMs } from '../../core/time.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { Actor, FileId, FileOpened } from '../../events/host-events.ts';
import type { Ref } from '../../events/ref.ts';
import { descriptor } from './bytes.ts';
import { NAMETYPE, type PathItem, type Pending, pathAt, setArgument } from './pending.ts';
import { socketcallOp } from './record.ts';
import { parseSockaddr } from './sockaddr.ts';
import { buildRecord } from './standalone.ts';
import { AT_FDCWD, O_ACCMODE, O_CREAT, O_PATH, O_TRUNC, OP } from './syscalls.ts';

/** Directories that processes hold open, so that openat(dirfd, "name") finds its path. */
export interface DirectoryDescriptors {
  get(pid: number, fd: number): string | undefined;
  set(pid: number, fd: number, path: string): void;
}

const NO_FILE: FileId = { path: '', node: -1, mode: -1, ownerUid: -1 };
const S_IFMT = 0o170000;
const S_IFDIR = 0o040000;

/**
 * A completed audit event as the event it means, or null with the reason why it means none.
 * Errors: never throws; an event that lacks a record it needs gives a reason.
 */
export function buildEvent(p: Pending, defaultHost: string, dirs: DirectoryDescriptors): WatchEvent | string {
  const host = p.node === '' ? defaultHost : p.node;
  const ref: Ref = { source: p.source, offset: p.offset, length: p.length, next: p.ranges };
  if (p.record !== '') return buildRecord(p, host, ref);
  if (!p.hasSyscall) return 'records without their SYSCALL';
  const { actor } = p;
  const op = p.op === OP.socketcall ? socketcallOp(p.a0) : p.op;
  switch (op) {
    case OP.exec:
      return started(p, host, ref, actor);
    case OP.fork:
      return p.exit > 0
        ? {
            kind: 'process.forked',
            time: epochMs(p.time),
            order: p.serial,
            host,
            ref,
            actor,
            childPid: p.exit,
          }
        : 'fork seen from the child';
    case OP.exit:
      return { kind: 'process.exited', time: epochMs(p.time), order: p.serial, host, ref, actor };
    case OP.open:
    case OP.openat:
    case OP.openat2:
    case OP.creat:
    case OP.truncate:
      return opened(p, host, ref, actor, dirs);
    case OP.rename:
    case OP.link:
      return moved(p, host, ref, actor, dirs, op === OP.rename ? 'file.renamed' : 'file.linked');
    case OP.symlink: {
      const to = lastOf(p, NAMETYPE.create);
      if (to === null) return 'file event without a PATH';
      const target = pathAt(p, 0);
      const from =
        target && target !== to && target.nametype !== NAMETYPE.parent
          ? { ...NO_FILE, path: resolvePath(target.name, directoryOf(resolvePath(to.name, p.cwd))) }
          : NO_FILE;
      return {
        kind: 'file.symlinked',
        time: epochMs(p.time),
        order: p.serial,
        host,
        ref,
        actor,
        from,
        to: fileId(to, p, dirs),
      };
    }
    case OP.unlink: {
      const gone = lastOf(p, NAMETYPE.delete) ?? lastFile(p);
      return gone === null
        ? 'file event without a PATH'
        : {
            kind: 'file.deleted',
            time: epochMs(p.time),
            order: p.serial,
            host,
            ref,
            actor,
            file: fileId(gone, p, dirs),
          };
    }
    case OP.chmod:
    case OP.fchmod:
    case OP.fchmodat: {
      const target = lastFile(p);
      if (target === null) return 'file event without a PATH';
      const mode = (op === OP.fchmodat ? p.a2 : p.a1) % 0o10000;
      return {
        kind: 'file.mode-changed',
        time: epochMs(p.time),
        order: p.serial,
        host,
        ref,
        actor,
        file: fileId(target, p, dirs),
        mode,
      };
    }
    case OP.setxattr: {
      const target = lastFile(p);
      return target === null
        ? 'file event without a PATH'
        : {
            kind: 'file.attributed',
            time: epochMs(p.time),
            order: p.serial,
            host,
            ref,
            actor,
            file: fileId(target, p, dirs),
          };
    }
    case OP.connect:
    case OP.sendto:
    case OP.bind:
    case OP.accept:
    case OP.listen:
      return network(p, host, ref, actor, op);
    default:
      return 'syscall not used';
  }
}

function started(p: Pending, host: string, ref: Ref, actor: Actor): WatchEvent {
  const first = pathAt(p, 0);
  const second = pathAt(p, 1);
  const file: FileId = first
    ? { path: resolvePath(first.name, p.cwd), node: nodeOf(first), mode: first.mode, ownerUid: first.ouid }
    : { ...NO_FILE, path: p.actor.exe };
  const isScript =
    first !== undefined &&
    second !== undefined &&
    !isLoader(second.name) &&
    second.inode !== first.inode &&
    second.named;
  if (p.pieces !== null) for (const [index, pieces] of p.pieces) setArgument(p, index, pieces.join(''));
  const argv = p.words ?? p.argv.slice(0, p.argCount);
  return {
    kind: 'process.started',
    time: epochMs(p.time),
    order: p.serial,
    host,
    ref,
    actor,
    file,
    interpreter: isScript ? resolvePath(second.name, p.cwd) : '',
    argv,
    argvCut: p.argc > argv.length,
    cwd: p.cwd,
    userName: p.userName,
  };
}

/** The dynamic loader, which execve lists after a binary just as it lists the interpreter after a script. */
function isLoader(name: string): boolean {
  const base = name.slice(name.lastIndexOf('/') + 1);
  return base.startsWith('ld-') || base.startsWith('ld.so') || base.startsWith('ld64');
}

function opened(p: Pending, host: string, ref: Ref, actor: Actor, dirs: DirectoryDescriptors): WatchEvent | string {
  const target = lastFile(p);
  if (target === null) return 'file event without a PATH';
  const file = fileId(target, p, dirs);
  let flags =
    p.op === OP.open ? p.a1 : p.op === OP.openat ? p.a2 : p.op === OP.openat2 ? p.oflag : O_CREAT | O_TRUNC | 1;
  if (p.number < 0 || flags < 0) flags = target.nametype === NAMETYPE.create ? O_CREAT | 1 : 0;
  if ((target.mode & S_IFMT) === S_IFDIR) {
    if (p.exit >= 0) dirs.set(p.actor.pid, p.exit, file.path);
    return 'directory opened';
  }
  if (flags & O_PATH) return 'opened as a path only';
  const mode = flags & O_ACCMODE;
  const access: FileOpened['access'] = mode === 0 ? 'read' : mode === 1 ? 'write' : 'readwrite';
  return {
    kind: 'file.opened',
    time: epochMs(p.time),
    order: p.serial,
    host,
    ref,
    actor,
    file,
    access: p.op === OP.truncate ? 'write' : access,
    created: target.nametype === NAMETYPE.create,
    truncated: (flags & O_TRUNC) !== 0 || p.op === OP.truncate,
    fd: p.exit,
  };
}

function moved(
  p: Pending,
  host: string,
  ref: Ref,
  actor: Actor,
  dirs: DirectoryDescriptors,
  kind: 'file.renamed' | 'file.linked',
): WatchEvent | string {
  const to = lastOf(p, NAMETYPE.create) ?? (kind === 'file.renamed' ? exchangeTarget(p) : null);
  const from = kind === 'file.renamed' ? firstOf(p, NAMETYPE.delete) : firstOf(p, NAMETYPE.normal);
  if (to === null) return 'file event without a PATH';
  const toDir = descriptor(p.a2);
  const fromFile = from === null ? NO_FILE : fileId(from, p, dirs);
  const named = fileId(to, p, dirs, p.atForm ? toDir : AT_FDCWD);
  const toFile = named.node < 0 && fromFile.node >= 0 ? { ...named, node: fromFile.node } : named;
  return { kind, time: epochMs(p.time), order: p.serial, host, ref, actor, from: fromFile, to: toFile };
}

/** RENAME_EXCHANGE has no CREATE: both names are deleted and made, the second DELETE is the other side. */
function exchangeTarget(p: Pending): PathItem | null {
  let seen = 0;
  for (let i = 0; i < p.pathCount; i++) {
    const path = pathAt(p, i);
    if (path === undefined || path.nametype !== NAMETYPE.delete) continue;
    seen += 1;
    if (seen === 2) return path;
  }
  return null;
}

function network(p: Pending, host: string, ref: Ref, actor: Actor, op: number): WatchEvent | string {
  const address = p.saddr === '' ? null : parseSockaddr(p.saddr);
  if (address === null)
    return op === OP.sendto || op === OP.listen || op === OP.accept
      ? 'socket call without an address'
      : 'address of another family';
  const { family, port } = address;
  if (op === OP.connect || op === OP.sendto) {
    if (family !== 'unix' && port === 0) return 'connect that only asks for a route';
    const outcome = p.success ? 'established' : p.exit === -115 ? 'in-progress' : 'failed';
    return {
      kind: 'network.connected',
      time: epochMs(p.time),
      order: p.serial,
      host,
      ref,
      actor,
      family,
      address: address.address,
      port,
      outcome,
    };
  }
  return {
    kind: 'network.listened',
    time: epochMs(p.time),
    order: p.serial,
    host,
    ref,
    actor,
    family,
    address: address.address,
    port,
  };
}

const INODE_SPAN = 2 ** 40;
const DEVICE_SPAN = 4096;

/** See FileId.node: a number is looked up faster than a text, and no text is made. */
function nodeOf(item: PathItem): number {
  return item.inode > 0 ? (item.dev % DEVICE_SPAN) * INODE_SPAN + (item.inode % INODE_SPAN) : -1;
}

function fileId(item: PathItem, p: Pending, dirs: DirectoryDescriptors, dirfd?: number): FileId {
  return { path: pathOf(item, p, dirs, dirfd), node: nodeOf(item), mode: item.mode, ownerUid: item.ouid };
}

function pathOf(item: PathItem, p: Pending, dirs: DirectoryDescriptors, dirfd?: number): string {
  const name = item.name;
  if (!item.named) return '';
  if (name.charCodeAt(0) === 47) return resolvePath(name, '');
  const fd = dirfd ?? (p.atForm ? descriptor(p.a0) : AT_FDCWD);
  if (!p.atForm || fd === AT_FDCWD) return resolvePath(name, p.cwd);
  const directory = dirs.get(p.actor.pid, fd);
  return resolvePath(name, directory ?? '');
}

function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

function lastOf(p: Pending, nametype: number): PathItem | null {
  for (let i = p.pathCount - 1; i >= 0; i--) {
    const path = pathAt(p, i);
    if (path !== undefined && path.nametype === nametype) return path;
  }
  return null;
}

function firstOf(p: Pending, nametype: number): PathItem | null {
  for (let i = 0; i < p.pathCount; i++) {
    const path = pathAt(p, i);
    if (path !== undefined && path.nametype === nametype) return path;
  }
  return null;
}

/** The file itself: the last item that is not a parent directory. */
function lastFile(p: Pending): PathItem | null {
  for (let i = p.pathCount - 1; i >= 0; i--) {
    const path = pathAt(p, i);
    if (path !== undefined && path.nametype !== NAMETYPE.parent) return path;
  }
  return null;
}
