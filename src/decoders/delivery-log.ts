import { fnv1a } from '../core/hash.ts';
import { type EpochMs, epochMs } from '../core/time.ts';
import { EMIT, skip, type Verdict } from '../core/verdict.ts';
import type { MailDelivery } from '../events/mail-events.ts';
import type { DecodeContext, DecoderSession, EmitEvent, FileFormat } from './contract.ts';
import { type LineHold, type LineReader, openHeldLines } from './held-lines.ts';
import { mailBase } from './mail-base.ts';
import { envelopeDate } from './mail-store/mail-date.ts';
import { MAIL_PHASE, type SyslogMeta } from './syslog-contract.ts';

/**
 * What the logs of procmail and maildrop have in common: blocks of several lines about one message, the first with a date of
 * asctime(3) in local time. They name neither the recipient nor the message: these events have no queue id and no recipient, so that they
 * are not counted beside what the MTA says of the same delivery.
 */
export interface BlockState {
  /** Of the latest date, NaN before the first. */
  time: number;
  /** Lines of the block at hand that have come: 0 outside of any block. */
  step: number;
  /** Hash of the block's lines so far: blocks that end alike are told apart by it. */
  hash: number;
  /** Hash of the block's latest line: a line read twice is no other line. */
  last: number;
}

/** Where a line lies in the file. */
export interface At {
  readonly buffer: Buffer;
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

/** What one program's log of such blocks looks like. */
export interface DeliveryLog extends Pick<FileFormat, 'id' | 'title'> {
  /** As of a `FileFormat`, by the first lines. */
  recognise(lines: readonly string[]): number;
  /** The date that a line bears where one stands in this log, NaN where none does. */
  dateOf(line: string, context: Pick<DecodeContext, 'zoneOffsetMinutes'>): number;
  /** A line with a date begins a block, and does not only tell the time. */
  begins(line: string): boolean;
  /** Any other line. */
  line(text: string, at: At, block: BlockState, hold: LineHold): Verdict;
}

/** The format of such a log. */
export const deliveryLog = (log: DeliveryLog): FileFormat =>
  Object.freeze({
    id: log.id,
    title: log.title,
    recognise: (sample: Buffer): number => log.recognise(sampled(sample)),
    hostOf: () => '',
    firstTime: (sample: Buffer, context: DecodeContext): number =>
      sampled(sample)
        .map(line => log.dateOf(line, context))
        .find(time => !Number.isNaN(time)) ?? Number.NaN,
    yearless: () => false,
    open: (context: DecodeContext, emit: EmitEvent): DecoderSession => openHeldLines(context, emit, new Blocks(log)),
  });

const LINES_SAMPLED_MAX = 400;
const sampled = (sample: Buffer): string[] => sample.toString('latin1').split('\n', LINES_SAMPLED_MAX);

class Blocks implements LineReader {
  readonly #log: DeliveryLog;
  #block = newBlock();

  constructor(log: DeliveryLog) {
    this.#log = log;
  }

  line(buffer: Buffer, start: number, end: number, offset: number, hold: LineHold): Verdict {
    const block = this.#block;
    const text = blockText(buffer, start, end);
    if (text === '') return EMPTY;
    const at = { buffer, start, end, offset };
    const time = this.#log.dateOf(text, hold.context);
    if (!Number.isNaN(time)) {
      block.time = time;
      block.step = 0;
      block.hash = 0;
      hold.advance(time);
      if (this.#log.begins(text)) join(block, at);
      return IN_BLOCK;
    }
    return isAgain(block, at) ? IN_BLOCK : this.#log.line(text, at, block, hold);
  }

  snapshot(): BlockState {
    return { ...this.#block };
  }

  restore(data: unknown): void {
    this.#block = { ...(data as BlockState) };
  }
}

const newBlock = (): BlockState => ({ time: Number.NaN, step: 0, hash: 0, last: 0 });

const LINE_BYTES_MAX = 65_536;

/** The line's text without CR and NUL at its end, cut at 64 KiB. */
function blockText(buffer: Buffer, start: number, lineEnd: number): string {
  let end = Math.min(lineEnd, start + LINE_BYTES_MAX);
  while (end > start && (buffer[end - 1] === 0x0d || buffer[end - 1] === 0)) end -= 1;
  return buffer.toString('utf8', start, end);
}

/** Epoch ms of an asctime date that ends the text, NaN when there is none. */
export function localDate(text: string, context: Pick<DecodeContext, 'zoneOffsetMinutes'>): number {
  const date = envelopeDate(text);
  if (date === null) return Number.NaN;
  return date.zoned ? date.time : date.time - context.zoneOffsetMinutes * 60_000;
}

/** Adds a line to the block. */
export function join(block: BlockState, { buffer, start, end }: At): void {
  block.last = fnv1a(buffer, start, end);
  block.hash = (Math.imul(block.hash, 31) + block.last) >>> 0;
  block.step += 1;
}

/** True for the block's latest line once more. */
const isAgain = (block: BlockState, { buffer, start, end }: At): boolean =>
  block.step > 1 && fnv1a(buffer, start, end) === block.last;

export function blockMeta(block: BlockState, program: string, hold: LineHold, { start, end, offset }: At): SyslogMeta {
  const { source, defaultHost } = hold.context;
  const time: EpochMs = epochMs(block.time);
  return {
    time,
    host: defaultHost,
    program,
    pid: -1,
    ref: { source, offset, length: end - start, next: null },
    lineHash: block.hash,
  };
}

/** Where a message went. `text`: the file, folder or command, and its size as logged. */
export function emitDelivered(
  meta: SyslogMeta,
  hold: LineHold,
  where: { readonly channel: MailDelivery['channel']; readonly name: string; readonly size: string },
): Verdict {
  hold.add({
    kind: 'mail.delivered',
    ...mailBase(meta, MAIL_PHASE.fate, ''),
    recipient: '',
    originalRecipient: '',
    relay: '',
    channel: where.channel,
    delaySeconds: -1,
    dsn: '',
    text: `${where.name} (${where.size} bytes)`,
  });
  return EMIT;
}

const EMPTY = skip('empty line');
export const IN_BLOCK = skip('line of a delivery block, used with its last');
export const SUBJECT = skip('subject, never kept');
