import { isLoopback as isLoopbackAddress } from '../../core/loopback.ts';
import type { Message } from '../../state/mail/contract.ts';
import { deliveriesOf } from '../../state/mail/deliveries.ts';
import type { World } from '../../state/world.ts';
import { isOwnWhy, messageTaken, wroteQueue } from './queue-file.ts';
import type { Send, SendJob } from './send.ts';
import { carriedOn, type Submission, submissionOf } from './submission.ts';
import { type Session, sessionsOfAll, wireRecipients, wireState } from './wire.ts';

/** What became of one send, from the MTA's log, else from the wire. */
export interface Outcome {
  readonly send: Send;
  readonly message: Message | null;
  /** The same message under the id that tells its fate, where the submission program has ids of its own. */
  readonly carried: Message | null;
  readonly state: 'confirmed' | 'deferred' | 'failed' | 'attempted';
  readonly strength: 'observed' | 'inferred';
  readonly why: string;
  /** SMTP sessions of the program itself, as sensors on the wire saw them. */
  readonly sessions: readonly Session[];
}

/** A submission is logged by pickup within this time of the sender's start; deferred pickup takes longer. */
const SUBMIT_BEFORE_MS = 1500;
const SUBMIT_AFTER_MS = 20_000;

interface Joined extends Submission {
  readonly carried: Message;
}

/** The message of each send that one is joined to. */
export type Joins = ReadonlyMap<Send, Joined>;

/**
 * Joins sends to messages, each message once: a local submission by who submitted it and time, a connection to the local MTA by time
 * and a loopback client. The logged uid is the kernel's; that it is this message is inferred. A program that is only called like a
 * mailer comes last: it takes none that somebody else handed in.
 */
export function joinsOf(jobs: readonly SendJob[], world: World): Joins {
  const claimed = new Set<Message>();
  const joins = new Map<Send, Joined>();
  const join = (send: Send, found: Submission | null): void => {
    if (found === null) return;
    const carried = carriedOn(found.message, world);
    claimed.add(found.message).add(carried);
    joins.set(send, { ...found, carried });
  };
  const all = jobs.flatMap(job => job.sends.map(send => ({ job, send })));
  const queued = all.filter(({ send }) => wroteQueue(send));
  for (const { job, send } of queued) if (send.taken !== null) join(send, messageTaken(send, job.host, world, claimed));
  for (const isMailer of [true, false])
    for (const { job, send } of all)
      if (actsAsMailer(send) === isMailer && !joins.has(send)) join(send, messageOf(send, job, world, claimed));
  for (const { job, send } of queued) if (!joins.has(send)) join(send, messageTaken(send, job.host, world, claimed));
  return joins;
}

/** It was seen to hand a message in or to connect, or its words name somebody to write to. */
const actsAsMailer = ({ submission, recipients, smtp }: Send): boolean =>
  submission || recipients.length > 0 || smtp.length > 0;

export function outcomesOf(job: SendJob, world: World, joins: Joins): Outcome[] {
  const wire = sessionsOfAll(job.sends, world);
  return job.sends.map((send, index) => {
    const found = joins.get(send);
    const message = found?.message ?? null;
    const carried = found?.carried ?? null;
    const sessions = wire[index] ?? [];
    const state =
      carried === null
        ? (wireState(sessions) ??
          (send.smtp.length > 0 && send.smtp.every(each => each.failed) ? 'failed' : 'attempted'))
        : stateOf(carried);
    const why =
      message === null
        ? 'no MTA log line joins it'
        : isOwnWhy(found?.basis ?? '')
          ? (found?.basis ?? '')
          : send.submission
            ? `${found?.basis ?? ''} within ${Math.max(1, Math.round(Math.abs(message.firstTime - send.time) / 1000))} s`
            : 'a message from this host itself arrived at the MTA at that moment';
    return { send, message, carried, state, strength: 'inferred' as const, why, sessions };
  });
}

function messageOf(send: Send, job: SendJob, world: World, claimed: Set<Message>): Submission | null {
  const from = send.time - SUBMIT_BEFORE_MS;
  const to = send.time + SUBMIT_AFTER_MS;
  if (send.submission || send.smtp.length === 0) {
    const own = world.mail
      .submittedBetween(job.host, from, to, -1)
      .filter(message => !claimed.has(message) && message.submitted);
    const found = submissionOf(own, job, world, messages => nearest(messages, send), send);
    if (found !== null) return found;
  }
  if (!send.smtp.some(each => isLoopback(each.destination))) return null;
  const start = (send.smtp.find(each => !each.failed) ?? send.smtp[0])?.time ?? send.time;
  const local = world.mail
    .receivedBetween(job.host, start - SUBMIT_BEFORE_MS, start + SUBMIT_AFTER_MS)
    .filter(message => !claimed.has(message) && isLoopbackAddress(message.clientAddress));
  const message = nearest(local, send);
  return message === null ? null : { message, basis: '' };
}

/** Prefers a message to one of the recipients named, then one from a sender that its words name, then the nearest in time. */
function nearest(messages: readonly Message[], send: Send): Message | null {
  const fits = thoseOr(messages, message =>
    [...deliveriesOf(message)].some(({ recipient }) => send.recipients.includes(recipient.toLowerCase())),
  );
  const pool = thoseOr(fits, ({ sender }) => namesSender(send, sender.toLowerCase()));
  let best: Message | null = null;
  for (const message of pool)
    if (best === null || apart(message.firstTime, send.time) < apart(best.firstTime, send.time)) best = message;
  return best;
}

function thoseOr<T>(all: readonly T[], isOne: (each: T) => boolean): readonly T[] {
  const some = all.filter(isOne);
  return some.length > 0 ? some : all;
}

const ADDRESS_LETTER = /[a-z0-9._%+@-]/;

/** Its words hold this address by itself (`--from`, `-f`, `MAIL FROM`), and it is none that it writes to. */
function namesSender({ command, recipients }: Send, sender: string): boolean {
  if (sender === '' || recipients.includes(sender)) return false;
  const words = command.toLowerCase();
  for (let at = words.indexOf(sender); at >= 0; at = words.indexOf(sender, at + 1)) {
    const before = words[at - 1] ?? ' ';
    const after = words[at + sender.length] ?? ' ';
    if (!ADDRESS_LETTER.test(before) && !ADDRESS_LETTER.test(after)) return true;
  }
  return false;
}

const SECOND_MS = 1000;

/** A stamp of whole seconds (RFC 3164) stands for all of its second: of many sends in one, each is as near as the next. */
function apart(logged: number, sent: number): number {
  return logged === sent - (sent % SECOND_MS) ? 0 : Math.abs(logged - sent);
}

export function stateOf(message: Message): Outcome['state'] {
  const states = [...deliveriesOf(message)].map(delivery => delivery.status);
  if (states.includes('delivered')) return 'confirmed';
  if (states.includes('deferred')) return 'deferred';
  return states.length > 0 ? 'failed' : 'attempted';
}

export function isLoopback(destination: string): boolean {
  return destination.startsWith('127.') || destination.startsWith('[::1]');
}

/** Recipients of a send: from the log where it was joined, else from the wire and the arguments. */
export function recipientsOf(outcome: Outcome): string[] {
  const { message, send, sessions } = outcome;
  return message === null
    ? [...new Set([...wireRecipients(sessions), ...send.recipients])]
    : [
        ...new Set(
          [...deliveriesOf(message)].map(delivery => (delivery.originalRecipient || delivery.recipient).toLowerCase()),
        ),
      ];
}

/** True when the address lies outside: a domain for which nothing was delivered into a mailbox here. */
export function isExternal(address: string, world: World): boolean {
  const at = address.lastIndexOf('@');
  if (at < 0) return false;
  return !world.mail.localDomains.has(address.slice(at + 1));
}

/** `name+detail@host` is the mailbox `name@host`: RFC 5233, and what outside hosts commonly do. */
export const mailboxIn = (address: string): string => address.replace(/^([^+]+)\+.*@/s, '$1@');
