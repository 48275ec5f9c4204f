import type { TextPool } from '../../core/text-pool.ts';
import type { EpochMs } from '../../core/time.ts';
import type { MailEvent } from '../../events/mail-events.ts';
import type { Ref } from '../../events/ref.ts';
import type { Judgement, Message, MessageAttachment } from './contract.ts';

/** A message with what its assembly needs: when its arrival and its removal were logged, NaN before they were. */
export interface Life extends Message {
  arrivalTime: number;
  removedTime: number;
  /** A line told its Message-ID. */
  identified: boolean;
  /** By mailbox: the one other id that is taken for this message in there, where only the Message-ID says so. */
  claims: Map<string, string> | null;
  /** All that have its Message-ID, itself among them; the list is theirs together. Itself alone where it is the only one, as most are. */
  namesakes: Life | Life[] | null;
  /** By mailbox: the leg by which this message was told to be in there. A mailbox alone, as nearly all have, was told by itself. */
  told: Told | string | null;
}

/** What has none shares one list: it is replaced before anything goes into it. */
const NO_ATTACHMENTS: readonly MessageAttachment[] = [];
const NO_JUDGEMENTS: readonly Judgement[] = [];

/** Lines of one life may stray so far: syslog stamps of several daemons, whole seconds, a busy logger. */
const STRAY_MS = 5_000;
/** A line this long after the removal speaks of another message under the same id. */
const AFTERLIFE_MS = 300_000;
/** No MTA keeps a message in its queue in silence for this long. */
const SILENCE_MS = 20 * 86_400_000;
/** What came out of another message is told of within this long of its own first line. */
const LINKED_MS = 600_000;
/** A filter is done with a message after this long, and then uses its id again: it holds a process's number and a small count. */
const FILTER_SILENCE_MS = 600_000;

/** That a message was told to be in a mailbox, and by which leg. */
export interface Told {
  readonly mailbox: string;
  by: Life;
  readonly next: Told | null;
}

export function newLife(event: MailEvent, texts: TextPool): Life {
  return {
    host: event.host,
    queueId: texts.flat(event.queueId),
    firstTime: event.time,
    lastTime: event.time,
    messageId: '',
    sender: '',
    senderKnown: false,
    sizeBytes: -1,
    recipientCount: -1,
    clientName: '',
    clientAddress: '',
    saslUser: '',
    submittedByUid: -1,
    submittedByUser: '',
    takenByPid: -1,
    submitted: false,
    attachments: NO_ATTACHMENTS,
    judgements: NO_JUDGEMENTS,
    delivery: null,
    others: null,
    removed: false,
    originQueueId: '',
    origin: 'none',
    ref: null,
    refShows: 'nothing',
    stored: null,
    arrivalTime: Number.NaN,
    removedTime: Number.NaN,
    identified: false,
    claims: null,
    namesakes: null,
    told: null,
  };
}

/**
 * A line that only says which message this one came out of (a notification, a forwarded copy, what a filter handed back). It
 * names no client and is no arrival: the arrival has a line of its own, before or after it.
 */
export const isLink = (event: MailEvent): boolean =>
  event.kind === 'mail.received' && event.originQueueId !== '' && event.clientAddress === '' && event.clientName === '';

/** Ids that a filter gives a message while it does not know, or does not say, the queue id. */
export const isFilterId = (queueId: string): boolean => queueId.startsWith('amavis.');

/**
 * Which life of a queue id a line belongs to: the one at hand, a new one, or one that is over and forgotten. Ids are used
 * again, and two lives are never merged: rather is one told in two parts.
 */
export function whichLife(life: Life, event: MailEvent): 'this' | 'new' | 'earlier' {
  const { time } = event;
  if (isLink(event)) {
    if (time < life.firstTime - LINKED_MS) return 'earlier';
    return time > life.firstTime + LINKED_MS ? 'new' : 'this';
  }
  const arrives = event.kind === 'mail.received' || (event.kind === 'mail.submitted' && event.afterArrival !== true);
  if (arrives) {
    if (!Number.isNaN(life.arrivalTime)) {
      if (time <= life.arrivalTime) return 'this';
      return life.removed || time > life.lastTime ? 'new' : 'this';
    }
    return time > life.lastTime + (life.removed ? 0 : STRAY_MS) ? 'new' : 'this';
  }
  if (time < life.arrivalTime - STRAY_MS) return 'earlier';
  if (life.removed && time > life.removedTime + AFTERLIFE_MS) return 'new';
  if (time > life.lastTime + (isFilterId(life.queueId) ? FILTER_SILENCE_MS : SILENCE_MS)) return 'new';
  if (event.kind === 'mail.identified' && !event.resent && life.identified) {
    if (life.messageId !== event.messageId && time > life.lastTime) return 'new';
  }
  return 'this';
}

/** Takes a line as the one that shows the message, unless there is a better one. */
export function show(message: Message, by: Exclude<Message['refShows'], 'nothing'>, ref: Ref): void {
  if (WORTH[by] < WORTH[message.refShows]) return;
  message.ref = ref;
  message.refShows = by;
}

const WORTH = { nothing: 0, identified: 1, queued: 2, arrival: 3 } as const;

export function touchLife(life: Life, time: EpochMs): void {
  if (time < life.firstTime) life.firstTime = time;
  if (time > life.lastTime) life.lastTime = time;
}
