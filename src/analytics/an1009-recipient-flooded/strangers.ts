import { DAY_MS } from '../../core/time.ts';

interface Count {
  /** Messages of senders that were new to the whole estate, and of all. */
  count: number;
  of: number;
}

/** How many of a mailbox's messages outside bursts came from strangers: the last two days apart, the days before together. */
export interface Strangers {
  before: Count;
  days: (Count & { readonly day: number })[];
}

/** So many messages must have been seen to say how many of a mailbox's senders are usually new. */
const KNOWN_FROM = 50;

export const newStrangers = (): Strangers => ({ before: { count: 0, of: 0 }, days: [] });

export function countStranger(strangers: Strangers, time: number, who: 'new' | 'known'): void {
  const { days, before } = strangers;
  const day = Math.floor(time / DAY_MS);
  let last = days.at(-1);
  if (last === undefined || day > last.day) {
    last = { day, count: 0, of: 0 };
    days.push(last);
    // A burst is known after a day at the latest: what is older was none.
    if (days.length > 2) add(before, days.shift() as Count);
  }
  last.of += 1;
  if (who === 'new') last.count += 1;
}

/** The part that usually is of strangers; 0 when too little was seen. The day on which a burst began, and what came since, are not usual. */
export function strangersBefore({ before, days }: Strangers, start: number): number {
  const seen = { ...before };
  for (const each of days) if (each.day < Math.floor(start / DAY_MS)) add(seen, each);
  return seen.of >= KNOWN_FROM ? seen.count / seen.of : 0;
}

/** A burst's first messages were counted before it was known for one. */
export function forgetStrangers(strangers: Strangers, start: number): void {
  strangers.days = strangers.days.filter(each => each.day < Math.floor(start / DAY_MS));
}

function add(to: Count, { count, of }: Count): void {
  to.count += count;
  to.of += of;
}
