import type { Untrusted } from '../../core/untrusted.ts';

/**
 * Bounds on one message. Work is counted in bytes and parts, never by a clock, so that the same store gives the same
 * inventory. What is over a bound is said to be so; what was read before it stands.
 */
export interface MailLimits {
  /** Header block of one part; the same bound as most MTAs set for all headers is a tenth of it. */
  readonly headerBytesMax: number;
  /** MIME parts of one message, those of messages inside it included. */
  readonly partsMax: number;
  /** Multiparts and messages inside each other. */
  readonly depthMax: number;
  readonly messageBytesMax: number;
  /** Decoded content of one attachment that is hashed. */
  readonly attachmentBytesMax: number;
  /** Names told of one archive. */
  readonly membersMax: number;
}

export const MAIL_LIMITS: MailLimits = Object.freeze({
  headerBytesMax: 1024 * 1024,
  partsMax: 1000,
  depthMax: 24,
  messageBytesMax: 1024 ** 3,
  attachmentBytesMax: 512 * 1024 * 1024,
  membersMax: 32,
});

/** What went wrong with a message or an attachment: a closed set, each with the sentence a person reads. */
export const TROUBLE = {
  'mime-over-bound': 'it has more parts, or a larger header block, than the bound; the rest was not read',
  'depth-over-bound': 'parts are nested deeper than the bound; what lies deeper was not read',
  'bytes-over-bound': 'it is larger than the bound; the rest was not read',
  'no-end-boundary': 'the last boundary is missing: it was cut, or never whole',
  'cut-short': 'the store ends before the message does',
  'ambiguous-end': 'a line inside looks like the beginning of another message; its Content-Length says it is text',
  external: 'the store keeps this content in another file',
} as const;
export type Trouble = keyof typeof TROUBLE;

/** How well an attachment could be read. `encrypted` and `damaged` say nothing of what is inside. */
export type ContentState = 'whole' | 'damaged' | 'encrypted' | 'over-bound';

/** A name inside an archive. Sizes are what the archive claims, -1 when it does not. */
export interface ArchiveMember {
  readonly name: Untrusted;
  readonly sizeBytes: number;
  readonly encrypted: boolean;
}

/** One attachment. Never its content. */
export interface StoredAttachment {
  /** As a person would see it, decoded (RFC 2231, RFC 2047); '' when it has none. */
  readonly name: Untrusted;
  /** Content-Type as declared, lower case, '' when there is none. */
  readonly declaredType: Untrusted;
  /** What its first bytes show, '' when they show nothing known. */
  readonly realType: string;
  /** Decoded content. */
  readonly sizeBytes: number;
  /** Of the decoded content, '' when it was not read to its end. */
  readonly sha256: string;
  /** The encoded content in the uncompressed file; offset -1 when it lies inside an encoded message. */
  readonly offset: number;
  readonly length: number;
  /** Part number as IMAP counts (RFC 9051, BODY[2.1]); a message inside counts on behind its own. */
  readonly part: string;
  /** Names of the messages and files around it, outermost first; '' for one without a name. */
  readonly within: readonly Untrusted[];
  readonly state: ContentState;
  /** Names inside, when it is an archive whose names can be told cheaply. */
  readonly members: readonly ArchiveMember[];
  /** `all`: these are all there are; `some`: the first of them; `none`: not an archive, or not listed. */
  readonly membersKnown: 'all' | 'some' | 'none';
}

/** What a message's own headers and parts tell. Never its subject or text. */
export interface ReadMessage {
  /** With its angle brackets, as MTAs log it; '' when there is none. */
  readonly messageId: Untrusted;
  /** Return-Path without brackets; null when there is none. */
  readonly returnPath: Untrusted | null;
  /** Delivered-To, X-Original-To, Envelope-To: the topmost of the first that is there. */
  readonly deliveredTo: Untrusted;
  /** Date in the topmost Received header, epoch ms, -1 when there is none. */
  readonly receivedTime: number;
  /** The sender's own claim (Date), epoch ms, -1 when there is none. */
  readonly dateTime: number;
  /** Received, Return-Path or Delivered-To is there: delivery software handled it. */
  readonly delivered: boolean;
  /** Thunderbird's or an mbox's mark for a message that was deleted and still lies there. */
  readonly deleted: boolean;
  /** Hex digest of what identifies this copy: message id, date and every Received header. */
  readonly identity: string;
  readonly headerBytes: number;
  readonly parts: number;
  readonly attachments: readonly StoredAttachment[];
  readonly trouble: readonly Trouble[];
}

/** Where one message lies in a file. */
export interface MessageRange {
  /** Bytes of the uncompressed content: the message itself, without the line or header the store puts before it. */
  readonly offset: number;
  readonly length: number;
  /** What the store itself says of it; see the reader of each kind. */
  readonly envelope: Untrusted;
  /** When it came here by the store's own word, epoch ms without a zone where `zoned` is false; -1 when it does not say. */
  readonly time: number;
  readonly zoned: boolean;
  readonly trouble: readonly Trouble[];
}
