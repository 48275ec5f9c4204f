import { compareEvents, type WatchEvent } from '../events/event.ts';
import { Echoes } from './echoes.ts';
import { Machine, type MachineSetting } from './machine.ts';

/** Events of one source in the one order: a log being read, or an inventory already made. */
export interface EventStream {
  /** A log whose lines another one may hold as well; see echoes.ts. */
  readonly mayEcho?: boolean;
  /** Reads until at least one event is at hand. False at the end of the stream. */
  fill(): Promise<boolean>;
  /** The next event without taking it; undefined when none is at hand. */
  peek(): WatchEvent | undefined;
  take(): WatchEvent;
  snapshot(): unknown;
  restore(data: unknown): void;
}

export interface MergeSetting {
  readonly streams: readonly EventStream[];
  readonly setting: MachineSetting;
  /** For tests: after this many events all state is saved, thrown away, restored, and the scan goes on. -1 for never. */
  readonly cutAt: number;
  readonly progress: (events: number) => void;
}

/** A step of time this large between neighbours of one stream is told as a jump of the clock. */
const CLOCK_STEP_MS = 3_600_000;

/** Hands the events of all streams to the machine in one order. A record seen twice (same time, host and order) is judged once. */
export class Merge {
  machine: Machine;
  duplicates = 0;
  late = 0;
  clockSteps = 0;
  readonly #with: MergeSetting;
  #previous: WatchEvent | null = null;
  #taken = 0;
  readonly #echoes: Echoes | null;

  constructor(setting: MergeSetting) {
    this.#with = setting;
    this.#echoes = setting.streams.some(stream => stream.mayEcho === true) ? new Echoes() : null;
    this.machine = new Machine(setting.setting);
  }

  async run(): Promise<void> {
    let live: EventStream[] = [];
    for (const stream of this.#with.streams) if (await stream.fill()) live.push(stream);
    while (live.length > 0) {
      const dry = this.#drain(live);
      if (!(await dry.fill())) live = live.filter(stream => stream !== dry);
    }
    this.machine.finish();
    this.#with.progress(this.#taken);
  }

  /**
   * Takes always the earliest event at hand, until a stream has none: that stream. No part of `run`: after each `await` an
   * asynchronous function goes on in unoptimised code.
   */
  #drain(live: readonly EventStream[]): EventStream {
    for (;;) {
      let best = live[0] as EventStream;
      for (let i = 1; i < live.length; i++) {
        const other = live[i] as EventStream;
        if (compareEvents(other.peek() as WatchEvent, best.peek() as WatchEvent) < 0) best = other;
      }
      this.#judge(best.take(), best);
      this.#taken += 1;
      if ((this.#taken & 0x3fff) === 0) this.#with.progress(this.#taken);
      if (this.#taken === this.#with.cutAt) this.#cut();
      if (best.peek() === undefined) return best;
    }
  }

  #judge(event: WatchEvent, stream: EventStream): void {
    const previous = this.#previous;
    this.#previous = event;
    if (previous !== null) {
      if (compareEvents(event, previous) === 0 && event.kind === previous.kind) {
        this.duplicates += 1;
        return;
      }
      if (event.time < previous.time) {
        this.late += 1;
        if (previous.time - event.time > CLOCK_STEP_MS) this.clockSteps += 1;
      }
    }
    if (this.#echoes !== null && stream.mayEcho === true) {
      if (this.#echoes.isEcho(event, this.#with.streams.indexOf(stream))) {
        this.duplicates += 1;
        return;
      }
    }
    this.machine.apply(event);
  }

  #cut(): void {
    const { streams, setting } = this.#with;
    const saved = Machine.restore(setting, this.machine.snapshot(streams.map(stream => stream.snapshot())));
    this.machine = saved.machine;
    (saved.also as unknown[]).forEach((data, index) => streams[index]?.restore(data));
  }
}
