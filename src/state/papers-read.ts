import { BoundedMap } from '../core/bounded-map.ts';
import type { EpochMs } from '../core/time.ts';
import type { FileOpened } from '../events/host-events.ts';
import type { Ref } from '../events/ref.ts';
import { MARK } from './path-marks.ts';
import type { Place } from './places.ts';
import type { ProcessState } from './processes.ts';

/** A file of people that a program of nobody's read. Plain data. */
export interface PaperRead {
  readonly pid: number;
  readonly path: string;
  readonly ownerUid: number;
  readonly time: EpochMs;
  readonly order: number;
  readonly ref: Ref;
}

const KEPT_MAX = 256;

/** What programs that no package put there lately read where people keep files, each file of a process once. */
export class PapersRead {
  readonly #read = new BoundedMap<string, PaperRead>(KEPT_MAX);

  note({ pid, trusted, script }: ProcessState, { file, time, order, ref }: FileOpened, place: Place): void {
    const { path, ownerUid } = file;
    if (trusted || path === script || place.profile || (place.marks & MARK.user) === 0) return;
    if (place.marks & MARK.system) return;
    const key = `${pid} ${path}`;
    if (this.#read.peek(key) === undefined) this.#read.set(key, { pid, path, ownerUid, time, order, ref });
  }

  of(pid: number, since: number): readonly PaperRead[] {
    return [...this.#read.values()].filter(each => each.pid === pid && each.time >= since);
  }

  snapshot() {
    return this.#read.snapshot();
  }

  restore(data: ReturnType<PapersRead['snapshot']>): void {
    this.#read.restore(data);
  }
}
