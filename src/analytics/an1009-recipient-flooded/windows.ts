import { HORIZON_MAX_MS, HORIZONS } from './horizons.ts';
import type { Sample } from './sample.ts';

/** What a mailbox got lately, oldest first, and which of it each window holds. */
export interface Windows {
  /** When each message came, of the last day and some before. Windows move over numbers: each message lies elsewhere in memory. */
  times: number[];
  /** The messages of the last of these times: those that a window can still hold, and few more. */
  samples: Sample[];
  /** For each horizon, the index of the first time inside it. */
  heads: number[];
  /** Messages of the last day that were too many to keep. */
  dropped: number;
}

const SAMPLES_MAX = 4000;
/** Moving the rest is only worth it for many at once: of times, which are small, and of messages, which are not. */
const TIMES_MOVED_MIN = 64;
const SAMPLES_MOVED_MIN = 8;

export const newWindows = (): Windows => ({ times: [], samples: [], heads: HORIZONS.map(() => 0), dropped: 0 });

/** Adds the sample and gives how many each horizon now holds. */
export function slide(windows: Windows, sample: Sample): number[] {
  const { times, heads } = windows;
  times.push(sample.time);
  windows.samples.push(sample);
  for (let i = 0; i < HORIZONS.length; i++) {
    const from = sample.time - (HORIZONS[i] as (typeof HORIZONS)[number]).lengthMs;
    let head = heads[i] as number;
    // The one just taken ends it.
    while ((times[head] as number) <= from) head += 1;
    heads[i] = head;
  }
  trimTimes(windows, sample.time - HORIZON_MAX_MS);
  trimSamples(windows);
  return countsOf(windows);
}

export const countsOf = ({ times, heads }: Windows): number[] => heads.map(head => times.length - head);

/** The messages that a window holds. */
export function samplesIn({ times, samples, heads }: Windows, horizon: number): Sample[] {
  return samples.slice(Math.max(0, (heads[horizon] as number) - (times.length - samples.length)));
}

/** How many came in a span of time. */
export function countBetween({ times }: Windows, from: number, to: number): number {
  let count = 0;
  for (const time of times) if (time >= from && time <= to) count += 1;
  return count;
}

/** What came until `time` is in no window any more. */
export function leaveBehind(windows: Windows, time: number): void {
  const behind = windows.times.findLastIndex(each => each <= time) + 1;
  windows.heads = windows.heads.map(head => Math.max(head, behind));
}

function trimTimes(windows: Windows, oldest: number): void {
  const { times } = windows;
  const excess = times.length - SAMPLES_MAX;
  // Mostly nothing is to be done, and this shows it at once.
  if (excess <= 0 && !((times[TIMES_MOVED_MIN - 1] ?? Number.POSITIVE_INFINITY) <= oldest)) return;
  let count = 0;
  while ((times[count] as number) <= oldest) count += 1;
  if (excess > 0) {
    const cut = Math.max(excess, SAMPLES_MAX >> 3);
    windows.dropped += Math.max(0, cut - count);
    count = Math.max(count, cut);
  }
  if (count < TIMES_MOVED_MIN && excess <= 0) return;
  windows.times = times.slice(count);
  windows.heads = windows.heads.map(head => Math.max(0, head - count));
}

/** Of messages that no window holds half as many as are held may wait to be dropped. */
function trimSamples(windows: Windows): void {
  const { times, samples, heads } = windows;
  const held = times.length - Math.min(...heads);
  if (samples.length < SAMPLES_MOVED_MIN + held + (held >> 1) && samples.length <= SAMPLES_MAX) return;
  windows.samples = samples.slice(samples.length - held);
}
