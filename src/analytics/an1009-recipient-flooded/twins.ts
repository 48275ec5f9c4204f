import { TextPool } from '../../core/text-pool.ts';
import type { Message } from '../../state/mail/contract.ts';
import { PairGenerations } from '../../state/mail/pair-generations.ts';
import type { Sample } from './sample.ts';

/** The message under the first id that is known of it. */
export type Root = Pick<Message, 'host' | 'queueId' | 'firstTime'>;

/** One that was counted, of those with its queue id in its mailbox. A list: ids come again, on other hosts and after a while. */
interface Seen {
  generation: number;
  readonly host: string;
  readonly firstTime: number;
  readonly next: Seen | null;
}

/** How often each source told of a message: host and program. Nearly all have one source, and a list of one is small. */
interface Counted {
  generation: number;
  readonly host: string;
  readonly program: string;
  count: number;
  next: Counted | null;
}

const SOURCES_MAX = 8;
const SAME_ID_MAX = 64;
const SEEN_MAX = 100_000;
const TWINS_MAX = 50_000;

/**
 * One message is one sample, however often its fate is told: attempts that were deferred, several addresses of one mailbox,
 * a filter's or the next host's log of the same delivery. What nothing joins is compared by message id: each source's copies are counted apart and the largest
 * count stands, so that a flood with one message id throughout is not taken for one message.
 */
export class Twins {
  /** By mailbox and queue id. */
  readonly #seen = new PairGenerations<Seen>(SEEN_MAX);
  /** By mailbox and Message-ID. */
  readonly #twins = new PairGenerations<Counted>(TWINS_MAX);
  readonly #texts = new TextPool(1024);

  get evicted(): number {
    return this.#seen.evicted + this.#twins.evicted;
  }

  /** `root` is undefined where no line tells of the message. */
  isNew(mailbox: string, { messageId, host }: Sample, root: Root | undefined, program: string): boolean {
    if (root !== undefined && !this.#isFirst(mailbox, root)) return false;
    if (messageId === '') return true;
    const counts = this.#twins.touch(mailbox, messageId);
    if (counts === undefined) {
      this.#twins.add(mailbox, messageId, this.#counted(host, program, 1, null));
      return true;
    }
    let most = 0;
    let sources = 0;
    let own: Counted | null = null;
    for (let each: Counted | null = counts; each !== null; each = each.next) {
      most = Math.max(most, each.count);
      sources += 1;
      if (each.host === host && each.program === program) own = each;
    }
    if (own === null && sources >= SOURCES_MAX) return false;
    if (own === null) {
      own = this.#counted(host, program, 0, counts.next);
      counts.next = own;
    }
    own.count += 1;
    return own.count > most;
  }

  #isFirst(mailbox: string, { host, queueId, firstTime }: Root): boolean {
    const known = this.#seen.peek(mailbox, queueId) ?? null;
    let length = 0;
    for (let each = known; each !== null; each = each.next) {
      if (each.host === host && each.firstTime === firstTime) return false;
      length += 1;
    }
    if (known !== null) this.#seen.delete(mailbox, queueId);
    const next = length < SAME_ID_MAX ? known : null;
    this.#seen.add(mailbox, queueId, { generation: 0, host, firstTime, next });
    return true;
  }

  #counted(host: string, program: string, count: number, next: Counted | null): Counted {
    return { generation: 0, host: this.#texts.keep(host), program: this.#texts.keep(program), count, next };
  }

  snapshot() {
    return { seen: this.#seen.snapshot(), twins: this.#twins.snapshot() };
  }

  restore(data: ReturnType<Twins['snapshot']>): void {
    this.#seen.restore(data.seen);
    this.#twins.restore(data.twins);
  }
}
