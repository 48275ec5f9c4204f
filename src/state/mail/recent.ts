import type { Delivery, Message } from './contract.ts';

export interface Delivered {
  readonly message: Message;
  readonly delivery: Delivery;
}

/**
 * Lists by key, each and all together with a cap; the key written longest ago loses its list first. Lists are kept in the
 * order of writing, oldest first.
 */
export class RecentLists<T> {
  lists = new Map<string, T[]>();
  total = 0;
  evicted = 0;
  readonly #listMax: number;
  readonly #totalMax: number;

  constructor(listMax: number, totalMax: number) {
    this.#listMax = listMax;
    this.#totalMax = totalMax;
  }

  get(key: string): readonly T[] {
    return this.lists.get(key) ?? [];
  }

  add(key: string, item: T): void {
    const list = this.lists.get(key) ?? [];
    this.lists.delete(key);
    this.lists.set(key, list);
    list.push(item);
    this.total += 1;
    if (list.length > this.#listMax) this.#cut(list, Math.max(1, this.#listMax >> 2));
    while (this.total > this.#totalMax) {
      const first = this.lists.entries().next().value;
      if (first === undefined) return;
      const [oldKey, oldest] = first;
      if (oldKey === key) this.#cut(oldest, Math.max(1, oldest.length >> 1));
      else {
        this.#cut(oldest, oldest.length);
        this.lists.delete(oldKey);
      }
    }
  }

  #cut(list: T[], count: number): void {
    list.splice(0, count);
    this.total -= count;
    this.evicted += count;
  }

  snapshot(): { lists: Map<string, T[]>; total: number; evicted: number } {
    return { lists: this.lists, total: this.total, evicted: this.evicted };
  }

  restore(data: { lists: Map<string, T[]>; total: number; evicted: number }): void {
    this.lists = new Map([...data.lists].map(([key, list]) => [key, [...list]]));
    this.total = data.total;
    this.evicted = data.evicted;
  }
}
