import { reject, skip, type Verdict } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { DecodeContext, DecoderSession, EmitEvent, FileFormat } from '../contract.ts';
import { EventHold, type HoldData } from '../hold.ts';
import { decodeZeek, zeekHost, zeekTime } from './decode.ts';
import { freshHeader, type Header, takeHeader } from './header.ts';
import { isKind, skipOf } from './kinds.ts';
import { recordOf } from './row.ts';

const EVENTS_HELD_MAX = 200_000;
const ROWS_SAMPLED_MAX = 200;

/**
 * A line is written when Zeek is done with what it tells: a connection some time after its last packet (5 s after a close, a
 * minute of silence for UDP, five for TCP), a request when its answer is complete. So lines stand later than their times say.
 */
export const ZEEK_LATENESS_MS = 330_000;

const EMPTY = skip('empty line');
const COMMENT = skip('Zeek header');
const NOTE = skip('comment');
const NO_FIELDS = reject('Zeek row before any #fields');
const WIDTH = reject('Zeek row with another number of columns than #fields');
const NO_TIME = reject('record without a readable time');

/**
 * Zeek's own text format: a header of `#` lines, then a row a line (header.ts, row.ts); what rows mean is decode.ts.
 *
 * Source: docs.zeek.org, "Zeek TSV format". Trust: see decode.ts; the peers' text is escaped and cannot start a line.
 */
export const zeekTsvFormat: FileFormat = Object.freeze({
  id: 'zeek-tsv',
  title: 'Zeek logs (TSV)',
  recognise(sample: Buffer): number {
    const { header, good, bad } = survey(sample);
    if (header.width === 0 || header.path === '') return 0;
    return good + bad === 0 ? 0.9 : 0.98 * (good / (good + bad));
  },
  hostOf: (sample: Buffer): string => survey(sample).host,
  firstTime: (sample: Buffer): number => survey(sample).firstTime,
  yearless: () => false,
  open: (context: DecodeContext, emit: EmitEvent): DecoderSession => new TsvSession(context, emit),
});

interface Survey {
  readonly header: Header;
  readonly host: string;
  readonly firstTime: number;
  readonly good: number;
  readonly bad: number;
}

function survey(sample: Buffer): Survey {
  const header = freshHeader();
  let [good, bad, firstTime, host] = [0, 0, Number.NaN, ''];
  const first = sample[0] === 0xef ? sample[3] : sample[0];
  if (first !== 0x23) return { header, host, firstTime, good, bad };
  let start = sample[0] === 0xef ? 3 : 0;
  for (let lines = 0; lines < ROWS_SAMPLED_MAX && start < sample.length; lines++) {
    const feed = sample.indexOf(0x0a, start);
    if (feed < 0 && lines > 0) break;
    const line = withoutReturn(sample.toString('utf8', start, feed < 0 ? sample.length : feed));
    start = feed < 0 ? sample.length : feed + 1;
    if (line === '') continue;
    if (line.startsWith('#')) {
      takeHeader(header, line);
      continue;
    }
    const record = header.width > 0 ? recordOf(header, line) : null;
    if (record === null) bad += 1;
    else good += 1;
    if (record === null) continue;
    if (host === '') host = zeekHost(record);
    const time = zeekTime(header.path, record);
    if (Number.isNaN(firstTime)) firstTime = time;
  }
  return { header, host, firstTime, good, bad };
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

interface SessionData {
  header: Header;
  hold: HoldData;
  latest: number;
  drained: number;
}

class TsvSession implements DecoderSession {
  readonly #context: DecodeContext;
  readonly #hold: EventHold;
  readonly #latenessMs: number;
  readonly #add: EmitEvent;
  #header = freshHeader();
  #latest = Number.NaN;
  #drained = Number.NEGATIVE_INFINITY;

  constructor(context: DecodeContext, emit: EmitEvent) {
    this.#context = context;
    this.#hold = new EventHold(EVENTS_HELD_MAX, emit);
    this.#latenessMs = Math.max(context.latenessMs, ZEEK_LATENESS_MS);
    this.#add = (event: WatchEvent) => this.#hold.add(event);
  }

  get latest(): number {
    return this.#latest;
  }

  pushLine(buffer: Buffer, start: number, end: number, offset: number): Verdict {
    if (end === start) return EMPTY;
    if (buffer[start] === 0x23)
      return takeHeader(this.#header, withoutReturn(buffer.toString('utf8', start, end))) ? COMMENT : NOTE;
    const header = this.#header;
    if (header.width === 0) return NO_FIELDS;
    if (!isKind(header.path)) return skipOf(header.path);
    const record = recordOf(header, withoutReturn(buffer.toString('utf8', start, end)));
    if (record === null) return WIDTH;
    const time = zeekTime(header.path, record);
    if (Number.isNaN(time)) return NO_TIME;
    this.#advance(time);
    const ref = { source: this.#context.source, offset, length: end - start, next: null };
    return decodeZeek(header.path, record, { host: zeekHost(record) || this.#context.defaultHost, ref }, this.#add);
  }

  #advance(time: number): void {
    if (!(time <= this.#latest)) this.#latest = time;
    const until = this.#latest - this.#latenessMs;
    if (until <= this.#drained) return;
    this.#drained = until;
    this.#hold.drain(until, 'exclusive');
  }

  tick(watermark: number): void {
    this.#hold.drain(watermark, 'inclusive');
  }

  snapshot(): SessionData {
    return {
      header: { ...this.#header },
      hold: this.#hold.data,
      latest: this.#latest,
      drained: this.#drained,
    };
  }

  restore(data: unknown): void {
    const from = data as SessionData;
    this.#header = { ...from.header };
    this.#hold.restore(from.hold);
    this.#latest = from.latest;
    this.#drained = from.drained;
  }

  drops(): ReadonlyMap<string, number> {
    return this.#hold.drops('record');
  }
}
