import { fnv1a } from '../../core/hash.ts';
import { epochMs } from '../../core/time.ts';
import { reject, skip, type Verdict } from '../../core/verdict.ts';
import type { DecodeContext, DecoderSession, EmitEvent, FileFormat } from '../contract.ts';
import { EventHold, type HoldData } from '../hold.ts';
import { StampReader } from '../syslog/stamp.ts';
import type { ProgramDecoder } from '../syslog-contract.ts';

/** One line of a program's own log, apart from its stamp. */
export interface OwnLine {
  readonly program: string;
  readonly pid: number;
  readonly text: string;
}

/** A program that writes a log file of its own, without syslog. */
export interface OwnLog {
  readonly id: string;
  readonly title: string;
  /** Position of the stamp in the line that is `buffer` from `start` to `end`, -1 when this is no line of the program's. */
  stampAt(buffer: Buffer, start: number, end: number): number;
  /** What follows the stamp, without the blanks before it; null when it is not the program's. */
  frame(rest: string): OwnLine | null;
  /** Meaning of the text, the same as when the program writes to syslog. */
  readonly decoder: ProgramDecoder;
}

const LINE_BYTES_MAX = 65_536;
const EVENTS_HELD_MAX = 200_000;
const LINES_SAMPLED_MAX = 200;

const EMPTY = skip('empty line');
const TOO_LONG = reject('line longer than 64 KiB');
const NOT_MINE = reject('no line of this log');

/** The file format of a program's own log: framing from `log`, meaning from its decoder. The host is the evidence's. */
export function ownLogFormat(log: OwnLog): FileFormat {
  const read = (sample: Buffer, visit: (stamp: StampReader, mine: boolean) => 'next' | 'stop', context = ANY): void => {
    const stamp = new StampReader(context);
    let start = 0;
    for (let count = 0; count < LINES_SAMPLED_MAX && start < sample.length; count++) {
      const feed = sample.indexOf(0x0a, start);
      if (feed < 0 && count > 0) return;
      const end = feed < 0 ? sample.length : feed;
      if (end > start && visit(stamp, frameOf(log, stamp, sample, start, end) !== null) === 'stop') return;
      start = feed < 0 ? sample.length : feed + 1;
    }
  };
  return Object.freeze({
    id: log.id,
    title: log.title,
    recognise(sample: Buffer): number {
      let good = 0;
      let all = 0;
      read(sample, (_, mine) => {
        all += 1;
        if (mine) good += 1;
        return 'next';
      });
      return good === 0 ? 0 : (good / all) * 0.98;
    },
    hostOf: () => '',
    firstTime(sample: Buffer, context: DecodeContext): number {
      let time = Number.NaN;
      const visit = (stamp: StampReader, mine: boolean) => {
        if (!mine) return 'next';
        time = stamp.time;
        return 'stop';
      };
      read(sample, visit, context);
      return time;
    },
    yearless(sample: Buffer): boolean {
      let yearless = false;
      read(sample, (stamp, mine) => {
        if (!mine) return 'next';
        yearless = stamp.yearless;
        return 'stop';
      });
      return yearless;
    },
    open: (context: DecodeContext, emit: EmitEvent): DecoderSession => new OwnLogSession(log, context, emit),
  });
}

const ANY = { notAfter: Number.POSITIVE_INFINITY, zoneOffsetMinutes: 0 };

function frameOf(log: OwnLog, stamp: StampReader, buffer: Buffer, start: number, lineEnd: number): OwnLine | null {
  let end = lineEnd;
  while (end > start && (buffer[end - 1] === 0x0d || buffer[end - 1] === 0x00)) end -= 1;
  const at = log.stampAt(buffer, start, end);
  if (at < 0 || !stamp.read(buffer, at, end)) return null;
  let from = stamp.end;
  while (from < end && buffer[from] === 0x20) from += 1;
  return log.frame(buffer.toString('utf8', from, end));
}

interface SessionData {
  stamp: ReturnType<StampReader['snapshot']>;
  hold: HoldData;
  latest: number;
  drained: number;
}

class OwnLogSession implements DecoderSession {
  readonly #log: OwnLog;
  readonly #context: DecodeContext;
  readonly #stamp: StampReader;
  readonly #hold: EventHold;
  readonly #add: EmitEvent;
  #latest = Number.NaN;
  #drained = Number.NEGATIVE_INFINITY;

  constructor(log: OwnLog, context: DecodeContext, emit: EmitEvent) {
    this.#log = log;
    this.#context = context;
    this.#stamp = new StampReader(context);
    this.#hold = new EventHold(EVENTS_HELD_MAX, emit);
    this.#add = event => this.#hold.add(event);
  }

  get latest(): number {
    return this.#latest;
  }

  pushLine(buffer: Buffer, start: number, end: number, offset: number): Verdict {
    if (end === start) return EMPTY;
    if (end - start > LINE_BYTES_MAX) return TOO_LONG;
    const line = frameOf(this.#log, this.#stamp, buffer, start, end);
    if (line === null) return NOT_MINE;
    const time = epochMs(this.#stamp.time);
    this.#advance(time);
    const meta = {
      time,
      host: this.#context.defaultHost,
      program: line.program,
      pid: line.pid,
      ref: { source: this.#context.source, offset, length: end - start, next: null },
      lineHash: fnv1a(buffer, start, end),
    };
    return this.#log.decoder.decode(line.text, meta, this.#add);
  }

  tick(watermark: number): void {
    this.#hold.drain(watermark, 'inclusive');
  }

  snapshot(): SessionData {
    return { stamp: this.#stamp.snapshot(), hold: this.#hold.data, latest: this.#latest, drained: this.#drained };
  }

  restore(data: unknown): void {
    const from = data as SessionData;
    this.#stamp.restore(from.stamp);
    this.#hold.restore(from.hold);
    this.#latest = from.latest;
    this.#drained = from.drained;
  }

  drops(): ReadonlyMap<string, number> {
    return this.#hold.drops('line');
  }

  #advance(time: number): void {
    if (time <= this.#latest) return;
    this.#latest = time;
    const watermark = time - this.#context.latenessMs;
    if (watermark - this.#drained < Math.max(1000, this.#context.latenessMs / 2)) return;
    this.#drained = watermark;
    this.#hold.drain(watermark, 'exclusive');
  }
}
