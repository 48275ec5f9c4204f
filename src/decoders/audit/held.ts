import type { DecodeContext, EmitEvent } from '../contract.ts';
import { buildEvent } from './build.ts';
import { DirectoryTable } from './directories.ts';
import { newPending, type Pending, recycle, recycleUnused } from './pending.ts';
import { TICK_RECORDS } from './scan/layout.ts';

/** Events held while their records may still come. Beyond it the oldest is finished early and counted. */
const PENDING_MAX = 131_072;
/** Records for which an event that just got one is left open, whatever the stamps say. */
const SETTLE_RECORDS = TICK_RECORDS;
/** The latest time is the maximum over this many records or the window before: one wild stamp cannot hold it up for longer. */
const CLOCK_WINDOW_RECORDS = 2048;
/** Records of one log come about in order; a stamp this far behind the one before means a clock that was set back. */
const BACK_MS = 60_000;
/** Events that could not be told for lack of a record. Others are merely of no use here, such as directories opened. */
const LOSSES: ReadonlySet<string> = new Set(['records without their SYSCALL', 'file event without a PATH']);
/** Finished events remembered to tell a late repetition from something new. */
const FINISHED_MAX = 65_536;
const POOLED_MAX = 4096;

interface Saved {
  latest: number;
  queue: Pending[];
  records: number;
  lastTime: number;
  windowMax: number;
  previousMax: number;
  finishedTime: Float64Array<ArrayBuffer>;
  finishedSerial: Float64Array<ArrayBuffer>;
  finishedCount: number;
  lastFinished: number;
  dropped: readonly [time: number, serial: number, node: string];
  drops: Map<string, number>;
  dirs: unknown;
}

/**
 * Audit events being put together, in the order of their stamps (time in epoch ms, serial). An event is finished only when
 * its time is `latenessMs` behind the latest and no record of it came lately: that also puts events in order.
 */
export class HeldEvents {
  /** Latest time of all records; NaN before the first. */
  latest = Number.NaN;
  /** Lines read that are not empty. */
  records = 0;
  /** The event that got the last record, null when there is none or it was finished. */
  current: Pending | null = null;
  readonly drops = new Map<string, number>();
  readonly #context: DecodeContext;
  readonly #emit: EmitEvent;
  readonly #pool: Pending[] = [];
  /** The last stamp. */
  #time = Number.NaN;
  #serial = -1;
  #node = '';
  #droppedTime = -1;
  #droppedSerial = -1;
  #droppedNode = '';
  #dirs = new DirectoryTable();
  #queue: Pending[] = [];
  #head = 0;
  #lastTime = Number.NEGATIVE_INFINITY;
  #windowMax = Number.NEGATIVE_INFINITY;
  #previousMax = Number.NEGATIVE_INFINITY;
  #finishedTime = new Float64Array(FINISHED_MAX);
  #finishedSerial = new Float64Array(FINISHED_MAX);
  #finishedCount = 0;
  #lastFinished = Number.NEGATIVE_INFINITY;

  constructor(context: DecodeContext, emit: EmitEvent) {
    this.#context = context;
    this.#emit = emit;
  }

  /** The next record bears this stamp. */
  meet(time: number, serial: number, node: string): void {
    if (time === this.#time && serial === this.#serial && node === this.#node) return;
    this.current = null;
    this.#time = time;
    this.#serial = serial;
    this.#node = node;
  }

  /** Takes the time of the last stamp into account. */
  reach(): void {
    const time = this.#time;
    if (time < this.#lastTime - BACK_MS) this.count('stamps that go back by more than a minute');
    this.#lastTime = time;
    if (time > this.#windowMax) this.#windowMax = time;
    this.latest = this.#windowMax > this.#previousMax ? this.#windowMax : this.#previousMax;
  }

  /** Nothing that bears the last stamp is of use, and nothing of it is held. */
  dropStamp(): void {
    this.#droppedTime = this.#time;
    this.#droppedSerial = this.#serial;
    this.#droppedNode = this.#node;
  }

  /** The last stamp begins an event: nothing of it came before. */
  get isBeginning(): boolean {
    return this.current === null && !this.isDropped && this.isNew;
  }

  /** The last stamp was dropped. */
  get isDropped(): boolean {
    return this.#serial === this.#droppedSerial && this.#time === this.#droppedTime && this.#node === this.#droppedNode;
  }

  /** The stamp that comes after all others, held, finished or dropped last: time and serial. */
  newest(): readonly [time: number, serial: number] {
    const last = this.#queue.at(-1);
    let time = this.#lastFinished;
    let serial = Number.POSITIVE_INFINITY;
    if (last !== undefined && last.time >= time) {
      time = last.time;
      serial = last.serial;
    }
    const isLater = this.#droppedTime > time || (this.#droppedTime === time && this.#droppedSerial > serial);
    return isLater ? [this.#droppedTime, this.#droppedSerial] : [time, serial];
  }

  /** The event of the last stamp, for one more record of it; null when nothing more is wanted of it. */
  take(): Pending | null {
    if (this.isDropped) return null;
    let p = this.current;
    if (p === null) {
      p = this.find();
      if (p === null) return null;
    }
    p.touched = this.records;
    return p.dropped || p.record !== '' ? null : p;
  }

  /** Every `TICK_RECORDS` records, after the time of the last was reached: what no record can come for is finished. */
  tick(): void {
    if (this.records % CLOCK_WINDOW_RECORDS === 0) {
      this.#previousMax = this.#windowMax;
      this.#windowMax = this.#lastTime;
      this.latest = this.#windowMax > this.#previousMax ? this.#windowMax : this.#previousMax;
    }
    this.flush(this.latest - this.#context.latenessMs, false);
  }

  /** An empty event, held by nobody. */
  fresh(): Pending {
    return this.#pool.pop() ?? newPending(0, 0, '');
  }

  /** Takes back an event that got no further than its SYSCALL. */
  giveBack(p: Pending): void {
    recycleUnused(p);
    this.#pool.push(p);
  }

  /** The event of the last stamp, made when it is new; null when it was finished already. */
  find(): Pending | null {
    const time = this.#time;
    const queue = this.#queue;
    const last = queue.length - 1;
    let at = queue.length;
    if (last < this.#head) {
      if (time <= this.#lastFinished && this.#wasFinished()) return null;
    } else {
      const order = this.#compare(queue[last] as Pending);
      if (order >= 0) {
        at = order === 0 ? last : this.#search(last);
        const found = queue[at] as Pending;
        if (this.#compare(found) === 0) {
          this.current = found;
          return found;
        }
        if (time <= this.#lastFinished && this.#wasFinished()) return null;
      }
    }
    const p = this.fresh();
    this.hold(p, at);
    // Over the cap, and the oldest of all: it is finished already.
    return this.current;
  }

  /** The last stamp comes after everything that is held: this is the event's first record. */
  get isNew(): boolean {
    const last = this.#queue.length - 1;
    return last < this.#head ? this.#time > this.#lastFinished : this.#compare(this.#queue[last] as Pending) < 0;
  }

  /** Holds an event under the last stamp, behind everything that is held or where it belongs. */
  hold(p: Pending, at: number = this.#queue.length): void {
    p.time = this.#time;
    p.serial = this.#serial;
    p.node = this.#node;
    if (at === this.#queue.length) this.#queue.push(p);
    else this.#queue.splice(at, 0, p);
    this.current = p;
    if (this.#queue.length - this.#head > PENDING_MAX) {
      this.count('held events over the cap, finished early');
      this.#finish(this.#queue[this.#head++] as Pending);
    }
  }

  /** A record of the event lies at `offset` of the source being read. */
  place(p: Pending, offset: number, length: number): void {
    if (p.offset < 0) {
      p.source = this.#context.source;
      p.offset = offset;
      p.length = length;
      return;
    }
    // Lines that follow each other make one range; a terminator of one or two bytes lies between.
    const gap = offset - (p.offset + p.length);
    if (p.source === this.#context.source && gap >= 0 && gap <= 2) {
      p.length = offset + length - p.offset;
      return;
    }
    if (p.source === this.#context.source && offset >= p.offset && offset < p.offset + p.length) return;
    let ranges = 0;
    for (let r = p.ranges; r !== null; r = r.next) ranges += 1;
    if (ranges < 16) p.ranges = { source: p.source, offset: p.offset, length: p.length, next: p.ranges };
    p.source = this.#context.source;
    p.offset = offset;
    p.length = length;
  }

  /** Finishes events up to `watermark` (epoch ms); those that got a record lately only when `all` is wanted. */
  flush(watermark: number, all: boolean): void {
    const queue = this.#queue;
    const settled = this.records - SETTLE_RECORDS;
    while (this.#head < queue.length) {
      const p = queue[this.#head] as Pending;
      if (p.time > watermark || (!all && p.touched > settled)) break;
      this.#head += 1;
      this.#finish(p);
    }
    if (this.#head === queue.length) {
      queue.length = 0;
      this.#head = 0;
    } else if (this.#head > 32_768) {
      queue.splice(0, this.#head);
      this.#head = 0;
    }
  }

  count(reason: string): void {
    this.drops.set(reason, (this.drops.get(reason) ?? 0) + 1);
  }

  snapshot(): Saved {
    return {
      latest: this.latest,
      queue: this.#queue.slice(this.#head),
      records: this.records,
      lastTime: this.#lastTime,
      windowMax: this.#windowMax,
      previousMax: this.#previousMax,
      finishedTime: this.#finishedTime,
      finishedSerial: this.#finishedSerial,
      finishedCount: this.#finishedCount,
      lastFinished: this.#lastFinished,
      dropped: [this.#droppedTime, this.#droppedSerial, this.#droppedNode],
      drops: new Map(this.drops),
      dirs: this.#dirs.snapshot(),
    };
  }

  restore(data: unknown): void {
    const s = data as Saved;
    this.latest = s.latest;
    this.#queue = s.queue;
    this.#head = 0;
    this.current = null;
    this.#time = Number.NaN;
    this.records = s.records;
    this.#lastTime = s.lastTime;
    this.#windowMax = s.windowMax;
    this.#previousMax = s.previousMax;
    this.#finishedTime = s.finishedTime;
    this.#finishedSerial = s.finishedSerial;
    this.#finishedCount = s.finishedCount;
    this.#lastFinished = s.lastFinished;
    [this.#droppedTime, this.#droppedSerial, this.#droppedNode] = s.dropped;
    this.drops.clear();
    for (const [reason, count] of s.drops) this.drops.set(reason, count);
    this.#dirs = new DirectoryTable();
    this.#dirs.restore(s.dirs);
  }

  #finish(p: Pending): void {
    if (p === this.current) this.current = null;
    if (!p.dropped) {
      const event = buildEvent(p, this.#context.defaultHost, this.#dirs);
      if (typeof event === 'string') {
        if (LOSSES.has(event)) this.count(event);
      } else this.#emit(event);
    }
    const slot = this.#finishedCount % FINISHED_MAX;
    this.#finishedTime[slot] = p.time;
    this.#finishedSerial[slot] = p.serial;
    this.#finishedCount += 1;
    if (p.time > this.#lastFinished || this.#finishedCount === 1) this.#lastFinished = p.time;
    recycle(p);
    if (this.#pool.length < POOLED_MAX) this.#pool.push(p);
  }

  /** The first that is held whose stamp is not before the last one; there is one up to `high`. */
  #search(high: number): number {
    let low = this.#head;
    let stop = high;
    while (low < stop) {
      const middle = (low + stop) >> 1;
      if (this.#compare(this.#queue[middle] as Pending) < 0) low = middle + 1;
      else stop = middle;
    }
    return low;
  }

  /** Only asked for records behind what is finished, so a scan over the remembered stamps is rare. */
  #wasFinished(): boolean {
    const count = Math.min(this.#finishedCount, FINISHED_MAX);
    for (let i = 1; i <= count; i++) {
      const slot = (this.#finishedCount - i) % FINISHED_MAX;
      if (this.#finishedSerial[slot] === this.#serial && this.#finishedTime[slot] === this.#time) {
        this.count('repeated record of a finished event');
        return true;
      }
    }
    return false;
  }

  /** Below 0 when the event comes before the last stamp. */
  #compare(p: Pending): number {
    if (p.time !== this.#time) return p.time - this.#time;
    if (p.serial !== this.#serial) return p.serial - this.#serial;
    return p.node === this.#node ? 0 : p.node < this.#node ? -1 : 1;
  }
}
