import type { EpochMs } from '../../core/time.ts';
import type { MailEvent } from '../../events/mail-events.ts';
import type { Message } from './contract.ts';

/** A message with what its assembly needs: when its arrival and its removal were logged, NaN before they were. */
export interface Life extends Message {
  arrivalTime: number;
  removedTime: number;
}

/** Lines of one life may stray so far: syslog stamps of several daemons, whole seconds, a busy logger. */
const STRAY_MS = 5_000;
/** A line this long after the removal speaks of another message under the same id. */
const AFTERLIFE_MS = 300_000;
/** No MTA keeps a message in its queue in silence for this long. */
const SILENCE_MS = 20 * 86_400_000;

export function newLife(event: MailEvent): Life {
  return {
    host: event.host,
    queueId: event.queueId,
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
    submitted: false,
    attachments: [],
    deliveries: new Map(),
    removed: false,
    originQueueId: '',
    origin: 'none',
    refs: { arrival: null, identified: null, queued: null },
    stored: null,
    arrivalTime: Number.NaN,
    removedTime: Number.NaN,
  };
}

/**
 * Which life of a queue id a line belongs to: the one at hand, a new one, or one that is over and forgotten. Ids are used
 * again, and two lives are never merged: rather is one told in two parts.
 */
export function whichLife(life: Life, event: MailEvent): 'this' | 'new' | 'earlier' {
  const { time } = event;
  const arrives = event.kind === 'mail.received' || event.kind === 'mail.submitted';
  if (arrives) {
    if (!Number.isNaN(life.arrivalTime)) {
      if (time <= life.arrivalTime) return 'this';
      return life.removed || time > life.lastTime ? 'new' : 'this';
    }
    return time > life.lastTime + (life.removed ? 0 : STRAY_MS) ? 'new' : 'this';
  }
  if (time < life.arrivalTime - STRAY_MS) return 'earlier';
  if (life.removed && time > life.removedTime + AFTERLIFE_MS) return 'new';
  if (time > life.lastTime + SILENCE_MS) return 'new';
  if (event.kind === 'mail.identified' && !event.resent && life.refs.identified !== null) {
    if (life.messageId !== event.messageId && time > life.lastTime) return 'new';
  }
  return 'this';
}

export function touchLife(life: Life, time: EpochMs): void {
  if (time < life.firstTime) life.firstTime = time;
  if (time > life.lastTime) life.lastTime = time;
}
