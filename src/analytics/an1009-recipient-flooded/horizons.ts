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
  { name: 'minute', lengthMs: MINUTE_MS, floor: 1, multiple: 5 },
  { name: 'five minutes', lengthMs: 5 * MINUTE_MS, floor: 2, multiple: 5 },
  { name: 'hour', lengthMs: HOUR_MS, floor: 5, multiple: 4 },
  { name: 'eight hours', lengthMs: 8 * HOUR_MS, floor: 10, multiple: 3 },
  { name: 'day', lengthMs: DAY_MS, floor: 15, multiple: 3 },
];

export const HORIZON_MAX_MS = DAY_MS;
/** From this index on a window is so long that sheer numbers mean nothing without a baseline. */
export const LONG_HORIZON = 3;

/** What the window of LONG_HORIZON must hold at least where a week showed that hardly anything comes: this floor, and so many times its usual. */
export const QUIET = { floor: 5, multiple: 10 } as const;
