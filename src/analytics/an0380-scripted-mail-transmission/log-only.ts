import { counted } from '../../core/counted.ts';
import { domainOf } from '../../core/mail-address.ts';
import { HOUR_MS, isoUtc } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import { PEOPLE_UID } from '../../events/host-events.ts';
import type { MailEvent } from '../../events/mail-events.ts';
import type { Severity } from '../../events/vocabulary.ts';
import type { Message } from '../../state/mail/contract.ts';
import { deliveriesOf } from '../../state/mail/deliveries.ts';
import type { World } from '../../state/world.ts';
import { byEvidence, byInventory } from '../factors.ts';
import { Story } from '../story.ts';
import { toFinding } from '../to-finding.ts';
import { NOTE_BYTES, type SendLimits } from './limits.ts';
import { isExternal, mailboxIn } from './outcome.ts';
import { confirmedFateId, messageSteps, submissionId } from './tell.ts';

const HOSTS_MAX = 256;
const TOLD_MAX = 6;
/** So many messages, over so much time, before the first to this recipient: then it is known what the account usually sends. */
const KNOWN = 3;
const KNOWN_MS = 20 * HOUR_MS;
/** Fewer may be a person who sends somebody a few files. */
const PIECES = 3;
const LARGER = 4;
/** Parts of one whole differ in their headers only. */
const ALIKE = 0.02;
const REGULAR_GAP_MS = HOUR_MS / 2;

/** What one account handed in for one recipient outside, and what it handed in before. */
interface Batch {
  readonly host: string;
  readonly uid: number;
  readonly user: string;
  readonly to: string;
  readonly messages: readonly Message[];
  readonly before: readonly Message[];
}

/**
 * Hosts whose mail log tells who handed a message in (Postfix pickup, Sendmail ctladdr, Exim `U=`), while no record tells what
 * programs ran outside of logins there. The log alone shows no script and no terminal; it shows an account that sends
 * otherwise than it ever did.
 */
export class LogOnly {
  #hosts = new Set<string>();

  submitted(event: MailEvent): void {
    if (this.#hosts.size < HOSTS_MAX) this.#hosts.add(event.host);
  }

  /** `explained`: messages that recorded programs account for. */
  findings(world: World, limits: SendLimits, explained: ReadonlySet<Message>): Finding[] {
    return [...this.#hosts]
      .filter(host => !world.seen(host, 'process:unattended'))
      .flatMap(host => batchesOf(host, world, explained).flatMap(batch => findingOf(batch, limits) ?? []));
  }

  snapshot(): unknown {
    return new Set(this.#hosts);
  }

  restore(data: unknown): void {
    this.#hosts = new Set(data as Set<string>);
  }
}

function batchesOf(host: string, world: World, explained: ReadonlySet<Message>): Batch[] {
  const bySubmitter = new Map<string, Message[]>();
  for (const message of world.mail.submittedBetween(host, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, -1)) {
    const { submitted, submittedByUid, submittedByUser } = message;
    if (!submitted || explained.has(message) || (submittedByUid < 0 && submittedByUser === '')) continue;
    const key = submittedByUid < 0 ? submittedByUser : `${submittedByUid}`;
    const list = bySubmitter.get(key);
    if (list === undefined) bySubmitter.set(key, [message]);
    else list.push(message);
  }
  return [...bySubmitter.values()].flatMap(all => batchesOfOne(host, all, world));
}

function batchesOfOne(host: string, all: readonly Message[], world: World): Batch[] {
  const byRecipient = new Map<string, Message[]>();
  for (const message of all)
    for (const to of outsidersOf(message, world)) {
      const list = byRecipient.get(to);
      if (list === undefined) byRecipient.set(to, [message]);
      else list.push(message);
    }
  const [{ submittedByUid: uid, submittedByUser } = { submittedByUid: -1, submittedByUser: '' }] = all;
  const user = world.userName(host, uid) || submittedByUser || `uid ${uid}`;
  return [...byRecipient].map(([to, messages]) => {
    const first = messages[0]?.firstTime ?? 0;
    return { host, uid, user, to, messages, before: all.filter(each => each.firstTime < first) };
  });
}

/** To whom it was written outside: what an alias of this host sends on was written to somebody inside. */
function outsidersOf(message: Message, world: World): string[] {
  const found = new Set<string>();
  for (const { recipient, originalRecipient } of deliveriesOf(message)) {
    const to = mailboxIn((originalRecipient || recipient).toLowerCase());
    if (isExternal(to, world) && domainOf(to) !== domainOf(message.sender)) found.add(to);
  }
  return [...found];
}

const sizesOf = (messages: readonly Message[]): number[] =>
  messages
    .map(({ sizeBytes }) => sizeBytes)
    .filter(size => size >= 0)
    .sort((a, b) => a - b);
const middleOf = (sizes: readonly number[]): number => sizes[sizes.length >> 1] ?? 0;

function findingOf(batch: Batch, limits: SendLimits): Finding | null {
  const { host, uid, user, to, messages, before } = batch;
  const sizes = sizesOf(messages);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (messages.length < PIECES || total < limits.sizeBytes || isReport(messages, sizes)) return null;
  const story = new Story();
  for (const message of messages.slice(0, TOLD_MAX)) messageSteps('', message, 'observed', '', story);
  const ids = messages.slice(0, TOLD_MAX).map(submissionId);
  story.factor('recipient outside', 1, to, ids);
  story.factor('large in sum', 2, `${total} bytes in ${counted(messages.length, 'message')}`, ids, {
    name: 'TransferSizeThreshold',
    met: `${total} bytes`,
    limit: `${limits.sizeBytes} bytes`,
  });
  if (messages.length >= limits.many)
    story.factor('many messages to one recipient', 2, counted(messages.length, 'message'), ids, {
      name: 'ManyMessages',
      met: counted(messages.length, 'message'),
      limit: counted(limits.many, 'message'),
    });
  const fates = messages.slice(0, TOLD_MAX).flatMap(message => confirmedFateId(message) ?? []);
  if (fates.length > 0) story.factor('transmission confirmed by the MTA', 1, 'by its log', fates);
  const isKnown = isHistory(before, messages);
  const usual = Math.max(0, ...sizesOf(before));
  const isLarger = isKnown && (sizes[0] ?? 0) >= Math.max(NOTE_BYTES, LARGER * usual);
  if (isKnown)
    story.factor(
      'unlike what this job sent before',
      2,
      `none of ${counted(before.length, 'message')} before to ${to}`,
      ids,
    );
  if (isLarger)
    story.factor(
      'far larger than all that this account sent before',
      2,
      `${middleOf(sizes)} bytes, none before above ${usual}`,
      ids,
    );
  const isPieces = uid >= 0 && uid < PEOPLE_UID && messages.length >= limits.many && arePieces(sizes);
  if (isPieces) story.factor('an account of a service, in pieces of one size', 1, `${middleOf(sizes)} bytes each`, ids);
  if (!isLarger && !isPieces) return null;
  const severity: Severity = isLarger ? 'medium' : 'low';
  const last = messages.at(-1) as Message;
  const first = messages[0] as Message;
  story.miss(
    'No record tells which program handed these messages in, nor whether somebody sat there: process executions outside of logins are not in the evidence of this host.',
  );
  if (!isKnown)
    story.miss(`The log tells too little of this account from before: ${counted(before.length, 'message')}.`);
  story.change(
    byEvidence(
      1,
      'records showed a job in the background sending it',
      'executions outside of logins are not recorded on this host',
    ),
    byInventory('sender', `user: ${user}, destination: ${to}`),
  );
  return toFinding(story, {
    analytic: 'AN0380',
    host,
    key: `log|${host}|${uid < 0 ? user : uid}|${to}`,
    severity,
    title: `Mail of an account that never sent so: ${user} to ${to}`,
    story: `On ${host}, the account ${user}${first.sender === '' ? '' : ` (<${first.sender}>)`} handed in ${counted(messages.length, 'message')} for ${to}, ${total} bytes in all, between ${isoUtc(first.firstTime)} and ${isoUtc(last.firstTime)}. ${isKnown ? `Of ${counted(before.length, 'message')} before, none went there${isLarger ? ` and none was larger than ${usual} bytes` : ''}.` : 'What it usually sends, the log does not tell.'}`,
    entities: [
      { kind: 'host', value: host },
      { kind: 'user', value: user },
      { kind: 'recipient', value: to },
      ...messages.slice(0, 8).map(({ queueId }) => ({ kind: 'message' as const, value: queueId })),
    ],
    measures: { messages: messages.length, bytesMax: sizes.at(-1) ?? 0 },
    next: [
      `Find the job: the tables of cron, the timers and the services that run as ${user}, and who logged in to it before ${isoUtc(first.firstTime)}.`,
      `Look at message ${first.queueId} in the queue or at the relay before it is gone.`,
      `Is ${to} known to this business? If not, hold mail to it and look for the same recipient from other hosts.`,
    ],
  });
}

/** What the account usually sends is known: some messages, over some time. */
function isHistory(before: readonly Message[], messages: readonly Message[]): boolean {
  const start = before[0]?.firstTime ?? Number.POSITIVE_INFINITY;
  return before.length >= KNOWN && (messages[0]?.firstTime ?? 0) - start >= KNOWN_MS;
}

/** At intervals, and of a size each time: a report that somebody set up. */
function isReport(messages: readonly Message[], sizes: readonly number[]): boolean {
  const gaps = messages.slice(1).map((each, index) => each.firstTime - (messages[index]?.firstTime ?? 0));
  return Math.min(...gaps) >= REGULAR_GAP_MS && (sizes.at(-1) ?? 0) <= 3 * (sizes[0] ?? 0);
}

/** All but the last of the pieces of a whole are of one size. */
function arePieces(sizes: readonly number[]): boolean {
  const middle = middleOf(sizes);
  const alike = sizes.filter(size => Math.abs(size - middle) <= ALIKE * middle).length;
  return middle >= NOTE_BYTES && alike >= sizes.length - 1;
}
