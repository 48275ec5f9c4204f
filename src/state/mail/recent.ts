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
