import type { EpochMs } from '../core/time.ts';
import type { HostEvent, NetworkConnected, ProcessStarted } from '../events/host-events.ts';
import type { Ref } from '../events/ref.ts';
import type { ProcessState } from './processes.ts';
import type { Taint } from './taint.ts';

/**
 * What the host's state derives from events and hands to the analytics. These are rare; raw events are not: an analytic
 * that reads notices costs nothing on the hot path.
 */
interface NoticeBase {
  readonly time: EpochMs;
  readonly host: string;
  readonly process: ProcessState;
  readonly ref: Ref;
}

/** Content that came out of a message or a download was executed, in whatever way. */
export interface ContentExecuted extends NoticeBase {
  readonly kind: 'content.executed';
  readonly taint: Taint;
  /** What was executed: the path, or '' for content that came over a pipe. */
  readonly path: string;
  readonly how: ExecutionRoute;
  readonly strength: 'observed' | 'inferred';
  readonly event: HostEvent;
}
export type ExecutionRoute =
  | 'binary'
  | 'at-work'
  | 'interpreter-script'
  | 'interpreter-module'
  | 'standard-input'
  | 'substituted'
  | 'loader'
  | 'traced'
  | 'launcher'
  | 'unit'
  | 'package-script'
  | 'own-helper'
  | 'build'
  | 'spawned-by-viewer'
  | 'spawned-by-reader'
  | 'new-order'
  | 'sourced'
  | 'evaluated'
  | 'memory';

/** A process that runs such content, or a descendant, reached out. */
export interface ControlledConnected extends NoticeBase {
  readonly kind: 'controlled.connected';
  readonly taint: Taint;
  readonly event: NetworkConnected;
}

/** Such a process left something that will run later (unit, autostart, crontab, shell profile). */
export interface PersistenceWritten extends NoticeBase {
  readonly kind: 'persistence.written';
  readonly taint: Taint;
  readonly path: string;
  /** Absent: the record shows who wrote it. */
  readonly strength?: 'inferred';
  /** Only the words of a program tell of it. */
  readonly byWords?: true;
}

/** Such a process read a private key, or a file in which passwords are kept. */
export interface SecretRead extends NoticeBase {
  readonly kind: 'secret.read';
  readonly taint: Taint;
  readonly path: string;
  /** What is kept there, in words. */
  readonly what: string;
}

/** A mail store was read by something that is not known to serve it. One a process and box, not one a file. */
export interface StoreRead extends NoticeBase {
  readonly kind: 'store.read';
  readonly path: string;
  /** The box: mbox path or Maildir root. */
  readonly box: string;
  /** Local user who owns it, '' when unknown; the file's own uid, -1 when the record does not say. */
  readonly owner: string;
  readonly ownerUid: number;
  readonly taint: Taint;
}

/** Data from a mail store was written into another file. */
export interface StoreStaged extends NoticeBase {
  readonly kind: 'store.staged';
  readonly path: string;
  readonly taint: Taint;
  /** It lay there already: whoever is logged in makes it the own account's. */
  readonly takenOver?: true;
}

/** Data from a mail store was at hand when this process reached out, or was handed to a sender. */
export interface StoreTransferred extends NoticeBase {
  readonly kind: 'store.transferred';
  readonly taint: Taint;
  readonly strength: 'observed' | 'inferred';
  readonly why: string;
  readonly destination: string;
  /** It waits there for other hosts to come and take the data; '' where the data are sent. */
  readonly servedAt: string;
}

/** Mail software put something into a mailbox file or directory. */
export interface StoreWritten extends NoticeBase {
  readonly kind: 'store.written';
  readonly path: string;
  readonly box: string;
  readonly owner: string;
}

/** A program whose work is to send mail was started, or any program spoke to an SMTP port. */
export interface SenderStarted extends NoticeBase {
  readonly kind: 'sender.started';
  readonly event: ProcessStarted;
}
/** A program that moves files off the host was started. */
export interface TransferStarted extends NoticeBase {
  readonly kind: 'transfer.started';
  readonly event: ProcessStarted;
}
/** A program that packs or encodes was started: see packers.ts. */
export interface PackerStarted extends NoticeBase {
  readonly kind: 'packer.started';
}
export interface SmtpConnected extends NoticeBase {
  readonly kind: 'smtp.connected';
  readonly event: NetworkConnected;
}

/** Somebody told the MTA to send a mailbox's mail on: .forward, .procmailrc, sieve, aliases, main.cf. */
export interface RedirectWritten extends NoticeBase {
  readonly kind: 'redirect.written';
  readonly path: string;
  /** Where the words of the program say it: which setting, and what it is set to. */
  readonly setting?: { readonly name: string; readonly value: string };
  /** Whose mail it concerns, '' for everybody's. */
  readonly owner: string;
}

/** Something other than the MTA's own tools put a file into the queue's front door. */
export interface QueueWritten extends NoticeBase {
  readonly kind: 'queue.written';
  readonly path: string;
}

/** The MTA takes over such a file: its log tells of the message in that moment, by that process. */
export interface QueueTaken extends NoticeBase {
  readonly kind: 'queue.taken';
  readonly path: string;
  /** Whose the file is by then: the account that the MTA takes for the submitter. */
  readonly ownerUid: number;
}

/** A program that delivery handed a letter to, on standard input, reached another host. */
export interface LetterCarried extends NoticeBase {
  readonly kind: 'letter.carried';
  readonly event: NetworkConnected;
}

export type Notice =
  | LetterCarried
  | QueueWritten
  | QueueTaken
  | RedirectWritten
  | ContentExecuted
  | ControlledConnected
  | PersistenceWritten
  | SecretRead
  | StoreRead
  | StoreStaged
  | StoreTransferred
  | StoreWritten
  | SenderStarted
  | TransferStarted
  | PackerStarted
  | SmtpConnected;
export type NoticeKind = Notice['kind'];
