import { DAY_MS } from '../../core/time.ts';
import type { Episode } from './episode.ts';
import { HORIZONS, NEWCOMERS, QUIET, RISE } from './horizons.ts';
import { newcomersLimit } from './newcomers.ts';
import { type Rise, riseTotal } from './rise.ts';
import { limitOf, quietLimitOf, type WatchSetting } from './watch.ts';
import type { Weighed } from './weighed.ts';

/**
 * By which measure a window is too full: any mailbox's, that of one that hardly gets anything, or that of people who never
 * wrote before, in one window or rising over days.
 */
export type Measure = 'any' | 'quiet' | 'newcomers' | 'rise';

/** The window that was exceeded most: by how much, what it may hold, and whether the tunable or the usual sets that. */
export interface Volume {
  readonly measure: Measure;
  readonly index: number;
  readonly count: number;
  readonly ratio: number;
  readonly limit: number;
  readonly byUsual: boolean;
}

type Scale = Pick<WatchSetting, 'volumeThreshold' | 'baselineMultiple'>;

/** More senders whom nobody here ever heard from than this mailbox can have new correspondents. */
export const isCrowded = (episode: Episode, setting: Scale): boolean =>
  hasFullWindow(episode, setting) || risenTo(episode, setting) !== 'no';

const hasFullWindow = ({ newcomersPeaks, newcomersUsual: usual }: Episode, setting: Scale): boolean =>
  usual.known && newcomersPeaks.some((count, index) => count >= newcomersLimit(index, usual, setting));

/** How far newcomers rose over days. */
function risenTo({ rise, newcomersCount, newcomersPeaks }: Episode, setting: Scale): 'no' | 'some' | 'much' {
  if (rise === null) return 'no';
  const total = riseTotal(rise, newcomersCount);
  if (total < RISE.floor * setting.volumeThreshold) return 'no';
  const least = Math.max(RISE.clearDay * setting.volumeThreshold, RISE.clear * rise.usual);
  const clear = (newcomersPeaks.at(-1) as number) >= least;
  return clear && total >= RISE.much * setting.volumeThreshold ? 'much' : 'some';
}

export function measureOf(episode: Episode, setting: WatchSetting): Measure {
  const { peaks, usual } = episode;
  const isOver = (limit: typeof limitOf): boolean =>
    HORIZONS.some((_, index) => (peaks[index] ?? 0) >= limit(index, usual, setting));
  if (isOver(limitOf)) return 'any';
  if (isOver(quietLimitOf)) return 'quiet';
  const risen = risenTo(episode, setting);
  if (hasFullWindow(episode, setting) && (risen !== 'much' || isMuch(episode, setting))) return 'newcomers';
  if (risen !== 'no') return 'rise';
  return usual.weekSeen ? 'quiet' : 'any';
}

/** It is much only for this mailbox. */
export const isMuchHereOnly = (episode: Episode, setting: WatchSetting): boolean =>
  measureOf(episode, setting) !== 'any';

export function volumeOf(episode: Episode, setting: WatchSetting): Volume {
  const measure = measureOf(episode, setting);
  if (measure === 'rise') return riseVolume(episode, setting);
  const counts = measure === 'newcomers' ? episode.newcomersPeaks : episode.peaks;
  const limitIn = (each: number): number => {
    if (measure === 'newcomers') return newcomersLimit(each, episode.newcomersUsual, setting);
    return (measure === 'quiet' ? quietLimitOf : limitOf)(each, episode.usual, setting);
  };
  let index = episode.horizon;
  let ratio = 0;
  HORIZONS.forEach((_, each) => {
    const over = (counts[each] ?? 0) / limitIn(each);
    if (over <= ratio) return;
    ratio = over;
    index = each;
  });
  const limit = limitIn(index);
  return {
    measure,
    index,
    count: counts[index] as number,
    ratio,
    limit,
    byUsual: limit > floorOf(measure, index) * setting.volumeThreshold,
  };
}

function riseVolume({ rise, newcomersCount }: Episode, { volumeThreshold }: WatchSetting): Volume {
  const limit = RISE.floor * volumeThreshold;
  const count = riseTotal(rise as Rise, newcomersCount);
  return { measure: 'rise', index: HORIZONS.length - 1, count, ratio: count / limit, limit, byUsual: false };
}

/** What a window may hold whatever is usual, in parts of MailVolumeThreshold. */
export function floorOf(measure: Measure, index: number): number {
  if (measure === 'rise') return RISE.floor;
  if (measure === 'newcomers') return NEWCOMERS.floors[index] as number;
  return (HORIZONS[index]?.floor ?? 1) * (measure === 'quiet' ? QUIET.floor : 1);
}

/** Points by how many times the limit: from 1, from 2 and from 5 times. */
export const VOLUME_POINTS = [
  { from: 5, weight: 50 },
  { from: 2, weight: 40 },
  { from: 0, weight: 30 },
] as const;

/** Points of newcomers: of half of what is too much for any mailbox, and of less. */
export const NEWCOMER_POINTS = { much: 20, some: 10 } as const;

/** How many newcomers are much, in the window that comes nearest to it. */
export function muchOf(episode: Episode, setting: WatchSetting): { index: number; count: number; from: number } {
  const { newcomersPeaks, newcomersUsual } = episode;
  const windows = HORIZONS.map(({ floor }, index) => {
    const least = NEWCOMERS.much * floor * setting.volumeThreshold;
    const from = Math.max(least, newcomersLimit(index, newcomersUsual, setting));
    return { index, count: newcomersPeaks[index] as number, from };
  });
  return windows.slice(NEWCOMERS.from).reduce((a, b) => (b.count / b.from > a.count / a.from ? b : a));
}

function weightOf(volume: Volume, episode: Episode, setting: WatchSetting): number {
  if (volume.measure === 'rise')
    return risenTo(episode, setting) === 'much' ? NEWCOMER_POINTS.much : NEWCOMER_POINTS.some;
  if (volume.measure !== 'newcomers') return VOLUME_POINTS.find(each => volume.ratio >= each.from)?.weight ?? 30;
  return isMuch(episode, setting) ? NEWCOMER_POINTS.much : NEWCOMER_POINTS.some;
}

function isMuch(episode: Episode, setting: WatchSetting): boolean {
  const { count, from } = muchOf(episode, setting);
  return count >= from;
}

export function volumeFactor(episode: Episode, setting: WatchSetting): Weighed {
  const volume = volumeOf(episode, setting);
  const { limit, byUsual } = volume;
  const { span, by, such, usual } = wordsOf(volume, episode);
  const refused = volume.measure === 'newcomers' ? (episode.refusedPeaks[volume.index] as number) : 0;
  const what = refused === 0 ? 'messages' : `messages and attempts (${refused} senders were refused)`;
  const met = `${volume.count} ${what} within ${span}${by}`;
  const holds = `${Math.round(limit)} messages within ${span}`;
  return {
    name: 'volume',
    weight: weightOf(volume, episode, setting),
    evidence: `${met}, the limit${such} is ${Math.round(limit)}${usual}`,
    tunable: byUsual
      ? { name: 'BaselineMultiple', met, limit: `${setting.baselineMultiple} (${holds})` }
      : { name: 'MailVolumeThreshold', met, limit: `${setting.volumeThreshold} a minute (${holds})` },
  };
}

interface Words {
  readonly span: string;
  readonly by: string;
  readonly such: string;
  readonly usual: string;
}

const NEW = ' by senders who never wrote to anybody here before';

function wordsOf({ measure, index }: Volume, { rise, usual, newcomersUsual, start, last }: Episode): Words {
  if (measure === 'rise') {
    const { days, usual: most } = rise as Rise;
    const all = days - 1 + Math.max(1, Math.ceil((last - start) / DAY_MS));
    const perDay = `, no day before brought more than ${most}`;
    return { span: `${all} days`, by: NEW, such: ' of such', usual: perDay };
  }
  const ofThem = measure === 'newcomers';
  const { known, expected } = ofThem ? newcomersUsual : usual;
  return {
    span: HORIZONS[index]?.name ?? '',
    by: ofThem ? NEW : '',
    such: ofThem ? ' of such' : '',
    usual: known ? `, usual is ${Math.round(expected[index] ?? 0)} at most` : '',
  };
}
