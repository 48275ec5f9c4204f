import type { EpochMs } from '../core/time.ts';
import type { Untrusted } from '../core/untrusted.ts';
import type { Ref } from './ref.ts';

interface MailEventBase {
  readonly time: EpochMs;
  /** Order among lines of one time: rank of the phase in a message's life, then a hash of the line. */
  readonly order: number;
  readonly host: string;
  readonly ref: Ref;
  /** Daemon that wrote the line, such as `postfix/local`. */
  readonly program: string;
  /** Its process id, -1 when the line has none. */
  readonly pid: number;
  /** Queue id on `host`, '' when the line has none (NOQUEUE, connect). */
  readonly queueId: string;
}

/** A client connected (smtpd, postscreen, lmtpd). */
export interface MailConnected extends MailEventBase {
  readonly kind: 'mail.connected';
  readonly clientName: Untrusted;
  readonly clientAddress: string;
}

/** A client left; what it did, where the daemon counts it (Postfix 3 command statistics). -1 = not said. */
export interface MailDisconnected extends MailEventBase {
  readonly kind: 'mail.disconnected';
  readonly clientName: Untrusted;
  readonly clientAddress: string;
  readonly recipients: number;
  readonly recipientsRejected: number;
  readonly dataCommands: number;
  /** True for "lost connection after …" and timeouts. */
  readonly lost: boolean;
}

/** A message came in by SMTP: this queue id belongs to this client. */
export interface MailReceived extends MailEventBase {
  readonly kind: 'mail.received';
  readonly clientName: Untrusted;
  readonly clientAddress: string;
  /** Authenticated submitter or ''. */
  readonly saslUser: Untrusted;
  /** Queue id at the previous hop of the same message (content filter re-injection), or ''. */
  readonly originQueueId: string;
}

/** A local program handed a message in (pickup, sendmail ctladdr, exim U=). */
export interface MailSubmitted extends MailEventBase {
  readonly kind: 'mail.submitted';
  /** Submitting uid, -1 when the MTA does not say. */
  readonly uid: number;
  readonly user: Untrusted;
  readonly sender: Untrusted;
}

export interface MailIdentified extends MailEventBase {
  readonly kind: 'mail.identified';
  readonly messageId: Untrusted;
  /** True for a Resent-Message-ID. */
  readonly resent: boolean;
}

export interface MailQueued extends MailEventBase {
  readonly kind: 'mail.queued';
  /** Envelope sender, '' for the null sender. */
  readonly sender: Untrusted;
  /** Bytes, -1 when not said. */
  readonly sizeBytes: number;
  readonly recipientCount: number;
}

/** The fate of one recipient of one message, at one attempt. */
export interface MailDelivery extends MailEventBase {
  readonly kind: 'mail.delivered' | 'mail.deferred' | 'mail.bounced' | 'mail.expired';
  readonly recipient: Untrusted;
  /** Address before alias and virtual expansion, '' when the same. */
  readonly originalRecipient: Untrusted;
  readonly relay: Untrusted;
  /** How it left: into a mailbox here, to another host, to a command, to nothing. */
  readonly channel: 'mailbox' | 'relay' | 'command' | 'discard' | 'unknown';
  /** Seconds since arrival, -1 when not said. */
  readonly delaySeconds: number;
  readonly dsn: string;
  readonly text: Untrusted;
}

export interface MailRejected extends MailEventBase {
  readonly kind: 'mail.rejected';
  readonly clientName: Untrusted;
  readonly clientAddress: string;
  readonly sender: Untrusted;
  readonly recipient: Untrusted;
  /** SMTP reply code, 0 when there is none. 4xx: try again later. */
  readonly code: number;
  readonly dsn: string;
  readonly stage: string;
  readonly text: Untrusted;
}

/** The message left the queue. */
export interface MailRemoved extends MailEventBase {
  readonly kind: 'mail.removed';
}

/** A header or a filter named an attachment. Unknown values are '' / -1. */
export interface AttachmentSeen extends MailEventBase {
  readonly kind: 'attachment.seen';
  readonly name: Untrusted;
  readonly declaredType: Untrusted;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Message-ID where the source knows it instead of, or beside, the queue id; else ''. */
  readonly messageId: Untrusted;
  /** Type that the content itself shows (magic numbers), '' when nobody looked. */
  readonly realType: Untrusted;
}

/** The daemon counted (anvil) or warned; of use for coverage and for AN1009's connections. */
export interface MailNotice extends MailEventBase {
  readonly kind: 'mail.notice';
  readonly what:
    | 'connection-rate'
    | 'connection-count'
    | 'message-rate'
    | 'recipient-rate'
    | 'warning'
    | 'fatal'
    | 'loop'
    | 'started'
    | 'stopped';
  readonly clientAddress: string;
  readonly count: number;
  readonly text: Untrusted;
}

export type MailEvent =
  | MailConnected
  | MailDisconnected
  | MailReceived
  | MailSubmitted
  | MailIdentified
  | MailQueued
  | MailDelivery
  | MailRejected
  | MailRemoved
  | AttachmentSeen
  | MailNotice;
