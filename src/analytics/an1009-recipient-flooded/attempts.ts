import { DAY_MS, MINUTE_MS } from '../../core/time.ts';
import { HORIZONS, LONG_HORIZON, NEWCOMERS } from './horizons.ts';

/** An attempt at a mailbox that the server refused. */
export interface Refusal {
  readonly time: number;
  readonly client: string;
  readonly sender: string;
}

/** The last day's refusals of one mailbox, and what they came to when they were counted last. */
export interface Attempts {
  refused: Refusal[];
  countedMinute: number;
  counts: number[];
}

const REFUSED_MAX = 1000;
/** Of too many so much is kept, so that few refusals move the list. */
const KEPT = 0.9;
/** What is refused every day belongs to no flood: a window counts that holds so many times what the rest of the day held. */
const MULTIPLE = 3;
const NONE: readonly number[] = HORIZONS.map(() => 0);

export const newAttempts = (): Attempts => ({ refused: [], countedMinute: -1, counts: [] });

export function addRefusal(attempts: Attempts, refusal: Refusal): void {
  const { refused } = attempts;
  refused.push(refusal);
  if (refused.length > REFUSED_MAX || (refused[0] as Refusal).time <= refusal.time - 2 * DAY_MS)
    attempts.refused = refused.slice(-REFUSED_MAX * KEPT).filter(each => each.time > refusal.time - DAY_MS);
}

/**
 * How many senders each window before `time` refused whose mail was not taken in it either, as greylisted mail is in the end; none
 * where as many are refused on other hours of the day. `accepted`: who did come through lately. Counted once a minute.
 */
export function refusedIn(attempts: Attempts, time: number, accepted: () => ReadonlySet<string>): readonly number[] {
  if (attempts.refused.length === 0) return NONE;
  const minute = Math.floor(time / MINUTE_MS);
  if (attempts.countedMinute === minute) return attempts.counts;
  attempts.countedMinute = minute;
  const through = accepted();
  const lately = attempts.refused.filter(
    each => each.time > time - DAY_MS && each.time <= time && !through.has(each.sender),
  );
  attempts.counts = HORIZONS.map(({ lengthMs }, index) => {
    if (index < NEWCOMERS.from || index > LONG_HORIZON) return 0;
    const inside = sendersOf(lately, each => each.time > time - lengthMs);
    return inside >= MULTIPLE * sendersOf(lately, each => each.time <= time - lengthMs) ? inside : 0;
  });
  return attempts.counts;
}

const sendersOf = (refused: readonly Refusal[], is: (refusal: Refusal) => boolean): number =>
  new Set(refused.filter(is).map(each => each.sender)).size;

/**
 * One flood: what came through, and as many again at most of what did not. Refusals alone harm nobody, and every mailbox gets some.
 */
export const together = (accepted: readonly number[], refused: readonly number[]): number[] =>
  accepted.map((count, index) => count + Math.min(count, refused[index] as number));
