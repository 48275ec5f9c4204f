import { untrusted } from '../../core/untrusted.ts';
import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import { AuditFeed } from '../audit-feed/feed.ts';
import { splitCommandLine } from '../command-line.ts';
import type { DecodeContext, EmitEvent } from '../contract.ts';
import { decodeAlone } from '../json-lines/alone.ts';
import type { JsonObject, JsonRecordDecoder, JsonRecordSession } from '../json-lines/record.ts';
import { objectAt, secondsTime } from '../json-lines/values.ts';
import { auditRecords } from './records.ts';
import { bytesOf } from './strings.ts';

/**
 * LAUREL: auditd's records as JSON, one event a line.
 *
 *   line   := { "ID": "S.MS:SERIAL", ["NODE": name,] type: record | [ record ], … }
 *   type   := the audit record's type, such as SYSCALL, EXECVE, PATH
 *   record := the record's fields; lower case as the kernel wrote them, upper case what auditd or LAUREL made of them
 *   text   := "…" with every byte that is not plain UTF-8 as %xx, `%` and `+` included
 *   number := 10 | "0x10" | "0o10"
 *
 * Each line is turned back into the records that it was made of, for the audit decoder: see records.ts for how.
 * Source: LAUREL 0.8, laurel(8), src/coalesce.rs, src/json.rs, src/quote.rs, etc/laurel/config.toml. Emits: what audit emits.
 * Trust: names and arguments are the acting programs' words, percent-encoded by LAUREL, so none of them can add a field.
 * Skips: events of calls and types that the audit decoder has no use for. Rejects: a line without stamp; records whose
 * fields are of other types.
 */
export const laurelDecoder: JsonRecordDecoder = Object.freeze({
  id: 'laurel',
  title: 'LAUREL (audit events as JSON)',
  // Events whose last record does not come are held for five seconds; user-space ones go out at once.
  latenessMs: 10_000,
  claims: (record: JsonObject) => stampOf(record) !== null && Object.keys(record).some(key => TYPE.test(key)),
  hostOf: nodeOf,
  timeOf: (record: JsonObject) => secondsTime(stampOf(record)?.split(':')[0]),
  decode: decodeAlone(open),
  open,
} satisfies JsonRecordDecoder);

const STAMP = /^\d{1,12}\.\d{1,9}:\d{1,15}$/;
/** A record's type, not `ID` and `NODE`. */
const TYPE = /^(?:[A-Z][A-Z0-9_]{2,31}|UNKNOWN\[\d{4,5}\])$/;
const JOINED_MAX = 4096;

const NO_STAMP = reject('LAUREL event without a readable ID');
const NOTHING = skip('LAUREL event of record types not used');

function stampOf(record: JsonObject): string | null {
  const id = record.ID;
  return typeof id === 'string' && id.length < 40 && STAMP.test(id) ? id : null;
}

function nodeOf(record: JsonObject): string {
  const bytes = bytesOf(record.NODE);
  return bytes === null || bytes.length > 255 ? '' : bytes.toString('latin1').replace(/[^!-~]/g, '?');
}

function open(context: DecodeContext, emit: EmitEvent): JsonRecordSession {
  /** Stamps of executions of which LAUREL wrote the arguments as one text, with that text. */
  const joined = new Map<string, string>();
  const feed = new AuditFeed(context, event => {
    const line = event.kind === 'process.started' ? joined.get(`${event.time} ${event.order}`) : undefined;
    if (line === undefined || event.kind !== 'process.started') emit(event);
    else emit({ ...event, argv: splitCommandLine(untrusted(line), ''), argvCut: false, argvJoined: true });
  });
  return {
    decode(record, meta) {
      const stamp = stampOf(record);
      if (stamp === null) return NO_STAMP;
      const line = joinedArguments(record);
      if (line !== null) {
        if (joined.size >= JOINED_MAX) joined.delete(joined.keys().next().value as string);
        const [time, serial] = stamp.split(':') as [string, string];
        joined.set(`${secondsTime(time)} ${Number(serial)}`, line);
      }
      const node = nodeOf(record);
      const head = node === '' ? '' : `node=${node} `;
      let verdict: Verdict = NOTHING;
      for (const { type, body } of auditRecords(record)) {
        const text = `${head}type=${type} msg=audit(${stamp}): ${body}`;
        verdict = worse(verdict, feed.push(text, meta.number, meta.ref.offset, meta.ref.length));
      }
      return verdict;
    },
    advance: (until, number) => feed.advance(until, number),
    tick: watermark => feed.tick(watermark),
    snapshot: () => ({ feed: feed.snapshot(), joined: new Map(joined) }),
    restore(data) {
      const from = data as { feed: unknown; joined: Map<string, string> };
      feed.restore(from.feed);
      joined.clear();
      for (const [stamp, line] of from.joined) joined.set(stamp, line);
    },
    drops: () => feed.drops(),
  };
}

/** What is said of an event: that it was of use, else that a record of it was not whole, else why it was of none. */
function worse(before: Verdict, now: Verdict): Verdict {
  if (before.tag === 'emit' || now.tag === 'emit') return EMIT;
  if (before.tag === 'reject') return before;
  return before === NOTHING || now.tag === 'reject' ? now : before;
}

/** `EXECVE.ARGV_STR` where there is no `ARGV` (execve-argv = ["string"]); null otherwise. */
function joinedArguments(record: JsonObject): string | null {
  const execve = objectAt(record, 'EXECVE');
  if (execve === undefined || Array.isArray(execve.ARGV) || typeof execve.ARGV_STR !== 'string') return null;
  return bytesOf(execve.ARGV_STR)?.toString('utf8') ?? null;
}
