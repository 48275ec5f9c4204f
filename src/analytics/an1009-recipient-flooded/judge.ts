import { DAY_MS, HOUR_MS } from '../../core/time.ts';
import { PEOPLE_UID } from '../../events/host-events.ts';
import type { Severity } from '../../events/vocabulary.ts';
import type { StoreComparison } from '../../state/mail/comparison.ts';
import { atMost } from '../story.ts';
import type { Rates } from './acquaintances.ts';
import type { Collection } from './copies.ts';
import type { Episode } from './episode.ts';
import { HORIZONS, LONG_HORIZON } from './horizons.ts';
import { newcomersLimit } from './newcomers.ts';
import { repetitionOf, STRANGERS_USUAL } from './repetition.ts';
import { isPrivate, type Sample } from './sample.ts';
import { formsOf, shapeOf } from './shape.ts';
import { type Tally, topOf } from './tally.ts';
import { isCrowded, isMuchHereOnly, measureOf, NEWCOMER_POINTS, volumeFactor } from './volume.ts';
import { limitOf, type WatchSetting } from './watch.ts';
import type { Weighed } from './weighed.ts';

/** What else is known at the moment of judging. */
export interface Surroundings {
  /** Messages to all mailboxes while the burst lasted, and to how many mailboxes besides this one. */
  readonly estateCount: number;
  readonly otherMailboxes: number;
  /** What the one in the middle of all other mailboxes got meanwhile; NaN where there is none. */
  readonly otherMedian: number;
  /** Connections in that time that ended without a message. */
  readonly emptyConnections: number;
  /** Of those around that time, the ones whose client also brought a message of the burst. */
  readonly emptyOfSenders: number;
  /** Recipients that the mailbox itself wrote to in the days before. */
  readonly sentBefore: number;
  /** Messages from the mailbox to the burst's main sender while it lasted. */
  readonly repliesToMain: number;
  /** Senders of the burst to whom the mailbox wrote while it lasted, in its own name. */
  readonly answered: number;
  /** The uid of the mailbox's own account, -1 when unknown. */
  readonly ownerUid: number;
  /** Most of what programs of the host handed in came from a web server's account. */
  readonly byWebServer: boolean;
  /** Who handed in most of it is a person, not a program that has a person's account. */
  readonly byPerson: boolean;
  readonly noisy: boolean;
  /** The mailbox collects copies of what others get; null when it does not. */
  readonly collection: Collection | null;
  /** Messages since the burst began that came to others here as well. */
  readonly copied: number;
  /** Its own mail is copied to such a mailbox. */
  readonly isCollected: boolean;
  /** What the mailbox's stores hold of the burst; null when none was read. */
  readonly held: StoreComparison | null;
  /** True when there is no MTA log at all, and the burst is told by the stores' own times. */
  readonly storesOnly: boolean;
  readonly burstMinimum: number;
}

/** A cap on the severity. `setting` is the tunable that sets it, '' for none. */
export interface Held {
  readonly why: string;
  readonly setting: string;
}

export interface Judgement {
  readonly kind: 'flood' | 'loop';
  readonly severity: Severity;
  readonly factors: readonly Weighed[];
  /** Why it was held down. */
  readonly held: readonly Held[];
}

const MOST = 0.8;
const WEEK_MS = 7 * DAY_MS;
/** The names of strangers are of so many domains at least. */
const DOMAINS_MIN = 20;
const PROVIDERS = 5;
/** Nobody answers a flood; who answers one in ten of those who write has work to do with them. */
const ANSWERED = 0.1;

/**
 * Is the burst an attack? null: no, for a reason that the evidence shows. Points: volume 30 to 50, each kind of repetition
 * (two count at most), growth of the mailbox, empty connections; 40 make low, 55 medium, 75 high. Volume alone, whatever
 * its size, stays informational.
 */
export function judge(episode: Episode, around: Surroundings, setting: WatchSetting): Judgement | null {
  const { tally } = episode;
  const n = tally.count;
  if (around.noisy || isBacklog(episode, setting) || isOwnAffair(episode, around)) return null;
  // A slow rise means nothing where it was not seen what is usual, nor that for a week nothing came.
  const crowded = isCrowded(episode, setting) && isOfManyDomains(tally);
  const isUntold = !episode.usual.known && !crowded;
  if (isSlow(episode, setting) && isUntold && episode.evidenceBeforeMs < WEEK_MS) return null;
  if (tally.familiar >= 0.7 * n) return null;
  // A day on which everybody hears from new people.
  if (n < 3 * around.otherMedian && isOfNewcomers(episode, setting)) return null;
  const main = topOf(tally.senders);
  if (main !== null && main.count >= 0.7 * n && around.repliesToMain >= 0.5 * main.count) {
    const evidence = `${around.repliesToMain} messages went from this mailbox to ${main.key === '' ? 'the null sender' : main.key} in the same time`;
    return { kind: 'loop', severity: 'informational', factors: [{ name: 'mail-loop', weight: 0, evidence }], held: [] };
  }

  const factors: Weighed[] = [volumeFactor(episode, setting)];
  const repetition = repetitionOf(episode, around.held, crowded).slice(0, 2);
  factors.push(...repetition);
  if (tally.full > 0) {
    factors.push({
      name: 'mailbox-full',
      weight: 10,
      evidence: `${tally.full} of the messages found the mailbox full`,
    });
  }
  if (episode.growth.count > 0) {
    const evidence = `delivery software wrote into the mailbox ${episode.growth.count} times while the burst lasted`;
    factors.push({ name: 'mailbox-growth', weight: 15, evidence });
  } else if (around.held !== null && !around.storesOnly && holdsBurst(around.held)) {
    const { both, logged, storedBytes } = around.held;
    const evidence = `${both} of ${logged} messages lie in the mailbox, ${storedBytes} bytes together`;
    factors.push({ name: 'mailbox-holds', weight: 15, evidence });
  }
  const empty = around.emptyConnections + episode.refusals.size;
  if (empty >= 20 && empty >= n / 10) {
    const same =
      around.emptyOfSenders > 0
        ? `; clients of the burst made ${around.emptyOfSenders} such connections around it`
        : '';
    const evidence = `${around.emptyConnections} connections ended without a message and ${episode.refusals.size} attempts at this mailbox were refused meanwhile${same}`;
    factors.push({ name: 'empty-connections', weight: 10, evidence });
  }
  const average = (around.estateCount - n) / around.otherMailboxes;
  if (around.otherMailboxes > 0 && n < 3 * average) {
    const evidence = `${around.otherMailboxes} other mailboxes got ${average.toFixed(0)} each on average in the same time`;
    factors.push({ name: 'not-concentrated', weight: -10, evidence });
  }
  return graded(episode, around, factors, { repetitions: repetition.length, crowded, setting });
}

/** Most of what was logged is found again. */
const holdsBurst = (held: StoreComparison): boolean => held.both >= 20 && held.both >= 0.5 * held.logged;

function graded(
  episode: Episode,
  around: Surroundings,
  factors: readonly Weighed[],
  {
    repetitions,
    crowded,
    setting,
  }: { readonly repetitions: number; readonly crowded: boolean; readonly setting: WatchSetting },
): Judgement {
  const { tally } = episode;
  const held: Held[] = [];
  let cap: Severity = 'critical';
  const capAt = (severity: Severity, why: string, tunable = ''): void => {
    held.push({ why, setting: tunable });
    cap = atMost(severity, cap);
  };
  if (around.storesOnly)
    capAt('medium', 'without an MTA log only what is left in the mailbox is seen, at the times it gives');
  const signals = factors.filter(factor => factor.weight > 0).length;
  if (signals < 2) capAt('informational', 'volume alone is one signal');
  else if (repetitions === 0) capAt('low', 'the messages have little in common');
  else if (isMuchHereOnly(episode, setting))
    capAt(
      muchHereOnly(episode, factors, crowded),
      isOfNewcomers(episode, setting)
        ? 'it is much only beside the newcomers that are usual at this mailbox'
        : 'it is much only for a mailbox that hardly gets anything',
      'MailVolumeThreshold',
    );
  else if (episode.strangersUsual >= STRANGERS_USUAL && repetitions === 1 && factors.some(isStrangers))
    capAt('medium', 'strangers write to this mailbox on other days too');
  if (isOfNewcomers(episode, setting)) capNewcomers(episode, around, factors, capAt);
  if (tally.machines >= MOST * tally.count && episode.rise === null) {
    const isContent = factors.some(isOneContent);
    capAt(
      isContent ? 'low' : 'informational',
      'a program that has written here for days, with a sender for each message, brings it from where it always did',
    );
  }
  // Who brings a message and then calls again without one is at the same mailbox, as far as anybody can tell.
  const again = around.emptyOfSenders >= tally.count / 2 ? around.emptyOfSenders : 0;
  const attempts = tally.count + Math.max(again, ...episode.refusedPeaks);
  if (attempts < around.burstMinimum)
    capAt('informational', `fewer than ${around.burstMinimum} messages`, 'BurstMinimum');
  if (!episode.usual.known) {
    if (factors.some(factor => factor.name === 'not-concentrated')) {
      capAt('informational', 'other mailboxes are as busy, and nothing was seen of what is usual here');
    } else if (isSlow(episode, setting)) {
      capAt('low', 'nothing came for this mailbox before: it may be new');
    } else if (episode.evidenceBeforeMs < HOUR_MS && episode.last - episode.start > 4 * HOUR_MS) {
      capAt('low', 'it began with the evidence and went on for hours: it may be usual here');
    }
  }
  if (isInStrangersNames(episode)) {
    if (around.byWebServer)
      capAt('medium', 'the web server of this host hands it in: a form that is abused, or a busy day');
    else capAt('informational', 'a program of this host hands it in, as one does that fetches mail from elsewhere');
  } else if (isRelayedForStrangers(episode)) {
    capAt('medium', 'machines of our own network bring it: one of them may let through what had waited there');
  } else if (around.byPerson && isOfOneAccount(tally)) {
    capAt('medium', 'one of our own people hands it in: they, or whoever sits in their account, can be asked');
  } else if (share(byMachines(tally) + tally.routes.authenticated, tally.count) >= MOST) {
    capAt(
      'informational',
      around.byWebServer
        ? 'the web server of this host hands it in, in names of its own: a form that is abused, or a program that has much to tell'
        : 'handed in by our own people or machines',
    );
  } else if (share(tally.routes.claimed, tally.count) >= MOST && isOfOnePlace(tally)) {
    capAt('informational', 'sent from one place in the name of our own domain, as machines of ours do');
  }
  const { collection } = around;
  if (collection !== null && collection.copied >= MOST * collection.seen) {
    capAt(
      'informational',
      `${collection.copied} of ${collection.seen} messages are copies of what other mailboxes got: this one collects the mail of ${collection.fedBy} or more of them`,
    );
  }
  // Exim does not log how many recipients a message has.
  const shared = around.isCollected ? tally.sharedByMany : Math.max(tally.shared, around.copied);
  if (share(shared, tally.count) >= MOST && tally.count < 3 * around.burstMinimum) {
    capAt('informational', 'each message went to several recipients, as a list does');
  }
  const points = factors.reduce((sum, factor) => sum + factor.weight, 0);
  const scored: Severity = points >= 75 ? 'high' : points >= 55 ? 'medium' : points >= 40 ? 'low' : 'informational';
  return { kind: 'flood', severity: atMost(scored, cap), factors, held };
}

/** Below what is too much for anybody only newcomers from everywhere are more than a lively day. */
function capNewcomers(
  { tally, floodBefore }: Episode,
  { answered }: Surroundings,
  factors: readonly Weighed[],
  capAt: (severity: Severity, why: string) => void,
): void {
  if (!isOfManyDomains(tally) && !isMadeByNumbers(tally))
    capAt(
      floodBefore === null ? 'informational' : 'low',
      'most of them are of a few providers, as people are who answer',
    );
  if (answered >= ANSWERED * tally.count)
    capAt('informational', `${answered} of them were answered from this mailbox, as correspondence is`);
  if (factors.some(({ name, weight }) => name === 'volume' && weight === NEWCOMER_POINTS.some))
    capAt('low', 'so few may still be answers to something that was made public');
}

const isOfNewcomers = (episode: Episode, setting: WatchSetting): boolean =>
  ['newcomers', 'rise'].includes(measureOf(episode, setting));

const isStrangers = ({ name }: Weighed): boolean => name === 'strangers-once-each';

/** The burst was noticed by a window of hours; of newcomers also that no hour was ever too full. */
function isSlow(episode: Episode, setting: WatchSetting): boolean {
  const { horizon, peaks, usual, newcomersPeaks, newcomersUsual } = episode;
  if (horizon < LONG_HORIZON || !isCrowded(episode, setting)) return horizon >= LONG_HORIZON;
  const isOver = (_: unknown, index: number): boolean =>
    (peaks[index] ?? 0) >= limitOf(index, usual, setting) ||
    (newcomersPeaks[index] as number) >= newcomersLimit(index, newcomersUsual, setting);
  return !HORIZONS.slice(0, LONG_HORIZON).some(isOver);
}

/**
 * How far a burst goes that is much for this mailbox only. People who write there on other days, and customers where strangers
 * are usual, are its work. Strangers who come each from a domain of their own, and one large content again and again, are no
 * correspondence; one new correspondent whose program writes too much, or the answer to an advertisement, may be.
 */
function muchHereOnly({ tally, strangersUsual }: Episode, factors: readonly Weighed[], crowded: boolean): Severity {
  if (tally.fresh + tally.nullSenders < tally.count / 2) return 'informational';
  if (strangersUsual >= STRANGERS_USUAL && !crowded) return 'informational';
  const has = (name: Weighed['name']): boolean => factors.some(factor => factor.name === name);
  if (factors.some(isOneContent)) return 'medium';
  return has('strangers-once-each') && (isOfManyDomains(tally) || isMadeByNumbers(tally)) ? 'medium' : 'low';
}

const isOneContent = ({ name }: Weighed): boolean => name === 'attachment-repeated' || name === 'same-large-content';

/** Its senders are made by two programs or more; one is a correspondent who has much to tell, and people have names. */
const isMadeByNumbers = ({ shapes, count }: Tally): boolean => formsOf(shapes, count) !== null;

/** A domain each, or of so many that the few which bring most of people's mail (the big providers) are not half of it. */
function isOfManyDomains({ domains, count }: Tally): boolean {
  if (domains.size >= count / 2) return true;
  const bySize = [...domains.values()].sort((a, b) => b - a);
  const beyond = bySize.slice(PROVIDERS).reduce((sum, each) => sum + each, 0);
  return domains.size >= DOMAINS_MIN && beyond >= count / 2;
}

/** One machine, or mostly such that have private addresses: who comes from outside by a proxy or a tunnel has the address of that. */
function isOfOnePlace({ clients, count }: Tally): boolean {
  if (clients.size <= 2) return true;
  let inside = 0;
  for (const [client, times] of clients) if (isPrivate(client)) inside += times;
  return inside >= MOST * count;
}

const share = (part: number, whole: number): number => part / whole;

/**
 * Mail that had waited: most of it arrived long before it was delivered, and no window of arrivals was too full. Mail
 * that came in a burst and then waited is a burst all the same.
 */
function isBacklog(episode: Episode, setting: WatchSetting): boolean {
  const { tally } = episode;
  if (tally.late < 0.6 * tally.count) return false;
  const arrivals = [...episode.arrivals].sort((a, b) => a - b);
  for (let index = 0; index < 3; index++) {
    const { lengthMs } = HORIZONS[index] as (typeof HORIZONS)[number];
    let from = 0;
    for (let i = 0; i < arrivals.length; i++) {
      while ((arrivals[from] as number) <= (arrivals[i] as number) - lengthMs) from += 1;
      if (i - from + 1 >= limitOf(index, episode.usual, setting)) return false;
    }
  }
  return true;
}

/** Handed in by programs of this host, by the mailbox's own owner, or coming back from what the owner sent. */
function isOwnAffair(episode: Episode, around: Surroundings): boolean {
  const { tally } = episode;
  const n = tally.count;
  const submitter = topOf(tally.submitters);
  if (byMachines(tally) >= MOST * n) {
    if (isInStrangersNames(episode) || isRelayedForStrangers(episode)) return false;
    // A form of a web server may be abused; its program may as well have much to tell.
    if (around.byWebServer) return false;
    const byPerson = submitter !== null && submitter.count >= n / 2 && submitter.key >= PEOPLE_UID;
    if (!byPerson || submitter.key === around.ownerUid) return true;
  }
  if (tally.ownNotifications >= MOST * n) return true;
  return tally.nullSenders >= 0.6 * n && around.sentBefore >= Math.max(20, 0.5 * n);
}

/**
 * One program of the host, which is neither root nor a person, speaks for people whom nobody here knew, from everywhere: so does a
 * web form that sends in the name of its visitors. Automation speaks in its own name.
 */
function isInStrangersNames(episode: Episode): boolean {
  const { tally } = episode;
  const submitter = topOf(tally.submitters);
  if (submitter === null || submitter.key <= 0 || submitter.key >= PEOPLE_UID) return false;
  return submitter.count >= MOST * tally.count && isOfStrangers(episode);
}

/**
 * Machines of ours bring it, for people from everywhere whom nobody here knew: a gateway through which all mail comes, or a machine
 * that somebody took over. What machines have to tell they tell in names of their own.
 */
function isRelayedForStrangers(episode: Episode): boolean {
  const { tally } = episode;
  return tally.routes.relayed >= MOST * tally.count && isOfStrangers(episode);
}

const byMachines = ({ routes }: Tally): number => routes.submitted + routes.internal + routes.relayed;

const isOfOneAccount = ({ submitters, count }: Tally): boolean => (topOf(submitters)?.count ?? 0) >= MOST * count;

const isOfStrangers = ({ tally, usual, strangersUsual }: Episode): boolean =>
  usual.known &&
  strangersUsual < STRANGERS_USUAL &&
  tally.domains.size >= DOMAINS_MIN &&
  tally.fresh >= MOST * tally.count;

/** Messages an hour that the sample's sender, and those like it, had in the burst so far: what their familiarity is judged by. */
export function ratesOf({ tally, start }: Episode, { writer, sender, time }: Sample): Rates {
  const hours = Math.max(1, (time - start) / HOUR_MS);
  const hourly = (before: number | undefined): number => ((before ?? 0) + 1) / hours;
  return { ofWriter: hourly(tally.senders.get(writer)), ofShape: hourly(tally.shapes.get(shapeOf(sender))) };
}
