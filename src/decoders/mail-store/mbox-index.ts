import { type LineSink, LineSplitter } from '../../core/line-splitter.ts';
import type { MessageRange, Trouble } from './contract.ts';
import { envelopeDate } from './mail-date.ts';

/**
 * Where the messages of an mbox begin and end. The text of messages is gone through for line ends only.
 *
 *   mbox    := message...
 *   message := "From " sender " " date LF  headers  LF  body  LF
 *
 * A `From ` line begins a message when it follows an empty line (or nothing) and either ends in a date or a header follows;
 * without the empty line both are needed. A Content-Length (mboxcl) counts when it leads to the end of the file or to a
 * `From ` line: then nothing in between begins a message, and what looked like it is said. Quoting (mboxo, mboxrd) needs no
 * undoing here: `>From ` is no beginning.
 *
 * Source: RFC 4155, mbox(5) of qmail and mutt. Trust: with mboxcl the length is a header, so it is only believed as above.
 */
export class MboxIndex {
  readonly #lines: LineSplitter;
  readonly #onLine: LineSink;
  readonly #emit: (range: MessageRange) => void;
  #open: Open | null = null;
  /** A `From ` line that waits for the next line to say what it is. */
  #waiting: Candidate | null = null;
  #previousBlank = true;
  #end = 0;

  constructor(emit: (range: MessageRange) => void) {
    this.#emit = emit;
    this.#onLine = (buffer, start, end, offset) => this.#line(buffer, start, end, offset);
    this.#lines = new LineSplitter(LINE_MAX, this.#onLine);
  }

  /** `offset` is where the block lies in the file; blocks come in order and without holes. */
  push(block: Buffer, offset: number): void {
    this.#end = offset + block.length;
    this.#lines.feed(block, offset, this.#onLine);
  }

  /** The file is at its end: the last message ends here. */
  end(): void {
    this.#lines.end(this.#onLine);
    // A delivery that had only begun when the file was read.
    const end = this.#waiting?.dated === true && this.#waiting.afterBlank ? this.#waiting.line : this.#end;
    this.#waiting = null;
    if (this.#open !== null) this.#finish(this.#open, end);
    this.#open = null;
  }

  /** Where the last message begins that is known to be whole so far: reading can go on from here when the file has grown. */
  get openAt(): number {
    return this.#open?.line ?? this.#end;
  }

  #line(buffer: Buffer, start: number, end: number, offset: number): void {
    const waiting = this.#waiting;
    if (waiting !== null) {
      this.#waiting = null;
      const followed = isHeader(buffer, start, end);
      if (waiting.dated ? waiting.afterBlank || followed : waiting.afterBlank && followed)
        this.#begin({ ...waiting, offset });
    }
    const blank = start === end;
    if (isFromLine(buffer, start, end)) {
      const envelope = buffer.toString('latin1', start, Math.min(end, start + ENVELOPE_MAX));
      this.#waiting = {
        line: offset,
        offset: -1,
        envelope,
        dated: envelopeDate(envelope) !== null,
        afterBlank: this.#previousBlank,
      };
    } else if (this.#open !== null && this.#open.inHeader) this.#header(this.#open, buffer, start, end, offset, blank);
    this.#previousBlank = blank;
  }

  #header(open: Open, buffer: Buffer, start: number, end: number, offset: number, blank: boolean): void {
    if (blank) {
      open.inHeader = false;
      // The line's own end is one byte or two: the body begins with the next line, wherever that is.
      open.bodyAfter = offset;
      return;
    }
    if (end - start > 16 && ((buffer[start] as number) | 0x20) === 0x63) {
      const text = buffer.toString('latin1', start, Math.min(end, start + 64));
      const match = /^content-length:\s{0,8}(\d{1,15})\s*$/i.exec(text);
      if (match !== null && open.contentLength < 0) open.contentLength = Number(match[1]);
    }
  }

  #begin(candidate: Candidate): void {
    const open = this.#open;
    if (open !== null && open.contentLength >= 0 && !open.inHeader) {
      const bodyEnd = open.bodyAfter + open.contentLength;
      // Inside the length that the message claims: kept in mind until the length is proved or not.
      if (candidate.line <= bodyEnd) {
        if (open.inside.length < INSIDE_MAX) open.inside.push(candidate);
        return;
      }
      if (candidate.line - bodyEnd <= SLACK) {
        this.#emitRange(open, candidate.line, open.inside.length > 0 ? ['ambiguous-end'] : []);
        this.#open = openOf(candidate);
        return;
      }
    }
    if (open !== null) this.#finish(open, candidate.line);
    this.#open = openOf(candidate);
  }

  /** The message ends at `end`. If its claimed length does not lead there, what it seemed to hold are messages of their own. */
  #finish(open: Open, end: number): void {
    const claimed = open.contentLength >= 0 && !open.inHeader ? open.bodyAfter + open.contentLength : -1;
    const proved = claimed >= 0 && end >= claimed && end - claimed <= SLACK;
    if (proved || open.inside.length === 0) {
      const trouble: Trouble[] = proved && open.inside.length > 0 ? ['ambiguous-end'] : [];
      if (claimed > end + SLACK && end === this.#end) trouble.push('cut-short');
      this.#emitRange(open, end, trouble);
      return;
    }
    const starts = [open as Candidate, ...open.inside];
    starts.forEach((each, i) => {
      this.#emitRange(each, starts[i + 1]?.line ?? end, []);
    });
  }

  #emitRange(from: Candidate, end: number, trouble: readonly Trouble[]): void {
    const date = envelopeDate(from.envelope);
    this.#emit({
      offset: from.offset,
      length: Math.max(0, end - from.offset),
      envelope: from.envelope,
      time: date?.time ?? -1,
      zoned: date?.zoned ?? false,
      trouble,
    });
  }
}

interface Candidate {
  /** Where the `From ` line begins, and where the message behind it does. */
  readonly line: number;
  readonly offset: number;
  readonly envelope: string;
  readonly dated: boolean;
  readonly afterBlank: boolean;
}

interface Open extends Candidate {
  inHeader: boolean;
  contentLength: number;
  /** Offset of the empty line that ends the headers. */
  bodyAfter: number;
  /** What looks like beginnings inside the claimed length. */
  readonly inside: Candidate[];
}

const LINE_MAX = 1024 * 1024;
const ENVELOPE_MAX = 512;
const INSIDE_MAX = 10_000;
/** The empty line after the headers and the one after the body, each with or without CR, and one more. */
const SLACK = 6;

const openOf = (candidate: Candidate): Open => ({
  ...candidate,
  inHeader: true,
  contentLength: -1,
  bodyAfter: candidate.offset,
  inside: [],
});

function isFromLine(buffer: Buffer, at: number, end: number): boolean {
  return (
    end - at >= 6 &&
    buffer[at] === 0x46 &&
    buffer[at + 1] === 0x72 &&
    buffer[at + 2] === 0x6f &&
    buffer[at + 3] === 0x6d &&
    buffer[at + 4] === 0x20
  );
}

/** `Name:` with a name of printable characters. */
export function isHeader(buffer: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end && i - start < 80; i++) {
    const code = buffer[i] as number;
    if (code === 0x3a) return i > start;
    if (code <= 0x20 || code >= 0x7f) return false;
  }
  return false;
}

/** The sender that a `From ` line names, '' for `-` and for none. */
export function envelopeSender(envelope: string): string {
  const end = envelope.indexOf(' ', 5);
  const sender = envelope.slice(5, end < 0 ? undefined : end);
  return sender === '-' || sender === 'MAILER-DAEMON' ? '' : sender;
}
