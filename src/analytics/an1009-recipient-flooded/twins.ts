import { Generations } from '../../state/mail/generations.ts';
import type { Sample } from './sample.ts';

const SEEN_MAX = 100_000;
const TWINS_MAX = 50_000;

/**
 * One message is one sample, however often its fate is told: attempts that were deferred, several addresses of one mailbox,
 * a filter's or the next host's log of the same delivery. What nothing joins is compared by message id: each source's copies are counted apart and the largest
 * count stands, so that a flood with one message id throughout is not taken for one message.
 */
export class Twins {
  readonly #seen = new Generations<string, true>(SEEN_MAX);
  readonly #twins = new Generations<string, Map<string, number>>(TWINS_MAX);

  get evicted(): number {
    return this.#seen.evicted + this.#twins.evicted;
  }

  isNew(mailbox: string, sample: Sample, program: string): boolean {
    if (sample.rootId !== '') {
      const key = `${sample.rootId}\u0000${mailbox}`;
      if (this.#seen.peek(key) !== undefined) return false;
      this.#seen.set(key, true);
    }
    if (sample.messageId === '') return true;
    const key = `${mailbox}\u0000${sample.messageId}`;
    const source = `${sample.host} ${program}`;
    const counts = this.#twins.touch(key);
    if (counts === undefined) {
      this.#twins.set(key, new Map([[source, 1]]));
      return true;
    }
    let most = 0;
    for (const count of counts.values()) most = Math.max(most, count);
    const own = (counts.get(source) ?? 0) + 1;
    if (own === 1 && counts.size >= 8) return false;
    counts.set(source, own);
    return own > most;
  }

  snapshot() {
    return { seen: this.#seen.snapshot(), twins: this.#twins.snapshot() };
  }

  restore(data: ReturnType<Twins['snapshot']>): void {
    this.#seen.restore(data.seen);
    this.#twins.restore(data.twins);
  }
}
