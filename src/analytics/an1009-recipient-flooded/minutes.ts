import { MINUTE_MS } from '../../core/time.ts';

const MINUTES_MAX = 3000;

/** Counts by minute over the last two days of event time: what the whole estate saw while one mailbox was flooded. */
export class Minutes {
  counts = new Map<number, number>();

  add(time: number, amount: number): void {
    const minute = Math.floor(time / MINUTE_MS);
    this.counts.set(minute, (this.counts.get(minute) ?? 0) + amount);
    if (this.counts.size > MINUTES_MAX) this.counts.delete(this.counts.keys().next().value as number);
  }

  between(from: number, to: number): number {
    const first = Math.floor(from / MINUTE_MS);
    const last = Math.floor(to / MINUTE_MS);
    let sum = 0;
    for (const [minute, count] of this.counts) if (minute >= first && minute <= last) sum += count;
    return sum;
  }
}
