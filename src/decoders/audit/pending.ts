import type { Ref } from '../../events/ref.ts';
import { OP, type Op } from './syscalls.ts';

/** One PATH record. `inode` is -1 when not given; */
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
  a3: number;
  pid: number;
  ppid: number;
  uid: number;
  euid: number;
  auid: number;
  ses: number;
  tty: string;
  comm: string;
  exe: string;
  cwd: string;
  /** From the enriched tail, read once a uid. */
  userName: string;
  paths: PathItem[];
  argc: number;
  argv: (string | undefined)[];
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
    a3: 0,
    pid: -1,
    ppid: -1,
    uid: -1,
    euid: -1,
    auid: 4294967295,
    ses: 4294967295,
    tty: '',
    comm: '',
    exe: '',
    cwd: '',
    userName: '',
    paths: [],
    argc: -1,
    argv: [],
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
