import { type EpochMs, MINUTE_MS } from '../core/time.ts';
import { append, type ProcessState } from './processes.ts';

type Write = ProcessState['writes'][number];

/** How long before a read a write may lie to have been of what was read then. */
export const EARLIER_WRITES_MS = MINUTE_MS;

/** Longer, for records that come late. */
const KEPT_MS = 5 * MINUTE_MS;
const WRITES_MAX = 8;
const QUEUE_MAX = 16_384;

/**
 * What processes lately wrote. It is of use for a minute; kept with each process until that is forgotten, it would be most of
 * what a host's state holds.
 */
export class RecentWrites {
  /** Who wrote, a process for each write, oldest first from `#head` on. */
  #queue: ProcessState[] = [];
  #head = 0;

  note(process: ProcessState, write: Write): void {
    process.writes = append(process.writes, write, WRITES_MAX);
    this.#queue.push(process);
    this.#forget(write.time);
  }

  #forget(now: EpochMs): void {
    const queue = this.#queue;
    while (this.#head < queue.length) {
      const { writes } = queue[this.#head] as ProcessState;
      const oldest = writes[0];
      const isOld = oldest === undefined || oldest.time < now - KEPT_MS;
      if (!isOld && queue.length - this.#head <= QUEUE_MAX) break;
      if (isOld && oldest !== undefined) (writes as Write[]).shift();
      this.#head += 1;
    }
    if (this.#head < 1024) return;
    queue.splice(0, this.#head);
    this.#head = 0;
  }
}
