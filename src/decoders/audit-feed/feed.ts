import type { Verdict } from '../../core/verdict.ts';
import { AuditSession } from '../audit/session.ts';
import type { DecodeContext, EmitEvent } from '../contract.ts';

/** Records around an audit record for which its event is left open, whatever the stamps say: one wild stamp breaks none apart. */
const SETTLE_RECORDS = 64;
/** Records whose audit text is longer than they are; remembered so that a step shows no more than its own record. */
const OVERLONG_MAX = 4096;
const ENRICHED = 0x1d;

interface FeedData {
  session: unknown;
  times: Float64Array<ArrayBuffer>;
  numbers: Float64Array<ArrayBuffer>;
  next: number;
  overlong: Map<number, number>;
  source: number;
}

/**
 * Audit records that came wrapped in something else (a journal entry, a syslog line, a JSON document), for the audit decoder.
 * It gives the events that the same records give in auditd's own file: order, duplicates and events of several records are
 * its work. The session is made with the first record. Bounded as that session is.
 */
export class AuditFeed {
  readonly #context: DecodeContext;
  readonly #emit: EmitEvent;
  #session: AuditSession | null = null;
  #times = new Float64Array(SETTLE_RECORDS).fill(Number.POSITIVE_INFINITY);
  #numbers = new Float64Array(SETTLE_RECORDS).fill(Number.NEGATIVE_INFINITY);
  #next = 0;
  #overlong = new Map<number, number>();
  #source = -1;
  #bytes = Buffer.alloc(4096);

  constructor(context: DecodeContext, emit: EmitEvent) {
    this.#context = context;
    this.#emit = event => emit(this.#overlong.size === 0 ? event : this.#fitted(event));
  }

  /**
   * One record as the kernel or auditd writes it (`[node=N ]type=T msg=audit(S.MS:ID): …`). It was read out of `length` bytes
   * at `offset`, and is the `number`th record of its log: records of one event may share these.
   */
  push(text: string, number: number, offset: number, length: number): Verdict {
    this.#session ??= new AuditSession(this.#context, this.#emit);
    const needed = Math.max(Buffer.byteLength(text), length);
    if (this.#bytes.length < needed) this.#bytes = Buffer.alloc(needed * 2);
    const written = this.#bytes.write(text, 0, 'utf8');
    // The session takes a record's length for its place in the file. What follows 0x1D is not part of the record's meaning.
    if (written < length) this.#bytes.fill(ENRICHED, written, length);
    else if (written > length) this.#remember(offset, length);
    this.#times[this.#next] = stampOf(text);
    this.#numbers[this.#next] = number;
    this.#next = (this.#next + 1) % SETTLE_RECORDS;
    return this.#session.pushLine(this.#bytes, 0, Math.max(written, length), offset);
  }

  /**
   * Nothing at or before `until` is thought to come any more: what waits for it is told. Returns before when everything has
   * been told, which is earlier while an event may still be in the middle of arriving.
   */
  advance(until: number, number: number): number {
    if (this.#session === null) return until;
    let bound = until;
    for (let i = 0; i < SETTLE_RECORDS; i++) {
      if ((this.#numbers[i] as number) <= number - SETTLE_RECORDS) continue;
      const time = (this.#times[i] as number) - 0.001;
      if (time < bound) bound = time;
    }
    this.#session.tick(bound);
    return bound;
  }

  tick(watermark: number): void {
    this.#session?.tick(watermark);
    if (watermark === Number.POSITIVE_INFINITY) this.#times.fill(Number.POSITIVE_INFINITY);
  }

  drops(): ReadonlyMap<string, number> {
    return this.#session?.drops() ?? new Map<string, number>();
  }

  snapshot(): FeedData | null {
    if (this.#session === null) return null;
    return {
      session: this.#session.snapshot(),
      times: this.#times.slice(),
      numbers: this.#numbers.slice(),
      next: this.#next,
      overlong: new Map(this.#overlong),
      source: this.#source,
    };
  }

  restore(data: unknown): void {
    const from = data as FeedData | null;
    if (from === null) return;
    this.#session = new AuditSession(this.#context, this.#emit);
    this.#session.restore(from.session);
    this.#times = from.times;
    this.#numbers = from.numbers;
    this.#next = from.next;
    this.#overlong = from.overlong;
    this.#source = from.source;
  }

  #remember(offset: number, length: number): void {
    if (this.#source !== this.#context.source) this.#overlong.clear();
    this.#source = this.#context.source;
    if (this.#overlong.size >= OVERLONG_MAX) this.#overlong.clear();
    this.#overlong.set(offset, length);
  }

  #fitted<E extends Parameters<EmitEvent>[0]>(event: E): E {
    const { ref } = event;
    const length = ref.source === this.#source ? this.#overlong.get(ref.offset) : undefined;
    return length === undefined || length >= ref.length ? event : { ...event, ref: { ...ref, length } };
  }
}

/** Milliseconds of `audit(S.MS:ID)`, in which the session will hold the event; Infinity when there is no stamp. */
function stampOf(text: string): number {
  const at = text.indexOf('audit(');
  const colon = text.indexOf(':', at);
  if (at < 0 || colon < 0 || colon - at > 32) return Number.POSITIVE_INFINITY;
  const seconds = Number(text.slice(at + 6, colon));
  return Number.isFinite(seconds) ? seconds * 1000 : Number.POSITIVE_INFINITY;
}
