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
  /**
   * Queue id on `host`, '' when the line has none (NOQUEUE, connect). Delivery software that has ids of its own and knows no
   * queue id stands here with `dovecot.` and its session id.
   */
  readonly queueId: string;
}

/** A client connected (smtpd, postscreen, lmtpd). */
export interface MailConnected extends MailEventBase {
  readonly kind: 'mail.connected';
  readonly clientName: Untrusted;
  readonly clientAddress: string;
  /** Id of the session, where later lines name the client by it alone (OpenSMTPD). */
  readonly sessionId?: string;
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
  /** Recipients that the client named, where the record says so (a sensor on the wire). */
  readonly asked?: readonly Untrusted[];
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
  /** What the message is to the one of `originQueueId`, where the line says it. */
  readonly origin?: 'forwarded' | 'notification';
  /** Session that the client is named by, where the line does not name it otherwise. */
  readonly sessionId?: string;
}

/** A local program handed a message in (pickup, sendmail ctladdr, exim U=). */
export interface MailSubmitted extends MailEventBase {
  readonly kind: 'mail.submitted';
  /** Submitting uid, -1 when the MTA does not say. */
  readonly uid: number;
  readonly user: Untrusted;
  readonly sender: Untrusted;
  /** True where a later line tells the submitter of a message that is already here (sendmail's ctladdr). */
  readonly afterArrival?: true;
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
  /** False where the line does not tell the sender. */
  readonly senderKnown?: false;
  /** Bytes, -1 when not said. */
  readonly sizeBytes: number;
  /** -1 when not said. */
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
  /** Of the decoded part, where a filter logs it (Amavis). */
  readonly sha1?: string;
  /** Message-ID where the source knows it instead of, or beside, the queue id; else ''. */
  readonly messageId: Untrusted;
  /** Type that the content itself shows (magic numbers), '' when nobody looked. */
  readonly realType: Untrusted;
}

/**
 * A message lies in a mail store, read from the store itself and never from its text. `time` is when it came to lie there,
 * as `timeFrom` says. `queueId` is made up from what identifies the message (`store.` and hex), so that its attachments,
 * which follow as `attachment.seen`, find it; no MTA knows that id.
 */
export interface MailStored extends MailEventBase {
  readonly kind: 'mail.stored';
  readonly messageId: Untrusted;
  /** Return-Path or the `From ` line, '' for the null sender. */
  readonly sender: Untrusted;
  readonly senderKnown: boolean;
  /** What delivery software wrote above the message (Delivered-To, X-Original-To, Envelope-To), '' when nothing. */
  readonly recipient: Untrusted;
  /** Account or mailbox whose store it is, '' when nothing tells; `ownerFrom` says what did. */
  readonly owner: string;
  readonly ownerFrom: StoreOwnerBasis;
  /** Name of the store in the evidence (mbox file, Maildir root) and the folder in it, '' for the inbox. */
  readonly box: Untrusted;
  readonly folder: Untrusted;
  readonly sizeBytes: number;
  /** When the message reached the host that stored it, by the topmost Received header; -1 when there is none. */
  readonly arrivedTime: number;
  readonly timeFrom: StoreTimeBasis;
  /** Delivery software left its headers: it was delivered here, not put there by a client (sent mail, drafts). */
  readonly delivered: boolean;
  readonly attachmentCount: number;
}

/** What tells whose store it is, surest first. */
export type StoreOwnerBasis = 'passwd' | 'path' | 'header' | 'file-owner' | '';
/** What tells when a message came to lie in a store, surest first; `date` is the sender's own claim. */
export type StoreTimeBasis = 'maildir-name' | 'dbox-metadata' | 'received' | 'envelope' | 'file-time' | 'date';

/**
 * A filter judged a message, or one property of it. Beside the queue id, or instead of it, `messageId` says which message.
 * One line can hold several judgements: each is an event of its own.
 */
export interface MailJudged extends MailEventBase {
  readonly kind: 'mail.judged';
  readonly messageId: Untrusted;
  readonly about: JudgedAbout;
  /** `neutral`: neither for nor against (no signature, no policy, softfail). `error`: the filter could not tell. */
  readonly verdict: 'pass' | 'fail' | 'neutral' | 'error';
  /** The filter's own word for it, such as `Passed CLEAN`, `add header`, `softfail`. From a closed set of the filter's. */
  readonly said: string;
  /** What it found: a malware or rule name, the domain that signed or was checked; '' when nothing. */
  readonly name: Untrusted;
  /** Which part or file it is about, '' for the message as a whole. */
  readonly part: Untrusted;
  /** Spam score, null when the line has none. */
  readonly score: number | null;
  /** What the filter had done with the message. */
  readonly action: JudgedAction;
}

export type JudgedAbout = 'spam' | 'malware' | 'banned' | 'dkim' | 'spf' | 'dmarc' | 'message';
export type JudgedAction = 'none' | 'tagged' | 'deferred' | 'rejected' | 'quarantined' | 'discarded' | 'unknown';

/**
 * Somebody asked a mailbox server for a login. Lines of the authentication service alone name no protocol: `protocol` is ''.
 * `none`: a connection that ended before anybody tried.
 */
export interface MailboxLogin extends MailEventBase {
  readonly kind: 'mailbox.login';
  readonly outcome: 'accepted' | 'failed' | 'none';
  /** `imap`, `pop3`, `managesieve`, `submission`, or ''. */
  readonly protocol: string;
  readonly user: Untrusted;
  readonly clientAddress: string;
  readonly serverAddress: string;
  /** SASL mechanism, '' when not said. */
  readonly method: string;
  readonly tls: boolean;
  /** The server's id of this session, '' when not said: the logout has the same. */
  readonly session: string;
  /** Process that serves the mailbox from now on, -1 when not said. */
  readonly mailPid: number;
}

/** Somebody left a mailbox server. Counts are -1 when not said; bytes as the server counts them. */
export interface MailboxLogout extends MailEventBase {
  readonly kind: 'mailbox.logout';
  readonly protocol: string;
  readonly user: Untrusted;
  readonly session: string;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Messages whose text was read. */
  readonly messagesRead: number;
}

/**
 * The daemon counted (anvil) or warned; of use for coverage and for AN1009's connections. `command-run`: delivery software says that it
 * runs `text`, a command of the mailbox owner's or the administrator's; whether it could, is not said.
 */
export interface MailNotice extends MailEventBase {
  readonly kind: 'mail.notice';
  readonly what:
    | 'connection-rate'
    | 'connection-count'
    | 'message-rate'
    | 'recipient-rate'
    | 'warning'
    | 'command-run'
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
  | MailStored
  | MailJudged
  | MailboxLogin
  | MailboxLogout
  | MailNotice;
