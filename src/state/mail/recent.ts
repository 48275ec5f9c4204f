import type { Delivery, Message } from './contract.ts';

export interface Delivered {
  readonly message: Message;
  readonly delivery: Delivery;
}

export interface RecentData<T> {
  young: Map<string, T[]>;
  old: Map<string, T[]>;
  youngTotal: number;
  oldTotal: number;
  evicted: number;
}

/**
 * Lists by key, each and all together with a cap. In two generations: a key that was not written to while others were,
 * half of `totalMax` times, loses its list. Lists are in the order of writing, oldest first.
 */
export class RecentLists<T> {
  data: RecentData<T> = { young: new Map(), old: new Map(), youngTotal: 0, oldTotal: 0, evicted: 0 };
  readonly #listMax: number;
  readonly #halfMax: number;

  constructor(listMax: number, totalMax: number) {
    this.#listMax = listMax;
    this.#halfMax = totalMax >> 1;
  }

  get evicted(): number {
    return this.data.evicted;
  }

  get(key: string): readonly T[] {
    return this.data.young.get(key) ?? this.data.old.get(key) ?? [];
  }

  add(key: string, item: T): void {
    const { data } = this;
    let list = data.young.get(key);
    if (list === undefined) {
      list = data.old.get(key) ?? [];
      data.old.delete(key);
      data.oldTotal -= list.length;
      data.youngTotal += list.length;
      data.young.set(key, list);
    }
    list.push(item);
    data.youngTotal += 1;
    if (list.length > this.#listMax) {
      const count = Math.max(1, this.#listMax >> 2);
      list.splice(0, count);
      data.youngTotal -= count;
      data.evicted += count;
    }
    if (data.youngTotal < this.#halfMax) return;
    data.evicted += data.oldTotal;
    data.old = data.young;
    data.oldTotal = data.youngTotal;
    data.young = new Map();
    data.youngTotal = 0;
  }

  restore(data: RecentData<T>): void {
    const copy = (from: Map<string, T[]>): Map<string, T[]> =>
      new Map([...from].map(([key, list]) => [key, [...list]]));
    this.data = { ...data, young: copy(data.young), old: copy(data.old) };
  }
}

/** Lists are in the order in which arrivals were told, which strays from the order of time by the lateness at most. */
const TOLD_LATE_MS = 600_000;

/** Messages first seen in a span of time, oldest first. */
export function between(list: readonly Message[], from: number, to: number): Message[] {
  const found: Message[] = [];
  for (let i = list.length - 1; i >= 0; i--) {
    const message = list[i] as Message;
    if (message.firstTime < from - TOLD_LATE_MS) break;
    if (message.firstTime >= from && message.firstTime <= to) found.push(message);
  }
  return found.sort((a, b) => a.firstTime - b.firstTime || (a.queueId < b.queueId ? -1 : 1));
}

/**
 * Of one process's deliveries the one logged nearest to a time, as the message that `mainOf` makes of it; `alike` counts
 * others of the same distance. Several in one second: nothing tells them apart but what they are; the largest is the
 * likeliest to carry a file.
 */
export function nearest(
  list: readonly Delivered[],
  wanted: { readonly time: number; readonly toleranceMs: number; readonly mailbox: string },
  mainOf: (message: Message) => Message,
): (Delivered & { alike: number }) | undefined {
  const near = list
    .filter(each => wanted.mailbox === '' || each.delivery.mailbox === wanted.mailbox)
    .map(each => ({ each, away: apart(each.delivery.time, wanted.time) }))
    .filter(({ away }) => away <= wanted.toleranceMs);
  const least = Math.min(...near.map(({ away }) => away));
  const alike = near
    .filter(({ away }) => away === least)
    .map(({ each }) => ({ message: mainOf(each.message), delivery: each.delivery }));
  alike.sort((a, b) => b.message.sizeBytes - a.message.sizeBytes || (a.message.queueId < b.message.queueId ? -1 : 1));
  const best = alike[0];
  return best === undefined ? undefined : { ...best, alike: new Set(alike.map(each => each.message.queueId)).size - 1 };
}

/** Distance in ms; a log stamp of whole seconds covers its whole second. */
function apart(logged: number, time: number): number {
  if (logged % 1000 === 0 && time >= logged && time < logged + 1000) return 0;
  return Math.abs(logged - time);
}
