import type { WatchEvent } from '../events/event.ts';

/** Stamps of one line differ by its way: whole seconds in one log, microseconds in another, sent or received. */
const APART_MS = 2000;
const SPAN_MS = 10_000;

interface Heard {
  readonly time: number;
  /** How often each log told it. */
  readonly counts: Map<number, number>;
}

/**
 * The same lines in two logs of one host, such as the journal and the file that a syslog daemon writes: what one has told
 * already, the other only repeats. A line is known by host, kind of event and `order` (a hash of program, pid and text, see
 * decoders/line-hash.ts). One log may rightly tell it several times within moments: of each log's count the largest stands.
 *
 * Bounds: lines of the last 20 seconds of event time.
 */
export class Echoes {
  #young = new Map<string, Heard>();
  #old = new Map<string, Heard>();
  #turned = Number.NEGATIVE_INFINITY;

  /** True when another log than `log` has told this event already. */
  isEcho(event: WatchEvent, log: number): boolean {
    if (event.time > this.#turned + SPAN_MS) {
      this.#old = event.time > this.#turned + 2 * SPAN_MS ? new Map() : this.#young;
      this.#young = new Map();
      this.#turned = event.time;
    }
    const key = `${event.order} ${event.kind} ${event.host}`;
    const heard = this.#young.get(key) ?? this.#old.get(key);
    if (heard === undefined || Math.abs(event.time - heard.time) > APART_MS) {
      this.#young.set(key, { time: event.time, counts: new Map([[log, 1]]) });
      return false;
    }
    let most = 0;
    for (const count of heard.counts.values()) if (count > most) most = count;
    const own = (heard.counts.get(log) ?? 0) + 1;
    heard.counts.set(log, own);
    return own <= most;
  }
}
