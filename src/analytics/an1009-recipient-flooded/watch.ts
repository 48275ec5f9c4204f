import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import { type Attempts, addRefusal, newAttempts, type Refusal, refusedIn, together } from './attempts.ts';
import { addGrowth, addRefused, type Episode, type Flood, type GrowthMark, newEpisode } from './episode.ts';
import { newRoom, type Room } from './filled.ts';
import {
  addToHistory,
  type History,
  holdFrom,
  newcomersBefore,
  newHistory,
  settle,
  type Usual,
  usualBefore,
} from './history.ts';
import { HORIZON_MAX_MS, HORIZONS, QUIET, RISE } from './horizons.ts';
import {
  addNewcomer,
  crowdedWindow,
  isManyToday,
  type Newcomers,
  type NewcomersUsual,
  newcomersIn,
  newcomersToday,
  newNewcomers,
  sendersOf,
} from './newcomers.ts';
import { riseBefore, riseTotal } from './rise.ts';
import type { Sample } from './sample.ts';
import { forgetStrangers, newStrangers, type Strangers, strangersBefore } from './strangers.ts';
import { countsOf, leaveBehind, newWindows, samplesIn, slide, type Windows } from './windows.ts';

/** What is kept of one mailbox. */
export interface Watch {
  readonly mailbox: string;
  readonly windows: Windows;
  history: History;
  usual: Usual | null;
  usualHour: number;
  newcomers: Newcomers;
  newcomersUsual: NewcomersUsual | null;
  attempts: Attempts;
  /** What a baseline said when `usual` was looked up. */
  learned: Learned | null;
  episode: Episode | null;
  /** The last burst that was told as a flood. */
  flooded: Flood | null;
  /** Messages are seen to be put into the mailbox itself: what other hosts pass on are the same messages. */
  boxSeen: boolean;
  /** An MTA's log tells of them: a local delivery program tells of no others. */
  mtaSeen: boolean;
  recentGrowth: GrowthMark[];
  lastTime: number;
  strangers: Strangers;
  room: Room;
}

const GROWTH_MAX = 512;
const GROWTH_CHECKED = 16;
/** A second wave within this long belongs to the same story. */
export const SAME_STORY_MS = 6 * HOUR_MS;
/** Waves of one bombing come back after a night or a weekend: this long afterwards a new one is said to go on from the last. */
const GOES_ON_MS = 7 * DAY_MS;
/** A burst is over when its window holds less than this part of what made it one. */
const COOLED = 0.2;

export function newWatch(mailbox: string, time: number): Watch {
  return {
    mailbox,
    windows: newWindows(),
    history: newHistory(time),
    usual: null,
    usualHour: -1,
    newcomers: newNewcomers(),
    newcomersUsual: null,
    attempts: newAttempts(),
    learned: null,
    episode: null,
    flooded: null,
    boxSeen: false,
    mtaSeen: false,
    recentGrowth: [],
    lastTime: time,
    strangers: newStrangers(),
    room: newRoom(time),
  };
}

type Learned = Pick<Usual, 'hoursSeen' | 'expected'>;

export interface WatchSetting {
  readonly volumeThreshold: number;
  readonly baselineMultiple: number;
  /** Earliest mail event of the whole run. */
  readonly evidenceStart: number;
  /** Nobody here heard from its sender before, wrote to it, or knows what looks like it. */
  readonly isNewcomer: (mailbox: string, sample: Sample) => boolean;
  /** What a baseline knows of a mailbox around a time; null for nothing. */
  readonly learned: (mailbox: string, time: number) => Learned | null;
}

/**
 * Takes a sample in: slides the windows, says which of them hold too much, begins, feeds or ends the burst. `feed` is
 * called for each sample that belongs to the burst; `seal` for a burst that is over for good.
 */
export function takeSample(
  watch: Watch,
  sample: Sample,
  setting: WatchSetting,
  feed: (episode: Episode, sample: Sample) => void,
  seal: (watch: Watch, episode: Episode) => void,
): void {
  let counts = slide(watch.windows, sample);
  watch.lastTime = Math.max(watch.lastTime, sample.time);
  let episode = watch.episode;
  if (episode !== null && sample.time - episode.last > SAME_STORY_MS) {
    seal(watch, episode);
    episode = null;
    counts = countsOf(watch.windows);
  }
  // What is little for most and much for this mailbox begins a burst, and does not prolong one.
  const limit = episode === null ? quietLimitOf : limitOf;
  let over = fullWindow(counts, limit, () => usualNow(watch, sample.time, setting), setting);
  const isNewcomer = setting.isNewcomer(watch.mailbox, sample) && episode?.tally.senders.has(sample.writer) !== true;
  if (isNewcomer) addNewcomer(watch.newcomers, sample);
  const usualOfThem = (): NewcomersUsual => newcomersUsualNow(watch, sample.time, setting);
  if (isNewcomer && episode === null && over < 0) {
    const afterFlood = floodBefore(watch, sample.time) !== null;
    over = crowdedWindow(watch.newcomers, sample.time, usualOfThem, setting, afterFlood, refusedNow(watch, sample));
    if (over < 0 && isRising(watch, sample.time, setting)) over = HORIZONS.length - 1;
  }
  if (episode?.open === true) {
    const cool = Math.max(episode.horizon, 1);
    const most = limitOf(cool, episode.usual, setting);
    // What rises over days never reaches the limits.
    const made = episode.rise === null ? most : Math.min(most, episode.peaks[cool] ?? most);
    const gone = (counts[cool] as number) < COOLED * made && over < 0;
    if (gone) episode.open = false;
    else grow(episode, sample, counts, feed);
  } else if (over >= 0) {
    const burst = samplesIn(watch.windows, over);
    if (episode === null) {
      const first = burst[0] as Sample;
      const strangersUsual = strangersBefore(watch.strangers, first.time);
      const evidenceBeforeMs = first.time - setting.evidenceStart;
      const newcomersUsual = usualOfThem();
      const rise = riseBefore(watch.history, sample.time, setting.evidenceStart);
      const usual = usualNow(watch, sample.time, setting);
      const flood = floodBefore(watch, first.time);
      const before = { usual, strangersUsual, newcomersUsual, rise, evidenceBeforeMs, floodBefore: flood };
      episode = newEpisode(watch.mailbox, first, over, before);
      // The one that begins it is counted below.
      episode.newcomersCount = (newcomersIn(watch.newcomers, sample.time)[over] as number) - (isNewcomer ? 1 : 0);
      for (const mark of watch.recentGrowth) if (mark.time >= first.time - 1000) addGrowth(episode, mark);
      for (const each of watch.attempts.refused) if (each.time >= first.time) addRefused(episode, each);
      watch.episode = episode;
      forgetStrangers(watch.strangers, first.time);
    }
    episode.open = true;
    holdFrom(watch.history, episode.start);
    const after = episode.tally.count === 0 ? Number.NEGATIVE_INFINITY : episode.last;
    for (const each of burst) if (each.time > after) feedOne(episode, each, feed);
    episode.peaks = HORIZONS.map((_, index) => Math.max(episode?.peaks[index] ?? 0, counts[index] as number));
    episode.peakSample = sample;
  }
  if (episode?.open === true && isNewcomer) {
    episode.newcomersCount += 1;
    raise(episode, newcomersIn(watch.newcomers, sample.time), refusedNow(watch, sample));
  }
  const isHeld = watch.episode !== null;
  addToHistory(watch.history, sample.time, counts[0] as number, counts[1] as number, isHeld, isNewcomer ? 1 : 0);
}

const refusedNow = (watch: Watch, { time }: Sample): readonly number[] =>
  refusedIn(watch.attempts, time, () => sendersOf(watch.newcomers));

function raise(episode: Episode, newcomers: readonly number[], refused: readonly number[]): void {
  together(newcomers, refused).forEach((count, index) => {
    if (count <= (episode.newcomersPeaks[index] as number)) return;
    episode.newcomersPeaks[index] = count;
    episode.refusedPeaks[index] = count - (newcomers[index] as number);
  });
}

function grow(
  episode: Episode,
  sample: Sample,
  counts: readonly number[],
  feed: (episode: Episode, sample: Sample) => void,
): void {
  feedOne(episode, sample, feed);
  for (let i = 0; i < counts.length; i++) {
    if ((counts[i] as number) <= (episode.peaks[i] ?? 0)) continue;
    episode.peaks[i] = counts[i] as number;
    if (i === 0) episode.peakSample = sample;
  }
}

function feedOne(episode: Episode, sample: Sample, feed: (episode: Episode, sample: Sample) => void): void {
  feed(episode, sample);
  episode.last = Math.max(episode.last, sample.time);
}

/** What a window may hold: the tunable's floor, or well above the mailbox's own usual. */
export function limitOf(index: number, usual: Usual, setting: WatchSetting): number {
  const horizon = HORIZONS[index] as (typeof HORIZONS)[number];
  const own = (usual.expected[index] ?? 0) * horizon.multiple * setting.baselineMultiple;
  return Math.max(horizon.floor * setting.volumeThreshold, own);
}

/** What a window may hold where hardly anything comes: less than `limitOf` says, once a week showed so. */
export function quietLimitOf(index: number, usual: Usual, setting: WatchSetting): number {
  const limit = limitOf(index, usual, setting);
  if (!usual.weekSeen || index < QUIET.from) return limit;
  const { floor, multiple } = HORIZONS[index] as (typeof HORIZONS)[number];
  const own = (usual.expected[index] ?? 0) * QUIET.multiple * multiple * setting.baselineMultiple;
  return Math.min(limit, Math.max(QUIET.floor * floor * setting.volumeThreshold, own));
}

const floodBefore = ({ flooded }: Watch, time: number): Flood | null =>
  flooded !== null && time - flooded.last <= GOES_ON_MS ? flooded : null;

/** The first window that holds too much; -1 for none. What is usual is looked up only where a window could be full at all. */
function fullWindow(
  counts: readonly number[],
  limit: typeof limitOf,
  usual: () => Usual,
  setting: WatchSetting,
): number {
  if (!counts.some((count, index) => count >= leastLimit(index, setting))) return -1;
  const here = usual();
  return counts.findIndex((count, index) => count >= limit(index, here, setting));
}

/** No limit of this window is lower, whatever is usual. */
function leastLimit(index: number, setting: WatchSetting): number {
  const { floor } = HORIZONS[index] as (typeof HORIZONS)[number];
  return (index < QUIET.from ? 1 : QUIET.floor) * floor * setting.volumeThreshold;
}

/** What is usual is found at most once an hour, each kind only where it is asked for. */
function learnedNow(watch: Watch, time: number, setting: WatchSetting): Learned | null {
  const hour = Math.floor(time / HOUR_MS);
  if (watch.usualHour !== hour) {
    watch.usualHour = hour;
    watch.learned = setting.learned(watch.mailbox, time);
    watch.usual = null;
    watch.newcomersUsual = null;
  }
  return watch.learned;
}

function usualNow(watch: Watch, time: number, setting: WatchSetting): Usual {
  const learned = learnedNow(watch, time, setting);
  watch.usual ??= withLearned(usualBefore(watch.history, time, setting.evidenceStart), learned);
  return watch.usual;
}

function isRising(watch: Watch, time: number, setting: WatchSetting): boolean {
  const { newcomers, history } = watch;
  if (!isManyToday(newcomers, time, leastRise(setting, null))) return false;
  const learned = learnedNow(watch, time, setting);
  if (learned !== null && !isManyToday(newcomers, time, leastRise(setting, learned))) return false;
  const rise = riseBefore(history, time, setting.evidenceStart);
  return rise !== null && riseTotal(rise, newcomersToday(newcomers, time)) >= RISE.floor * setting.volumeThreshold;
}

const leastRise = ({ volumeThreshold }: WatchSetting, learned: Learned | null): number =>
  Math.max(RISE.lastDay * volumeThreshold, RISE.multiple * (learned?.expected.at(-1) ?? 0));

/** Asked for rarely, and then often. */
function newcomersUsualNow(watch: Watch, time: number, setting: WatchSetting): NewcomersUsual {
  const learned = learnedNow(watch, time, setting);
  if (watch.newcomersUsual !== null) return watch.newcomersUsual;
  const own = newcomersBefore(watch.history, time, setting.evidenceStart);
  // A baseline does not tell who wrote: anybody may have been new.
  const expected = own.expected.map((each, index) => Math.max(each, learned?.expected[index] ?? 0));
  watch.newcomersUsual = { known: own.known || learned !== null, expected };
  return watch.newcomersUsual;
}

/** What this evidence shows and what was learned before it: of each window the larger. */
function withLearned(own: Usual, learned: Learned | null): Usual {
  if (learned === null) return own;
  return {
    known: true,
    hoursSeen: own.hoursSeen + learned.hoursSeen,
    weekSeen: own.weekSeen,
    expected: own.expected.map((each, index) => Math.max(each, learned.expected[index] ?? 0)),
  };
}

export function takeGrowth(watch: Watch, mark: GrowthMark): void {
  const { recentGrowth } = watch;
  recentGrowth.push(mark);
  if (recentGrowth.length > GROWTH_MAX) recentGrowth.splice(0, GROWTH_MAX >> 2);
  // No burst reaches further back.
  const oldest = mark.time - HORIZON_MAX_MS - MINUTE_MS;
  if (recentGrowth.length % GROWTH_CHECKED === 0 && (recentGrowth[0] as GrowthMark).time < oldest)
    watch.recentGrowth = recentGrowth.filter(each => each.time >= oldest);
  const { episode } = watch;
  // The delivery agent writes before it logs, and its log line has whole seconds.
  if (episode !== null && mark.time >= episode.start - 1000 && mark.time <= episode.last + MINUTE_MS)
    addGrowth(episode, mark);
}

/** Kept, because a flood may begin with what is refused. */
export function takeRefusal(watch: Watch, refusal: Refusal): void {
  addRefusal(watch.attempts, refusal);
  if (watch.episode?.open === true) addRefused(watch.episode, refusal);
}

/** The burst is over and judged: what was harmless is usual from now on, and none of its messages begins another one. */
export function settleWatch(watch: Watch, verdict: 'usual' | 'forget'): void {
  const { episode } = watch;
  if (episode === null) return;
  settle(watch.history, episode.start, watch.lastTime, verdict);
  leaveBehind(watch.windows, episode.last);
  if (verdict === 'forget') watch.flooded = { start: episode.start, last: episode.last, count: episode.tally.count };
  // Those of the burst begin no other one.
  watch.newcomers = newNewcomers();
  watch.episode = null;
  watch.usual = null;
  watch.newcomersUsual = null;
}
