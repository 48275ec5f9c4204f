import { DAY_MS, HOUR_MS } from '../../core/time.ts';
import type { History } from './history.ts';
import { RISE } from './horizons.ts';

/** Newcomers who became far more than they ever were, day after day, before a burst. */
export interface Rise {
  /** Days on which it goes on, that of the burst's beginning among them. */
  readonly days: number;
  /** How many of them came on the days before the burst. */
  readonly before: number;
  /** The most that any day before brought. */
  readonly usual: number;
}

/**
 * How long the last days have each brought several times the newcomers of every day before; null where they did not, or where
 * too few days were seen to say so. What rises slowly is its own history: it is measured by what was before it began.
 */
export function riseBefore(history: History, time: number, evidenceStart: number): Rise | null {
  const perDay = newcomersByDay(history, time, Math.max(history.firstTime, evidenceStart));
  for (let days = Math.min(RISE.days, perDay.length - RISE.daysBefore); days >= 2; days--) {
    const usual = Math.max(...perDay.slice(days));
    const rising = perDay.slice(0, days);
    if (!rising.every(count => count >= RISE.multiple * Math.max(1, usual))) continue;
    return { days, before: rising.slice(1).reduce((sum, count) => sum + count, 0), usual };
  }
  return null;
}

/** All newcomers of a rise, with those of the burst. */
export const riseTotal = (rise: Rise, inBurst: number): number => rise.before + inBurst;

/** The newcomers of each whole day back from `time`, the last one first, as far as the mailbox was seen. */
function newcomersByDay({ hours }: History, time: number, since: number): number[] {
  const perDay = new Array<number>(Math.floor((time - since) / DAY_MS)).fill(0);
  const now = Math.floor(time / HOUR_MS);
  for (const { hour, newcomers, held } of hours) {
    const day = Math.floor((now - hour) / 24);
    if (!held && day < perDay.length) perDay[day] = (perDay[day] as number) + newcomers;
  }
  return perDay;
}
