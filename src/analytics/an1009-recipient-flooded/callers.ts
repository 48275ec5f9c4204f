import { BoundedMap } from '../../core/bounded-map.ts';
import { MINUTE_MS } from '../../core/time.ts';

const CLIENTS_MAX = 20_000;
const TIMES_MAX = 32;
/** A client that brings a message and hangs up at other times does both within minutes. */
const AROUND_MS = 10 * MINUTE_MS;

/** When each client hung up without a message: joins empty connections, whose recipient no log names, to a mailbox's burst. */
export class Callers {
  readonly #times = new BoundedMap<string, number[]>(CLIENTS_MAX);

  add(client: string, time: number): void {
    if (client === '') return;
    const times = this.#times.touch(client);
    if (times === undefined) this.#times.set(client, [time]);
    else if (times.length < TIMES_MAX) times.push(time);
    else times[times.length - 1] = time;
  }

  /** Empty connections of these clients around the burst. */
  sharedWith(clients: Iterable<string>, start: number, last: number): number {
    let sum = 0;
    for (const client of clients)
      for (const time of this.#times.peek(client) ?? [])
        if (time >= start - AROUND_MS && time <= last + AROUND_MS) sum += 1;
    return sum;
  }

  snapshot(): ReturnType<BoundedMap<string, number[]>['snapshot']> {
    return this.#times.snapshot();
  }

  restore(data: ReturnType<Callers['snapshot']>): void {
    this.#times.restore(data);
  }
}
