import { MINUTE_MS } from '../../core/time.ts';
import { median } from '../../state/baseline/known.ts';

/** Where the flood itself began and ended, and how many of the burst's messages lie between. */
export interface Core {
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** A gap so many times what is common in the burst, and no shorter than this, parts what came before or after from it. */
const APART_TIMES = 20;
const APART_MS = 2 * MINUTE_MS;
/** Stragglers are few: what is more is a wave of its own. */
const STRAGGLERS = 0.1;

/**
 * A burst is over only when its window has cooled, and begins with the window that was too full: a few ordinary letters before and
 * after are counted with it. Null where none stands apart, or not all arrivals are known.
 */
export function coreOf(arrivals: readonly number[], count: number): Core | null {
  if (arrivals.length < count || count < 1 / STRAGGLERS) return null;
  const times = arrivals.toSorted((a, b) => a - b);
  const gaps = times.slice(1).map((time, i) => time - (times[i] as number));
  const apart = Math.max(APART_MS, APART_TIMES * median(gaps));
  const most = Math.floor(STRAGGLERS * times.length);
  // gaps[i] lies between times[i] and times[i + 1].
  const head = gaps.slice(0, most).findLastIndex(gap => gap > apart) + 1;
  const tail = gaps.slice(-most).findIndex(gap => gap > apart);
  const end = tail < 0 ? times.length - 1 : gaps.length - most + tail;
  if (head === 0 && end === times.length - 1) return null;
  return { first: times[head] as number, last: times[end] as number, count: end - head + 1 };
}
