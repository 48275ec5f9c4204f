/** How far a sensor's clock is ahead of a host's, learned from connections that fit each other and nothing else. */
export interface ClockData {
  pairs: Map<string, { differences: number[]; offset: number; known: boolean }>;
}

const PAIRS_MAX = 4096;
const KEPT = 15;
const AGREEING = 3;
const SPREAD_MS = 1500;

export class Clocks {
  data: ClockData = { pairs: new Map() };

  /** Milliseconds to take off a sensor's time; 0 before anything is known. */
  offset(sensor: string, host: string): number {
    return this.data.pairs.get(`${sensor} ${host}`)?.offset ?? 0;
  }

  known(sensor: string, host: string): boolean {
    return this.data.pairs.get(`${sensor} ${host}`)?.known ?? false;
  }

  /** Takes one difference in. True when the offset has just become known. */
  learn(sensor: string, host: string, difference: number): boolean {
    const key = `${sensor} ${host}`;
    let pair = this.data.pairs.get(key);
    if (pair === undefined) {
      if (this.data.pairs.size >= PAIRS_MAX) return false;
      pair = { differences: [], offset: 0, known: false };
      this.data.pairs.set(key, pair);
    }
    pair.differences.push(difference);
    if (pair.differences.length > KEPT) pair.differences.shift();
    const sorted = [...pair.differences].sort((a, b) => a - b);
    const median = sorted[sorted.length >> 1] as number;
    const agreeing = sorted.filter(each => Math.abs(each - median) <= SPREAD_MS).length;
    if (agreeing < AGREEING || agreeing * 2 <= sorted.length) return false;
    const fresh = !pair.known;
    pair.offset = median;
    pair.known = true;
    return fresh;
  }
}
