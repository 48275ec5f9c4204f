import type { Verdict } from '../core/verdict.ts';
import type { WatchEvent } from '../events/event.ts';
import type { DecodeContext, DecoderSession, EmitEvent } from './contract.ts';
import { EventHold, type HoldData } from './hold.ts';

/** Meaning of the lines of one file; what it must remember between lines is in its snapshot. */
export interface LineReader {
  /** Tells `hold` the line's time and events. `length` is that of the line as it lies in the file. */
  line(buffer: Buffer, start: number, end: number, offset: number, hold: LineHold): Verdict;
  snapshot(): unknown;
  restore(data: unknown): void;
}

/** What a reader does with what it reads. */
export interface LineHold {
  readonly context: DecodeContext;
  /** The log has come to `time`. */
  advance(time: number): void;
  add(event: WatchEvent): void;
}

const EVENTS_HELD_MAX = 200_000;

interface SessionData {
  hold: HoldData;
  latest: number;
  drained: number;
  reader: unknown;
}

/**
 * The session of a log whose lines bear their own time: keeps events until nothing earlier can come, in the one order, each
 * record once. Framing and meaning are the reader's.
 */
export function openHeldLines(context: DecodeContext, emit: EmitEvent, reader: LineReader): DecoderSession {
  return new HeldLines(context, emit, reader);
}

class HeldLines implements DecoderSession, LineHold {
  readonly context: DecodeContext;
  readonly #reader: LineReader;
  readonly #hold: EventHold;
  #latest = Number.NaN;
  #drained = Number.NEGATIVE_INFINITY;

  constructor(context: DecodeContext, emit: EmitEvent, reader: LineReader) {
    this.context = context;
    this.#reader = reader;
    this.#hold = new EventHold(EVENTS_HELD_MAX, emit);
  }

  get latest(): number {
    return this.#latest;
  }

  pushLine(buffer: Buffer, start: number, end: number, offset: number): Verdict {
    return this.#reader.line(buffer, start, end, offset, this);
  }

  add(event: WatchEvent): void {
    this.#hold.add(event);
  }

  advance(time: number): void {
    if (time <= this.#latest) return;
    this.#latest = time;
    const { latenessMs } = this.context;
    const until = time - latenessMs;
    // Sorting pays off in batches.
    if (until - this.#drained < Math.max(1000, latenessMs / 2)) return;
    this.#drained = until;
    this.#hold.drain(until, 'exclusive');
  }

  tick(watermark: number): void {
    this.#hold.drain(watermark, 'inclusive');
  }

  snapshot(): SessionData {
    return {
      hold: this.#hold.data,
      latest: this.#latest,
      drained: this.#drained,
      reader: this.#reader.snapshot(),
    };
  }

  restore(data: unknown): void {
    const from = data as SessionData;
    this.#hold.restore(from.hold);
    this.#latest = from.latest;
    this.#drained = from.drained;
    this.#reader.restore(from.reader);
  }

  drops(): ReadonlyMap<string, number> {
    return this.#hold.drops('line');
  }
}
