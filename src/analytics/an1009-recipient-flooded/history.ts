import { DAY_MS, HOUR_MS } from '../../core/time.ts';
import { HORIZONS } from './horizons.ts';
import type { NewcomersUsual } from './newcomers.ts';

/** One hour in which a mailbox got anything. `held`: it belongs to a burst that has not been judged harmless. */
export interface HourCount {
  readonly hour: number;
  count: number;
  peakMinute: number;
  peakFive: number;
  /** Of senders who never wrote to anybody here before. */
  newcomers: number;
  held: boolean;
}

const HOURS_MAX = 28 * 24;
/** So many hours with mail, in half a day or more, show what is usual; fewer do after a week: that hardly anything comes. */
const HOURS_KNOWN = 3;
const WEEK_MS = 7 * DAY_MS;
const QUANTILE = 0.9;

/**
 * What a mailbox usually gets, by hour, over the last four weeks that were not part of a burst. Robust: quantiles, never
 * means, so that one odd day does not move it; and what alerts never trains it.
 */
export interface History {
  hours: HourCount[];
  firstTime: number;
}

export const newHistory = (time: number): History => ({ hours: [], firstTime: time });

export function addToHistory(
  history: History,
  time: number,
  peakMinute: number,
  peakFive: number,
  held: boolean,
  newcomers = 0,
): void {
  const hour = Math.floor(time / HOUR_MS);
  const { hours } = history;
  let at = hours.length - 1;
  while (at >= 0 && (hours[at] as HourCount).hour > hour) at -= 1;
  const known = hours[at];
  if (known !== undefined && known.hour === hour) {
    known.count += 1;
    known.peakMinute = Math.max(known.peakMinute, peakMinute);
    known.peakFive = Math.max(known.peakFive, peakFive);
    known.newcomers += newcomers;
    known.held ||= held;
    return;
  }
  hours.splice(at + 1, 0, { hour, count: 1, peakMinute, peakFive, newcomers, held });
  if (hours.length > HOURS_MAX) hours.splice(0, hours.length - HOURS_MAX);
}

/** From `time` on nothing counts as usual until it is released. */
export function holdFrom(history: History, time: number): void {
  const hour = Math.floor(time / HOUR_MS);
  for (const each of history.hours) if (each.hour >= hour) each.held = true;
}

/** A burst was judged: as harmless, its hours become usual; else they are forgotten. */
export function settle(history: History, from: number, to: number, verdict: 'usual' | 'forget'): void {
  const first = Math.floor(from / HOUR_MS);
  const last = Math.floor(to / HOUR_MS);
  if (verdict === 'forget') history.hours = history.hours.filter(each => each.hour < first || each.hour > last);
  else for (const each of history.hours) if (each.hour >= first && each.hour <= last) each.held = false;
}

/** What is usual for each horizon, and whether enough was seen to say so. */
export interface Usual {
  readonly known: boolean;
  readonly hoursSeen: number;
  /** A week or more of the mailbox was seen in this evidence. */
  readonly weekSeen: boolean;
  readonly expected: readonly number[];
}

/** A flood that rises slowly must not be what is usual an hour later: only what lies a day back counts, or less where the evidence is young. */
const DAY_HOURS = 24;
const LAG_HOURS = 8;

/** What was usual before `time`, most of all at this time of day and week. `evidenceStart`: since when any mail is told of. */
export function usualBefore(history: History, time: number, evidenceStart: number): Usual {
  const now = Math.floor(time / HOUR_MS);
  const hours = behind(history, time, evidenceStart);
  const seenMs = time - history.firstTime;
  const weekSeen = hours.length > 0 && seenMs >= WEEK_MS;
  const known = weekSeen || (hours.length >= HOURS_KNOWN && seenMs >= DAY_MS / 2);
  if (!known) return { known, hoursSeen: hours.length, weekSeen, expected: HORIZONS.map(() => 0) };
  // The same hour of the day, one more or less: nightly reports come every night.
  const alike = hours.filter(each => isAlike(each.hour, now));
  const expected = [
    Math.max(quantile(hours.map(each => each.peakMinute)), quantile(alike.map(each => each.peakMinute))),
    Math.max(quantile(hours.map(each => each.peakFive)), quantile(alike.map(each => each.peakFive))),
    Math.max(quantile(hours.map(each => each.count)), quantile(alike.map(each => each.count))),
    quantile(sums(hours, 8)),
    quantile(sums(hours, 24)),
  ];
  return { known, hoursSeen: hours.length, weekSeen, expected };
}

/** The hours that tell what was usual before `time`. */
const behind = (history: History, time: number, evidenceStart: number): HourCount[] =>
  hoursBefore(history, time, time - evidenceStart >= 2 * DAY_MS ? DAY_HOURS : LAG_HOURS);

function hoursBefore({ hours }: History, time: number, lag: number): HourCount[] {
  const now = Math.floor(time / HOUR_MS);
  return hours.filter(each => !each.held && each.hour < now - lag && each.hour >= now - HOURS_MAX);
}

/**
 * How many newcomers were usual before `time`, of the hours that held any. What a mailbox got since yesterday only is better than
 * nothing: a new one would have been as busy from the first message on.
 */
export function newcomersBefore(history: History, time: number, evidenceStart: number): NewcomersUsual {
  const long = behind(history, time, evidenceStart);
  const seen = long.length > 0 ? long : hoursBefore(history, time, LAG_HOURS);
  const hours = seen.filter(each => each.newcomers > 0).map(({ hour, newcomers }) => ({ hour, count: newcomers }));
  const known = seen.length > 0 && time - evidenceStart >= DAY_MS && time - history.firstTime >= DAY_MS / 2;
  const expected = [0, 0, quantile(hours.map(each => each.count)), quantile(sums(hours, 8)), quantile(sums(hours, 24))];
  return { known, expected };
}

function isAlike(hour: number, now: number): boolean {
  const apart = Math.abs((hour % 24) - (now % 24));
  return Math.min(apart, 24 - apart) <= 1;
}

/** For each hour with mail, what it and the hours before it, `length` in all, brought together. */
function sums(hours: readonly Pick<HourCount, 'hour' | 'count'>[], length: number): number[] {
  const found: number[] = [];
  let from = 0;
  let sum = 0;
  for (const each of hours) {
    sum += each.count;
    while ((hours[from] as { readonly hour: number }).hour <= each.hour - length) {
      sum -= (hours[from] as { readonly count: number }).count;
      from += 1;
    }
    found.push(sum);
  }
  return found;
}

/** The value that nine in ten do not exceed; 0 of nothing. */
export function quantile(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * QUANTILE))] as number;
}
