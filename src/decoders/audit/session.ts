import { ByteTable } from '../../core/byte-table.ts';
import { InternTable } from '../../core/intern.ts';
import { EMIT, type Verdict } from '../../core/verdict.ts';
import type { DecodeContext, DecoderSession, EmitEvent, LineTally } from '../contract.ts';
import { ActorCache } from './actors.ts';
import { takeExecve, type Words } from './execve.ts';
import { newHeader, parseHeader, REC } from './header.ts';
import { HeldEvents } from './held.ts';
import type { Pending } from './pending.ts';
import { parseCwd, parseFields, parseOpenHow, parsePath, parseSaddr, parseSyscall } from './record.ts';
import { type LineReader, rowReader } from './rows.ts';
import { TICK_RECORDS } from './scan/layout.ts';
import { STANDALONE } from './standalone.ts';
import { OP } from './syscalls.ts';
import {
  BAD_BODY,
  BAD_STAMP,
  EMPTY,
  NO_HEAD,
  SAYS_NOTHING,
  UNUSED_CALL,
  UNUSED_PART,
  UNUSED_TYPE,
} from './verdicts.ts';

const ENRICHED = 0x1d;
const NAMED_MAX = 65_536;

/**
 * Linux audit records to events. Records of one event carry one stamp (time, serial); they may interleave with others,
 * come late, and lack EOE or any other record: see held.ts. Nothing depends on keys or on a rule set. Many lines at once are
 * scanned (rows.ts); a line by itself, and what is not in the kernel's own order, is read field by field.
 */
export class AuditSession implements DecoderSession, LineReader {
  readonly held: HeldEvents;
  readonly #intern = new InternTable();
  readonly #commands = new ByteTable<Words>();
  readonly #header = newHeader();
  readonly #actors = new ActorCache();
  #named = new Set<number>();

  constructor(context: DecodeContext, emit: EmitEvent) {
    this.held = new HeldEvents(context, emit);
  }

  get latest(): number {
    return this.held.latest;
  }

  pushLines(b: Buffer, start: number, offset: number, tally: LineTally): number {
    return rowReader().read(b, start, offset, this, tally);
  }

  pushOdd(b: Buffer, start: number, end: number, offset: number, tally: LineTally): void {
    const verdict = this.pushLine(b, start, end, offset);
    if (verdict.tag === 'emit') tally.emitted += 1;
    else tally.tell(verdict, 1);
  }

  pushLine(b: Buffer, start: number, end: number, offset: number): Verdict {
    if (start >= end) return EMPTY;
    const { held } = this;
    held.records += 1;
    // type=PROCTITLE says nothing that EXECVE does not say better.
    if (b[start + 5] === 80 && b[start + 6] === 82 && b[start] === 116 && end - start > 40) return SAYS_NOTHING;
    const header = this.#header;
    const fault = parseHeader(b, start, end, header, this.#intern, STANDALONE);
    if (fault !== 0) return fault === 1 ? NO_HEAD : BAD_STAMP;
    held.meet(header.time, header.serial, header.node);
    held.reach();
    if (held.records % TICK_RECORDS === 0) held.tick();
    const { type } = header;
    if (type === REC.proctitle || type === REC.eoe) return SAYS_NOTHING;
    if (type === REC.other) return UNUSED_TYPE;
    if (type === REC.standalone) return this.#standalone(b, end, offset, end - start);
    if (type === REC.syscall && held.isBeginning) return this.#begin(b, end, offset, end - start);
    const p = held.take();
    if (p === null) return UNUSED_PART;
    const whole = this.#read(b, type, header.body, end, p);
    if (p.dropped) return UNUSED_CALL;
    held.place(p, offset, end - start);
    return whole ? EMIT : BAD_BODY;
  }

  tick(watermark: number): void {
    this.held.flush(watermark, true);
  }

  drops(): ReadonlyMap<string, number> {
    return this.held.drops;
  }

  snapshot(): unknown {
    return { held: this.held.snapshot(), named: new Set(this.#named) };
  }

  restore(data: unknown): void {
    const saved = data as { held: unknown; named: Set<number> };
    this.held.restore(saved.held);
    this.#named = saved.named;
  }

  /** The enriched tail names the uid: ` UID="clerk"` after 0x1D. Read for the first program of each uid only. */
  nameUser(b: Buffer, start: number, end: number, p: Pending): void {
    const { uid } = p.actor;
    if (this.#named.has(uid)) return;
    const tail = b.indexOf(ENRICHED, start);
    if (tail < 0 || tail >= end || this.#named.size >= NAMED_MAX) return;
    const text = b.toString('latin1', tail, Math.min(end, tail + 512));
    const at = text.indexOf(' UID="');
    const stop = at < 0 ? -1 : text.indexOf('"', at + 6);
    if (stop < 0) return;
    const name = text.slice(at + 6, stop);
    this.#named.add(uid);
    if (name !== 'unset' && name !== 'unknown' && !name.startsWith('unknown(')) p.userName = name;
  }

  /** A record that is an event of its own, whatever else bears its stamp. */
  #standalone(b: Buffer, end: number, offset: number, length: number): Verdict {
    const { held } = this;
    const p = held.current ?? held.find();
    if (p === null) return UNUSED_PART;
    p.touched = held.records;
    p.dropped = false;
    p.record = this.#header.name;
    p.fields = parseFields(b, this.#header.body, end);
    held.place(p, offset, length);
    return EMIT;
  }

  /** The first record of an event. Most events are of no use and say so here: they are never held. */
  #begin(b: Buffer, end: number, offset: number, length: number): Verdict {
    const { held } = this;
    const p = held.fresh();
    const whole = this.#read(b, REC.syscall, this.#header.body, end, p);
    if (p.dropped) {
      held.dropStamp();
      held.giveBack(p);
      return UNUSED_CALL;
    }
    p.touched = held.records;
    held.hold(p);
    held.place(p, offset, length);
    return whole ? EMIT : BAD_BODY;
  }

  #read(b: Buffer, type: number, body: number, end: number, p: Pending): boolean {
    switch (type) {
      case REC.path:
        return parsePath(b, body, end, p, this.#intern);
      case REC.cwd:
        return parseCwd(b, body, end, p, this.#intern);
      case REC.execve:
        return takeExecve(b, body, end, p, this.#intern, this.#commands);
      case REC.sockaddr:
        return parseSaddr(b, body, end, p, this.#intern);
      case REC.openat2:
        return parseOpenHow(b, body, end, p);
      default: {
        const whole = parseSyscall(b, body, end, p, this.#intern, this.#actors);
        if (p.op === OP.exec && !p.dropped) this.nameUser(b, body, end, p);
        return whole;
      }
    }
  }
}
