import type { Life } from './life.ts';

type ByHost = Map<string, Map<string, Life>>;

export interface LivesData {
  young: ByHost;
  old: ByHost;
  youngCount: number;
  oldCount: number;
  evicted: number;
}

/**
 * Messages by host and queue id, in two generations over all hosts: a message that has not been heard of while half of
 * `messagesMax` others came is forgotten and counted.
 */
export class Lives {
  data: LivesData = { young: new Map(), old: new Map(), youngCount: 0, oldCount: 0, evicted: 0 };
  readonly #halfMax: number;
  /** The young message asked for last: the lines of one message mostly follow each other. */
  #latest: Life | null = null;

  constructor(messagesMax: number) {
    this.#halfMax = Math.max(1, messagesMax >> 1);
  }

  get evicted(): number {
    return this.data.evicted;
  }

  peek(host: string, queueId: string): Life | undefined {
    if (this.#isLatest(host, queueId)) return this.#latest as Life;
    return this.data.young.get(host)?.get(queueId) ?? this.data.old.get(host)?.get(queueId);
  }

  /** The messages under this id on all hosts, in order of the hosts' names. */
  everywhere(queueId: string): Life[] {
    const found = new Map<string, Life>();
    for (const lives of [this.data.old, this.data.young]) {
      for (const [host, own] of lives) {
        const life = own.get(queueId);
        if (life !== undefined) found.set(host, life);
      }
    }
    return [...found].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([, life]) => life);
  }

  /** The message at hand; one of the old generation becomes young again. */
  touch(host: string, queueId: string): Life | undefined {
    if (this.#isLatest(host, queueId)) return this.#latest as Life;
    const young = this.data.young.get(host)?.get(queueId);
    if (young !== undefined) {
      this.#latest = young;
      return young;
    }
    const life = this.data.old.get(host)?.get(queueId);
    if (life !== undefined) this.set(host, life.queueId, life);
    return life;
  }

  /** Takes a message in, in place of an earlier one under the same id. */
  set(host: string, queueId: string, life: Life): void {
    const { data } = this;
    if (data.old.get(host)?.delete(queueId) === true) data.oldCount -= 1;
    let young = data.young.get(host);
    if (young === undefined) {
      young = new Map();
      data.young.set(host, young);
    }
    const before = young.size;
    young.set(queueId, life);
    data.youngCount += young.size - before;
    this.#latest = life;
    if (data.youngCount < this.#halfMax) return;
    data.evicted += data.oldCount;
    data.old = data.young;
    data.oldCount = data.youngCount;
    data.young = new Map();
    data.youngCount = 0;
    this.#latest = null;
  }

  restore(data: LivesData): void {
    const copy = (from: ByHost): ByHost => new Map([...from].map(([host, lives]) => [host, new Map(lives)]));
    this.data = { ...data, young: copy(data.young), old: copy(data.old) };
    this.#latest = null;
  }

  #isLatest(host: string, queueId: string): boolean {
    return this.#latest !== null && this.#latest.queueId === queueId && this.#latest.host === host;
  }
}
