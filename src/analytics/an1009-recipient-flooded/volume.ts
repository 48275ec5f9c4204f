import type { Episode } from './episode.ts';
import { HORIZONS, NEWCOMERS, QUIET } from './horizons.ts';
import { newcomersLimit } from './newcomers.ts';
import { limitOf, quietLimitOf, type WatchSetting } from './watch.ts';
import type { Weighed } from './weighed.ts';

/**
 * By which measure a window is too full: any mailbox's, that of one that hardly gets anything, or that of people who never
 * wrote before.
 */
export type Measure = 'any' | 'quiet' | 'newcomers';

/** The window that was exceeded most: by how much, what it may hold, and whether the tunable or the usual sets that. */
export interface Volume {
  readonly measure: Measure;
  readonly index: number;
  readonly count: number;
  readonly ratio: number;
  readonly limit: number;
  readonly byUsual: boolean;
}

/** More senders whom nobody here ever heard from than this mailbox can have new correspondents. */
export const isCrowded = (
  { newcomersPeaks, newcomersUsual: usual }: Episode,
  setting: Pick<WatchSetting, 'volumeThreshold' | 'baselineMultiple'>,
): boolean => usual.known && newcomersPeaks.some((count, index) => count >= newcomersLimit(index, usual, setting));

export function measureOf(episode: Episode, setting: WatchSetting): Measure {
  const { peaks, usual } = episode;
  const isOver = (limit: typeof limitOf): boolean =>
    HORIZONS.some((_, index) => (peaks[index] ?? 0) >= limit(index, usual, setting));
  if (isOver(limitOf)) return 'any';
  if (usual.weekSeen && isOver(quietLimitOf)) return 'quiet';
  if (isCrowded(episode, setting)) return 'newcomers';
  return usual.weekSeen ? 'quiet' : 'any';
}

/** It is much only for this mailbox. */
export const isMuchHereOnly = (episode: Episode, setting: WatchSetting): boolean =>
  measureOf(episode, setting) !== 'any';

export function volumeOf(episode: Episode, setting: WatchSetting): Volume {
  const measure = measureOf(episode, setting);
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
    count: counts[index] ?? 0,
    ratio,
    limit,
    byUsual: limit > floorOf(measure, index) * setting.volumeThreshold,
  };
}

/** What a window may hold whatever is usual, in parts of MailVolumeThreshold. */
export function floorOf(measure: Measure, index: number): number {
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
  let nearest = { index: NEWCOMERS.from as number, count: 0, from: Number.POSITIVE_INFINITY };
  for (let index = NEWCOMERS.from; index < HORIZONS.length; index++) {
    const least = NEWCOMERS.much * (HORIZONS[index]?.floor ?? 1) * setting.volumeThreshold;
    const from = Math.max(least, newcomersLimit(index, newcomersUsual, setting));
    const count = newcomersPeaks[index] ?? 0;
    if (count / from > nearest.count / nearest.from) nearest = { index, count, from };
  }
  return nearest;
}

function weightOf(volume: Volume, episode: Episode, setting: WatchSetting): number {
  if (volume.measure !== 'newcomers') return VOLUME_POINTS.find(each => volume.ratio >= each.from)?.weight ?? 30;
  const { count, from } = muchOf(episode, setting);
  return count >= from ? NEWCOMER_POINTS.much : NEWCOMER_POINTS.some;
}

export function volumeFactor(episode: Episode, setting: WatchSetting): Weighed {
  const volume = volumeOf(episode, setting);
  const { measure, index, count, limit, byUsual } = volume;
  const window = HORIZONS[index]?.name ?? '';
  const ofThem = measure === 'newcomers';
  const expected = ofThem ? episode.newcomersUsual : episode.usual;
  const usual = expected.known ? `, usual is ${Math.round(expected.expected[index] ?? 0)} at most` : '';
  const met = ofThem
    ? `${count} messages within one ${window} by senders who never wrote to anybody here before`
    : `${count} messages within one ${window}`;
  const holds = `${Math.round(limit)} messages within one ${window}`;
  return {
    name: 'volume',
    weight: weightOf(volume, episode, setting),
    evidence: `${met}, the limit${ofThem ? ' of such' : ''} is ${Math.round(limit)}${usual}`,
    tunable: byUsual
      ? { name: 'BaselineMultiple', met, limit: `${setting.baselineMultiple} (${holds})` }
      : { name: 'MailVolumeThreshold', met, limit: `${setting.volumeThreshold} a minute (${holds})` },
  };
}
