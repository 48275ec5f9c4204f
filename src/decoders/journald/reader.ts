import { epochMs } from '../../core/time.ts';
import { reject, skip, type Verdict } from '../../core/verdict.ts';
import type { Ref } from '../../events/ref.ts';
import { auditCarrier, recordIn, recordOf } from '../audit-feed/carried.ts';
import { AuditFeed } from '../audit-feed/feed.ts';
import type { DecodeContext, EmitEvent } from '../contract.ts';
import { lineHash } from '../line-hash.ts';
import { lostRecordsDecoder } from '../lost-records/lost-records.ts';
import { decoderOf } from '../syslog/find-program.ts';
import { PROGRAMS } from '../syslog/programs.ts';
import type { ProgramDecoder } from '../syslog-contract.ts';
import { Writers } from './writer.ts';

/** One entry, however it was written down. `null` is a field whose value was left out; undefined one that is not there. */
export interface JournalEntry {
  text(field: string): string | null | undefined;
}

/** Every field that is read. */
export const JOURNAL_FIELDS: ReadonlySet<string> = new Set([
  '__REALTIME_TIMESTAMP',
  '_SOURCE_REALTIME_TIMESTAMP',
  '_HOSTNAME',
  '_TRANSPORT',
  '_AUDIT_TYPE_NAME',
  '_AUDIT_ID',
  'SYSLOG_IDENTIFIER',
  'SYSLOG_PID',
  '_PID',
  '_UID',
  '_COMM',
  '_EXE',
  'MESSAGE',
]);

const NAMES_MAX = 4096;
const MESSAGE_CHARS_MAX = 65_536;

const UNUSED = skip('program not used');
const NAMELESS = skip('journal entry of no program');
const KERNEL = skip('kernel message that is no audit record');
const LEFT_OUT = reject('message left out by journalctl, which --all prevents');
const NO_MESSAGE = skip('journal entry without a message');
const TOO_LONG = reject('message longer than 64 KiB');
const FORGED = reject('entry in the name of a program that its writer is not');
const AUDIT_INCOMPLETE = reject('audit entry without id, type or time');
const AUDIT_CUT = skip('audit record sent on without its stamp');

/**
 * Meaning of journal entries (systemd.journal-fields(7)), apart from how they are written down.
 *
 *   _TRANSPORT=audit     the record as the kernel sent it: MESSAGE := type SP body; _AUDIT_ID, _SOURCE_REALTIME_TIMESTAMP its stamp
 *   _TRANSPORT=kernel    without auditd the kernel prints records: MESSAGE := "audit: type=" number " audit(" stamp "): " body
 *   any other            the message of SYSLOG_IDENTIFIER, else of _COMM, with the process id _PID, else SYSLOG_PID
 *
 * Source: systemd, journald-audit.c and systemd.journal-fields(7). Emits what the audit decoder and the programs' decoders
 * emit. Trust: fields with an underscore are journald's; SYSLOG_IDENTIFIER and MESSAGE are the writer's (see writer.ts).
 * Times are those of the message where journald knows them (_SOURCE_REALTIME_TIMESTAMP), else of its reception.
 */
export class JournalReader {
  readonly #context: DecodeContext;
  readonly #emit: EmitEvent;
  readonly #feed: AuditFeed;
  readonly #writers = new Writers();
  readonly #decoders = new Map<string, ProgramDecoder | undefined>();

  constructor(context: DecodeContext, emit: EmitEvent) {
    this.#context = context;
    this.#emit = emit;
    this.#feed = new AuditFeed(context, emit);
  }

  /** `ref` is where the entry lies, `number` how many-th it is in its log. */
  read(entry: JournalEntry, ref: Ref, number: number): Verdict {
    const message = entry.text('MESSAGE');
    if (message === null) return LEFT_OUT;
    if (message === undefined || message === '') return NO_MESSAGE;
    if (message.length > MESSAGE_CHARS_MAX) return TOO_LONG;
    const transport = entry.text('_TRANSPORT');
    if (transport === 'audit') return this.#audit(entry, message, ref, number);
    if (transport === 'kernel') return this.#kernel(entry, message, ref, number);
    const program = entry.text('SYSLOG_IDENTIFIER') || entry.text('_COMM') || '';
    if (program === '') return NAMELESS;
    const dispatched = auditCarrier(program) === 'dispatcher';
    const decoder = dispatched ? undefined : this.#decoderOf(program);
    if (decoder === undefined && !dispatched) return UNUSED;
    const writer = {
      uid: idOf(entry.text('_UID')),
      exe: entry.text('_EXE') ?? '',
      comm: entry.text('_COMM') ?? '',
    };
    if (!this.#writers.mayHaveWritten(program, writer)) return FORGED;
    if (decoder === undefined) return this.#dispatched(entry, message, ref, number);
    return this.#decoded(decoder, program, entry, message, ref);
  }

  #decoded(decoder: ProgramDecoder, program: string, entry: JournalEntry, message: string, ref: Ref): Verdict {
    const pid = idOf(entry.text('_PID') ?? entry.text('SYSLOG_PID'));
    const time = entryTime(entry);
    const host = hostOfEntry(entry) || this.#context.defaultHost;
    const meta = { time, host, program, pid, ref, lineHash: lineHash(program, pid, message) };
    return decoder.decode(message, meta, this.#emit);
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
    return { feed: this.#feed.snapshot(), writers: this.#writers.snapshot() };
  }

  restore(data: unknown): void {
    const from = data as { feed: unknown; writers: unknown };
    this.#feed.restore(from.feed);
    this.#writers.restore(from.writers);
  }

  #audit(entry: JournalEntry, message: string, ref: Ref, number: number): Verdict {
    const name = entry.text('_AUDIT_TYPE_NAME') ?? '';
    const id = entry.text('_AUDIT_ID') ?? '';
    const stamp = auditStamp(entry.text('_SOURCE_REALTIME_TIMESTAMP') ?? '');
    if (!/^[A-Z0-9_]{1,32}$/.test(name) || !/^\d{1,15}$/.test(id) || stamp === '') return AUDIT_INCOMPLETE;
    // A type that journald has no name for is written AUDIT1336.
    const type = /^AUDIT\d{4,5}$/.test(name) ? name.slice(5) : name;
    const body = bodyOf(message, name);
    return this.#push(entry, `type=${type} msg=audit(${stamp}:${id}): ${body}`, ref, number);
  }

  #kernel(entry: JournalEntry, message: string, ref: Ref, number: number): Verdict {
    const record = recordIn('kernel', message);
    if (record !== null) return this.#push(entry, record, ref, number);
    return message.includes('audit') ? this.#decoded(lostRecordsDecoder, 'kernel', entry, message, ref) : KERNEL;
  }

  #dispatched(entry: JournalEntry, message: string, ref: Ref, number: number): Verdict {
    const record = recordIn('dispatcher', message);
    return record === null ? AUDIT_CUT : this.#push(entry, record, ref, number);
  }

  #push(entry: JournalEntry, record: string, ref: Ref, number: number): Verdict {
    return this.#feed.push(recordOf(hostOfEntry(entry), record), number, ref.offset, ref.length);
  }

  #decoderOf(program: string): ProgramDecoder | undefined {
    if (this.#decoders.has(program)) return this.#decoders.get(program);
    const decoder = program.length > 128 ? undefined : decoderOf(PROGRAMS, program);
    if (this.#decoders.size < NAMES_MAX) this.#decoders.set(program, decoder);
    return decoder;
  }
}

/** Host that the entry names, or ''. */
export function hostOfEntry(entry: JournalEntry): string {
  const host = entry.text('_HOSTNAME') ?? '';
  return host.length > 255 ? '' : host;
}

/** When the message was written, as far as is known, in milliseconds with microseconds behind the point; NaN when it is not. */
export function entryTime(entry: JournalEntry) {
  const micros = microsOf(entry.text('_SOURCE_REALTIME_TIMESTAMP') ?? '');
  const time = Number.isNaN(micros) ? microsOf(entry.text('__REALTIME_TIMESTAMP') ?? '') : micros;
  return epochMs(time / 1000);
}

/** Microseconds since 1970 in decimal; NaN for anything else and for what lies behind the year 2500. */
function microsOf(text: string): number {
  return /^\d{1,17}$/.test(text) && Number(text) > 0 && Number(text) < 16_725_225_600_000_000
    ? Number(text)
    : Number.NaN;
}

/** `S.MS` as audit records print it; '' when there is no such time. */
function auditStamp(text: string): string {
  const micros = microsOf(text);
  if (Number.isNaN(micros)) return '';
  const fraction = String(micros % 1_000_000).padStart(6, '0');
  return `${Math.floor(micros / 1_000_000)}.${fraction.endsWith('000') ? fraction.slice(0, 3) : fraction}`;
}

/** What follows the type: `SYSCALL arch=…`, and `<audit-1300> arch=…` as journald wrote before version 233. */
function bodyOf(message: string, name: string): string {
  if (message.startsWith(`${name} `)) return message.slice(name.length + 1);
  const old = /^<audit-\d{4,5}> /.exec(message);
  return old === null ? message : message.slice(old[0].length);
}

function idOf(text: string | null | undefined): number {
  return typeof text === 'string' && /^\d{1,10}$/.test(text) ? Number(text) : -1;
}
