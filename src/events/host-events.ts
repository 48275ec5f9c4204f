import type { EpochMs } from '../core/time.ts';
import type { Untrusted } from '../core/untrusted.ts';
import type { Ref } from './ref.ts';

/** User id that the kernel writes for "never set" (auid, ses): 2^32 - 1. */
export const ID_UNSET = 4294967295;
/** login.defs(5), UID_MIN: accounts of people begin here; below are root's and those of services. */
export const PEOPLE_UID = 1000;

/** `tty` of an actor whose source does not say whether it has a terminal. */
export const TTY_UNKNOWN = '?';

/**
 * Who did it: the process as the record shows it at that moment. Sources that know less leave -1 or ''; nothing is joined
 * by such a value. `ses` and `auid` are ID_UNSET for processes outside any login, -1 when the source does not say. `tty` is
 * '' when there is none, TTY_UNKNOWN when the source does not say.
 */
export interface Actor {
  readonly pid: number;
  readonly ppid: number;
  readonly uid: number;
  readonly euid: number;
  readonly auid: number;
  readonly ses: number;
  readonly tty: string;
  readonly comm: Untrusted;
  readonly exe: Untrusted;
  /**
   * When the process was forked, in whole seconds, where the source tells it in every record: a pid with another beginning
   * is another process. Left out by sources that do not.
   */
  readonly startTime?: EpochMs;
  /** The same of its parent. */
  readonly parentStartTime?: EpochMs;
}

interface HostEventBase {
  readonly time: EpochMs;
  /** Order among events of one time on one host: the audit serial, or a rank for other sources. */
  readonly order: number;
  readonly host: string;
  readonly ref: Ref;
}

/** A file as a record names it. `path` is absolute where the record allowed it, and begins with `?/` below a directory that is not known. */
export interface FileId {
  readonly path: Untrusted;
  /** Device and inode as one number (the low 12 bits of the device number, the low 40 of the inode), -1 when unknown. */
  readonly node: number;
  /** st_mode bits, -1 when unknown. */
  readonly mode: number;
  /** Owner uid, -1 when unknown. */
  readonly ownerUid: number;
  /** Content, where the source hashes files: sha256 in hex, and bytes (-1 when not said). */
  readonly content?: { readonly sha256: string; readonly sizeBytes: number };
}

/** A file of which nothing but its name is known, as words and settings name files. */
export const fileNamed = (path: string): FileId => ({ path, node: -1, mode: -1, ownerUid: -1 });

/** execve/execveat succeeded: the process `actor.pid` now runs `file`. */
export interface ProcessStarted extends HostEventBase {
  readonly kind: 'process.started';
  readonly actor: Actor;
  /** The file handed to execve (a script when there is an interpreter). Path '' when no PATH record came. */
  readonly file: FileId;
  /** Path of the `#!` interpreter, or '' for a binary. */
  readonly interpreter: Untrusted;
  readonly argv: readonly Untrusted[];
  /** True when arguments are missing from the evidence. */
  readonly argvCut: boolean;
  /** The source has the arguments as one text: where one ends and the next begins is a guess, a name with blanks is in pieces. */
  readonly argvJoined?: true;
  readonly cwd: Untrusted;
  /** Name of the acting uid where the record gives one (enriched audit logs), else ''. */
  readonly userName: string;
}

/**
 * A list of the running processes names this one: it was there at `time`, and began its program at `startTime` (NaN when
 * not said) or before. No execution is seen.
 */
export interface ProcessListed extends HostEventBase {
  readonly kind: 'process.listed';
  readonly actor: Actor;
  readonly startTime: EpochMs;
  readonly argv: readonly Untrusted[];
  readonly argvJoined?: true;
  readonly cwd: Untrusted;
}

/** A list of the accounts names this one. */
export interface AccountListed extends HostEventBase {
  readonly kind: 'account.listed';
  readonly uid: number;
  readonly user: Untrusted;
  readonly home: Untrusted;
}

/** clone/fork/vfork returned `childPid` to `actor`. */
export interface ProcessForked extends HostEventBase {
  readonly kind: 'process.forked';
  readonly actor: Actor;
  readonly childPid: number;
}

export interface ProcessExited extends HostEventBase {
  readonly kind: 'process.exited';
  readonly actor: Actor;
}

/** open family. `access` is what was asked for; `created` when a new directory entry appeared. `fd` is -1 when unknown. */
export interface FileOpened extends HostEventBase {
  readonly kind: 'file.opened';
  readonly actor: Actor;
  readonly file: FileId;
  readonly access: 'read' | 'write' | 'readwrite';
  readonly created: boolean;
  readonly truncated: boolean;
  readonly fd: number;
}

/** rename, link, symlink: `from` got (or became) the name `to`. For a symlink `from` is the target text resolved. */
export interface FileMoved extends HostEventBase {
  readonly kind: 'file.renamed' | 'file.linked' | 'file.symlinked';
  readonly actor: Actor;
  readonly from: FileId;
  readonly to: FileId;
}

export interface FileModeChanged extends HostEventBase {
  readonly kind: 'file.mode-changed';
  readonly actor: Actor;
  readonly file: FileId;
  /** The new mode bits, -1 when unknown. */
  readonly mode: number;
}

export interface FileDeleted extends HostEventBase {
  readonly kind: 'file.deleted';
  readonly actor: Actor;
  readonly file: FileId;
}

/** Extended attributes set on a file, such as user.xdg.origin.url. */
export interface FileAttributed extends HostEventBase {
  readonly kind: 'file.attributed';
  readonly actor: Actor;
  readonly file: FileId;
}

/** connect/sendto with an address. `family` unix has the socket path in `address` and port 0. */
export interface NetworkConnected extends HostEventBase {
  readonly kind: 'network.connected';
  readonly actor: Actor;
  readonly family: 'ipv4' | 'ipv6' | 'unix';
  readonly address: Untrusted;
  readonly port: number;
  /** `established` also covers a non-blocking connect in progress; `failed` a refused or unreachable one. */
  readonly outcome: 'established' | 'in-progress' | 'failed';
}

/** bind/listen/accept: this process serves. */
export interface NetworkListened extends HostEventBase {
  readonly kind: 'network.listened';
  readonly actor: Actor;
  readonly family: 'ipv4' | 'ipv6' | 'unix';
  readonly address: Untrusted;
  readonly port: number;
}

/** A login session or a job's session began (PAM, sshd, LOGIN record). */
export interface SessionStarted extends HostEventBase {
  readonly kind: 'session.started';
  readonly ses: number;
  readonly auid: number;
  readonly pid: number;
  /** Program that opened it, such as sshd, cron, login, su. */
  readonly program: Untrusted;
  readonly user: Untrusted;
  /** Remote address or '' */
  readonly address: Untrusted;
}

/** cron, at, systemd or sudo started something for a user. */
export interface JobStarted extends HostEventBase {
  readonly kind: 'job.started';
  readonly scheduler: 'cron' | 'at' | 'systemd' | 'sudo' | 'su';
  readonly user: Untrusted;
  readonly pid: number;
  readonly command: Untrusted;
  /** Who asked for it, as sudo says itself. Left out where it does not, and by others. */
  readonly by?: OrderedBy;
}

/** `user` is '' where only the number is told, `auid` and `ses` ID_UNSET where only the name is. */
export interface OrderedBy {
  readonly user: Untrusted;
  readonly auid: number;
  readonly ses: number;
  /** Of the login, '' for none. */
  readonly tty: string;
  /** Where it is run. */
  readonly folder: Untrusted;
  /** The command in words, as far as they can be told apart. */
  readonly words: readonly Untrusted[];
}

export interface SensorHealth extends HostEventBase {
  readonly kind: 'sensor.health';
  readonly what: 'lost' | 'rate-limited' | 'rotated' | 'clock-step' | 'started' | 'stopped' | 'rules-changed';
  readonly count: number;
}

export type HostEvent =
  | ProcessStarted
  | ProcessListed
  | AccountListed
  | ProcessForked
  | ProcessExited
  | FileOpened
  | FileMoved
  | FileModeChanged
  | FileDeleted
  | FileAttributed
  | NetworkConnected
  | NetworkListened
  | SessionStarted
  | JobStarted
  | SensorHealth;
