import { type Actor, ID_UNSET } from '../../events/host-events.ts';
import type { Ref } from '../../events/ref.ts';
import { OP, type Op } from './syscalls.ts';

/** One PATH record. `item` is -1 when there is none; `inode` is -1 when not given. */
export interface PathItem {
  item: number;
  name: string;
  /** False for name=(null). */
  named: boolean;
  inode: number;
  /** Major times 256 plus minor, 0 when not given. */
  dev: number;
  mode: number;
  ouid: number;
  nametype: number;
}

export const NAMETYPE = { unknown: 0, normal: 1, parent: 2, create: 3, delete: 4 } as const;

/** An audit event being put together from its records, in whatever order they come. */
export interface Pending {
  time: number;
  serial: number;
  node: string;
  /** Line number at which the last record came, to tell a settled event from one in the middle of arriving. */
  touched: number;
  /** Nothing in it is of use: further records are only passed over. */
  dropped: boolean;
  hasSyscall: boolean;
  op: Op;
  arch: number;
  number: number;
  atForm: boolean;
  success: boolean;
  exit: number;
  a0: number;
  a1: number;
  a2: number;
  actor: Actor;
  cwd: string;
  /** From the enriched tail, read once a uid. */
  userName: string;
  /** The first `pathCount` are of this event, each at the place that its `item` says. */
  paths: PathItem[];
  pathCount: number;
  argc: number;
  /** All words of the event, when one record tells them and came before: the same list for the same words. */
  words: readonly string[] | null;
  /** The first `argCount` are of this event. */
  argv: string[];
  argCount: number;
  /** Pieces of an argument given as aN[M]=…; null when there are none. */
  pieces: Map<number, string[]> | null;
  saddr: string;
  /** OPENAT2's oflag, -1 when there is no such record. */
  oflag: number;
  /** USER_START, LOGIN, SERVICE_START and other stand-alone records. */
  record: string;
  fields: Map<string, string> | null;
  source: number;
  offset: number;
  length: number;
  /** Earlier ranges when the records do not lie together. */
  ranges: Ref | null;
}

/** What a SYSCALL without any of these fields says. */
export const NOBODY: Actor = Object.freeze({
  pid: -1,
  ppid: -1,
  uid: -1,
  euid: -1,
  auid: ID_UNSET,
  ses: ID_UNSET,
  tty: '',
  comm: '',
  exe: '',
});

export function newPending(time: number, serial: number, node: string): Pending {
  return {
    time,
    serial,
    node,
    touched: 0,
    dropped: false,
    hasSyscall: false,
    op: OP.none,
    arch: 0,
    number: -1,
    atForm: false,
    success: true,
    exit: 0,
    a0: 0,
    a1: 0,
    a2: 0,
    actor: NOBODY,
    cwd: '',
    userName: '',
    paths: [],
    pathCount: 0,
    argc: -1,
    words: null,
    argv: [],
    argCount: 0,
    pieces: null,
    saddr: '',
    oflag: -1,
    record: '',
    fields: null,
    source: 0,
    offset: -1,
    length: 0,
    ranges: null,
  };
}

/** The event's PATH of this number, undefined when none came. */
export function pathAt(p: Pending, index: number): PathItem | undefined {
  const path = index < p.pathCount ? p.paths[index] : undefined;
  return path !== undefined && path.item === index ? path : undefined;
}

/** The event's PATH of this number, to be filled; what an emptied event kept is used again. */
export function claimPath(p: Pending, index: number): PathItem {
  const { paths } = p;
  while (paths.length <= index) paths.push(newPathItem());
  if (p.pathCount <= index) p.pathCount = index + 1;
  const path = paths[index] as PathItem;
  path.item = index;
  return path;
}

/** Gives the event its PATH number `path.item`. */
export function placePath(p: Pending, path: PathItem): void {
  claimPath(p, path.item);
  p.paths[path.item] = path;
}

export function newPathItem(): PathItem {
  return {
    item: -1,
    name: '',
    named: false,
    inode: -1,
    dev: 0,
    mode: -1,
    ouid: -1,
    nametype: NAMETYPE.unknown,
  };
}

export function setArgument(p: Pending, index: number, text: string): void {
  const { argv } = p;
  for (; p.argCount <= index; p.argCount++) argv[p.argCount] = '';
  argv[index] = text;
}

/** What an emptied event may keep for the next one; larger lists are let go. */
const KEPT_MAX = 8;

/** Empties an event that never got further than its SYSCALL. */
export function recycleUnused(p: Pending): void {
  p.dropped = false;
  p.hasSyscall = false;
  p.op = OP.none;
  p.success = true;
  p.exit = 0;
  p.number = -1;
}

/** What SYSCALL always sets stays as it is: without a SYSCALL it is never read. */
export function recycle(p: Pending): void {
  recycleUnused(p);
  if (p.paths.length > KEPT_MAX) p.paths = [];
  else for (let i = 0; i < p.pathCount; i++) (p.paths[i] as PathItem).item = -1;
  p.pathCount = 0;
  if (p.argv.length > KEPT_MAX) p.argv = [];
  else for (let i = 0; i < p.argCount; i++) p.argv[i] = '';
  p.argCount = 0;
  p.words = null;
  p.cwd = '';
  p.userName = '';
  p.saddr = '';
  p.record = '';
  p.argc = -1;
  p.pieces = null;
  p.oflag = -1;
  p.fields = null;
  p.offset = -1;
  p.length = 0;
  p.ranges = null;
}
