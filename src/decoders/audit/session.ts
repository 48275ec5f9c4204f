import { ByteTable } from '../../core/byte-table.ts';
import { InternTable } from '../../core/intern.ts';
import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import { viewOf } from '../../core/words.ts';
import type { DecodeContext, DecoderSession, EmitEvent } from '../contract.ts';
import { ActorCache, newActorMemory } from './actors.ts';
import { buildEvent } from './build.ts';
import { DirectoryTable } from './directories.ts';
import { takeExecve, type Words } from './execve.ts';
import { fastPath } from './fast-path.ts';
import { fastSyscall } from './fast-syscall.ts';
import { type Header, newHeader, parseHeader, REC } from './header.ts';
import { newPending, type Pending, recycle, recycleUnused } from './pending.ts';
import { parseCwd, parseFields, parseOpenHow, parsePath, parseSaddr, parseSyscall } from './record.ts';
import { STANDALONE } from './standalone.ts';
import { OP } from './syscalls.ts';

const NO_HEAD = reject('no audit record head (type=… msg=audit(…))');
const BAD_STAMP = reject('malformed audit stamp');
const BAD_BODY = reject('malformed audit record body');
const SAYS_NOTHING = skip('record that says nothing more (PROCTITLE, EOE)');
const UNUSED_TYPE = skip('record type not used');
const UNUSED_CALL = skip('syscall or outcome not used');
const UNUSED_PART = skip('part of an event not used');
const EMPTY = skip('empty line');

/** Events held while their records may still come. Beyond it the oldest is finished early and counted. */
const PENDING_MAX = 131_072;
/** Lines for which an event that just got a record is left open, whatever the stamps say. */
const SETTLE_LINES = 64;
/** The latest time is the maximum over this many lines or the window before: one wild stamp cannot hold it up for longer. */
const CLOCK_WINDOW_LINES = 2048;
/** Records of one log come about in order; a stamp this far behind the one before means a clock that was set back. */
const BACK_MS = 60_000;
const ENRICHED = 0x1d;
const NAMED_MAX = 65_536;
/** Events that could not be told for lack of a record. Others are merely of no use here, such as directories opened. */
const LOSSES: ReadonlySet<string> = new Set(['records without their SYSCALL', 'file event without a PATH']);
/** Finished events remembered to tell a late repetition from something new. */
const FINISHED_MAX = 65_536;

/**
 * Linux audit records to events. Records of one event carry one stamp (time, serial); they may interleave with others,
 * come late, and lack EOE or any other record, so an event is finished only when its time is `latenessMs` behind the
 * latest. Holding it until then also puts events in order. Nothing depends on keys or on a rule set.
 */
export class AuditSession implements DecoderSession {
  latest = Number.NaN;
  readonly #context: DecodeContext;
  readonly #emit: EmitEvent;
  readonly #intern = new InternTable();
  readonly #commands = new ByteTable<Words>();
  readonly #header = newHeader();
  readonly #drops = new Map<string, number>();
  readonly #pool: Pending[] = [];
  readonly #actors = new ActorCache();
  readonly #processes = newActorMemory();
  /** The block of the last line, and its bytes four at a time. */
  #block: Buffer = Buffer.alloc(0);
  #words = viewOf(this.#block);
  #named = new Set<number>();
  /** The held event of the last record's stamp, null when there is none or it was finished. */
  #current: Pending | null = null;
  #droppedSerial = -1;
  #droppedTime = -1;
  #dirs = new DirectoryTable();
  #queue: Pending[] = [];
  #head = 0;
  #line = 0;
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

  pushLine(b: Buffer, start: number, end: number, offset: number): Verdict {
    if (start >= end) return EMPTY;
    // type=PROCTITLE says nothing that EXECVE does not say better.
    if (b[start + 5] === 80 && b[start + 6] === 82 && b[start] === 116 && end - start > 40) {
      this.#line += 1;
      return SAYS_NOTHING;
    }
    if (b !== this.#block) {
      this.#block = b;
      this.#words = viewOf(b);
    }
    const header = this.#header;
    const fault = parseHeader(b, start, end, header, this.#intern, STANDALONE);
    if (fault !== 0) return fault === 1 ? NO_HEAD : BAD_STAMP;
    if (!header.same) this.#current = null;
    this.#line += 1;
    this.#advance(header.time);
    const type = header.type;
    if (type === REC.proctitle || type === REC.eoe) return SAYS_NOTHING;
    if (type === REC.other) return UNUSED_TYPE;
    if (header.serial === this.#droppedSerial && header.time === this.#droppedTime && type !== REC.standalone) {
      return UNUSED_PART;
    }
    let p = this.#current;
    if (p === null) {
      if (type === REC.syscall && this.#isNew(header)) return this.#begin(b, header, end, offset, end - start);
      p = this.#find(header);
      this.#current = p;
    }
    if (p === null) return UNUSED_PART;
    p.touched = this.#line;
    if (type === REC.standalone) p.dropped = false;
    else if (p.dropped || p.record !== '') return UNUSED_PART;
    let whole = true;
    const body = header.body;
    switch (type) {
      case REC.syscall:
      case REC.uring:
        whole = this.#readSyscall(b, body, end, p);
        if (p.op === OP.exec && !p.dropped && !this.#named.has(p.actor.uid)) this.#nameUser(b, body, end, p);
        break;
      case REC.path:
        whole = fastPath(b, body, end, p, this.#intern) || parsePath(b, body, end, p, this.#intern);
        break;
      case REC.cwd:
        whole = parseCwd(b, body, end, p, this.#intern);
        break;
      case REC.execve:
        whole = takeExecve(b, body, end, p, this.#intern, this.#commands);
        break;
      case REC.sockaddr:
        whole = parseSaddr(b, body, end, p, this.#intern);
        break;
      case REC.openat2:
        whole = parseOpenHow(b, body, end, p);
        break;
      default:
        p.record = header.name;
        p.fields = parseFields(b, body, end);
    }
    if (p.dropped) return UNUSED_CALL;
    this.#place(p, offset, end - start);
    return whole ? EMIT : BAD_BODY;
  }

  tick(watermark: number): void {
    this.#flush(watermark, true);
  }

  drops(): ReadonlyMap<string, number> {
    return this.#drops;
  }

  snapshot(): unknown {
    return {
      latest: this.latest,
      queue: this.#queue.slice(this.#head),
      line: this.#line,
      lastTime: this.#lastTime,
      windowMax: this.#windowMax,
      previousMax: this.#previousMax,
      finishedTime: this.#finishedTime,
      finishedSerial: this.#finishedSerial,
      finishedCount: this.#finishedCount,
      lastFinished: this.#lastFinished,
      drops: new Map(this.#drops),
      named: new Set(this.#named),
      dirs: this.#dirs.snapshot(),
    };
  }

  restore(data: unknown): void {
    const s = data as {
      latest: number;
      queue: Pending[];
      line: number;
      lastTime: number;
      windowMax: number;
      previousMax: number;
      finishedTime: Float64Array<ArrayBuffer>;
      finishedSerial: Float64Array<ArrayBuffer>;
      finishedCount: number;
      lastFinished: number;
      drops: Map<string, number>;
      named: Set<number>;
      dirs: unknown;
    };
    this.latest = s.latest;
    this.#queue = s.queue;
    this.#head = 0;
    this.#current = null;
    this.#line = s.line;
    this.#lastTime = s.lastTime;
    this.#windowMax = s.windowMax;
    this.#previousMax = s.previousMax;
    this.#finishedTime = s.finishedTime;
    this.#finishedSerial = s.finishedSerial;
    this.#finishedCount = s.finishedCount;
    this.#lastFinished = s.lastFinished;
    this.#named = s.named;
    this.#drops.clear();
    for (const [reason, count] of s.drops) this.#drops.set(reason, count);
    this.#dirs = new DirectoryTable();
    this.#dirs.restore(s.dirs);
  }

  #advance(time: number): void {
    if (time < this.#lastTime - BACK_MS) this.#count('stamps that go back by more than a minute');
    this.#lastTime = time;
    if (time > this.#windowMax) this.#windowMax = time;
    if (this.#line % CLOCK_WINDOW_LINES === 0) {
      this.#previousMax = this.#windowMax;
      this.#windowMax = time;
    }
    this.latest = this.#windowMax > this.#previousMax ? this.#windowMax : this.#previousMax;
    if (this.#line % SETTLE_LINES === 0) this.#flush(this.latest - this.#context.latenessMs, false);
  }

  /** The event of this stamp, made when it is new; null when it was finished already. */
  #find(h: Header): Pending | null {
    const queue = this.#queue;
    const last = queue.length - 1;
    if (last >= this.#head) {
      const p = queue[last] as Pending;
      const order = this.#compare(p, h);
      if (order === 0) return p;
      if (order < 0) return this.#add(queue.length, h);
    } else return h.time <= this.#lastFinished && this.#wasFinished(h) ? null : this.#add(queue.length, h);
    let low = this.#head;
    let high = last;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#compare(queue[middle] as Pending, h) < 0) low = middle + 1;
      else high = middle;
    }
    const found = queue[low] as Pending;
    if (this.#compare(found, h) === 0) return found;
    if (h.time <= this.#lastFinished && this.#wasFinished(h)) return null;
    return this.#add(low, h);
  }

  #compare(p: Pending, h: Header): number {
    if (p.time !== h.time) return p.time - h.time;
    if (p.serial !== h.serial) return p.serial - h.serial;
    return p.node === h.node ? 0 : p.node < h.node ? -1 : 1;
  }

  #add(at: number, h: Header): Pending {
    const p = this.#pool.pop() ?? newPending(0, 0, '');
    p.time = h.time;
    p.serial = h.serial;
    p.node = h.node;
    if (at === this.#queue.length) this.#queue.push(p);
    else this.#queue.splice(at, 0, p);
    if (this.#queue.length - this.#head > PENDING_MAX) this.#overflow();
    return p;
  }

  /** The stamp comes after everything that is held: this is the event's first record. */
  #isNew(h: Header): boolean {
    const last = this.#queue.length - 1;
    return last < this.#head ? h.time > this.#lastFinished : this.#compare(this.#queue[last] as Pending, h) < 0;
  }

  /** The first record of an event. Most events are of no use and say so here: they are never held. */
  #begin(b: Buffer, h: Header, end: number, offset: number, length: number): Verdict {
    const p = this.#pool.pop() ?? newPending(0, 0, '');
    const whole = this.#readSyscall(b, h.body, end, p);
    if (p.dropped) {
      this.#droppedSerial = h.serial;
      this.#droppedTime = h.time;
      recycleUnused(p);
      this.#pool.push(p);
      return UNUSED_CALL;
    }
    if (p.op === OP.exec && !this.#named.has(p.actor.uid)) this.#nameUser(b, h.body, end, p);
    p.time = h.time;
    p.serial = h.serial;
    p.node = h.node;
    p.touched = this.#line;
    this.#current = p;
    this.#queue.push(p);
    this.#place(p, offset, length);
    if (this.#queue.length - this.#head > PENDING_MAX) this.#overflow();
    return whole ? EMIT : BAD_BODY;
  }

  #readSyscall(b: Buffer, body: number, end: number, p: Pending): boolean {
    return (
      fastSyscall(b, this.#words, body, end, p, this.#intern, this.#actors, this.#processes) ||
      parseSyscall(b, body, end, p, this.#intern, this.#actors)
    );
  }

  /** The enriched tail names the uid: ` UID="clerk"` after 0x1D. Read for the first program of each uid only. */
  #nameUser(b: Buffer, start: number, end: number, p: Pending): void {
    const tail = b.indexOf(ENRICHED, start);
    if (tail < 0 || tail >= end || this.#named.size >= NAMED_MAX) return;
    const text = b.toString('latin1', tail, Math.min(end, tail + 512));
    const at = text.indexOf(' UID="');
    const stop = at < 0 ? -1 : text.indexOf('"', at + 6);
    if (stop < 0) return;
    const name = text.slice(at + 6, stop);
    this.#named.add(p.actor.uid);
    if (name !== 'unset' && name !== 'unknown' && !name.startsWith('unknown(')) p.userName = name;
  }

  #overflow(): void {
    this.#count('held events over the cap, finished early');
    this.#finish(this.#queue[this.#head++] as Pending);
  }

  #place(p: Pending, offset: number, length: number): void {
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

  #flush(watermark: number, all: boolean): void {
    const queue = this.#queue;
    const settled = this.#line - SETTLE_LINES;
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

  #finish(p: Pending): void {
    if (p === this.#current) this.#current = null;
    if (!p.dropped) {
      const event = buildEvent(p, this.#context.defaultHost, this.#dirs);
      if (typeof event === 'string') {
        if (LOSSES.has(event)) this.#count(event);
      } else this.#emit(event);
    }
    const slot = this.#finishedCount % FINISHED_MAX;
    this.#finishedTime[slot] = p.time;
    this.#finishedSerial[slot] = p.serial;
    this.#finishedCount += 1;
    if (p.time > this.#lastFinished || this.#finishedCount === 1) this.#lastFinished = p.time;
    recycle(p);
    if (this.#pool.length < 4096) this.#pool.push(p);
  }

  /** Only asked for records behind what is finished, so a scan over the remembered stamps is rare. */
  #wasFinished(h: Header): boolean {
    const count = Math.min(this.#finishedCount, FINISHED_MAX);
    for (let i = 1; i <= count; i++) {
      const slot = (this.#finishedCount - i) % FINISHED_MAX;
      if (this.#finishedSerial[slot] === h.serial && this.#finishedTime[slot] === h.time) {
        this.#count('repeated record of a finished event');
        return true;
      }
    }
    return false;
  }

  #count(reason: string): void {
    this.#drops.set(reason, (this.#drops.get(reason) ?? 0) + 1);
  }
}
