import { BoundedMap } from '../../core/bounded-map.ts';
import { DAY_MS, type EpochMs, MINUTE_MS } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import { PEOPLE_UID } from '../../events/host-events.ts';
import type { MailDelivery, MailDisconnected, MailEvent, MailRejected } from '../../events/mail-events.ts';
import { median } from '../../state/baseline/known.ts';
import { isWebAccount } from '../../state/context.ts';
import { deliveryTo } from '../../state/mail/deliveries.ts';
import type { Notice } from '../../state/notices.ts';
import type { World } from '../../state/world.ts';
import type { AnalyticRun, TunableValue } from '../contract.ts';
import { Acquaintances } from './acquaintances.ts';
import { Callers } from './callers.ts';
import { ConnectionStorm } from './connections.ts';
import { type Collection, Copies } from './copies.ts';
import { type Episode, type GrowthMark, growthOf } from './episode.ts';
import { takeRoom } from './filled.ts';
import { deliveryOf } from './from-stores.ts';
import { areWrittenHere, HandIns, isPersons, isRole } from './hand-ins.ts';
import { type Judgement, judge, ratesOf, type Surroundings } from './judge.ts';
import { Minutes } from './minutes.ts';
import { Outgoing } from './outgoing.ts';
import { isFromInside, type Sample, sampleOf } from './sample.ts';
import { countStranger, strangersBefore } from './strangers.ts';
import { addToTally, topOf } from './tally.ts';
import { tell } from './tell.ts';
import { filledBeside } from './tell-filled.ts';
import { Twins } from './twins.ts';
import { newWatch, settleWatch, takeGrowth, takeRefusal, takeSample, type Watch, type WatchSetting } from './watch.ts';
import { countBetween } from './windows.ts';

const MAILBOXES_MAX = 20_000;
const FINDINGS_MAX = 1000;
const ARRIVALS_MAX = 20_000;
const ANSWERS_MAX = 5;

interface RunData {
  watches: { evicted: number; entries: [string, Watch][] };
  sealed: Finding[];
  evidenceStart: number;
  known: ReturnType<Acquaintances['snapshot']>;
  outgoing: ReturnType<Outgoing['snapshot']>;
  twins: ReturnType<Twins['snapshot']>;
  copies: ReturnType<Copies['snapshot']>;
  handIns: ReturnType<HandIns['snapshot']>;
  estate: Map<number, number>;
  empty: Map<number, number>;
  callers: ReturnType<Callers['snapshot']>;
  storm: ReturnType<ConnectionStorm['snapshot']>;
  stores: RunData | null;
  lost: number;
}

/** The state of AN1009 over one run. */
export class FloodRun implements AnalyticRun {
  readonly #tunables: ReadonlyMap<string, TunableValue>;
  readonly #watches = new BoundedMap<string, Watch>(MAILBOXES_MAX);
  readonly #known = new Acquaintances();
  readonly #outgoing = new Outgoing();
  readonly #twins = new Twins();
  readonly #copies = new Copies();
  readonly #handIns = new HandIns();
  readonly #estate = new Minutes();
  readonly #empty = new Minutes();
  readonly #callers = new Callers();
  readonly #storm: ConnectionStorm;
  #sealed: Finding[] = [];
  #evidenceStart = Number.POSITIVE_INFINITY;
  #lost = 0;
  /** Counts what mail stores hold, for the case that there is no MTA log; null in that count itself. */
  readonly #stores: FloodRun | null;

  constructor(tunables: ReadonlyMap<string, TunableValue>, of: 'logs' | 'stores' = 'logs') {
    this.#tunables = tunables;
    this.#stores = of === 'logs' ? new FloodRun(tunables, 'stores') : null;
    this.#storm = new ConnectionStorm(numberOf(tunables, 'MailVolumeThreshold', 30));
  }

  onMail(event: MailEvent, world: World): void {
    if (event.kind === 'mail.stored') {
      const delivery = deliveryOf(event);
      if (delivery !== null) this.#stores?.onMail(delivery, world);
      return;
    }
    this.#evidenceStart = Math.min(this.#evidenceStart, event.time);
    switch (event.kind) {
      case 'mail.queued':
        return this.#outgoing.onQueued(event, world);
      case 'mail.delivered':
      case 'mail.deferred':
      case 'mail.bounced':
        return this.#onFate(event, world);
      case 'mail.disconnected':
        return this.#onDisconnected(event);
      case 'mail.rejected':
        return this.#onRejected(event, world);
      default:
        return;
    }
  }

  onNotice(notice: Notice, world: World): void {
    if (notice.kind === 'sender.started') this.#handIns.note(notice, world);
    if (notice.kind !== 'store.written' || notice.owner === '') return;
    const mailbox = world.identity.mailboxOf(notice.owner);
    const mark = growthOf(notice);
    this.#grow(mailbox, mark);
    if (this.#stores !== null) this.#stores.#grow(mailbox, mark);
  }

  #grow(mailbox: string, mark: GrowthMark): void {
    let watch = this.#watches.peek(mailbox);
    if (watch === undefined) {
      watch = newWatch(mailbox, mark.time);
      this.#keep(watch);
    }
    takeGrowth(watch, mark);
  }

  findings(world: World, _now: EpochMs): Finding[] {
    const found = [...this.#sealed];
    for (const watch of this.#watches.values()) {
      if (watch.episode === null) continue;
      const finding = this.#judged(watch.episode, world);
      if (finding !== null) found.push(finding);
    }
    const rooms = [...this.#watches.values()].filter(({ room }) => room.fillings.length > 0);
    const open = rooms.filter(({ mailbox }) => !this.#isListed('NoisyRecipients', mailbox, world));
    found.push(...filledBeside(found, open), ...this.#storm.findings(world));
    // Where no MTA tells of mail, what lies in the mailboxes does; a burst that the wire saw is told by the wire.
    const told = new Set(found.map(mailboxIn));
    if (!world.anyMail && this.#stores !== null)
      found.push(...this.#stores.findings(world, _now).filter(each => !told.has(mailboxIn(each))));
    return found.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  evictions(): number {
    const stores = this.#stores?.evictions() ?? 0;
    return (
      stores +
      this.#watches.evicted +
      this.#known.evicted +
      this.#outgoing.evicted +
      this.#twins.evicted +
      this.#copies.evicted +
      this.#handIns.evicted +
      this.#lost
    );
  }

  snapshot(): RunData {
    return {
      watches: this.#watches.snapshot(),
      sealed: this.#sealed,
      evidenceStart: this.#evidenceStart,
      known: this.#known.snapshot(),
      outgoing: this.#outgoing.snapshot(),
      twins: this.#twins.snapshot(),
      copies: this.#copies.snapshot(),
      handIns: this.#handIns.snapshot(),
      estate: this.#estate.counts,
      empty: this.#empty.counts,
      callers: this.#callers.snapshot(),
      storm: this.#storm.snapshot(),
      stores: this.#stores?.snapshot() ?? null,
      lost: this.#lost,
    };
  }

  restore(data: unknown): void {
    const from = data as RunData;
    this.#watches.restore(from.watches);
    this.#sealed = [...from.sealed];
    this.#evidenceStart = from.evidenceStart;
    this.#known.restore(from.known);
    this.#outgoing.restore(from.outgoing);
    this.#twins.restore(from.twins);
    this.#copies.restore(from.copies);
    this.#handIns.restore(from.handIns);
    this.#estate.counts = from.estate;
    this.#empty.counts = from.empty;
    this.#callers.restore(from.callers);
    this.#storm.restore(from.storm);
    if (from.stores !== null) this.#stores?.restore(from.stores);
    this.#lost = from.lost;
  }

  #onFate(event: MailDelivery, world: World): void {
    const message = world.mail.message(event.host, event.queueId);
    if (event.kind === 'mail.delivered') this.#outgoing.onDelivered(event, message, world);
    const delivery = message === undefined ? undefined : deliveryTo(message, event.recipient);
    // Delivery software and the MTA, or two hosts, tell of one message: it counts once.
    if (delivery?.retold === true) return;
    const root = message === undefined ? undefined : world.mail.rootOf(message);
    const sample = sampleOf(event, { message, root, delivery }, world);
    if (sample === null) return;
    const mailbox = world.identity.mailboxOf(event.recipient);
    if (!this.#twins.isNew(mailbox, sample, root, event.program)) return;
    let watch = this.#watches.touch(mailbox);
    if (watch === undefined) {
      watch = newWatch(mailbox, event.time);
      this.#keep(watch);
    }
    if (sample.passedOn && watch.boxSeen) return;
    if (sample.outcome === 'box' && !sample.passedOn) watch.boxSeen = true;
    if (sample.unlinked && watch.mtaSeen) return;
    if (!sample.unlinked) watch.mtaSeen = true;
    this.#estate.add(sample.time, 1);
    this.#copies.add(mailbox, sample, sample.sharedBy > 1 || (message?.recipientCount ?? 1) > 1, root);
    this.#takeRoom(watch, sample);
    const feed = (episode: Episode, each: Sample): void => this.#feed(episode, each);
    takeSample(watch, sample, this.#setting(world), feed, (which, episode) => this.#seal(which, episode, world));
    if (watch.episode !== null) this.#copies.burstBegan(mailbox, watch.episode.start, watch.episode.tally.count);
    if (watch.episode?.open === true || !sample.senderKnown) return;
    countStranger(watch.strangers, sample.time, this.#known.learn(mailbox, sample, sample.time));
  }

  #takeRoom(watch: Watch, sample: Sample): void {
    takeRoom(watch.room, sample, {
      evidenceStart: this.#evidenceStart,
      isNewcomer: each => this.#isNewcomer(watch.mailbox, each),
      strangersBefore: time => strangersBefore(watch.strangers, time),
    });
  }

  #feed(episode: Episode, sample: Sample): void {
    const rates = ratesOf(episode, sample);
    this.#known.forgetSince(episode.mailbox, sample, episode.start);
    const known = this.#known.judge(episode, sample, rates);
    // Whom the mailbox wrote to is no stranger when an answer comes, unless it answers without end.
    const fewSoFar = (episode.tally.senders.get(sample.writer) ?? 0) < ANSWERS_MAX;
    const isAnswer = fewSoFar && this.#isAnswer(episode.mailbox, sample);
    const about = isAnswer ? { ...known, fresh: false } : known;
    const oldMs = numberOf(this.#tunables, 'OldMailMinutes', 15) * MINUTE_MS;
    addToTally(episode.tally, sample, about, oldMs, listOf(this.#tunables, 'AttachmentPatternList'));
    if (episode.arrivals.length < ARRIVALS_MAX) episode.arrivals.push(sample.arrived);
  }

  #onDisconnected(event: MailDisconnected): void {
    if (event.lost || !isEmpty(event)) return;
    this.#empty.add(event.time, 1);
    this.#callers.add(event.clientAddress, event.time);
    this.#storm.add(event);
  }

  #onRejected({ time, clientAddress, sender, recipient }: MailRejected, world: World): void {
    if (recipient === '') return;
    const watch = this.#watches.peek(world.identity.mailboxOf(recipient));
    if (watch !== undefined) takeRefusal(watch, { time, client: clientAddress, sender });
  }

  #keep(watch: Watch): void {
    this.#watches.set(watch.mailbox, watch, gone => {
      if (gone.episode) this.#lost += 1;
    });
  }

  #seal(watch: Watch, episode: Episode, world: World): void {
    const finding = this.#judged(episode, world);
    const harmless = finding === null || finding.severity === 'informational';
    if (finding !== null) {
      this.#sealed.push(finding);
      if (this.#sealed.length > FINDINGS_MAX) {
        this.#sealed.shift();
        this.#lost += 1;
      }
    }
    settleWatch(watch, harmless ? 'usual' : 'forget');
  }

  #judged(episode: Episode, world: World): Finding | null {
    const around = this.#surroundings(episode, world);
    const setting = this.#setting(world);
    const judgement: Judgement | null = judge(episode, around, setting);
    if (judgement === null) return null;
    const critical = this.#isListed('CriticalMailboxes', episode.mailbox, world);
    return tell({ episode, judgement, around, world, setting, critical });
  }

  #surroundings(episode: Episode, world: World): Surroundings {
    const { start, last, mailbox, tally } = episode;
    let otherMailboxes = 0;
    let copies = 0;
    const others: number[] = [];
    for (const watch of this.#watches.values()) {
      if (watch.mailbox === mailbox) continue;
      const meanwhile = countBetween(watch.windows, start, last);
      others.push(meanwhile);
      if (meanwhile === 0) continue;
      // Copies of what others get are not mail of one more person.
      if (this.#collectionOf(watch.mailbox) === null) otherMailboxes += 1;
      else copies += meanwhile;
    }
    const main = topOf(tally.senders);
    const account = world.identity.accountOf(mailbox);
    return {
      estateCount: Math.max(tally.count, this.#estate.between(start, last) - copies),
      collection: this.#collectionOf(mailbox),
      copied: this.#copies.copiedSince(mailbox, start),
      isCollected: this.#copies.isCollected(mailbox),
      otherMailboxes,
      otherMedian: Math.floor(median(others)),
      emptyConnections: this.#empty.between(start, last),
      emptyOfSenders: this.#callers.sharedWith(tally.clients.keys(), start, last),
      sentBefore: this.#outgoing.recipientsBefore(mailbox, last),
      repliesToMain: this.#outgoing.repliesTo(mailbox, main?.key ?? '', start, last + MINUTE_MS),
      byWebServer: isWebAccount(world.identity.userName(topOf(tally.submitters)?.key ?? -1)),
      byPerson: this.#byPerson(episode, world),
      answered: this.#answered(mailbox, [...tally.senders.keys()], start, last + DAY_MS),
      ownerUid: account === '' ? -1 : world.identity.uidOf(account),
      held: world.mail.storeComparison(mailbox, start, last),
      storesOnly: this.#stores === null,
      noisy: this.#isListed('NoisyRecipients', mailbox, world),
      burstMinimum: numberOf(this.#tunables, 'BurstMinimum', 60),
    };
  }

  #byPerson({ tally, start, last }: Episode, world: World): boolean {
    const uid = topOf(tally.submitters)?.key ?? -1;
    if (uid < PEOPLE_UID || isRole(topOf(tally.senders)?.key ?? '', world)) return false;
    if (!areWrittenHere(tally.first, uid, world)) return false;
    return this.#handIns.areTyped(uid, start - MINUTE_MS, last) ?? isPersons(uid, last, world);
  }

  #answered(mailbox: string, senders: readonly string[], from: number, to: number): number {
    return senders.filter(each => this.#outgoing.repliesTo(mailbox, each, from, to) > 0).length;
  }

  /** Where nothing is known from before the burst, others that are flooded as well may be hit by the same messages. */
  #collectionOf(mailbox: string): Collection | null {
    const found = this.#copies.collectionOf(mailbox);
    if (found === null || found.before) return found;
    const flooded = found.feeders.filter(each => (this.#watches.peek(each)?.episode ?? null) !== null);
    return flooded.length >= found.feeders.length / 2 ? null : found;
  }

  #setting(world: World): WatchSetting {
    return {
      volumeThreshold: numberOf(this.#tunables, 'MailVolumeThreshold', 30),
      baselineMultiple: numberOf(this.#tunables, 'BaselineMultiple', 1),
      evidenceStart: this.#evidenceStart,
      isNewcomer: (mailbox, sample) => this.#isNewcomer(mailbox, sample),
      learned: (mailbox, time) => world.baseline?.usual(mailbox, time) ?? null,
    };
  }

  #isNewcomer(mailbox: string, sample: Sample): boolean {
    if (!sample.senderKnown || sample.sender === '' || isFromInside(sample)) return false;
    return this.#known.isNew(mailbox, sample, sample.time) && !this.#isAnswer(mailbox, sample);
  }

  #isAnswer(mailbox: string, { sender, arrived }: Sample): boolean {
    return this.#outgoing.hasWrittenTo(mailbox, sender, arrived);
  }

  #isListed(name: string, mailbox: string, world: World): boolean {
    return listOf(this.#tunables, name).some(each => world.identity.mailboxOf(each) === mailbox);
  }
}

/**
 * No message came: by the server's own count, or because postscreen's engine takes none (Postfix, postscreen_smtpd.c):
 * whom it lets through it hands to smtpd, which tells the end of the connection itself.
 */
const isEmpty = (event: MailDisconnected): boolean =>
  event.dataCommands === 0 || (event.dataCommands === -1 && event.program.endsWith('/postscreen'));

/** The mailbox that a finding is about, as its key begins. */
const mailboxIn = ({ key }: Finding): string => key.slice(0, key.indexOf('|'));

function numberOf(tunables: ReadonlyMap<string, TunableValue>, name: string, fallback: number): number {
  const value = tunables.get(name);
  return Number.isFinite(value) && Number(value) > 0 ? Number(value) : fallback;
}

function listOf(tunables: ReadonlyMap<string, TunableValue>, name: string): readonly string[] {
  const value = tunables.get(name);
  return Array.isArray(value) ? (value as readonly string[]) : [];
}
