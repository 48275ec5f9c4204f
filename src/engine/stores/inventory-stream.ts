import { compareEvents, type WatchEvent } from '../../events/event.ts';
import type { EventStream } from '../merge.ts';

/** Events that are all known before the run begins, in the one order. */
export class InventoryStream implements EventStream {
  #events: WatchEvent[];
  #next = 0;

  /** Events that were there before: the same message is found in the server's store, a client's cache and a backup. */
  readonly copies: number;

  constructor(events: readonly WatchEvent[]) {
    const sorted = events.toSorted(compareEvents);
    this.#events = sorted.filter((each, i) => {
      const before = sorted[i - 1];
      return before === undefined || before.kind !== each.kind || compareEvents(before, each) !== 0;
    });
    this.copies = events.length - this.#events.length;
  }

  /** Shows every event to `observe`, now. */
  observed(observe: (event: WatchEvent) => void): this {
    this.#events.forEach(observe);
    return this;
  }

  fill(): Promise<boolean> {
    return Promise.resolve(this.#next < this.#events.length);
  }

  peek(): WatchEvent | undefined {
    return this.#events[this.#next];
  }

  take(): WatchEvent {
    const event = this.#events[this.#next] as WatchEvent;
    this.#next += 1;
    return event;
  }

  snapshot(): unknown {
    return { events: this.#events.slice(this.#next) };
  }

  restore(data: unknown): void {
    this.#events = (data as { events: WatchEvent[] }).events;
    this.#next = 0;
  }
}
