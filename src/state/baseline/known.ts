import { DAY_MS } from '../../core/time.ts';

/** What a thing is: a job that sends, a reader of mail stores, a program run out of downloads, a destination. */
export const KNOWN_KINDS = ['job', 'reader', 'program', 'destination'] as const;
export type KnownKind = (typeof KNOWN_KINDS)[number];

/** Something that happens here again and again, with its shape. */
export interface KnownThing {
  readonly kind: KnownKind;
  /** Its identity, in words, such as `mx1 · backup · /usr/bin/rsync`. */
  readonly key: string;
  firstDay: number;
  lastDay: number;
  /** Different days (since the epoch, UTC) on which it was seen. */
  days: number;
  times: number;
  /** The last VALUES_MAX values of each measure, oldest first. */
  measures: Record<string, number[]>;
  /** Where it went to, at most PLACES_MAX, each with the day it was last seen. */
  places: Record<string, number>;
}

export interface Sighting {
  readonly kind: KnownKind;
  readonly key: string;
  readonly time: number;
  readonly measures: Readonly<Record<string, number>>;
  readonly places: readonly string[];
}

const VALUES_MAX = 32;
const PLACES_MAX = 64;
/** What has not been seen for so long is forgotten. */
const FORGOTTEN_DAYS = 120;

/**
 * Jobs, readers, programs and destinations that are part of ordinary days. A measure is usual up to
 * median + 5 · 1.4826 · MAD, and at least twice the median: the MAD (median absolute deviation) times 1.4826 estimates the
 * standard deviation of a normal measure (Rousseeuw and Croux 1993), and half of the values may be anything at all
 * without moving it.
 */
export class KnownThings {
  readonly thingsMax: number;
  evicted = 0;
  #things = new Map<string, KnownThing>();

  constructor(thingsMax = 50_000) {
    this.thingsMax = thingsMax;
  }

  get size(): number {
    return this.#things.size;
  }

  learn(seen: Sighting): void {
    const id = idOf(seen.kind, seen.key);
    const day = Math.floor(seen.time / DAY_MS);
    let thing = this.#things.get(id);
    if (thing === undefined) {
      thing = {
        kind: seen.kind,
        key: seen.key,
        firstDay: day,
        lastDay: -1,
        days: 0,
        times: 0,
        measures: {},
        places: {},
      };
      this.#things.set(id, thing);
      if (this.#things.size > this.thingsMax) this.#evict();
    }
    if (day > thing.lastDay) {
      thing.days += 1;
      thing.lastDay = day;
    }
    thing.times += 1;
    for (const [name, value] of Object.entries(seen.measures)) {
      const values = thing.measures[name] ?? [];
      values.push(value);
      thing.measures[name] = values.slice(-VALUES_MAX);
    }
    for (const place of seen.places) thing.places[place] = day;
    const places = Object.entries(thing.places);
    if (places.length > PLACES_MAX)
      thing.places = Object.fromEntries(places.toSorted((a, b) => b[1] - a[1]).slice(0, PLACES_MAX));
  }

  get(kind: KnownKind, key: string): KnownThing | undefined {
    return this.#things.get(idOf(kind, key));
  }

  forget(kind: KnownKind, key: string): boolean {
    return this.#things.delete(idOf(kind, key));
  }

  /** Drops what has not been seen since `day` less FORGOTTEN_DAYS; returns how many. */
  prune(day: number): number {
    let gone = 0;
    for (const [id, thing] of this.#things) {
      if (thing.lastDay >= day - FORGOTTEN_DAYS) continue;
      this.#things.delete(id);
      gone += 1;
    }
    return gone;
  }

  /** Sorted by kind and key. */
  list(): KnownThing[] {
    return [...this.#things.values()].toSorted((a, b) =>
      a.kind !== b.kind ? KNOWN_KINDS.indexOf(a.kind) - KNOWN_KINDS.indexOf(b.kind) : a.key < b.key ? -1 : 1,
    );
  }

  /** The ones seen longest ago go, an eighth at once. */
  #evict(): void {
    const oldest = [...this.#things]
      .toSorted((a, b) => a[1].lastDay - b[1].lastDay)
      .slice(0, (this.thingsMax >> 3) + 1);
    for (const [id] of oldest) this.#things.delete(id);
    this.evicted += oldest.length;
  }

  snapshot(): unknown {
    return { things: [...this.#things.values()], evicted: this.evicted };
  }

  restore(data: unknown): void {
    const from = data as { things: KnownThing[]; evicted: number };
    this.#things = new Map(from.things.map(thing => [idOf(thing.kind, thing.key), thing]));
    this.evicted = from.evicted;
  }
}

const idOf = (kind: KnownKind, key: string): string => `${kind}\0${key}`;

const MAD_FACTOR = 1.4826;
const DEVIATIONS = 5;

/** The largest value that is still usual; NaN of nothing. */
export function usualMost(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const middle = median(values);
  const spread = median(values.map(value => Math.abs(value - middle))) * MAD_FACTOR;
  return Math.max(middle + DEVIATIONS * spread, 2 * middle);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1
    ? (sorted[half] as number)
    : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
}
