import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/time.ts';

/**
 * The windows in which messages to one mailbox are counted. They slide with every message and have no boundaries to hide
 * behind. `floor` times MailVolumeThreshold is what a window must hold at least, so that one tunable moves them all; the
 * longer the window, the lower the rate that is abnormal. `multiple` is the least excess over the mailbox's own baseline.
 */
export interface Horizon {
  readonly name: string;
  readonly lengthMs: number;
  readonly floor: number;
  readonly multiple: number;
}

export const HORIZONS: readonly Horizon[] = [
  { name: 'one minute', lengthMs: MINUTE_MS, floor: 1, multiple: 5 },
  { name: 'five minutes', lengthMs: 5 * MINUTE_MS, floor: 2, multiple: 5 },
  { name: 'one hour', lengthMs: HOUR_MS, floor: 5, multiple: 4 },
  { name: 'eight hours', lengthMs: 8 * HOUR_MS, floor: 10, multiple: 3 },
  { name: 'one day', lengthMs: DAY_MS, floor: 15, multiple: 3 },
];

export const HORIZON_MAX_MS = DAY_MS;
/** From this index on a window is so long that sheer numbers mean nothing without a baseline. */
export const LONG_HORIZON = 3;

/**
 * Where a week showed that hardly anything comes, half of a window's floor is much already, if it exceeds the usual twice as
 * clearly. Of minutes a person hardly notices the half: this holds from the hour on.
 */
export const QUIET = { from: 2, floor: 0.5, multiple: 2 } as const;

/**
 * Where senders whom nobody here ever heard from come from many domains, fewer messages are too many: hardly anybody gets two new
 * correspondents a day. `floors` times MailVolumeThreshold of them are the least that is told (60 in an hour, 90 in eight, 120 in a
 * day), `much` of a window's own floor is clear; both only well above the newcomers that are usual, in such a window and on `days`
 * whole days together: what waited over a weekend comes within one hour.
 */
export const NEWCOMERS = {
  from: 2,
  floors: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 2, 3, 4],
  much: 0.5,
  multiple: 2,
  days: 3,
  domains: 20,
} as const;

/**
 * Newcomers that rise over days: so many days at most are looked at, each of several times what any of the days before them brought,
 * of which two or more were seen. The last day and all of them together hold `lastDay` and `floor` times MailVolumeThreshold at least
 * (40 and 120 messages); from `much` times (225), and ten times the usual and `clearDay` (60) within one day, it is clear.
 */
export const RISE = {
  days: 7,
  daysBefore: 2,
  multiple: 3,
  lastDay: 4 / 3,
  floor: 4,
  much: 7.5,
  clear: 10,
  clearDay: 2,
} as const;
