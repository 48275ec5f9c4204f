import { LineSplitter } from '../core/line-splitter.ts';
import type { Unread } from '../core/verdict.ts';
import type { DecodeContext, DecoderSession, FileFormat, LineTally } from '../decoders/contract.ts';
import type { WatchEvent } from '../events/event.ts';
import { markBytes } from '../sources/byte-order-mark.ts';
import type { BlockReader, EvidenceFile } from '../sources/contract.ts';
import type { InputProblem } from '../sources/problem.ts';

/** Counts of one file, filled as it is read. */
export interface FileCount {
  readonly file: EvidenceFile;
  readonly source: number;
  bytes: number;
  lines: number;
  emitted: number;
  readonly skipped: Map<string, number>;
  readonly rejected: Map<string, number>;
  readonly firstTime: number;
  lastTime: number;
}

export interface StreamFile {
  readonly file: EvidenceFile;
  readonly source: number;
  readonly firstTime: number;
}

export interface StreamSetting {
  readonly format: FileFormat;
  readonly context: DecodeContext;
  readonly files: readonly StreamFile[];
  readonly lineBytesMax: number;
  readonly open: (file: EvidenceFile) => BlockReader;
  readonly onProblem: (problem: InputProblem) => void;
  /** Another log of the evidence may hold the same lines. */
  readonly mayEcho?: boolean;
  /** Told of each event, in the order of the log. */
  readonly witness?: ((event: WatchEvent) => void) | undefined;
  /** Full names of hosts that the evidence also names in short; see host-names.ts. */
  readonly shortNames?: ReadonlyMap<string, string>;
}

/** Exports leave the last line feed out: what ends as JSON does is whole. */
function endsAsJson(buffer: Buffer, start: number, end: number): boolean {
  const last = end > start ? buffer[end - 1] : undefined;
  return last === 0x7d || last === 0x5d;
}

const halfLine = (source: string): InputProblem => ({
  code: 'N_HALF_LINE',
  source,
  level: 'notice',
  message:
    'its last line has no end: it was cut there, or was still being written; that line was read as far as it goes; fetch the file again if more should be there',
});

/** Events taken from one read of the input are held in an array; taken from the front, refilled when it is empty. */
export class Stream {
  readonly format: FileFormat;
  readonly mayEcho: boolean;
  readonly counts: FileCount[];
  readonly #setting: StreamSetting;
  #session: DecoderSession;
  #events: WatchEvent[] = [];
  #next = 0;
  #fileIndex = -1;
  #reader: BlockReader | null = null;
  #splitter: LineSplitter;
  #offset = 0;
  #told = new Map<string, number>();
  #done = false;
  /** A block whose lines are read by and by, and where those begin that were not; -1 when there is none. */
  #block: Buffer = Buffer.alloc(0);
  #rest = -1;
  readonly #tally: LineTally = { lines: 0, emitted: 0, tell: (verdict, lines) => this.#other(verdict, lines) };
  /** Compressed bytes of files read to their end. */
  #finishedBytes = 0;

  constructor(setting: StreamSetting) {
    this.#setting = setting;
    this.format = setting.format;
    this.mayEcho = setting.mayEcho ?? false;
    this.counts = setting.files.map(({ file, source, firstTime }) => ({
      file,
      source,
      bytes: 0,
      lines: 0,
      emitted: 0,
      skipped: new Map(),
      rejected: new Map(),
      firstTime,
      lastTime: Number.NaN,
    }));
    this.#session = this.#open();
    this.#splitter = this.#newSplitter();
  }

  get consumedBytes(): number {
    return this.#finishedBytes + (this.#reader?.consumedBytes ?? 0);
  }

  drops(): ReadonlyMap<string, number> {
    return this.#session.drops();
  }

  /** The next event without taking it; undefined when none is at hand. */
  peek(): WatchEvent | undefined {
    return this.#events[this.#next];
  }

  take(): WatchEvent {
    const event = this.#events[this.#next] as WatchEvent;
    this.#next += 1;
    if (this.#next === this.#events.length) {
      this.#events = [];
      this.#next = 0;
    }
    return event;
  }

  /** Reads until at least one event is at hand. False at the end of the stream. */
  async fill(): Promise<boolean> {
    while (this.#next >= this.#events.length) {
      if (this.#done) return false;
      await this.#step();
    }
    return true;
  }

  async #step(): Promise<void> {
    if (this.#reader === null) {
      this.#fileIndex += 1;
      const next = this.#setting.files[this.#fileIndex];
      if (next === undefined) {
        this.#session.tick(Number.POSITIVE_INFINITY);
        const last = this.#setting.files.at(-1);
        if (last !== undefined) this.#tellDrops(last.file.name);
        this.#done = true;
        return;
      }
      this.#reader = this.#setting.open(next.file);
      this.#setting.context.source = next.source;
      this.#splitter = this.#newSplitter();
      this.#offset = 0;
    }
    if (this.#rest >= 0) {
      this.#pushLines();
      return;
    }
    const block = await this.#reader.read();
    const count = this.counts[this.#fileIndex] as FileCount;
    if (block !== null) {
      const mark = this.#offset === 0 ? markBytes(block) : 0;
      count.bytes += block.length;
      if (this.#session.pushLines === undefined || block.length > this.#setting.lineBytesMax) {
        this.#splitter.feed(block.subarray(mark), this.#offset + mark, this.#onLine);
        this.#offset += block.length;
        count.lines = this.#splitter.lines;
      } else {
        this.#block = block;
        this.#rest = mark > 0 ? mark : this.#splitter.begin(block, this.#onLine);
        this.#pushLines();
      }
      return;
    }
    let isHalf = this.#splitter.unfinished;
    this.#splitter.end((buffer, start, end, offset) => {
      isHalf = !endsAsJson(buffer, start, end);
      this.#onLine(buffer, start, end, offset);
    });
    count.lines = this.#splitter.lines;
    count.lastTime = this.#session.latest;
    // What still waits is finished at the end of the log, and told with the rest of its last file.
    if (this.#fileIndex + 1 < this.#setting.files.length) this.#tellDrops(count.file.name);
    if (this.#reader.problem !== null) this.#setting.onProblem(this.#reader.problem);
    else if (isHalf) this.#setting.onProblem(halfLine(count.file.name));
    this.#finishedBytes += count.file.sizeBytes;
    this.#reader.close();
    this.#reader = null;
  }

  /** What the session dropped or found odd in this file, by reason. */
  #tellDrops(name: string): void {
    for (const [reason, total] of this.#session.drops()) {
      const here = total - (this.#told.get(reason) ?? 0);
      this.#told.set(reason, total);
      if (here <= 0) continue;
      const message = `${here} × ${reason}; the rest was read, in the order of the stamps; \`watchpost explain\` shows the lines`;
      this.#setting.onProblem({ code: 'N_ODD_RECORDS', source: name, level: 'notice', message });
    }
  }

  #onLine = (buffer: Buffer, start: number, end: number, offset: number): void => {
    const verdict = this.#session.pushLine(buffer, start, end, offset);
    if (verdict.tag === 'emit') (this.counts[this.#fileIndex] as FileCount).emitted += 1;
    else this.#other(verdict);
  };

  /** A part of the block at hand goes to the session: its events are judged before more are made. */
  #pushLines(): void {
    const block = this.#block;
    const from = this.#rest;
    const tally = this.#tally;
    if (from >= 0) this.#rest = this.#session.pushLines?.(block, from, this.#offset + from, tally) ?? from;
    const count = this.counts[this.#fileIndex] as FileCount;
    this.#splitter.lines += tally.lines;
    count.lines = this.#splitter.lines;
    count.emitted += tally.emitted;
    tally.lines = 0;
    tally.emitted = 0;
    if (this.#rest > from && this.#rest < block.length) return;
    this.#splitter.keep(block, this.#rest, this.#offset);
    this.#offset += block.length;
    this.#rest = -1;
  }

  #other(verdict: Unread, lines = 1): void {
    if (lines === 0) return;
    const count = this.counts[this.#fileIndex] as FileCount;
    const tally = verdict.tag === 'skip' ? count.skipped : count.rejected;
    tally.set(verdict.reason, (tally.get(verdict.reason) ?? 0) + lines);
  }

  #newSplitter(): LineSplitter {
    return new LineSplitter(this.#setting.lineBytesMax, () => {
      const { rejected } = this.counts[this.#fileIndex] as FileCount;
      const reason = `line longer than ${this.#setting.lineBytesMax} bytes`;
      rejected.set(reason, (rejected.get(reason) ?? 0) + 1);
    });
  }

  #open(): DecoderSession {
    const { format, context, shortNames, witness } = this.#setting;
    if (shortNames === undefined || shortNames.size === 0)
      return format.open(context, event => {
        witness?.(event);
        this.#events.push(event);
      });
    return format.open(context, event => {
      witness?.(event);
      const host = shortNames.get(event.host);
      this.#events.push(host === undefined ? event : { ...event, host });
    });
  }

  snapshot(): unknown {
    return { session: this.#session.snapshot(), events: this.#events.slice(this.#next) };
  }

  /** Throws the running session away and goes on with a new one that holds the saved state. */
  restore(data: unknown): void {
    const from = data as { session: unknown; events: WatchEvent[] };
    this.#session = this.#open();
    this.#session.restore(from.session);
    this.#events = from.events;
    this.#next = 0;
  }
}
