import type { EpochMs } from '../../core/time.ts';
import type { Untrusted } from '../../core/untrusted.ts';
import type { MailEvent, MailJudged, StoreTimeBasis } from '../../events/mail-events.ts';
import type { Ref } from '../../events/ref.ts';
import type { MailboxFacts } from '../identity/contract.ts';
import type { Home } from '../identity/homes.ts';
import type { StoreComparison } from './comparison.ts';

/** The fate of one recipient so far. A later attempt replaces an earlier one; `attempts` counts them. */
export interface Delivery {
  readonly recipient: Untrusted;
  readonly originalRecipient: Untrusted;
  /** Folded mailbox: see `MailIdentity.mailboxOf`. */
  readonly mailbox: string;
  status: 'delivered' | 'deferred' | 'bounced' | 'expired';
  channel: 'mailbox' | 'relay' | 'command' | 'discard' | 'unknown';
  relay: Untrusted;
  /** Pid of the delivery agent that wrote the last line: joins audit's view of the same process. */
  agentPid: number;
  agent: string;
  time: EpochMs;
  delaySeconds: number;
  attempts: number;
  /** Id that the next one knows the message by, from its answer (see next-hop.ts); '' when it said none. */
  next: string;
  /** The same message was told to be in this mailbox before, under another id: this is not one message more. */
  retold: boolean;
  ref: Ref;
}

/** A filter's word on a message. `by`: how it is known to be about this one. */
export interface Judgement
  extends Pick<
    MailJudged,
    'time' | 'program' | 'about' | 'verdict' | 'said' | 'name' | 'part' | 'score' | 'action' | 'ref'
  > {
  readonly by: 'queue-id' | 'message-id';
}

/** Where a message was before it had its queue id, and how that is known. */
export interface Hop {
  readonly message: Message;
  readonly strength: 'observed' | 'inferred';
  readonly why: string;
}

/** One queue id of a message's journey over queues, filters and hosts; `from` is null for the first. */
export interface Leg {
  readonly message: Message;
  readonly from: Hop | null;
}

/** What is known of one attachment. Unknown values are '' / -1. A name with `!` lies inside what stands before it. */
export interface MessageAttachment {
  readonly name: Untrusted;
  readonly declaredType: Untrusted;
  readonly realType: Untrusted;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly sha1?: string | undefined;
  readonly ref: Ref;
}

/** One message under one queue id on one host. Lines may come in any order within the lateness. */
export interface Message {
  readonly host: string;
  readonly queueId: string;
  firstTime: EpochMs;
  lastTime: EpochMs;
  messageId: Untrusted;
  sender: Untrusted;
  senderKnown: boolean;
  sizeBytes: number;
  recipientCount: number;
  clientName: Untrusted;
  clientAddress: string;
  saslUser: Untrusted;
  /** Local submission: uid, or -1. */
  submittedByUid: number;
  /** Local submission: the account's name where the MTA logs it, '' else. */
  submittedByUser: Untrusted;
  /** Local submission: pid of the MTA's process that took it in, as its log line has it; -1 for none. */
  takenByPid?: number;
  submitted: boolean;
  attachments: readonly MessageAttachment[];
  judgements: readonly Judgement[];
  /** The first delivery, while it is the only one; see deliveries.ts. */
  delivery: Delivery | null;
  /** All of them by recipient (original text), once there are two. */
  others: Map<string, Delivery> | null;
  removed: boolean;
  /** Queue id on the same host of the message that this one came out of, '' when none is known; and how it came out of it. */
  originQueueId: string;
  origin: 'none' | 're-injected' | 'forwarded' | 'notification';
  /** The line that shows it best: its arrival, else that it was queued, else its Message-ID. Null before any of them. */
  ref: Ref | null;
  refShows: 'arrival' | 'queued' | 'identified' | 'nothing';
  /** Where it lies, when a mail store tells of it and no MTA: its queue id is made up then. Null for an MTA's message. */
  stored: { box: Untrusted; folder: Untrusted; owner: string; timeFrom: StoreTimeBasis } | null;
}

/** What is known of mail, over all hosts. */
export interface MailState {
  push(event: MailEvent): void;
  message(host: string, queueId: string): Message | undefined;
  /**
   * Messages delivered into `mailbox`'s box with last delivery in [from, to], newest first, at most `max`. Those that only a
   * store tells of are among them; a message that an MTA logged comes once, as logged.
   */
  deliveredTo(
    mailbox: string,
    from: number,
    to: number,
    max: number,
  ): readonly { message: Message; delivery: Delivery }[];
  /** The delivery that agent process `pid` on `host` logged within `toleranceMs` of `time`, into `mailbox` when one is given; `alike` counts others that fit as well. */
  deliveryByAgent(
    host: string,
    pid: number,
    time: number,
    toleranceMs: number,
    mailbox?: string,
  ): { message: Message; delivery: Delivery; alike: number } | undefined;
  /** Locally submitted or locally received messages first seen in [from, to]; `uid` -1 for any. Oldest first. */
  submittedBetween(host: string, from: number, to: number, uid: number): readonly Message[];
  /** What the stores of a folded mailbox hold of a span of time, beside what was logged; null when none of its stores was read. From -Infinity: from the first delivery that is kept. */
  storeComparison(mailbox: string, from: number, to: number): StoreComparison | null;
  /** Where the message was before; null for the first queue id that is known of it. */
  before(message: Message): Hop | null;
  /** The message under the first id that is known of it: where it came in, from whom. */
  rootOf(message: Message): Message;
  /** The message under all its ids, over filters and hosts, from the first on. */
  journeyOf(message: Message): readonly Leg[];
  /** What filters said of it, under any of its ids; in order of time. */
  judgementsOf(message: Message): readonly Judgement[];
  /** What it carries, by its lines under this id and the filters that were given it under this id. */
  attachmentsLogged(message: Message): readonly MessageAttachment[];
  /**
   * What the message carries, by the log lines of its whole journey and by the stores that hold a message of its id.
   */
  attachmentsOf(message: Message): readonly MessageAttachment[];
  /** A message of the same Message-ID on the same host that lay in a mailbox for at least `layMs` before this one began; null for none. */
  inMailboxBefore(message: Message, layMs: number): { message: Message; delivery: Delivery } | null;
  /** Any message first seen in [from, to] on `host` from a client address. Oldest first. */
  receivedBetween(host: string, from: number, to: number): readonly Message[];
  /** Domains for which this estate delivered into a mailbox: learned from deliveries. Lower case. */
  readonly localDomains: ReadonlySet<string>;
  /** Every folded mailbox that got a delivery, with counts. */
  readonly mailboxes: ReadonlyMap<string, { delivered: number; lastTime: number }>;
  /** Folded mailboxes whose stores were read, with how many delivered messages lie there. */
  readonly storeOwners: ReadonlyMap<string, number>;
  snapshot(): unknown;
  restore(data: unknown): void;
  evictions(): number;
}

/** Who is who, from passwd, group and aliases files in the evidence. */
export interface MailIdentity {
  /** Folded mailbox of an address: lower case, plus part cut, local alias chains followed to one final local user where there is just one. */
  mailboxOf(address: string): string;
  /** Local account behind a folded mailbox or address, '' when none is known. */
  accountOf(address: string): string;
  userName(uid: number): string;
  uidOf(user: string): number;
  homeOf(user: string): string;
  /** Owner of the home directory that holds `path`, '' when none. Falls back on /home/NAME and /root. */
  homeOwner(path: string): string;
  /** The home of a person that holds `path`, where a passwd file says that it lies elsewhere than in /home/NAME. */
  homeElsewhere(path: string): Home | null;
  readonly loaded: { passwd: boolean; aliases: boolean };
  /** The same with the accounts of this host: what a uid, a name or a home means there. */
  onHost(host: string): MailIdentity;
  /** What is behind a folded mailbox. */
  describe(mailbox: string): MailboxFacts;
}
