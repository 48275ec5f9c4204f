import { fnv1a } from '../../core/hash.ts';
import type { EpochMs } from '../../core/time.ts';
import { reject, skip, type Verdict } from '../../core/verdict.ts';
import type { DecodeContext, DecoderSession, EmitEvent, FileFormat } from '../contract.ts';
import { type LineHold, type LineReader, openHeldLines } from '../held-lines.ts';
import { isDigit } from '../postfix/parts.ts';
import { StampReader } from '../syslog/stamp.ts';
import { SP } from '../syslog/stamp-parts.ts';
import { lineText } from '../syslog/text.ts';
import { numericZone, zoneEnd } from '../syslog/zone.ts';
import { decodeEntry } from './exim.ts';
import { messageIdEnd } from './parts.ts';

/**
 * Exim's own files: mainlog, rejectlog and paniclog.
 *
 *   line  := stamp SP ["[" pid "] "] [message-id SP] entry
 *   stamp := yyyy-mm-dd SP hh:mm:ss ["." mmm] [SP ("+" | "-") hhmm]     zone by log_timezone, else the context's
 *
 * In the reject log, the headers of a refused message follow its entry, each with a letter or a blank before it: they are
 * the sender's words and begin no entry. The files name no host: it is the context's.
 *
 * Source: log_vwrite() in log.c, tod_stamp() in tod.c; the specification's chapter 52. Trust: see exim.ts.
 */
export const eximFormat: FileFormat = Object.freeze({
  id: 'exim',
  title: "Exim's mainlog, rejectlog and paniclog",
  recognise(sample: Buffer): number {
    let good = 0;
    let bad = 0;
    eachLine(sample, (stamped, rest) => {
      if (!stamped) bad += isHeader(rest) ? 0 : 1;
      else if (isEntry(rest)) good += 1;
      else bad += 1;
      return 'next';
    });
    return good === 0 ? 0 : Math.min(0.96, good / (good + bad));
  },
  hostOf: () => '',
  firstTime(sample: Buffer, context: DecodeContext): number {
    let time = Number.NaN;
    eachLine(
      sample,
      (stamped, _rest, stamp) => {
        if (!stamped) return 'next';
        time = stamp.time;
        return 'stop';
      },
      context,
    );
    return time;
  },
  yearless: () => false,
  open: (context: DecodeContext, emit: EmitEvent): DecoderSession =>
    openHeldLines(context, emit, new EximReader(context)),
});

const LINE_BYTES_MAX = 65_536;
const LINES_SAMPLED_MAX = 400;
const EMPTY = skip('empty line');
const HEADER = skip('header of a refused message');
const NO_STAMP = reject('no exim time stamp');
const CUT = reject('line longer than 64 KiB, cut');

class EximReader implements LineReader {
  readonly #stamp: EximStamp;

  constructor(context: DecodeContext) {
    this.#stamp = new EximStamp(context);
  }

  line(buffer: Buffer, start: number, lineEnd: number, offset: number, hold: LineHold): Verdict {
    let end = lineEnd;
    while (end > start && (buffer[end - 1] === 0x0d || buffer[end - 1] === 0)) end -= 1;
    if (end === start) return EMPTY;
    const cut = end - start > LINE_BYTES_MAX;
    if (cut) end = start + LINE_BYTES_MAX;
    const stamp = this.#stamp;
    if (!stamp.read(buffer, start, end))
      return isHeader(buffer.toString('latin1', start, Math.min(end, start + 40))) ? HEADER : NO_STAMP;
    hold.advance(stamp.time);
    const { source, defaultHost } = hold.context;
    const ref = { source, offset, length: lineEnd - start, next: null };
    const text = lineText(buffer, stamp.end, end, false, false);
    const lineHash = fnv1a(buffer, start, end);
    const meta = { time: stamp.time as EpochMs, host: defaultHost, program: 'exim', pid: pidOf(text), ref, lineHash };
    const verdict = decodeEntry(text, 0, meta, event => hold.add(event));
    return cut ? CUT : verdict;
  }

  snapshot(): null {
    return null;
  }

  restore(): void {}
}

/** The stamp at the beginning of a line, with Exim's blank before the zone. */
class EximStamp {
  time = Number.NaN;
  /** Where the entry begins. */
  end = 0;
  readonly #reader: StampReader;
  readonly #zoneMs: number;

  constructor(context: { readonly notAfter: number; readonly zoneOffsetMinutes: number }) {
    this.#reader = new StampReader(context);
    this.#zoneMs = context.zoneOffsetMinutes * 60_000;
  }

  read(buffer: Buffer, start: number, end: number): boolean {
    if (end - start < 20 || buffer[start + 4] !== 0x2d || buffer[start + 10] !== SP) return false;
    if (!this.#reader.read(buffer, start, end)) return false;
    let p = this.#reader.end;
    if (buffer[p] !== SP) return false;
    p += 1;
    this.time = this.#reader.time;
    const stop = zoneEnd(buffer, p, end);
    if (stop === p + 5 && buffer[stop] === SP) {
      this.time += this.#zoneMs - numericZone(buffer, p, stop) * 60_000;
      p = stop + 1;
    }
    this.end = p;
    return true;
  }
}

function pidOf(text: string): number {
  if (text.charCodeAt(0) !== 0x5b) return -1;
  let pid = 0;
  let p = 1;
  for (; p < 11 && isDigit(text.charCodeAt(p)); p++) pid = pid * 10 + text.charCodeAt(p) - 0x30;
  return p > 1 && text.startsWith('] ', p) ? pid : -1;
}

/** `P Received: …`, `  Subject: …`, a folded line, or the envelope above the headers. */
function isHeader(line: string): boolean {
  const first = line.charCodeAt(0);
  if (first === 0x20 || first === 0x09) return true;
  if (first >= 0x41 && first <= 0x5a && line.charCodeAt(1) === 0x20) return true;
  return (
    line === '' || line.startsWith('Envelope-from: <') || line.startsWith('Envelope-to: <') || line.startsWith('----')
  );
}

const STARTS = [
  'Start queue run: pid=',
  'End queue run: pid=',
  'exim ',
  'H=',
  'U=',
  'SMTP ',
  'no host name found for ',
  'no IP address found for ',
  'no MAIL in SMTP connection from ',
  'unexpected disconnection while reading SMTP command',
  'rejected ',
  'temporarily rejected ',
  'refused connection from ',
  'temporarily refused connection from ',
  'unqualified ',
  'TLS error on connection from ',
  'daemon_notifier_socket ',
  'lowest numbered MX record points to local host',
  'ACL for ',
  'failed to expand ',
];

/** Only what Exim alone writes counts: other programs stamp their lines alike. */
function isEntry(rest: string): boolean {
  const at = rest.charCodeAt(0) === 0x5b && pidOf(rest) >= 0 ? rest.indexOf('] ') + 2 : 0;
  const end = messageIdEnd(rest, at);
  if (end > 0) return true;
  return STARTS.some(start => rest.startsWith(start, at)) || rest.includes(' authenticator failed for ', at);
}

const ANY = { notAfter: Number.POSITIVE_INFINITY, zoneOffsetMinutes: 0 };

function eachLine(
  sample: Buffer,
  visit: (stamped: boolean, rest: string, stamp: EximStamp) => 'next' | 'stop',
  context: { readonly notAfter: number; readonly zoneOffsetMinutes: number } = ANY,
): void {
  const stamp = new EximStamp(context);
  let start = 0;
  for (let count = 0; count < LINES_SAMPLED_MAX && start < sample.length; count++) {
    const feed = sample.indexOf(0x0a, start);
    if (feed < 0 && count > 0) return;
    const end = feed < 0 ? sample.length : feed;
    const stamped = stamp.read(sample, start, end);
    const rest = sample.toString('latin1', stamped ? stamp.end : start, Math.min(end, start + 300));
    if (visit(stamped, rest, stamp) === 'stop') return;
    start = end + 1;
  }
}
