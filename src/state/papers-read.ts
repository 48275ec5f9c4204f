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

/** What programs that no package put there lately read where people keep files. */
export class PapersRead {
  list: PaperRead[] = [];

  note({ pid, trusted, script }: ProcessState, { file, time, order, ref }: FileOpened, place: Place): void {
    const { path, ownerUid } = file;
    if (trusted || path === script || place.profile || (place.marks & MARK.user) === 0) return;
    if (place.marks & MARK.system || this.list.some(each => each.pid === pid && each.path === path)) return;
    if (this.list.length >= KEPT_MAX) this.list.splice(0, KEPT_MAX / 2);
    this.list.push({ pid, path, ownerUid, time, order, ref });
  }

  of(pid: number, since: number): readonly PaperRead[] {
    return this.list.filter(each => each.pid === pid && each.time >= since);
  }
}
