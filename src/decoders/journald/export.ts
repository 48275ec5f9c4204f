import { reject, skip, type Verdict } from '../../core/verdict.ts';
import type { DecodeContext, DecoderSession, EmitEvent, FileFormat } from '../contract.ts';
import { EventHold, type HoldData } from '../hold.ts';
import { ExportFraming, type Framed, type FramingData } from './framing.ts';
import { entryTime, hostOfEntry, JOURNAL_FIELDS, type JournalEntry, JournalReader } from './reader.ts';

const EVENTS_HELD_MAX = 200_000;
const ENTRIES_SAMPLED_MAX = 100;

const FIELD = skip('field of a journal entry');
const BLANK = skip('empty line');
const LOST = skip('rest of a broken journal entry');
const BROKEN = reject('journal entry that is not in the export format');
const NO_TIME = reject('journal entry without a time');

/**
 * systemd journal entries in the export format: `journalctl -o export`, systemd-journal-upload, systemd-journal-gatewayd.
 *
 * Source: systemd's Journal Export Formats. Framing: see framing.ts; meaning and trust: see reader.ts.
 * Rejects: an entry whose framing breaks (it is passed over up to the next empty line), one without a time.
 */
export const journaldExportFormat: FileFormat = Object.freeze({
  id: 'journald-export',
  title: 'systemd journal (journalctl -o export)',
  recognise(sample: Buffer): number {
    let good = 0;
    let bad = 0;
    eachEntry(sample, result => {
      if (result === 'broken') bad += 1;
      else if (!Number.isNaN(entryTime(entryOf(result)))) good += 1;
      return 'next';
    });
    return good === 0 ? 0 : (good / (good + bad)) * 0.95;
  },
  hostOf(sample: Buffer): string {
    let host = '';
    eachEntry(sample, result => {
      if (result !== 'broken') host = hostOfEntry(entryOf(result));
      return host === '' ? 'next' : 'stop';
    });
    return host;
  },
  firstTime(sample: Buffer): number {
    let time = Number.NaN;
    eachEntry(sample, result => {
      if (result !== 'broken') time = entryTime(entryOf(result));
      return Number.isNaN(time) ? 'next' : 'stop';
    });
    return time;
  },
  yearless: () => false,
  open: (context: DecodeContext, emit: EmitEvent): DecoderSession => new ExportSession(context, emit),
});

const entryOf = (framed: Framed): JournalEntry => ({ text: field => framed.fields.get(field) });

function eachEntry(sample: Buffer, visit: (result: Framed | 'broken') => 'next' | 'stop'): void {
  const framing = new ExportFraming(JOURNAL_FIELDS);
  let start = 0;
  for (let entries = 0; entries < ENTRIES_SAMPLED_MAX && start < sample.length; ) {
    const feed = sample.indexOf(0x0a, start);
    const end = feed < 0 ? sample.length : feed;
    const result = framing.push(sample, start, end, start);
    if (result === 'broken' || typeof result === 'object') {
      entries += 1;
      if (visit(result) === 'stop') return;
    }
    start = end + 1;
  }
}

interface SessionData {
  framing: FramingData;
  hold: HoldData;
  reader: unknown;
  source: number;
  latest: number;
  drained: number;
  entries: number;
  abandoned: number;
}

class ExportSession implements DecoderSession {
  readonly #context: DecodeContext;
  readonly #framing = new ExportFraming(JOURNAL_FIELDS);
  readonly #hold: EventHold;
  readonly #reader: JournalReader;
  #source = -1;
  #latest = Number.NaN;
  #drained = Number.NEGATIVE_INFINITY;
  #entries = 0;
  #abandoned = 0;

  constructor(context: DecodeContext, emit: EmitEvent) {
    this.#context = context;
    this.#hold = new EventHold(EVENTS_HELD_MAX, emit);
    this.#reader = new JournalReader(context, event => this.#hold.add(event));
  }

  get latest(): number {
    return this.#latest;
  }

  pushLine(buffer: Buffer, start: number, end: number, offset: number): Verdict {
    if (this.#source !== this.#context.source) this.#begin();
    const result = this.#framing.push(buffer, start, end, offset);
    if (typeof result === 'object') return this.#entry(result);
    if (result === 'field') return FIELD;
    if (result === 'blank') return BLANK;
    return result === 'lost' ? LOST : BROKEN;
  }

  tick(watermark: number): void {
    if (watermark === Number.POSITIVE_INFINITY && this.#framing.abandon()) this.#abandoned += 1;
    this.#reader.tick(watermark);
    this.#hold.drain(watermark, 'inclusive');
  }

  snapshot(): SessionData {
    return {
      framing: this.#framing.data,
      hold: this.#hold.data,
      reader: this.#reader.snapshot(),
      source: this.#source,
      latest: this.#latest,
      drained: this.#drained,
      entries: this.#entries,
      abandoned: this.#abandoned,
    };
  }

  restore(data: unknown): void {
    const from = data as SessionData;
    this.#framing.data = from.framing;
    this.#hold.restore(from.hold);
    this.#reader.restore(from.reader);
    this.#source = from.source;
    this.#latest = from.latest;
    this.#drained = from.drained;
    this.#entries = from.entries;
    this.#abandoned = from.abandoned;
  }

  drops(): ReadonlyMap<string, number> {
    const drops = this.#hold.drops('record');
    if (this.#abandoned > 0) drops.set('entry cut off by the end of its file', this.#abandoned);
    for (const [reason, count] of this.#reader.drops()) drops.set(reason, (drops.get(reason) ?? 0) + count);
    return drops;
  }

  /** An entry never goes on in the next file. */
  #begin(): void {
    if (this.#source >= 0 && this.#framing.abandon()) this.#abandoned += 1;
    this.#source = this.#context.source;
  }

  #entry(framed: Framed): Verdict {
    const entry = entryOf(framed);
    const time = entryTime(entry);
    if (Number.isNaN(time)) return NO_TIME;
    this.#entries += 1;
    this.#advance(time);
    const ref = { source: this.#context.source, offset: framed.offset, length: framed.length, next: null };
    return this.#reader.read(entry, ref, this.#entries);
  }

  /** Moves the clock of this log on, and lets go what can no longer be preceded: in steps, as sorting pays off in batches. */
  #advance(time: number): void {
    if (!(time <= this.#latest)) this.#latest = time;
    const lateness = this.#context.latenessMs;
    const until = this.#latest - lateness;
    if (until - this.#drained < Math.max(1000, lateness / 2)) return;
    this.#drained = until;
    this.#hold.drain(this.#reader.advance(until, this.#entries), 'exclusive');
  }
}
