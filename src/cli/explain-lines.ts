import { LineSplitter } from '../core/line-splitter.ts';
import type { DecodeContext, FileFormat } from '../decoders/contract.ts';
import type { WatchEvent } from '../events/event.ts';
import { markBytes } from '../sources/byte-order-mark.ts';
import type { EvidenceFile } from '../sources/contract.ts';
import type { SourceLimits } from '../sources/limits.ts';
import { openBlocks } from '../sources/open-blocks.ts';
import type { InputProblem } from '../sources/problem.ts';

/** What became of one line. */
export interface ExplainedLine {
  readonly number: number;
  readonly offset: number;
  readonly verdict: 'emit' | 'skip' | 'reject';
  /** Why it was skipped or rejected; for an `emit` that became no event, that. */
  reason: string;
  /** Kinds of the events it became part of. */
  readonly events: string[];
  /** The host of those; '' when there is none. */
  host: string;
  readonly bytes: Buffer;
}

export interface ExplainRequest {
  readonly file: EvidenceFile;
  readonly format: FileFormat;
  readonly context: DecodeContext;
  readonly lineBytesMax: number;
  readonly limits: SourceLimits;
  /** Lines that are asked for, from the first on. */
  readonly linesMax: number;
  /** Told in order, block by block. */
  onLines(lines: readonly ExplainedLine[]): Promise<void>;
}

export interface ExplainOutcome {
  /** Accepted, and dropped later, by reason. */
  readonly drops: ReadonlyMap<string, number>;
  readonly problem: InputProblem | null;
  /** Lines behind the last one told. */
  readonly isCut: boolean;
}

/** Lines, and bytes of them, that wait for events they may be part of; the older half is told when there are more. */
const WAITING_LINES_MAX = 20_000;
const WAITING_BYTES_MAX = 64 * 1024 * 1024;
/** Lines read beyond `linesMax`, so that events which end there are whole. */
const LOOKAHEAD_LINES = 2000;
/** Bytes of a line that are kept to be shown. */
const SHOWN_BYTES_MAX = 16 * 1024;

/** Runs a format's decoder over a file as a scan would, and tells what became of each line. */
export async function explainLines(request: ExplainRequest): Promise<ExplainOutcome> {
  const { context, lineBytesMax } = request;
  let waiting: ExplainedLine[] = [];
  let waitingBytes = 0;
  let number = 0;
  let told = 0;
  let ready: ExplainedLine[] = [];
  const tell = (line: ExplainedLine): void => {
    if (line.verdict === 'emit' && line.events.length === 0) line.reason = 'read, and part of no event';
    if (told < request.linesMax) ready.push(line);
    told += 1;
  };
  const session = request.format.open(context, event => mark(waiting, event));
  const add = (line: ExplainedLine): void => {
    waiting.push(line);
    waitingBytes += line.bytes.length;
    if (waiting.length < WAITING_LINES_MAX && waitingBytes < WAITING_BYTES_MAX) return;
    const half = Math.ceil(waiting.length / 2);
    for (const old of waiting.slice(0, half)) tell(old);
    waiting = waiting.slice(half);
    waitingBytes = waiting.reduce((sum, each) => sum + each.bytes.length, 0);
  };
  const keep = (buffer: Buffer, start: number, end: number): Buffer =>
    Buffer.from(buffer.subarray(start, Math.min(end, start + SHOWN_BYTES_MAX)));
  const enough = (): boolean => number >= request.linesMax + LOOKAHEAD_LINES;
  const onLine = (buffer: Buffer, start: number, end: number, offset: number): void => {
    if (enough()) return;
    number += 1;
    // The line must wait before it is judged: the event may come during the call.
    const line = {
      number,
      offset,
      verdict: 'emit' as const,
      reason: '',
      events: [],
      host: '',
      bytes: keep(buffer, start, end),
    };
    waiting.push(line);
    const verdict = session.pushLine(buffer, start, end, offset);
    waiting.pop();
    add(verdict.tag === 'emit' ? line : { ...line, verdict: verdict.tag, reason: verdict.reason });
  };
  const splitter = new LineSplitter(lineBytesMax, (buffer, start, end, offset) => {
    if (enough()) return;
    number += 1;
    const reason = `line longer than ${lineBytesMax} bytes`;
    add({ number, offset, verdict: 'reject', reason, events: [], host: '', bytes: keep(buffer, start, end) });
  });
  const reader = openBlocks(request.file, request.limits);
  let base = 0;
  try {
    for (let block = await reader.read(); block !== null && !enough(); block = await reader.read()) {
      const mark = base === 0 ? markBytes(block) : 0;
      splitter.feed(block.subarray(mark), base + mark, onLine);
      base += block.length;
      await request.onLines(ready);
      ready = [];
    }
    if (!enough()) splitter.end(onLine);
  } finally {
    reader.close();
  }
  session.tick(Number.POSITIVE_INFINITY);
  for (const line of waiting) tell(line);
  await request.onLines(ready);
  return { drops: session.drops(), problem: reader.problem, isCut: told > request.linesMax };
}

/** Notes an event at every waiting line that it was made of. */
function mark(waiting: readonly ExplainedLine[], event: WatchEvent): void {
  for (let ref: typeof event.ref | null = event.ref; ref !== null; ref = ref.next) {
    const end = ref.offset + ref.length;
    for (let i = indexAt(waiting, ref.offset); i < waiting.length; i++) {
      const line = waiting[i] as ExplainedLine;
      if (line.offset >= end) break;
      if (!line.events.includes(event.kind)) line.events.push(event.kind);
      if (line.host === '') line.host = event.host;
    }
  }
}

/** First line that begins at or after `offset`. */
function indexAt(waiting: readonly ExplainedLine[], offset: number): number {
  let low = 0;
  let high = waiting.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((waiting[middle] as ExplainedLine).offset < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
