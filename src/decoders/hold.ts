import { compareEvents, type WatchEvent } from '../events/event.ts';
import type { EmitEvent } from './contract.ts';

export interface HoldData {
  events: WatchEvent[];
  /** The event that sorts last among those let go. */
  passed: WatchEvent | null;
  duplicates: number;
  late: number;
  early: number;
}

/** What is said of events that did not leave in order, and once: by what the log is made of. */
const DROPS = {
  line: { duplicates: 'duplicate line', late: 'late', early: 'held events emitted early' },
  record: {
    duplicates: 'duplicate record',
    late: 'record later than the lateness',
    early: 'record let go early, too many at once',
  },
} as const;

/**
 * Keeps events until their time has come and lets them go in the one order. The same record twice leaves once. An event
 * that sorts before what has already gone is late: it still goes, and is counted.
 */
export class EventHold {
  data: HoldData = { events: [], passed: null, duplicates: 0, late: 0, early: 0 };
  readonly #eventsMax: number;
  readonly #emit: EmitEvent;

  constructor(eventsMax: number, emit: EmitEvent) {
    this.#eventsMax = eventsMax;
    this.#emit = emit;
  }

  add(event: WatchEvent): void {
    const events = this.data.events;
    events.push(event);
    if (events.length <= this.#eventsMax) return;
    // Too many for the lateness that was asked for: the older half goes now, which may make others late.
    events.sort(compareEvents);
    const count = events.length >> 1;
    this.data.early += count;
    this.#release(count);
  }

  /** Lets everything up to `time` go; at `time` itself only when `inclusive`. */
  drain(time: number, inclusive: 'inclusive' | 'exclusive'): void {
    const events = this.data.events;
    if (events.length === 0) return;
    events.sort(compareEvents);
    let low = 0;
    let high = events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = (events[middle] as WatchEvent).time as number;
      if (at < time || (inclusive === 'inclusive' && at === time)) low = middle + 1;
      else high = middle;
    }
    if (low > 0) this.#release(low);
  }

  restore(data: HoldData): void {
    this.data = { ...data, events: [...data.events] };
  }

  /** How many left twice, late or early, by reason. */
  drops(of: keyof typeof DROPS): Map<string, number> {
    const drops = new Map<string, number>();
    for (const each of ['duplicates', 'late', 'early'] as const)
      if (this.data[each] > 0) drops.set(DROPS[of][each], this.data[each]);
    return drops;
  }

  #release(count: number): void {
    const data = this.data;
    const gone = data.events.slice(0, count);
    data.events = data.events.slice(count);
    for (const event of gone) {
      const order = data.passed === null ? 1 : compareEvents(event, data.passed);
      if (order === 0) {
        data.duplicates += 1;
        continue;
      }
      if (order < 0) data.late += 1;
      else data.passed = event;
      this.#emit(event);
    }
  }
}
