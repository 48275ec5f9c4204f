import { BoundedMap } from '../core/bounded-map.ts';
import type { EpochMs } from '../core/time.ts';
import type { Taint } from './taint.ts';

/** From taking a job in hand to starting it: atd(8) does nothing between, systemd(1) mostly nothing. */
const TAKEN_MS = 5000;
const DAEMONS_MAX = 16;
const JOBS_MAX = 8;

/** Who took which job in hand: nothing that a daemon does besides comes from its jobs. By pid; a negative key stands for a user. Plain data. */
export class TakenJobs {
  readonly #byPid = new BoundedMap<number, readonly { readonly taint: Taint; readonly time: EpochMs }[]>(DAEMONS_MAX);

  add(pid: number, taint: Taint, time: EpochMs): void {
    const lately = (this.#byPid.peek(pid) ?? []).filter(each => time - each.time <= TAKEN_MS);
    this.#byPid.set(pid, [...lately, { taint, time }].slice(-JOBS_MAX));
  }

  of(pid: number, now: EpochMs): readonly Taint[] {
    const taken = this.#byPid.peek(pid) ?? [];
    return taken.filter(({ time }) => now - time <= TAKEN_MS).map(({ taint }) => taint);
  }

  snapshot() {
    return this.#byPid.snapshot();
  }

  restore(from: ReturnType<TakenJobs['snapshot']>): void {
    this.#byPid.restore(from);
  }
}
