import type { Ref } from '../../events/ref.ts';
import type { StoreWritten } from '../../state/notices.ts';
import type { Refusal } from './attempts.ts';
import type { Usual } from './history.ts';
import { HORIZONS } from './horizons.ts';
import type { NewcomersUsual } from './newcomers.ts';
import type { Rise } from './rise.ts';
import type { Sample } from './sample.ts';
import { newTally, type Tally } from './tally.ts';

const REFUSALS_MAX = 1000;

export interface GrowthMark {
  readonly time: number;
  readonly host: string;
  readonly box: string;
  readonly program: string;
  readonly ref: Ref;
}

export const growthOf = (notice: StoreWritten): GrowthMark => ({
  time: notice.time,
  host: notice.host,
  box: notice.box,
  program: notice.process.exe,
  ref: notice.ref,
});

/** A burst that was told as a flood, once it is over. */
export interface Flood {
  readonly start: number;
  readonly last: number;
  readonly count: number;
}

/** A burst at one mailbox, from its first message on. It goes on over pauses, so that one bombing is one story. */
export interface Episode {
  readonly mailbox: string;
  readonly start: number;
  /** The horizon by which it was noticed first. */
  readonly horizon: number;
  readonly usual: Usual;
  /** The part of this mailbox's messages that usually comes from senders never seen before, 0 when not known. */
  readonly strangersUsual: number;
  /** How many senders never heard of before are usual, and the most of them that each horizon held. */
  readonly newcomersUsual: NewcomersUsual;
  newcomersPeaks: number[];
  /** Of these, senders that were refused. */
  refusedPeaks: number[];
  /** The newcomers rose over days before; null when they did not. */
  readonly rise: Rise | null;
  newcomersCount: number;
  /** How long the evidence had been telling of mail at all. */
  readonly evidenceBeforeMs: number;
  /** The flood before it at this mailbox, no longer than a week ago; null for none. */
  readonly floodBefore: Flood | null;
  last: number;
  /** The most that each horizon held. */
  peaks: number[];
  peakSample: Sample;
  tally: Tally;
  growth: { count: number; first: GrowthMark | null; last: GrowthMark | null };
  refusals: Set<string>;
  /** Arrival times, to tell a queue that was held up from a burst. */
  arrivals: number[];
  open: boolean;
}

export interface Before {
  readonly usual: Usual;
  readonly strangersUsual: number;
  readonly newcomersUsual: NewcomersUsual;
  readonly rise: Rise | null;
  readonly evidenceBeforeMs: number;
  readonly floodBefore: Flood | null;
}

export function newEpisode(mailbox: string, first: Sample, horizon: number, before: Before): Episode {
  return {
    mailbox,
    start: first.time,
    horizon,
    ...before,
    last: first.time,
    peaks: [],
    newcomersPeaks: HORIZONS.map(() => 0),
    refusedPeaks: HORIZONS.map(() => 0),
    newcomersCount: 0,
    peakSample: first,
    tally: newTally(),
    growth: { count: 0, first: null, last: null },
    refusals: new Set(),
    arrivals: [],
    open: true,
  };
}

/** An attempt that was refused counts once a client and sender, however often it is made again. */
export function addRefused({ refusals }: Episode, { client, sender }: Refusal): void {
  if (refusals.size < REFUSALS_MAX) refusals.add(`${client} ${sender}`);
}

export function addGrowth(episode: Episode, mark: GrowthMark): void {
  const { growth } = episode;
  growth.count += 1;
  if (growth.first === null || mark.time < growth.first.time) growth.first = mark;
  if (growth.last === null || mark.time >= growth.last.time) growth.last = mark;
}
