import type { Episode } from './episode.ts';
import { HORIZONS, QUIET } from './horizons.ts';
import { limitOf, quietLimitOf, type WatchSetting } from './watch.ts';
import type { Weighed } from './weighed.ts';

/** The window that was exceeded most: by how much, what it may hold, and whether the tunable or the usual sets that. */
export interface Volume {
  readonly index: number;
  readonly ratio: number;
  readonly limit: number;
  readonly byUsual: boolean;
}

/** It is much only for a mailbox that hardly gets anything. */
export const isMuchHereOnly = ({ peaks, usual }: Episode, setting: WatchSetting): boolean =>
  usual.weekSeen && !HORIZONS.some((_, index) => (peaks[index] ?? 0) >= limitOf(index, usual, setting));

export function volumeOf(episode: Episode, setting: WatchSetting): Volume {
  const limitIn = isMuchHereOnly(episode, setting) ? quietLimitOf : limitOf;
  let index = episode.horizon;
  let ratio = 0;
  HORIZONS.forEach((_, each) => {
    const over = (episode.peaks[each] ?? 0) / limitIn(each, episode.usual, setting);
    if (over <= ratio) return;
    ratio = over;
    index = each;
  });
  const limit = limitIn(index, episode.usual, setting);
  const floor = (HORIZONS[index]?.floor ?? 1) * (limitIn === limitOf ? 1 : QUIET.floor);
  return { index, ratio, limit, byUsual: limit > floor * setting.volumeThreshold };
}

/** Points by how many times the limit: from 1, from 2 and from 5 times. */
export const VOLUME_POINTS = [
  { from: 5, weight: 50 },
  { from: 2, weight: 40 },
  { from: 0, weight: 30 },
] as const;

export function volumeFactor(episode: Episode, setting: WatchSetting): Weighed {
  const { index, ratio, limit, byUsual } = volumeOf(episode, setting);
  const horizon = HORIZONS[index];
  const window = horizon?.name ?? '';
  const weight = VOLUME_POINTS.find(each => ratio >= each.from)?.weight ?? 30;
  const usual = episode.usual.known ? `, usual is ${Math.round(episode.usual.expected[index] ?? 0)} at most` : '';
  const met = `${episode.peaks[index] ?? 0} messages within one ${window}`;
  const holds = `${Math.round(limit)} messages within one ${window}`;
  return {
    name: 'volume',
    weight,
    evidence: `${met}, the limit is ${Math.round(limit)}${usual}`,
    tunable: byUsual
      ? { name: 'BaselineMultiple', met, limit: `${setting.baselineMultiple} (${holds})` }
      : { name: 'MailVolumeThreshold', met, limit: `${setting.volumeThreshold} a minute (${holds})` },
  };
}
