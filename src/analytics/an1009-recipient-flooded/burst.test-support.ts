import type { Ref } from '../../events/ref.ts';
import type { StoreComparison } from '../../state/mail/comparison.ts';
import type { World } from '../../state/world.ts';
import { type Episode, newEpisode } from './episode.ts';
import type { Surroundings } from './judge.ts';
import type { Sample } from './sample.ts';
import { newTally, type Tally } from './tally.ts';
import type { WatchSetting } from './watch.ts';

/** A burst in plain values, as the rules are handed it: what is not said is as harmless as it gets. */
export const REF: Ref = { source: 0, offset: 0, length: 1, next: null };
export const HOUR = 3_600_000;

export const sample = (facts: Partial<Sample> = {}): Sample => ({
  time: 0,
  arrived: 0,
  host: 'mx1',
  queueId: 'Q',
  messageId: '',
  sender: 'a@example.net',
  senderKnown: true,
  writer: facts.sender ?? 'a@example.net',
  address: 'clerk@example.org',
  client: '203.0.113.1',
  sizeBytes: -1,
  route: 'outside',
  submitterUid: -1,
  ownNotification: false,
  sharedBy: 1,
  attachments: [],
  attachmentHashes: [],
  outcome: 'box',
  passedOn: false,
  unlinked: false,
  ref: REF,
  ...facts,
});

export const tally = (facts: Partial<Tally> = {}): Tally => ({ ...newTally(), ...facts });

export function episode(facts: Partial<Episode> = {}, counts: Partial<Tally> = {}): Episode {
  const before = {
    usual: { known: true, hoursSeen: 99, weekSeen: false, expected: [0, 0, 0, 0, 0] },
    strangersUsual: 0,
    rise: null,
    newcomersUsual: { known: false, expected: [0, 0, 0, 0, 0] },
    evidenceBeforeMs: 48 * HOUR,
    floodBefore: null,
  };
  return { ...newEpisode('clerk', sample(), 0, before), last: 60_000, peaks: [30], tally: tally(counts), ...facts };
}

export const held = (facts: Partial<StoreComparison> = {}): StoreComparison =>
  ({
    logged: 0,
    stored: 0,
    both: 0,
    onlyLogged: 0,
    onlyStored: 0,
    storedBytes: 0,
    skewMs: 0,
    repeated: null,
    isCut: false,
    ...facts,
  }) as StoreComparison;

export const around = (facts: Partial<Surroundings> = {}): Surroundings => ({
  estateCount: 0,
  otherMailboxes: 0,
  otherMedian: 0,
  emptyConnections: 0,
  emptyOfSenders: 0,
  sentBefore: 0,
  repliesToMain: 0,
  answered: 0,
  ownerUid: -1,
  byWebServer: false,
  byPerson: false,
  noisy: false,
  collection: null,
  copied: 0,
  isCollected: false,
  held: null,
  storesOnly: false,
  burstMinimum: 60,
  ...facts,
});

export const SETTING: WatchSetting = {
  volumeThreshold: 30,
  baselineMultiple: 1,
  evidenceStart: 0,
  isNewcomer: () => false,
  learned: () => null,
};

/** `count` different keys, each once. */
export const each = (count: number, prefix = 'k'): Map<string, number> =>
  new Map(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, 1]));

export const worldOf = (facts: object): World => facts as unknown as World;
