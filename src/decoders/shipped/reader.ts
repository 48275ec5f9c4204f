import { reject, skip, type Verdict } from '../../core/verdict.ts';
import { AuditFeed } from '../audit-feed/feed.ts';
import type { DecodeContext, EmitEvent } from '../contract.ts';
import type { JsonMeta, JsonObject } from '../json-lines/record.ts';
import { lineHash } from '../line-hash.ts';
import { decoderOf } from '../syslog/find-program.ts';
import { PROGRAMS } from '../syslog/programs.ts';
import { lineText } from '../syslog/text.ts';
import type { ProgramDecoder, SyslogMeta } from '../syslog-contract.ts';
import { auditIn, shippedText, syslogIn } from './line.ts';
import { readOwnLine } from './own-lines.ts';

const UNUSED = skip('shipped line: program not used');
const NO_LINE = skip('shipped line of no log that is known');
const NO_TIME = reject('shipped line without a readable time');
const NAMES_MAX = 4096;

/**
 * Meaning of log lines that came as JSON: an audit record goes to the audit decoder, a syslog line, or a message whose program the
 * shipper took out of its line, to that program's decoder, a line of a program's own log to that log's. The line's own stamp and host count, the document's where it has none.
 * Emits what those emit. Trust: whoever may write the file may write such a line; the shipper is believed about file and host.
 */
export class ShippedReader {
  readonly #context: DecodeContext;
  readonly #emit: EmitEvent;
  readonly #feed: AuditFeed;
  readonly #decoders = new Map<string, ProgramDecoder | undefined>();

  constructor(context: DecodeContext, emit: EmitEvent) {
    this.#context = context;
    this.#emit = emit;
    this.#feed = new AuditFeed(context, emit);
  }

  read(record: JsonObject, meta: JsonMeta): Verdict {
    const shipped = shippedText(record);
    const audit = auditIn(shipped.text);
    if (audit !== '') {
      const named = audit.startsWith('node=') || shipped.host === '';
      const text = named ? audit : `node=${shipped.host.replace(/[^!-~]/g, '?')} ${audit}`;
      return this.#feed.push(text, meta.number, meta.ref.offset, meta.ref.length);
    }
    const host = shipped.host || this.#context.defaultHost;
    const framed = syslogIn(shipped, this.#context.zoneOffsetMinutes);
    if (framed === null) {
      if (shipped.program === '') return readOwnLine(shipped, this.#context, meta, this.#emit) ?? NO_LINE;
      if (Number.isNaN(shipped.time)) return NO_TIME;
      const { program, pid, text, time } = shipped;
      return this.#said(text, { time, host, program, pid, ref: meta.ref, lineHash: lineHash(program, pid, text) });
    }
    const { line, bytes, time } = framed;
    const written = line.hostEnd > line.hostStart ? bytes.toString('utf8', line.hostStart, line.hostEnd) : host;
    const program = bytes.toString('utf8', line.programStart, line.programEnd);
    if (this.#decoderOf(program) === undefined) return readOwnLine(shipped, this.#context, meta, this.#emit) ?? UNUSED;
    const text = lineText(bytes, line.textStart, bytes.length, false, true);
    // The line is told as in its own file, to its place among others of one time.
    const hash = lineHash(program, line.pid, bytes.toString('utf8', line.textStart));
    return this.#said(text, { time, host: written, program, pid: line.pid, ref: meta.ref, lineHash: hash });
  }

  #said(text: string, meta: SyslogMeta): Verdict {
    const decoder = this.#decoderOf(meta.program);
    return decoder === undefined ? UNUSED : decoder.decode(text, meta, this.#emit);
  }

  #decoderOf(program: string): ProgramDecoder | undefined {
    if (this.#decoders.has(program)) return this.#decoders.get(program);
    const decoder = program.length > 128 ? undefined : decoderOf(PROGRAMS, program);
    if (this.#decoders.size < NAMES_MAX) this.#decoders.set(program, decoder);
    return decoder;
  }

  advance(until: number, number: number): number {
    return this.#feed.advance(until, number);
  }

  tick(watermark: number): void {
    this.#feed.tick(watermark);
  }

  drops(): ReadonlyMap<string, number> {
    return this.#feed.drops();
  }

  snapshot(): unknown {
    return this.#feed.snapshot();
  }

  restore(data: unknown): void {
    this.#feed.restore(data);
  }
}
