import type { EpochMs } from '../../core/time.ts';
import type { Verdict } from '../../core/verdict.ts';
import { reject, skip } from '../../core/verdict.ts';
import { type AuditCarrier, auditCarrier, recordIn, recordOf } from '../audit-feed/carried.ts';
import { AuditFeed } from '../audit-feed/feed.ts';
import type { DecodeContext, DecoderSession, EmitEvent } from '../contract.ts';
import { EventHold, type HoldData } from '../hold.ts';
import { writerHash } from '../line-hash.ts';
import type { ProgramDecoder } from '../syslog-contract.ts';
import { decoderOf } from './find-program.ts';
import { ByteIntern } from './intern.ts';
import { isProgramLength, type LineKind, SyslogLine } from './line.ts';
import { StampReader } from './stamp.ts';
import { lineText } from './text.ts';

export const LINE_BYTES_MAX = 65_536;
const EVENTS_HELD_MAX = 200_000;
const REPEATS_MAX = 256;
const NAMES_MAX = 4096;

const NOT_A_MESSAGE: Record<Exclude<LineKind, 'message' | 'repeat'>, Verdict> = {
  empty: skip('empty line'),
  continuation: skip('continuation line'),
  'journal-marker': skip('journal marker'),
  'no-tag': skip('no program tag'),
  'no-stamp': reject('no syslog time stamp'),
  'bad-header': reject('syslog header ends early'),
};
const UNUSED = skip('program not used');
const REPEAT_OF_NOTHING = skip('repeats a message that is not used');
const CUT = reject('line longer than 64 KiB, cut');

const AUDIT_HEAD = Buffer.from('audit: type=');

interface Program {
  readonly name: string;
  readonly decoder: ProgramDecoder | undefined;
  readonly carrier: AuditCarrier | null;
}

/** The message that "last message repeated" refers to. */
interface LastMessage {
  host: string;
  program: string;
  pid: number;
  text: string;
}

interface SessionData {
  stamp: ReturnType<StampReader['snapshot']>;
  hold: HoldData;
  latest: number;
  drained: number;
  repeatsCut: number;
  last: LastMessage | null;
  feed: unknown;
  messages: number;
}

/** Opens one syslog file with its rotations: framing here, meaning in `programs`. */
export function openSyslog(
  context: DecodeContext,
  emit: EmitEvent,
  programs: readonly ProgramDecoder[],
): DecoderSession {
  return new SyslogSession(context, emit, programs);
}

class SyslogSession implements DecoderSession {
  readonly #context: DecodeContext;
  readonly #programs: ByteIntern<Program>;
  readonly #decoders: readonly ProgramDecoder[];
  readonly #hosts = new ByteIntern<string>(text => text, NAMES_MAX);
  readonly #stamp: StampReader;
  readonly #line: SyslogLine;
  readonly #hold: EventHold;
  readonly #add: EmitEvent;
  #latest = Number.NaN;
  #drained = Number.NEGATIVE_INFINITY;
  #repeatsCut = 0;
  #last: LastMessage | null = null;
  readonly #feed: AuditFeed;
  #messages = 0;

  constructor(context: DecodeContext, emit: EmitEvent, decoders: readonly ProgramDecoder[]) {
    this.#context = context;
    this.#decoders = decoders;
    this.#programs = new ByteIntern(
      name => ({ name, decoder: decoderOf(decoders, name), carrier: auditCarrier(name) }),
      NAMES_MAX,
    );
    this.#stamp = new StampReader(context);
    this.#line = new SyslogLine(this.#stamp);
    this.#hold = new EventHold(EVENTS_HELD_MAX, emit);
    this.#add = event => this.#hold.add(event);
    this.#feed = new AuditFeed(context, this.#add);
  }

  get latest(): number {
    return this.#latest;
  }

  pushLine(buffer: Buffer, start: number, lineEnd: number, offset: number): Verdict {
    let end = lineEnd;
    while (end > start && isTrailing(buffer[end - 1] as number)) end -= 1;
    const cut = end - start > LINE_BYTES_MAX;
    if (cut) end = start + LINE_BYTES_MAX;
    const line = this.#line;
    const kind = line.parse(buffer, start, end);
    if (kind !== 'message' && kind !== 'repeat') return cut ? CUT : NOT_A_MESSAGE[kind];
    this.#messages += 1;
    this.#advance(this.#stamp.time);
    const host =
      line.hostEnd > line.hostStart
        ? this.#hosts.lookup(buffer, line.hostStart, line.hostEnd)
        : this.#context.defaultHost;
    if (kind === 'repeat') return this.#repeatLast(buffer, start, end, offset, lineEnd - start, host);

    if (!isProgramLength(line.programEnd - line.programStart)) return UNUSED;
    const program = this.#programs.lookup(buffer, line.programStart, line.programEnd);
    if (!this.#stamp.zoned) this.#context.onUnzoned?.(host, program.name, line.pid, this.#stamp.time);
    if (program.carrier !== null) {
      const verdict = this.#carried(buffer, end, offset, lineEnd - start, program.carrier, host);
      if (verdict !== null) return cut ? CUT : verdict;
    }
    if (program.decoder === undefined) {
      this.#last = null;
      return UNUSED;
    }
    // FNV-1a as in line-hash.ts; in the same pass, whether the text needs more than latin1.
    let hash = writerHash(buffer, line.programStart, line.programEnd, line.pid);
    let seen = 0;
    let escaped = false;
    for (let i = line.textStart; i < end; i++) {
      const byte = buffer[i] as number;
      hash = Math.imul(hash ^ byte, 0x01000193);
      seen |= byte;
      if (byte === 0x23) escaped = true;
    }
    const text = lineText(buffer, line.textStart, end, seen < 0x80, escaped);
    const ref = { source: this.#context.source, offset, length: lineEnd - start, next: null };
    const verdict = this.#decode(program.decoder, program.name, line.pid, text, host, ref, hash >>> 0);
    return cut ? CUT : verdict;
  }

  tick(watermark: number): void {
    this.#feed.tick(watermark);
    this.#hold.drain(watermark, 'inclusive');
  }

  snapshot(): SessionData {
    return {
      stamp: this.#stamp.snapshot(),
      hold: this.#hold.data,
      latest: this.#latest,
      drained: this.#drained,
      repeatsCut: this.#repeatsCut,
      last: this.#last,
      feed: this.#feed.snapshot(),
      messages: this.#messages,
    };
  }

  restore(data: unknown): void {
    const from = data as SessionData;
    this.#stamp.restore(from.stamp);
    this.#hold.restore(from.hold);
    this.#latest = from.latest;
    this.#drained = from.drained;
    this.#repeatsCut = from.repeatsCut;
    this.#last = from.last;
    this.#feed.restore(from.feed);
    this.#messages = from.messages;
  }

  drops(): ReadonlyMap<string, number> {
    const drops = this.#hold.drops('line');
    if (this.#repeatsCut > 0) drops.set('repetition beyond the cap', this.#repeatsCut);
    for (const [reason, count] of this.#feed.drops()) drops.set(reason, count);
    return drops;
  }

  /** The session's own watermark follows the latest stamp; it is drained in steps, as sorting pays off in batches. */
  #advance(time: number): void {
    if (time <= this.#latest) return;
    this.#latest = time;
    const lateness = this.#context.latenessMs;
    const watermark = time - lateness;
    if (watermark - this.#drained < Math.max(1000, lateness / 2)) return;
    this.#drained = watermark;
    this.#hold.drain(this.#feed.advance(watermark, this.#messages), 'exclusive');
  }

  /** An audit record in a syslog line, for the audit decoder; null when the message is none. */
  #carried(
    buffer: Buffer,
    end: number,
    offset: number,
    length: number,
    carrier: AuditCarrier,
    host: string,
  ): Verdict | null {
    const at = this.#line.textStart;
    // Most that a kernel says is no audit record: its words are looked at before a text is made of them.
    if (carrier === 'kernel' && !buffer.subarray(at, Math.min(end, at + 64)).includes(AUDIT_HEAD)) return null;
    const record = recordIn(carrier, lineText(buffer, at, end, false, true));
    return record === null ? null : this.#feed.push(recordOf(host, record), this.#messages, offset, length);
  }

  #decode(
    decoder: ProgramDecoder,
    program: string,
    pid: number,
    text: string,
    host: string,
    ref: { source: number; offset: number; length: number; next: null },
    lineHash: number,
  ): Verdict {
    const time = this.#stamp.time as EpochMs;
    const inner = repeatedText(text);
    const said = inner === null ? text : inner.text;
    const times = inner === null ? 1 : this.#timesOf(inner.count);
    this.#last = { host, program, pid, text: said };
    let verdict: Verdict = UNUSED;
    for (let i = 0; i < times; i++) {
      const meta = { time, host, program, pid, ref, lineHash: (lineHash + i) >>> 0 };
      verdict = decoder.decode(said, meta, this.#add);
    }
    return verdict;
  }

  #repeatLast(buffer: Buffer, start: number, end: number, offset: number, length: number, host: string): Verdict {
    const last = this.#last;
    if (last === null || last.host !== host) return REPEAT_OF_NOTHING;
    const decoder = decoderOf(this.#decoders, last.program);
    if (decoder === undefined) return REPEAT_OF_NOTHING;
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ (buffer[i] as number), 0x01000193);
    const ref = { source: this.#context.source, offset, length, next: null };
    const time = this.#stamp.time as EpochMs;
    const times = this.#timesOf(this.#line.repeats);
    let verdict: Verdict = REPEAT_OF_NOTHING;
    for (let i = 0; i < times; i++) {
      const meta = { time, host, program: last.program, pid: last.pid, ref, lineHash: (hash + i) >>> 0 };
      verdict = decoder.decode(last.text, meta, this.#add);
    }
    return verdict;
  }

  #timesOf(count: number): number {
    if (count <= REPEATS_MAX) return count;
    this.#repeatsCut += count - REPEATS_MAX;
    return REPEATS_MAX;
  }
}

const isTrailing = (byte: number): boolean => byte === 0x0d || byte === 0x0a || byte === 0x00;

/** rsyslog's `message repeated 3 times: [ text]`: the message stands for so many. */
function repeatedText(text: string): { text: string; count: number } | null {
  if (!text.startsWith('message repeated ')) return null;
  const open = text.indexOf(' times: [', 17);
  if (open < 0 || open > 26 || !text.endsWith(']')) return null;
  const digits = text.slice(17, open);
  for (let i = 0; i < digits.length; i++) if (digits.charCodeAt(i) < 0x30 || digits.charCodeAt(i) > 0x39) return null;
  const from = open + 9;
  const count = Number(digits);
  if (count < 1) return null;
  return { text: text.slice(text.charCodeAt(from) === 0x20 ? from + 1 : from, -1), count };
}
