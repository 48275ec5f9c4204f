import { BoundedMap } from '../core/bounded-map.ts';
import type { EpochMs } from '../core/time.ts';
import { PEOPLE_UID, type ProcessStarted, TTY_UNKNOWN } from '../events/host-events.ts';
import type { Ref } from '../events/ref.ts';
import { inLogin, type ProcessState } from './processes.ts';
import { programName } from './programs.ts';

/** A login set its account's table of jobs. Plain data. */
export interface TableSet {
  readonly time: EpochMs;
  readonly pid: number;
  readonly command: string;
  readonly ref: Ref;
  /** Nobody sat at a terminal. */
  readonly unattended: boolean;
}

const PEOPLE_MAX = 1024;
const SETS_MAX = 4;
/** Only shows the table, takes it away, or is of another account. */
const ELSE = /^-[a-z]*[lru]/;

/** When people's logins set their crontabs: by crontab(1), which has a set-group-ID bit and so is recorded nearly everywhere. */
export class JobTables {
  readonly #sets = new BoundedMap<number, readonly TableSet[]>(PEOPLE_MAX);

  started(process: ProcessState, { argv, time, ref }: ProcessStarted): void {
    const { uid, auid, tty, trusted } = process;
    if (!trusted || uid < PEOPLE_UID || auid !== uid || programName(process.exe) !== 'crontab') return;
    if (inLogin(process) !== true || tty === TTY_UNKNOWN || argv.slice(1).some(word => ELSE.test(word))) return;
    const set = { time, pid: process.pid, command: argv.join(' ').slice(0, 256), ref, unattended: tty === '' };
    this.#sets.set(uid, [...(this.#sets.peek(uid) ?? []), set].slice(-SETS_MAX));
  }

  /** How the table stood at that time: the last that set it before; undefined where nothing shows it. */
  before(uid: number, time: number): TableSet | undefined {
    return this.#sets.peek(uid)?.findLast(each => each.time <= time);
  }

  snapshot() {
    return this.#sets.snapshot();
  }

  restore(from: ReturnType<JobTables['snapshot']>): void {
    this.#sets.restore(from);
  }
}
