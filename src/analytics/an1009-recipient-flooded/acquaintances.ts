import { remembered } from '../../core/remembered.ts';
import { flatText } from '../../core/text-pool.ts';
import { DAY_MS, HOUR_MS } from '../../core/time.ts';
import { PairGenerations } from '../../state/mail/pair-generations.ts';
import type { Episode } from './episode.ts';
import { FirstSeen } from './first-seen.ts';
import type { Sample } from './sample.ts';
import { isNumbered, networkOf, shapeOf } from './shape.ts';
import type { Acquaintance } from './tally.ts';

/** Who speaks, and from where. */
type Voice = Pick<Sample, 'writer' | 'sender' | 'client'>;

/**
 * Under which names a mailbox knows who writes: the writer, and what its addresses have in common once the numbers are taken
 * out. A ticket system or a CI service may make a new address for each message, and nothing in it names the recipient. It does so
 * in one domain: senders of many domains that are alike are many senders.
 */
function namesOf({ writer, sender }: Voice): readonly string[] {
  const alike = alikeOf(sender);
  return alike === writer ? [writer] : [writer, alike];
}

const alikeOf = remembered((sender: string): string => {
  const at = sender.lastIndexOf('@');
  const alike = at < 0 ? shapeOf(sender) : shapeOf(sender.slice(0, at)) + sender.slice(at).toLowerCase();
  // Where nothing was taken out it is the same text, and kept but once.
  return alike === sender ? sender : flatText(alike);
});

type Burst = Pick<Episode, 'mailbox' | 'start' | 'evidenceBeforeMs'>;

/** Messages an hour in the burst so far, of the writer and of all whose addresses look like its. */
export interface Rates {
  readonly ofWriter: number;
  readonly ofShape: number;
}

/** What a mailbox has had from a sender. */
interface Pair {
  generation: number;
  readonly first: number;
  times: number;
  day: number;
  hour: number;
  inHour: number;
  peakToday: number;
  /** The busiest hour on any day before `day`, its first message at least. */
  peakBefore: number;
}

const PAIRS_MAX = 100_000;
const SENDERS_MAX = 50_000;
const NETWORKS_MAX = 50_000;
/** A known sender may grow so much over the busiest hour before and still be itself. */
const FAMILIAR_GROWTH = 6;
const FAMILIAR_LEAST = 10;
/** So many messages of addresses that are alike in one domain make a service of it. */
const ALIKE_TIMES = 3;

/**
 * Who has written to whom. A sender is fresh when nobody in the estate heard from it a day before the burst (an hour before, where the
 * evidence is young): a few messages ahead of a flood are part of it. It is familiar to a
 * mailbox when it wrote there a day before or longer ago, at least about as much; a network is new when nothing came from there
 * before. What comes in a burst is not learned.
 */
export class Acquaintances {
  /** By mailbox and name. */
  readonly #pairs = new PairGenerations<Pair>(PAIRS_MAX);
  readonly #senders = new FirstSeen(SENDERS_MAX);
  readonly #networks = new FirstSeen(NETWORKS_MAX);

  get evicted(): number {
    return this.#pairs.evicted + this.#senders.evicted + this.#networks.evicted;
  }

  judge({ mailbox, start, evidenceBeforeMs }: Burst, voice: Voice, { ofWriter, ofShape }: Rates): Acquaintance {
    const since = start - (evidenceBeforeMs >= 2 * DAY_MS ? DAY_MS : HOUR_MS);
    const newNetwork = this.#networks.isNew(networkOf(voice.client), since);
    const machine = !newNetwork && this.#isKnownMachine(mailbox, voice, start);
    return {
      familiar: namesOf(voice).some((name, index) =>
        this.#isFamiliar(mailbox, name, start, index === 0 ? ofWriter : ofShape),
      ),
      fresh: !machine && this.#senders.isNew(voice.writer, since),
      heard: machine || !this.#senders.isNew(voice.writer, start - HOUR_MS),
      newNetwork,
      machine,
    };
  }

  /**
   * A program that makes a sender for each message, and wrote to this mailbox in the same form from a day before the burst on. Another
   * form from the same provider is somebody else.
   */
  #isKnownMachine(mailbox: string, { writer, sender }: Voice, start: number): boolean {
    const alike = alikeOf(sender);
    if (alike === writer.toLowerCase()) return false;
    const pair = this.#pairs.peek(mailbox, alike);
    return pair !== undefined && pair.times >= FAMILIAR_LEAST && pair.first <= start - DAY_MS;
  }

  #isFamiliar(mailbox: string, name: string, burstStart: number, countInHour: number): boolean {
    const pair = this.#pairs.peek(mailbox, name);
    // Midnight alone makes nobody familiar: the flood may have begun before it.
    if (pair === undefined || pair.first > burstStart - DAY_MS) return false;
    const today = Math.floor(burstStart / DAY_MS);
    const before = pair.day < today ? Math.max(pair.peakBefore, pair.peakToday) : pair.peakBefore;
    return countInHour <= Math.max(FAMILIAR_LEAST, before * FAMILIAR_GROWTH);
  }

  /** Its first message to this mailbox; a day ago nobody here had heard from it, nor the mailbox from what looks like it. */
  isNew(mailbox: string, voice: Voice, time: number): boolean {
    if (!this.#senders.isNew(voice.writer, time - DAY_MS)) return false;
    if (this.#pairs.peek(mailbox, voice.writer) !== undefined) return false;
    const alike = this.#pairs.peek(mailbox, alikeOf(voice.sender));
    return alike === undefined || alike.times < ALIKE_TIMES || alike.first > time - DAY_MS;
  }

  /** Takes a message outside bursts in; tells whether its sender was new to the whole estate, and no machine's that writes here often. */
  learn(mailbox: string, voice: Voice, time: number): 'new' | 'known' {
    const [writer, alike] = namesOf(voice);
    this.#learnPair(mailbox, writer as string, time);
    const times = alike === undefined ? 0 : this.#learnPair(mailbox, alike, time);
    this.#networks.learn(networkOf(voice.client), time);
    const who = this.#senders.learn(voice.writer, time);
    return times > ALIKE_TIMES && isNumbered(alike as string) ? 'known' : who;
  }

  /** How often it wrote, with this time. */
  #learnPair(mailbox: string, name: string, time: number): number {
    const day = Math.floor(time / DAY_MS);
    const hour = Math.floor(time / HOUR_MS);
    const pair = this.#pairs.touch(mailbox, name);
    if (pair === undefined) {
      const made = { generation: 0, first: time, times: 1, day, hour, inHour: 1, peakToday: 1, peakBefore: 1 };
      this.#pairs.add(mailbox, name, made);
      return 1;
    }
    pair.times += 1;
    if (day > pair.day) {
      pair.peakBefore = Math.max(pair.peakBefore, pair.peakToday);
      pair.peakToday = 0;
      pair.day = day;
    }
    pair.inHour = hour === pair.hour ? pair.inHour + 1 : 1;
    pair.hour = hour;
    pair.peakToday = Math.max(pair.peakToday, pair.inHour);
    return pair.times;
  }

  /** Who wrote first in the burst itself stays a stranger to the next one. */
  forgetSince(mailbox: string, voice: Voice, start: number): void {
    this.#senders.forgetSince(voice.writer, start);
    this.#networks.forgetSince(networkOf(voice.client), start);
    for (const name of namesOf(voice)) {
      const pair = this.#pairs.peek(mailbox, name);
      if (pair !== undefined && pair.first >= start) this.#pairs.delete(mailbox, name);
    }
  }

  snapshot() {
    return {
      pairs: this.#pairs.snapshot(),
      senders: this.#senders.snapshot(),
      networks: this.#networks.snapshot(),
    };
  }

  restore(data: ReturnType<Acquaintances['snapshot']>): void {
    this.#pairs.restore(data.pairs);
    this.#senders.restore(data.senders);
    this.#networks.restore(data.networks);
  }
}
