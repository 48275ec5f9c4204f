import { MINUTE_MS } from '../core/time.ts';
import type { WatchEvent } from '../events/event.ts';
import type { LogPlan } from './plan.ts';

/** What two kinds of records say of the zone in which a host writes its stamps. */
export interface ZoneFound {
  readonly host: string;
  /** Minutes to add to the offset that the stamps were read with: positive when they are ahead of the other records. */
  readonly minutes: number;
  /** Processes that say so, and all that were compared. */
  readonly agreeing: number;
  readonly compared: number;
}

/** Every zone in use is a multiple of a quarter of an hour east or west of UTC (IANA tz database). */
const STEP_MS = 15 * MINUTE_MS;
const STEPS_MAX = 14 * 4;
/** A daemon's first message follows its start at once; sessions are told by both in the same second, which a stamp may cut off. */
const AFTER_MS = 60_000;
const BEFORE_MS = 5000;
const KEYS_MAX = 65_536;
/** Hosts beyond it are not compared: names in a log may be anybody's. */
const HOSTS_MAX = 256;
/** Fewer could be chance: of two unrelated moments one pair in fourteen fits some zone. */
const AGREEING_MIN = 3;
const AGREEING_SHARE = 0.8;

interface Host {
  /** First moments by pid and program. */
  readonly wrote: Map<string, number>;
  readonly ran: Map<string, number>;
  /** Processes by how many steps apart their two moments are. */
  readonly steps: Map<number, number>;
}

/**
 * Traditional syslog stamps name no zone, audit records carry the epoch. Where both tell of the same process (host, pid and
 * program), the difference is the zone of the stamps, in whatever order the two come.
 */
export class ZoneWitness {
  readonly #hosts = new Map<string, Host>();

  /** A process wrote a message whose stamp names no zone. `time` as it was read, epoch ms. */
  wrote(host: string, program: string, pid: number, time: number): void {
    this.#take(host, program, pid, time, 'wrote');
  }

  /** An event whose own record carries a moment that depends on no zone. */
  saw(event: WatchEvent): void {
    if (event.kind === 'process.started') this.#take(event.host, event.actor.exe, event.actor.pid, event.time, 'ran');
    else if (event.kind === 'session.started') this.#take(event.host, event.program, event.pid, event.time, 'ran');
  }

  #take(name: string, program: string, pid: number, time: number, side: 'wrote' | 'ran'): void {
    if (pid <= 1 || program === '') return;
    const host = this.#host(name);
    if (host === undefined) return;
    const key = `${pid} ${program.slice(program.lastIndexOf('/') + 1).toLowerCase()}`;
    const own = host[side];
    if (own.has(key) || own.size >= KEYS_MAX) return;
    own.set(key, time);
    const other = (side === 'wrote' ? host.ran : host.wrote).get(key);
    if (other === undefined) return;
    const apart = side === 'wrote' ? time - other : other - time;
    const step = Math.round(apart / STEP_MS);
    const rest = apart - step * STEP_MS;
    if (Math.abs(step) > STEPS_MAX || rest < -BEFORE_MS || rest > AFTER_MS) return;
    host.steps.set(step, (host.steps.get(step) ?? 0) + 1);
  }

  #host(name: string): Host | undefined {
    const short = shortOf(name);
    let host = this.#hosts.get(short);
    if (host === undefined && this.#hosts.size < HOSTS_MAX) {
      host = { wrote: new Map(), ran: new Map(), steps: new Map() };
      this.#hosts.set(short, host);
    }
    return host;
  }

  /** Hosts whose stamps are in another zone than they were read with, sorted. */
  found(): ZoneFound[] {
    const found: ZoneFound[] = [];
    for (const [host, { steps }] of this.#hosts) {
      const compared = [...steps.values()].reduce((sum, count) => sum + count, 0);
      const [step, agreeing] = [...steps].sort(([a, x], [b, y]) => y - x || a - b)[0] ?? [0, 0];
      if (step === 0 || agreeing < AGREEING_MIN || agreeing < compared * AGREEING_SHARE) continue;
      found.push({ host, minutes: (step * STEP_MS) / MINUTE_MS, agreeing, compared });
    }
    return found.sort((a, b) => (a.host < b.host ? -1 : 1));
  }
}

/** One name for a host that some of its logs name in full. */
export const shortOf = (host: string): string => host.split('.', 1)[0] as string;

/** Sessions are told by syslog too, in stamps of its own; that a process started, only by records that carry the epoch. */
export const witnessed =
  ({ format }: Pick<LogPlan, 'format'>, witness: ZoneWitness) =>
  (event: WatchEvent): void => {
    if (event.kind === 'process.started' || format.id === 'audit') witness.saw(event);
  };
