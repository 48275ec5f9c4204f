import { BoundedMap } from '../../core/bounded-map.ts';
import { fnv1a } from '../../core/hash.ts';
import { reject, skip, type Verdict } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { DecodeContext, DecoderSession, EmitEvent, FileFormat } from '../contract.ts';
import { EventHold, type HoldData } from '../hold.ts';
import type { JsonObject, JsonRecordDecoder, JsonRecordSession } from './record.ts';
import { sampleRecords } from './sample.ts';
import { jsonOfLine } from './split.ts';
import { unwrapped } from './unwrap.ts';

const RECORD_BYTES_MAX = 1024 * 1024;
const EVENTS_HELD_MAX = 200_000;
const ARRIVALS_MAX = 65_536;
const MEMORY_MAX = 8192;

const EMPTY = skip('empty line');
const BRACKETS = skip('brackets around the records');
const NOT_JSON = reject('not JSON (a record must stand on one line)');
const NOT_RECORD = reject('JSON, but not an object');
const TOO_LONG = reject('record longer than 1 MiB');
const UNKNOWN = skip('JSON record of no known program');
const NO_TIME = reject('record without a readable time');

/** One decoder's file format: JSON a line. `all` are asked for records that it does not claim. */
export function jsonFormat(decoder: JsonRecordDecoder, all: () => readonly JsonRecordDecoder[]): FileFormat {
  return Object.freeze({
    id: decoder.id,
    title: decoder.title,
    recognise(sample: Buffer): number {
      const records = sampleRecords(sample);
      if (records.length === 0) return 0;
      const mine = records.filter(record => decoder.claims(record)).length;
      if (mine === 0) return 0;
      // A central store holds several programs' records: what others claim counts too, and the file is of whom most is.
      const known = records.filter(record => all().some(other => other.claims(record))).length;
      return (known / records.length) * 0.95 * (0.8 + 0.2 * (mine / known));
    },
    hostOf(sample: Buffer): string {
      for (const record of sampleRecords(sample)) {
        const host = decoder.claims(record) ? decoder.hostOf(record) : '';
        if (host !== '') return host;
      }
      return '';
    },
    firstTime(sample: Buffer, context: DecodeContext): number {
      for (const record of sampleRecords(sample)) {
        const time = decoder.claims(record) ? decoder.timeOf(record, context) : Number.NaN;
        if (!Number.isNaN(time)) return time;
      }
      return Number.NaN;
    },
    yearless: () => false,
    open: (context: DecodeContext, emit: EmitEvent): DecoderSession =>
      new JsonSession(context, emit, [decoder, ...all().filter(other => other !== decoder)]),
  });
}

const isRecord = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface SessionData {
  hold: HoldData;
  latest: number;
  drained: number;
  arrived: number;
  arrivals: ReturnType<BoundedMap<number, number>['snapshot']>;
  memory: ReturnType<BoundedMap<string, unknown>['snapshot']>;
  records: number;
  sessions: readonly (readonly [string, unknown])[];
  lacking: ReadonlyMap<string, number>;
}

class JsonSession implements DecoderSession {
  readonly #context: DecodeContext;
  readonly #decoders: readonly JsonRecordDecoder[];
  readonly #hold: EventHold;
  readonly #latenessMs: number;
  #latest = Number.NaN;
  #drained = Number.NEGATIVE_INFINITY;
  /** Hash of a record -> how many different ones had come: a record that comes again keeps its place. */
  readonly #arrivals = new BoundedMap<number, number>(ARRIVALS_MAX);
  #arrived = 0;
  readonly #memory = new BoundedMap<string, unknown>(MEMORY_MAX);
  #records = 0;
  readonly #sessions = new Map<string, JsonRecordSession>();
  readonly #add: EmitEvent;
  #lacking = new Map<string, number>();
  readonly #lacks = (reason: string): void => void this.#lacking.set(reason, (this.#lacking.get(reason) ?? 0) + 1);

  constructor(context: DecodeContext, emit: EmitEvent, decoders: readonly JsonRecordDecoder[]) {
    this.#context = context;
    this.#decoders = decoders;
    this.#hold = new EventHold(EVENTS_HELD_MAX, emit);
    this.#latenessMs = Math.max(context.latenessMs, decoders[0]?.latenessMs ?? 0);
    this.#add = (event: WatchEvent) => this.#hold.add(event);
  }

  get latest(): number {
    return this.#latest;
  }

  pushLine(buffer: Buffer, start: number, end: number, offset: number): Verdict {
    if (end === start) return EMPTY;
    if (end - start > RECORD_BYTES_MAX) return TOO_LONG;
    let value: unknown;
    try {
      value = jsonOfLine(buffer.toString('utf8', start, end));
    } catch {
      return NOT_JSON;
    }
    if (value === undefined) return BRACKETS;
    const given: readonly unknown[] = Array.isArray(value) ? value : [value];
    const records = given.flatMap((each): readonly (JsonObject | null)[] =>
      isRecord(each) ? unwrapped(each) : [null],
    );
    const hash = fnv1a(buffer, start, end);
    let verdict: Verdict = records.length === 0 ? BRACKETS : NOT_RECORD;
    records.forEach((record, index) => {
      const one = record === null ? NOT_RECORD : this.#record(record, (hash + index) >>> 0, offset, end - start);
      if (verdict.tag !== 'emit') verdict = one;
    });
    return verdict;
  }

  #record(record: JsonObject, hash: number, offset: number, length: number): Verdict {
    const decoder = this.#decoders.find(each => each.claims(record));
    if (decoder === undefined) return UNKNOWN;
    const time = decoder.timeOf(record, this.#context);
    if (Number.isNaN(time)) return NO_TIME;
    this.#records += 1;
    this.#advance(time);
    const ref = { source: this.#context.source, offset, length, next: null };
    const order = (phase: number) => phase * 4294967296 + hash;
    const arrival = (phase: number) => phase * 4294967296 + this.#place(hash);
    const number = this.#records;
    const meta = { context: this.#context, ref, number, order, arrival, memory: this.#memory, lacks: this.#lacks };
    const session = this.#sessionOf(decoder);
    return session === null ? decoder.decode(record, meta, this.#add) : session.decode(record, meta);
  }

  #sessionOf(decoder: JsonRecordDecoder): JsonRecordSession | null {
    if (decoder.open === undefined) return null;
    let session = this.#sessions.get(decoder.id);
    if (session === undefined) {
      session = decoder.open(this.#context, this.#add);
      this.#sessions.set(decoder.id, session);
    }
    return session;
  }

  #place(hash: number): number {
    const known = this.#arrivals.peek(hash);
    if (known !== undefined) return known;
    this.#arrived += 1;
    this.#arrivals.set(hash, this.#arrived);
    return this.#arrived;
  }

  /** Moves the clock of this log on, and lets go what can no longer be preceded: in steps, as sorting pays off in batches. */
  #advance(time: number): void {
    if (!(time <= this.#latest)) this.#latest = time;
    const until = this.#latest - this.#latenessMs;
    if (until - this.#drained < Math.max(1000, this.#latenessMs / 2)) return;
    this.#drained = until;
    let bound = until;
    for (const session of this.#sessions.values()) bound = Math.min(bound, session.advance(until, this.#records));
    this.#hold.drain(bound, 'exclusive');
  }

  tick(watermark: number): void {
    for (const session of this.#sessions.values()) session.tick(watermark);
    this.#hold.drain(watermark, 'inclusive');
  }

  snapshot(): SessionData {
    return {
      hold: this.#hold.data,
      latest: this.#latest,
      drained: this.#drained,
      arrived: this.#arrived,
      arrivals: this.#arrivals.snapshot(),
      memory: this.#memory.snapshot(),
      records: this.#records,
      sessions: [...this.#sessions].map(([id, session]) => [id, session.snapshot()]),
      lacking: new Map(this.#lacking),
    };
  }

  restore(data: unknown): void {
    const from = data as SessionData;
    this.#hold.restore(from.hold);
    this.#latest = from.latest;
    this.#drained = from.drained;
    this.#arrived = from.arrived;
    this.#arrivals.restore(from.arrivals);
    this.#memory.restore(from.memory);
    this.#records = from.records;
    this.#lacking = new Map(from.lacking);
    this.#sessions.clear();
    for (const [id, saved] of from.sessions) {
      const decoder = this.#decoders.find(each => each.id === id);
      if (decoder !== undefined) this.#sessionOf(decoder)?.restore(saved);
    }
  }

  drops(): ReadonlyMap<string, number> {
    const drops = this.#hold.drops('record');
    for (const [reason, count] of this.#lacking) drops.set(reason, count);
    for (const session of this.#sessions.values())
      for (const [reason, count] of session.drops()) drops.set(reason, (drops.get(reason) ?? 0) + count);
    return drops;
  }
}
