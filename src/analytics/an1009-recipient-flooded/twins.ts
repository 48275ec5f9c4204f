import { TextPool } from '../../core/text-pool.ts';
import { Generations } from '../../state/mail/generations.ts';
import type { Sample } from './sample.ts';

/** How often each source told of a message: host and program. Nearly all have one source, and a list of one is small. */
interface Counted {
  readonly source: string;
  count: number;
  next: Counted | null;
}

const SOURCES_MAX = 8;
const SEEN_MAX = 100_000;
const TWINS_MAX = 50_000;

/**
 * One message is one sample, however often its fate is told: attempts that were deferred, several addresses of one mailbox,
 * a filter's or the next host's log of the same delivery. What nothing joins is compared by message id: each source's copies are counted apart and the largest
 * count stands, so that a flood with one message id throughout is not taken for one message.
 */
export class Twins {
  readonly #seen = new Generations<string, true>(SEEN_MAX);
  readonly #twins = new Generations<string, Counted>(TWINS_MAX);
  readonly #texts = new TextPool(1024);

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
      this.#twins.set(key, { source: this.#texts.keep(source), count: 1, next: null });
      return true;
    }
    let most = 0;
    let sources = 0;
    let own: Counted | null = null;
    for (let each: Counted | null = counts; each !== null; each = each.next) {
      most = Math.max(most, each.count);
      sources += 1;
      if (each.source === source) own = each;
    }
    if (own === null && sources >= SOURCES_MAX) return false;
    if (own === null) {
      own = { source: this.#texts.keep(source), count: 0, next: counts.next };
      counts.next = own;
    }
    own.count += 1;
    return own.count > most;
  }

  snapshot() {
    return { seen: this.#seen.snapshot(), twins: this.#twins.snapshot() };
  }

  restore(data: ReturnType<Twins['snapshot']>): void {
    this.#seen.restore(data.seen);
    this.#twins.restore(data.twins);
  }
}
