/**
 * How far apart the clocks of two logs are, out of things that both saw: a process id, a message id, a connection.
 * Each log keeps the first time at which it saw a thing; the difference that most of the shared things agree on counts.
 */
export class ClockMarks {
  readonly #first = new Map<string, number>();
  readonly #marksMax: number;

  constructor(marksMax = 50_000) {
    this.#marksMax = marksMax;
  }

  get size(): number {
    return this.#first.size;
  }

  /** `key` names the thing, in the same words for every log. Only the first time of a thing counts. */
  see(key: string, time: number): void {
    if (this.#first.size < this.#marksMax && !this.#first.has(key)) this.#first.set(key, time);
  }

  /** Milliseconds by which `this` is ahead of `other`, and how many shared things say so; null when too few agree. */
  aheadOf(other: ClockMarks): ClockOffset | null {
    const differences: number[] = [];
    for (const [key, time] of this.#first) {
      const there = other.#first.get(key);
      if (there !== undefined) differences.push(time - there);
    }
    return densest(differences);
  }
}

export interface ClockOffset {
  readonly offsetMs: number;
  /** Shared things whose difference lies within a window of WINDOW_MS around it. */
  readonly agreeing: number;
  readonly shared: number;
}

const WINDOW_MS = 3000;
const AGREEING_MIN = 3;
/** Fewer than this share of the shared things is chance: process ids come round again. */
const AGREEING_SHARE = 0.25;

/** The median of the fullest window of differences. */
export function densest(differences: readonly number[]): ClockOffset | null {
  const sorted = differences.toSorted((a, b) => a - b);
  let bestFrom = 0;
  let best = 0;
  for (let from = 0, to = 0; from < sorted.length; from++) {
    while (to < sorted.length && (sorted[to] as number) - (sorted[from] as number) <= WINDOW_MS) to += 1;
    if (to - from > best) {
      best = to - from;
      bestFrom = from;
    }
  }
  if (best < AGREEING_MIN || best < sorted.length * AGREEING_SHARE) return null;
  return { offsetMs: sorted[bestFrom + (best >> 1)] as number, agreeing: best, shared: sorted.length };
}
